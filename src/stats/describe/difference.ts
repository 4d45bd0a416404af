import { studentTQuantile } from '../numeric/student-t.ts'
import { type Moments, sampleVariance, withoutPart } from './moments.ts'

/** A difference with its uncertainty, in the unit of the values. */
export interface DifferenceEstimate {
  difference: number
  se: number
  /** degrees of freedom of the t interval; Infinity where every spread is 0 */
  df: number
  low: number
  high: number
}

/** A mean with the variance of the mean and its degrees of freedom. */
interface Term {
  mean: number
  variance: number
  df: number
}

/**
 * Mean of a minus mean of b, of groups that share nobody; variances may differ (Welch).
 *
 * @returns null where a group has fewer than two values: nothing can be said about chance
 * @see     Welch (1947), Biometrika 34, 28–35
 */
export function welchDifference(a: Moments, b: Moments, confidence = 0.95): DifferenceEstimate | null {
  if (a.n < 2 || b.n < 2) return null
  return difference([term(a)], [term(b)], confidence)
}

/**
 * Mean of a part minus mean of the whole that contains it. The two share people, so the part is compared with the rest:
 * part − whole = (1 − part.n / whole.n) · (part − rest).
 *
 * @returns null where the part or the rest has fewer than two values, or the part is the whole
 */
export function differenceFromWhole(
  part: Moments,
  whole: Moments,
  confidence = 0.95,
): DifferenceEstimate | null {
  const rest = withoutPart(whole, part)
  if (part.n < 2 || rest.n < 2) return null
  const outside = 1 - part.n / whole.n
  const estimate = difference([term(part)], [term(rest)], confidence)
  return scale(estimate, outside)
}

/** (a1 − a2) − (b1 − b2) of four groups that share nobody: whether one gap is wider than another. */
export function differenceOfGaps(
  [a1, a2]: readonly [Moments, Moments],
  [b1, b2]: readonly [Moments, Moments],
  confidence = 0.95,
): DifferenceEstimate | null {
  if ([a1, a2, b1, b2].some((group) => group.n < 2)) return null
  return difference([term(a1), term(b2)], [term(a2), term(b1)], confidence)
}

/** Whether chance can be ruled out: only when the interval of the difference excludes zero. */
export function verdict({
  low,
  high,
}: {
  low: number
  high: number
}): 'higher' | 'lower' | 'no_clear_difference' {
  if (low > 0) return 'higher'
  if (high < 0) return 'lower'
  return 'no_clear_difference'
}

/** Sum of the plus terms minus sum of the minus terms; degrees of freedom by Welch and Satterthwaite. */
function difference(plus: readonly Term[], minus: readonly Term[], confidence: number): DifferenceEstimate {
  const terms = [...plus, ...minus]
  const estimate = total(plus) - total(minus)
  const variance = terms.reduce((sum, each) => sum + each.variance, 0)
  if (variance === 0) return { difference: estimate, se: 0, df: Infinity, low: estimate, high: estimate }
  const df = variance ** 2 / terms.reduce((sum, each) => sum + each.variance ** 2 / each.df, 0)
  const se = Math.sqrt(variance)
  const reach = studentTQuantile((1 + confidence) / 2, df) * se
  return { difference: estimate, se, df, low: estimate - reach, high: estimate + reach }
}

function term(group: Moments): Term {
  return { mean: group.sum / group.n, variance: sampleVariance(group) / group.n, df: group.n - 1 }
}

function total(terms: readonly Term[]): number {
  return terms.reduce((sum, each) => sum + each.mean, 0)
}

function scale({ difference, se, df, low, high }: DifferenceEstimate, by: number): DifferenceEstimate {
  return { difference: difference * by, se: se * by, df, low: low * by, high: high * by }
}
