import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { cohortComponent } from './cohort-component.ts'
import { gradeProgression } from './grade-progression.ts'

agreement(
  'agrees with a cohort-component projection computed apart: births and ages of three periods',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: { pop: number[]; fx: number[]; sx: number[]; net_migration: number[]; periods: number }
      expected: { births: number; pop: number[] }[]
      tolerance: number
    }>('methods/03_cohort_component.json')
    const found = cohortComponent({
      population: inputs.pop,
      rates: { fertility: inputs.fx, survival: inputs.sx, migration: inputs.net_migration },
      periods: inputs.periods,
    })
    expect(found.length).toBe(expected.length)
    for (const [period, { births, pop }] of expected.entries()) {
      expect(Math.abs(found[period]!.births - births)).toBeLessThan(tolerance)
      expect(found[period]!.cutAtZero).toBe(0)
      for (const [age, persons] of pop.entries()) {
        expect(Math.abs(found[period]!.population[age]! - persons)).toBeLessThan(tolerance)
      }
    }
  },
)
agreement('agrees with a grade progression computed apart: smoothed rates and three years ahead', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: { history_rows_year_cols_grade: number[][]; entrants_grade1_next_years: number[]; alpha: number }
    expected: { rates: number[]; projection: number[][] }
    tolerance: number
  }>('methods/03_grade_progression.json')
  const { rates, projection } = gradeProgression({
    history: inputs.history_rows_year_cols_grade,
    entrants: inputs.entrants_grade1_next_years,
    alpha: inputs.alpha,
  })
  for (const [g, rate] of expected.rates.entries()) expect(Math.abs(rates[g]! - rate)).toBeLessThan(1e-6)
  for (const [year, row] of expected.projection.entries()) {
    for (const [g, pupils] of row.entries())
      expect(Math.abs(projection[year]![g]! - pupils)).toBeLessThan(tolerance)
  }
})

const people = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 3, maxLength: 12 })
test('where nobody dies, moves or is born, everybody grows older and the oldest group gathers those who stay', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 1, max: 6 }), (population, periods) => {
      const ages = population.length
      const rates = {
        fertility: new Array(ages).fill(0),
        survival: new Array(ages).fill(1),
        migration: new Array(ages).fill(0),
      }
      const found = cohortComponent({ population, rates, periods, stayOldest: 1 }).at(-1)!.population
      expect(found.reduce((a, b) => a + b, 0)).toBe(population.reduce((a, b) => a + b, 0))
      for (let age = periods; age < ages - 1; age++) expect(found[age]).toBe(population[age - periods])
    }),
  )
})
test('twice as many people with twice the migration are twice as many later', () => {
  fc.assert(
    fc.property(people, (population) => {
      const ages = population.length
      const rates = {
        fertility: population.map((_, age) => (age === 1 ? 0.1 : 0)),
        survival: population.map((_, age) => 1 - 0.01 * age),
        migration: population.map((_, age) => (age % 2 ? 3 : 5)),
      }
      const once = cohortComponent({ population, rates, periods: 4 })
      const twice = cohortComponent({
        population: population.map((x) => 2 * x),
        rates: { ...rates, migration: rates.migration.map((x) => 2 * x) },
        periods: 4,
      })
      for (let age = 0; age < ages; age++) {
        expect(twice[3]!.population[age]).toBeCloseTo(2 * once[3]!.population[age]!, 6)
      }
    }),
  )
})
test('more people leaving than there are is cut at zero and said; births may come from elsewhere', () => {
  const rates = { fertility: [0, 0], survival: [1, 1], migration: [0, -30] }
  const [first] = cohortComponent({
    population: [10, 10],
    rates,
    periods: 1,
    births: [100],
    shareOfBirths: 0.5,
  })
  expect([...first!.population]).toEqual([50, 0])
  expect(first!.cutAtZero).toBe(20)
})
test('a school whose grades stay as they are keeps them, and empty years do not count', () => {
  const { rates, projection } = gradeProgression({
    history: [
      [50, 40],
      [50, 40],
      [50, 40],
    ],
    entrants: [50],
  })
  expect([...rates]).toEqual([0.8])
  expect([...projection[0]!]).toEqual([50, 40])
  const gap = gradeProgression({
    history: [
      [0, 5],
      [10, 7],
      [10, 9],
    ],
    entrants: [],
  })
  expect(gap.observed).toEqual([[null], [0.9]])
  expect([...gap.rates]).toEqual([0.9])
})
test('a single age, survival above 1, births at age 0, one year of history and a grade always empty are refused', () => {
  const rates = { fertility: [0, 0], survival: [1, 1], migration: [0, 0] }
  expect(() => cohortComponent({ population: [1], rates, periods: 1 })).toThrow(/two or more ages/)
  expect(() =>
    cohortComponent({ population: [1, 1], rates: { ...rates, survival: [1, 1.1] }, periods: 1 }),
  ).toThrow(/survival/)
  expect(() =>
    cohortComponent({ population: [1, 1], rates: { ...rates, fertility: [1, 0] }, periods: 1 }),
  ).toThrow(/age 0/)
  expect(() => cohortComponent({ population: [1, 1], rates: [rates], periods: 2 })).toThrow(/every period/)
  expect(() => cohortComponent({ population: [1, Number.NaN], rates, periods: 1 })).toThrow(RangeError)
  expect(() => gradeProgression({ history: [[1, 2]], entrants: [1] })).toThrow(/two or more years/)
  expect(() =>
    gradeProgression({
      history: [
        [0, 2],
        [0, 2],
      ],
      entrants: [1],
    }),
  ).toThrow(/pupils in every grade/)
  expect(() =>
    gradeProgression({
      history: [
        [1, 2],
        [1, 2],
      ],
      entrants: [1],
      alpha: 0,
    }),
  ).toThrow(/smoothing weight/)
  expect(() =>
    gradeProgression({
      history: [
        [1, -2],
        [1, 2],
      ],
      entrants: [1],
    }),
  ).toThrow(/pupils of 0 or more/)
})
