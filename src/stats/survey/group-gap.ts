import type { Label, SurveyDesign } from './design.ts'
import { combine, type Estimate, estimateAt } from './estimate.ts'
import { surveyMeansByGroup } from './survey-estimates.ts'

/** The distance between the means of two groups. */
export interface GroupGap extends Estimate {
  readonly first: Estimate
  readonly second: Estimate
  /** gap ÷ pooled standard deviation of the two groups, weighted */
  readonly effectSize: number
  /** 95 % interval of the effect size; the spread itself is taken as known */
  readonly effectLow: number
  readonly effectHigh: number
  /** units in each group */
  readonly n: readonly [number, number]
}

/**
 * Mean of the first group minus mean of the second, with the design-based error of the difference (pupils
 * of both groups sit in the same schools, so the two means are not independent).
 *
 * @param groups  label per unit; null = in no group
 * @throws        RangeError if a group is empty or nobody differs within the groups
 */
export function groupGap(
  design: SurveyDesign,
  y: ArrayLike<number>,
  groups: ArrayLike<Label | null>,
  first: Label,
  second: Label,
): GroupGap {
  const two = Array.from(groups, (label) => (label === first || label === second ? label : null))
  const means = surveyMeansByGroup(design, y, two)
  const a = means.groups.indexOf(first)
  const b = means.groups.indexOf(second)
  if (a < 0 || b < 0 || first === second)
    throw new RangeError('groupGap requires two groups, each with members')
  const gap = combine(
    means,
    means.groups.map((_, at) => (at === a ? 1 : -1)),
  )
  const sd = pooledDeviation(means.variances, means.weights)
  return {
    ...gap,
    first: estimateAt(means, a),
    second: estimateAt(means, b),
    effectSize: gap.value / sd,
    effectLow: gap.low / sd,
    effectHigh: gap.high / sd,
    n: [means.n[a]!, means.n[b]!],
  }
}

/** Weighted mean, variance (n − 1) and size of the members of a group. */
function groupMoments(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  isMember: (unit: number) => boolean,
) {
  let total = 0
  let sum = 0
  let n = 0
  for (let unit = 0; unit < weights.length; unit++) {
    if (!isMember(unit) || weights[unit] === 0) continue
    n++
    total += weights[unit]!
    sum += weights[unit]! * values[unit]!
  }
  const mean = sum / total
  let squares = 0
  for (let unit = 0; unit < weights.length; unit++) {
    if (isMember(unit) && weights[unit] !== 0) squares += weights[unit]! * (values[unit]! - mean) ** 2
  }
  return { mean, variance: n > 1 ? (squares / total) * (n / (n - 1)) : 0, total, n }
}

function pooledDeviation(variances: ArrayLike<number>, weights: ArrayLike<number>): number {
  let squares = 0
  let total = 0
  for (let g = 0; g < variances.length; g++) {
    squares += weights[g]! * variances[g]!
    total += weights[g]!
  }
  const sd = Math.sqrt(squares / total)
  if (!(sd > 0)) throw new RangeError('an effect size requires values that differ within the groups')
  return sd
}

/**
 * The same as a statistic for `replicateEstimates` and `plausibleEstimates`: gives mean of the first group,
 * mean of the second, gap, and gap ÷ pooled standard deviation, whose own error is then measured too.
 *
 * @throws RangeError if a group is empty under some weights or nobody differs within the groups
 */
export function gapStatistic(groups: ArrayLike<Label | null>, first: Label, second: Label) {
  return (values: ArrayLike<number>, weights: ArrayLike<number>): [number, number, number, number] => {
    const a = groupMoments(values, weights, (unit) => groups[unit] === first)
    const b = groupMoments(values, weights, (unit) => groups[unit] === second)
    if (a.n === 0 || b.n === 0)
      throw new RangeError('gapStatistic requires members with weight in both groups')
    const gap = a.mean - b.mean
    return [a.mean, b.mean, gap, gap / pooledDeviation([a.variance, b.variance], [a.total, b.total])]
  }
}

/**
 * Splits a gap into the part inside units (two pupils of the same school) and the part between units
 * (the groups go to different schools). within + between = gap.
 *
 * @param isFirst  does the pupil belong to the first group?
 * @param units    school of each pupil
 * @returns        gap, within (the group's coefficient with an intercept per school) and between
 * @throws         RangeError if a group is empty or no school has pupils of both groups
 */
export function gapWithinBetween(
  y: ArrayLike<number>,
  weights: ArrayLike<number>,
  isFirst: ArrayLike<boolean | number>,
  units: ArrayLike<Label>,
) {
  const a = groupMoments(y, weights, (unit) => Boolean(isFirst[unit]))
  const b = groupMoments(y, weights, (unit) => !isFirst[unit])
  if (a.n === 0 || b.n === 0)
    throw new RangeError('gapWithinBetween requires members with weight in both groups')
  const schools = new Map<Label, { w: number; wy: number; wg: number }>()
  for (let unit = 0; unit < weights.length; unit++) {
    const school = schools.get(units[unit]!) ?? { w: 0, wy: 0, wg: 0 }
    school.w += weights[unit]!
    school.wy += weights[unit]! * y[unit]!
    school.wg += weights[unit]! * (isFirst[unit] ? 1 : 0)
    schools.set(units[unit]!, school)
  }
  let cross = 0
  let square = 0
  for (let unit = 0; unit < weights.length; unit++) {
    if (weights[unit] === 0) continue
    const { w, wy, wg } = schools.get(units[unit]!)!
    const g = (isFirst[unit] ? 1 : 0) - wg / w
    cross += weights[unit]! * g * (y[unit]! - wy / w)
    square += weights[unit]! * g * g
  }
  if (!(square > 1e-12 * (a.total + b.total))) {
    throw new RangeError('gapWithinBetween requires a unit with members of both groups')
  }
  const gap = a.mean - b.mean
  const within = cross / square
  return { gap, within, between: gap - within }
}
