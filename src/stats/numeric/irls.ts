import { choleskyInverse, choleskySolve } from './matrix.ts'
import { log1pExp, logistic } from './special.ts'

/** What a generalised linear model is fitted to. */
export interface GeneralisedLinear {
  /** rows × columns, row-major; a constant column if an intercept is wanted */
  readonly x: Float64Array
  /** binomial: a share 0–1 (0 or 1 for single trials); poisson: a count ≥ 0 */
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** binomial with logit link, or poisson with log link */
  readonly family: 'binomial' | 'poisson'
  /** case weights or numbers of trials, none negative; 1 if left out */
  readonly weights?: ArrayLike<number>
  /** added to the linear predictor of each row; 0 if left out */
  readonly offset?: ArrayLike<number>
  /** λ per column: ½ λ b² is added to the negative log-likelihood; 0 if left out */
  readonly penalty?: ArrayLike<number>
  readonly tolerance?: number
  readonly maximumIterations?: number
}

/** A fitted generalised linear model. */
export interface GeneralisedLinearFit {
  /** one per column; 0 for an aliased column */
  readonly coefficients: Float64Array
  /** inverse of the (penalised) information, columns × columns; 0 for aliased columns */
  readonly covariance: Float64Array
  /** twice the log-likelihood missed against the saturated model, without the penalty */
  readonly deviance: number
  /** expected share or count per row */
  readonly fitted: Float64Array
  readonly iterations: number
  /** false: the bound on iterations was hit, or coefficients grow without end (see warnings) */
  readonly converged: boolean
  readonly rank: number
  /** 1 where a column is a linear combination of columns before it */
  readonly aliased: Uint8Array
  /** `separation`: some combination of columns predicts an outcome perfectly and has no finite estimate */
  readonly warnings: readonly ('separation' | 'iteration limit')[]
}

/**
 * Maximum (penalised) likelihood of a logistic or Poisson regression by iteratively reweighted least squares.
 * One pass over the rows per iteration; memory beside x is a few numbers per row.
 *
 * @throws RangeError if shapes do not fit, or a number is not finite or outside its range
 * @see    McCullagh, Nelder (1989), Generalized Linear Models, 2.5
 */
export function irls(model: GeneralisedLinear): GeneralisedLinearFit {
  check(model)
  const { rows, columns, tolerance = 1e-12, maximumIterations = 100 } = model
  const scale = columnScale(model)
  const eta = new Float64Array(rows)
  const start = normalEquations(model, scale, eta, 'start')
  const { factor, aliased, rank } = factorise(start.information, columns)
  let b = solve(factor, columns, aliased, start.score)
  let now = at(model, scale, eta, b)
  if (!Number.isFinite(now.objective)) {
    b = new Float64Array(columns)
    now = at(model, scale, eta, b)
  }
  let converged = false
  let separated = false
  let iterations = 1
  for (; iterations < maximumIterations && !converged && !separated; iterations++) {
    const information = factorise(now.information, columns, aliased)
    if (information.rank < rank) {
      separated = true // weights have died out along some direction
      break
    }
    const step = solve(information.factor, columns, aliased, now.score)
    let promised = 0
    for (let j = 0; j < columns; j++) promised += step[j]! * now.score[j]!
    const small = promised <= tolerance * (Math.abs(now.objective) + 0.1)
    // With a finite maximum a worthless step is a short one; where it still moves predictions, there is none.
    if (small && farthest(model, scale, step) > 0.05) separated = true
    // The last step doubles the digits of b; what it wins may be less than the rounding of the objective.
    const slack = small ? 1e-9 * (Math.abs(now.objective) + 0.1) : 0
    const next = improve(model, scale, eta, b, step, now.objective + slack)
    if (!next) {
      converged = small
      if (!small) break
    } else {
      b = next.b
      now = next.now
      converged = small && !separated
    }
  }
  const final = factorise(now.information, columns, aliased)
  return {
    coefficients: b.map((value, j) => value / scale[j]!),
    covariance: unscale(final.rank < rank ? factor : final.factor, columns, aliased, scale),
    deviance: now.deviance,
    fitted: predict(model, scale, eta, b),
    iterations,
    converged,
    rank,
    aliased,
    warnings: separated ? ['separation'] : converged ? [] : ['iteration limit'],
  }
}

