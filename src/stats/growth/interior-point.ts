import { cholesky, choleskySolve } from '../numeric/matrix.ts'

/**
 * Quantile regression by the Frisch–Newton method: a primal-dual interior point with Mehrotra's predictor and
 * corrector on the bounded dual problem
 *
 *   maximise y′a  subject to  X′a = (1 − tau) X′1,  0 ≤ a ≤ 1.
 *
 * The result lies close to an optimal vertex, not on it: `vertex.ts` goes the last step.
 *
 * @param x    rows × columns, row-major, of full column rank
 * @param tau  inside 0–1
 * @returns    coefficients, and whether the duality gap fell below `tolerance` × the mean absolute residual
 * @throws     RangeError if the columns are linearly dependent
 * @see        Portnoy, Koenker (1997), Statistical Science 12, 279–300, https://doi.org/10.1214/ss/1030037960
 */
export function interiorPoint(
  x: Float64Array,
  y: Float64Array,
  rows: number,
  columns: number,
  tau: number,
  { tolerance = 1e-8, iterations = 60 } = {},
): { coefficients: Float64Array; iterations: number; converged: boolean } {
  const work = startingPoint(x, y, rows, columns, tau)
  const { beta } = work
  let iteration = 0
  let gap = complementarity(work)
  // Below this the gap is rounding: y itself is not known better.
  const enough = rows * Math.max(tolerance * work.scale, 1e-14 * work.size)
  while (gap > enough && iteration < iterations) {
    if (!step(work, gap)) break
    iteration++
    gap = complementarity(work)
  }
  return { coefficients: beta.map((b) => -b), iterations: iteration, converged: gap <= enough }
}

/** The bounded problem in the notation of the paper: a and its slack s, multipliers z of a ≥ 0 and w of a ≤ 1. */
interface Work {
  readonly x: Float64Array
  readonly rows: number
  readonly columns: number
  /** Multipliers of X′a = b: minus the regression coefficients. */
  readonly beta: Float64Array
  readonly a: Float64Array
  readonly s: Float64Array
  readonly z: Float64Array
  readonly w: Float64Array
  readonly da: Float64Array
  readonly dz: Float64Array
  readonly dw: Float64Array
  /** Weights of the normal equations. */
  readonly q: Float64Array
  /** What the corrector adds to the right-hand side. */
  readonly correction: Float64Array
  /** Mean absolute residual of the least squares start. */
  readonly scale: number
  /** Mean absolute y. */
  readonly size: number
}

function startingPoint(x: Float64Array, y: Float64Array, rows: number, columns: number, tau: number): Work {
  const column = () => new Float64Array(rows)
  const q = column().fill(1)
  const beta = new Float64Array(columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) beta[j]! -= y[i]! * x[i * columns + j]!
  beta.set(choleskySolve(cholesky(normalMatrix(x, rows, columns, q), columns), columns, beta))
  const z = column()
  const w = column()
  let scale = 0
  let size = 0
  for (let i = 0; i < rows; i++) {
    z[i] = -y[i]! - dot(x, i * columns, beta, columns)
    scale += Math.abs(z[i]!) / rows
    size += Math.abs(y[i]!) / rows
  }
  // Away from the bounds by a thousandth of a residual; a perfect fit still needs an interior to start from.
  const inside = Math.max(1e-3 * scale, 1e-12 * size, Number.MIN_VALUE)
  for (let i = 0; i < rows; i++) {
    const residual = z[i]!
    z[i] = Math.max(residual, 0) + inside
    w[i] = Math.max(-residual, 0) + inside
  }
  const a = column().fill(1 - tau)
  const s = column().fill(tau)
  const steps = { da: column(), dz: column(), dw: column(), correction: column() }
  return { x, rows, columns, beta, a, s, z, w, q, scale, size, ...steps }
}

