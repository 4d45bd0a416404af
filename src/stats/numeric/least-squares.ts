/** A linear fit by least squares. */
export interface LeastSquares {
  /** one per column; 0 for an aliased column, which takes no part */
  readonly coefficients: Float64Array
  /** (X′WX)⁻¹, columns × columns row-major; rows and columns of aliased columns are 0 */
  readonly covarianceUnscaled: Float64Array
  /** Σ w (y − fitted)² */
  readonly residualSumOfSquares: number
  /** columns that are not aliased */
  readonly rank: number
  /** 1 where a column is a linear combination of columns before it */
  readonly aliased: Uint8Array
}

/**
 * Least squares by Householder reflections; a column that adds nothing to those before it is set aside, as in R.
 *
 * @param x        rows × columns, row-major; a constant column if an intercept is wanted
 * @param y        rows numbers
 * @param weights  rows weights, none negative; a row of weight 0 does not count
 * @param tolerance  a column is aliased when less than this share of its length is new (1e-7, as in R)
 * @throws         RangeError if shapes do not fit, a number is not finite or a weight is negative
 * @see            Golub, Van Loan, Matrix Computations, ch. 5
 */
export function leastSquares({
  x,
  y,
  rows,
  columns,
  weights,
  tolerance = 1e-7,
}: {
  x: Float64Array
  y: ArrayLike<number>
  rows: number
  columns: number
  weights?: ArrayLike<number>
  tolerance?: number
}): LeastSquares {
  if (x.length !== rows * columns || y.length !== rows || (weights && weights.length !== rows)) {
    throw new RangeError(
      'leastSquares requires rows × columns numbers in x and one y (and weight) for each row',
    )
  }
  const { a, b } = weightedColumns(x, y, rows, columns, weights)
  const aliased = new Uint8Array(columns)
  const pivots: number[] = [] // columns that count, in order; pivot k has its reflection below row k
  const diagonal: number[] = []
  for (let j = 0; j < columns; j++) {
    const column = a[j]!
    const whole = length(column, 0)
    for (let k = 0; k < pivots.length; k++) reflect(a[pivots[k]!]!, k, column)
    const rest = pivots.length < rows ? length(column, pivots.length) : 0
    if (rest <= tolerance * whole) {
      aliased[j] = 1
      continue
    }
    const k = pivots.length
    const sign = column[k]! < 0 ? -1 : 1
    diagonal.push(-sign * rest)
    column[k]! += sign * rest // the reflection's vector stays in place, the diagonal beside it
    pivots.push(j)
    reflect(column, k, b)
  }
  const rank = pivots.length
  const solved = backSubstitute(a, b, pivots, diagonal)
  const coefficients = new Float64Array(columns)
  pivots.forEach((j, k) => {
    coefficients[j] = solved[k]!
  })
  let residualSumOfSquares = 0
  for (let i = rank; i < rows; i++) residualSumOfSquares += b[i]! * b[i]!
  return {
    coefficients,
    covarianceUnscaled: unscaledCovariance(a, pivots, diagonal, columns),
    residualSumOfSquares,
    rank,
    aliased,
  }
}

/** Columns of √w x and √w y, apart so that each reflection runs along memory. */
function weightedColumns(
  x: Float64Array,
  y: ArrayLike<number>,
  rows: number,
  columns: number,
  weights: ArrayLike<number> | undefined,
): { a: Float64Array[]; b: Float64Array } {
  const a = Array.from({ length: columns }, () => new Float64Array(rows))
  const b = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    if (!(weight >= 0)) throw new RangeError('leastSquares requires weights that are not negative')
    const root = Math.sqrt(weight)
    b[i] = weight === 0 ? 0 : root * y[i]!
    let check = b[i]!
    for (let j = 0; j < columns; j++) {
      const value = weight === 0 ? 0 : root * x[i * columns + j]!
      a[j]![i] = value
      check += value
    }
    if (!Number.isFinite(check)) throw new RangeError('leastSquares requires finite numbers')
  }
  return { a, b }
}

/** Euclidean length from row `from` on, safe against overflow. */
function length(column: Float64Array, from: number): number {
  let largest = 0
  for (let i = from; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]!))
  if (largest === 0) return 0
  let total = 0
  for (let i = from; i < column.length; i++) {
    const part = column[i]! / largest
    total += part * part
  }
  return largest * Math.sqrt(total)
}

/** Applies the reflection whose vector is v from row `from` on. */
function reflect(v: Float64Array, from: number, target: Float64Array): void {
  let square = 0
  let product = 0
  for (let i = from; i < v.length; i++) {
    square += v[i]! * v[i]!
    product += v[i]! * target[i]!
  }
  const factor = (2 * product) / square
  for (let i = from; i < v.length; i++) target[i]! -= factor * v[i]!
}

/** Element (i, k) of the triangle R: above the diagonal it stands in the columns themselves. */
const entry = (a: Float64Array[], pivots: readonly number[], i: number, k: number) => a[pivots[k]!]![i]!

function backSubstitute(
  a: Float64Array[],
  b: Float64Array,
  pivots: readonly number[],
  diagonal: readonly number[],
): Float64Array {
  const solved = new Float64Array(pivots.length)
  for (let i = pivots.length - 1; i >= 0; i--) {
    let rest = b[i]!
    for (let k = i + 1; k < pivots.length; k++) rest -= entry(a, pivots, i, k) * solved[k]!
    solved[i] = rest / diagonal[i]!
  }
  return solved
}

function unscaledCovariance(
  a: Float64Array[],
  pivots: readonly number[],
  diagonal: readonly number[],
  columns: number,
): Float64Array {
  const rank = pivots.length
  const inverse = new Float64Array(rank * rank) // of the triangle R
  for (let j = rank - 1; j >= 0; j--) {
    inverse[j * rank + j] = 1 / diagonal[j]!
    for (let i = j - 1; i >= 0; i--) {
      let rest = 0
      for (let k = i + 1; k <= j; k++) rest -= entry(a, pivots, i, k) * inverse[k * rank + j]!
      inverse[i * rank + j] = rest / diagonal[i]!
    }
  }
  const covariance = new Float64Array(columns * columns)
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let total = 0
      for (let k = i; k < rank; k++) total += inverse[i * rank + k]! * inverse[j * rank + k]!
      covariance[pivots[i]! * columns + pivots[j]!] = total
      covariance[pivots[j]! * columns + pivots[i]!] = total
    }
  }
  return covariance
}
