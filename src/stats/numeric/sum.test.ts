import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactSum, mean, sum, variance, weightedMean } from './sum.ts'

const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 60 })

test('small terms survive beside large ones', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2)
  expect(sum(new Float64Array(10).fill(0.1))).toBe(1)
  expect(sum([])).toBe(0)
})

test('the exact sum rounds once: 1 + 2^-53 + 2^-106 is above the half, so it rounds up', () => {
  expect(exactSum([1, 2 ** -53, 2 ** -106])).toBe(1 + 2 ** -52)
  expect(exactSum([1, 2 ** -53])).toBe(1)
  expect(exactSum([1e100, 1, -1e100, 1e-30, -1])).toBe(1e-30)
})

test('the exact sum does not depend on the order of rows', () => {
  fc.assert(
    fc.property(numbers, (xs) => {
      const forth = exactSum(xs)
      expect(exactSum([...xs].reverse())).toBe(forth)
      expect(exactSum([...xs].sort((a, b) => a - b))).toBe(forth)
      expect(Math.abs(sum(xs) - forth)).toBeLessThanOrEqual(1e-15 * Math.abs(forth) + 1e-15)
    }),
  )
})

test('the variance of 1e9 + {4, 7, 13, 16} is 30, as without the 1e9', () => {
  expect(variance([4, 7, 13, 16].map((x) => x + 1e9))).toBe(30)
  expect(variance([5, 5, 5])).toBe(0)
})

test('a weight of two counts a number twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 5 })), { minLength: 1 }),
      (rows) => {
        const repeated = rows.flatMap(([x, w]) => new Array<number>(w).fill(x))
        const weighted = weightedMean(
          rows.map(([x]) => x),
          rows.map(([, w]) => w),
        )
        expect(weighted).toBeCloseTo(mean(repeated), 5)
      },
    ),
  )
})

test('what is not a finite number is refused, and so is the mean of nothing', () => {
  expect(() => sum([1, Number.NaN])).toThrow(RangeError)
  expect(() => sum([Number.POSITIVE_INFINITY, 1])).toThrow(RangeError)
  expect(() => exactSum([1, Number.NaN])).toThrow(RangeError)
  expect(() => mean([])).toThrow('at least one')
  expect(() => variance([1])).toThrow('at least two')
  expect(() => weightedMean([1], [-1])).toThrow('not negative')
  expect(() => weightedMean([1, 2], [0, 0])).toThrow('not all zero')
  expect(() => weightedMean([1], [])).toThrow('one weight for each')
})