/** One predictor and corrector; false when the normal equations no longer have a solution (at the optimum). */
function step(work: Work, gap: number): boolean {
  const { x, rows, columns, beta, a, s, z, w, da, dz, dw, q, correction } = work
  const right = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    const weight = 1 / (z[i]! / a[i]! + w[i]! / s[i]!)
    q[i] = weight
    correction[i] = 0
    addRow(right, weight * (z[i]! - w[i]!), x, i * columns, columns)
  }
  const factor = factored(normalMatrix(x, rows, columns, q), columns)
  if (!factor) return false
  let change = choleskySolve(factor, columns, right)
  let stride = direction(work, change, 0, false)
  if (Math.min(stride.primal, stride.dual) < 1) {
    let ahead = 0
    for (let i = 0; i < rows; i++) {
      ahead += (z[i]! + stride.dual * dz[i]!) * (a[i]! + stride.primal * da[i]!)
      ahead += (w[i]! + stride.dual * dw[i]!) * (s[i]! - stride.primal * da[i]!)
    }
    const centre = (gap * (ahead / gap) ** 3) / (2 * rows)
    for (let i = 0; i < rows; i++) {
      const bend = (da[i]! * dz[i]!) / a[i]! + (da[i]! * dw[i]!) / s[i]!
      correction[i] = centre * (1 / a[i]! - 1 / s[i]!) - bend
      addRow(right, -q[i]! * correction[i]!, x, i * columns, columns)
    }
    change = choleskySolve(factor, columns, right)
    stride = direction(work, change, centre, true)
  }
  for (let i = 0; i < rows; i++) {
    a[i]! += stride.primal * da[i]!
    s[i]! -= stride.primal * da[i]!
    z[i]! += stride.dual * dz[i]!
    w[i]! += stride.dual * dw[i]!
  }
  for (let j = 0; j < columns; j++) beta[j]! += stride.dual * change[j]!
  return true
}

/** Fills da, dz, dw for a change of the coefficients; returns how far one may go along them (at most 1). */
function direction(work: Work, change: Float64Array, centre: number, second: boolean) {
  const { x, rows, columns, a, s, z, w, da, dz, dw, q, correction } = work
  let primal = Number.POSITIVE_INFINITY
  let dual = Number.POSITIVE_INFINITY
  for (let i = 0; i < rows; i++) {
    const bendA = second ? da[i]! * dz[i]! : 0
    const bendS = second ? -da[i]! * dw[i]! : 0
    const d = q[i]! * (dot(x, i * columns, change, columns) - z[i]! + w[i]! + correction[i]!)
    const e = (centre - bendA - z[i]! * d) / a[i]! - z[i]!
    const f = (centre - bendS + w[i]! * d) / s[i]! - w[i]!
    da[i] = d
    dz[i] = e
    dw[i] = f
    if (d < 0) primal = Math.min(primal, -a[i]! / d)
    else if (d > 0) primal = Math.min(primal, s[i]! / d)
    if (e < 0) dual = Math.min(dual, -z[i]! / e)
    if (f < 0) dual = Math.min(dual, -w[i]! / f)
  }
  const share = 0.99995 // of the way to the nearest bound
  return { primal: Math.min(1, share * primal), dual: Math.min(1, share * dual) }
}

function complementarity({ rows, a, s, z, w }: Work): number {
  let total = 0
  for (let i = 0; i < rows; i++) total += z[i]! * a[i]! + w[i]! * s[i]!
  return total
}

/** Lower triangle of X′ diag(q) X. */
function normalMatrix(x: Float64Array, rows: number, columns: number, q: Float64Array): Float64Array {
  const m = new Float64Array(columns * columns)
  for (let i = 0; i < rows; i++) {
    const at = i * columns
    for (let j = 0; j < columns; j++) {
      const factor = q[i]! * x[at + j]!
      if (factor === 0) continue
      for (let k = 0; k <= j; k++) m[j * columns + k]! += factor * x[at + k]!
    }
  }
  return m
}

function factored(m: Float64Array, n: number): Float64Array | undefined {
  try {
    return cholesky(m, n)
  } catch {
    return undefined
  }
}

function dot(x: Float64Array, at: number, b: Float64Array, n: number): number {
  let total = 0
  for (let j = 0; j < n; j++) total += x[at + j]! * b[j]!
  return total
}

function addRow(to: Float64Array, factor: number, x: Float64Array, at: number, n: number): void {
  for (let j = 0; j < n; j++) to[j]! += factor * x[at + j]!
}
