/** A standardised difference with and without correction for small samples. */
export interface EffectSize {
  /** difference ÷ pooled standard deviation (Cohen's d) */
  readonly d: number
  readonly varianceD: number
  /** correction factor 1 − 3 / (4 df − 1) */
  readonly correction: number
  /** corrected difference (Hedges' g) */
  readonly g: number
  readonly varianceG: number
}

/** Mean, standard deviation (n − 1) and size of one independent group. */
export interface GroupSummary {
  readonly mean: number
  readonly sd: number
  readonly n: number
}

/**
 * Standardised difference of two independent groups.
 *
 * @throws RangeError if a group has fewer than 2 members, a value is not finite or nobody differs
 * @see    Borenstein, Hedges, Higgins, Rothstein (2009), Introduction to Meta-Analysis, ch. 4
 */
export function standardisedDifference(first: GroupSummary, second: GroupSummary): EffectSize {
  for (const { mean, sd, n } of [first, second]) {
    if (!(Number.isFinite(mean) && sd >= 0 && sd < Infinity && n >= 2 && n < Infinity)) {
      throw new RangeError(
        'standardisedDifference requires finite means, standard deviations and groups of 2 or more',
      )
    }
  }
  const df = first.n + second.n - 2
  const pooled = Math.sqrt(((first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2) / df)
  if (pooled === 0) throw new RangeError('standardisedDifference requires values that differ within a group')
  const d = (first.mean - second.mean) / pooled
  return corrected(d, (first.n + second.n) / (first.n * second.n) + d ** 2 / (2 * (first.n + second.n)), df)
}

/**
 * Standardised change of the same persons between two occasions, in units of the spread at one occasion.
 *
 * @param change       mean difference after − before
 * @param sdChange     standard deviation of the differences, above 0
 * @param correlation  between the occasions, −1 to below 1
 * @param n            persons, 3 or more
 * @throws             RangeError if out of range
 * @see                Borenstein et al. (2009), ch. 4, matched groups
 */
export function standardisedChange(
  change: number,
  sdChange: number,
  correlation: number,
  n: number,
): EffectSize {
  if (!Number.isFinite(change) || !(sdChange > 0 && sdChange < Infinity)) {
    throw new RangeError('standardisedChange requires a finite change and differences that differ')
  }
  if (!(correlation >= -1 && correlation < 1) || !(n >= 3 && n < Infinity)) {
    throw new RangeError('standardisedChange requires a correlation below 1 and 3 or more persons')
  }
  const within = sdChange / Math.sqrt(2 * (1 - correlation))
  const d = change / within
  return corrected(d, (1 / n + d ** 2 / (2 * n)) * 2 * (1 - correlation), n - 1)
}

function corrected(d: number, varianceD: number, df: number): EffectSize {
  const correction = 1 - 3 / (4 * df - 1)
  return { d, varianceD, correction, g: correction * d, varianceG: correction ** 2 * varianceD }
}
