import { cholesky, choleskySolve } from '../numeric/matrix.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { guessingPrior, itemDerivatives } from './complete-data.ts'
import { collectCounts, fillLikelihood, newExpectation } from './expectation.ts'
import type { GuessingPrior } from './item.ts'
import { type FreeParameters, populationAt } from './layout.ts'
import { priorMean, priorSd, priorTable } from './population.ts'
import { admissible, probabilities } from './response-functions.ts'
import { classMoments, type RowProblem } from './row-problem.ts'
import { inThisThread, onSharedMemory, type Sharing } from './sharing.ts'

/** All that stays the same while parameters are sought. */
export interface Problem extends RowProblem {
  /** item → prior of its guessing */
  readonly priors: readonly (GuessingPrior | undefined)[]
  readonly bounds: Bounds
  /** responses × points: expected number of people with each response at each node, after a pass */
  readonly counts: Float64Array
  readonly sharing: Sharing
}

export function newProblem(
  parts: Pick<Problem, 'layout' | 'quadrature' | 'population' | 'patterns' | 'priors'>,
  sharing: Sharing = inThisThread,
): Problem {
  const points = parts.quadrature.nodes.length
  const responses = parts.layout.responseAt.at(-1)!
  const work = newExpectation(parts.patterns, points, responses, parts.population.groupOf.length)
  const shared = onSharedMemory(work, sharing)
  const problem = {
    ...parts,
    patterns: shared.patterns,
    work: shared,
    bounds: boundsOf(parts.layout, parts.quadrature.nodes),
    counts: new Float64Array(responses * points),
    sharing,
  }
  const { layout, quadrature, population, patterns } = problem
  sharing.begin?.({ layout, quadrature, population, patterns, work: shared })
  return problem
}

/** Fills the tables of likelihoods and priors for these parameters. @returns false if they describe no probabilities */
export function fillTables({ layout, quadrature, population, work }: Problem, values: Float64Array): boolean {
  for (let j = 0; j < layout.curves.length; j++) {
    const curve = layout.curves[j]!
    if (!admissible(curve, values, layout.at[j]!)) return false
    const to = layout.responseAt[j]! * work.points
    probabilities(curve, values, layout.at[j]!, quadrature.nodes, work.probability, to)
  }
  priorTable(population, values, populationAt(layout), quadrature, work.prior)
  fillLikelihood(work)
  return true
}

/** The marginal log-likelihood (with priors) at one point of the parameter space. */
export interface Marginal {
  readonly values: Float64Array
  /** what is maximised */
  readonly objective: number
  /** by the free parameters */
  readonly gradient: Float64Array
  /** block of free parameters → the information complete data would hold */
  readonly blocks: readonly Float64Array[]
}

/** @returns undefined if these parameters describe no probabilities or the likelihood is not a number */
export function evaluate(problem: Problem, free: FreeParameters, values: Float64Array): Marginal | undefined {
  const { layout, quadrature, work, counts, priors } = problem
  if (!fillTables(problem, values)) return undefined
  let objective = problem.sharing.expect(work)
  if (!Number.isFinite(objective)) return undefined
  counts.fill(0)
  collectCounts(problem.patterns, work.points, work.joint, 1, counts)
  const gradient = new Float64Array(free.positions.length)
  const blocks: Float64Array[] = []
  for (let block = 0; block <= layout.curves.length; block++) {
    const from = free.blockAt[block]!
    const size = free.blockAt[block + 1]! - from
    if (size === 0) {
      blocks.push(new Float64Array(0))
      continue
    }
    const first = layout.at[block]!
    const whole =
      block < layout.curves.length
        ? itemDerivatives(
            layout.curves[block]!,
            values,
            first,
            quadrature.nodes,
            counts,
            layout.responseAt[block]! * work.points,
            priors[block],
          )
        : populationDerivatives(problem, values)
    const width = whole.gradient.length
    const information = new Float64Array(size * size)
    for (let a = 0; a < size; a++) {
      const row = free.positions[from + a]! - first
      gradient[from + a] = whole.gradient[row]!
      for (let b = 0; b < size; b++) {
        information[a * size + b] = whole.information[row * width + free.positions[from + b]! - first]!
      }
    }
    blocks.push(information)
  }
  for (let j = 0; j < layout.curves.length; j++) objective += priorValue(problem, values, j)
  return { values, objective, gradient, blocks }
}

