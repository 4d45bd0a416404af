export interface AccuracyInput {
  /** n values that came true */
  readonly actual: ArrayLike<number>
  /** n forecasts of them */
  readonly forecast: ArrayLike<number>
  /** values known when the forecast was made, in order of time: scale of MASE; default: no MASE */
  readonly train?: ArrayLike<number>
  /** n lower and upper ends of intervals of the given coverage, e.g. 0.9 */
  readonly interval?: {
    readonly low: ArrayLike<number>
    readonly high: ArrayLike<number>
    readonly level: number
  }
}

/** How good forecasts were. Measures that divide by 0 for these data are undefined. */
export interface Accuracy {
  /** mean of actual − forecast, in the unit of the values; below 0: forecast too high */
  readonly meanError: number
  readonly meanAbsoluteError: number
  readonly rootMeanSquaredError: number
  /** mean of |error| ÷ |actual|, as a share; undefined when an actual value is 0 */
  readonly mape: number | undefined
  /** mean of 2 |error| ÷ (|actual| + |forecast|), as a share; 0 where both are 0 */
  readonly symmetricMape: number
  /** Σ |error| ÷ Σ |actual|, as a share: for small cells; undefined when all actual values are 0 */
  readonly wape: number | undefined
  /** mean |error| ÷ mean |change from one value to the next| in the training values; below 1 beats "as last year" */
  readonly mase: number | undefined
  /** share of actual values inside their interval */
  readonly coverage: number | undefined
  /** mean interval (Winkler) score: width + 2/(1 − level) × distance outside; smaller is better */
  readonly intervalScore: number | undefined
}

/**
 * Accuracy of forecasts against what came true.
 *
 * @throws  RangeError if there is no value, lengths differ, a number is not finite or an interval is upside down
 * @see     Hyndman, Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.8; Gneiting, Raftery (2007), JASA 102, 359–378
 */
export function forecastAccuracy({ actual, forecast, train, interval }: AccuracyInput): Accuracy {
  const n = actual.length
  if (n === 0 || forecast.length !== n)
    throw new RangeError('forecastAccuracy requires one forecast for every value')
  requireFinite(actual, forecast, train ?? [])
  let error = 0
  let absolute = 0
  let square = 0
  let relative = 0
  let symmetric = 0
  let size = 0
  for (let t = 0; t < n; t++) {
    const e = actual[t]! - forecast[t]!
    const both = Math.abs(actual[t]!) + Math.abs(forecast[t]!)
    error += e
    absolute += Math.abs(e)
    square += e * e
    relative += Math.abs(e) / Math.abs(actual[t]!)
    symmetric += both > 0 ? (2 * Math.abs(e)) / both : 0
    size += Math.abs(actual[t]!)
  }
  let naive = 0
  if (train)
    for (let t = 1; t < train.length; t++) naive += Math.abs(train[t]! - train[t - 1]!) / (train.length - 1)
  return {
    meanError: error / n,
    meanAbsoluteError: absolute / n,
    rootMeanSquaredError: Math.sqrt(square / n),
    mape: Number.isFinite(relative) ? relative / n : undefined,
    symmetricMape: symmetric / n,
    wape: size > 0 ? absolute / size : undefined,
    mase: naive > 0 ? absolute / n / naive : undefined,
    ...intervalAccuracy(actual, interval),
  }
}

function intervalAccuracy(actual: ArrayLike<number>, interval: AccuracyInput['interval']) {
  if (!interval) return { coverage: undefined, intervalScore: undefined }
  const { low, high, level } = interval
  const n = actual.length
  if (low.length !== n || high.length !== n || !(level > 0 && level < 1)) {
    throw new RangeError(
      'forecastAccuracy requires one interval for every value and a coverage between 0 and 1',
    )
  }
  requireFinite(low, high)
  let inside = 0
  let score = 0
  for (let t = 0; t < n; t++) {
    if (low[t]! > high[t]!)
      throw new RangeError('forecastAccuracy requires intervals with the lower end first')
    const outside = Math.max(0, low[t]! - actual[t]!, actual[t]! - high[t]!)
    if (outside === 0) inside++
    score += high[t]! - low[t]! + (2 / (1 - level)) * outside
  }
  return { coverage: inside / n, intervalScore: score / n }
}

function requireFinite(...lists: ArrayLike<number>[]) {
  for (const list of lists) {
    for (let t = 0; t < list.length; t++) {
      if (!Number.isFinite(list[t])) throw new RangeError('forecastAccuracy requires finite numbers')
    }
  }
}
