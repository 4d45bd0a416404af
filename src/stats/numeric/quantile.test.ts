import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile, quantileFromCounts, weightedQuantile } from './quantile.ts'

test('agrees with type 7 worked by hand: positions 0, 0.5, 1.25, 2.5, 4.5, 5 among six primes', () => {
  const primes = [2, 3, 5, 7, 11, 13]
  const expected = [2, 2.5, 3.5, 6, 12, 13]
  const found = [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantile(primes, p))
  found.forEach((q, i) => {
    expect(q).toBeCloseTo(expected[i]!, 12)
  })
})

test('a count per value gives the quantile of the values written out', () => {
  const table = fc.uniqueArray(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 4 })), {
    selector: ([value]) => value,
    minLength: 1,
  })
  fc.assert(
    fc.property(table, fc.double({ min: 0, max: 1, noNaN: true }), (rows, p) => {
      const sorted = rows.toSorted(([a], [b]) => a - b)
      const written = sorted.flatMap(([value, count]) => new Array<number>(count).fill(value))
      fc.pre(written.length > 0)
      const counted = quantileFromCounts(
        sorted.map(([v]) => v),
        sorted.map(([, c]) => c),
        p,
      )
      expect(counted).toBe(quantile(written, p))
    }),
  )
})

test('a quantile is never below the smallest or above the largest, and rises with p', () => {
  const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(sample, share, share, (xs, p, q) => {
      const sorted = Float64Array.from(xs).sort()
      const [low, high] = p < q ? [p, q] : [q, p]
      expect(quantile(sorted, low)).toBeGreaterThanOrEqual(sorted[0]!)
      expect(quantile(sorted, high)).toBeLessThanOrEqual(sorted.at(-1)!)
      expect(quantile(sorted, high)).toBeGreaterThanOrEqual(quantile(sorted, low) - 1e-9)
    }),
  )
})

test('the weighted median halves the weight: exactly reached it lies between two values', () => {
  expect(weightedQuantile([3, 1, 2], [1, 1, 2], 0.5)).toBe(2)
  expect(weightedQuantile([1, 2, 3, 4], [1, 1, 1, 1], 0.5)).toBe(2.5)
  expect(weightedQuantile([1, 2], [0.1 + 0.2, 0.3], 0.5)).toBe(1.5)
  expect(weightedQuantile([5, 1], [1, 0], 0)).toBe(5)
})

test('whole weights count a value that often, in any order of rows', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
  })
  fc.assert(
    fc.property(rows, fc.constantFrom(0.1, 0.25, 0.5, 0.75), (table, p) => {
      const once = weightedQuantile(
        table.map(([v]) => v),
        table.map(([, w]) => w),
        p,
      )
      const written = table.flatMap(([v, w]) => new Array<number>(w).fill(v)).reverse()
      expect(
        weightedQuantile(
          written,
          written.map(() => 1),
          p,
        ),
      ).toBe(once)
    }),
  )
})

test('nothing to count, a p outside 0–1 and negative weights are refused', () => {
  expect(() => quantile([], 0.5)).toThrow('at least one')
  expect(() => quantile([1], 1.2)).toThrow(RangeError)
  expect(() => quantile([1], Number.NaN)).toThrow(RangeError)
  expect(() => quantileFromCounts([1], [0], 0.5)).toThrow(RangeError)
  expect(() => quantileFromCounts([2, 1], [1, 1], 0.5)).toThrow('rising')
  expect(() => quantileFromCounts([1], [0.5], 0.5)).toThrow('whole')
  expect(() => weightedQuantile([1], [-1], 0.5)).toThrow(RangeError)
  expect(() => weightedQuantile([1], [0], 0.5)).toThrow('not all zero')
})
