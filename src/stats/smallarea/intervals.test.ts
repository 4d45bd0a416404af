import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binomialProbability } from '../numeric/distributions.ts'
import {
  exactFunnelLimits,
  funnelLimits,
  meanFunnelLimits,
  newcombe,
  normalFunnelLimits,
  wilson,
} from './index.ts'

const group = fc
  .tuple(fc.nat(300), fc.nat(300))
  .map(([a, b]) => ({ hits: Math.min(a, b), n: Math.max(a, b) + 1 }))

test('agrees with Newcombe (1998, table II, method 10): differences of two shares', () => {
  const table = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 10, 0.6075, 1],
  ] as const
  for (const [a, m, b, n, low, high] of table) {
    const found = newcombe({ hits: a, n: m }, { hits: b, n })
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  }
})

test('the interval of the misses mirrors that of the hits, and a surer one is wider', () => {
  fc.assert(
    fc.property(group, ({ hits, n }) => {
      const found = wilson(hits, n)
      const mirrored = wilson(n - hits, n)
      expect(found.low + mirrored.high).toBeCloseTo(1, 12)
      const surer = wilson(hits, n, 0.99)
      expect(surer.low <= found.low && surer.high >= found.high).toBe(true)
    }),
  )
})

test('averaged over true shares, Wilson covers with 20 persons what it promises: 95 per cent, to one point', () => {
  const n = 20
  let covered = 0
  const shares = Array.from({ length: 199 }, (_, i) => (i + 1) / 200)
  for (const p of shares) {
    for (let hits = 0; hits <= n; hits++) {
      const { low, high } = wilson(hits, n)
      if (low <= p && p <= high) covered += binomialProbability(hits, n, p)
    }
  }
  expect(Math.abs(covered / shares.length - 0.95)).toBeLessThan(0.01)
})

test('a difference turned round has its interval turned round, and equal groups enclose 0', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const forth = newcombe(a, b)
      const back = newcombe(b, a)
      expect(back.low).toBeCloseTo(-forth.high, 12)
      expect(back.high).toBeCloseTo(-forth.low, 12)
      const same = newcombe(a, a)
      expect(same.low <= 0 && same.high >= 0).toBe(true)
    }),
  )
})

test('funnel limits enclose the target and close in on it as units grow', () => {
  const target = fc.double({ min: 0.02, max: 0.98, noNaN: true })
  fc.assert(
    fc.property(target, fc.integer({ min: 1, max: 3000 }), (p, n) => {
      const { low, high } = funnelLimits(p, n)
      expect(0 <= low && low <= p && p <= high && high <= 1).toBe(true)
      const wide = funnelLimits(p, n, 0.998)
      expect(wide.low <= low + 1e-12 && wide.high >= high - 1e-12).toBe(true)
    }),
  )
  const far = funnelLimits(0.3, 1_000_000)
  expect(far.high - far.low).toBeLessThan(0.002)
})

test('for large units the exact limits become the normal ones', () => {
  const exact = exactFunnelLimits(0.3, 1_000_000)
  const normal = normalFunnelLimits(0.3, 1_000_000)
  expect(exact.low).toBeCloseTo(normal.low, 6)
  expect(exact.high).toBeCloseTo(normal.high, 6)
})

test('variation between units widens the limits, most of all for large units', () => {
  const { low, high } = funnelLimits(0.2, 100_000, 0.95, 0.05 ** 2)
  expect((high - low) / (2 * 1.959963984540054)).toBeCloseTo(Math.sqrt(0.05 ** 2 + 0.16 / 100_000), 12)
  expect(meanFunnelLimits(500, 0, 0.95, 100).high).toBeCloseTo(519.5996398454005, 10)
})

test('nobody, more hits than persons, targets of 0 or 1 and broken levels are refused', () => {
  expect(() => wilson(0, 0)).toThrow('n above 0')
  expect(() => wilson(3, 2)).toThrow(RangeError)
  expect(() => wilson(1, 2, 1)).toThrow('level')
  expect(() => newcombe({ hits: 1, n: 0 }, { hits: 1, n: 2 })).toThrow(RangeError)
  expect(() => funnelLimits(0, 10)).toThrow('target')
  expect(() => funnelLimits(0.5, 1.5)).toThrow(RangeError)
  expect(() => funnelLimits(0.5, 10, 0)).toThrow('level')
  expect(() => meanFunnelLimits(Number.NaN, 1)).toThrow(RangeError)
  expect(() => meanFunnelLimits(0, 1, 0.95, -1)).toThrow(RangeError)
})
