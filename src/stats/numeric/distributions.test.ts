import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as d from './distributions.ts'
import * as golden from './golden/distributions.ts'

type Row = readonly (number | string)[]
// biome-ignore lint/complexity/noBannedTypes: arguments differ by function and are checked by their values
const worst = (f: Function, rows: readonly Row[]): number => {
  let most = 0
  for (const row of rows) {
    const expected = row.at(-1) as number
    const found = f(...row.slice(0, -1)) as number
    most = Math.max(most, expected === 0 ? Math.abs(found) : Math.abs(found / expected - 1))
  }
  return most
}

test('agrees with mpmath 1.3.0: normal distribution function and quantile, from −37 to 1e-300, to 1e-12 relative', () => {
  expect(worst(d.normalCumulative, golden.normalCumulativeRows)).toBeLessThan(1e-12)
  expect(worst(d.normalQuantile, golden.normalQuantileRows)).toBeLessThan(1e-12)
})

test('agrees with mpmath 1.3.0: t with 0.1 to a million degrees of freedom in both tails, to 1e-12 relative', () => {
  expect(worst(d.studentTCumulative, golden.studentTCumulativeRows)).toBeLessThan(1e-12)
  expect(worst(d.studentTDensity, golden.studentTDensityRows)).toBeLessThan(1e-12)
})

test('agrees with mpmath 1.3.0: chi-square in both tails, to 1e-12 relative', () => {
  expect(worst(d.chiSquareCumulative, golden.chiSquareCumulativeRows)).toBeLessThan(1e-12)
  expect(worst(d.chiSquareDensity, golden.chiSquareDensityRows)).toBeLessThan(1e-12)
})

test('agrees with mpmath 1.3.0: beta up to a = b = 10,000 and F in both tails, to 1e-11 relative', () => {
  expect(worst(d.betaCumulative, golden.betaCumulativeRows)).toBeLessThan(1e-11)
  expect(worst(d.betaDensity, golden.betaDensityRows)).toBeLessThan(1e-11)
  expect(worst(d.fisherFCumulative, golden.fisherFCumulativeRows)).toBeLessThan(1e-11)
})

test('agrees with mpmath 1.3.0: binomial probabilities and tails, to 1e-12 relative', () => {
  expect(worst(d.binomialProbability, golden.binomialProbabilityRows)).toBeLessThan(1e-12)
  expect(worst(d.binomialCumulative, golden.binomialCumulativeRows)).toBeLessThan(1e-12)
})

test('agrees with closed forms: t with 1 degree is Cauchy, with 2 algebraic; chi-square with 2 is exponential', () => {
  for (const x of [1e-6, 0.3, 1, 12, 1e7]) {
    expect(d.studentTCumulative(x, 1, 'upper') / (Math.atan(1 / x) / Math.PI)).toBeCloseTo(1, 11)
    const s = Math.sqrt(2 + x * x)
    expect(d.studentTCumulative(x, 2, 'upper') / (1 / (s * (s + x)))).toBeCloseTo(1, 11)
    expect(d.chiSquareCumulative(x, 2, 'lower') / -Math.expm1(-x / 2)).toBeCloseTo(1, 11)
  }
  expect(d.studentTQuantile(0.975, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 10)
  expect(d.chiSquareQuantile(0.5, 2)).toBeCloseTo(2 * Math.LN2, 13)
  expect(d.betaQuantile(0.3, 1, 1)).toBeCloseTo(0.3, 13)
  expect(d.fisherFDensity(1, 2, 2)).toBeCloseTo(0.25, 14)
  expect(d.gammaDensity(3, 1, 2)).toBeCloseTo(Math.exp(-1.5) / 2, 14)
})

const probability = fc.oneof(
  fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
  fc.integer({ min: 6, max: 250 }).map((power) => 10 ** -power),
)
const tail = fc.constantFrom<d.Tail>('lower', 'upper')
const parameter = fc.double({ min: -1, max: 5, noNaN: true }).map((log) => 10 ** log)

test('a quantile leads back to its probability to 1e-10 relative in both tails', () => {
  fc.assert(
    fc.property(probability, tail, parameter, parameter, (p, side, a, b) => {
      const near = (found: number) => expect(Math.abs(found / p - 1)).toBeLessThan(1e-10)
      near(d.normalCumulative(d.normalQuantile(p, side), side))
      const t = d.studentTQuantile(p, a, side)
      if (Math.abs(t) < 1e300) near(d.studentTCumulative(t, a, side))
      const g = d.gammaQuantile(p, a, b, side)
      if (g > 1e-300) near(d.gammaCumulative(g, a, b, side))
      const f = d.fisherFQuantile(p, a, b, side)
      if (f > 1e-300 && f < 1e300) near(d.fisherFCumulative(f, a, b, side))
      const x = d.betaQuantile(p, a, b, side)
      if (x < 1e-300) return
      // Near 1 a double cannot hold the quantile: there the neighbouring doubles enclose it.
      const step = Math.max(x * 2 ** -52, Number.MIN_VALUE)
      const ends = [d.betaCumulative(x - step, a, b, side), d.betaCumulative(x + step, a, b, side)]
      expect(Math.min(...ends)).toBeLessThanOrEqual(p * (1 + 1e-10))
      expect(Math.max(...ends)).toBeGreaterThanOrEqual(p * (1 - 1e-10))
    }),
    { numRuns: 300 },
  )
})

test('a distribution function rises', () => {
  fc.assert(
    fc.property(parameter, parameter, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
      expect(d.betaCumulative(Math.min(1, x + 0.01), a, b)).toBeGreaterThanOrEqual(
        d.betaCumulative(x, a, b) - 1e-12,
      )
      expect(d.gammaCumulative(x * 1.1, a, 1)).toBeGreaterThanOrEqual(d.gammaCumulative(x, a, 1) - 1e-12)
      expect(d.studentTCumulative(x + 0.1, a)).toBeGreaterThanOrEqual(d.studentTCumulative(x, a))
    }),
  )
})

