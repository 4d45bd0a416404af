import { newton } from '../numeric/optimise.ts'
import type { Quadrature } from '../numeric/quadrature.ts'
import type { Anchor } from './anchors.ts'
import { type CurveMethod, linkLoss, targetCurves } from './curve-link.ts'
import type { ItemVector } from './item-vector.ts'
import { anchorDerivatives, type LinkGradient } from './link-gradient.ts'
import { momentLink } from './moment-link.ts'
import type { ScaleLink } from './scale-link.ts'

/**
 * The link with the least loss, by Newton's search from the mean-geometric link; with its derivatives by the parameters
 * on request (implicit function theorem: the link solves gradient = 0); null where the curves do not determine it.
 *
 * @param unitStretch  keep the stretch at 1
 * @throws             RangeError if there is no anchor
 */
export function curveLink(
  method: CurveMethod,
  quadrature: Quadrature,
  anchors: readonly Anchor[],
  from: ItemVector,
  to: ItemVector,
  unitStretch: boolean,
): { link: ScaleLink; converged: boolean; gradient: (() => LinkGradient) | null } {
  const asLink = (x: ArrayLike<number>): ScaleLink => ({ shift: x[0]!, stretch: unitStretch ? 1 : x[1]! })
  const fixed = targetCurves(anchors, to, to.values, quadrature.nodes)
  const loss = (x: Float64Array, fromValues = from.values, targets = fixed) => {
    const link = asLink(x)
    if (!(link.stretch > 0)) return { value: Number.POSITIVE_INFINITY, gradient: x.map(() => 0) }
    const { value, stretch, shift } = linkLoss(method, quadrature, link, anchors, from, fromValues, targets)
    return { value, gradient: Float64Array.from(unitStretch ? [shift] : [shift, stretch]) }
  }
  const start = momentLink(unitStretch ? 'mean' : 'mean-geometric', anchors, from, from.values, to, to.values)
  const { x, converged, hessian } = newton({
    start: unitStretch ? [start.shift] : [start.shift, start.stretch],
    evaluate: (at) => ({ ...loss(at), hessian: secondDerivatives((next) => loss(next).gradient, at) }),
    tolerance: 1e-13,
  })
  const [a, b, c] = unitStretch ? [hessian[0]!, 0, 1] : [hessian[0]!, hessian[1]!, hessian[3]!]
  const determinant = a * c - b * b
  // Curves that are flat or steps wherever they are compared do not tell stretch and shift apart.
  const determined = determinant > 1e-12 * Math.abs(a * c)
  const gradient = () =>
    anchorDerivatives(anchors, from, to, (fromValues, toValues) => {
      const targets = toValues === to.values ? fixed : targetCurves(anchors, to, toValues, quadrature.nodes)
      const [shift, stretch = 0] = loss(x, fromValues, targets).gradient
      return [(b * shift! - a * stretch) / determinant, (b * stretch - c * shift!) / determinant]
    })
  return { link: asLink(x), converged: converged && determined, gradient: determined ? gradient : null }
}

/** Differences of the gradient, made symmetric. */
function secondDerivatives(gradient: (x: Float64Array) => Float64Array, x: Float64Array): Float64Array {
  const n = x.length
  const h = 1e-5
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const up = gradient(x.map((value, k) => (k === i ? value + h : value)))
    const down = gradient(x.map((value, k) => (k === i ? value - h : value)))
    for (let j = 0; j < n; j++) {
      const half = (up[j]! - down[j]!) / (4 * h)
      matrix[i * n + j]! += half
      matrix[j * n + i]! += half
    }
  }
  return matrix
}
