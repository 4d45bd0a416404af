import { quantile } from '../numeric/quantile.ts'
import { exactSum } from '../numeric/sum.ts'

/** How much more units vary around the target than chance explains. */
export interface Overdispersion {
  readonly units: number
  /** mean of the winsorised z²: 1 where chance alone is at work */
  readonly phi: number
  /** variance between units, in squared units of the values; 0 where chance suffices */
  readonly tau2: number
}

/**
 * Overdispersion of units around a target, additive (a variance between units), so that large units are not
 * inside the limits by construction.
 *
 * @param values          one per unit
 * @param standardErrors  of each value under chance alone, above 0
 * @param target          what the values are compared with
 * @param winsorise       share at each end whose z is pulled in to the quantile there, so that a few true
 *                        outliers do not widen the limits for everybody; 0.1 if left out
 * @throws                RangeError for fewer than two units, lengths that differ or errors not above 0
 * @see                   Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202, section 3.2
 */
export function overdispersion(
  values: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
  target: number,
  winsorise = 0.1,
): Overdispersion {
  const units = values.length
  if (units < 2 || standardErrors.length !== units || !(winsorise >= 0 && winsorise < 0.5)) {
    throw new RangeError(
      'overdispersion requires two or more values with an error each and a share below 0.5',
    )
  }
  const z = Float64Array.from(values, (value, i) => (value - target) / standardErrors[i]!)
  const weights = Float64Array.from(standardErrors, (s) => 1 / (s * s))
  if (!z.every(Number.isFinite) || !weights.every((w) => w > 0 && w < Infinity)) {
    throw new RangeError('overdispersion requires finite values and errors above 0')
  }
  const sorted = z.toSorted()
  const [low, high] = [quantile(sorted, winsorise), quantile(sorted, 1 - winsorise)]
  const phi = exactSum(z.map((zi) => Math.min(high, Math.max(low, zi)) ** 2)) / units
  const total = exactSum(weights)
  const spread = total - exactSum(weights.map((w) => w * w)) / total
  return { units, phi, tau2: Math.max(0, (units * phi - (units - 1)) / spread) }
}