interface Pass {
  /** lower triangle of X′WX + Λ over scaled columns */
  readonly information: Float64Array
  /** X′(y − μ) − Λb; at the start X′Wz */
  readonly score: Float64Array
  readonly deviance: number
  /** deviance + Σ λ b² */
  readonly objective: number
}

function at(model: GeneralisedLinear, scale: Float64Array, eta: Float64Array, b: Float64Array): Pass {
  linearPredictor(model, scale, eta, b)
  const pass = normalEquations(model, scale, eta, 'score')
  let objective = pass.deviance
  for (let j = 0; j < model.columns; j++) {
    const lambda = (model.penalty?.[j] ?? 0) / scale[j]! ** 2
    pass.score[j]! -= lambda * b[j]!
    objective += lambda * b[j]! * b[j]!
  }
  return { ...pass, objective }
}

/** One pass over the rows. `start` takes expectations from y itself instead of the linear predictor. */
function normalEquations(
  { x, y, rows, columns, family, weights, offset, penalty }: GeneralisedLinear,
  scale: Float64Array,
  eta: Float64Array,
  mode: 'start' | 'score',
): Pass {
  const information = new Float64Array(columns * columns)
  const score = new Float64Array(columns)
  const row = new Float64Array(columns)
  let deviance = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    if (weight === 0) continue
    const yi = y[i]!
    let expected: number
    let residual: number
    if (mode === 'start') {
      expected = family === 'binomial' ? (weight * yi + 0.5) / (weight + 1) : yi + 0.1
      const link = family === 'binomial' ? Math.log(expected / (1 - expected)) : Math.log(expected)
      const v = family === 'binomial' ? expected * (1 - expected) : expected
      residual = v * (link - (offset ? offset[i]! : 0)) + yi - expected
    } else {
      expected = family === 'binomial' ? logistic(eta[i]!) : Math.exp(eta[i]!)
      residual = yi - expected
      deviance +=
        weight *
        (family === 'binomial' ? binomialDeviance(yi, eta[i]!) : poissonDeviance(yi, eta[i]!, expected))
    }
    const w = weight * (family === 'binomial' ? expected * (1 - expected) : expected)
    for (let j = 0; j < columns; j++) row[j] = x[i * columns + j]! / scale[j]!
    for (let j = 0; j < columns; j++) {
      const xj = row[j]!
      if (xj === 0) continue
      score[j]! += weight * residual * xj
      const wx = w * xj
      const base = j * columns
      for (let k = 0; k <= j; k++) information[base + k]! += wx * row[k]!
    }
  }
  for (let j = 0; j < columns; j++) information[j * columns + j]! += (penalty?.[j] ?? 0) / scale[j]! ** 2
  return { information, score, deviance, objective: deviance }
}

function binomialDeviance(y: number, eta: number): number {
  if (y === 0) return 2 * log1pExp(eta)
  if (y === 1) return 2 * log1pExp(-eta)
  return 2 * (y * (Math.log(y) + log1pExp(-eta)) + (1 - y) * (Math.log1p(-y) + log1pExp(eta)))
}

function poissonDeviance(y: number, eta: number, expected: number): number {
  return 2 * (y === 0 ? expected : y * (Math.log(y) - eta) - (y - expected))
}

/** Halves the step until the objective is not above `limit`; undefined where no share of it helps. */
function improve(
  model: GeneralisedLinear,
  scale: Float64Array,
  eta: Float64Array,
  b: Float64Array,
  step: Float64Array,
  limit: number,
): { b: Float64Array; now: Pass } | undefined {
  let share = 1
  for (let tries = 0; tries < 40; tries++) {
    const next = b.map((value, j) => value + share * step[j]!)
    const now = at(model, scale, eta, next)
    if (now.objective <= limit) return { b: next, now }
    share /= 2
  }
  return undefined
}

