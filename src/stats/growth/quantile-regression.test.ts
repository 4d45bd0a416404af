import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { quantileLoss, quantileProcess } from './quantile-process.ts'
import { quantileErrors, quantileRegression } from './quantile-regression.ts'

const median = (ys: readonly number[]) =>
  quantileRegression({ x: new Float64Array(ys.length).fill(1), y: ys, rows: ys.length, columns: 1 }, 0.5)

describe('agreement with other software', () => {
  agreement('agrees with R 4.2.2, quantreg 5.94: rq(foodexp ~ income) with nid and iid errors', () => {
    type Fit = { coef: number[]; rho: number; se_iid: number[]; se_nid: number[] }
    const data = engel(referenceColumns('quantreg-engel/data.csv'))
    for (const [tau, expected] of Object.entries(
      referenceJson<Record<string, Fit>>('quantreg-engel/reference.json'),
    )) {
      const fit = quantileRegression(data, Number(tau))
      expect(fit.converged).toBe(true)
      expect(Math.abs(fit.loss - expected.rho) / expected.rho).toBeLessThan(1e-9)
      const nid = quantileErrors(data, Number(tau))
      const iid = quantileErrors(data, Number(tau), 'iid')
      for (const j of [0, 1]) {
        expect(Math.abs(fit.coefficients[j]! - expected.coef[j]!)).toBeLessThan(1e-6)
        expect(Math.abs(nid.standardErrors[j]! - expected.se_nid[j]!)).toBeLessThan(1e-4)
        expect(Math.abs(iid.standardErrors[j]! - expected.se_iid[j]!)).toBeLessThan(1e-4)
      }
    }
  })

  agreement('agrees with the quantreg vignette on Engel, 81.4822474 + 0.5601806 x at the median', () => {
    type Expected = { expected: { tau: number; intercept: number; slope: number }[]; tolerance: number }
    const { expected, tolerance } = referenceJson<Expected>('methods/06_quantreg_engel_expected.json')
    const data = engel(referenceColumns('methods/06_quantreg_engel.csv'))
    const { coefficients } = quantileProcess(
      data,
      expected.map((e) => e.tau),
    )
    for (const [k, { intercept, slope }] of expected.entries()) {
      expect(Math.abs(coefficients[2 * k]! - intercept)).toBeLessThan(tolerance)
      expect(Math.abs(coefficients[2 * k + 1]! - slope)).toBeLessThan(tolerance)
    }
  })
})

describe('what quantile regression is', () => {
  test('the median of one, two and nine is two', () => {
    const fit = median([9, 1, 2])
    expect(fit.coefficients[0]).toBe(2)
    expect(fit.loss).toBe(4)
  })

  test('no fit through as many rows as columns has a smaller loss', () => {
    fc.assert(
      fc.property(smallProblem, ({ data, tau }) => {
        const fit = quantileRegression(data, tau)
        expect(fit.converged).toBe(true)
        expect(fit.loss).toBeLessThanOrEqual(leastLossOverPairs(data, tau) * (1 + 1e-9) + 1e-9)
      }),
    )
  })

  test('it passes through as many rows as there are columns', () => {
    fc.assert(
      fc.property(smallProblem, ({ data, tau }) => {
        const { coefficients } = quantileRegression(data, tau)
        const residuals = data.y.map((y, i) => y - coefficients[0]! - data.x[2 * i + 1]! * coefficients[1]!)
        expect(residuals.filter((r) => Math.abs(r) < 1e-9).length).toBeGreaterThanOrEqual(2)
      }),
    )
  })

  test('it does not depend on the order of the rows, to the last digit', () => {
    fc.assert(
      fc.property(smallProblem, fc.integer(), ({ data, tau }, seed) => {
        const order = data.y.map((_, i) => i).sort((a, b) => ((a * seed) % 7) - ((b * seed) % 7) || b - a)
        const moved = {
          ...data,
          x: Float64Array.from(order.flatMap((i) => [1, data.x[2 * i + 1]!])),
          y: order.map((i) => data.y[i]!),
        }
        expect(quantileRegression(moved, tau).coefficients).toEqual(
          quantileRegression(data, tau).coefficients,
        )
      }),
    )
  })

  test('whole weights count like repeated rows, and rows of weight 0 like none', () => {
    fc.assert(
      fc.property(
        smallProblem,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40 }),
        (problem, ws) => {
          const { data, tau } = problem
          const weights = data.y.map((_, i) => (i < 3 ? 1 : ws[i]!))
          const rows = weights.flatMap((w, i) => new Array<number>(w).fill(i))
          const repeated = {
            x: Float64Array.from(rows.flatMap((i) => [1, data.x[2 * i + 1]!])),
            y: rows.map((i) => data.y[i]!),
            rows: rows.length,
            columns: 2,
          }
          const weighted = quantileRegression({ ...data, weights }, tau)
          expect(weighted.loss).toBeCloseTo(quantileRegression(repeated, tau).loss, 8)
        },
      ),
    )
  })

  test('y shifted and stretched shifts and stretches the fit', () => {
    fc.assert(
      fc.property(smallProblem, ({ data, tau }) => {
        const moved = { ...data, y: data.y.map((y, i) => 3 * y + 2 * data.x[2 * i + 1]! - 5) }
        expect(quantileRegression(moved, tau).loss).toBeCloseTo(3 * quantileRegression(data, tau).loss, 7)
      }),
    )
  })

  test('at most a share tau of the rows lies below the fit and at most 1 − tau above', () => {
    fc.assert(
      fc.property(smallProblem, ({ data, tau }) => {
        const { coefficients } = quantileRegression(data, tau)
        const residuals = data.y.map((y, i) => y - coefficients[0]! - data.x[2 * i + 1]! * coefficients[1]!)
        expect(residuals.filter((r) => r < -1e-9).length).toBeLessThanOrEqual(tau * data.rows + 1e-9)
        expect(residuals.filter((r) => r > 1e-9).length).toBeLessThanOrEqual((1 - tau) * data.rows + 1e-9)
      }),
    )
  })

  test('thousands of tied rows have an exact fit for every percentile', () => {
    const rows = 6000
    const x = new Float64Array(2 * rows)
    const y = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      x[2 * i] = 1
      x[2 * i + 1] = (i * 7) % 11
      y[i] = ((i * i) % 13) + x[2 * i + 1]!
    }
    const taus = Array.from({ length: 99 }, (_, k) => (k + 1) / 100)
    const data = { x, y, rows, columns: 2 }
    const { coefficients, converged } = quantileProcess(data, taus)
    for (const [k, tau] of taus.entries()) {
      expect(converged[k]).toBe(true)
      const alone = quantileRegression(data, tau)
      const loss = quantileLoss(data, coefficients.subarray(2 * k, 2 * k + 2), tau)
      expect(loss).toBeCloseTo(alone.loss, 7)
    }
  })
})

