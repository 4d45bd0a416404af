import { type Frame, frameOf, linearPredictor, type Pass, passAt, startingPass } from './irls-pass.ts'
import { choleskyInverse, choleskySolve } from './matrix.ts'
import { logistic } from './special.ts'

/** What a generalised linear model is fitted to. */
export interface GeneralisedLinear {
  /** rows × columns, row-major */
  readonly x: Float64Array
  /** binomial: a share 0–1 (0 or 1 for single trials); poisson: a count ≥ 0 */
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** binomial with logit link, or poisson with log link */
  readonly family: 'binomial' | 'poisson'
  /** case weights or numbers of trials, none negative; 1 if left out */
  readonly weights?: ArrayLike<number>
  /** true: a constant stands before the columns of x, unpenalised and without taking memory */
  readonly intercept?: boolean
  /** added to the linear predictor of each row; 0 if left out */
  readonly offset?: ArrayLike<number>
  /** λ per column of x: ½ λ b² is added to the negative log-likelihood; 0 if left out */
  readonly penalty?: ArrayLike<number>
  readonly tolerance?: number
  readonly maximumIterations?: number
}

/** A fitted generalised linear model. */
export interface GeneralisedLinearFit {
  /** one per column of x, after the intercept if there is one; 0 for an aliased column */
  readonly coefficients: Float64Array
  /** inverse of the (penalised) information, square in the number of coefficients; 0 for aliased columns */
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
  const { rows, tolerance = 1e-12, maximumIterations = 100 } = model
  const frame = frameOf(model)
  const { size } = frame
  const eta = new Float64Array(rows)
  const start = startingPass(model, frame)
  const { factor, aliased, rank } = factorise(start.information, size)
  let b: Float64Array = solve(factor, size, aliased, start.score)
  let now = passAt(model, frame, eta, b)
  if (!Number.isFinite(now.objective)) {
    b = new Float64Array(size)
    now = passAt(model, frame, eta, b)
  }
  let converged = false
  let separated = false
  let iterations = 1
  for (; iterations < maximumIterations && !converged && !separated; iterations++) {
    const information = factorise(now.information, size, aliased)
    if (information.rank < rank) {
      separated = true // weights have died out along some direction
      break
    }
    const step = solve(information.factor, size, aliased, now.score)
    let promised = 0
    for (let j = 0; j < size; j++) promised += step[j]! * now.score[j]!
    const small = promised <= tolerance * (Math.abs(now.objective) + 0.1)
    // With a finite maximum a worthless step is a short one; where it still moves predictions, there is none.
    if (small && farthest(model, frame, step) > 0.05) separated = true
    // The last step doubles the digits of b; what it wins may be less than the rounding of the objective.
    const slack = small ? 1e-9 * (Math.abs(now.objective) + 0.1) : 0
    const next = improve(model, frame, eta, b, step, now.objective + slack)
    if (!next) {
      converged = small
      if (!small) break
    } else {
      b = next.b
      now = next.now
      converged = small && !separated
    }
  }
  const final = factorise(now.information, size, aliased)
  linearPredictor(model, frame, eta, b)
  return {
    coefficients: outside(frame, b),
    covariance: covarianceOutside(frame, final.rank < rank ? factor : final.factor, aliased),
    deviance: now.deviance,
    fitted: eta.map((value) => (model.family === 'binomial' ? logistic(value) : Math.exp(value))),
    iterations,
    converged,
    rank,
    aliased,
    warnings: separated ? ['separation'] : converged ? [] : ['iteration limit'],
  }
}

/** Halves the step until the objective is not above `limit`; undefined where no share of it helps. */
function improve(
  model: GeneralisedLinear,
  frame: Frame,
  eta: Float64Array,
  b: Float64Array,
  step: Float64Array,
  limit: number,
): { b: Float64Array; now: Pass } | undefined {
  let share = 1
  for (let tries = 0; tries < 40; tries++) {
    const next = b.map((value, j) => value + share * step[j]!)
    const now = passAt(model, frame, eta, next)
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

/** Coefficients in the units of x. */
function outside({ size, first, shift, scale }: Frame, b: Float64Array): Float64Array {
  const coefficients = Float64Array.from(b, (value, j) => (scale[j] === 0 ? 0 : value / scale[j]!))
  if (first) for (let j = 1; j < size; j++) coefficients[0]! -= coefficients[j]! * shift[j]!
  return coefficients
}

/** Covariance of the coefficients in the units of x. */
function covarianceOutside({ size, first, shift, scale }: Frame, factor: Float64Array, aliased: Uint8Array) {
  const covariance = choleskyInverse(factor, size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const out = aliased[i] || aliased[j]
      covariance[i * size + j] = out ? 0 : covariance[i * size + j]! / (scale[i]! * scale[j]!)
    }
  }
  if (!first) return covariance
  // The intercept moves with every shift: first its row, then its column.
  for (let k = 1; k < size; k++) {
    for (let j = 0; j < size; j++) covariance[j]! -= shift[k]! * covariance[k * size + j]!
  }
  for (let k = 1; k < size; k++) {
    covariance[0]! -= shift[k]! * covariance[k]!
  }
  for (let j = 1; j < size; j++) covariance[j * size] = covariance[j]!
  return covariance
}

/** Largest change of a linear predictor the step makes. */
function farthest(model: GeneralisedLinear, frame: Frame, step: Float64Array): number {
  const change = new Float64Array(model.rows)
  linearPredictor({ ...model, offset: undefined }, frame, change, step)
  let most = 0
  for (let i = 0; i < model.rows; i++) {
    if (!model.weights || model.weights[i]! > 0) most = Math.max(most, Math.abs(change[i]!))
  }
  return most
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
