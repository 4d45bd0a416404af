/** Where a unit stands between rising thresholds, judged by probability and not by the raw value. */
export interface ClassDecision {
  /** probability of each class, lowest first; one more than thresholds; sums to 1 */
  readonly probabilities: readonly number[]
  /** index of the class, 0 below all thresholds; null where the data do not suffice */
  readonly decided: number | null
}

/**
 * Class of a unit from the posterior of its true value.
 *
 * The highest class whose threshold is exceeded with at least `certainty` is taken. If that is below the top and
 * the top threshold is more likely exceeded than not, the class before the top is taken at least. With too few
 * persons, or an interval too wide for the thresholds to be told apart, no class is given.
 *
 * @param thresholds  rising, at least one
 * @param above       probability that the true value lies above a threshold
 * @param n           persons behind the value
 * @param width       of the 95 % interval of the true value
 * @param certainty   0.8 if left out
 * @param minimum     persons needed, 10 if left out
 * @param widest      interval allowed, in distances between the outer thresholds; 4 if left out; with a single
 *                    threshold there is no such distance and width does not count
 * @throws            RangeError if thresholds do not rise or a probability is outside 0–1
 */
export function decideClass(
  thresholds: readonly number[],
  above: (threshold: number) => number,
  { n, width }: { n: number; width: number },
  {
    certainty = 0.8,
    minimum = 10,
    widest = 4,
  }: { certainty?: number; minimum?: number; widest?: number } = {},
): ClassDecision {
  if (
    thresholds.length === 0 ||
    thresholds.some((t, i) => !Number.isFinite(t) || (i > 0 && t <= thresholds[i - 1]!))
  ) {
    throw new RangeError('decideClass requires one or more finite thresholds in rising order')
  }
  if (!(certainty > 0.5 && certainty <= 1)) throw new RangeError('decideClass requires a certainty above 0.5')
  const exceeded = thresholds.map((threshold) => {
    const p = above(threshold)
    if (!(p >= 0 && p <= 1)) throw new RangeError('decideClass requires probabilities from 0 to 1')
    return p
  })
  // What is above a higher threshold is above a lower one: rounding must not say otherwise.
  for (let i = exceeded.length - 2; i >= 0; i--) exceeded[i] = Math.max(exceeded[i]!, exceeded[i + 1]!)
  const probabilities = [1, ...exceeded].map((p, i) => p - (exceeded[i] ?? 0))
  const span = thresholds.at(-1)! - thresholds[0]!
  if (n < minimum || (span > 0 && width > widest * span)) return { probabilities, decided: null }
  const sure = exceeded.findLastIndex((p) => p >= certainty) + 1
  const top = thresholds.length
  const likely = exceeded[top - 1]! >= 0.5 ? top - 1 : 0
  return { probabilities, decided: Math.max(sure, likely) }
}
