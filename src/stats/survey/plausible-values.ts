import { mean, variance } from '#stats/numeric/sum.ts'
import { type Estimate, estimate } from './estimate.ts'
import { replicateEstimates } from './replicate-estimates.ts'
import type { Replicates } from './replicates.ts'

/** An estimate over plausible values, with the parts of its variance. */
export interface CombinedEstimate extends Estimate {
  /** mean sampling variance */
  readonly within: number
  /** variance between plausible values (M − 1) */
  readonly between: number
  /** share of the variance that comes from not knowing the ability exactly, 0–1 */
  readonly missingShare: number
}

/**
 * Combines the estimates of M plausible values (Rubin's rules): value = their mean, variance =
 * within + (1 + 1/M) × between. Never average plausible values per pupil instead: that hides the second part.
 *
 * @param estimates        M ≥ 2 estimates, one per plausible value
 * @param variances        their M sampling variances, 0 or more
 * @param completeDegrees  degrees of freedom of the sample (e.g. of the replicates): gives the small-sample
 *                         degrees of Barnard and Rubin; default Infinity gives Rubin's of 1987
 * @throws                 RangeError if there are fewer than 2, lengths differ or numbers are not usable
 * @see                    Rubin (1987), Multiple Imputation, ch. 3; Barnard, Rubin (1999), Biometrika 86, 948–955
 */
export function combinePlausibleValues(
  estimates: ArrayLike<number>,
  variances: ArrayLike<number>,
  completeDegrees = Infinity,
): CombinedEstimate {
  const m = estimates.length
  if (m < 2 || variances.length !== m) {
    throw new RangeError('combinePlausibleValues requires two or more estimates, each with a variance')
  }
  for (let at = 0; at < m; at++) {
    if (!(variances[at]! >= 0)) throw new RangeError('combinePlausibleValues requires variances of 0 or more')
  }
  if (!(completeDegrees > 0))
    throw new RangeError('combinePlausibleValues requires degrees of freedom above 0')
  const within = mean(variances)
  const between = variance(estimates)
  const added = (1 + 1 / m) * between
  const total = within + added
  const missingShare = total > 0 ? added / total : 0
  const rubin = missingShare > 0 ? (m - 1) / missingShare ** 2 : Infinity
  const degreesOfFreedom = barnardRubin(rubin, missingShare, completeDegrees)
  return { ...estimate(mean(estimates), Math.sqrt(total), degreesOfFreedom), within, between, missingShare }
}

function barnardRubin(rubin: number, missingShare: number, complete: number): number {
  if (complete === Infinity) return rubin
  const observed = ((complete + 1) / (complete + 3)) * complete * (1 - missingShare)
  if (rubin === Infinity) return observed
  // With nothing but imputation variance the sample says nothing about its own error: 1 is the floor.
  return Math.max(1, observed > 0 ? 1 / (1 / rubin + 1 / observed) : 1)
}

/**
 * Any statistic of plausible values with replicate weights: one loop gives the mean over plausible values,
 * the sampling variance and the variance between plausible values.
 *
 * @param plausible  M arrays of n plausible values
 * @param statistic  numbers of one set of plausible values under given weights
 * @returns          one combined estimate per number of the statistic
 * @throws           RangeError if there are fewer than two sets or the statistic is not finite
 */
export function plausibleEstimates(
  replicates: Replicates,
  plausible: readonly Float64Array[],
  statistic: (values: Float64Array, weights: Float64Array) => ArrayLike<number>,
): CombinedEstimate[] {
  if (plausible.length < 2)
    throw new RangeError('plausibleEstimates requires two or more sets of plausible values')
  const parts = plausible.map((values) =>
    replicateEstimates(replicates, (weights) => statistic(values, weights)),
  )
  const k = parts[0]!.values.length
  return Array.from({ length: k }, (_, at) =>
    combinePlausibleValues(
      parts.map((part) => part.values[at]!),
      parts.map((part) => Math.max(0, part.covariance[at * k + at]!)),
      replicates.degreesOfFreedom,
    ),
  )
}