/** Factor of the columns that count; a column with almost nothing of its own is aliased. */
function factorise(information: Float64Array, columns: number, known?: Uint8Array) {
  const factor = new Float64Array(columns * columns)
  const aliased = known ?? new Uint8Array(columns)
  let rank = 0
  for (let i = 0; i < columns; i++) {
    factor[i * columns + i] = 1
    if (known?.[i]) continue
    for (let j = 0; j <= i; j++) {
      if (aliased[j] && j < i) continue
      let rest = information[i * columns + j]!
      for (let k = 0; k < j; k++) rest -= factor[i * columns + k]! * factor[j * columns + k]!
      if (j < i) factor[i * columns + j] = rest / factor[j * columns + j]!
      else if (rest > 1e-11 * information[i * columns + i]! && rest > 0) {
        factor[i * columns + i] = Math.sqrt(rest)
        rank++
      } else {
        if (!known) aliased[i] = 1
        factor.fill(0, i * columns, i * columns + columns)
        factor[i * columns + i] = 1
      }
    }
  }
  return { factor, aliased, rank }
}

function solve(
  factor: Float64Array,
  columns: number,
  aliased: Uint8Array,
  score: Float64Array,
): Float64Array {
  const solved = choleskySolve(
    factor,
    columns,
    score.map((value, j) => (aliased[j] ? 0 : value)),
  )
  return solved.map((value, j) => (aliased[j] ? 0 : value))
}

function unscale(
  factor: Float64Array,
  columns: number,
  aliased: Uint8Array,
  scale: Float64Array,
): Float64Array {
  const inverse = choleskyInverse(factor, columns)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      inverse[i * columns + j] =
        aliased[i] || aliased[j] ? 0 : inverse[i * columns + j]! / (scale[i]! * scale[j]!)
    }
  }
  return inverse
}

function linearPredictor(
  { x, rows, columns, offset }: GeneralisedLinear,
  scale: Float64Array,
  eta: Float64Array,
  b: Float64Array,
): void {
  const slope = b.map((value, j) => value / scale[j]!)
  for (let i = 0; i < rows; i++) {
    let total = offset ? offset[i]! : 0
    for (let j = 0; j < columns; j++) total += x[i * columns + j]! * slope[j]!
    eta[i] = total
  }
}

function predict(
  model: GeneralisedLinear,
  scale: Float64Array,
  eta: Float64Array,
  b: Float64Array,
): Float64Array {
  linearPredictor(model, scale, eta, b)
  return eta.map((value) => (model.family === 'binomial' ? logistic(value) : Math.exp(value)))
}

/** Largest change of a linear predictor the step makes. */
function farthest(model: GeneralisedLinear, scale: Float64Array, step: Float64Array): number {
  const change = new Float64Array(model.rows)
  linearPredictor({ ...model, offset: undefined }, scale, change, step)
  let most = 0
  for (let i = 0; i < model.rows; i++) {
    if (!model.weights || model.weights[i]! > 0) most = Math.max(most, Math.abs(change[i]!))
  }
  return most
}

/** Root mean square of every column, so that the equations do not depend on units. */
function columnScale({ x, rows, columns }: GeneralisedLinear): Float64Array {
  const scale = new Float64Array(columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) scale[j]! += x[i * columns + j]! ** 2
  return scale.map((square) => Math.sqrt(square / rows) || 1)
}

function check({ x, y, rows, columns, family, weights, offset, penalty }: GeneralisedLinear): void {
  if (
    rows < 1 ||
    x.length !== rows * columns ||
    y.length !== rows ||
    (weights && weights.length !== rows) ||
    (offset && offset.length !== rows) ||
    (penalty && penalty.length !== columns)
  ) {
    throw new RangeError(
      'irls requires rows × columns numbers in x, one y per row and one penalty per column',
    )
  }
  for (let i = 0; i < x.length; i++)
    if (!Number.isFinite(x[i])) throw new RangeError('irls requires finite numbers in x')
  for (let i = 0; i < rows; i++) {
    const top = family === 'binomial' ? 1 : Number.MAX_VALUE
    if (!(y[i]! >= 0 && y[i]! <= top)) {
      throw new RangeError(
        'irls requires shares from 0 to 1 (binomial) or finite counts of at least 0 (poisson)',
      )
    }
    if (weights && !(weights[i]! >= 0 && weights[i]! < Infinity)) {
      throw new RangeError('irls requires finite weights that are not negative')
    }
    if (offset && !Number.isFinite(offset[i])) throw new RangeError('irls requires finite offsets')
  }
  for (let j = 0; penalty && j < columns; j++) {
    if (!(penalty[j]! >= 0 && penalty[j]! < Infinity))
      throw new RangeError('irls requires penalties that are not negative')
  }
}
