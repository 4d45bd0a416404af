/** One group of a comparison. */
export interface Group {
  readonly mean: number
  /** standard deviation, divisor n − 1 */
  readonly sd: number
  readonly n: number
}

/** A standardised difference: d in pooled standard deviations, g without its small-sample bias. */
export interface EffectSize {
  readonly d: number
  readonly varianceOfD: number
  /** Hedges' correction, near 1 */
  readonly correction: number
  readonly g: number
  readonly varianceOfG: number
}

/**
 * Standardised difference of the means of two independent groups, first − second.
 *
 * @throws RangeError if a group has fewer than two members, or both have no spread
 * @see    Borenstein, Hedges, Higgins, Rothstein (2009), Introduction to Meta-Analysis, ch. 4
 */
export function effectSize(first: Group, second: Group): EffectSize {
  for (const { mean, sd, n } of [first, second]) {
    if (
      !(Number.isFinite(mean) && sd >= 0 && sd < Number.POSITIVE_INFINITY && Number.isInteger(n) && n >= 2)
    ) {
      throw new RangeError(
        'effectSize requires groups of two or more with finite means and standard deviations',
      )
    }
  }
  const df = first.n + second.n - 2
  const pooled = Math.sqrt(((first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2) / df)
  if (pooled === 0) throw new RangeError('effectSize requires values that differ within a group')
  const d = (first.mean - second.mean) / pooled
  return corrected(d, (first.n + second.n) / (first.n * second.n) + d ** 2 / (2 * (first.n + second.n)), df)
}

/** d and its variance with Hedges' correction J = 1 − 3 / (4 df − 1). */
function corrected(d: number, varianceOfD: number, df: number): EffectSize {
  const correction = 1 - 3 / (4 * df - 1)
  return { d, varianceOfD, correction, g: correction * d, varianceOfG: correction ** 2 * varianceOfD }
}
