import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bsplineBasis, bsplineColumns } from './splines.ts'

const knots = [0.2, 0.35, 0.7]
const boundary = [0, 1] as const

test('agrees with SciPy 1.17.1: BSpline.design_matrix with knots 0.2, 0.35, 0.7 on 0–1', () => {
  const basis = bsplineBasis([0.1, 0.35, 0.5, 0.9], { knots, boundary, intercept: true })
  const expected = [
    [0.125, 0.5586734693877551, 0.29591836734693877, 0.020408163265306128, 0, 0, 0],
    [0, 0, 0.35000000000000003, 0.59375, 0.05624999999999998, 0, 0],
    [0, 0, 0.06530612244897956, 0.5835949764521193, 0.3282755705832629, 0.022823330515638215, 0],
    [0, 0, 0, 0.006410256410256404, 0.12245233399079546, 0.5748411133026516, 0.29629629629629645],
  ].flat()
  basis.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at]!, 14)
  })
})

test('agrees with SciPy 1.17.1 beyond the boundary: the end polynomials go on', () => {
  const basis = bsplineBasis([-0.3, 1.2], { knots, boundary, intercept: true })
  const below = [15.625, -21.512755102040813, 7.438775510204081, -0.5510204081632653, 0, 0, 0]
  const above = [0, 0, 0, -0.05128205128205123, 0.8665351742274814, -4.444882752575058, 4.629629629629628]
  basis.forEach((value, at) => {
    expect(value).toBeCloseTo([...below, ...above][at]!, 11)
  })
})

test('agrees with Bernstein polynomials where there are no inner knots', () => {
  const x = [0, 0.25, 0.6, 1]
  const basis = bsplineBasis(x, { knots: [], boundary, degree: 3, intercept: true })
  x.forEach((t, row) => {
    const bernstein = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]
    bernstein.forEach((value, k) => {
      expect(basis[row * 4 + k]!).toBeCloseTo(value, 15)
    })
  })
})

const settings = fc.record({
  degree: fc.integer({ min: 0, max: 4 }),
  inner: fc
    .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 6 })
    .map((all) => all.sort((a, b) => a - b)),
  x: fc.array(fc.double({ min: -20, max: 120, noNaN: true }), { minLength: 1, maxLength: 10 }),
})

test('the columns sum to 1 everywhere and are not negative between the boundary knots', () => {
  fc.assert(
    fc.property(settings, ({ degree, inner, x }) => {
      const columns = bsplineColumns(inner, degree, true)
      const basis = bsplineBasis(x, { knots: inner, boundary: [0, 100], degree, intercept: true })
      expect(basis.length).toBe(x.length * columns)
      x.forEach((at, row) => {
        const cells = [...basis.subarray(row * columns, (row + 1) * columns)]
        const size = cells.reduce((total, cell) => total + Math.abs(cell), 0)
        expect(Math.abs(cells.reduce((total, cell) => total + cell, 0) - 1)).toBeLessThan(1e-10 * size)
        if (at >= 0 && at <= 100) expect(cells.every((cell) => cell >= 0)).toBe(true)
      })
    }),
  )
})

test('without intercept the first column is left out, as in R', () => {
  fc.assert(
    fc.property(settings, ({ degree, inner, x }) => {
      fc.pre(degree + inner.length > 0)
      const options = { knots: inner, boundary: [0, 100] as [number, number], degree }
      const full = bsplineBasis(x, { ...options, intercept: true })
      const columns = bsplineColumns(inner, degree, true)
      const without = [...full].filter((_, at) => at % columns !== 0)
      expect([...bsplineBasis(x, options)]).toEqual(without)
    }),
  )
})

test('knots that do not rise inside the boundary, broken degrees and numbers are refused', () => {
  expect(() => bsplineBasis([0], { knots: [0.5, 0.5], boundary })).toThrow('rise strictly')
  expect(() => bsplineBasis([0], { knots: [0], boundary })).toThrow('inside the boundary')
  expect(() => bsplineBasis([0], { knots: [], boundary: [1, 1] })).toThrow(RangeError)
  expect(() => bsplineBasis([0], { knots: [], boundary, degree: 1.5 })).toThrow('degree')
  expect(() => bsplineBasis([Number.NaN], { knots: [], boundary })).toThrow('finite')
})
