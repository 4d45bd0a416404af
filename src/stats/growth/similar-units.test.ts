import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { contextIndex, fitContextIndex } from './context-index.ts'
import { compareWithSimilar, similarByFeatures, similarByIndex, unitDistances } from './similar-units.ts'

agreement('agrees with the worked context index of methods 6.5: formula, index, nearest ten', () => {
  interface Fixture {
    inputs: { rows: number[][]; mean_achievement: number[] }
    expected: {
      beta: number[]
      index: number[]
      similar_10_of_school0: number[]
      similar_10_of_school7: number[]
    }
    tolerance: number
  }
  const { inputs, expected, tolerance } = referenceJson<Fixture>('methods/06_context_index.json')
  const units = inputs.rows.length
  const context = Float64Array.from(inputs.rows.flatMap((row) => row.slice(1)))
  const weights = inputs.rows.map((row) => row[0]!)
  const formula = fitContextIndex({ context, means: inputs.mean_achievement, weights, units, columns: 4 })
  for (const [j, b] of expected.beta.entries())
    expect(Math.abs(formula.coefficients[j]! - b)).toBeLessThan(tolerance)
  const index = contextIndex(formula, context, units)
  for (const [u, i] of expected.index.entries()) expect(Math.abs(index[u]! - i)).toBeLessThan(tolerance)
  const ten = (own: number) => similarByIndex(index, own, { most: 10 }).map(({ unit }) => unit)
  expect(ten(0)).toEqual(expected.similar_10_of_school0)
  expect(ten(7)).toEqual(expected.similar_10_of_school7)
})

agreement('agrees with the distances of the DfE benchmarking tool as documented (methods 6.6)', () => {
  interface Fixture {
    inputs: { pupils: number[]; fsm_pct: number[]; sen_pct: number[] }
    expected: { distance_from_0: number[]; nearest4_of_0: number[]; nearest4_of_5: number[] }
    tolerance: number
  }
  const { inputs, expected, tolerance } = referenceJson<Fixture>('methods/06_comparator_distance_dfe.json')
  const features = [
    { values: inputs.pupils, weight: 0.5 },
    { values: inputs.fsm_pct, weight: 0.4 },
    { values: inputs.sen_pct, weight: 0.1 },
  ]
  for (const [u, distance] of unitDistances(features, 0).entries()) {
    expect(Math.abs(distance - expected.distance_from_0[u]!)).toBeLessThan(tolerance)
  }
  const four = (own: number) => similarByFeatures(features, own, { most: 4 }).map(({ unit }) => unit)
  expect(four(0)).toEqual(expected.nearest4_of_0)
  expect(four(5)).toEqual(expected.nearest4_of_5)
})

const units = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 60 })), {
  minLength: 3,
  maxLength: 40,
})

