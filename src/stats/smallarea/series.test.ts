import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import { benjaminiHochberg, cusum, holm, mannKendall } from './index.ts'

const series = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 25 })

test('in a series without a shift a one-sided sum with slack ½ and limit 4 runs 336 steps on average', () => {
  const random = philox(31)
  const runs = 3000
  let steps = 0
  for (let run = 0; run < runs; run++) {
    let from = 0
    for (;;) {
      const values = Array.from({ length: 200 }, () => random.normal())
      // Continue where the last piece ended: its final sum enters as a first value.
      const found = cusum([from + 0.5, ...values], { target: 0, slack: 0.5, limit: 4 })
      if (found.firstHigh !== null) {
        steps += found.firstHigh
        break
      }
      steps += 200
      from = found.high.at(-1)!
    }
  }
  // Run lengths are nearly geometric: their standard deviation is about their mean.
  expect(Math.abs(steps / runs - 336)).toBeLessThan(5 * (336 / Math.sqrt(runs)))
})

test('a series upside down has its sums exchanged, and a gap changes nothing', () => {
  const rule = { target: 1, slack: 0.5, limit: 3 }
  fc.assert(
    fc.property(series, (values) => {
      const found = cusum(values, rule)
      const turned = cusum(
        values.map((value) => 2 - value),
        rule,
      )
      expect(turned.low).toEqual(found.high)
      expect(turned.firstHigh).toBe(found.firstLow)
      const gapped = cusum([...values, null], rule)
      expect(gapped.high.at(-1)).toBe(found.high.at(-1))
    }),
  )
  expect(cusum([], rule)).toMatchObject({ firstHigh: null, firstLow: null })
})

test('a trend turned round in time has the other sign, and any rising transformation keeps the test', () => {
  fc.assert(
    fc.property(series, (values) => {
      const found = mannKendall(values)
      const back = mannKendall([...values].reverse())
      expect(back.s).toBe(0 - found.s)
      expect(back.slope).toBeCloseTo(-found.slope, 12)
      expect(back.p).toBe(found.p)
      const transformed = mannKendall(values.map((value) => value ** 3 + 5))
      expect([transformed.s, transformed.p]).toEqual([found.s, found.p])
    }),
  )
})

test('a straight line has its slope per unit of time; a flat one has no trend', () => {
  expect(mannKendall([1, 3, 7], [2020, 2021, 2023]).slope).toBe(2)
  expect(mannKendall([5, 5, 5, 5])).toMatchObject({ s: 0, z: 0, p: 1, slope: 0, varianceOfS: 0 })
})

test('without a trend one series in ten has p below 0.10', () => {
  const random = philox(32)
  let below = 0
  for (let i = 0; i < 4000; i++) {
    if (mannKendall(Array.from({ length: 12 }, () => random.normal())).p < 0.1) below++
  }
  expect(Math.abs(below / 4000 - 0.1)).toBeLessThan(0.025)
})

test('agrees with cases worked by hand: Benjamini–Hochberg and Holm', () => {
  const p = [0.01, 0.04, 0.03, 0.005, 0.5]
  const bh = [0.025, 0.05, 0.05, 0.025, 0.5]
  const byHolm = [0.04, 0.09, 0.09, 0.025, 0.5]
  benjaminiHochberg(p).forEach((found, i) => {
    expect(found).toBeCloseTo(bh[i]!, 14)
  })
  holm(p).forEach((found, i) => {
    expect(found).toBeCloseTo(byHolm[i]!, 14)
  })
})

test('adjusted p-values keep the order, are never smaller, and Holm is never below Benjamini–Hochberg', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
      const [bh, byHolm] = [benjaminiHochberg(p), holm(p)]
      p.forEach((value, i) => {
        expect(bh[i]! >= value - 1e-15 && byHolm[i]! >= bh[i]! - 1e-12 && byHolm[i]! <= 1).toBe(true)
        p.forEach((other, j) => {
          if (value < other) expect(bh[i]! <= bh[j]! && byHolm[i]! <= byHolm[j]!).toBe(true)
        })
      })
    }),
  )
})

test('among true nulls Holm finds anything at 5 per cent in at most about 5 of 100 rounds', () => {
  const random = philox(33)
  let rounds = 0
  for (let i = 0; i < 4000; i++) {
    const p = Array.from({ length: 10 }, () => random.uniform())
    if (holm(p).some((value) => value < 0.05)) rounds++
  }
  expect(rounds / 4000).toBeLessThan(0.05 + 5 * Math.sqrt((0.05 * 0.95) / 4000))
})

test('broken numbers, two values, times that stand still and p-values beyond 1 are refused', () => {
  expect(() => cusum([Number.NaN], { target: 0, slack: 0.5, limit: 4 })).toThrow('null for a gap')
  expect(() => cusum([1], { target: 0, slack: -1, limit: 4 })).toThrow(RangeError)
  expect(() => cusum([1], { target: 0, slack: 0, limit: 0 })).toThrow(RangeError)
  expect(() => mannKendall([1, 2])).toThrow('three or more')
  expect(() => mannKendall([1, 2, Number.NaN])).toThrow('finite')
  expect(() => mannKendall([1, 2, 3], [1, 1, 2])).toThrow('times that rise')
  expect(() => holm([1.1])).toThrow('0 to 1')
  expect(() => benjaminiHochberg([Number.NaN])).toThrow('0 to 1')
})
