import { type Interval, wilson } from './wilson.ts'

/** A difference with its interval. */
export interface Difference extends Interval {
  readonly value: number
}

/**
 * Difference of two independent shares with Newcombe's hybrid score interval (his method 10): made from the two
 * Wilson intervals, so it stays inside −1 … 1 and holds for small n.
 *
 * @param first   hits of n; the difference is first − second
 * @param level   of confidence, 0.95 if left out
 * @throws        RangeError as `wilson`
 * @see           Newcombe (1998), Statistics in Medicine 17, 873–890
 */
export function newcombe(
  first: { hits: number; n: number },
  second: { hits: number; n: number },
  level = 0.95,
): Difference {
  const a = wilson(first.hits, first.n, level)
  const b = wilson(second.hits, second.n, level)
  const p = first.hits / first.n
  const q = second.hits / second.n
  return {
    value: p - q,
    low: Math.max(-1, p - q - Math.hypot(p - a.low, b.high - q)),
    high: Math.min(1, p - q + Math.hypot(a.high - p, q - b.low)),
  }
}
