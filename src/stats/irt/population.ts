import type { Quadrature } from '../numeric/quadrature.ts'
import { normalPrior } from './prior-classes.ts'

/**
 * Where the people come from: ability is normal with the mean of their group plus covariates × coefficients, and the
 * variance of their group. People with the same group and covariates share a prior: a class.
 */
export interface Population {
  readonly groups: number
  /** number of covariates */
  readonly columns: number
  /** class → group */
  readonly groupOf: Int32Array
  /** classes × columns */
  readonly covariates: Float64Array
  /** person → class */
  readonly classOf: Int32Array
}

/** The classes of these people, in an order that does not depend on the order of the people. */
export function classify(
  persons: number,
  groups: Int32Array,
  groupCount: number,
  covariates: Float64Array,
  columns: number,
): Population {
  if (columns === 0) {
    return {
      groups: groupCount,
      columns: 0,
      groupOf: Int32Array.from({ length: groupCount }, (_, g) => g),
      covariates: new Float64Array(0),
      classOf: groups,
    }
  }
  const compare = (a: number, b: number): number => {
    if (groups[a] !== groups[b]) return groups[a]! - groups[b]!
    for (let k = 0; k < columns; k++) {
      const apart = covariates[a * columns + k]! - covariates[b * columns + k]!
      if (apart !== 0) return apart
    }
    return 0
  }
  const order = Int32Array.from({ length: persons }, (_, i) => i).sort(compare)
  const classOf = new Int32Array(persons)
  const members: number[] = []
  for (const i of order) {
    if (members.length === 0 || compare(members.at(-1)!, i) !== 0) members.push(i)
    classOf[i] = members.length - 1
  }
  const rows = new Float64Array(members.length * columns)
  members.forEach((i, c) => {
    rows.set(covariates.subarray(i * columns, (i + 1) * columns), c * columns)
  })
  return {
    groups: groupCount,
    columns,
    groupOf: Int32Array.from(members, (i) => groups[i]!),
    covariates: rows,
    classOf,
  }
}

/** Mean of the prior of a class. Parameters from `at`: means of groups, logarithms of their sds, coefficients. */
export function priorMean(population: Population, values: Float64Array, at: number, c: number): number {
  let mean = values[at + population.groupOf[c]!]!
  for (let k = 0; k < population.columns; k++) {
    mean += population.covariates[c * population.columns + k]! * values[at + 2 * population.groups + k]!
  }
  return mean
}

export function priorSd(population: Population, values: Float64Array, at: number, c: number): number {
  return Math.exp(values[at + population.groups + population.groupOf[c]!]!)
}

/**
 * Prior of every class at every node: the density of its normal distribution times the width the node stands for.
 * Sums over nodes approximate integrals and are not forced to 1, so that the best mean and variance of a group are
 * those of its posteriors; on a grid wide enough for the group the sum is 1 to many digits.
 *
 * @param out  classes × nodes
 */
export function priorTable(
  population: Population,
  values: Float64Array,
  at: number,
  quadrature: Quadrature,
  out: Float64Array,
): void {
  for (let c = 0; c < population.groupOf.length; c++) {
    const mean = priorMean(population, values, at, c)
    normalPrior(quadrature, mean, priorSd(population, values, at, c), out, c * quadrature.nodes.length)
  }
}