describe('laws', () => {
  test('distance is the same both ways, 0 to oneself, and does not depend on units of measurement', () => {
    fc.assert(
      fc.property(units, (list) => {
        const features = [
          { values: list.map(([size]) => size), weight: 0.6 },
          { values: list.map(([, share]) => share), weight: 0.4 },
        ]
        const rescaled = [
          { values: list.map(([size]) => 7 * size + 3), weight: 0.6 },
          { values: list.map(([, share]) => share / 100), weight: 0.4 },
        ]
        const from0 = unitDistances(features, 0)
        expect(from0[0]).toBe(0)
        for (let u = 0; u < list.length; u++) {
          expect(unitDistances(features, u)[0]).toBeCloseTo(from0[u]!, 12)
          expect(unitDistances(rescaled, 0)[u]).toBeCloseTo(from0[u]!, 12)
          expect(from0[u]).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })

  test('neighbours of the own region come first, never oneself, never more than asked for', () => {
    const sizes = Array.from({ length: 100 }, (_, u) => u)
    const features = [{ values: sizes, weight: 1 }]
    const found = similarByFeatures(features, 50, { most: 30, pool: 60, preferred: (u) => u % 2 === 0 })
    expect(found.length).toBe(30)
    expect(found.every(({ unit }) => unit !== 50 && unit % 2 === 0)).toBe(true)
    const few = similarByFeatures(features, 50, { most: 5, pool: 8, preferred: (u) => u === 53 })
    expect(few.map(({ unit }) => unit)).toEqual([53, 49, 51, 48, 52])
  })

  test('by index none is farther than allowed, of another type, or without an index', () => {
    const index = [1000, 1010, 1020, 1030, Number.NaN, 990]
    const found = similarByIndex(index, 0, { within: 25, eligible: (u) => u !== 5 })
    expect(found).toEqual([
      { unit: 1, distance: 10 },
      { unit: 2, distance: 20 },
    ])
  })

  test('the index is 1000 for the person on average with standard deviation 100, however persons are counted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 12, maxLength: 12 }), (weights) => {
        const context = Float64Array.from({ length: 12 }, (_, u) => ((u * u) % 7) / 10)
        const means = Float64Array.from({ length: 12 }, (_, u) => 500 + 30 * context[u]! + ((u * 5) % 3))
        const formula = fitContextIndex({ context, means, weights, units: 12, columns: 1 })
        const index = contextIndex(formula, context, 12)
        const whole = weights.reduce((n, w) => n + w, 0)
        const centre = weights.reduce((total, w, u) => total + w * index[u]!, 0) / whole
        const square = weights.reduce((total, w, u) => total + w * (index[u]! - centre) ** 2, 0) / whole
        expect(centre).toBeCloseTo(1000, 6)
        expect(Math.sqrt(square)).toBeCloseTo(100, 6)
        expect(formula.explained).toBeGreaterThan(0)
        expect(formula.explained).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('a unit beside four others: median, quartiles, difference and its error', () => {
    const comparison = compareWithSimilar({ estimate: 5, standardError: 1 }, [4, 1, 2, 3])
    expect(comparison).toMatchObject({ count: 4, median: 2.5, low: 1.75, high: 3.25, difference: 2.5 })
    const deviation = Math.sqrt(5 / 3)
    expect(comparison.standardError).toBeCloseTo(Math.hypot(1, (1.2533 * deviation) / 2), 3)
  })
})

describe('what is refused', () => {
  const context = Float64Array.of(1, 2, 3, 4)
  const means = [500, 510, 505, 520]
  const good = { context, means, weights: [1, 1, 1, 1], units: 4, columns: 1 }

  test.each([
    [
      'a context that never differs',
      () => fitContextIndex({ ...good, context: Float64Array.of(2, 2, 2, 2) }),
    ],
    [
      'a context that is not finite',
      () => fitContextIndex({ ...good, context: Float64Array.of(1, 2, 3, Number.NaN) }),
    ],
    ['too few units of persons', () => fitContextIndex({ ...good, weights: [1, 1, 0, 0] })],
    ['negative weights', () => fitContextIndex({ ...good, weights: [1, 1, 1, -1] })],
    ['results that are all the same', () => fitContextIndex({ ...good, means: [5, 5, 5, 5] })],
    ['neighbours of a unit without an index', () => similarByIndex([1, Number.NaN], 1)],
    ['no features', () => unitDistances([], 0)],
    ['a unit that is not there', () => unitDistances([{ values: [1, 2], weight: 1 }], 2)],
    ['a weight of 0', () => unitDistances([{ values: [1, 2], weight: 0 }], 0)],
    ['a comparison with two units', () => compareWithSimilar({ estimate: 1, standardError: 1 }, [1, 2])],
  ])('%s', (_, call) => {
    expect(call).toThrow(RangeError)
  })

  test('not features that all units share: they tell nobody apart', () => {
    expect(Array.from(unitDistances([{ values: [3, 3, 3], weight: 1 }], 0))).toEqual([0, 0, 0])
  })
})
