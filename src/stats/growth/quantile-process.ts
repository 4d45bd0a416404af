import { type PreparedRows, prepareRows } from './prepared-rows.ts'
import { walkQuantiles } from './quantile-walk.ts'

/** What a quantile regression is fitted to. */
export interface QuantileData {
  /** rows × columns, row-major; a constant column is not added by itself */
  readonly x: Float64Array
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** per row how much its loss counts, none negative; rows of weight 0 are left out; default 1 */
  readonly weights?: ArrayLike<number>
}

export interface QuantileProcess {
  readonly taus: readonly number[]
  /** taus × columns, row-major */
  readonly coefficients: Float64Array
  /** For each tau false when the search hit its bound: the fit is then near the optimum, not proven optimal. */
  readonly converged: readonly boolean[]
}

/**
 * Linear quantile regressions of the same rows for several quantiles, each an exact vertex: it passes through
 * as many rows as there are columns, and its optimality is checked on all rows. Where several fits have the
 * same least loss, one of them is returned, always the same one, whatever the order of the rows.
 *
 * Quantiles below 0.5 and the others are searched apart, so two callers that share them out so get the
 * same figures as one.
 *
 * @param data  at least as many rows as columns, columns linearly independent
 * @param taus  inside 0–1, in any order
 * @throws      RangeError if anything is missing, not finite or outside its range
 * @see         Koenker, Bassett (1978), Econometrica 46, 33–50, https://doi.org/10.2307/1913643
 */
export function quantileProcess(data: QuantileData, taus: readonly number[]): QuantileProcess {
  if (taus.length === 0 || !taus.every((tau) => tau > 0 && tau < 1)) {
    throw new RangeError('quantile regression requires one or more quantiles above 0 and below 1')
  }
  return fitPrepared(prepareRows(...inCanonicalOrder(data)), taus)
}

/** The same for rows already prepared; their order is kept. */
export function fitPrepared(prepared: PreparedRows, taus: readonly number[]): QuantileProcess {
  const { columns } = prepared
  const coefficients = new Float64Array(taus.length * columns)
  const converged: boolean[] = new Array(taus.length).fill(false)
  const rising = taus.map((_, k) => k).sort((a, b) => taus[a]! - taus[b]!)
  // From the middle outwards: the tails, where rows are few, are then predicted from well-known neighbours.
  const halves = [rising.filter((k) => taus[k]! < 0.5).reverse(), rising.filter((k) => taus[k]! >= 0.5)]
  for (const half of halves) {
    if (half.length === 0) continue
    const steps = half.filter((k, at) => at === 0 || taus[k] !== taus[half[at - 1]!])
    const walk = walkQuantiles(
      prepared,
      steps.map((k) => taus[k]!),
    )
    for (const k of half) {
      const at = steps.findIndex((step) => taus[step] === taus[k])
      coefficients.set(walk.coefficients.subarray(at * columns, (at + 1) * columns), k * columns)
      converged[k] = walk.converged[at]!
    }
  }
  return { taus: [...taus], coefficients, converged }
}

/**
 * The loss that quantile regression makes least: residuals above the fit count tau, those below 1 − tau.
 *
 * @param coefficients  as many as columns
 * @returns             Σ w ρ(y − xb), in units of y
 */
export function quantileLoss(data: QuantileData, coefficients: ArrayLike<number>, tau: number): number {
  const { x, y, rows, columns, weights } = data
  let total = 0
  for (let i = 0; i < rows; i++) {
    let residual = y[i]!
    for (let j = 0; j < columns; j++) residual -= x[i * columns + j]! * coefficients[j]!
    total += (weights?.[i] ?? 1) * residual * (residual < 0 ? tau - 1 : tau)
  }
  return total
}

/**
 * Checks the data, multiplies weights in and sorts the rows by y, then x: results then do not depend on the
 * order in which rows came.
 */
export function inCanonicalOrder(
  data: QuantileData,
): [x: Float64Array, y: Float64Array, rows: number, columns: number] {
  const { x, y, rows, columns, weights } = data
  if (!(Number.isInteger(columns) && columns >= 1 && Number.isInteger(rows) && rows >= columns)) {
    throw new RangeError('quantile regression requires one or more columns and at least as many rows')
  }
  if (x.length !== rows * columns || y.length !== rows || (weights && weights.length !== rows)) {
    throw new RangeError('quantile regression requires x of rows × columns and one y and weight for each row')
  }
  const kept: number[] = []
  const weighted = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY) || !Number.isFinite(y[i])) {
      throw new RangeError('quantile regression requires finite numbers and weights that are not negative')
    }
    weighted[i] = weight * y[i]!
    if (weight > 0) kept.push(i)
  }
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(x[k])) throw new RangeError('quantile regression requires finite numbers')
  }
  if (kept.length < columns) {
    throw new RangeError('quantile regression requires at least as many rows of positive weight as columns')
  }
  const values = weights ? x.map((value, k) => value * weights[Math.floor(k / columns)]!) : x
  const order = Uint32Array.from(kept).sort((a, b) => {
    if (weighted[a] !== weighted[b]) return weighted[a]! - weighted[b]!
    for (let j = 0; j < columns; j++) {
      const difference = values[a * columns + j]! - values[b * columns + j]!
      if (difference !== 0) return difference
    }
    return 0
  })
  const sortedX = new Float64Array(order.length * columns)
  const sortedY = new Float64Array(order.length)
  for (let k = 0; k < order.length; k++) {
    const from = order[k]! * columns
    sortedY[k] = weighted[order[k]!]!
    for (let j = 0; j < columns; j++) sortedX[k * columns + j] = values[from + j]!
  }
  return [sortedX, sortedY, order.length, columns]
}
