import { quantile } from '../numeric/quantile.ts'
import { variance } from '../numeric/sum.ts'

/** A unit to compare with, and how far away it is. */
export interface SimilarUnit {
  /** place of the unit in the list given */
  readonly unit: number
  readonly distance: number
}

/**
 * The units nearest by one index.
 *
 * @param index     one for each unit; NaN for a unit without one, which is then nobody's neighbour
 * @param own       place of the unit that asks; it is not its own neighbour
 * @param most      at most so many
 * @param within    none farther than this, in units of the index
 * @param eligible  which units may be compared at all (the same type); all by default
 * @returns         nearest first, ties in the order given
 * @throws          RangeError if the unit that asks has no index
 */
export function similarByIndex(
  index: ArrayLike<number>,
  own: number,
  {
    most = 30,
    within = Number.POSITIVE_INFINITY,
    eligible = () => true,
  }: { most?: number; within?: number; eligible?: (unit: number) => boolean } = {},
): SimilarUnit[] {
  if (!Number.isFinite(index[own])) throw new RangeError('similarByIndex requires a unit with an index')
  const distances = Array.from(index, (value) => Math.abs(value - index[own]!))
  return nearest(distances, own, eligible)
    .filter(({ distance }) => distance <= within)
    .slice(0, most)
}

/** One respect in which units are compared. */
export interface Feature {
  /** one finite number for each unit */
  readonly values: ArrayLike<number>
  /** above 0; the weights of all features usually sum to 1 */
  readonly weight: number
}

/**
 * Distance of every unit from one: √Σ weight (difference / range)², the range being that of all units. A
 * feature in which all units are the same does not tell them apart and adds nothing.
 *
 * @returns one for each unit, 0 for the unit itself
 * @throws  RangeError if features are missing, of different lengths or not finite, or a weight is not above 0
 * @see     Department for Education, Financial Benchmarking and Insights Tool, how comparators are chosen
 */
export function unitDistances(features: readonly Feature[], own: number): Float64Array {
  const units = features[0]?.values.length ?? 0
  if (!(Number.isInteger(own) && own >= 0 && own < units)) {
    throw new RangeError('unitDistances requires one feature or more and a unit that has them')
  }
  const squares = new Float64Array(units)
  for (const { values, weight } of features) {
    if (
      values.length !== units ||
      !(weight > 0 && Number.isFinite(weight)) ||
      !Array.from(values).every(Number.isFinite)
    ) {
      throw new RangeError('unitDistances requires finite features of all units and weights above 0')
    }
    let low = values[0]!
    let high = low
    for (let u = 0; u < units; u++) {
      low = Math.min(low, values[u]!)
      high = Math.max(high, values[u]!)
    }
    if (high === low) continue
    for (let u = 0; u < units; u++) squares[u]! += weight * ((values[u]! - values[own]!) / (high - low)) ** 2
  }
  return squares.map(Math.sqrt)
}

/**
 * The units nearest in several respects: of the `pool` nearest those preferred (of the same region) come
 * first, the others fill up in order of distance.
 *
 * @returns at most `most`, preferred ones first, each part nearest first, ties in the order given
 */
export function similarByFeatures(
  features: readonly Feature[],
  own: number,
  {
    most = 30,
    pool = 60,
    eligible = () => true,
    preferred = () => true,
  }: {
    most?: number
    pool?: number
    eligible?: (unit: number) => boolean
    preferred?: (unit: number) => boolean
  } = {},
): SimilarUnit[] {
  const pooled = nearest(unitDistances(features, own), own, eligible).slice(0, Math.max(most, pool))
  const first = pooled.filter(({ unit }) => preferred(unit))
  const rest = pooled.filter(({ unit }) => !preferred(unit))
  return [...first, ...rest].slice(0, most)
}

/** A unit beside those similar to it. */
export interface Comparison {
  readonly count: number
  readonly median: number
  /** 25th and 75th percentile of the similar units */
  readonly low: number
  readonly high: number
  /** own value minus median */
  readonly difference: number
  /** from the own error and that of the median of so many units (1.2533 standard deviations / √count) */
  readonly standardError: number
}

/**
 * @param own     value and error of the unit
 * @param others  values of three or more similar units
 * @throws        RangeError if there are fewer, or a number is not finite
 */
export function compareWithSimilar(
  own: { estimate: number; standardError: number },
  others: readonly number[],
): Comparison {
  const numbers = [own.estimate, own.standardError, ...others]
  if (others.length < 3 || !numbers.every(Number.isFinite) || own.standardError < 0) {
    throw new RangeError('compareWithSimilar requires an estimate with its error and three similar units')
  }
  const rising = [...others].sort((a, b) => a - b)
  const median = quantile(rising, 0.5)
  const ofMedian = Math.sqrt((Math.PI / 2) * (variance(rising) / rising.length))
  return {
    count: others.length,
    median,
    low: quantile(rising, 0.25),
    high: quantile(rising, 0.75),
    difference: own.estimate - median,
    standardError: Math.hypot(own.standardError, ofMedian),
  }
}

function nearest(
  distances: ArrayLike<number>,
  own: number,
  eligible: (unit: number) => boolean,
): SimilarUnit[] {
  return Array.from(distances, (distance, unit) => ({ unit, distance }))
    .filter(({ unit, distance }) => unit !== own && Number.isFinite(distance) && eligible(unit))
    .sort((a, b) => a.distance - b.distance || a.unit - b.unit)
}
