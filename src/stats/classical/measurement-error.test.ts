import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  binomialStandardError,
  kelleyTrueScore,
  reliableChange,
  spearmanBrown,
  standardErrorOfMeasurement,
} from './measurement-error.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })

test('the error of measurement falls from the whole spread to nothing as reliability rises', () => {
  expect(standardErrorOfMeasurement(10, 0)).toBe(10)
  expect(standardErrorOfMeasurement(10, 0.91)).toBeCloseTo(3, 12)
  expect(standardErrorOfMeasurement(10, 1)).toBe(0)
  expect(() => standardErrorOfMeasurement(10, 1.1)).toThrow('0 to 1')
  expect(() => standardErrorOfMeasurement(-1, 0.5)).toThrow(RangeError)
})

test('right answers have binomial error, alike for as many wrong ones', () => {
  expect(binomialStandardError(5, 10)).toBeCloseTo(Math.sqrt(25 / 9), 14)
  expect(binomialStandardError(0, 10)).toBe(0)
  expect(binomialStandardError(3, 10)).toBe(binomialStandardError(7, 10))
  expect(() => binomialStandardError(11, 10)).toThrow(RangeError)
  expect(() => binomialStandardError(1, 1)).toThrow(RangeError)
})

test('a true score lies between the observed one and the mean of the group', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), share, (score, reliability) => {
      const { estimate } = kelleyTrueScore(score, { mean: 50, standardDeviation: 10 }, reliability)
      expect(Math.abs(estimate - 50)).toBeLessThanOrEqual(Math.abs(score - 50) + 1e-12)
      expect((estimate - 50) * (score - 50)).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(() => kelleyTrueScore(Number.NaN, { mean: 0, standardDeviation: 1 }, 0.5)).toThrow('finite')
})

test('a change of 1.96 errors of the difference is the border of reliable change', () => {
  expect(reliableChange(100, 100 + 1.96 * 5 * Math.SQRT2, [5, 5])).toBeCloseTo(1.96, 12)
  expect(reliableChange(10, 4, [3, 4])).toBeCloseTo(-1.2, 12)
  expect(() => reliableChange(1, 2, [0, 0])).toThrow('not both 0')
  expect(() => reliableChange(1, 2, [-1, 2])).toThrow('0 or more')
})

test('lengthening a test and shortening it again gives back its reliability', () => {
  fc.assert(
    fc.property(share, fc.double({ min: 0.1, max: 10, noNaN: true }), (reliability, factor) => {
      expect(spearmanBrown(spearmanBrown(reliability, factor), 1 / factor)).toBeCloseTo(reliability, 9)
    }),
  )
  expect(spearmanBrown(0.6, 2)).toBeCloseTo(0.75, 14)
  expect(() => spearmanBrown(0.6, 0)).toThrow('above 0')
})
