import { binomialCumulative } from '../numeric/distributions.ts'

/** Which of n sorted values enclose the median of the population, and with what probability. */
export interface MedianRanks {
  /** 1 is the smallest value */
  readonly lower: number
  readonly upper: number
  /** at least the level asked for */
  readonly coverage: number
}

/**
 * Interval for a median from order statistics: true for any distribution. The l-th smallest and l-th largest
 * value enclose the median with probability 1 − 2 P(X < l), X binomial with n and 1/2.
 *
 * @param n      number of values, whole
 * @param level  of confidence, 0.95 if left out
 * @returns      null where even smallest and largest do not suffice (n below 6 at 0.95)
 * @throws       RangeError if n is not a whole number of at least 0
 * @see          Conover (1999), Practical Nonparametric Statistics, 3.2
 * @example      medianRanks(10) // { lower: 2, upper: 9, coverage: 0.9785 }
 */
export function medianRanks(n: number, level = 0.95): MedianRanks | null {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('medianRanks requires a whole n of at least 0')
  if (!(level > 0 && level < 1)) throw new RangeError('medianRanks requires a level above 0 and below 1')
  const outside = (rank: number) => 2 * binomialCumulative(rank - 1, n, 0.5)
  if (n === 0 || outside(1) > 1 - level) return null
  let low = 1
  let high = Math.floor((n + 1) / 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (outside(middle) <= 1 - level) low = middle
    else high = middle - 1
  }
  return { lower: low, upper: n + 1 - low, coverage: 1 - outside(low) }
}
