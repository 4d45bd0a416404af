import type { Checked } from './check-calibration.ts'
import { CHUNK, rowPosterior } from './expectation.ts'
import { populationAt } from './layout.ts'
import type { Problem } from './marginal.ts'
import { priorMean, priorSd } from './population.ts'

/**
 * Everyone's posterior mean and standard deviation over all nodes, and the log-likelihood with priors normalised over
 * the nodes. Tables must be filled.
 */
export function posteriorMoments(
  problem: Problem,
  values: Float64Array,
  { persons, groups, weights }: Checked,
) {
  const { patterns, population, layout } = problem
  const rows = rowMoments(problem)
  const mean = new Float64Array(persons)
  const sd = new Float64Array(persons)
  const at = populationAt(layout)
  const groupPeople = new Int32Array(population.groups)
  let people = 0
  for (let i = 0; i < persons; i++) {
    const row = patterns.rowOf[i]!
    if (row < 0) {
      mean[i] = priorMean(population, values, at, population.classOf[i]!)
      sd[i] = priorSd(population, values, at, population.classOf[i]!)
      continue
    }
    mean[i] = rows.mean[row]!
    sd[i] = rows.sd[row]!
    if (weights?.[i] === 0) continue
    people++
    groupPeople[groups[i]!]!++
  }
  return { logLikelihood: rows.logLikelihood, mean, sd, people, groupPeople }
}

function rowMoments(problem: Problem) {
  const { work, patterns } = problem
  const rows = { mean: new Float64Array(patterns.rowCount), sd: new Float64Array(patterns.rowCount) }
  const logMass = Float64Array.from({ length: work.prior.length / work.points }, (_, c) =>
    Math.log(work.prior.subarray(c * work.points, (c + 1) * work.points).reduce((sum, p) => sum + p, 0)),
  )
  const posterior = new Float64Array(work.points)
  let logLikelihood = 0
  for (let from = 0; from < patterns.rowCount; from += CHUNK) {
    logLikelihood += chunkMoments(problem, from, logMass, posterior, rows)
  }
  return { ...rows, logLikelihood }
}

function chunkMoments(
  { work, patterns, quadrature: { nodes } }: Problem,
  from: number,
  logMass: Float64Array,
  posterior: Float64Array,
  rows: { mean: Float64Array; sd: Float64Array },
): number {
  const points = work.points
  let total = 0
  for (let row = from; row < Math.min(from + CHUNK, patterns.rowCount); row++) {
    const marginal = rowPosterior(work, row, 0, points, posterior)
    const weight = patterns.weight[row]!
    if (weight > 0) total += weight * (marginal - logMass[patterns.priorClass[row]!]!)
    let first = 0
    for (let q = 0; q < points; q++) first += posterior[q]! * nodes[q]!
    let second = 0
    for (let q = 0; q < points; q++) second += posterior[q]! * (nodes[q]! - first) * (nodes[q]! - first)
    rows.mean[row] = first
    rows.sd[row] = Math.sqrt(second)
  }
  return total
}