describe('what is refused', () => {
  const line = { x: Float64Array.of(1, 1, 1, 2, 1, 3), y: [1, 2, 4], rows: 3, columns: 2 }

  test.each([
    ['no rows', { ...line, x: new Float64Array(0), y: [], rows: 0 }, 0.5],
    ['fewer rows than columns', { ...line, x: Float64Array.of(1, 2), y: [1], rows: 1 }, 0.5],
    ['y that is not finite', { ...line, y: [1, Number.NaN, 4] }, 0.5],
    ['x that is not finite', { ...line, x: Float64Array.of(1, 1, 1, Number.POSITIVE_INFINITY, 1, 3) }, 0.5],
    ['a negative weight', { ...line, weights: [1, -1, 1] }, 0.5],
    ['weights that leave too few rows', { ...line, weights: [1, 0, 0] }, 0.5],
    ['a column that repeats another', { ...line, x: Float64Array.of(1, 2, 1, 2, 1, 2) }, 0.5],
    ['the 0th quantile', line, 0],
    ['the whole', line, 1],
    ['a quantile that is no number', line, Number.NaN],
  ])('%s', (_, data, tau) => {
    expect(() => quantileRegression(data, tau)).toThrow(RangeError)
  })

  test('errors of a fit that goes through all rows', () => {
    const exact = { x: Float64Array.of(1, 1, 1, 2), y: [1, 2], rows: 2, columns: 2 }
    expect(() => quantileErrors(exact, 0.5)).toThrow(/more rows than columns/)
  })

  test('not a y that never changes: the fit is that y', () => {
    expect(median([5, 5, 5, 5]).coefficients[0]).toBe(5)
    expect(median([0, 0, 0]).coefficients[0]).toBe(0)
    expect(median([7]).coefficients[0]).toBe(7)
  })
})

/** Lines through 3–40 points with many ties. */
const smallProblem = fc
  .record({
    points: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -20, max: 20 })), {
      minLength: 3,
      maxLength: 40,
    }),
    tau: fc.oneof(fc.constantFrom(0.25, 0.5, 0.9), fc.double({ min: 0.01, max: 0.99, noNaN: true })),
  })
  .map(({ points, tau }) => {
    // Two different x among the first rows keep the columns independent.
    const all = [[0, 1], [5, 3], ...points] as [number, number][]
    return {
      tau,
      data: {
        x: Float64Array.from(all.flatMap(([x]) => [1, x])),
        y: all.map(([, y]) => y),
        rows: all.length,
        columns: 2,
      },
    }
  })

/** The optimum is reached on some line through two points: all of them are tried. */
function leastLossOverPairs(data: Line, tau: number) {
  let least = Number.POSITIVE_INFINITY
  for (let a = 0; a < data.rows; a++) {
    for (let b = 0; b < a; b++) {
      const run = data.x[2 * a + 1]! - data.x[2 * b + 1]!
      if (run === 0) continue
      const slope = (data.y[a]! - data.y[b]!) / run
      least = Math.min(least, quantileLoss(data, [data.y[a]! - slope * data.x[2 * a + 1]!, slope], tau))
    }
  }
  return least
}

interface Line {
  x: Float64Array
  y: number[]
  rows: number
  columns: number
}

function engel(columns: Record<string, string[]>): Line {
  const income = columns.income!.map(Number)
  return {
    x: Float64Array.from(income.flatMap((v) => [1, v])),
    y: columns.foodexp!.map(Number),
    rows: income.length,
    columns: 2,
  }
}
