import type { KnownItem } from './item.ts'

/**
 * Moments of the scores of a test: for every item the share of each score but the lowest, then for every pair of items
 * (j, i < j) the mean product of their scores, counted 0, 1, 2 … among those in use.
 */

/** One item at each of some points of ability, within which answers are independent. */
export interface ItemMoments {
  /** score but the lowest → points */
  readonly share: readonly Float64Array[]
  /** mean of the score, and of its square, at each point */
  readonly mean: Float64Array
  readonly square: Float64Array
}

export function itemMoments(share: readonly Float64Array[]): ItemMoments {
  const points = share[0]!.length
  const mean = new Float64Array(points)
  const square = new Float64Array(points)
  share.forEach((p, k) => {
    for (let q = 0; q < points; q++) {
      mean[q]! += (k + 1) * p[q]!
      square[q]! += (k + 1) ** 2 * p[q]!
    }
  })
  return { share, mean, square }
}

/** Moments of the people who answered every item. @throws RangeError if there are fewer than two */
export function observedMoments(responses: Int8Array, items: readonly KnownItem[]) {
  const n = items.length
  const positions = items.map(({ scores }) => new Map(scores.map((score, k) => [score, k])))
  const shares = items.map(({ scores }) => new Float64Array(scores.length - 1))
  const products = new Float64Array(n * n)
  const sums = new Float64Array(n)
  let people = 0
  const own = new Float64Array(n)
  for (let from = 0; from < responses.length; from += n) {
    let whole = true
    for (let j = 0; j < n && whole; j++) {
      const k = positions[j]!.get(responses[from + j]!)
      whole = k !== undefined
      own[j] = k ?? 0
    }
    if (!whole) continue
    people++
    for (let j = 0; j < n; j++) {
      if (own[j]! > 0) shares[j]![own[j]! - 1]!++
      sums[j]! += own[j]!
      for (let i = 0; i <= j; i++) products[j * n + i]! += own[j]! * own[i]!
    }
  }
  if (people < 2) throw new RangeError('overallFit requires two or more people who answered every item')
  for (const share of shares) for (let k = 0; k < share.length; k++) share[k]! /= people
  const moments: number[] = shares.flatMap((share) => [...share])
  const correlations: number[] = []
  const spread = (j: number, i: number) => products[j * n + i]! / people - (sums[j]! * sums[i]!) / people ** 2
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) {
      moments.push(products[j * n + i]! / people)
      correlations.push(spread(j, i) / Math.sqrt(spread(j, j) * spread(i, i)))
    }
  }
  return {
    people,
    shares,
    moments: Float64Array.from(moments),
    correlations: Float64Array.from(correlations),
  }
}

/** The same moments as the model expects them. */
export function expectedMoments(items: readonly ItemMoments[], weights: Float64Array): Float64Array {
  const moments: number[] = []
  for (const { share } of items) for (const p of share) moments.push(over(weights, p))
  for (let j = 0; j < items.length; j++) {
    for (let i = 0; i < j; i++) moments.push(over(weights, items[j]!.mean, items[i]!.mean))
  }
  return Float64Array.from(moments)
}

/** Σ over points of weight × factors. */
export function over(weights: Float64Array, ...factors: readonly Float64Array[]): number {
  let total = 0
  for (let q = 0; q < weights.length; q++) {
    let product = weights[q]!
    for (const factor of factors) product *= factor[q]!
    total += product
  }
  return total
}

/** A moment: the items it multiplies, and for a share which score it counts. */
interface Moment {
  readonly a: number
  /** −1 for a share */
  readonly b: number
  readonly score: number
}

/** Covariance matrix of one person's contributions to the moments, as the model expects it. */
export function covarianceOfMoments(items: readonly ItemMoments[], weights: Float64Array): Float64Array {
  const moments: Moment[] = []
  items.forEach(({ share }, a) => {
    share.forEach((_, k) => {
      moments.push({ a, b: -1, score: k + 1 })
    })
  })
  for (let a = 0; a < items.length; a++) for (let b = 0; b < a; b++) moments.push({ a, b, score: 0 })
  const means = expectedMoments(items, weights)
  const size = moments.length
  const matrix = new Float64Array(size * size)
  const room = new Float64Array(weights.length)
  for (let k = 0; k < size; k++) {
    for (let l = 0; l <= k; l++) {
      matrix[k * size + l] = together(items, weights, moments[k]!, moments[l]!, room) - means[k]! * means[l]!
      matrix[l * size + k] = matrix[k * size + l]!
    }
  }
  return matrix
}

/** Expected product of two moments. `l` comes first in order, so it is a share if `k` is. */
function together(
  items: readonly ItemMoments[],
  weights: Float64Array,
  k: Moment,
  l: Moment,
  room: Float64Array,
): number {
  if (k.b < 0) {
    const p = items[k.a]!.share[k.score - 1]!
    if (k.a === l.a) return k.score === l.score ? over(weights, p) : 0
    return over(weights, p, items[l.a]!.share[l.score - 1]!)
  }
  const left = items[k.a]!
  const right = items[k.b]!
  if (l.b < 0) {
    const p = items[l.a]!.share[l.score - 1]!
    if (l.a === k.a) return l.score * over(weights, p, right.mean)
    if (l.a === k.b) return l.score * over(weights, p, left.mean)
    return over(weights, p, left.mean, right.mean)
  }
  // Two pairs: an item in both counts with its square.
  const first = k.a === l.a || k.a === l.b ? left.square : left.mean
  const second = k.b === l.a || k.b === l.b ? right.square : right.mean
  for (let q = 0; q < weights.length; q++) room[q] = weights[q]! * first[q]! * second[q]!
  const rest = [l.a, l.b].filter((item) => item !== k.a && item !== k.b)
  if (rest.length === 0) return room.reduce((sum, x) => sum + x, 0)
  const third = items[rest[0]!]!.mean
  let total = 0
  if (rest.length === 1) for (let q = 0; q < room.length; q++) total += room[q]! * third[q]!
  else {
    const fourth = items[rest[1]!]!.mean
    for (let q = 0; q < room.length; q++) total += room[q]! * third[q]! * fourth[q]!
  }
  return total
}
