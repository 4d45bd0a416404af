import { nelderMead } from '../numeric/nelder-mead.ts'
import { type Curvature, newton } from '../numeric/newton.ts'
import type { CrossProducts } from './cross-products.ts'
import { ProfiledLikelihood, type ProfilePoint } from './profiled-likelihood.ts'

/** The covariance parameters at which a mixed model is most likely. */
export interface ProfileOptimum {
  readonly likelihood: ProfiledLikelihood
  /** per term of the cross-products the lower triangular relative factor, width × width */
  readonly lambdas: readonly Float64Array[]
  readonly point: ProfilePoint
  readonly converged: boolean
  /** terms (places in the cross-products) whose covariance matrix has lost rank */
  readonly singular: readonly number[]
}

/**
 * Searches the relative factors: a simplex walks to the neighbourhood of the optimum, Newton steps finish.
 * The criterion does not see the sign of a factor's column, so no bounds are needed.
 *
 * @throws RangeError if the rows are explained perfectly or the fixed columns are linearly dependent
 */
export function searchProfile(products: CrossProducts, restricted: boolean): ProfileOptimum {
  const likelihood = new ProfiledLikelihood(products, restricted)
  const unpack = (theta: ArrayLike<number>) => factorsOf(products, theta)
  const f = (theta: Float64Array) => likelihood.at(unpack(theta))?.criterion ?? Number.POSITIVE_INFINITY
  const start = Float64Array.from(
    products.terms.flatMap(({ width }) => diagonalPlaces(width).map((diagonal) => (diagonal ? 1 : 0))),
  )
  if (!Number.isFinite(f(start))) {
    throw new RangeError(
      'a mixed model requires linearly independent fixed columns that do not explain the outcome perfectly',
    )
  }
  const near = nelderMead(f, start, { step: 0.5, tolerance: 1e-9, maximumIterations: 2000 })
  const { fixed, rows } = products
  const within = likelihood.at(unpack(near.x))!.residualVariance
  if (!(within > 1e-10 * (fixed[fixed.length - 1]! / rows))) {
    throw new RangeError('a mixed model requires outcomes that differ within groups, not between them alone')
  }
  const close = newton({
    start: near.x,
    evaluate: (theta) => differences(f, theta),
    tolerance: 1e-16,
    maximumIterations: 20,
  })
  let theta = close.x
  const flat = close.gradient.every((g) => Math.abs(g) <= 1e-5 * (1 + Math.abs(close.value)))
  // A variance that is 0 up to rounding is 0: its sign and last digits would mean nothing.
  const singular: number[] = []
  let at = 0
  for (const [t, { width }] of products.terms.entries()) {
    const places = diagonalPlaces(width)
    const largest = Math.max(...places.map((_, k) => Math.abs(theta[at + k]!)), 1e-300)
    let lost = false
    for (const [k, diagonal] of places.entries()) {
      if (!diagonal || Math.abs(theta[at + k]!) > 1e-3 * Math.max(1, largest)) continue
      const without = theta.slice()
      without[at + k] = 0
      if (f(without) <= close.value + 1e-7) {
        theta = without
        lost = true
      }
    }
    if (lost) singular.push(t)
    at += places.length
  }
  const lambdas = unpack(theta)
  const point = likelihood.at(lambdas)!
  return { likelihood, lambdas, point, converged: near.converged && flat, singular }
}

/** For each parameter of a lower triangle, row after row, whether it stands on the diagonal. */
function diagonalPlaces(width: number): boolean[] {
  const places: boolean[] = []
  for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) places.push(a === b)
  return places
}

function factorsOf(products: CrossProducts, theta: ArrayLike<number>): Float64Array[] {
  let at = 0
  return products.terms.map(({ width }) => {
    const lambda = new Float64Array(width * width)
    for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) lambda[a * width + b] = theta[at++]!
    return lambda
  })
}

/** Derivatives by differences: of fourth order for the gradient, so that a wide step loses few digits. */
function differences(f: (x: Float64Array) => number, x: Float64Array): Curvature {
  const n = x.length
  const step = x.map((xi) => 0.01 * Math.max(Math.abs(xi), 0.05))
  const value = f(x)
  const moved = (...moves: readonly [number, number][]) => {
    const to = x.slice()
    for (const [i, steps] of moves) to[i]! += steps * step[i]!
    return f(to)
  }
  const gradient = new Float64Array(n)
  const hessian = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const up = moved([i, 1])
    const down = moved([i, -1])
    const wide = moved([i, 2]) - moved([i, -2])
    gradient[i] = (8 * (up - down) - wide) / (12 * step[i]!)
    hessian[i * n + i] = (up - 2 * value + down) / step[i]! ** 2
    for (let j = 0; j < i; j++) {
      const cross =
        moved([i, 1], [j, 1]) - moved([i, 1], [j, -1]) - moved([i, -1], [j, 1]) + moved([i, -1], [j, -1])
      hessian[i * n + j] = cross / (4 * step[i]! * step[j]!)
      hessian[j * n + i] = hessian[i * n + j]!
    }
  }
  return { value, gradient, hessian }
}
