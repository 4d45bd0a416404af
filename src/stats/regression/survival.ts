import { fitLogistic, type LogisticModel, predictLogistic } from './logistic.ts'

/** Persons observed over whole periods. */
export interface PersonPeriods {
  /** per row: whose it is */
  readonly person: Int32Array
  /** per row: which period of that person, from 1 */
  readonly period: Int32Array
  /** per row: 1 if the event happened in it */
  readonly y: Uint8Array
  readonly rows: number
}

/**
 * One row per person and period at risk: what the hazard model is fitted to.
 *
 * @param durations  last period observed, per person, 1, 2, …
 * @param happened   whether the event happened in it; otherwise the person is censored after it
 * @param entry      first period observed, 1 if left out (later for those who join late)
 * @throws           RangeError unless 1 ≤ entry ≤ duration, whole
 */
export function personPeriods(
  durations: ArrayLike<number>,
  happened: ArrayLike<boolean>,
  entry?: ArrayLike<number>,
): PersonPeriods {
  const persons = durations.length
  let rows = 0
  for (let i = 0; i < persons; i++) {
    const from = entry ? entry[i]! : 1
    if (
      !Number.isSafeInteger(durations[i]) ||
      !Number.isSafeInteger(from) ||
      from < 1 ||
      durations[i]! < from
    ) {
      throw new RangeError('personPeriods requires whole periods with 1 ≤ entry ≤ duration')
    }
    rows += durations[i]! - from + 1
  }
  const person = new Int32Array(rows)
  const period = new Int32Array(rows)
  const y = new Uint8Array(rows)
  let row = 0
  for (let i = 0; i < persons; i++) {
    for (let t = entry ? entry[i]! : 1; t <= durations[i]!; t++, row++) {
      person[row] = i
      period[row] = t
    }
    y[row - 1] = happened[i] ? 1 : 0
  }
  return { person, period, y, rows }
}

/** A discrete-time hazard model: a logistic model whose first columns say which period it is. */
export interface HazardModel {
  /** periods with an effect of their own; the first of them is the baseline of the intercept */
  readonly periods: readonly number[]
  readonly logistic: LogisticModel
}

/**
 * Discrete-time hazard: logit h(person, period) = a(period) + b x, by (penalised) logistic regression over rows of
 * persons and periods.
 *
 * @param x       rows × columns in the order of the rows; values may change from period to period
 * @param lambda  penalty on standardised columns, the period effects included; 0 if left out
 * @throws        RangeError if shapes do not fit or there are no events
 * @see           Singer, Willett (1993), Journal of Educational Statistics 18, 155–195
 */
export function fitHazard(
  { period, y, rows }: Pick<PersonPeriods, 'period' | 'y' | 'rows'>,
  x: Float64Array,
  columns: number,
  lambda = 0,
): HazardModel {
  if (x.length !== rows * columns) throw new RangeError('fitHazard requires columns for each row')
  const periods = [...new Set(period)].sort((a, b) => a - b)
  const data = withPeriods(periods, period, x, columns, rows)
  return { periods, logistic: fitLogistic({ ...data, y, rows }, lambda) }
}

/**
 * Hazards for rows of persons and periods.
 * @throws RangeError for a period the model has not seen
 */
export function predictHazard(model: HazardModel, period: ArrayLike<number>, x: Float64Array): Float64Array {
  const rows = period.length
  const columns = model.logistic.coefficients.length - model.periods.length + 1
  for (let i = 0; i < rows; i++) {
    if (!model.periods.includes(period[i]!))
      throw new RangeError('predictHazard requires periods the model has seen')
  }
  if (x.length !== rows * columns)
    throw new RangeError('predictHazard requires the columns of the model for each row')
  return predictLogistic(model.logistic, withPeriods(model.periods, period, x, columns, rows).x, rows)
}

/**
 * Chance that the event happens in any of several periods: 1 − Π (1 − h).
 * @throws RangeError if a hazard is outside 0–1
 */
export function cumulativeRisk(hazards: ArrayLike<number>): number {
  let log = 0
  for (let i = 0; i < hazards.length; i++) {
    if (!(hazards[i]! >= 0 && hazards[i]! <= 1))
      throw new RangeError('cumulativeRisk requires hazards from 0 to 1')
    log += Math.log1p(-hazards[i]!)
  }
  return 0 - Math.expm1(log)
}

/** Columns of x after one column of 0 and 1 for each period but the first. */
function withPeriods(
  periods: readonly number[],
  period: ArrayLike<number>,
  x: Float64Array,
  columns: number,
  rows: number,
): { x: Float64Array; columns: number } {
  const dummies = periods.length - 1
  const all = new Float64Array(rows * (dummies + columns))
  for (let i = 0; i < rows; i++) {
    const at = periods.indexOf(period[i]!)
    if (at > 0) all[i * (dummies + columns) + at - 1] = 1
    for (let j = 0; j < columns; j++) all[i * (dummies + columns) + dummies + j] = x[i * columns + j]!
  }
  return { x: all, columns: dummies + columns }
}
