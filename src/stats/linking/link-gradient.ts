import type { Anchor } from './anchors.ts'
import type { ItemVector } from './item-vector.ts'

/** Derivatives of stretch (first row) and shift (second row) of a link by the item parameters of both forms. */
export interface LinkGradient {
  readonly from: Float64Array
  readonly to: Float64Array
}

/**
 * Derivatives of two numbers by the parameters of the anchors, by central differences; 0 for all other parameters.
 *
 * @param answer  the two numbers at given parameters of both forms
 */
export function anchorDerivatives(
  anchors: readonly Anchor[],
  from: ItemVector,
  to: ItemVector,
  answer: (fromValues: Float64Array, toValues: Float64Array) => readonly [number, number],
): LinkGradient {
  const side = (
    vector: ItemVector,
    place: (anchor: Anchor) => number,
    at: (values: Float64Array) => readonly [number, number],
  ) => {
    const size = vector.values.length
    const gradient = new Float64Array(2 * size)
    for (const anchor of anchors) {
      for (let k = vector.at[place(anchor)]!; k < vector.at[place(anchor) + 1]!; k++) {
        const step = 1e-5 * Math.max(1, Math.abs(vector.values[k]!))
        const up = vector.values.slice()
        const down = vector.values.slice()
        up[k]! += step
        down[k]! -= step
        const [above, below] = [at(up), at(down)]
        const width = up[k]! - down[k]!
        gradient[k] = (above[0] - below[0]) / width
        gradient[size + k] = (above[1] - below[1]) / width
      }
    }
    return gradient
  }
  return {
    from: side(
      from,
      (anchor) => anchor.from,
      (values) => answer(values, to.values),
    ),
    to: side(
      to,
      (anchor) => anchor.to,
      (values) => answer(from.values, values),
    ),
  }
}
