import { guessingPrior, itemDerivatives } from './complete-data.ts'
import { ownScores } from './joint-scores.ts'
import type { FreeParameters } from './layout.ts'
import { evaluate, type Marginal, type Problem } from './marginal.ts'
import { populationCurvature } from './population-scores.ts'
import { scoreTables } from './score-tables.ts'

/**
 * Observed information: minus the second derivatives of the marginal log-likelihood (and of priors) by the free
 * parameters, exact on the given nodes. By Louis' identity it is the information complete data would hold, less what
 * is lost because abilities are not seen: the covariance of the complete-data scores given each person's answers.
 *
 * @returns information, free × free, and the likelihood there
 * @see     Louis (1982), Journal of the Royal Statistical Society B 44, 226–233
 */
export function observedInformation(
  problem: Problem,
  free: FreeParameters,
  values: Float64Array,
): { information: Float64Array; marginal: Marginal } {
  // Tables and expected counts of exactly these values.
  const marginal = evaluate(problem, free, values)
  if (marginal === undefined) throw new RangeError('observedInformation requires parameters of probabilities')
  const size = free.positions.length
  const information = completeInformation(problem, free, values)
  const tables = scoreTables(problem, free, values)
  const own = ownScores(problem, free, values, tables)
  const { layout, quadrature, population, patterns, work } = problem
  const rows = { layout, quadrature, population, patterns, work }
  const missing = problem.sharing.inform({ problem: rows, free, values, tables })
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      information[a * size + b]! += missing[a * size + b]! - own[a * size + b]!
      information[b * size + a] = information[a * size + b]!
    }
  }
  return { information, marginal }
}

/** Minus the second derivatives of the expected complete-data log-likelihood: one block per item, one population. */
function completeInformation(problem: Problem, free: FreeParameters, values: Float64Array): Float64Array {
  const { layout } = problem
  const size = free.positions.length
  const information = new Float64Array(size * size)
  for (let block = 0; block <= layout.curves.length; block++) {
    const first = layout.at[block]!
    const whole =
      block < layout.curves.length
        ? itemCurvature(problem, block, values)
        : populationCurvature(problem, values)
    const width = Math.round(Math.sqrt(whole.length))
    for (let a = free.blockAt[block]!; a < free.blockAt[block + 1]!; a++) {
      for (let b = free.blockAt[block]!; b <= a; b++) {
        const at = (free.positions[a]! - first) * width + free.positions[b]! - first
        information[a * size + b] = whole[at]!
        information[b * size + a] = whole[at]!
      }
    }
  }
  return information
}

/** Partial credit: Fisher and observed information are one. Otherwise differences of the exact gradient. */
function itemCurvature(
  { layout, quadrature, work, counts, priors }: Problem,
  j: number,
  values: Float64Array,
) {
  const curve = layout.curves[j]!
  const at = layout.at[j]!
  const from = layout.responseAt[j]! * work.points
  const derivatives = (local: Float64Array) =>
    itemDerivatives(curve, local, 0, quadrature.nodes, counts, from, undefined)
  const local = values.slice(at, layout.at[j + 1]!)
  if (curve.family === 'partial credit') return derivatives(local).information
  const size = local.length
  const information = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    const h = 1e-5 * Math.max(1, Math.abs(local[k]!))
    const up = Float64Array.from(local)
    const down = Float64Array.from(local)
    up[k]! += h
    down[k]! -= h
    const above = derivatives(up).gradient
    const below = derivatives(down).gradient
    for (let l = 0; l < size; l++) information[l * size + k] = (below[l]! - above[l]!) / (up[k]! - down[k]!)
  }
  const prior = priors[j]
  if (prior !== undefined) information[8]! += guessingPrior(prior, local[2]!).curvature
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < k; l++) {
      const both = (information[k * size + l]! + information[l * size + k]!) / 2
      information[k * size + l] = both
      information[l * size + k] = both
    }
  }
  return information
}
