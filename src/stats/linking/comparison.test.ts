import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import { anchorError, compareLinked, linkedValue } from './comparison.ts'

const link = { stretch: 1.2, shift: 0.5, variance: { stretch: 0.0004, shift: 0.0009, covariance: 0.0001 } }
const other = { stretch: 0.9, shift: 0.1, variance: { stretch: 0.0001, shift: 0.0004, covariance: 0 } }

describe('comparisons over links', () => {
  test('a linked value carries the error of its sample and of its link, worked by hand', () => {
    const ours = linkedValue({ value: 2, standardError: 0.1, link, anchorError: 0.02 })
    expect(ours.value).toBeCloseTo(2.9, 14)
    expect(ours.linkingError ** 2).toBeCloseTo(4 * 0.0004 + 2 * 2 * 0.0001 + 0.0009 + 0.0004, 14)
    expect(ours.standardError ** 2).toBeCloseTo(0.0144 + ours.linkingError ** 2, 14)
  })

  test('two groups of one form share the link: its shift cancels; two years do not', () => {
    const one = { value: 0.3, standardError: 0.05, link }
    const two = { value: 0.1, standardError: 0.05, link }
    const within = compareLinked(one, two)
    expect(within.difference).toBeCloseTo(0.24, 14)
    expect(within.linkingError).toBeCloseTo(0.2 * 0.02, 14)
    const between = compareLinked(one, { ...two, link: other })
    expect(between.linkingError).toBeGreaterThan(0.03)
  })

  test('with ever more persons only the linking error is left', () => {
    const errors = [0.1, 0.01, 0].map(
      (standardError) =>
        compareLinked({ value: 1, standardError, link }, { value: 1, standardError }).standardError,
    )
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
    expect(errors[2]).toBeCloseTo(Math.sqrt(0.0004 + 0.0002 + 0.0009), 14)
  })

  test('the variance of a linked value is what drawing links gives', () => {
    const random = philox(12)
    const n = 40_000
    const slope = link.variance.covariance / link.variance.stretch
    const rest = Math.sqrt(link.variance.shift - slope ** 2 * link.variance.stretch)
    let [total, squares] = [0, 0]
    for (let i = 0; i < n; i++) {
      const a = 0.02 * random.normal()
      const x = -1.5 * (1.2 + a) + 0.5 + slope * a + rest * random.normal()
      total += x
      squares += x * x
    }
    const spread = Math.sqrt(squares / n - (total / n) ** 2)
    expect(
      Math.abs(linkedValue({ value: -1.5, standardError: 0, link }).linkingError / spread - 1),
    ).toBeLessThan(0.015)
  })

  test('anchors in units weigh as units: doubling every anchor inside its unit changes nothing', () => {
    const shifts = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(shifts, (xs) => {
        const names = xs.map((_, i) => i)
        expect(anchorError(xs, names)).toBeCloseTo(anchorError(xs), 12)
        expect(anchorError([...xs, ...xs], [...names, ...names])).toBeCloseTo(anchorError(xs), 12)
      }),
    )
    expect(anchorError([0.1, -0.1, 0.3, -0.3])).toBeCloseTo(Math.sqrt(0.2 / 3 / 4), 14)
  })

  test('single anchors, single units, negative errors and numbers that are none are refused', () => {
    expect(() => anchorError([0.1])).toThrow('two or more')
    expect(() => anchorError([0.1, 0.2], ['a', 'a'])).toThrow('units')
    expect(() => anchorError([0.1, 0.2], ['a'])).toThrow('unit')
    expect(() => anchorError([0.1, Number.NaN])).toThrow(RangeError)
    expect(() => linkedValue({ value: 1, standardError: -1 })).toThrow('0 or more')
    expect(() => linkedValue({ value: Number.NaN, standardError: 1 })).toThrow('finite')
  })
})
