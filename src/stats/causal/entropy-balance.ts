import { cholesky, choleskySolve } from '#stats/numeric/matrix.ts'

export interface EntropyInput {
  /** n × columns, row-major, no constant */
  readonly x: ArrayLike<number>
  readonly columns: number
  readonly treated: ArrayLike<boolean | number>
  /** weights to start from, default 1; those of treated units say how much each counts */
  readonly base?: ArrayLike<number>
  /** balance means only (1, default), or means and mean squares (2) */
  readonly moments?: 1 | 2
  /** largest difference of a mean allowed, in standard deviations; default 1e-8 */
  readonly tolerance?: number
}

/** Weights of the controls that make them look like the treated. */
export interface EntropyBalance {
  /** n weights; controls sum to the weight of the treated, treated keep theirs */
  readonly weights: Float64Array
  /** largest difference of a balanced mean left, in standard deviations */
  readonly difference: number
  /** false: no weights can do it (the treated lie outside what controls reach); weights are then the nearest tried */
  readonly converged: boolean
  readonly iterations: number
}

const ITERATIONS = 200

/**
 * Entropy balancing: the control weights nearest to the base weights (in relative entropy) under which every
 * covariate has the mean of the treated. Newton steps on the dual with halving.
 *
 * @throws  RangeError if shapes do not fit, a side is empty or a covariate is not finite
 * @see     Hainmueller (2012), Political Analysis 20, 25–46, https://doi.org/10.1093/pan/mpr025
 */
export function entropyBalance(input: EntropyInput): EntropyBalance {
  const { treated, moments = 1, tolerance = 1e-8 } = input
  const n = treated.length
  const base = Float64Array.from({ length: n }, (_, i) => input.base?.[i] ?? 1)
  if (input.columns < 1 || input.x.length !== n * input.columns || (input.base && input.base.length !== n)) {
    throw new RangeError('entropyBalance requires n × columns covariates and one mark per unit')
  }
  if (!base.every((w) => w >= 0 && w < Infinity))
    throw new RangeError('entropyBalance requires base weights of 0 or more')
  const controls = [...base.keys()].filter((i) => !treated[i] && base[i]! > 0)
  const target = base.reduce((sum, w, i) => sum + (treated[i] ? w : 0), 0)
  if (controls.length === 0 || !(target > 0))
    throw new RangeError('entropyBalance requires treated and control units')
  const z = centred(input, moments, base, controls, target)
  const k = z.columns
  const log = Float64Array.from(controls, (i) => Math.log(base[i]!))
  let lambda = new Float64Array(k)
  let now = tilted(z.table, k, log, lambda)
  let iterations = 0
  let stuck = false
  while (iterations < ITERATIONS && largest(now.gradient) > tolerance && !stuck) {
    iterations++
    const step = newtonStep(now, k)
    let share = 1
    stuck = true
    for (let halving = 0; halving < 40; halving++, share /= 2) {
      const next = lambda.map((value, j) => value - share * step[j]!)
      const there = tilted(z.table, k, log, next)
      const slope = step.reduce((sum, s, j) => sum + s * now.gradient[j]!, 0)
      // At the end steps gain less than rounding: smaller differences then decide instead.
      const closer =
        there.value <= now.value - 1e-4 * share * slope ||
        largest(there.gradient) < 0.9 * largest(now.gradient)
      if (Number.isFinite(there.value) && closer) {
        lambda = next
        now = there
        stuck = false
        break
      }
    }
  }
  const weights = base.map((w, i) => (treated[i] ? w : 0))
  for (const [at, i] of controls.entries()) weights[i] = target * now.shares[at]!
  const difference = largest(now.gradient)
  return { weights, difference, converged: difference <= tolerance, iterations }
}

/** Control covariates (and their squares) minus the target, in standard deviations; constant columns left out. */
function centred(
  input: EntropyInput,
  moments: 1 | 2,
  base: Float64Array,
  controls: readonly number[],
  target: number,
) {
  const { x, columns, treated } = input
  const n = treated.length
  const kept: Float64Array[] = []
  for (let j = 0; j < columns; j++) {
    const value = (i: number) => x[i * columns + j]!
    let mean = 0
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(value(i))) throw new RangeError('entropyBalance requires finite covariates')
      if (treated[i]) mean += (base[i]! * value(i)) / target
    }
    const values = Float64Array.from(controls, (i) => value(i) - mean)
    kept.push(values)
    if (moments === 2) {
      let square = 0
      for (let i = 0; i < n; i++) if (treated[i]) square += (base[i]! * (value(i) - mean) ** 2) / target
      kept.push(values.map((d) => d * d - square))
    }
  }
  const scaled = kept.flatMap((values) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
    const size = sd > 1e-12 * (Math.abs(mean) + 1) ? sd : Math.abs(mean)
    // A column on which all controls equal the target asks for nothing.
    return size > 1e-12 ? [values.map((d) => d / size)] : []
  })
  const table = new Float64Array(controls.length * scaled.length)
  for (const [j, values] of scaled.entries())
    for (const [at, d] of values.entries()) table[at * scaled.length + j] = d
  return { table, columns: scaled.length }
}

/** Dual value log Σ q exp(−λz), its gradient (the negative mean of z under the tilted shares) and second moments. */
function tilted(table: Float64Array, k: number, log: Float64Array, lambda: Float64Array) {
  const m = log.length
  const exponent = new Float64Array(m)
  let top = -Infinity
  for (let at = 0; at < m; at++) {
    let e = log[at]!
    for (let j = 0; j < k; j++) e -= lambda[j]! * table[at * k + j]!
    exponent[at] = e
    if (e > top) top = e
  }
  let total = 0
  const shares = exponent.map((e) => {
    const w = Math.exp(e - top)
    total += w
    return w
  })
  const gradient = new Float64Array(k)
  const second = new Float64Array(k * k)
  for (let at = 0; at < m; at++) {
    shares[at]! /= total
    for (let j = 0; j < k; j++) {
      const d = shares[at]! * table[at * k + j]!
      gradient[j]! -= d
      for (let l = 0; l <= j; l++) second[j * k + l]! += d * table[at * k + l]!
    }
  }
  return { value: top + Math.log(total), gradient, second, shares }
}

/** Solves (curvature + a little) step = gradient; the little keeps collinear covariates harmless. */
function newtonStep(
  { gradient, second }: { gradient: Float64Array; second: Float64Array },
  k: number,
): Float64Array {
  const curvature = second.slice()
  let trace = 0
  for (let j = 0; j < k; j++) {
    for (let l = 0; l <= j; l++) curvature[j * k + l]! -= gradient[j]! * gradient[l]!
    trace += curvature[j * k + j]!
  }
  for (let ridge = 1e-12; ridge < 1e3; ridge *= 100) {
    const damped = curvature.slice()
    for (let j = 0; j < k; j++) damped[j * k + j]! += ridge * (trace / k + 1e-300)
    try {
      return choleskySolve(cholesky(damped, k), k, gradient)
    } catch {
      // not positive definite yet: more damping
    }
  }
  return gradient.slice()
}

function largest(xs: Float64Array): number {
  return xs.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
}