test('with many degrees of freedom t is nearly normal, with infinitely many it is', () => {
  expect(d.studentTCumulative(-2, 1e9) / d.normalCumulative(-2)).toBeCloseTo(1, 7)
  expect(d.studentTCumulative(-2, Number.POSITIVE_INFINITY)).toBe(d.normalCumulative(-2))
  expect(d.studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(d.normalQuantile(0.975))
  expect(d.studentTDensity(1, Number.POSITIVE_INFINITY)).toBe(d.normalDensity(1))
})

test('binomial probabilities sum to 1, and the quantile is the first k that reaches the probability', () => {
  const trials = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(trials, fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), ([n, p], q) => {
      let total = 0
      for (let k = 0; k <= n; k++) total += d.binomialProbability(k, n, p)
      expect(total).toBeCloseTo(1, 11)
      const k = d.binomialQuantile(q, n, p)
      expect(d.binomialCumulative(k, n, p)).toBeGreaterThanOrEqual(q * (1 - 1e-12))
      expect(d.binomialCumulative(k - 1, n, p)).toBeLessThan(q)
    }),
  )
  expect(d.binomialQuantile(0.5, 10, 0)).toBe(0)
  expect(d.binomialQuantile(0.5, 10, 1)).toBe(10)
  expect(d.binomialProbability(0, 0, 0.3)).toBe(1)
  expect(d.binomialCumulative(-1, 5, 0.5, 'upper')).toBe(1)
})

test('densities at the ends are their limits', () => {
  expect(d.gammaDensity(0, 2, 1)).toBe(0)
  expect(d.gammaDensity(0, 1, 2)).toBe(0.5)
  expect(d.chiSquareDensity(-1, 3)).toBe(0)
  expect(d.betaDensity(0, 1, 3)).toBe(3)
  expect(d.betaDensity(1, 3, 1)).toBe(3)
  expect(d.betaDensity(2, 3, 1)).toBe(0)
  expect(d.fisherFDensity(0, 2, 5)).toBe(1)
})

test('probabilities of 0 and 1, parameters of 0 and what is not a number are refused', () => {
  expect(() => d.normalQuantile(0)).toThrow('requires a probability')
  expect(() => d.normalQuantile(1)).toThrow(RangeError)
  expect(() => d.normalCumulative(Number.NaN)).toThrow(RangeError)
  expect(() => d.studentTQuantile(0.5, 0)).toThrow('degrees of freedom')
  expect(() => d.studentTCumulative(1, Number.NaN)).toThrow(RangeError)
  expect(() => d.chiSquareCumulative(1, 0)).toThrow(RangeError)
  expect(() => d.gammaQuantile(0.5, 1, 0)).toThrow('scale')
  expect(() => d.betaQuantile(1.5, 1, 1)).toThrow(RangeError)
  expect(() => d.betaCumulative(0.5, 1, -1)).toThrow(RangeError)
  expect(() => d.fisherFCumulative(1, 0, 1)).toThrow('df1')
  expect(() => d.binomialProbability(1.5, 3, 0.5)).toThrow('whole')
  expect(() => d.binomialCumulative(1, 3, 1.5)).toThrow(RangeError)
  expect(() => d.binomialQuantile(0.5, -1, 0.5)).toThrow(RangeError)
})

test('whatever is put in, a number comes out or a RangeError: never NaN, never another error', () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      0,
      -0,
      1,
      -1,
      1e-320,
      1e-300,
      1e-9,
      1e-4,
      0.5,
      0.999,
      1e5,
      1e10,
      1e100,
      1e300,
      Infinity,
      -Infinity,
      Number.NaN,
    ),
    fc.double(),
  )
  const functions = Object.values(d) as ((...xs: number[]) => number)[]
  fc.assert(
    fc.property(fc.constantFrom(...functions), nasty, nasty, nasty, (f, x, y, z) => {
      try {
        expect(f(x, y, z)).not.toBeNaN()
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        expect(String(error)).toMatch(/requires/)
      }
    }),
    { numRuns: 3000 },
  )
})
