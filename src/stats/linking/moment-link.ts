import { mean, sum } from '../numeric/sum.ts'
import type { Anchor } from './anchors.ts'
import { type ItemVector, locations } from './item-vector.ts'
import type { ScaleLink } from './scale-link.ts'

/** `mean` keeps the stretch at 1, for models whose slopes are 1 by definition. */
export type MomentMethod = 'mean' | 'mean-mean' | 'mean-geometric' | 'mean-sigma'

/**
 * The link that makes moments of the anchors agree: means of slopes and locations, geometric mean of slopes, or mean
 * and standard deviation of locations (each step of an item counts as one location).
 *
 * @throws RangeError if there is no anchor, or with mean-sigma the locations of either form are all the same
 * @see    Loyd & Hoover (1980), https://doi.org/10.1111/j.1745-3984.1980.tb00825.x; Mislevy & Bock (1990), BILOG 3;
 *         Marco (1977), https://doi.org/10.1111/j.1745-3984.1977.tb00033.x
 */
export function momentLink(
  method: MomentMethod,
  anchors: readonly Anchor[],
  from: ItemVector,
  fromValues: Float64Array,
  to: ItemVector,
  toValues: Float64Array,
): ScaleLink {
  if (anchors.length === 0) throw new RangeError('linking requires at least one item in both forms')
  const before = anchors.flatMap((anchor) => locations(from, fromValues, anchor.from))
  const after = anchors.flatMap((anchor) => locations(to, toValues, anchor.to))
  const stretch =
    method === 'mean-sigma'
      ? spread(after) / spread(before)
      : slopeRatio(
          method,
          anchors.map((anchor) => fromValues[from.at[anchor.from]!]!),
          anchors.map((anchor) => toValues[to.at[anchor.to]!]!),
        )
  return { stretch, shift: mean(after) - stretch * mean(before) }
}

function slopeRatio(method: MomentMethod, before: readonly number[], after: readonly number[]): number {
  if (method === 'mean') return 1
  if (method === 'mean-mean') return mean(before) / mean(after)
  return Math.exp(mean(before.map((slope, i) => Math.log(slope / after[i]!))))
}

function spread(xs: readonly number[]): number {
  const centre = mean(xs)
  const value = Math.sqrt(sum(xs.map((x) => (x - centre) ** 2)))
  if (!(value > 0)) throw new RangeError('mean-sigma linking requires anchors of different difficulty')
  return value
}
