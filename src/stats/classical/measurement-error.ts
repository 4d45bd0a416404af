/**
 * Standard error of measurement of a score, in its unit: the spread of one person's scores over repeated equal tests.
 *
 * @param standardDeviation  of the observed scores, not negative
 * @param reliability        0–1
 * @throws                   RangeError if either is outside
 */
export function standardErrorOfMeasurement(standardDeviation: number, reliability: number): number {
  if (!(standardDeviation >= 0 && standardDeviation < Number.POSITIVE_INFINITY)) {
    throw new RangeError('standardErrorOfMeasurement requires a standard deviation of 0 or more')
  }
  checkReliability(reliability, 'standardErrorOfMeasurement')
  return standardDeviation * Math.sqrt(1 - reliability)
}

/**
 * Lord's standard error of a number of right answers: binomial, largest in the middle and 0 at both ends (where it
 * says nothing: use an interval instead).
 *
 * @param right  right answers, 0 … items
 * @param items  2 or more, 0/1 each
 * @throws       RangeError if there are fewer than two items or the number right is outside
 * @see          Lord (1955), https://doi.org/10.1177/001316445501500401
 */
export function binomialStandardError(right: number, items: number): number {
  if (!(Number.isInteger(items) && items >= 2) || !(right >= 0 && right <= items)) {
    throw new RangeError('binomialStandardError requires two or more items and 0 to all of them right')
  }
  return Math.sqrt((right * (items - right)) / (items - 1))
}

/**
 * Kelley's estimate of a true score: the observed one drawn towards the mean of the person's group by the
 * unreliability, with the standard error of that estimate.
 *
 * @throws RangeError if a number is not finite, the deviation is negative or the reliability not 0–1
 * @see    Kelley (1947), Fundamentals of statistics, 409
 */
export function kelleyTrueScore(
  score: number,
  group: { mean: number; standardDeviation: number },
  reliability: number,
): { estimate: number; standardError: number } {
  checkReliability(reliability, 'kelleyTrueScore')
  const { mean, standardDeviation } = group
  if (
    !Number.isFinite(score) ||
    !Number.isFinite(mean) ||
    !(standardDeviation >= 0 && standardDeviation < 1e300)
  ) {
    throw new RangeError('kelleyTrueScore requires a finite score, mean and standard deviation of 0 or more')
  }
  return {
    estimate: mean + reliability * (score - mean),
    standardError: standardDeviation * Math.sqrt(reliability * (1 - reliability)),
  }
}

/**
 * Reliable change index: a person's change in units of its own measurement error; beyond ±1.96 it is more than
 * chance would give in one of twenty persons who did not change.
 *
 * @param errors  standard errors of both measurements, not both 0, in the unit of the scores
 * @throws        RangeError if a number is not finite or the errors are negative or both 0
 * @see           Jacobson & Truax (1991), https://doi.org/10.1037/0022-006X.59.1.12
 */
export function reliableChange(before: number, after: number, errors: readonly [number, number]): number {
  const error = Math.hypot(errors[0], errors[1])
  if (
    !Number.isFinite(before) ||
    !Number.isFinite(after) ||
    !(error > 0 && error < Number.POSITIVE_INFINITY)
  ) {
    throw new RangeError('reliableChange requires finite scores and standard errors that are not both 0')
  }
  if (errors[0] < 0 || errors[1] < 0)
    throw new RangeError('reliableChange requires standard errors of 0 or more')
  return (after - before) / error
}

/**
 * Reliability of a test made longer or shorter by like items (Spearman–Brown).
 *
 * @param factor  new length over old, above 0
 * @throws        RangeError if the factor is not above 0 or the reliability not 0–1
 */
export function spearmanBrown(reliability: number, factor: number): number {
  checkReliability(reliability, 'spearmanBrown')
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY))
    throw new RangeError('spearmanBrown requires a factor above 0')
  return Math.min(1, (factor * reliability) / (1 + (factor - 1) * reliability))
}

function checkReliability(reliability: number, who: string): void {
  if (!(reliability >= 0 && reliability <= 1))
    throw new RangeError(`${who} requires a reliability from 0 to 1`)
}
