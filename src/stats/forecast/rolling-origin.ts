import { quantile } from '#stats/numeric/quantile.ts'
import { type Accuracy, forecastAccuracy } from './accuracy.ts'

/** A way of forecasting: from the values known so far to the next `leads` values. */
export type Forecaster = (known: Float64Array, leads: number) => ArrayLike<number>

/** What back-testing shows for one lead time. */
export interface LeadAccuracy extends Accuracy {
  /** years ahead, from 1 */
  readonly lead: number
  /** forecasts tested */
  readonly tested: number
  /** actual ÷ forecast of each, in order of origins; forecasts of 0 are left out */
  readonly ratios: Float64Array
}

/**
 * Back-test with rolling origin: stands at each past year in turn, forecasts with what was known then, and
 * compares with what came. The honest answer to "how far off will this be?".
 *
 * @param series       values in order of time
 * @param firstOrigin  values known at the first origin, at least 1
 * @param leads        years ahead, at least 1
 * @returns            one entry per lead that could be tested
 * @throws             RangeError if no forecast can be tested or a forecast is not finite
 */
export function rollingOrigin(
  series: ArrayLike<number>,
  firstOrigin: number,
  leads: number,
  forecaster: Forecaster,
): LeadAccuracy[] {
  const values = Float64Array.from(series)
  if (!(Number.isInteger(firstOrigin) && firstOrigin >= 1 && Number.isInteger(leads) && leads >= 1)) {
    throw new RangeError('rollingOrigin requires whole numbers of 1 or more for first origin and leads')
  }
  if (firstOrigin >= values.length)
    throw new RangeError('rollingOrigin requires values after the first origin')
  const pairs = Array.from({ length: leads }, () => ({ actual: [] as number[], forecast: [] as number[] }))
  for (let origin = firstOrigin; origin < values.length; origin++) {
    const ahead = forecaster(values.slice(0, origin), leads)
    if (ahead.length < leads) throw new RangeError('rollingOrigin requires a forecast for every lead')
    for (let lead = 0; lead < leads && origin + lead < values.length; lead++) {
      pairs[lead]!.actual.push(values[origin + lead]!)
      pairs[lead]!.forecast.push(ahead[lead]!)
    }
  }
  const train = values.slice(0, firstOrigin)
  return pairs.flatMap(({ actual, forecast }, lead) => {
    if (actual.length === 0) return []
    const ratios = actual.map((value, at) => value / forecast[at]!).filter(Number.isFinite)
    const accuracy = forecastAccuracy({ actual, forecast, train })
    return [{ lead: lead + 1, tested: actual.length, ratios: Float64Array.from(ratios), ...accuracy }]
  })
}

/**
 * Interval of a new forecast from the errors of old ones at the same lead: the forecast times the quantiles
 * of actual ÷ forecast.
 *
 * @param ratios  at least 5, best pooled over units of similar size (see `rollingOrigin`)
 * @param level   coverage, e.g. 0.8; above 0, below 1
 * @throws        RangeError if there are fewer than 5 ratios or the level is out of range
 */
export function intervalFromErrors(forecast: number, ratios: ArrayLike<number>, level: number) {
  if (ratios.length < 5) throw new RangeError('intervalFromErrors requires five or more earlier errors')
  if (!Number.isFinite(forecast) || !(level > 0 && level < 1)) {
    throw new RangeError('intervalFromErrors requires a finite forecast and a level between 0 and 1')
  }
  const sorted = Float64Array.from(ratios).sort()
  const ends = [quantile(sorted, (1 - level) / 2) * forecast, quantile(sorted, (1 + level) / 2) * forecast]
  return { low: Math.min(...ends), high: Math.max(...ends) }
}
