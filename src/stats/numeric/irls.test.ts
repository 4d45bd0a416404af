import fc from 'fast-check'
import { expect, test } from 'vitest'
import { irls } from './irls.ts'
import { philox } from './random.ts'

test('agrees with a two-by-two table: the coefficient is the log odds ratio, its variance 1/a + 1/b + 1/c + 1/d', () => {
  const x = Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1)
  const fit = irls({ x, y: [1, 0, 1, 0], weights: [20, 80, 45, 55], rows: 4, columns: 2, family: 'binomial' })
  expect(fit.coefficients[1]).toBeCloseTo(Math.log((45 * 80) / (55 * 20)), 12)
  expect(fit.covariance[3]).toBeCloseTo(1 / 20 + 1 / 80 + 1 / 45 + 1 / 55, 10)
  expect(fit.converged).toBe(true)
  const shares = irls({
    x,
    y: [0.2, 0.2, 0.45, 0.45],
    weights: [50, 50, 50, 50],
    rows: 4,
    columns: 2,
    family: 'binomial',
  })
  expect(shares.coefficients[1]).toBeCloseTo(fit.coefficients[1]!, 12)
  expect(shares.deviance).toBeCloseTo(0, 12)
})

test('agrees with a rate ratio: Poisson counts 30 in 1,000 hours against 12 in 800', () => {
  const fit = irls({
    x: Float64Array.of(1, 0, 1, 1),
    y: [12, 30],
    offset: [Math.log(800), Math.log(1000)],
    rows: 2,
    columns: 2,
    family: 'poisson',
  })
  expect(fit.coefficients[1]).toBeCloseTo(Math.log(30 / 1000 / (12 / 800)), 12)
  expect(fit.covariance[3]).toBeCloseTo(1 / 30 + 1 / 12, 10)
  expect([...fit.fitted].map(Math.round)).toEqual([12, 30])
})

function drawn(seed: number, rows: number, columns: number, family: 'binomial' | 'poisson') {
  const random = philox(seed)
  const x = Float64Array.from({ length: rows * columns }, (_, at) =>
    at % columns === 0 ? 1 : random.normal(),
  )
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const eta = 0.5 * x[i * columns + 1]!
    return family === 'binomial'
      ? Number(random.uniform() < 1 / (1 + Math.exp(-eta)))
      : Math.floor(3 * random.uniform() * Math.exp(eta))
  })
  return { x, y, rows, columns, family }
}

test('at the maximum the (penalised) score is 0 in every column', () => {
  const families = fc.constantFrom<'binomial' | 'poisson'>('binomial', 'poisson')
  fc.assert(
    fc.property(fc.nat(9999), families, fc.constantFrom(0, 0.7), (seed, family, lambda) => {
      const model = drawn(seed, 60, 3, family)
      const fit = irls({ ...model, penalty: [0, lambda, lambda] })
      fc.pre(fit.converged)
      for (let j = 0; j < 3; j++) {
        let score = j === 0 ? 0 : -lambda * fit.coefficients[j]!
        for (let i = 0; i < 60; i++) score += model.x[i * 3 + j]! * (model.y[i]! - fit.fitted[i]!)
        expect(Math.abs(score)).toBeLessThan(1e-7)
      }
    }),
  )
})

test('the order of rows changes nothing beyond the last digits', () => {
  const model = drawn(4, 300, 3, 'binomial')
  const order = philox(9).shuffle(Array.from({ length: 300 }, (_, i) => i))
  const turned = {
    ...model,
    x: Float64Array.from(order.flatMap((i) => [...model.x.subarray(i * 3, i * 3 + 3)])),
    y: Float64Array.from(order, (i) => model.y[i]!),
  }
  const [a, b] = [irls(model), irls(turned)]
  a.coefficients.forEach((value, j) => {
    expect(Math.abs(value - b.coefficients[j]!)).toBeLessThan(1e-12)
  })
})

test('units do not matter: a column in thousandths has a coefficient a thousand times smaller', () => {
  const model = drawn(5, 200, 3, 'binomial')
  const scaled = { ...model, x: model.x.map((value, at) => (at % 3 === 2 ? 1000 * value : value)) }
  const [a, b] = [irls(model), irls(scaled)]
  expect(b.coefficients[2]! * 1000).toBeCloseTo(a.coefficients[2]!, 11)
  expect(b.covariance[8]! * 1e6).toBeCloseTo(a.covariance[8]!, 9)
})

