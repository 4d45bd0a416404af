import type { GeneralisedLinear } from './irls.ts'
import { log1pExp, logistic } from './special.ts'

/**
 * The rows of a generalised linear model as the arithmetic sees them: columns centred (where there is an intercept)
 * and scaled to a root mean square of 1, so that the equations depend neither on units nor on where 0 lies. Nothing
 * is copied: a row is brought into this frame when it is read.
 */
export interface Frame {
  /** coefficients, the intercept included */
  readonly size: number
  /** 1 where an intercept stands before the columns of x */
  readonly first: 0 | 1
  readonly shift: Float64Array
  readonly scale: Float64Array
  /** λ per coefficient in this frame */
  readonly penalty: Float64Array
}

export function frameOf({ x, rows, columns, intercept, penalty }: GeneralisedLinear): Frame {
  const first = intercept ? 1 : 0
  const size = columns + first
  const shift = new Float64Array(size)
  const scale = new Float64Array(size)
  if (intercept) {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) shift[j + 1]! += x[i * columns + j]! / rows
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      scale[j + first]! += (x[i * columns + j]! - shift[j + first]!) ** 2 / rows
  }
  for (let j = 0; j < size; j++) {
    const size2 = shift[j]! ** 2
    // What is left of a constant column after centring is rounding, not variation.
    scale[j] = scale[j]! > 1e-28 * size2 ? Math.sqrt(scale[j]!) || 1 : 0
  }
  if (intercept) scale[0] = 1
  const lambda = Float64Array.from(scale, (s, j) =>
    j < first || s === 0 ? 0 : (penalty?.[j - first] ?? 0) / s ** 2,
  )
  return { size, first, shift, scale, penalty: lambda }
}

/** Sums over the rows at one point. */
export interface Pass {
  /** lower triangle of X′WX + Λ in the frame */
  readonly information: Float64Array
  /** X′(y − μ) − Λb; at the start X′Wz */
  readonly score: Float64Array
  readonly deviance: number
  /** deviance + Σ λ b² */
  readonly objective: number
}

/** Fills eta and sums over the rows at coefficients b. */
export function passAt(model: GeneralisedLinear, frame: Frame, eta: Float64Array, b: Float64Array): Pass {
  linearPredictor(model, frame, eta, b)
  const pass = sums(model, frame, eta)
  let objective = pass.deviance
  for (let j = 0; j < frame.size; j++) {
    pass.score[j]! -= frame.penalty[j]! * b[j]!
    objective += frame.penalty[j]! * b[j]! * b[j]!
  }
  return { ...pass, objective }
}

/** Sums over the rows with expectations taken from y itself: where the iteration starts. */
export function startingPass(model: GeneralisedLinear, frame: Frame): Pass {
  return { ...sums(model, frame, undefined), objective: Number.POSITIVE_INFINITY }
}

export function linearPredictor(
  model: GeneralisedLinear,
  frame: Frame,
  eta: Float64Array,
  b: Float64Array,
): void {
  const { x, rows, columns, offset } = model
  const { first, shift, scale } = frame
  const slope = new Float64Array(columns)
  let constant = first ? b[0]! : 0
  for (let j = 0; j < columns; j++) {
    slope[j] = scale[j + first]! === 0 ? 0 : b[j + first]! / scale[j + first]!
    constant -= slope[j]! * shift[j + first]!
  }
  for (let i = 0; i < rows; i++) {
    let total = constant + (offset ? offset[i]! : 0)
    for (let j = 0; j < columns; j++) total += x[i * columns + j]! * slope[j]!
    eta[i] = total
  }
}

function sums(
  model: GeneralisedLinear,
  frame: Frame,
  eta: Float64Array | undefined,
): Omit<Pass, 'objective'> {
  const { x, y, rows, columns, family, weights, offset } = model
  const { size, first, shift, scale, penalty } = frame
  const information = new Float64Array(size * size)
  const score = new Float64Array(size)
  const row = new Float64Array(size)
  row[0] = 1
  let deviance = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    if (weight === 0) continue
    const yi = y[i]!
    let expected: number
    let residual: number
    if (eta) {
      expected = family === 'binomial' ? logistic(eta[i]!) : Math.exp(eta[i]!)
      residual = yi - expected
      deviance += weight * (family === 'binomial' ? binomial(yi, eta[i]!) : poisson(yi, eta[i]!, expected))
    } else {
      expected = family === 'binomial' ? (weight * yi + 0.5) / (weight + 1) : yi + 0.1
      const link = family === 'binomial' ? Math.log(expected / (1 - expected)) : Math.log(expected)
      const v = family === 'binomial' ? expected * (1 - expected) : expected
      residual = v * (link - (offset ? offset[i]! : 0)) + yi - expected
    }
    const w = weight * (family === 'binomial' ? expected * (1 - expected) : expected)
    for (let j = 0; j < columns; j++) {
      const s = scale[j + first]!
      row[j + first] = s === 0 ? 0 : (x[i * columns + j]! - shift[j + first]!) / s
    }
    const pull = weight * residual
    for (let j = 0; j < size; j++) {
      const xj = row[j]!
      if (xj === 0) continue
      score[j]! += pull * xj
      const wx = w * xj
      const base = j * size
      for (let k = 0; k <= j; k++) information[base + k]! += wx * row[k]!
    }
  }
  for (let j = 0; j < size; j++) information[j * size + j]! += penalty[j]!
  return { information, score, deviance }
}

/** Twice what the log-likelihood of a share misses against the saturated model. */
function binomial(y: number, eta: number): number {
  if (y === 0) return 2 * log1pExp(eta)
  if (y === 1) return 2 * log1pExp(-eta)
  return 2 * (y * (Math.log(y) + log1pExp(-eta)) + (1 - y) * (Math.log1p(-y) + log1pExp(eta)))
}

/** The same of a count. */
function poisson(y: number, eta: number, expected: number): number {
  return 2 * (y === 0 ? expected : y * (Math.log(y) - eta) - (y - expected))
}
