import type { KnownItem } from '../irt/item.ts'
import { gaussHermite, type Quadrature } from '../numeric/quadrature.ts'
import { type Anchor, commonItems, sameUnit } from './anchors.ts'
import type { CurveMethod } from './curve-link.ts'
import { curveLink } from './curve-search.ts'
import { type ItemVector, itemVector } from './item-vector.ts'
import { anchorDerivatives, type LinkGradient } from './link-gradient.ts'
import { type MomentMethod, momentLink } from './moment-link.ts'
import type { LinkVariance, ScaleLink } from './scale-link.ts'

export type LinkMethod = Exclude<MomentMethod, 'mean'> | CurveMethod

/** A form with its items on one scale, and how uncertain they are. */
export interface CalibratedForm {
  readonly items: readonly KnownItem[]
  /**
   * Covariance of the item parameters in the order of `itemVector` (item after item slope, intercepts, for 3pl
   * logit(guessing)), square, 0 where a parameter was not estimated. Without it there are no standard errors.
   */
  readonly covariance?: Float64Array
}

export interface EstimatedLink extends ScaleLink {
  readonly method: LinkMethod
  readonly anchors: readonly string[]
  /** null unless both forms have a covariance and the anchors determine the link */
  readonly variance: LinkVariance | null
  readonly standardErrors: { readonly stretch: number; readonly shift: number } | null
  /** what the standard errors come from; null with them */
  readonly gradient: LinkGradient | null
  /** false: the search of a curve method ended at its bound, or the curves do not determine a link: it is unknown */
  readonly converged: boolean
}

export interface LinkOptions {
  /** default stocking-lord */
  readonly method?: LinkMethod
  /** ids; default all items in common */
  readonly anchors?: readonly string[]
  /** abilities of the scale linked to at which curves are compared; default 30 Gauss–Hermite nodes of N(0, 1) */
  readonly quadrature?: Quadrature
}

/**
 * The link from one calibration to another through the items they share.
 *
 * Where the model gives all anchors slope 1 in both forms (Rasch, partial credit), the unit of both scales is the same:
 * the stretch is 1 by every method. Errors are by the delta method: the two calibrations are taken as independent, the anchors as given (which anchors
 * were chosen is a source of error of its own: see `anchorError`).
 *
 * @throws RangeError if there are no common items (two for mean-sigma), they do not fit each other, parameters are
 *         not finite, or a covariance has another size than the parameters
 * @see    Haebara (1980), https://doi.org/10.4992/psycholres1954.22.144; Stocking & Lord (1983),
 *         https://doi.org/10.1177/014662168300700208; errors: Ogasawara (2000, 2001),
 *         https://doi.org/10.1177/01466210122031966
 */
export function linkScales(
  from: CalibratedForm,
  to: CalibratedForm,
  options: LinkOptions = {},
): EstimatedLink {
  const { method = 'stocking-lord', quadrature = gaussHermite(30) } = options
  const anchors = commonItems(from.items, to.items, options.anchors)
  const unit = sameUnit(anchors, from.items, to.items)
  const [one, other] = [itemVector(from.items), itemVector(to.items)]
  checkCovariance(from, one)
  checkCovariance(to, other)
  const solved =
    method === 'haebara' || method === 'stocking-lord'
      ? curveLink(method, quadrature, anchors, one, other, unit)
      : momentLinkWithGradient(unit ? 'mean' : method, anchors, one, other)
  const known = from.covariance && to.covariance ? ([from.covariance, to.covariance] as const) : null
  const gradient = known && solved.gradient ? solved.gradient() : null
  const variance =
    known && gradient
      ? plus(parameterVariance(gradient.from, known[0]), parameterVariance(gradient.to, known[1]))
      : null
  return {
    ...solved.link,
    method,
    anchors: anchors.map(({ id }) => id),
    variance,
    standardErrors: variance && { stretch: Math.sqrt(variance.stretch), shift: Math.sqrt(variance.shift) },
    gradient,
    converged: solved.converged,
  }
}

function momentLinkWithGradient(
  method: MomentMethod,
  anchors: readonly Anchor[],
  from: ItemVector,
  to: ItemVector,
): { link: ScaleLink; converged: true; gradient: () => LinkGradient } {
  const at = (fromValues: Float64Array, toValues: Float64Array) =>
    momentLink(method, anchors, from, fromValues, to, toValues)
  const gradient = () =>
    anchorDerivatives(anchors, from, to, (fromValues, toValues) => {
      const { stretch, shift } = at(fromValues, toValues)
      return [stretch, shift]
    })
  return { link: at(from.values, to.values), converged: true, gradient }
}

/** Covariance of stretch and shift that the covariance of the parameters of one form brings. */
export function parameterVariance(gradient: Float64Array, covariance: Float64Array): LinkVariance {
  const size = gradient.length / 2
  let stretch = 0
  let shift = 0
  let mixed = 0
  for (let i = 0; i < size; i++) {
    const [gi, hi] = [gradient[i]!, gradient[size + i]!]
    if (gi === 0 && hi === 0) continue
    for (let j = 0; j < size; j++) {
      const v = covariance[i * size + j]!
      stretch += gi * v * gradient[j]!
      shift += hi * v * gradient[size + j]!
      mixed += gi * v * gradient[size + j]!
    }
  }
  return { stretch: Math.max(0, stretch), shift: Math.max(0, shift), covariance: mixed }
}

function plus(a: LinkVariance, b: LinkVariance): LinkVariance {
  return { stretch: a.stretch + b.stretch, shift: a.shift + b.shift, covariance: a.covariance + b.covariance }
}

function checkCovariance({ covariance }: CalibratedForm, { values }: ItemVector): void {
  if (covariance && covariance.length !== values.length ** 2) {
    throw new RangeError(`linking requires a covariance of ${values.length} × ${values.length} parameters`)
  }
}
