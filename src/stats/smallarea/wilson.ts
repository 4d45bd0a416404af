import { normalQuantile } from '../numeric/distributions.ts'

/** Two ends of an interval. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval for a share: keeps its promise for small n and shares near 0 or 1, and never leaves 0–1.
 *
 * @param hits   0 … n; need not be whole (effective counts of weighted data)
 * @param n      above 0
 * @param level  of confidence, 0.95 if left out
 * @throws       RangeError otherwise
 * @see          Wilson (1927), JASA 22, 209–212; Newcombe (1998), Statistics in Medicine 17, 857–872, method 3
 * @example      wilson(81, 263) // { low: 0.2553, high: 0.3662 }
 */
export function wilson(hits: number, n: number, level = 0.95): Interval {
  if (!(n > 0 && n < Number.POSITIVE_INFINITY && hits >= 0 && hits <= n)) {
    throw new RangeError('wilson requires n above 0 and hits from 0 to n')
  }
  const z = twoSided(level, 'wilson')
  const misses = n - hits
  const spread = z * Math.sqrt((hits * misses) / n + (z * z) / 4)
  const whole = n + z * z
  return {
    low: hits === 0 ? 0 : Math.max(0, (hits + (z * z) / 2 - spread) / whole),
    high: misses === 0 ? 1 : Math.min(1, (hits + (z * z) / 2 + spread) / whole),
  }
}

/** The normal quantile that leaves (1 − level) / 2 on each side. */
export function twoSided(level: number, what: string): number {
  if (!(level > 0 && level < 1))
    throw new RangeError(`${what} requires a level of confidence above 0 and below 1`)
  return normalQuantile((1 - level) / 2, 'upper')
}
