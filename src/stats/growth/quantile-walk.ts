import { addProduct } from './add-product.ts'
import { interiorPoint } from './interior-point.ts'
import type { PreparedRows } from './prepared-rows.ts'
import { Vertex } from './vertex.ts'

/** What a walk along quantiles found. */
export interface Walk {
  /** taus × columns, in the order of the taus given */
  readonly coefficients: Float64Array
  /** For each tau whether the fit is an optimal vertex; false when a bound on the search was hit. */
  readonly converged: boolean[]
  readonly pivots: number
}

/**
 * Optimal vertices for several quantiles, one after the other: the interior point method finds the
 * neighbourhood of the first on a part of the rows, each next is predicted from the two before, and only the
 * rows near the prediction take part in its search. Every fit is checked against all rows.
 *
 * @param taus  inside 0–1, rising or falling
 * @see         Chernozhukov, Fernández-Val, Melly (2022), Empirical Economics 62, 7–33,
 *              https://doi.org/10.1007/s00181-020-01898-0
 */
export function walkQuantiles(prepared: PreparedRows, taus: readonly number[]): Walk {
  const { rows, columns } = prepared
  const vertex = new Vertex(prepared)
  const coefficients = new Float64Array(taus.length * columns)
  const converged: boolean[] = []
  let ahead = new Float64Array(rows)
  let now = new Float64Array(rows)
  let before = new Float64Array(rows)
  let needed = 0
  let neededBefore = 0
  for (const [k, tau] of taus.entries()) {
    let expected: number
    if (k === 0) {
      const start = coldStart(prepared, vertex.y, tau)
      residuals(prepared, vertex.y, start.coefficients, ahead)
      expected = 30 * columns + 5 * rows * Math.sqrt((columns * tau * (1 - tau)) / start.rows)
    } else {
      const step = Math.abs(tau - taus[k - 1]!)
      const drift = k === 1 ? 3 * step : 20 * step * step
      expected = 20 * columns + 10 * Math.sqrt(rows * columns * step) + rows * drift
      const ratio = k === 1 ? 0 : (tau - taus[k - 1]!) / (taus[k - 1]! - taus[k - 2]!)
      for (let i = 0; i < rows; i++) ahead[i] = now[i]! + ratio * (now[i]! - before[i]!)
      const swapped = before
      before = now
      now = swapped
    }
    const width =
      k < 2 ? expected : Math.min(expected, Math.max(8 * columns, 1.5 * Math.max(needed, neededBefore)))
    converged.push(optimise(vertex, prepared, tau, ahead, now, Math.ceil(width)))
    neededBefore = needed
    needed = k === 0 ? 0 : rowsNeeded(vertex, prepared, ahead)
    const found = vertex.coefficients()
    if (!found.every(Number.isFinite)) {
      throw new RangeError('quantile regression requires rows that tell the columns apart beyond rounding')
    }
    coefficients.set(found, k * columns)
    if (k === 0) ahead = new Float64Array(rows)
  }
  return { coefficients, converged, pivots: vertex.pivots }
}

/**
 * Finds the optimal vertex from predicted residuals.
 * @param residual  filled with the residuals of the fit found (for shifted y)
 */
function optimise(
  vertex: Vertex,
  prepared: PreparedRows,
  tau: number,
  predicted: Float64Array,
  residual: Float64Array,
  expected: number,
): boolean {
  const { rows } = prepared
  let width = expected
  const guess = predicted
  // Each round doubles the band of near rows; at the latest when it holds all rows a step is bounded.
  for (let round = 0; round < 64; round++) {
    takeBand(vertex, prepared, guess, width)
    const found = vertex.startNear(guess) ? settle(vertex, prepared, tau, residual) : 'open'
    if (found !== 'open') return found === 'optimal'
    if (width >= rows) return false
    width = Math.min(rows, 2 * width)
  }
  return false
}

