import type { Minimum } from './optimise.ts'

/**
 * Minimises a smooth function from its gradient alone: the curvature is learnt on the way.
 *
 * @param start      n numbers at which the function is finite
 * @param evaluate   value and gradient; a value that is not finite counts as forbidden ground
 * @param tolerance  largest element of the gradient, relative to that at the start (or 1, if that is more)
 * @throws           RangeError if the function is not finite at the start
 * @see              Nocedal, Wright, Numerical Optimization, ch. 6
 */
export function bfgs({
  start,
  evaluate,
  tolerance = 1e-8,
  maximumIterations = 500,
}: {
  start: ArrayLike<number>
  evaluate: (x: Float64Array) => { value: number; gradient: Float64Array }
  tolerance?: number
  maximumIterations?: number
}): Minimum {
  const n = start.length
  let x: Float64Array = Float64Array.from(start)
  let { value, gradient } = evaluate(x)
  if (!Number.isFinite(value)) throw new RangeError('bfgs requires a start at which the function is finite')
  const flat = tolerance * Math.max(1, largest(gradient))
  let inverse = identity(n)
  let fresh = true
  for (let iterations = 0; iterations < maximumIterations; iterations++) {
    if (largest(gradient) <= flat) return { x, value, iterations, converged: true }
    const direction = downhill(inverse, gradient, n)
    const slope = dot(direction, gradient)
    const moved = slope < 0 ? search(x, direction, slope, value, evaluate) : undefined
    if (!moved) {
      // What is left to win is less than the rounding of the value: this is the bottom.
      if (-slope <= 4 * Number.EPSILON * (1 + Math.abs(value)))
        return { x, value, iterations, converged: true }
      if (fresh) return { x, value, iterations, converged: false }
      inverse = identity(n) // what was learnt misleads: once more from the steepest way down
      fresh = true
      continue
    }
    const s = moved.x.map((xi, i) => xi - x[i]!)
    const y = moved.gradient.map((gi, i) => gi - gradient[i]!)
    const sy = dot(s, y)
    if (sy > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) {
      if (fresh) {
        const scale = sy / dot(y, y)
        for (let i = 0; i < n; i++) inverse[i * n + i] = scale
      }
      update(inverse, s, y, sy, n)
      fresh = false
    }
    x = moved.x
    value = moved.value
    gradient = moved.gradient
  }
  return { x, value, iterations: maximumIterations, converged: false }
}

function search(
  x: Float64Array,
  direction: Float64Array,
  slope: number,
  value: number,
  evaluate: (x: Float64Array) => { value: number; gradient: Float64Array },
): { x: Float64Array; value: number; gradient: Float64Array } | undefined {
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let share = 1
  let best: { x: Float64Array; value: number; gradient: Float64Array } | undefined
  // Weak Wolfe conditions: enough decrease, and flat enough that the curvature learnt is positive.
  for (let tries = 0; tries < 60; tries++) {
    const next = x.map((xi, i) => xi + share * direction[i]!)
    const at = evaluate(next)
    if (!(at.value <= value + 1e-4 * share * slope && at.value > -Infinity)) high = share
    else {
      best = { x: next, ...at }
      if (dot(at.gradient, direction) >= 0.9 * slope) return best
      low = share
    }
    share = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2
  }
  return best
}

function update(inverse: Float64Array, s: Float64Array, y: Float64Array, sy: number, n: number): void {
  const hy = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hy[i]! += inverse[i * n + j]! * y[j]!
  const factor = (1 + dot(y, hy) / sy) / sy
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      inverse[i * n + j]! += factor * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy
    }
  }
}

function downhill(inverse: Float64Array, gradient: Float64Array, n: number): Float64Array {
  const direction = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) direction[i]! -= inverse[i * n + j]! * gradient[j]!
  return direction
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1
  return matrix
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((total, ai, i) => total + ai * b[i]!, 0)
const largest = (a: Float64Array) => a.reduce((most, ai) => Math.max(most, Math.abs(ai)), 0)