function priorValue({ layout, priors }: Problem, values: Float64Array, j: number): number {
  const prior = priors[j]
  return prior === undefined ? 0 : guessingPrior(prior, values[layout.at[j]! + 2]!).value
}

/** Derivatives of the complete-data log-likelihood by means, ln(sd) and coefficients, from the counts of classes. */
export function populationDerivatives(
  { layout, quadrature, population, work }: Problem,
  values: Float64Array,
): { gradient: Float64Array; information: Float64Array } {
  const { groups, columns, groupOf, covariates } = population
  const at = populationAt(layout)
  const size = 2 * groups + columns
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const add = (k: number, l: number, x: number): void => {
    information[k * size + l]! += x
    if (k !== l) information[l * size + k]! += x
  }
  for (let c = 0; c < groupOf.length; c++) {
    const moments = classMoments(work, quadrature.nodes, c, priorMean(population, values, at, c))
    const sd = priorSd(population, values, at, c)
    const precision = 1 / (sd * sd)
    const g = groupOf[c]!
    gradient[g]! += moments.first * precision
    gradient[groups + g]! += moments.second * precision - moments.people
    add(g, g, moments.people * precision)
    add(groups + g, groups + g, 2 * moments.people)
    for (let k = 0; k < columns; k++) {
      const x = covariates[c * columns + k]!
      gradient[2 * groups + k]! += x * moments.first * precision
      add(g, 2 * groups + k, x * moments.people * precision)
      for (let l = 0; l <= k; l++) {
        add(2 * groups + k, 2 * groups + l, x * covariates[c * columns + l]! * moments.people * precision)
      }
    }
  }
  return { gradient, information }
}

/** Cholesky factor, with just enough added to the diagonal where the data say nothing about a direction. */
export function steadyCholesky(a: Float64Array, n: number): Float64Array {
  let most = 1e-8
  for (let i = 0; i < n; i++) most = Math.max(most, a[i * n + i]!)
  for (let ridge = 0, tries = 0; tries < 30; tries++) {
    try {
      const b = Float64Array.from(a)
      for (let i = 0; i < n; i++) b[i * n + i]! += ridge
      return cholesky(b, n)
    } catch {
      ridge = ridge === 0 ? 1e-10 * most : ridge * 10
    }
  }
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? Math.sqrt(most) : 0))
}

/**
 * Solves complete information × x = v, block by block.
 *
 * @param damping  share of the diagonal that is added to it: shorter steps where little is known
 */
export function precondition(
  { blocks }: Marginal,
  free: FreeParameters,
  v: Float64Array,
  damping: number,
): Float64Array {
  const x = new Float64Array(v.length)
  blocks.forEach((block, b) => {
    const from = free.blockAt[b]!
    const size = free.blockAt[b + 1]! - from
    if (size === 0) return
    const damped = Float64Array.from(block)
    for (let k = 0; k < size; k++) damped[k * size + k]! *= 1 + damping
    x.set(choleskySolve(steadyCholesky(damped, size), size, v.subarray(from, from + size)), from)
  })
  return x
}

/** Values with the free ones moved by step × direction. */
export function moved(
  values: Float64Array,
  free: FreeParameters,
  direction: Float64Array,
  step: number,
): Float64Array {
  const to = Float64Array.from(values)
  for (let k = 0; k < direction.length; k++) to[free.positions[k]!]! += step * direction[k]!
  return to
}
