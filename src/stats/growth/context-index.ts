import { leastSquares } from '../numeric/least-squares.ts'
import { weightedMean } from '../numeric/sum.ts'

/** The formula of a context index; kept as it is between refits, so that years compare. */
export interface ContextFormula {
  /** constant, then one for each context column */
  readonly coefficients: Float64Array
  /** persons' weighted mean and standard deviation of the predictions it was fitted to */
  readonly centre: number
  readonly spread: number
  /** share of the weighted variance of the means that the context explains, 0–1 */
  readonly explained: number
}

/**
 * Context index: what a unit's context alone lets expect of its mean result, on a scale of mean 1000 and
 * standard deviation 100 over persons.
 *
 * @param context  units × columns, row-major, without a constant; nothing missing
 * @param means    mean result of each unit
 * @param weights  persons of each unit, not negative
 * @throws         RangeError if units do not exceed columns by two, columns are linearly dependent or
 *                 constant, numbers are not finite, or the context predicts the same for all
 * @see            ACARA (2013), Guide to understanding ICSEA
 */
export function fitContextIndex({
  context,
  means,
  weights,
  units,
  columns,
}: {
  context: Float64Array
  means: ArrayLike<number>
  weights: ArrayLike<number>
  units: number
  columns: number
}): ContextFormula {
  const x = withConstant(context, units, columns)
  const counted = Array.from(weights).filter((w) => w > 0).length
  if (counted < columns + 2) throw new RangeError('a context index requires more units than context columns')
  const { coefficients, rank, residualSumOfSquares } = leastSquares({
    x,
    y: means,
    rows: units,
    columns: columns + 1,
    weights,
  })
  if (rank <= columns) {
    throw new RangeError('a context index requires context columns that differ and are linearly independent')
  }
  const predictions = predicted(x, coefficients, units)
  const centre = weightedMean(predictions, weights)
  const squares = weightedMean(
    predictions.map((p) => (p - centre) ** 2),
    weights,
  )
  if (!(squares > 1e-20 * (1 + centre * centre))) {
    throw new RangeError('a context index requires a context that is related to results')
  }
  const level = weightedMean(means, weights)
  const total = Array.from(means).reduce((sum, y, u) => sum + weights[u]! * (y - level) ** 2, 0)
  return { coefficients, centre, spread: Math.sqrt(squares), explained: 1 - residualSumOfSquares / total }
}

/**
 * The index of units, also of units and years the formula was not fitted to.
 * @returns one for each unit; 1000 = as the person on average, 100 = one standard deviation
 */
export function contextIndex(
  { coefficients, centre, spread }: ContextFormula,
  context: Float64Array,
  units: number,
): Float64Array {
  const x = withConstant(context, units, coefficients.length - 1)
  return predicted(x, coefficients, units).map((p) => 1000 + (100 * (p - centre)) / spread)
}

function withConstant(context: Float64Array, units: number, columns: number): Float64Array {
  if (context.length !== units * columns || columns < 1 || !context.every(Number.isFinite)) {
    throw new RangeError('a context index requires finite context of units × columns')
  }
  const x = new Float64Array(units * (columns + 1))
  for (let u = 0; u < units; u++) {
    x[u * (columns + 1)] = 1
    for (let j = 0; j < columns; j++) x[u * (columns + 1) + j + 1] = context[u * columns + j]!
  }
  return x
}

function predicted(x: Float64Array, coefficients: Float64Array, units: number): Float64Array {
  const wide = coefficients.length
  return Float64Array.from({ length: units }, (_, u) => {
    return coefficients.reduce((total, b, j) => total + b * x[u * wide + j]!, 0)
  })
}
