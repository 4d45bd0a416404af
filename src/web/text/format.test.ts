import { expect, test } from 'vitest'
import { formats } from './format.ts'

const { lv, en } = formats

test('Latvian writes a decimal comma, a thin space between thousands and a real minus', () => {
  expect(lv.number(-31022.5, 1)).toBe('−31\u00a0022,5')
  expect(lv.count(8730)).toBe('8730')
  expect(en.number(-31022.5, 1)).toBe('−31,022.5')
})

test('a share is shown per cent, in Latvian with a space that does not break', () => {
  expect(lv.share(0.521, 1)).toBe('52,1\u00a0%')
  expect(en.share(0.521)).toBe('52%')
})

test('a difference always shows its sign, and what rounds to zero has none', () => {
  expect(lv.signed(2.54, 1)).toBe('+2,5')
  expect(lv.signed(-0.8, 1)).toBe('−0,8')
  expect(lv.signed(0.04, 1)).toBe('0,0')
  expect(lv.signed(-0.04, 1)).toBe('0,0')
})

test('a school year and a day read as people write them', () => {
  expect(lv.year(2026)).toBe('2025./2026.\u00a0m.\u00a0g.')
  expect(en.year(2026)).toBe('2025/26')
  expect(lv.shortYear(2026)).toBe('2025./2026.')
  expect(lv.dayOfInstant('2026-11-21T22:30:00Z')).toBe('22.11.2026.')
  expect(en.dayOfInstant('2026-11-21T22:30:00Z')).toBe('22 November 2026')
  expect(lv.instant('2026-11-21T22:30:00Z')).toBe('22.11.2026. 00:30')
})

test('what is not a number is refused instead of shown', () => {
  expect(() => lv.number(Number.NaN)).toThrow(RangeError)
  expect(() => lv.share(Number.POSITIVE_INFINITY)).toThrow(RangeError)
})
