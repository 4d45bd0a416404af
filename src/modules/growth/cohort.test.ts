import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { cohortGrowth, type Pair } from './cohort.ts'

/** Pupils whose true start is known: everybody grows alike, whatever the start; the earlier test measured with an error. */
function cohort(error: number | null): { pairs: Pair[]; truth: number[] } {
  const random = philox(8)
  const truth: number[] = []
  const pairs = Array.from({ length: 2000 }, (_, at): Pair => {
    const start = 400 + 80 * random.normal()
    truth.push(start)
    return {
      learner: at,
      institution: at % 40,
      from: start + 45 * random.normal(),
      to: start + 100 + 40 * random.normal(),
      fromError: error,
      toError: error && 30,
      stayed: true,
      status: 'official',
    }
  })
  return { pairs, truth }
}

/** How much the percentile rises with a standard deviation of the true start: nothing, if growth were seen without error. */
function rise(percentiles: readonly number[], truth: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [x, y] = [mean(truth), mean(percentiles)]
  const spread = mean(truth.map((t) => (t - x) ** 2))
  return mean(truth.map((t, at) => (t - x) * (percentiles[at]! - y))) / Math.sqrt(spread)
}

test('means of groups do not favour those who started high, once the error of the earlier test is known', () => {
  const { pairs, truth } = cohort(45)
  const { learners, reliability, corrected } = cohortGrowth(pairs)
  expect(reliability).toBeCloseTo(80 ** 2 / (80 ** 2 + 45 ** 2), 1)
  expect(corrected).toBe(true)
  const own = rise(
    learners.map(({ percentile }) => percentile),
    truth,
  )
  const inGroups = rise(
    learners.map((learner) => learner.inGroups),
    truth,
  )
  expect(own).toBeGreaterThan(6)
  expect(Math.abs(inGroups)).toBeLessThan(own / 2.5)
})

test('a residual is as uncertain as both tests make it', () => {
  const { pairs } = cohort(45)
  for (const { error } of cohortGrowth(pairs).learners) {
    expect(error).toBeGreaterThan(30)
    expect(error).toBeLessThan(Math.hypot(30, 45) + 5)
  }
})

test('without errors of the tests nothing is corrected and no error is made up', () => {
  const { learners, reliability, corrected } = cohortGrowth(cohort(null).pairs)
  expect([reliability, corrected]).toEqual([null, false])
  expect(learners.every(({ error, percentile, inGroups }) => error === null && percentile === inGroups)).toBe(
    true,
  )
})

test('the same seed gives the same figures', () => {
  const { pairs } = cohort(45)
  expect(cohortGrowth(pairs, { seed: 3 })).toEqual(cohortGrowth(pairs, { seed: 3 }))
})

test('fewer than a hundred learners are refused', () => {
  expect(() => cohortGrowth(cohort(null).pairs.slice(0, 99))).toThrow(RangeError)
})