/** Descends on the near rows and calls in every far row that turns out to lie on another side than assumed. */
function settle(vertex: Vertex, prepared: PreparedRows, tau: number, residual: Float64Array) {
  const { rows, spread } = prepared
  const { below } = vertex
  const noise = 1e-12 * spread
  for (let round = 0; round < 60; round++) {
    vertex.refresh()
    const end = vertex.descend(tau)
    if (end !== 'optimal') return end
    vertex.refresh()
    residuals(prepared, vertex.y, vertex.beta, residual)
    let wrong = 0
    for (let i = 0; i < rows; i++) {
      const r = residual[i]!
      if (r < 0 === (below[i] === 1) || Math.abs(r) <= noise || vertex.inBasis(i)) continue
      wrong++
      vertex.addNear(i)
    }
    if (wrong === 0 && vertex.isOptimal(tau) && vertex.holdsUnshifted()) return 'optimal'
  }
  return 'bound'
}

/** Takes as near about `count` rows with the smallest |residual| / leverage; notes the side of all others. */
function takeBand(vertex: Vertex, prepared: PreparedRows, residual: Float64Array, count: number): void {
  const { rows, leverage } = prepared
  const { below } = vertex
  vertex.clearNear()
  let limit = Number.POSITIVE_INFINITY
  if (count < rows) {
    // The limit comes from every so-manieth row: the number taken need not be exact.
    const probes = Math.min(rows, 1000)
    const keys = new Float64Array(probes)
    for (let k = 0; k < probes; k++) {
      const i = Math.floor(((k + 0.5) * rows) / probes)
      keys[k] = Math.abs(residual[i]!) / leverage[i]!
    }
    keys.sort()
    limit = keys[Math.min(probes - 1, Math.ceil((count / rows) * probes))]!
  }
  for (let i = 0; i < rows; i++) {
    const r = residual[i]!
    if (Math.abs(r) <= limit * leverage[i]!) vertex.addNear(i)
    else if (r < 0 !== (below[i] === 1)) vertex.setBelow(i, r < 0)
  }
  for (const row of vertex.basis) if (row >= 0) vertex.addNear(row)
}

/** How many rows a band would have held that reaches to the last near row predicted on the wrong side. */
function rowsNeeded(vertex: Vertex, { leverage }: PreparedRows, predicted: Float64Array): number {
  const near = vertex.nearRows()
  let reach = 0
  for (const row of near) {
    const wrong = predicted[row]! < 0 !== (vertex.below[row] === 1)
    if (wrong && !vertex.inBasis(row)) reach = Math.max(reach, Math.abs(predicted[row]!) / leverage[row]!)
  }
  let count = 0
  for (const row of near) if (Math.abs(predicted[row]!) <= reach * leverage[row]!) count++
  return count
}

/** Interior point on an even part of the rows, more of them if the part leaves a column without support. */
function coldStart(prepared: PreparedRows, y: Float64Array, tau: number) {
  const { rows, columns, x } = prepared
  let part = Math.min(rows, Math.max(2000, 40 * columns, Math.ceil(2 * rows ** (2 / 3))))
  for (;;) {
    const partX = new Float64Array(part * columns)
    const partY = new Float64Array(part)
    for (let k = 0; k < part; k++) {
      const i = Math.floor(((k + 0.5) * rows) / part)
      partY[k] = y[i]!
      partX.set(x.subarray(i * columns, (i + 1) * columns), k * columns)
    }
    try {
      const { coefficients } = interiorPoint(partX, partY, part, columns, tau, { tolerance: 1e-6 })
      return { coefficients, rows: part }
    } catch (problem) {
      if (part === rows) throw problem
      part = Math.min(rows, 4 * part)
    }
  }
}

/** y − Xb for all rows, in pieces that stay in the cache. */
function residuals(
  { byColumn, rows }: PreparedRows,
  y: Float64Array,
  beta: Float64Array,
  residual: Float64Array,
): void {
  residual.set(y)
  const minus = beta.map((b) => -b)
  const piece = 1024
  for (let from = 0; from < rows; from += piece) {
    addProduct(residual, byColumn, rows, minus, from, Math.min(rows, from + piece))
  }
}
