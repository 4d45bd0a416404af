import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import type { Cell } from '#terms/cell.ts'
import { clusterEffect, widened, widenedDifference } from './clustered.ts'

test('agrees with a case worked by hand: 200 pupils in ten like schools, a sixth of the variance between them', () => {
  // m = 20, 1 + 19 · 0,15 = 3,85
  expect(clusterEffect({ pupils: 200, schools: 10, spread: 0, correlation: 0.15 })).toBeCloseTo(3.85, 12)
  // Schools of 5 and 35: the average pupil has 31,25 in the school, (200 / 10)·(1 + 0,5625)
  expect(clusterEffect({ pupils: 200, schools: 10, spread: 0.5625, correlation: 0.15 })).toBeCloseTo(
    1 + 30.25 * 0.15,
    12,
  )
})

test('where schools are alike, or every pupil has a school of its own, nothing changes', () => {
  expect(clusterEffect({ pupils: 200, schools: 10, spread: 0.3, correlation: -0.01 })).toBe(1)
  expect(clusterEffect({ pupils: 50, schools: 50, spread: 0, correlation: 0.4 })).toBe(1)
  expect(clusterEffect({ pupils: 0, schools: 0, spread: 0, correlation: 0.4 })).toBe(1)
})

/** Mean of pupils in schools of these sizes, with its error as if they were drawn one by one and by a jackknife over schools. */
function drawn(sizes: readonly number[], rho: number, random: ReturnType<typeof philox>) {
  const schools = sizes.map((n) => {
    const school = Math.sqrt(rho) * random.normal()
    return Array.from({ length: n }, () => school + Math.sqrt(1 - rho) * random.normal())
  })
  const all = schools.flat()
  const total = all.reduce((sum, y) => sum + y, 0)
  const mean = total / all.length
  const variance = all.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (all.length - 1)
  const without = schools.map(
    (own) => (total - own.reduce((sum, y) => sum + y, 0)) / (all.length - own.length),
  )
  const k = schools.length
  const jackknife = Math.sqrt(((k - 1) / k) * without.reduce((sum, m) => sum + (m - mean) ** 2, 0))
  return { mean, plain: Math.sqrt(variance / all.length), jackknife }
}

test('the error is that of a jackknife over schools, and as large as means of planted countries really scatter', () => {
  const sizes = Array.from({ length: 40 }, (_, at) => 5 + (at % 8) * 6)
  const pupils = sizes.reduce((sum, n) => sum + n, 0)
  const usual = pupils / sizes.length
  const spread = sizes.reduce((sum, n) => sum + (n - usual) ** 2, 0) / sizes.length / usual ** 2
  const design = { pupils, schools: sizes.length, spread, correlation: 0.15 }
  // By the variance of a sum of school parts and own parts, school by school.
  const exact = (0.15 * sizes.reduce((sum, n) => sum + n ** 2, 0)) / pupils ** 2 + 0.85 / pupils
  expect(clusterEffect(design) / pupils).toBeCloseTo(exact, 12)
  const random = philox(11)
  const effect = Math.sqrt(clusterEffect(design))
  const tries = Array.from({ length: 400 }, () => drawn(sizes, 0.15, random))
  const of = (what: (each: (typeof tries)[number]) => number) =>
    tries.reduce((sum, each) => sum + what(each), 0) / tries.length
  const own = of(({ plain }) => plain * effect)
  const scatter = Math.sqrt(of(({ mean }) => mean ** 2))
  // Four hundred tries know a scatter to a tenth.
  for (const other of [of(({ jackknife }) => jackknife), scatter])
    expect(Math.abs(own / other - 1)).toBeLessThan(0.1)
  // Drawn one by one the interval would be less than half as wide.
  expect(of(({ plain }) => plain) / scatter).toBeLessThan(0.5)
})

test('the interval of a figure grows around it, and a difference that was clear may be so no more', () => {
  const cell = { value: 500, se: 2, low: 496, high: 504 } as Cell
  expect(widened(cell, 4)).toMatchObject({ value: 500, se: 4, low: 492, high: 508 })
  expect(widened({ ...cell, value: null, low: null, high: null }, 4)).toMatchObject({
    value: null,
    low: null,
  })
  const clear = { difference: 6, se: 2, low: 2.08, high: 9.92, verdict: 'higher' } as const
  expect(widenedDifference(clear, 1)).toMatchObject({ verdict: 'higher' })
  expect(widenedDifference(clear, 4)).toMatchObject({ se: 4, verdict: 'no_clear_difference' })
})
