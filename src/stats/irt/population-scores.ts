import { type FreeParameters, populationAt } from './layout.ts'
import { priorMean, priorSd } from './population.ts'
import { classMoments, type RowProblem } from './row-problem.ts'

/** Minus the second derivatives of the complete-data log-likelihood by means, ln(sd) and coefficients. */
export function populationCurvature(
  { layout, quadrature, population, work }: RowProblem,
  values: Float64Array,
): Float64Array {
  const { groups, columns, groupOf, covariates } = population
  const at = populationAt(layout)
  const size = 2 * groups + columns
  const information = new Float64Array(size * size)
  const add = (k: number, l: number, x: number): void => {
    information[k * size + l]! += x
    if (k !== l) information[l * size + k]! += x
  }
  for (let c = 0; c < groupOf.length; c++) {
    const moments = classMoments(work, quadrature.nodes, c, priorMean(population, values, at, c))
    const precision = priorSd(population, values, at, c) ** -2
    const g = groupOf[c]!
    const spread = groups + g
    add(g, g, moments.people * precision)
    add(g, spread, 2 * moments.first * precision)
    add(spread, spread, 2 * moments.second * precision)
    for (let k = 0; k < columns; k++) {
      const x = covariates[c * columns + k]!
      add(g, 2 * groups + k, x * moments.people * precision)
      add(spread, 2 * groups + k, 2 * x * moments.first * precision)
      for (let l = 0; l <= k; l++) {
        add(2 * groups + k, 2 * groups + l, x * covariates[c * columns + l]! * moments.people * precision)
      }
    }
  }
  return information
}

/**
 * Score of one parameter of the population at every node, for the people of class c.
 *
 * @param position  within the population's parameters: means, ln(sd), coefficients
 * @returns         false if it is 0 everywhere
 */
export function populationScore(
  { layout, quadrature, population }: RowProblem,
  values: Float64Array,
  position: number,
  c: number,
  out: Float64Array,
): boolean {
  const at = populationAt(layout)
  const { groups, groupOf, covariates, columns } = population
  const mean = priorMean(population, values, at, c)
  const precision = priorSd(population, values, at, c) ** -2
  const { nodes } = quadrature
  if (position < 2 * groups) {
    if (position % groups !== groupOf[c]) return false
    for (let q = 0; q < nodes.length; q++) {
      const apart = nodes[q]! - mean
      out[q] = position < groups ? apart * precision : apart * apart * precision - 1
    }
    return true
  }
  const x = covariates[c * columns + position - 2 * groups]!
  for (let q = 0; q < nodes.length; q++) out[q] = x * (nodes[q]! - mean) * precision
  return x !== 0
}

/** Free parameters of the population, as positions within its own parameters. */
export function populationPositions(problem: RowProblem, free: FreeParameters): number[] {
  const block = problem.layout.curves.length
  const at = populationAt(problem.layout)
  return Array.from(free.positions.subarray(free.blockAt[block]!, free.blockAt[block + 1]!), (k) => k - at)
}
