import { irls } from '../numeric/irls.ts'
import { logistic } from '../numeric/special.ts'

/** What a logistic model is fitted to. */
export interface LogisticData {
  /** rows × columns, row-major, without a constant column */
  readonly x: Float64Array
  /** 0 or 1 */
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** none negative; 1 if left out */
  readonly weights?: ArrayLike<number>
}

/** A fitted logistic model: plain numbers, so that it can be kept and used again. */
export interface LogisticModel {
  readonly intercept: number
  /** per unit of each column; 0 where the column says nothing */
  readonly coefficients: readonly number[]
  /** per standard deviation of each column */
  readonly standardised: readonly number[]
  /** mean and standard deviation (n − 1) of each column */
  readonly means: readonly number[]
  readonly sds: readonly number[]
  /** standard errors of intercept and coefficients; with a penalty those of the posterior */
  readonly standardErrors: readonly number[]
  readonly lambda: number
  readonly rows: number
  readonly events: number
  readonly deviance: number
  /** of the model without columns */
  readonly nullDeviance: number
  readonly converged: boolean
  readonly warnings: readonly string[]
}

/**
 * Logistic regression with a ridge penalty ½ λ Σ b² on coefficients of standardised columns; the intercept is free.
 *
 * @param lambda  0 is maximum likelihood; more draws coefficients towards 0 and keeps separation finite
 * @throws        RangeError if shapes do not fit, y is not 0 or 1, or all outcomes are the same: then there is
 *                nothing to tell apart
 * @see           Hoerl, Kennard (1970), Technometrics 12, 55–67; le Cessie, van Houwelingen (1992), Applied
 *                Statistics 41, 191–201
 */
export function fitLogistic({ x, y, rows, columns, weights }: LogisticData, lambda = 0): LogisticModel {
  if (!(lambda >= 0 && lambda < Infinity))
    throw new RangeError('fitLogistic requires a penalty that is not negative')
  const { events, total } = countEvents(y, rows, weights)
  const { means, sds } = columnMoments(x, rows, columns)
  const fit = irls({
    x,
    y,
    rows,
    columns,
    weights,
    family: 'binomial',
    intercept: true,
    penalty: sds.map((sd) => lambda * sd * sd),
  })
  const [intercept, ...coefficients] = fit.coefficients
  const size = columns + 1
  const share = events / total
  return {
    intercept: intercept!,
    coefficients,
    standardised: coefficients.map((b, j) => b * sds[j]!),
    means,
    sds,
    standardErrors: Array.from({ length: size }, (_, j) => Math.sqrt(fit.covariance[j * size + j]!)),
    lambda,
    rows,
    events,
    deviance: fit.deviance,
    nullDeviance: -2 * (events * Math.log(share) + (total - events) * Math.log1p(-share)),
    converged: fit.converged,
    warnings: [...fit.warnings, ...(fit.rank < size ? ['columns without information of their own'] : [])],
  }
}

type Predictor = Pick<LogisticModel, 'intercept' | 'coefficients'>

/** Probabilities for rows of the same columns. */
export function predictLogistic(model: Predictor, x: Float64Array, rows: number): Float64Array {
  const columns = model.coefficients.length
  if (x.length !== rows * columns)
    throw new RangeError('predictLogistic requires the columns the model was fitted to')
  return Float64Array.from({ length: rows }, (_, i) => {
    let logit = model.intercept
    for (let j = 0; j < columns; j++) logit += model.coefficients[j]! * x[i * columns + j]!
    if (!Number.isFinite(logit)) throw new RangeError('predictLogistic requires finite numbers')
    return logistic(logit)
  })
}

/** Why one person is where they are, on the logit scale: base plus contributions is the person's logit. */
export interface Contributions {
  /** logit of somebody with the mean of every column */
  readonly base: number
  /** b (x − mean) per column */
  readonly parts: readonly number[]
  readonly probability: number
}

/**
 * Additive contributions of the columns to one person's prediction.
 * @throws RangeError if the row does not have the model's columns or is not finite
 */
export function contributions(
  model: Pick<LogisticModel, 'intercept' | 'coefficients' | 'means'>,
  row: ArrayLike<number>,
): Contributions {
  if (row.length !== model.coefficients.length)
    throw new RangeError('contributions requires the columns of the model')
  const base = model.coefficients.reduce((logit, b, j) => logit + b * model.means[j]!, model.intercept)
  const parts = model.coefficients.map((b, j) => b * (row[j]! - model.means[j]!))
  const logit = parts.reduce((total, part) => total + part, base)
  if (!Number.isFinite(logit)) throw new RangeError('contributions requires finite numbers')
  return { base, parts, probability: logistic(logit) }
}

/** Indices of the columns that push a person's risk up and down most, strongest first. */
export function strongest(
  { parts }: Pick<Contributions, 'parts'>,
  count = 3,
): { up: number[]; down: number[] } {
  const order = parts.map((part, j) => ({ part, j })).sort((a, b) => b.part - a.part || a.j - b.j)
  return {
    up: order
      .filter(({ part }) => part > 0)
      .slice(0, count)
      .map(({ j }) => j),
    down: order
      .filter(({ part }) => part < 0)
      .reverse()
      .slice(0, count)
      .map(({ j }) => j),
  }
}

function countEvents(y: ArrayLike<number>, rows: number, weights?: ArrayLike<number>) {
  let events = 0
  let total = 0
  for (let i = 0; i < rows; i++) {
    if (y[i] !== 0 && y[i] !== 1) throw new RangeError('fitLogistic requires outcomes of 0 or 1')
    const weight = weights ? weights[i]! : 1
    events += weight * y[i]!
    total += weight
  }
  if (!(events > 0 && events < total))
    throw new RangeError('fitLogistic requires events as well as non-events')
  return { events, total }
}

function columnMoments(x: Float64Array, rows: number, columns: number): { means: number[]; sds: number[] } {
  const means = new Array<number>(columns).fill(0)
  const squares = new Array<number>(columns).fill(0)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) means[j]! += x[i * columns + j]! / rows
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) squares[j]! += (x[i * columns + j]! - means[j]!) ** 2
  return { means, sds: squares.map((square) => Math.sqrt(square / Math.max(1, rows - 1))) }
}
