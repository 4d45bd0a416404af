import { cholesky, choleskyInverse, multiply } from '../numeric/matrix.ts'
import { normalDensity, normalQuantile } from '../numeric/normal.ts'
import { prepareRows } from './prepared-rows.ts'
import { fitPrepared, inCanonicalOrder, type QuantileData, quantileLoss } from './quantile-process.ts'

export interface QuantileFit {
  readonly tau: number
  /** one per column, in units of y per unit of x */
  readonly coefficients: Float64Array
  /** the least loss, Σ w ρ(y − xb), in units of y */
  readonly loss: number
  /** false when the search hit its bound: near the optimum, not proven optimal */
  readonly converged: boolean
}

/**
 * Linear quantile regression: the coefficients b for which a share tau of y lies below xb, as closely as x
 * allows. Interior point (Frisch–Newton) first, then an exact optimal vertex.
 *
 * @param data  at least as many rows as columns, columns linearly independent
 * @param tau   above 0 and below 1; 0.5 is the median
 * @throws      RangeError if anything is missing, not finite or outside its range
 * @see         Koenker, Bassett (1978), Econometrica 46, 33–50, https://doi.org/10.2307/1913643
 * @example     quantileRegression({ x: Float64Array.of(1, 1, 1), y: [1, 2, 9], rows: 3, columns: 1 }, 0.5)
 *              // coefficients 2
 */
export function quantileRegression(data: QuantileData, tau: number): QuantileFit {
  oneTau(tau)
  const { coefficients, converged } = fitPrepared(prepareRows(...inCanonicalOrder(data)), [tau])
  return { tau, coefficients, loss: quantileLoss(data, coefficients, tau), converged: converged[0]! }
}

export interface QuantileErrors {
  /** one per column, in units of the coefficients */
  readonly standardErrors: Float64Array
  /** columns × columns */
  readonly covariance: Float64Array
  /** on the scale of tau, Hall and Sheather (1988) at 95 % */
  readonly bandwidth: number
  /** rows whose fits just above and below tau cross: there the density is unknown and counts as 0 */
  readonly crossing: number
}

/**
 * Standard errors of a quantile regression.
 *
 * - `'nid'`: the spread of y may differ from row to row (sandwich of Hendricks and Koenker): the density of y
 *   at the quantile comes from the fits at tau ± bandwidth.
 * - `'iid'`: one spread for all rows; the density comes from the residuals nearest to 0.
 *
 * @throws RangeError if the data are refused, there are not more rows than columns, or the density cannot be
 *         estimated because the fits above and below cross almost everywhere
 * @see    Koenker (2005), Quantile Regression, § 3.4, https://doi.org/10.1017/CBO9780511754098
 */
export function quantileErrors(
  data: QuantileData,
  tau: number,
  spread: 'nid' | 'iid' = 'nid',
): QuantileErrors {
  oneTau(tau)
  const [x, y, rows, columns] = inCanonicalOrder(data)
  if (rows <= columns) throw new RangeError('quantileErrors requires more rows than columns')
  const prepared = prepareRows(x, y, rows, columns)
  let bandwidth = hallSheather(tau, rows)
  if (spread === 'iid') {
    const { coefficients } = fitPrepared(prepared, [tau])
    const sparsity = sparsityNear(x, y, rows, columns, coefficients, bandwidth)
    const inverse = choleskyInverse(cholesky(crossProduct(x, rows, columns), columns), columns)
    const covariance = inverse.map((v) => v * sparsity * sparsity * tau * (1 - tau))
    return { standardErrors: rootOfDiagonal(covariance, columns), covariance, bandwidth, crossing: 0 }
  }
  while (tau - bandwidth < 0 || tau + bandwidth > 1) bandwidth /= 2
  const fits = fitPrepared(prepared, [tau - bandwidth, tau + bandwidth]).coefficients
  const density = new Float64Array(rows)
  let crossing = 0
  for (let i = 0; i < rows; i++) {
    let rise = 0
    for (let j = 0; j < columns; j++) rise += x[i * columns + j]! * (fits[columns + j]! - fits[j]!)
    if (rise <= 0) crossing++
    density[i] = Math.max(0, (2 * bandwidth) / (rise - Number.EPSILON ** (2 / 3)))
  }
  let inverse: Float64Array
  try {
    inverse = choleskyInverse(cholesky(crossProduct(x, rows, columns, density), columns), columns)
  } catch {
    throw new RangeError(
      'quantileErrors requires data in which neighbouring quantiles do not cross everywhere',
    )
  }
  const meat = multiply(inverse, crossProduct(x, rows, columns), columns, columns, columns)
  const covariance = multiply(meat, inverse, columns, columns, columns).map((v) => v * tau * (1 - tau))
  return { standardErrors: rootOfDiagonal(covariance, columns), covariance, bandwidth, crossing }
}

/**
 * Bandwidth on the scale of tau that makes 95 % intervals most accurate.
 * @see Hall, Sheather (1988), Journal of the Royal Statistical Society B 50, 381–391,
 *      https://doi.org/10.1111/j.2517-6161.1988.tb01735.x
 */
function hallSheather(tau: number, rows: number): number {
  const z = normalQuantile(tau)
  const density = normalDensity(z)
  return (
    rows ** (-1 / 3) *
    normalQuantile(0.975) ** (2 / 3) *
    ((1.5 * density * density) / (2 * z * z + 1)) ** (1 / 3)
  )
}

/** Slope of the residuals nearest to 0 against their rank: 1 / density of the residuals at 0. */
function sparsityNear(
  x: Float64Array,
  y: Float64Array,
  rows: number,
  columns: number,
  coefficients: Float64Array,
  bandwidth: number,
): number {
  const residuals = Array.from(y, (value, i) => {
    let fit = 0
    for (let j = 0; j < columns; j++) fit += x[i * columns + j]! * coefficients[j]!
    return value - fit
  }).sort((a, b) => Math.abs(a) - Math.abs(b) || a - b)
  const zero = residuals.filter((r) => Math.abs(r) < Math.sqrt(Number.EPSILON)).length
  const wanted = Math.max(columns + 1, Math.ceil(rows * bandwidth)) + 1
  const nearest = residuals.slice(zero, zero + wanted).sort((a, b) => a - b)
  if (nearest.length < 2) throw new RangeError('quantileErrors requires rows that lie off the fit')
  const ranks = new Float64Array(2 * nearest.length)
  for (let k = 0; k < nearest.length; k++) {
    ranks[2 * k] = 1
    ranks[2 * k + 1] = (zero + 1 + k) / (rows - columns)
  }
  return quantileRegression({ x: ranks, y: nearest, rows: nearest.length, columns: 2 }, 0.5).coefficients[1]!
}

/** X′ diag(w) X. */
function crossProduct(x: Float64Array, rows: number, columns: number, w?: Float64Array): Float64Array {
  const product = new Float64Array(columns * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const factor = (w ? w[i]! : 1) * x[i * columns + j]!
      for (let k = 0; k < columns; k++) product[j * columns + k]! += factor * x[i * columns + k]!
    }
  }
  return product
}

function rootOfDiagonal(covariance: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, j) => Math.sqrt(covariance[j * n + j]!))
}

function oneTau(tau: number): void {
  if (!(tau > 0 && tau < 1))
    throw new RangeError('quantile regression requires a quantile above 0 and below 1')
}
