import { expect, test } from 'vitest'
import { decimalsFor, figureWriter } from './figure.ts'
import { languages } from './language.ts'
import { plain } from './made-up.ts'

const around = (value: number, half: number) => ({ low: value - half, high: value + half })

test('a figure has as many decimals as its interval lets mean something', () => {
  expect(decimalsFor('points', [around(5.8, 0.7)])).toBe(1)
  expect(decimalsFor('points', [around(5.81, 0.037)])).toBe(2)
  expect(decimalsFor('share', [around(0.52, 0.03)])).toBe(0)
  expect(decimalsFor('share', [around(0.521, 0.004)])).toBe(1)
  expect(decimalsFor('pupils', [around(10, 1)])).toBe(0)
})

test('an interval too narrow to be seen even then adds no decimals and is left out', () => {
  expect(decimalsFor('share', [{ low: 0.99988, high: 1 }])).toBe(0)
  const write = figureWriter(languages.lv, 'share', [{ low: 0.99988, high: 1 }])
  expect(plain(write.value(1))).toBe('100 %')
  expect(write.surely({ low: 0.99988, high: 1 })).toBeNull()
})

test('an end of a difference that is not zero is never written as zero', () => {
  const write = figureWriter(languages.lv, 'points_difference', [{ low: 0.03, high: 0.71 }])
  expect(plain(write.interval(0.03, 0.71))).toBe('no 0,03 līdz 0,71')
})

test('the ends of an interval carry no plus and one unit', () => {
  const share = figureWriter(languages.lv, 'share', [around(0.5, 0.05)])
  expect(plain(share.interval(0.45, 0.55))).toBe('no 45 līdz 55 %')
  const gap = figureWriter(languages.en, 'points_difference', [{ low: -0.4, high: 1 }])
  expect(plain(gap.value(0.3))).toBe('+0.3')
  expect(plain(gap.interval(-0.4, 1))).toBe('−0.4 to 1.0')
})
