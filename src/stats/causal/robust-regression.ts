import { leastSquares } from '#stats/numeric/least-squares.ts'

export interface RegressionInput {
  /** rows × columns, row-major, with a constant column if an intercept is wanted */
  readonly x: Float64Array
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** cluster of each row, e.g. its school: errors inside a cluster may be alike */
  readonly clusters?: ArrayLike<number | string>
  /** parameters used up besides the columns, e.g. fixed effects taken out before; default 0 */
  readonly absorbed?: number
}

/** Coefficients with three kinds of standard error; aliased columns have coefficient and errors 0. */
export interface RobustRegression {
  readonly coefficients: Float64Array
  /** if all errors had the same variance and were independent */
  readonly classical: Float64Array
  /** HC1: variances may differ, n / (n − k) */
  readonly robust: Float64Array
  /** CR1: G / (G − 1) × (n − 1) / (n − k); undefined without clusters */
  readonly clustered: Float64Array | undefined
  /** number of clusters */
  readonly clusters: number | undefined
  readonly residualDegrees: number
  readonly aliased: Uint8Array
}

/**
 * Least squares with standard errors that do not believe in equal and independent errors.
 *
 * @throws RangeError if shapes do not fit, nothing is left over for errors or there is one cluster only
 * @see    MacKinnon, White (1985), Journal of Econometrics 29, 305–325; Cameron, Miller (2015), Journal of Human Resources 50, 317–372
 */
export function robustRegression(input: RegressionInput): RobustRegression {
  const { x, y, rows, columns, clusters, absorbed = 0 } = input
  const { coefficients, covarianceUnscaled, residualSumOfSquares, rank, aliased } = leastSquares(input)
  const k = rank + absorbed
  const residualDegrees = rows - k
  if (residualDegrees < 1) throw new RangeError('robustRegression requires more rows than parameters')
  // Influence of each row on each coefficient: (X'X)⁻¹ x_i e_i
  const influence = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    let residual = y[i]!
    for (let j = 0; j < columns; j++) residual -= x[i * columns + j]! * coefficients[j]!
    for (let j = 0; j < columns; j++) {
      let pull = 0
      for (let l = 0; l < columns; l++) pull += covarianceUnscaled[j * columns + l]! * x[i * columns + l]!
      influence[i * columns + j] = pull * residual
    }
  }
  const sigma2 = residualSumOfSquares / residualDegrees
  const classical = coefficients.map((_, j) => Math.sqrt(sigma2 * covarianceUnscaled[j * columns + j]!))
  const robust = rootOfSquares(influence, rows, columns, rows / residualDegrees)
  const grouped = clusters && clusterSums(influence, rows, columns, clusters)
  return {
    coefficients,
    classical,
    robust,
    clustered:
      grouped && rootOfSquares(grouped.sums, grouped.count, columns, clusterFactor(grouped.count, rows, k)),
    clusters: grouped?.count,
    residualDegrees,
    aliased,
  }
}

function clusterFactor(count: number, rows: number, k: number) {
  return (count / (count - 1)) * ((rows - 1) / (rows - k))
}

/** Per column: √(factor × Σ squares). */
function rootOfSquares(table: Float64Array, rows: number, columns: number, factor: number): Float64Array {
  const squares = new Float64Array(columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) squares[j]! += table[i * columns + j]! ** 2
  return squares.map((square) => Math.sqrt(factor * square))
}

function clusterSums(
  influence: Float64Array,
  rows: number,
  columns: number,
  clusters: ArrayLike<number | string>,
) {
  if (clusters.length !== rows) throw new RangeError('robustRegression requires one cluster per row')
  const at = new Map<number | string, number>()
  for (let i = 0; i < rows; i++) if (!at.has(clusters[i]!)) at.set(clusters[i]!, at.size)
  if (at.size < 2) throw new RangeError('robustRegression requires two or more clusters')
  const sums = new Float64Array(at.size * columns)
  for (let i = 0; i < rows; i++) {
    const base = at.get(clusters[i]!)! * columns
    for (let j = 0; j < columns; j++) sums[base + j]! += influence[i * columns + j]!
  }
  return { sums, count: at.size }
}