test('an intercept asked for is the constant column written out, penalty and covariance included', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.constantFrom(0, 2), (seed, lambda) => {
      const model = drawn(seed, 80, 3, 'binomial')
      const far = model.x.map((value, at) => (at % 3 === 2 ? value + 500 : value))
      const written = irls({ ...model, x: far, penalty: [0, lambda, lambda] })
      fc.pre(written.converged)
      const bare = far.filter((_, at) => at % 3 !== 0)
      const asked = irls({ ...model, x: bare, columns: 2, intercept: true, penalty: [lambda, lambda] })
      asked.coefficients.forEach((value, j) => {
        expect(Math.abs(value - written.coefficients[j]!)).toBeLessThan(1e-6 * (1 + Math.abs(value)))
      })
      asked.covariance.forEach((value, j) => {
        expect(Math.abs(value - written.covariance[j]!)).toBeLessThan(1e-5 * (1 + Math.abs(value)))
      })
      expect(asked.deviance).toBeCloseTo(written.deviance, 8)
    }),
  )
})

test('beside an intercept a constant column is set aside', () => {
  const model = drawn(3, 50, 2, 'binomial')
  const fit = irls({ ...model, x: model.x.map((value, at) => (at % 2 === 0 ? 0.1 : value)), intercept: true })
  expect([...fit.aliased]).toEqual([0, 1, 0])
  expect(fit.converged).toBe(true)
})

test('perfect separation says so and ends; a penalty gives it a finite answer', () => {
  const model = {
    x: Float64Array.of(1, 1, 1, 2, 1, 3, 1, 4),
    y: [0, 0, 1, 1],
    rows: 4,
    columns: 2,
    family: 'binomial' as const,
  }
  const fit = irls(model)
  expect(fit.converged).toBe(false)
  expect(fit.warnings).toEqual(['separation'])
  expect(fit.coefficients.every(Number.isFinite)).toBe(true)
  const partly = irls({ ...model, x: Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1), y: [0, 1, 1, 1] })
  expect(partly.warnings).toEqual(['separation'])
  const held = irls({ ...model, penalty: [0, 1] })
  expect(held.converged).toBe(true)
  expect(held.warnings).toEqual([])
})

test('outcomes that are all the same have no finite intercept, and a bound that is hit is named', () => {
  const constant = irls({ x: Float64Array.of(1, 1, 1), y: [0, 0, 0], rows: 3, columns: 1, family: 'poisson' })
  expect(constant.warnings).toEqual(['separation'])
  const short = irls({ ...drawn(6, 80, 3, 'binomial'), maximumIterations: 2 })
  expect(short.converged).toBe(false)
  expect(short.warnings).toEqual(['iteration limit'])
})

test('a repeated column is set aside', () => {
  const model = drawn(7, 100, 2, 'binomial')
  const x = Float64Array.from({ length: 300 }, (_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3]
    return j < 2 ? model.x[i * 2 + j]! : 2 * model.x[i * 2 + 1]! - 1
  })
  const fit = irls({ ...model, x, columns: 3 })
  expect([...fit.aliased]).toEqual([0, 0, 1])
  expect(fit.rank).toBe(2)
  expect(fit.coefficients[1]).toBeCloseTo(irls(model).coefficients[1]!, 10)
})

test('broken shapes, shares outside 0–1, negative counts, weights and penalties are refused', () => {
  const model = { x: Float64Array.of(1, 1), y: [0, 1], rows: 2, columns: 1, family: 'binomial' as const }
  expect(() => irls({ ...model, rows: 3 })).toThrow('rows × columns')
  expect(() => irls({ ...model, y: [0, 2] })).toThrow('shares from 0 to 1')
  expect(() => irls({ ...model, family: 'poisson', y: [0, -1] })).toThrow('counts of at least 0')
  expect(() => irls({ ...model, x: Float64Array.of(1, Number.NaN) })).toThrow('finite')
  expect(() => irls({ ...model, weights: [1, -1] })).toThrow('weights')
  expect(() => irls({ ...model, offset: [0, Number.POSITIVE_INFINITY] })).toThrow('offsets')
  expect(() => irls({ ...model, penalty: [-1] })).toThrow('penalties')
  expect(() => irls({ ...model, x: Float64Array.of(), y: [], rows: 0 })).toThrow(RangeError)
})
