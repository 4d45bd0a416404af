import { newcombe } from '../smallarea/newcombe.ts'
import { wilson } from '../smallarea/wilson.ts'
import { type Absent, effectiveSize, type Moments } from './moments.ts'

/** Hits among n persons, whole numbers: adds over groups without a common person. */
export interface Hits {
  readonly hits: number
  readonly n: number
}

/** A share with its Wilson interval; null where nobody was counted. */
export interface ShareEstimate extends Hits {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly absent: Absent | null
}

/** A difference of shares with Newcombe's interval. */
export interface ShareDifference {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** the interval excludes 0; null where there is no interval */
  readonly clear: boolean | null
  readonly absent: Absent | null
}

/**
 * Share of hits with Wilson's interval.
 * @throws RangeError if hits and n are not whole numbers with 0 ≤ hits ≤ n
 */
export function proportion({ hits, n }: Hits, level = 0.95): ShareEstimate {
  check({ hits, n })
  if (n === 0) return { hits, n, value: null, low: null, high: null, absent: 'empty' }
  return { hits, n, value: hits / n, ...wilson(hits, n, level), absent: null }
}

/**
 * Weighted share with Wilson's interval at the effective size of the group.
 *
 * @param m  moments of values that are 0 or 1
 * @throws   RangeError if values other than 0 and 1 were counted
 */
export function weightedProportion(m: Moments, level = 0.95): Omit<ShareEstimate, 'hits'> {
  if (m.n === 0) return { n: 0, value: null, low: null, high: null, absent: 'empty' }
  const value = m.sum / m.sumWeights
  if (!(Math.abs(m.sum - m.sumOfSquares) <= 1e-9 * m.sumWeights && value >= 0 && value <= 1 + 1e-9)) {
    throw new RangeError('weightedProportion requires moments of values that are 0 or 1')
  }
  const size = effectiveSize(m)
  const share = Math.min(1, value)
  return { n: m.n, value: share, ...wilson(share * size, size, level), absent: null }
}

/** Difference of the shares of two groups without a common person, a − b. */
export function proportionDifference(a: Hits, b: Hits, level = 0.95): ShareDifference {
  check(a)
  check(b)
  if (a.n === 0 || b.n === 0) return { value: null, low: null, high: null, clear: null, absent: 'empty' }
  return scaled(a, b, 1, level)
}

/**
 * Difference between the share in a part and in the whole that contains it, part − whole, by way of the rest.
 * @throws RangeError if the part does not lie in the whole
 */
export function proportionDifferenceFromWhole(part: Hits, whole: Hits, level = 0.95): ShareDifference {
  check(part)
  check(whole)
  const rest = { hits: whole.hits - part.hits, n: whole.n - part.n }
  if (rest.n < 0 || rest.hits < 0 || rest.hits > rest.n) {
    throw new RangeError('proportionDifferenceFromWhole requires a part that lies in the whole')
  }
  if (part.n === 0) return { value: null, low: null, high: null, clear: null, absent: 'empty' }
  if (rest.n === 0) return { value: 0, low: null, high: null, clear: null, absent: 'whole' }
  return scaled(part, rest, rest.n / whole.n, level)
}

function scaled(a: Hits, b: Hits, share: number, level: number): ShareDifference {
  const { value, low, high } = newcombe(a, b, level)
  return {
    value: share * value,
    low: share * low,
    high: share * high,
    clear: low > 0 || high < 0,
    absent: null,
  }
}

function check({ hits, n }: Hits): void {
  if (!Number.isSafeInteger(hits) || !Number.isSafeInteger(n) || hits < 0 || hits > n) {
    throw new RangeError('a share requires whole numbers with 0 ≤ hits ≤ n')
  }
}
