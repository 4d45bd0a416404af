import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { forecastAccuracy } from './accuracy.ts'
import { intervalFromErrors, rollingOrigin } from './rolling-origin.ts'
import { shapley } from './shapley.ts'

agreement('agrees with the definitions of Hyndman, Gneiting and Raftery computed apart', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: Record<'train' | 'actual' | 'forecast' | 'lo90' | 'hi90', number[]>
    expected: Record<
      'ME' | 'MAE' | 'RMSE' | 'MAPE' | 'sMAPE' | 'WAPE' | 'MASE' | 'coverage' | 'mean_interval_score',
      number
    >
    tolerance: number
  }>('methods/04_forecast_accuracy.json')
  const found = forecastAccuracy({
    actual: inputs.actual,
    forecast: inputs.forecast,
    train: inputs.train,
    interval: { low: inputs.lo90, high: inputs.hi90, level: 0.9 },
  })
  const close = (a: number | undefined, b: number) => expect(Math.abs(a! - b)).toBeLessThan(tolerance)
  close(found.meanError, expected.ME)
  close(found.meanAbsoluteError, expected.MAE)
  close(found.rootMeanSquaredError, expected.RMSE)
  close(100 * found.mape!, expected.MAPE)
  close(100 * found.symmetricMape, expected.sMAPE)
  close(100 * found.wape!, expected.WAPE)
  close(found.mase, expected.MASE)
  close(found.coverage, expected.coverage)
  close(found.intervalScore, expected.mean_interval_score)
})

const values = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 12 })
test('relative measures do not depend on the unit, absolute ones follow it', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 9 }), (actual, factor) => {
      const forecast = actual.map((x, at) => x + ((at * 7) % 5))
      const train = actual.toReversed()
      const one = forecastAccuracy({ actual, forecast, train })
      const other = forecastAccuracy({
        actual: actual.map((x) => factor * x),
        forecast: forecast.map((x) => factor * x),
        train: train.map((x) => factor * x),
      })
      expect(other.meanAbsoluteError).toBeCloseTo(factor * one.meanAbsoluteError, 6)
      expect(other.mape).toBeCloseTo(one.mape!, 9)
      expect(other.wape).toBeCloseTo(one.wape!, 9)
      if (one.mase !== undefined) expect(other.mase).toBeCloseTo(one.mase, 9)
      expect(one.rootMeanSquaredError).toBeGreaterThanOrEqual(one.meanAbsoluteError - 1e-9)
    }),
  )
})
test('a value of 0 leaves the percentage error undefined, a series without change the scaled one', () => {
  const found = forecastAccuracy({ actual: [0, 10], forecast: [0, 12], train: [5, 5, 5] })
  expect(found.mape).toBeUndefined()
  expect(found.symmetricMape).toBeCloseTo(1 / 11, 12)
  expect(found.wape).toBeCloseTo(0.2, 12)
  expect(found.mase).toBeUndefined()
  expect(forecastAccuracy({ actual: [0], forecast: [1] }).wape).toBeUndefined()
})
test('a back-test knows only what was known then, and "as last year" has the errors of the yearly change', () => {
  const series = [100, 110, 105, 120]
  const seen: number[][] = []
  const tested = rollingOrigin(series, 2, 2, (known, leads) => {
    seen.push([...known])
    return new Array(leads).fill(known.at(-1))
  })
  expect(seen).toEqual([
    [100, 110],
    [100, 110, 105],
  ])
  expect(tested.map((row) => [row.lead, row.tested])).toEqual([
    [1, 2],
    [2, 1],
  ])
  expect(tested[0]!.meanAbsoluteError).toBe((5 + 15) / 2)
  expect([...tested[1]!.ratios]).toEqual([120 / 110])
})
test('an interval from earlier errors covers the share of them that it says', () => {
  const ratios = Array.from({ length: 101 }, (_, i) => 0.9 + 0.002 * i)
  const { low, high } = intervalFromErrors(200, ratios, 0.8)
  expect(low).toBeCloseTo(200 * 0.92, 9)
  expect(high).toBeCloseTo(200 * 1.08, 9)
})
test('the parts of a change sum to it, a thing without effect gets none, and equals get the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 8 }), (table) => {
      // The third thing changes nothing.
      const parts = shapley(4, (on) => table[(on & 3) | ((on & 8) >> 1)]!)
      expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(table[7]! - table[0]!, 9)
      expect(parts[2]).toBeCloseTo(0, 12)
      const even = shapley(2, (on) => (on === 3 ? table[1]! : on === 0 ? table[0]! : table[2]!))
      expect(even[0]).toBeCloseTo(even[1]!, 9)
    }),
  )
})
test('no values, unequal lengths, upside-down intervals, too few errors and too many things are refused', () => {
  expect(() => forecastAccuracy({ actual: [], forecast: [] })).toThrow(/one forecast for every value/)
  expect(() => forecastAccuracy({ actual: [1], forecast: [Number.NaN] })).toThrow(/finite/)
  const interval = { low: [2], high: [1], level: 0.9 }
  expect(() => forecastAccuracy({ actual: [1], forecast: [1], interval })).toThrow(/lower end first/)
  expect(() => intervalFromErrors(1, [1, 1], 0.8)).toThrow(/five or more/)
  expect(() => rollingOrigin([1, 2], 2, 1, () => [1])).toThrow(/after the first origin/)
  expect(() => rollingOrigin([1, 2], 1, 1, () => [])).toThrow(/every lead/)
  expect(() => shapley(13, () => 0)).toThrow(/1 to 12/)
  expect(() => shapley(1, () => Number.NaN)).toThrow(/finite/)
})
