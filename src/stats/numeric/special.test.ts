import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as golden from './golden/special.ts'
import {
  digamma,
  erf,
  erfc,
  log1pExp,
  logBeta,
  logGamma,
  logistic,
  logit,
  regularisedBeta,
  regularisedGammaP,
  regularisedGammaQ,
  trigamma,
} from './special.ts'

/** Largest relative error of a function over rows of arguments and result. */
function worst(f: (...xs: number[]) => number, rows: readonly (readonly number[])[]): number {
  let most = 0
  for (const row of rows) {
    const expected = row.at(-1)!
    const found = f(...row.slice(0, -1))
    most = Math.max(most, expected === 0 ? Math.abs(found) : Math.abs(found / expected - 1))
  }
  return most
}

test('agrees with mpmath 1.3.0: gamma function and its derivatives to 1e-12 relative', () => {
  expect(worst(logGamma, golden.logGammaRows)).toBeLessThan(1e-12)
  expect(worst(logBeta, golden.logBetaRows)).toBeLessThan(1e-12)
  expect(worst(digamma, golden.digammaRows)).toBeLessThan(1e-12)
  expect(worst(trigamma, golden.trigammaRows)).toBeLessThan(1e-12)
})

test('agrees with mpmath 1.3.0: error function in both tails to 1e-12 relative', () => {
  expect(worst(erf, golden.erfRows)).toBeLessThan(1e-12)
  expect(worst(erfc, golden.erfcRows)).toBeLessThan(1e-12)
})

test('agrees with mpmath 1.3.0: incomplete gamma functions in both tails to 1e-11 relative', () => {
  expect(worst(regularisedGammaP, golden.gammaPRows)).toBeLessThan(1e-11)
  expect(worst(regularisedGammaQ, golden.gammaQRows)).toBeLessThan(1e-11)
})

test('ln Γ takes the step from x to x + 1 that the factorial takes', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
      const step = logGamma(x + 1) - logGamma(x)
      expect(Math.abs(step - Math.log(x))).toBeLessThan(1e-14 * (1 + Math.abs(logGamma(x + 1))))
    }),
  )
  expect(logGamma(1)).toBe(0)
  expect(logGamma(2)).toBe(0)
})

test('the two halves of the incomplete gamma and beta functions make up the whole', () => {
  const shape = fc.double({ min: 1e-3, max: 1e4, noNaN: true })
  fc.assert(
    fc.property(shape, shape, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, x) => {
      expect(regularisedGammaP(a, b) + regularisedGammaQ(a, b)).toBeCloseTo(1, 12)
      expect(regularisedBeta(x, a, b) + regularisedBeta(1 - x, b, a)).toBeCloseTo(1, 10)
    }),
  )
})

test('the incomplete beta function with b = 1 is a power', () => {
  for (const a of [0.01, 1, 7.5, 90]) {
    for (const x of [1e-3, 0.4, 0.999]) expect(regularisedBeta(x, a, 1) / x ** a).toBeCloseTo(1, 12)
  }
})

test('logit undoes logistic, and large arguments neither overflow nor lose their digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
      expect(logit(logistic(x))).toBeCloseTo(x, 2)
      expect(logistic(x) + logistic(-x)).toBeCloseTo(1, 15)
      expect(log1pExp(x) - log1pExp(-x)).toBeCloseTo(x, 12)
    }),
  )
  expect(logistic(-700)).toBeCloseTo(Math.exp(-700), 300)
  expect(logistic(-800)).toBe(0)
  expect(log1pExp(800)).toBe(800)
  expect(log1pExp(-50)).toBe(Math.exp(-50))
  expect(logit(0.5 + 1e-12) / 4e-12).toBeCloseTo(1, 3)
})

test('arguments outside the domain are refused, and ends give their limits', () => {
  expect(() => logGamma(0)).toThrow(RangeError)
  expect(() => logGamma(-1.5)).toThrow(RangeError)
  expect(() => logGamma(Number.NaN)).toThrow(RangeError)
  expect(() => logBeta(1, 0)).toThrow(RangeError)
  expect(() => digamma(0)).toThrow(RangeError)
  expect(() => trigamma(-1)).toThrow(RangeError)
  expect(() => erf(Number.NaN)).toThrow(RangeError)
  expect(() => regularisedGammaP(0, 1)).toThrow(RangeError)
  expect(() => regularisedGammaQ(1, -1)).toThrow(RangeError)
  expect(() => regularisedBeta(1.1, 1, 1)).toThrow(RangeError)
  expect(() => regularisedBeta(0.5, 0, 1)).toThrow(RangeError)
  expect(() => logit(0)).toThrow(RangeError)
  expect(regularisedGammaP(2, 0)).toBe(0)
  expect(regularisedGammaQ(2, Number.POSITIVE_INFINITY)).toBe(0)
  expect(regularisedBeta(0, 2, 3)).toBe(0)
  expect(regularisedBeta(1, 2, 3)).toBe(1)
  expect(erfc(40)).toBe(0)
})
