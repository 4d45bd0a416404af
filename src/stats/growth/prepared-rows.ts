import { cholesky, transpose } from '../numeric/matrix.ts'

/** Rows of a regression, made ready for the search of vertices: scaled, with the sums every search needs. */
export interface PreparedRows {
  readonly rows: number
  readonly columns: number
  /** rows × columns, row-major; each column divided by its `scale` */
  readonly x: Float64Array
  /** The same column after column: for products over all rows. */
  readonly byColumn: Float64Array
  readonly y: Float64Array
  /** Powers of two near the size of each column, so that scaling loses no digit. */
  readonly scale: Float64Array
  /** Column sums of x. */
  readonly total: Float64Array
  /** X′X, columns × columns. */
  readonly gram: Float64Array
  /** Per row the length of x in the metric of X′X: how far a row's fit moves with the coefficients. */
  readonly leverage: Float64Array
  /** Mean absolute deviation of y from its mean; above 0. */
  readonly spread: number
}

/**
 * @param x  rows × columns, row-major; not changed
 * @throws   RangeError if the columns are linearly dependent
 */
export function prepareRows(x: Float64Array, y: Float64Array, rows: number, columns: number): PreparedRows {
  const scale = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) scale[j] = Math.max(scale[j]!, Math.abs(x[i * columns + j]!))
  }
  for (let j = 0; j < columns; j++) scale[j] = scale[j]! > 0 ? 2 ** Math.round(Math.log2(scale[j]!)) : 1
  const scaled = new Float64Array(rows * columns)
  const total = new Float64Array(columns)
  const lost = new Float64Array(columns)
  const gram = new Float64Array(columns * columns)
  for (let i = 0; i < rows; i++) {
    const at = i * columns
    for (let j = 0; j < columns; j++) {
      const value = x[at + j]! / scale[j]!
      scaled[at + j] = value
      if (value === 0) continue
      addCompensated(total, lost, j, value)
      for (let k = 0; k <= j; k++) gram[j * columns + k]! += value * scaled[at + k]!
    }
  }
  for (let j = 0; j < columns; j++) {
    total[j]! += lost[j]!
    for (let k = 0; k < j; k++) gram[k * columns + j] = gram[j * columns + k]!
  }
  const leverage = leverages(scaled, rows, columns, gram)
  const byColumn = transpose(scaled, rows, columns)
  return { rows, columns, x: scaled, byColumn, y, scale, total, gram, leverage, spread: spreadOf(y) }
}

/** Neumaier's step: adds value to total[at], what is rounded away to lost[at]. */
export function addCompensated(total: Float64Array, lost: Float64Array, at: number, value: number): void {
  const before = total[at]!
  const after = before + value
  lost[at]! += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before
  total[at] = after
}

function leverages(x: Float64Array, rows: number, columns: number, gram: Float64Array): Float64Array {
  const factor = fullRank(gram, columns)
  const leverage = new Float64Array(rows)
  const solved = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    const at = i * columns
    let square = 0
    for (let j = 0; j < columns; j++) {
      let rest = x[at + j]!
      for (let k = 0; k < j; k++) rest -= factor[j * columns + k]! * solved[k]!
      rest /= factor[j * columns + j]!
      solved[j] = rest
      square += rest * rest
    }
    leverage[i] = Math.sqrt(square)
  }
  return leverage
}

/** Cholesky factor of X′X; columns whose independent part is below 1e-6 of their length count as dependent. */
function fullRank(gram: Float64Array, columns: number): Float64Array {
  const message = 'quantile regression requires linearly independent columns'
  let factor: Float64Array
  try {
    factor = cholesky(gram, columns)
  } catch {
    throw new RangeError(message)
  }
  for (let j = 0; j < columns; j++) {
    if (factor[j * columns + j]! < 1e-6 * Math.sqrt(gram[j * columns + j]!)) throw new RangeError(message)
  }
  return factor
}

function spreadOf(y: Float64Array): number {
  let centre = 0
  for (let i = 0; i < y.length; i++) centre += y[i]! / y.length
  let spread = 0
  for (let i = 0; i < y.length; i++) spread += Math.abs(y[i]! - centre) / y.length
  return spread > 1e-12 * Math.abs(centre) ? spread : Math.abs(centre) || 1
}
