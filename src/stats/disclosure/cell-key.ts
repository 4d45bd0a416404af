import type { NoiseTable } from './ptable.ts'

/**
 * Key of a cell: the fraction of the sum of the record keys of its people. The same people give the same key in every
 * table, in any order; keys of parts that share nobody join to that of their total in the same way.
 *
 * @param recordKeys  one per person, in [0, 1), multiples of 2⁻³² (see `recordKey`), up to two million people: then sums
 *                    are exact and the order of people cannot matter
 * @throws            RangeError if a key is outside [0, 1)
 */
export function cellKey(recordKeys: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < recordKeys.length; at++) {
    const key = recordKeys[at]!
    if (!(key >= 0 && key < 1)) throw new RangeError('cellKey requires record keys from 0 to below 1')
    sum += key
  }
  return sum - Math.floor(sum)
}

/**
 * Record key from the first four bytes of a keyed hash of the person: fixed for life, known to nobody.
 *
 * @throws  RangeError if there are fewer than four bytes
 */
export function recordKey(hash: Uint8Array): number {
  if (hash.length < 4) throw new RangeError('recordKey requires four or more bytes')
  return (hash[0]! * 2 ** 24 + hash[1]! * 2 ** 16 + hash[2]! * 2 ** 8 + hash[3]!) / 2 ** 32
}

/**
 * A count with its noise: the smallest change whose cumulative chance reaches the cell key. The same count of the same
 * people has the same answer for ever; a total is not the sum of its parts.
 *
 * @param count  true count, whole, ≥ 0
 * @param key    of the cell, in [0, 1)
 * @returns      whole number ≥ 0
 * @throws       RangeError if count or key are malformed
 */
export function noisyCount(count: number, key: number, { rows }: NoiseTable): number {
  if (!(Number.isSafeInteger(count) && count >= 0 && key >= 0 && key < 1)) {
    throw new RangeError('noisyCount requires a whole count of at least 0 and a key from 0 to below 1')
  }
  const { changes, cumulative } = rows[Math.min(count, rows.length - 1)]!
  let at = 0
  while (cumulative[at]! < key) at++
  return count + changes[at]!
}

/** What an answer tells: the true count lies between these, given that the noise table is public. */
export function noisyInterval(answer: number, table: NoiseTable): { low: number; high: number } {
  if (!(Number.isSafeInteger(answer) && answer >= 0)) {
    throw new RangeError('noisyInterval requires a whole answer of at least 0')
  }
  let low = Infinity
  let high = -Infinity
  for (let count = Math.max(0, answer - table.most); count <= answer + table.most; count++) {
    const { changes, chance } = table.rows[Math.min(count, table.rows.length - 1)]!
    const at = changes.indexOf(answer - count)
    if (at < 0 || chance[at] === 0) continue
    low = Math.min(low, count)
    high = Math.max(high, count)
  }
  if (low > high) throw new RangeError('noisyInterval requires an answer that the table can give')
  return { low, high }
}
