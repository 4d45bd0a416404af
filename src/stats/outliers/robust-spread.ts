import { quantile } from '#stats/numeric/quantile.ts'

/** Middle and spread of a group, as what is far out in it does not move them. */
export interface RobustSpread {
  middle: number
  /** of the normal distribution that has the same middle half; 0 where at least half of the values are equal and the rest are too */
  spread: number
  n: number
}

const OF_MEDIAN = 1.482602218505602 // 1 / Φ⁻¹(3/4)
const OF_MEAN = Math.sqrt(Math.PI / 2)

/**
 * Median and median absolute deviation, scaled to the standard deviation of a normal distribution. Where more than half of the values
 * are equal, that deviation is 0 and says nothing; then the mean absolute deviation from the median stands in its place.
 *
 * @param values  one or more finite numbers, any unit
 * @returns       in the unit of the values
 * @throws        RangeError where there is no value, or one that is not finite
 * @see           Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers, ASQC; Rousseeuw & Croux (1993),
 *                https://doi.org/10.1080/01621459.1993.10476408
 * @example       robustSpread([1, 2, 3, 4, 100]) // middle 3, spread 1.4826
 */
export function robustSpread(values: ArrayLike<number>): RobustSpread {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0 || !sorted.every(Number.isFinite)) {
    throw new RangeError('robustSpread requires one or more finite values')
  }
  const middle = quantile(sorted, 0.5)
  const off = sorted.map((value) => Math.abs(value - middle)).sort()
  const median = quantile(off, 0.5)
  const mean = off.reduce((sum, value) => sum + value, 0) / off.length
  return { middle, spread: median > 0 ? median * OF_MEDIAN : mean * OF_MEAN, n: sorted.length }
}

/**
 * How many spreads a value lies from the middle of a group: about a standard normal deviate for what belongs to it.
 *
 * @param least  smallest spread that is believed, same unit: where all are alike, the slightest difference is no surprise
 * @returns      no unit, with the sign of the difference
 */
export function robustScore(value: number, { middle, spread }: RobustSpread, least: number): number {
  const used = Math.max(spread, least)
  if (!(used > 0)) throw new RangeError('robustScore requires a spread above zero')
  return (value - middle) / used
}
