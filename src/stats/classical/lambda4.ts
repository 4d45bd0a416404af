import { philox } from '../numeric/random.ts'
import { sum } from '../numeric/sum.ts'
import { correlationOf, itemCovariance, type ScoreMatrix } from './score-matrix.ts'

const EXACT_UP_TO = 20 // items: 2^19 splits take some 20 ms
const STARTS = 60

export interface Lambda4 {
  readonly lambda4: number
  /** for each item, in which part of the best split found it stands */
  readonly inFirstPart: readonly boolean[]
  /** true: the greatest of all splits; false: the greatest found by exchange from many starts, a lower bound */
  readonly exact: boolean
}

/**
 * Guttman's lambda 4: the greatest split-half reliability over all ways to split the standardised items in two
 * parts; a lower bound of the reliability in the population, but one that capitalises on chance in small samples.
 * Uses persons who answered every item.
 *
 * @param seed  of the starts for more than 20 items
 * @throws      RangeError if there are fewer than two items or persons, an item is the same for everyone, or the
 *              standardised total has no variance
 * @see         Guttman (1945), https://doi.org/10.1007/BF02288892
 */
export function guttmanLambda4(matrix: ScoreMatrix, seed = 1): Lambda4 {
  const k = matrix.items
  if (k < 2) throw new RangeError('guttmanLambda4 requires two or more items')
  const r = correlationOf(itemCovariance(matrix).covariance, k)
  const total = sum(r)
  if (!(total > 1e-12 * k)) throw new RangeError('guttmanLambda4 requires persons whose totals differ')
  // With s = ±1 for the part an item is in, lambda 4 is 1 − s′Rs / 1′R1: the split with least s′Rs is sought.
  const split = k <= EXACT_UP_TO ? bestOfAll(r, k) : bestByExchange(r, k, seed)
  const projected = Float64Array.from({ length: k }, (_, i) => signedRow(r, k, i, split) * split[i]!)
  return {
    lambda4: 1 - sum(projected) / total,
    inFirstPart: Array.from(split, (s) => s > 0),
    exact: k <= EXACT_UP_TO,
  }
}

/** Σ_j r_ij s_j */
function signedRow(r: Float64Array, k: number, i: number, s: Int8Array): number {
  let value = 0
  for (let j = 0; j < k; j++) value += r[i * k + j]! * s[j]!
  return value
}

/** Walks all splits in Gray-code order, one item changing side at a time; the last item stays where it is. */
function bestOfAll(r: Float64Array, k: number): Int8Array {
  const s = new Int8Array(k).fill(1)
  const rows = Float64Array.from({ length: k }, (_, i) => signedRow(r, k, i, s))
  let value = 0
  let least = 0
  let best = s.slice()
  for (let step = 1; step < 2 ** (k - 1); step++) {
    value += flip(r, k, s, rows, 31 - Math.clz32(step & -step))
    if (value < least - 1e-12) {
      least = value
      best = s.slice()
    }
  }
  return best
}

/** Moves one item to the other side; returns the change of s′Rs. */
function flip(r: Float64Array, k: number, s: Int8Array, rows: Float64Array, item: number): number {
  const sign = s[item]!
  const change = -4 * sign * rows[item]! + 4 * r[item * k + item]!
  for (let i = 0; i < k; i++) rows[i]! -= 2 * sign * r[i * k + item]!
  s[item] = -sign
  return change
}

function bestByExchange(r: Float64Array, k: number, seed: number): Int8Array {
  const random = philox(seed)
  let least = Number.POSITIVE_INFINITY
  let best = new Int8Array(k).fill(1)
  for (let start = 0; start < STARTS; start++) {
    const s = Int8Array.from({ length: k }, () => (random.uniform() < 0.5 ? 1 : -1))
    const rows = Float64Array.from({ length: k }, (_, i) => signedRow(r, k, i, s))
    // Each exchange lowers s′Rs, so the walk ends; the bound only guards against rounding.
    for (let step = 0; step < 50 * k; step++) if (!improve(r, k, s, rows)) break
    const value = s.reduce((total, sign, i) => total + sign * rows[i]!, 0)
    if (value < least - 1e-12) {
      least = value
      best = s.slice()
    }
  }
  return best
}

/** The best single move or exchange of two items; false when none lowers s′Rs. */
function improve(r: Float64Array, k: number, s: Int8Array, rows: Float64Array): boolean {
  let least = -1e-12
  let first = -1
  let second = -1
  for (let i = 0; i < k; i++) {
    const alone = -4 * s[i]! * rows[i]! + 4 * r[i * k + i]!
    if (alone < least) [least, first, second] = [alone, i, -1]
    for (let j = 0; j < i; j++) {
      if (s[i] === s[j]) continue
      const both = alone - 4 * s[j]! * rows[j]! + 4 * r[j * k + j]! + 8 * s[i]! * s[j]! * r[i * k + j]!
      if (both < least) [least, first, second] = [both, i, j]
    }
  }
  if (first < 0) return false
  flip(r, k, s, rows, first)
  if (second >= 0) flip(r, k, s, rows, second)
  return true
}
