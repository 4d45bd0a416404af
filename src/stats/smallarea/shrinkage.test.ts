import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gammaQuantile } from '../numeric/distributions.ts'
import { philox, type Random } from '../numeric/random.ts'
import {
  betaFromMoments,
  estimateBetaPrior,
  estimateNormalPrior,
  jamesStein,
  normalPosterior,
  overdispersion,
  shareAbove,
  sharePosterior,
  valueAbove,
} from './index.ts'

const open = (random: Random) => Math.max(random.uniform(), 1e-12)

/** Units whose true shares are drawn from Beta(a, b). */
function drawnShares(seed: number, units: number, persons: number, a: number, b: number) {
  const random = philox(seed)
  const n = Array.from({ length: units }, () => 1 + random.integer(2 * persons))
  const hits = n.map((size) => {
    const x = gammaQuantile(open(random), a, 1)
    const share = x / (x + gammaQuantile(open(random), b, 1))
    let count = 0
    for (let i = 0; i < size; i++) if (random.uniform() < share) count++
    return count
  })
  return { hits, n }
}

test('agrees with the 13 trials of BCG vaccine (R, metafor): DerSimonian–Laird 0.309, REML 0.313, mean −0.7145', () => {
  const y = [
    -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.012, -0.4694, -1.3713, -0.3394, 0.4459,
    -0.0173,
  ]
  const v = [
    0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714,
  ]
  const s = v.map(Math.sqrt)
  // Inputs are printed with four digits: the smallest variance alone moves the result by half a per cent.
  expect(Math.abs(estimateNormalPrior(y, s).tau2 - 0.3088)).toBeLessThan(2e-3)
  const reml = estimateNormalPrior(y, s, 'reml')
  expect(Math.abs(reml.tau2 - 0.3132)).toBeLessThan(5e-4)
  expect(Math.abs(reml.mean + 0.7145)).toBeLessThan(5e-4)
  expect(Math.abs(reml.meanStandardError - 0.1798)).toBeLessThan(5e-4)
})

test('a planted beta distribution of shares is found again, by moments and by likelihood', () => {
  const { hits, n } = drawnShares(11, 2000, 40, 3, 9)
  for (const method of ['moments', 'likelihood'] as const) {
    const prior = estimateBetaPrior(hits, n, method)
    expect(Math.abs(prior.a / (prior.a + prior.b) - 0.25)).toBeLessThan(0.01)
    expect(Math.abs((prior.a + prior.b) / 12 - 1)).toBeLessThan(0.1)
    expect(prior.warnings).toEqual([])
  }
})

test('units that do not vary beyond chance give a prior that draws everyone to the common share, and say so', () => {
  const prior = estimateBetaPrior([5, 5, 5], [10, 10, 10])
  expect(prior.warnings).toEqual(['no variation between units'])
  expect(sharePosterior(prior, 9, 10).mean).toBeCloseTo(0.5, 5)
})

test('where units are all or nothing the prior is worth next to nobody', () => {
  const prior = estimateBetaPrior([10, 0, 10, 0], [10, 10, 10, 10])
  expect(prior.a + prior.b).toBeLessThan(0.01)
  expect(sharePosterior(prior, 0, 10).high).toBeLessThan(0.05)
})

test('a posterior share lies between the raw share and the prior mean, and more persons count for more', () => {
  const rows = fc
    .tuple(fc.nat(60), fc.nat(60))
    .map(([x, y]) => ({ hits: Math.min(x, y), n: Math.max(x, y) + 1 }))
  fc.assert(
    fc.property(rows, ({ hits, n }) => {
      const prior = betaFromMoments(0.3, 0.1)
      const { mean, low, high, sd } = sharePosterior(prior, hits, n)
      expect(mean).toBeGreaterThanOrEqual(Math.min(0.3, hits / n) - 1e-12)
      expect(mean).toBeLessThanOrEqual(Math.max(0.3, hits / n) + 1e-12)
      expect(low < mean && mean < high && sd < 0.1 * 1.5).toBe(true)
      const tenfold = sharePosterior(prior, 10 * hits, 10 * n)
      expect(Math.abs(tenfold.mean - hits / n)).toBeLessThanOrEqual(Math.abs(mean - hits / n) + 1e-12)
    }),
  )
})

test('chances to lie above rising thresholds fall from 1 to 0', () => {
  const posterior = sharePosterior(betaFromMoments(0.3, 0.1), 4, 10)
  const chances = [0, 0.1, 0.3, 0.5, 0.9, 1].map((threshold) => shareAbove(posterior, threshold))
  expect(chances[0]).toBe(1)
  expect(chances.at(-1)).toBe(0)
  expect(chances).toEqual([...chances].sort((a, b) => b - a))
  expect(valueAbove({ mean: 3, sd: 1 }, 3)).toBe(0.5)
  expect(valueAbove({ mean: 3, sd: 0 }, 2)).toBe(1)
})

