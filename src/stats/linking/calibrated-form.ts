import type { Calibration, ParameterName } from '../irt/index.ts'
import { itemVector } from './item-vector.ts'
import type { CalibratedForm } from './link-scales.ts'

/**
 * A calibration as a form to be linked: its items, and the covariance of their parameters in the order of
 * `itemVector`, with 0 for what was not estimated. The population of the calibration (N(0, 1) by default) defines the
 * scale of the form.
 */
export function calibratedForm({ items: all, covariance }: Calibration): CalibratedForm {
  // An item that nobody answered, or all alike, has no parameters to link by.
  const kept = all.flatMap(({ scores }, column) => (scores.length < 2 ? [] : [column]))
  const items = kept.map((column) => all[column]!)
  if (covariance === null) return { items }
  const { at, values } = itemVector(items)
  const places = covariance.names.map((name) => placeOf(name, kept, at))
  const size = values.length
  const whole = new Float64Array(size * size)
  places.forEach((row, i) => {
    if (row === null) return
    places.forEach((column, j) => {
      if (column !== null) whole[row * size + column] = covariance.matrix[i * places.length + j]!
    })
  })
  return { items, covariance: whole }
}

/** Place of a parameter in the vector of the items; null for a parameter of the population. */
function placeOf(name: ParameterName, kept: readonly number[], at: readonly number[]): number | null {
  if (!('item' in name)) return null
  const item = kept.indexOf(name.item)
  if (name.kind === 'slope') return at[item]!
  return name.kind === 'intercept' ? at[item]! + 1 + name.step : at[item + 1]! - 1
}
