import { irls } from '#stats/numeric/irls.ts'
import { leastSquares } from '#stats/numeric/least-squares.ts'
import { cholesky, choleskyInverse } from '#stats/numeric/matrix.ts'

/** How covariates are used: both ways, by weighting alone, by regression alone. */
export type ChangeMethod = 'doubly robust' | 'weighting' | 'regression'

export interface ChangeInput {
  /** m changes of the outcome */
  readonly change: Float64Array
  /** m marks: 1 treated, 0 control */
  readonly treated: Uint8Array
  /** m × columns, row-major, a constant first */
  readonly x: Float64Array
  readonly columns: number
  readonly weights: Float64Array
  readonly method: ChangeMethod
}

/** Effect on the treated and, per unit, its influence on it (mean 0; variance of the effect = Σ influence² / m²). */
export interface ChangeEffect {
  readonly effect: number
  readonly influence: Float64Array
}

/** Propensities above this leave no control to compare with. */
const NO_OVERLAP = 0.999

/**
 * Average effect on the treated from changes between two periods, given covariates (Sant'Anna and Zhao).
 *
 * @returns  undefined when treated and controls cannot be compared: perfect separation, a propensity above
 *           .999, or too few controls for the regression
 * @see      Sant'Anna, Zhao (2020), Journal of Econometrics 219, 101–122, https://doi.org/10.1016/j.jeconom.2020.06.003
 */
export function effectOfChange(input: ChangeInput): ChangeEffect | undefined {
  const { change, treated, x, columns, weights, method } = input
  const m = change.length
  const propensity = method === 'regression' ? undefined : propensityOf(input)
  const line = method === 'weighting' ? undefined : controlLine(input)
  if ((method !== 'regression' && !propensity) || (method !== 'weighting' && !line)) return undefined
  // What controls with the same covariates did, and how much each control counts.
  const expected = line?.fitted ?? new Float64Array(m)
  const treatedWeight = weights.map((w, i) => (treated[i] ? w : 0))
  const controlWeight = weights.map((w, i) => {
    if (!propensity) return treated[i] ? w : 0
    return treated[i] ? 0 : (w * propensity.fitted[i]!) / (1 - propensity.fitted[i]!)
  })
  // The regression alone compares the treated with their own expected change.
  const controlValue = propensity ? change.map((d, i) => d - expected[i]!) : expected
  const treatedValue = propensity ? controlValue : change
  const first = weightedMeanOf(treatedValue, treatedWeight)
  const second = weightedMeanOf(controlValue, controlWeight)
  const influence = new Float64Array(m)
  for (let i = 0; i < m; i++) {
    influence[i] =
      (treatedWeight[i]! * (treatedValue[i]! - first.mean)) / first.size -
      (controlWeight[i]! * (controlValue[i]! - second.mean)) / second.size
  }
  if (propensity) {
    const moment = columnMeans(
      x,
      columns,
      controlWeight.map((w, i) => w * (controlValue[i]! - second.mean)),
    )
    addTerm(influence, propensity.influence, columns, moment, -1 / second.size)
  }
  if (line) {
    const onControls = columnMeans(x, columns, controlWeight)
    addTerm(influence, line.influence, columns, onControls, propensity ? 1 / second.size : -1 / second.size)
    if (propensity)
      addTerm(influence, line.influence, columns, columnMeans(x, columns, treatedWeight), -1 / first.size)
  }
  return { effect: first.mean - second.mean, influence }
}

/** Σwv / Σw, and Σw / m. */
function weightedMeanOf(values: Float64Array, weights: Float64Array) {
  let total = 0
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!
    sum += weights[i]! * values[i]!
  }
  return { mean: sum / total, size: total / values.length }
}

/** Means over units of weight × column. */
function columnMeans(x: Float64Array, columns: number, weights: Float64Array): Float64Array {
  const means = new Float64Array(columns)
  for (let i = 0; i < weights.length; i++) {
    for (let j = 0; j < columns; j++) means[j]! += (weights[i]! * x[i * columns + j]!) / weights.length
  }
  return means
}

/** Adds factor × (rows of `table` · moment). */
function addTerm(
  influence: Float64Array,
  table: Float64Array,
  columns: number,
  moment: Float64Array,
  factor: number,
) {
  for (let i = 0; i < influence.length; i++) {
    let product = 0
    for (let j = 0; j < columns; j++) product += table[i * columns + j]! * moment[j]!
    influence[i]! += factor * product
  }
}

/** Logistic propensity and the influence of each unit on its coefficients. */
function propensityOf({ treated, x, columns, weights }: ChangeInput) {
  const rows = treated.length
  const found = irls({ x, y: treated, rows, columns, weights, family: 'binomial' })
  const extreme = found.fitted.some((p, i) => !treated[i] && p > NO_OVERLAP)
  if (!found.converged || found.rank < columns || extreme) return undefined
  const score = (i: number) => weights[i]! * (treated[i]! - found.fitted[i]!)
  return { fitted: found.fitted, influence: influenceOf(x, columns, score, found.covariance, rows) }
}

/** Line through the changes of the controls and the influence of each unit on its coefficients. */
function controlLine({ change, treated, x, columns, weights }: ChangeInput) {
  const rows = treated.length
  const control = weights.map((w, i) => (treated[i] ? 0 : w))
  const { coefficients, rank } = leastSquares({ x, y: change, rows, columns, weights: control })
  if (rank < columns) return undefined
  const fitted = new Float64Array(rows)
  const gram = new Float64Array(columns * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      fitted[i]! += x[i * columns + j]! * coefficients[j]!
      for (let l = 0; l < columns; l++)
        gram[j * columns + l]! += control[i]! * x[i * columns + j]! * x[i * columns + l]!
    }
  }
  const inverse = choleskyInverse(cholesky(gram, columns), columns)
  const score = (i: number) => control[i]! * (change[i]! - fitted[i]!)
  return { fitted, influence: influenceOf(x, columns, score, inverse, rows) }
}

/** rows × columns: rows × inverse · x_i score_i, i.e. influence on the coefficients at the scale of means. */
function influenceOf(
  x: Float64Array,
  columns: number,
  score: (i: number) => number,
  inverse: Float64Array,
  rows: number,
) {
  const table = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const pull = rows * score(i)
    if (pull === 0) continue
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let l = 0; l < columns; l++) sum += inverse[j * columns + l]! * x[i * columns + l]!
      table[i * columns + j] = pull * sum
    }
  }
  return table
}
