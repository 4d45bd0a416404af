import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import {
  choosePenalty,
  contributions,
  fitLogistic,
  groupedFolds,
  type LogisticData,
  predictLogistic,
  rowsWhere,
  strongest,
} from './index.ts'

/** Persons with three columns of which the first matters most and the third not at all. */
function persons(seed: number, rows: number): LogisticData {
  const random = philox(seed)
  const x = Float64Array.from({ length: rows * 3 }, (_, at) => (at % 3 === 1 ? 20 : 0) + random.normal())
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const logit = 1.2 * x[i * 3]! - 0.6 * (x[i * 3 + 1]! - 20) - 1
    return Number(random.uniform() < 1 / (1 + Math.exp(-logit)))
  })
  return { x, y, rows, columns: 3 }
}

const sizes = fc.tuple(fc.nat(9999), fc.integer({ min: 60, max: 200 }))

test('planted coefficients are found within four standard errors', () => {
  const model = fitLogistic(persons(1, 20_000))
  const planted = [11, 1.2, -0.6, 0] // −1 + 0.6 · 20 is the intercept at 0
  const found = [model.intercept, ...model.coefficients]
  found.forEach((value, j) => {
    expect(Math.abs(value - planted[j]!)).toBeLessThan(4 * model.standardErrors[j]!)
  })
})

test('predictions sum to the events, with and without a penalty', () => {
  fc.assert(
    fc.property(sizes, fc.constantFrom(0, 1, 50), ([seed, rows], lambda) => {
      const data = persons(seed, rows)
      const model = fitLogistic(data, lambda)
      fc.pre(model.converged)
      const expected = predictLogistic(model, data.x, rows).reduce((total, p) => total + p, 0)
      expect(expected).toBeCloseTo(model.events, 6)
    }),
  )
})

test('a stronger penalty makes standardised coefficients shorter and the deviance larger', () => {
  fc.assert(
    fc.property(sizes, ([seed, rows]) => {
      const data = persons(seed, rows)
      const fits = [0.1, 1, 10, 1000].map((lambda) => fitLogistic(data, lambda))
      const length = fits.map((fit) => Math.hypot(...fit.standardised))
      for (let k = 1; k < fits.length; k++) {
        expect(length[k]!).toBeLessThanOrEqual(length[k - 1]! + 1e-9)
        expect(fits[k]!.deviance).toBeGreaterThanOrEqual(fits[k - 1]!.deviance - 1e-9)
        expect(fits[k]!.deviance).toBeLessThanOrEqual(fits[k]!.nullDeviance + 1e-9)
      }
    }),
  )
})

test('units of a column do not matter to predictions, not even with a penalty', () => {
  const data = persons(2, 300)
  const scaled = { ...data, x: data.x.map((value, at) => (at % 3 === 0 ? 1000 * value + 7 : value)) }
  const [a, b] = [fitLogistic(data, 5), fitLogistic(scaled, 5)]
  const [p, q] = [predictLogistic(a, data.x, 300), predictLogistic(b, scaled.x, 300)]
  p.forEach((value, i) => {
    expect(value).toBeCloseTo(q[i]!, 9)
  })
})

test('contributions and base add up to the prediction, and for the average person all are 0', () => {
  const data = persons(3, 200)
  const model = fitLogistic(data, 1)
  const p = predictLogistic(model, data.x, data.rows)
  for (let i = 0; i < data.rows; i++) {
    expect(contributions(model, data.x.subarray(i * 3, i * 3 + 3)).probability).toBeCloseTo(p[i]!, 12)
  }
  const average = contributions(model, model.means)
  expect(average.parts.every((part) => Math.abs(part) < 1e-12)).toBe(true)
})

test('the strongest reasons are named by direction', () => {
  expect(strongest({ parts: [0.2, -0.5, 0, 0.9, -0.1] }, 1)).toEqual({ up: [3], down: [1] })
  expect(strongest({ parts: [0.2, -0.5, 0, 0.9, -0.1] })).toEqual({ up: [3, 0], down: [1, 4] })
})

