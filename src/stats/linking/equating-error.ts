import type { KnownItem } from '../irt/item.ts'
import { type ItemVector, itemsFromVector, itemVector } from './item-vector.ts'
import type { CalibratedForm, EstimatedLink } from './link-scales.ts'
import { linkedItem, type ScaleLink } from './scale-link.ts'

/**
 * Standard errors of anything computed from two linked forms (equated scores, say): by the delta method over the item
 * parameters of both forms, which enter directly and through the link.
 *
 * @param from, to  the calibrated forms of the link, both with covariance
 * @param link      estimated between them
 * @param compute   numbers from the first form's items carried to the scale of the second, the second's items, and the
 *                  link; always as many
 * @throws          RangeError if a covariance is missing or the link is of other forms
 * @see             Ogasawara (2001), https://doi.org/10.1177/01466210122031966
 */
export function equatingErrors(
  from: CalibratedForm,
  to: CalibratedForm,
  link: EstimatedLink,
  compute: (linked: readonly KnownItem[], to: readonly KnownItem[], link: ScaleLink) => ArrayLike<number>,
): Float64Array {
  const { gradient } = link
  if (!from.covariance || !to.covariance || !gradient) {
    throw new RangeError('equatingErrors requires the covariance of both forms')
  }
  const [one, other] = [itemVector(from.items), itemVector(to.items)]
  if (gradient.from.length !== 2 * one.values.length || gradient.to.length !== 2 * other.values.length) {
    throw new RangeError('equatingErrors requires the link of these forms')
  }
  const at = (fromItems: readonly KnownItem[], toItems: readonly KnownItem[], moved: ScaleLink) =>
    Float64Array.from(
      compute(
        fromItems.map((item) => linkedItem(moved, item)),
        toItems,
        moved,
      ),
    )
  const side = (
    vector: ItemVector,
    gradient: Float64Array,
    covariance: Float64Array,
    value: typeof fromSide,
  ) => squares(derivatives(vector, gradient, link, value), covariance)
  const fromSide = (values: Float64Array, moved: ScaleLink) =>
    at(itemsFromVector(from.items, one, values), to.items, moved)
  const toSide = (values: Float64Array, moved: ScaleLink) =>
    at(from.items, itemsFromVector(to.items, other, values), moved)
  const variance = side(one, gradient.from, from.covariance, fromSide)
  const rest = side(other, gradient.to, to.covariance, toSide)
  return variance.map((v, i) => Math.sqrt(Math.max(0, v + rest[i]!)))
}

/** For each parameter, how the numbers change with it, the link moving along. */
function derivatives(
  vector: ItemVector,
  gradient: Float64Array,
  link: ScaleLink,
  value: (values: Float64Array, moved: ScaleLink) => Float64Array,
): Float64Array[] {
  const size = vector.values.length
  return Array.from({ length: size }, (_, k) => {
    const step = 1e-5 * Math.max(1, Math.abs(vector.values[k]!))
    const moved = (by: number) => {
      const values = vector.values.slice()
      values[k]! += by
      return value(values, {
        stretch: link.stretch + by * gradient[k]!,
        shift: link.shift + by * gradient[size + k]!,
      })
    }
    const [up, down] = [moved(step), moved(-step)]
    return up.map((x, i) => (x - down[i]!) / (2 * step))
  })
}

function squares(changes: readonly Float64Array[], covariance: Float64Array): Float64Array {
  const size = changes.length
  const variance = new Float64Array(changes[0]?.length ?? 0)
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) {
      const v = covariance[k * size + l]!
      if (v !== 0)
        for (let i = 0; i < variance.length; i++) variance[i]! += changes[k]![i]! * v * changes[l]![i]!
    }
  }
  return variance
}
