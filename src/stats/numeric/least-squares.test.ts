import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastSquares } from './least-squares.ts'
import { philox } from './random.ts'

/** NIST Statistical Reference Datasets, Longley: y, then six regressors that are nearly collinear. */
const longley = [
  [60323, 83, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99, 365385, 1870, 3547, 115094, 1953],
  [63761, 100, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
]

test('agrees with the certified values of NIST for Longley: coefficients to 1e-8, residual sd to 1e-10', () => {
  const x = Float64Array.from(longley.flatMap(([, ...row]) => [1, ...row]))
  const y = longley.map(([first]) => first!)
  const fit = leastSquares({ x, y, rows: 16, columns: 7 })
  const certified = [
    -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
    -0.0511041056535807, 1829.15146461355,
  ]
  fit.coefficients.forEach((found, j) => {
    expect(Math.abs(found / certified[j]! - 1)).toBeLessThan(1e-8)
  })
  const residualSd = Math.sqrt(fit.residualSumOfSquares / 9)
  expect(Math.abs(residualSd / 304.854073561965 - 1)).toBeLessThan(1e-10)
  const se = residualSd * Math.sqrt(fit.covarianceUnscaled[0]!)
  expect(Math.abs(se / 890420.383607373 - 1)).toBeLessThan(1e-8)
  expect(fit.rank).toBe(7)
})

const designs = fc.record({
  rows: fc.integer({ min: 6, max: 30 }),
  columns: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(9999),
})

function drawn({ rows, columns, seed }: { rows: number; columns: number; seed: number }) {
  const random = philox(seed)
  return {
    x: Float64Array.from({ length: rows * columns }, () => random.normal()),
    y: Float64Array.from({ length: rows }, () => random.normal()),
    weights: Float64Array.from({ length: rows }, () => random.integer(4)),
    rows,
    columns,
  }
}

test('residuals are orthogonal to every column, weighted', () => {
  fc.assert(
    fc.property(designs, (design) => {
      const model = drawn(design)
      const { x, y, weights, rows, columns } = model
      fc.pre(weights.filter((w) => w > 0).length > columns)
      const fit = leastSquares(model)
      const residuals = y.map((yi, i) => {
        let fitted = 0
        for (let j = 0; j < columns; j++) fitted += x[i * columns + j]! * fit.coefficients[j]!
        return yi - fitted
      })
      for (let j = 0; j < columns; j++) {
        const product = residuals.reduce((total, r, i) => total + weights[i]! * r * x[i * columns + j]!, 0)
        expect(Math.abs(product)).toBeLessThan(1e-9)
      }
      const square = residuals.reduce((total, r, i) => total + weights[i]! * r * r, 0)
      expect(Math.abs(square - fit.residualSumOfSquares)).toBeLessThan(1e-9 * (1 + square))
      expect(rows).toBe(y.length)
    }),
  )
})

test('a weight of two is a row written twice, a weight of zero a row left out', () => {
  fc.assert(
    fc.property(designs, (design) => {
      const { x, y, weights, rows, columns } = drawn(design)
      fc.pre(weights.filter((w) => w > 0).length > columns)
      const index = [...weights].flatMap((w, i) => new Array<number>(w).fill(i))
      const written = leastSquares({
        x: Float64Array.from(index.flatMap((i) => [...x.subarray(i * columns, (i + 1) * columns)])),
        y: index.map((i) => y[i]!),
        rows: index.length,
        columns,
      })
      const weighted = leastSquares({ x, y, rows, columns, weights })
      weighted.coefficients.forEach((b, j) => {
        expect(b).toBeCloseTo(written.coefficients[j]!, 8)
      })
      weighted.covarianceUnscaled.forEach((v, j) => {
        expect(v).toBeCloseTo(written.covarianceUnscaled[j]!, 7)
      })
    }),
  )
})

test('a column that repeats others is set aside and the fit does not change', () => {
  const random = philox(1)
  const rows = 12
  const base = Array.from({ length: rows }, () => [1, random.normal()])
  const y = base.map(() => random.normal())
  const plain = leastSquares({ x: Float64Array.from(base.flat()), y, rows, columns: 2 })
  const doubled = base.map(([one, z]) => [one!, z!, 3 * one! - 2 * z!, 0])
  const fit = leastSquares({ x: Float64Array.from(doubled.flat()), y, rows, columns: 4 })
  expect([...fit.aliased]).toEqual([0, 0, 1, 1])
  expect(fit.rank).toBe(2)
  expect(fit.coefficients[2]).toBe(0)
  expect(fit.coefficients[1]).toBeCloseTo(plain.coefficients[1]!, 12)
  expect(fit.residualSumOfSquares).toBeCloseTo(plain.residualSumOfSquares, 12)
  expect([...fit.covarianceUnscaled.subarray(8)]).toEqual(new Array(8).fill(0))
})

test('fewer rows than columns fit exactly and say what was left out', () => {
  const fit = leastSquares({ x: Float64Array.of(1, 2, 3, 1, 5, 7), y: [4, 9], rows: 2, columns: 3 })
  expect(fit.rank).toBe(2)
  expect([...fit.aliased]).toEqual([0, 0, 1])
  expect(fit.residualSumOfSquares).toBeLessThan(1e-20)
})

test('shapes that do not fit, negative weights and broken numbers are refused', () => {
  const x = Float64Array.of(1, 1)
  expect(() => leastSquares({ x, y: [1], rows: 2, columns: 1 })).toThrow('rows × columns')
  expect(() => leastSquares({ x, y: [1, 2], rows: 2, columns: 1, weights: [1, -1] })).toThrow('not negative')
  expect(() => leastSquares({ x, y: [1, Number.NaN], rows: 2, columns: 1 })).toThrow('finite')
  expect(leastSquares({ x, y: [1, Number.NaN], rows: 2, columns: 1, weights: [1, 0] }).coefficients[0]).toBe(
    1,
  )
  expect(leastSquares({ x: Float64Array.of(), y: [], rows: 0, columns: 0 }).rank).toBe(0)
})
