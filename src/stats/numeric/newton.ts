import { cholesky, choleskySolve } from './matrix.ts'
import type { Minimum } from './optimise.ts'

/** Value, gradient and matrix of second derivatives (n × n, row-major) at a point. */
export interface Curvature {
  readonly value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/**
 * Minimises a smooth function by Newton steps with a line search; where the curvature is not positive, it is
 * made so by adding to its diagonal.
 *
 * @param start       n numbers at which the function is finite
 * @param evaluate    a value that is not finite counts as forbidden ground
 * @param tolerance   relative decrease the next step promises (half the Newton decrement)
 * @throws            RangeError if the function is not finite at the start
 */
export function newton({
  start,
  evaluate,
  tolerance = 1e-12,
  maximumIterations = 100,
}: {
  start: ArrayLike<number>
  evaluate: (x: Float64Array) => Curvature
  tolerance?: number
  maximumIterations?: number
}): Minimum & Curvature {
  let x: Float64Array = Float64Array.from(start)
  let now = evaluate(x)
  if (!Number.isFinite(now.value))
    throw new RangeError('newton requires a start at which the function is finite')
  for (let iterations = 0; iterations < maximumIterations; iterations++) {
    const step = choleskySolve(positiveFactor(now.hessian, x.length), x.length, now.gradient)
    let promised = 0
    for (let i = 0; i < x.length; i++) promised += step[i]! * now.gradient[i]!
    const done = promised / 2 <= tolerance * (Math.abs(now.value) + 1)
    const moved = lineSearch(x, step, promised, now.value, evaluate)
    // The last step is taken too, where it helps: it doubles the digits.
    if (moved) {
      x = moved.x
      now = moved.at
    }
    if (done || !moved) return { x, ...now, iterations: iterations + 1, converged: done }
  }
  return { x, ...now, iterations: maximumIterations, converged: false }
}

/** Factor of the matrix, or of the matrix with as much added to its diagonal as makes it positive definite. */
function positiveFactor(hessian: Float64Array, n: number): Float64Array {
  let largest = 0
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(hessian[i * n + i]!))
  let ridge = 0
  for (let tries = 0; tries < 60; tries++) {
    const lifted = Float64Array.from(hessian)
    for (let i = 0; i < n; i++) lifted[i * n + i]! += ridge
    try {
      return cholesky(lifted, n)
    } catch {
      ridge = ridge === 0 ? 1e-8 * (largest || 1) : ridge * 10
    }
  }
  throw new RangeError('newton requires finite second derivatives')
}

function lineSearch(
  x: Float64Array,
  step: Float64Array,
  promised: number,
  value: number,
  evaluate: (x: Float64Array) => Curvature,
): { x: Float64Array; at: Curvature } | undefined {
  let share = 1
  for (let tries = 0; tries < 50; tries++) {
    const next = x.map((xi, i) => xi - share * step[i]!)
    const at = evaluate(next)
    if (at.value <= value - 1e-4 * share * promised || (at.value <= value && share === 1))
      return { x: next, at }
    share /= 2
  }
  return undefined
}
