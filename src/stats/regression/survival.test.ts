import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import { logistic } from '../numeric/special.ts'
import {
  cumulativeRisk,
  fitHazard,
  lifeTable,
  lifeTableFromDurations,
  medianLifetime,
  personPeriods,
  predictHazard,
} from './index.ts'

const people = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()), {
  minLength: 1,
  maxLength: 60,
})

test('agrees with a table worked by hand: 10 persons, 2 leave, 3 are lost, 1 leaves', () => {
  const table = lifeTableFromDurations(
    [1, 1, 1, 1, 1, 2, 3, 3, 3, 3],
    [true, true, false, false, false, true, false, false, false, false],
  )
  expect(table.map((row) => [row.atRisk, row.events])).toEqual([
    [10, 2],
    [5, 1],
    [4, 0],
  ])
  expect(table[1]!.survivor).toBeCloseTo(0.8 * 0.8, 14)
  expect(table[1]!.standardError).toBeCloseTo(0.64 * Math.sqrt(2 / 80 + 1 / 20), 14)
})

test('without losses the survivor share is the share still there, with its binomial error', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 50 }), (durations) => {
      const table = lifeTableFromDurations(
        durations,
        durations.map(() => true),
      )
      const n = durations.length
      table.forEach((row, j) => {
        const left = durations.filter((duration) => duration > j + 1).length / n
        expect(row.survivor).toBeCloseTo(left, 12)
        if (left > 0) expect(row.standardError!).toBeCloseTo(Math.sqrt((left * (1 - left)) / n), 12)
        else expect(row.standardError).toBeNull()
      })
    }),
  )
})

test('survival never rises, and the risk over all periods is its complement', () => {
  fc.assert(
    fc.property(people, (rows) => {
      const table = lifeTableFromDurations(
        rows.map(([d]) => d),
        rows.map(([, happened]) => happened),
      )
      for (let j = 1; j < table.length; j++)
        expect(table[j]!.survivor).toBeLessThanOrEqual(table[j - 1]!.survivor)
      expect(cumulativeRisk(table.map((row) => row.hazard))).toBeCloseTo(1 - table.at(-1)!.survivor, 12)
    }),
  )
})

test('persons and periods keep every person at risk once a period and every event once', () => {
  fc.assert(
    fc.property(people, (rows) => {
      const durations = rows.map(([d]) => d)
      const happened = rows.map(([, h]) => h)
      const expanded = personPeriods(durations, happened)
      expect(expanded.rows).toBe(durations.reduce((total, d) => total + d, 0))
      lifeTableFromDurations(durations, happened).forEach((row, j) => {
        const here = [...expanded.period]
          .map((t, i) => [t, expanded.y[i]!] as const)
          .filter(([t]) => t === j + 1)
        expect(here.length).toBe(row.atRisk)
        expect(here.reduce((total, [, y]) => total + y, 0)).toBe(row.events)
      })
    }),
  )
  const late = personPeriods([4], [true], [3])
  expect([[...late.period], [...late.y]]).toEqual([
    [3, 4],
    [0, 1],
  ])
})

test('a hazard model without columns gives back the hazards of the life table', () => {
  const random = philox(41)
  const durations = Array.from({ length: 500 }, () => 1 + random.integer(5))
  const happened = durations.map(() => random.uniform() < 0.6)
  const expanded = personPeriods(durations, happened)
  const model = fitHazard(expanded, new Float64Array(), 0)
  const table = lifeTableFromDurations(durations, happened)
  const found = predictHazard(model, [1, 2, 3, 4, 5], new Float64Array())
  table.forEach((row, j) => {
    expect(found[j]!).toBeCloseTo(row.hazard, 9)
  })
})

test('a planted effect on the hazard is found within four standard errors', () => {
  const random = philox(42)
  const risk = Array.from({ length: 6000 }, () => random.normal())
  const lives = risk.map((z) => {
    for (let t = 1; t <= 6; t++)
      if (random.uniform() < logistic(-2.5 + 0.1 * t + 0.8 * z)) return [t, true] as const
    return [6, false] as const
  })
  const expanded = personPeriods(
    lives.map(([t]) => t),
    lives.map(([, h]) => h),
  )
  const x = Float64Array.from(expanded.person, (i) => risk[i]!)
  const { logistic: model } = fitHazard(expanded, x, 1)
  expect(Math.abs(model.coefficients.at(-1)! - 0.8)).toBeLessThan(4 * model.standardErrors.at(-1)!)
  expect(model.converged).toBe(true)
})

test('the median lifetime lies inside its period, and is not made up where more than half are left', () => {
  expect(medianLifetime(lifeTable([100, 80], [20, 60]))).toBeCloseTo(1.5, 14)
  expect(medianLifetime(lifeTable([10], [4]))).toBeNull()
  expect(medianLifetime(lifeTable([10], [10]))).toBe(0.5)
})

test('more events than persons, broken durations, unseen periods and hazards beyond 1 are refused', () => {
  expect(() => lifeTable([3], [4])).toThrow('events ≤ persons')
  expect(() => lifeTable([0], [0])).toThrow(RangeError)
  expect(() => lifeTable([3], [])).toThrow(RangeError)
  expect(() => lifeTableFromDurations([0], [true])).toThrow('whole durations')
  expect(() => lifeTableFromDurations([], [])).toThrow('one or more')
  expect(() => personPeriods([2], [true], [3])).toThrow('entry ≤ duration')
  expect(() => cumulativeRisk([1.2])).toThrow('0 to 1')
  const expanded = personPeriods([2, 1, 2], [true, true, false])
  expect(() => fitHazard(expanded, new Float64Array(2), 1)).toThrow('columns for each row')
  const model = fitHazard(expanded, new Float64Array(), 0, 1)
  expect(() => predictHazard(model, [7], new Float64Array())).toThrow('has seen')
})
