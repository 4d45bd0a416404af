import type { Quadrature } from '../numeric/quadrature.ts'
import type { Anchor } from './anchors.ts'
import { type ItemVector, itemCurves, itemProbabilities } from './item-vector.ts'
import type { ScaleLink } from './scale-link.ts'

export type CurveMethod = 'haebara' | 'stocking-lord'

/** The loss of a link and its derivatives by stretch and shift. */
export interface LinkLoss {
  readonly value: number
  readonly stretch: number
  readonly shift: number
}

/** Probabilities of the anchors' scores on the scale linked to: scores × nodes for each anchor. */
export function targetCurves(
  anchors: readonly Anchor[],
  to: ItemVector,
  toValues: Float64Array,
  nodes: Float64Array,
): Float64Array[] {
  return anchors.map((anchor) => itemProbabilities(to, toValues, anchor.to, nodes))
}

/**
 * How far the anchors' curves are apart under a link, at abilities on the scale linked to. Haebara: squared
 * differences of the probability of every score of every anchor; Stocking–Lord: squared difference of the expected
 * sum over all anchors.
 *
 * @param targets  from `targetCurves` at the same nodes
 */
export function linkLoss(
  method: CurveMethod,
  { nodes, weights }: Quadrature,
  { stretch, shift }: ScaleLink,
  anchors: readonly Anchor[],
  from: ItemVector,
  fromValues: Float64Array,
  targets: readonly Float64Array[],
): LinkLoss {
  const n = nodes.length
  const abilities = nodes.map((node) => (node - shift) / stretch) // the same persons on the scale linked from
  const difference = new Float64Array(n)
  const change = new Float64Array(n) // of the linked curve with ability on its own scale
  let value = 0
  let byStretch = 0
  let byShift = 0
  const add = (q: number, gap: number, slope: number) => {
    value += weights[q]! * gap * gap
    // The linked curve is p((node − shift)/stretch): its derivatives are −p′·ability/stretch and −p′/stretch.
    const pull = (2 * weights[q]! * gap * slope) / stretch
    byStretch += pull * abilities[q]!
    byShift += pull
  }
  anchors.forEach((anchor, i) => {
    const linked = itemCurves(from, fromValues, anchor.from, abilities)
    const target = targets[i]!
    const { scores } = from.curves[anchor.from]!
    for (let c = 0; c < scores.length; c++) {
      for (let q = 0; q < n; q++) {
        const gap = target[c * n + q]! - linked.p[c * n + q]!
        const slope = linked.slope[c * n + q]!
        if (method === 'haebara') add(q, gap, slope)
        else {
          difference[q]! += scores[c]! * gap
          change[q]! += scores[c]! * slope
        }
      }
    }
  })
  if (method === 'stocking-lord') for (let q = 0; q < n; q++) add(q, difference[q]!, change[q]!)
  return { value, stretch: byStretch, shift: byShift }
}
