import { sum } from '#stats/numeric/sum.ts'
import { type Label, numberLabels, type SurveyDesign } from './design.ts'
import { type Estimate, type Estimates, estimateAt } from './estimate.ts'
import { linearisedCovariance } from './linearised.ts'

/** An estimate from a sample, with the size of what it rests on. */
export interface SurveyEstimate extends Estimate {
  /** units in the domain */
  readonly n: number
  /** clusters with units in the domain */
  readonly clusters: number
}

/** A mean with the price of the design. */
export interface SurveyMean extends SurveyEstimate {
  /** variance ÷ variance of a simple random sample of the same n; above 1 when clusters are alike */
  readonly designEffect: number
  /** n ÷ design effect */
  readonly effectiveSize: number
}

/** Which units count: true, or not 0; default all. Others stay in the design, which is what their variance needs. */
export type Domain = ArrayLike<boolean | number>

/** Weights inside the domain, 0 outside, and what it rests on. */
function domainOf(design: SurveyDesign, domain: Domain | undefined, ys: readonly ArrayLike<number>[]) {
  if (domain && domain.length !== design.n) throw new RangeError('a domain requires one mark per unit')
  const weights = new Float64Array(design.n)
  const clusters = new Set<number>()
  let n = 0
  for (let unit = 0; unit < design.n; unit++) {
    if (domain && !domain[unit]) continue
    for (const y of ys) {
      if (!Number.isFinite(y[unit]))
        throw new RangeError('a survey estimate requires finite values inside its domain')
    }
    if (design.weights[unit] === 0) continue
    weights[unit] = design.weights[unit]!
    clusters.add(design.cluster[unit]!)
    n++
  }
  if (n === 0) throw new RangeError('a survey estimate requires at least one unit with a weight above 0')
  const strata = new Set([...clusters].map((c) => design.stratum[c]!))
  // A domain inside one cluster per stratum has no contrast of its own: 1 is the most cautious number.
  return { weights, n, clusters: clusters.size, degreesOfFreedom: Math.max(1, clusters.size - strata.size) }
}

function weightedSum(weights: Float64Array, y: ArrayLike<number>): number {
  return sum(weights.map((w, unit) => (w > 0 ? w * y[unit]! : 0)))
}

function oneEstimate(
  design: SurveyDesign,
  value: number,
  influence: Float64Array,
  base: { n: number; clusters: number; degreesOfFreedom: number },
): SurveyEstimate {
  const covariance = linearisedCovariance(design, [influence])
  const { n, clusters, degreesOfFreedom } = base
  return { ...estimateAt({ values: Float64Array.of(value), covariance, degreesOfFreedom }, 0), n, clusters }
}

/**
 * Total of a quantity in the population.
 *
 * @param y       one value per unit; outside the domain it is not looked at
 * @throws        RangeError if the domain is empty or a value in it not finite
 */
export function surveyTotal(design: SurveyDesign, y: ArrayLike<number>, domain?: Domain): SurveyEstimate {
  const base = domainOf(design, domain, [y])
  const influence = base.weights.map((w, unit) => (w > 0 ? w * y[unit]! : 0))
  return oneEstimate(design, weightedSum(base.weights, y), influence, base)
}

/**
 * Ratio of two totals, e.g. teachers per 100 pupils; a mean is the ratio to 1, a share the mean of 0 and 1.
 *
 * @throws RangeError if the domain is empty, a value in it not finite, or the lower total 0
 */
export function surveyRatio(
  design: SurveyDesign,
  above: ArrayLike<number>,
  below: ArrayLike<number>,
  domain?: Domain,
): SurveyEstimate {
  const base = domainOf(design, domain, [above, below])
  const total = weightedSum(base.weights, below)
  if (total === 0) throw new RangeError('surveyRatio requires a lower total other than 0')
  const ratio = weightedSum(base.weights, above) / total
  const influence = base.weights.map((w, unit) =>
    w > 0 ? (w * (above[unit]! - ratio * below[unit]!)) / total : 0,
  )
  return oneEstimate(design, ratio, influence, base)
}

/**
 * Weighted mean with design-based standard error and design effect (against a simple random sample without
 * replacement of the same n).
 *
 * @throws RangeError if the domain is empty or a value in it not finite
 */
export function surveyMean(design: SurveyDesign, y: ArrayLike<number>, domain?: Domain): SurveyMean {
  const { n, ...mean } = surveyRatio(design, y, new Float64Array(design.n).fill(1), domain)
  const { weights } = domainOf(design, domain, [y])
  const population = sum(weights)
  const squares = Float64Array.from(weights, (w, unit) => (w > 0 ? (y[unit]! - mean.value) ** 2 : 0))
  const spread = n > 1 ? (weightedSum(weights, squares) / population) * (n / (n - 1)) : 0
  const simple = (spread / n) * Math.max(0, 1 - n / population)
  // Where a simple random sample has no variance either (no spread, or a census), nothing can be compared: 1.
  const designEffect = simple > 0 ? mean.standardError ** 2 / simple : 1
  return { ...mean, n, designEffect, effectiveSize: designEffect > 0 ? n / designEffect : n }
}

/** Means of groups with their covariances. */
export interface GroupMeans extends Estimates {
  /** in the order of the values */
  readonly groups: readonly Label[]
  /** units of each group */
  readonly n: Int32Array
  /** weighted variance within each group (n − 1) */
  readonly variances: Float64Array
  /** sum of weights of each group */
  readonly weights: Float64Array
}

/**
 * Weighted means of groups of one sample, in one go, so that differences between them have the right error
 * (`combine`).
 *
 * @param groups  label per unit; units labelled null belong to no group and may have any y
 * @returns       groups in the order of first appearance
 * @throws        RangeError if there is no group or a value in a group is not finite
 */
export function surveyMeansByGroup(
  design: SurveyDesign,
  y: ArrayLike<number>,
  groups: ArrayLike<Label | null>,
): GroupMeans {
  if (groups.length !== design.n) throw new RangeError('surveyMeansByGroup requires one label per unit')
  const present = [...design.weights.keys()].filter(
    (unit) => groups[unit] !== null && design.weights[unit]! > 0,
  )
  if (present.length === 0) throw new RangeError('surveyMeansByGroup requires at least one group')
  const { labels } = numberLabels(present.length, (at) => groups[present[at]!]!)
  const parts = labels.map((label) => {
    const base = domainOf(
      design,
      Uint8Array.from(design.weights, (_, unit) => (groups[unit] === label ? 1 : 0)),
      [y],
    )
    const total = sum(base.weights)
    const mean = weightedSum(base.weights, y) / total
    const influence = base.weights.map((w, unit) => (w > 0 ? (w * (y[unit]! - mean)) / total : 0))
    const squares = base.weights.map((w, unit) => (w > 0 ? (y[unit]! - mean) ** 2 : 0))
    const variance = base.n > 1 ? (weightedSum(base.weights, squares) / total) * (base.n / (base.n - 1)) : 0
    return { ...base, total, mean, influence, variance }
  })
  const all = domainOf(
    design,
    Uint8Array.from(design.weights, (_, unit) => (groups[unit] === null ? 0 : 1)),
    [],
  )
  return {
    groups: labels,
    values: Float64Array.from(parts, (part) => part.mean),
    covariance: linearisedCovariance(
      design,
      parts.map((part) => part.influence),
    ),
    degreesOfFreedom: all.degreesOfFreedom,
    n: Int32Array.from(parts, (part) => part.n),
    variances: Float64Array.from(parts, (part) => part.variance),
    weights: Float64Array.from(parts, (part) => part.total),
  }
}