test('a shrunken value lies between estimate and common mean; without variation between units it is the mean', () => {
  const value = fc.double({ min: -50, max: 50, noNaN: true })
  const error = fc.double({ min: 0.01, max: 20, noNaN: true })
  fc.assert(
    fc.property(value, error, fc.double({ min: 0, max: 100, noNaN: true }), (y, s, tau2) => {
      const found = normalPosterior({ mean: 5, meanStandardError: 1, tau2 }, y, s)
      expect(found.mean).toBeGreaterThanOrEqual(Math.min(5, y) - 1e-9)
      expect(found.mean).toBeLessThanOrEqual(Math.max(5, y) + 1e-9)
      expect(found.shrinkage >= 0 && found.shrinkage <= 1).toBe(true)
    }),
  )
  expect(normalPosterior({ mean: 5, meanStandardError: 1, tau2: 0 }, 40, 3)).toMatchObject({ mean: 5, sd: 1 })
})

test('a planted variance between units is found by moments and by REML', () => {
  const random = philox(21)
  const s = Array.from({ length: 3000 }, () => 0.5 + random.uniform())
  const y = s.map((error) => 7 + 2 * random.normal() + error * random.normal())
  for (const method of ['moments', 'reml'] as const) {
    const prior = estimateNormalPrior(y, s, method)
    expect(Math.abs(prior.tau2 / 4 - 1)).toBeLessThan(0.1)
    expect(Math.abs(prior.mean - 7)).toBeLessThan(5 * prior.meanStandardError)
  }
  expect(estimateNormalPrior([3, 3, 3], [1, 2, 3], 'reml').tau2).toBe(0)
})

test('shrunken errors are what they claim: 95 per cent of true values lie in their intervals', () => {
  const random = philox(22)
  const truth = Array.from({ length: 4000 }, () => 7 + 2 * random.normal())
  const s = truth.map(() => 0.5 + 3 * random.uniform())
  const y = truth.map((value, i) => value + s[i]! * random.normal())
  const prior = estimateNormalPrior(y, s)
  const inside = truth.filter((value, i) => {
    const { low, high } = normalPosterior(prior, y[i]!, s[i]!)
    return low <= value && value <= high
  }).length
  expect(Math.abs(inside / truth.length - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / 4000))
})

test('chance alone gives phi near 1 and no variation between units; a planted one is found, outliers do not fake it', () => {
  const random = philox(23)
  const s = Array.from({ length: 2000 }, () => 0.5 + random.uniform())
  const chance = s.map((error) => error * random.normal())
  expect(Math.abs(overdispersion(chance, s, 0, 0).phi - 1)).toBeLessThan(5 * Math.sqrt(2 / 2000))
  const spread = s.map((error) => Math.sqrt(error ** 2 + 4) * random.normal())
  expect(Math.abs(overdispersion(spread, s, 0, 0).tau2 / 4 - 1)).toBeLessThan(0.15)
  const outliers = chance.map((value, i) => (i < 20 ? 40 : value))
  expect(overdispersion(outliers, s, 0).tau2).toBe(0)
  expect(overdispersion(outliers, s, 0, 0).tau2).toBeGreaterThan(1)
})

test('few values, errors of 0, hits beyond persons and impossible moments are refused', () => {
  expect(() => estimateNormalPrior([1], [1])).toThrow('two or more')
  expect(() => estimateNormalPrior([1, 2], [1, 0])).toThrow('errors above 0')
  expect(() => estimateNormalPrior([1, Number.NaN], [1, 1])).toThrow('finite')
  expect(() => estimateNormalPrior([1, 2], [1, 1], { tau2: -1 })).toThrow('not negative')
  expect(() => normalPosterior({ mean: 0, meanStandardError: 1, tau2: 1 }, 0, 0)).toThrow(RangeError)
  expect(() => estimateBetaPrior([1], [2])).toThrow('two or more')
  expect(() => estimateBetaPrior([0, 0], [5, 5])).toThrow('hits as well as misses')
  expect(() => estimateBetaPrior([3, 1], [2, 2])).toThrow('0 ≤ hits ≤ n')
  expect(() => betaFromMoments(0.5, 0.5)).toThrow(RangeError)
  expect(() => sharePosterior({ a: 1, b: 1 }, 2, 1)).toThrow(RangeError)
  expect(() => jamesStein([1, 2, 3], 1)).toThrow('four or more')
  expect(() => overdispersion([1], [1], 0)).toThrow('two or more')
  expect(() => overdispersion([1, 2], [1, 0], 0)).toThrow('above 0')
})
