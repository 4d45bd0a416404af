import { expect, test } from 'vitest'
import { effectSize, pairedChange } from './index.ts'

const group = { mean: 10, sd: 2, n: 20 }

test('an effect turned round has the other sign and the same variance', () => {
  const other = { mean: 11, sd: 3, n: 30 }
  const forth = effectSize(group, other)
  const back = effectSize(other, group)
  expect(back.g).toBeCloseTo(-forth.g, 14)
  expect(back.varianceOfG).toBeCloseTo(forth.varianceOfG, 14)
  expect(Math.abs(forth.g)).toBeLessThan(Math.abs(forth.d))
})

test('an effect does not depend on the unit of measurement', () => {
  const scale = ({ mean, sd, n }: typeof group) => ({ mean: 100 * mean + 7, sd: 100 * sd, n })
  const other = { mean: 11, sd: 3, n: 30 }
  expect(effectSize(scale(group), scale(other)).d).toBeCloseTo(effectSize(group, other).d, 12)
})

test('groups of one, groups without spread and single pairs are refused', () => {
  expect(() => effectSize({ ...group, n: 1 }, group)).toThrow('two or more')
  expect(() => effectSize({ ...group, sd: 0 }, { ...group, sd: 0 })).toThrow('differ')
  expect(() => effectSize({ ...group, mean: Number.NaN }, group)).toThrow(RangeError)
  expect(() => pairedChange([[1, 2]], [[1, 2]])).toThrow('two or more pairs')
  expect(() => pairedChange([[1, 2]], [])).toThrow(RangeError)
})

test('pairs that all agree have a value and no interval', () => {
  const found = pairedChange(
    [
      [1, 3],
      [2, 4],
    ],
    [
      [1, 2],
      [2, 3],
    ],
  )
  expect(found).toMatchObject({ value: 1, standardError: null, low: null, t: null })
})
