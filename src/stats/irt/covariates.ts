import { cholesky } from '../numeric/matrix.ts'
import { exactSum } from '../numeric/sum.ts'
import type { CalibrationInput } from './calibration.ts'

/** Covariates with mean 0 and standard deviation 1 over all people, which keeps the people where the nodes are. */
export interface Standardised {
  readonly columns: number
  /** persons × columns; empty without covariates */
  readonly values: Float64Array
  /** mean and standard deviation of each covariate as given */
  readonly means: Float64Array
  readonly sds: Float64Array
}

/** @throws RangeError for covariates that are not finite, do not vary, or say the same as others or as the groups */
export function standardise(
  covariates: CalibrationInput['covariates'],
  persons: number,
  groups: Int32Array,
  groupCount: number,
  weights: Float64Array | undefined,
): Standardised {
  const columns = covariates?.names.length ?? 0
  const values = new Float64Array(persons * columns)
  const means = new Float64Array(columns)
  const sds = new Float64Array(columns)
  if (covariates === undefined || columns === 0) return { columns, values, means, sds }
  if (covariates.values.length !== persons * columns || !covariates.values.every(Number.isFinite)) {
    throw new RangeError('calibrate requires a finite value of every covariate for each person')
  }
  const weight = (i: number): number => weights?.[i] ?? 1
  const total = exactSum(Float64Array.from({ length: persons }, (_, i) => weight(i)))
  for (let k = 0; k < columns; k++) {
    const given = Float64Array.from({ length: persons }, (_, i) => covariates.values[i * columns + k]!)
    const mean = exactSum(given.map((x, i) => weight(i) * x)) / total
    const sd = Math.sqrt(exactSum(given.map((x, i) => weight(i) * (x - mean) ** 2)) / total)
    if (!(sd > 1e-12 * Math.abs(mean))) {
      throw new RangeError(`calibrate requires covariates that vary, unlike ${covariates.names[k]}`)
    }
    means[k] = mean
    sds[k] = sd
    for (let i = 0; i < persons; i++) values[i * columns + k] = (given[i]! - mean) / sd
  }
  if (!independent(values, columns, persons, groups, groupCount, weight)) {
    throw new RangeError(
      'calibrate requires covariates that do not follow from each other or from the groups',
    )
  }
  return { columns, values, means, sds }
}

/** Whether no covariate is a linear combination of others within groups. */
function independent(
  values: Float64Array,
  columns: number,
  persons: number,
  groups: Int32Array,
  groupCount: number,
  weight: (i: number) => number,
): boolean {
  const people = new Float64Array(groupCount)
  const means = new Float64Array(groupCount * columns)
  for (let i = 0; i < persons; i++) {
    people[groups[i]!]! += weight(i)
    for (let k = 0; k < columns; k++) means[groups[i]! * columns + k]! += weight(i) * values[i * columns + k]!
  }
  const products = new Float64Array(columns * columns)
  for (let i = 0; i < persons; i++) {
    const g = groups[i]!
    for (let k = 0; k < columns; k++) {
      const x = values[i * columns + k]! - means[g * columns + k]! / people[g]!
      for (let l = 0; l <= k; l++) {
        products[k * columns + l]! +=
          weight(i) * x * (values[i * columns + l]! - means[g * columns + l]! / people[g]!)
      }
    }
  }
  const total = people.reduce((sum, x) => sum + x, 0)
  for (let k = 0; k < columns * columns; k++) products[k]! /= total
  // What is left of a covariate that follows from others is rounding: far below one millionth of its variance.
  for (let k = 0; k < columns; k++) products[k * columns + k]! -= 1e-9
  try {
    cholesky(products, columns)
    return true
  } catch {
    return false
  }
}
