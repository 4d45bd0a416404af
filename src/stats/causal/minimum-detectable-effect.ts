import { studentTQuantile } from '#stats/numeric/distributions.ts'

interface Test {
  /** two-sided error of the first kind, default 0.05 */
  readonly alpha?: number
  /** chance of seeing an effect of this size, default 0.8 */
  readonly power?: number
  /** share of units that are treated, default 0.5 */
  readonly treatedShare?: number
  /** number of covariates that cost degrees of freedom, default 0 */
  readonly covariates?: number
}

export interface ClusterDesign extends Test {
  /** clusters, e.g. schools, in both groups together */
  readonly clusters: number
  /** persons per cluster */
  readonly perCluster: number
  /** intraclass correlation, 0–1 */
  readonly correlation: number
  /** share of variance that covariates explain within (level 1) and between clusters (level 2), 0–1; default 0 */
  readonly explainedWithin?: number
  readonly explainedBetween?: number
}

export interface IndividualDesign extends Test {
  /** persons in both groups together */
  readonly persons: number
  /** share of variance that covariates explain, 0–1; default 0 */
  readonly explained?: number
}

/** The smallest effect a design can be expected to see. */
export interface DetectableEffect {
  /** in standard deviations of the outcome */
  readonly effect: number
  /** t quantiles for error and power added up */
  readonly multiplier: number
  readonly degreesOfFreedom: number
}

/**
 * Minimum detectable effect when whole clusters are treated.
 *
 * @throws RangeError if a share leaves its range or degrees of freedom (clusters − covariates − 2) are below 1
 * @see    Bloom (2006), Dong, Maynard (2013), Journal of Research on Educational Effectiveness 6, 24–67
 */
export function detectableInClusters(design: ClusterDesign): DetectableEffect {
  const {
    clusters,
    perCluster,
    correlation,
    explainedWithin = 0,
    explainedBetween = 0,
    treatedShare = 0.5,
  } = design
  requireShares([correlation, explainedWithin, explainedBetween])
  if (!(perCluster >= 1 && perCluster < Infinity))
    throw new RangeError('a detectable effect requires one or more persons per cluster')
  const { multiplier, degreesOfFreedom } = multiplierOf(design, clusters)
  const split = treatedShare * (1 - treatedShare) * clusters
  const between = (correlation * (1 - explainedBetween)) / split
  const within = ((1 - correlation) * (1 - explainedWithin)) / (split * perCluster)
  return { effect: multiplier * Math.sqrt(between + within), multiplier, degreesOfFreedom }
}

/**
 * Minimum detectable effect when persons are treated one by one.
 *
 * @throws RangeError if a share leaves its range or degrees of freedom (persons − covariates − 2) are below 1
 */
export function detectableInPersons(design: IndividualDesign): DetectableEffect {
  const { persons, explained = 0, treatedShare = 0.5 } = design
  requireShares([explained])
  const { multiplier, degreesOfFreedom } = multiplierOf(design, persons)
  const effect = multiplier * Math.sqrt((1 - explained) / (treatedShare * (1 - treatedShare) * persons))
  return { effect, multiplier, degreesOfFreedom }
}

function multiplierOf(
  { alpha = 0.05, power = 0.8, treatedShare = 0.5, covariates = 0 }: Test,
  units: number,
) {
  const open = (x: number) => x > 0 && x < 1
  if (!open(alpha) || !open(power) || !open(treatedShare)) {
    throw new RangeError('a detectable effect requires alpha, power and treated share between 0 and 1')
  }
  const degreesOfFreedom = units - covariates - 2
  if (!(covariates >= 0 && degreesOfFreedom >= 1 && degreesOfFreedom < Infinity)) {
    throw new RangeError('a detectable effect requires at least 3 units more than covariates')
  }
  const multiplier =
    studentTQuantile(1 - alpha / 2, degreesOfFreedom) + studentTQuantile(power, degreesOfFreedom)
  return { multiplier, degreesOfFreedom }
}

function requireShares(shares: readonly number[]) {
  if (!shares.every((x) => x >= 0 && x <= 1))
    throw new RangeError('a detectable effect requires shares from 0 to 1')
}
