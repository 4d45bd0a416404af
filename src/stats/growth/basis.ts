import type { PreparedRows } from './prepared-rows.ts'

/**
 * The first of the candidates that are linearly independent, as many as there are columns, by elimination.
 *
 * @param tolerance  a row counts when a share of its size larger than this is left by the rows before it
 * @returns          undefined if there are too few
 */
export function independentRows(
  { x, columns }: PreparedRows,
  candidates: ArrayLike<number>,
  tolerance: number,
): number[] | undefined {
  const reduced: { row: Float64Array; pivot: number }[] = []
  const chosen: number[] = []
  for (let c = 0; c < candidates.length && chosen.length < columns; c++) {
    const candidate = candidates[c]!
    const row = x.slice(candidate * columns, (candidate + 1) * columns)
    const size = row.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
    for (const earlier of reduced) {
      const factor = row[earlier.pivot]!
      if (factor !== 0) for (let j = 0; j < columns; j++) row[j]! -= factor * earlier.row[j]!
    }
    let pivot = 0
    for (let j = 1; j < columns; j++) if (Math.abs(row[j]!) > Math.abs(row[pivot]!)) pivot = j
    const lead = row[pivot]!
    if (Math.abs(lead) <= tolerance * size) continue
    for (let j = 0; j < columns; j++) row[j]! /= lead
    reduced.push({ row, pivot })
    chosen.push(candidate)
  }
  return chosen.length === columns ? chosen : undefined
}

/** Inverse of a (n × n, not singular) by Gauss–Jordan elimination with row exchange; a is used up. */
export function invert(a: Float64Array, n: number, inverse: Float64Array): void {
  inverse.fill(0)
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r * n + c]!) > Math.abs(a[pivot * n + c]!)) pivot = r
    for (let k = 0; pivot !== c && k < n; k++) {
      const kept = a[c * n + k]!
      a[c * n + k] = a[pivot * n + k]!
      a[pivot * n + k] = kept
      const keptInverse = inverse[c * n + k]!
      inverse[c * n + k] = inverse[pivot * n + k]!
      inverse[pivot * n + k] = keptInverse
    }
    const lead = a[c * n + c]!
    for (let k = 0; k < n; k++) {
      a[c * n + k]! /= lead
      inverse[c * n + k]! /= lead
    }
    for (let r = 0; r < n; r++) {
      const factor = a[r * n + c]!
      if (r === c || factor === 0) continue
      for (let k = 0; k < n; k++) {
        a[r * n + k]! -= factor * a[c * n + k]!
        inverse[r * n + k]! -= factor * inverse[c * n + k]!
      }
    }
  }
}

/** A number in 0–1 for each index, without any pattern that it could have in common with the rows. */
export function scrambled(i: number): number {
  let h = Math.imul(i ^ (i >>> 16), 0x45d9f3b)
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}