test('a constant column says nothing, gets 0 and is named', () => {
  const data = persons(4, 100)
  const x = data.x.map((value, at) => (at % 3 === 2 ? 0.1 : value))
  const model = fitLogistic({ ...data, x })
  expect(model.coefficients[2]).toBe(0)
  expect(model.warnings).toEqual(['columns without information of their own'])
  expect(model.converged).toBe(true)
})

test('perfect separation is named without a penalty and finite with one', () => {
  const data = { x: Float64Array.of(1, 2, 3, 4), y: [0, 0, 1, 1], rows: 4, columns: 1 }
  expect(fitLogistic(data)).toMatchObject({ converged: false, warnings: ['separation'] })
  const held = fitLogistic(data, 1)
  expect(held.converged).toBe(true)
  expect(Math.abs(held.standardised[0]!)).toBeLessThan(3)
})

test('folds keep groups together, are about equally full and do not depend on the order of rows', () => {
  const groups = Array.from({ length: 400 }, (_, i) => `school ${(i * 7) % 37}`)
  const folds = groupedFolds(groups, 5, 1)
  const byGroup = new Map(groups.map((group, i) => [group, folds[i]!]))
  groups.forEach((group, i) => {
    expect(folds[i]).toBe(byGroup.get(group))
  })
  const filled = [0, 1, 2, 3, 4].map((fold) => folds.filter((f) => f === fold).length)
  expect(Math.max(...filled) - Math.min(...filled)).toBeLessThan(20)
  expect([...groupedFolds([...groups].reverse(), 5, 1)].reverse()).toEqual([...folds])
})

test('cross-validation prefers a weak penalty to one that flattens everything', () => {
  const data = persons(5, 600)
  const folds = groupedFolds(
    Array.from({ length: 600 }, (_, i) => i % 60),
    5,
    2,
  )
  const choice = choosePenalty(data, [0.1, 1, 10, 100_000], folds)
  expect(choice.lambda).toBeLessThan(100)
  expect(choice.lambdaOneStandardError).toBeGreaterThanOrEqual(choice.lambda)
  const flat = choice.losses.at(-1)!.logLoss
  expect(flat).toBeGreaterThan(choice.losses[0]!.logLoss)
})

test('rows taken out are those asked for, with their weights', () => {
  const data = { ...persons(6, 10), weights: Float64Array.from({ length: 10 }, (_, i) => i) }
  const part = rowsWhere(data, (i) => i >= 8)
  expect(part.rows).toBe(2)
  expect(Array.from(part.weights!)).toEqual([8, 9])
  expect([...part.x]).toEqual([...data.x.subarray(24)])
})

test('outcomes that are all the same, odd outcomes, columns that do not fit and negative penalties are refused', () => {
  const data = { x: Float64Array.of(1, 2), y: [0, 0], rows: 2, columns: 1 }
  expect(() => fitLogistic(data)).toThrow('events as well as non-events')
  expect(() => fitLogistic({ ...data, y: [0, 0.5] })).toThrow('0 or 1')
  expect(() => fitLogistic({ ...data, y: [0, 1], columns: 2 })).toThrow(RangeError)
  expect(() => fitLogistic({ ...data, y: [0, 1] }, -1)).toThrow('penalty')
  expect(() => fitLogistic({ ...data, y: [0, 1], x: Float64Array.of(1, Number.NaN) })).toThrow(RangeError)
  const model = fitLogistic({ x: Float64Array.of(1, 2, 3, 2), y: [0, 1, 0, 0], rows: 4, columns: 1 }, 1)
  expect(() => predictLogistic(model, Float64Array.of(1, 2), 1)).toThrow('columns the model')
  expect(() => contributions(model, [1, 2])).toThrow('columns of the model')
  expect(() => contributions(model, [Number.NaN])).toThrow('finite')
  expect(() => groupedFolds(['a', 'a'], 2, 1)).toThrow('as many groups')
  expect(() => choosePenalty(persons(1, 20), [0], new Uint8Array(20))).toThrow('above 0')
})
