/** Lower triangle of a symmetric matrix, row after row: where its entries stand. */
export interface SparsePattern {
  readonly size: number
  /** row k has the entries start[k] … start[k + 1] − 1 */
  readonly start: Int32Array
  /** column of each entry, rising within a row; the last of row k is k itself */
  readonly column: Int32Array
}

/** Where the entries of the Cholesky factor stand: the pattern of the matrix and what elimination fills in. */
export interface SparseFactor {
  readonly size: number
  /** column j has the entries start[j] … start[j + 1] − 1, the first of them on the diagonal */
  readonly start: Int32Array
  /** row of each entry, rising within a column */
  readonly row: Int32Array
  /** values, in the same places */
  readonly value: Float64Array
  /** row k, left of its diagonal, has the columns rowColumn[rowStart[k]] … rowColumn[rowStart[k + 1] − 1] */
  readonly rowStart: Int32Array
  readonly rowColumn: Int32Array
}

/**
 * Finds where the factor has entries, without regard to their values. The order of rows stays as it is:
 * with the many small groups first and the few large ones last a nested design fills in nothing.
 * @see Davis (2006), Direct Methods for Sparse Linear Systems, ch. 4, https://doi.org/10.1137/1.9780898718881
 */
export function analyse(pattern: SparsePattern): SparseFactor {
  const { size, start, column } = pattern
  const parent = new Int32Array(size).fill(-1)
  const seen = new Int32Array(size).fill(-1)
  const rows: number[] = []
  const rowStart = new Int32Array(size + 1)
  const counts = new Int32Array(size).fill(1)
  for (let k = 0; k < size; k++) {
    seen[k] = k
    const reached: number[] = []
    for (let at = start[k]!; at < start[k + 1]!; at++) {
      // From every entry up the elimination tree until a column already reached in this row.
      for (let j = column[at]!; seen[j] !== k; j = parent[j]!) {
        if (parent[j] === -1) parent[j] = k
        reached.push(j)
        counts[j]!++
        seen[j] = k
      }
    }
    reached.sort((a, b) => a - b)
    for (const j of reached) rows.push(j)
    rowStart[k + 1] = rows.length
  }
  const factorStart = new Int32Array(size + 1)
  for (let j = 0; j < size; j++) factorStart[j + 1] = factorStart[j]! + counts[j]!
  const row = new Int32Array(factorStart[size]!)
  const next = factorStart.slice(0, size)
  const rowColumn = Int32Array.from(rows)
  for (let k = 0; k < size; k++) {
    row[next[k]!++] = k
    for (let at = rowStart[k]!; at < rowStart[k + 1]!; at++) row[next[rowColumn[at]!]!++] = k
  }
  return { size, start: factorStart, row, value: new Float64Array(row.length), rowStart, rowColumn }
}

/**
 * Fills the factor L of L L′ = a.
 * @param values  entries of a in the places of its pattern
 * @returns       logarithm of the determinant of a; −∞ if a is not positive definite to rounding
 */
export function factorise(factor: SparseFactor, pattern: SparsePattern, values: Float64Array): number {
  const { size, start, row, value, rowStart, rowColumn } = factor
  const work = new Float64Array(size)
  const next = start.slice(0, size)
  let logDeterminant = 0
  for (let k = 0; k < size; k++) {
    const end = pattern.start[k + 1]! - 1
    for (let at = pattern.start[k]!; at < end; at++) work[pattern.column[at]!] = values[at]!
    let diagonal = values[end]!
    const original = diagonal
    for (let at = rowStart[k]!; at < rowStart[k + 1]!; at++) {
      const j = rowColumn[at]!
      const first = start[j]!
      const entry = work[j]! / value[first]!
      work[j] = 0
      const place = next[j]!++
      for (let i = first + 1; i < place; i++) work[row[i]!]! -= value[i]! * entry
      diagonal -= entry * entry
      value[place] = entry
    }
    if (!(diagonal > 1e-14 * original)) return Number.NEGATIVE_INFINITY
    value[next[k]!++] = Math.sqrt(diagonal)
    logDeterminant += Math.log(diagonal)
  }
  return logDeterminant
}

/** Solves L z = b in place for several right-hand sides: b is size × columns, row-major. */
export function solveLower(factor: SparseFactor, b: Float64Array, columns: number): void {
  const { size, start, row, value } = factor
  for (let j = 0; j < size; j++) {
    const at = j * columns
    const diagonal = value[start[j]!]!
    for (let c = 0; c < columns; c++) b[at + c]! /= diagonal
    for (let place = start[j]! + 1; place < start[j + 1]!; place++) {
      const to = row[place]! * columns
      const entry = value[place]!
      for (let c = 0; c < columns; c++) b[to + c]! -= entry * b[at + c]!
    }
  }
}

/** Solves L′ z = b in place for several right-hand sides: b is size × columns, row-major. */
export function solveUpper(factor: SparseFactor, b: Float64Array, columns: number): void {
  const { size, start, row, value } = factor
  for (let j = size - 1; j >= 0; j--) {
    const at = j * columns
    for (let place = start[j]! + 1; place < start[j + 1]!; place++) {
      const from = row[place]! * columns
      const entry = value[place]!
      for (let c = 0; c < columns; c++) b[at + c]! -= entry * b[from + c]!
    }
    const diagonal = value[start[j]!]!
    for (let c = 0; c < columns; c++) b[at + c]! /= diagonal
  }
}

/**
 * Entries of (L L′)⁻¹ in the places where L has entries (there and nowhere else).
 * @see Takahashi, Fagan, Chin (1973); Erisman, Tinney (1975), https://doi.org/10.1145/360680.360704
 */
export function inverseOnPattern(factor: SparseFactor): Float64Array {
  const { size, start, row, value } = factor
  const inverse = new Float64Array(value.length)
  for (let j = size - 1; j >= 0; j--) {
    const first = start[j]!
    const end = start[j + 1]!
    const diagonal = value[first]!
    for (let at = end - 1; at > first; at--) {
      let total = 0
      for (let k = first + 1; k < end; k++) total += entry(row[at]!, row[k]!) * value[k]!
      inverse[at] = -total / diagonal
    }
    let total = 0
    for (let k = first + 1; k < end; k++) total += inverse[k]! * value[k]!
    inverse[first] = (1 / diagonal - total) / diagonal
  }
  return inverse

  /** The rows of one column of L reach each other: such an entry always exists. */
  function entry(a: number, b: number): number {
    return inverse[placeOf(factor, Math.max(a, b), Math.min(a, b))]!
  }
}

/** Place of the entry (i, j), i ≥ j, of the factor; −1 if it has none there. */
export function placeOf({ start, row }: SparseFactor, i: number, j: number): number {
  let low = start[j]!
  let high = start[j + 1]! - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (row[middle]! < i) low = middle + 1
    else if (row[middle]! > i) high = middle - 1
    else return middle
  }
  return -1
}
