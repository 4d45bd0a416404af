import { cholesky, choleskySolve } from '../numeric/matrix.ts'
import { logit } from '../numeric/special.ts'
import { type Ascent, climb, dot, LONGEST, lineSearch } from './ascent.ts'
import { pinned, shortened } from './bounds.ts'
import type { Calibration, CalibrationInput } from './calibration.ts'
import { type Checked, checkCalibration } from './check-calibration.ts'
import { describeCalibration } from './describe-calibration.ts'
import { checkLinks } from './design-links.ts'
import { observedInformation } from './information.ts'
import { type Curve, familyOf, type GuessingPrior, hasUnitSlope } from './item.ts'
import { jointPatterns } from './joint-patterns.ts'
import { type FreeParameters, freeParameters, type Layout, newLayout, populationAt } from './layout.ts'
import { type Marginal, newProblem, type Problem } from './marginal.ts'
import { classify } from './population.ts'
import type { Sharing } from './sharing.ts'
import { startingValues } from './starting-values.ts'

/**
 * Calibrates a test: estimates how its items are answered and how ability is distributed, by marginal maximum
 * likelihood over a normal distribution of ability (one per group, its mean moved by covariates). Items of all models
 * may stand in one test; answers may be missing by design or by omission. Ability is in logits; the scale is set by
 * the reference group, or by items whose slope or all of whose parameters are given.
 *
 * @param  sharing  for callers with threads of their own; the result is the same to the last digits
 * @throws RangeError that says what is required, for input nothing can be estimated from: no items or people, scores
 *         out of range, non-finite numbers, groups too small or not linked, a scale nothing defines
 * @see    docs/methods/item-response.md; Bock, Aitkin (1981), Psychometrika 46, 443–459,
 *         https://doi.org/10.1007/BF02293801
 */
export function calibrate(input: CalibrationInput, sharing?: Sharing): Calibration {
  const checked = checkCalibration(input)
  const { problem, free, values } = pose(input, checked, sharing)
  const start = startingValues(problem, free, values)
  const wanted = input.standardErrors ?? true
  const maxPasses = input.maxPasses ?? 500
  let ascent = climb(problem, free, start, { emSteps: 2, tolerance: wanted ? 1e-6 : 1e-9, maxPasses })
  if (ascent === undefined) throw new RangeError('calibrate requires answers with a positive likelihood')
  let curvature: Curvature | undefined
  // Parameters held at a bound have no curvature to speak of: errors are those of the others.
  const inner = without(
    problem,
    free,
    pinned(problem.bounds, free, ascent.marginal.values, ascent.marginal.gradient),
  )
  if (wanted && inner.positions.length > 0) ({ ascent, curvature } = newton(problem, inner, ascent))
  return describeCalibration(input, checked, problem, free, inner, ascent, curvature)
}

/** Input as a problem of numbers: its layout, which parameters are free, and those that are not. */
export function pose(input: CalibrationInput, checked: Checked, sharing?: Sharing) {
  const { groups, groupCount, persons, covariates, used, weights, quadrature } = checked
  const population = classify(persons, groups, groupCount, covariates.values, covariates.columns)
  const patterns = jointPatterns({
    responses: input.responses,
    persons,
    columns: input.items.length,
    used: used.map(({ column, position, scores }) => ({ column, position, scores: scores.length })),
    priorClass: population.classOf,
    weights,
  })
  checkLinks(input.responses, input.items.length, checked, patterns.rowOf)
  const curves = used.map(({ item, scores }): Curve => ({ family: familyOf(item.model), scores }))
  const layout = newLayout(curves, groupCount, covariates.columns)
  const priors = used.map(({ item }): GuessingPrior | undefined => {
    if (item.model !== '3pl' || item.fixed !== undefined || item.guessingPrior === 'none') return undefined
    return item.guessingPrior ?? { kind: 'beta', alpha: 5, beta: 17 }
  })
  const values = new Float64Array(layout.size)
  const free = freeParameters(layout, whatIsFree(checked, layout, values))
  return { problem: newProblem({ layout, quadrature, population, patterns, priors }, sharing), free, values }
}

/** Which parameters are estimated; those that are not get their values. */
function whatIsFree(checked: Checked, layout: Layout, values: Float64Array): Uint8Array {
  const isFree = new Uint8Array(layout.size).fill(1)
  checked.used.forEach(({ item: { fixed, model } }, j) => {
    const at = layout.at[j]!
    if (hasUnitSlope(model)) {
      values[at] = 1
      isFree[at] = 0
    }
    if (fixed === undefined) return
    isFree.fill(0, at, layout.at[j + 1]!)
    values.set([fixed.slope, ...fixed.intercepts], at)
    if (model === '3pl') values[at + 2] = logit(fixed.guessing)
  })
  const population = populationAt(layout)
  if (!checked.meanIsFree) isFree[population] = 0
  if (!checked.varianceIsFree) isFree[population + layout.groups] = 0
  return isFree
}

function without({ layout }: Problem, free: FreeParameters, held: Uint8Array): FreeParameters {
  const isFree = new Uint8Array(layout.size)
  free.positions.forEach((position, k) => {
    isFree[position] = held[k] === 1 ? 0 : 1
  })
  return freeParameters(layout, isFree)
}

/** Cholesky factor of the observed information. */
export interface Curvature {
  readonly information: Float64Array
  readonly factor: Float64Array | undefined
}

/** Times the information may be taken anew; ordinary data need one or two. */
const MOST_ROUNDS = 12

/**
 * Newton steps from where the climb ended, with the observed information, until what is left to gain is rounding. The
 * information is taken anew where the steps were long enough to have changed it.
 */
function newton(
  problem: Problem,
  free: FreeParameters,
  from: Ascent,
): { ascent: Ascent; curvature: Curvature } {
  const size = free.positions.length
  let ascent = from
  for (let round = 1; ; round++) {
    const { information, marginal } = observedInformation(problem, free, ascent.marginal.values)
    ascent = { ...ascent, marginal, passes: ascent.passes + 1 }
    let factor: Float64Array
    try {
      factor = cholesky(information, size)
    } catch {
      return { ascent, curvature: { information, factor: undefined } }
    }
    const polished = polish(problem, free, ascent, factor)
    const done = polished.gain < 1e-6 || polished.ascent.passes === ascent.passes || round === MOST_ROUNDS
    ascent = polished.ascent
    if (done) return { ascent, curvature: { information, factor } }
  }
}

/** @returns where the steps led, and the gain that was expected from the first: half of it in log-likelihood */
function polish(problem: Problem, free: FreeParameters, from: Ascent, factor: Float64Array) {
  const directionAt = (marginal: Marginal) =>
    shortened(
      problem.bounds,
      free,
      marginal.values,
      choleskySolve(factor, free.positions.length, marginal.gradient),
      LONGEST,
    )
  let now = from.marginal
  let direction = directionAt(now)
  let gain = dot(direction, now.gradient)
  const first = gain
  let passes = from.passes
  for (let round = 0; round < 6 && gain > 1e-13; round++) {
    const next = lineSearch(problem, free, now, direction, gain)
    if (next.marginal === undefined) break
    passes += next.passes
    const nextDirection = directionAt(next.marginal)
    const nextGain = dot(nextDirection, next.marginal.gradient)
    const slower = !(nextGain < gain)
    now = next.marginal
    direction = nextDirection
    gain = nextGain
    if (slower || next.passes > 1) break
  }
  return { ascent: { marginal: now, passes, converged: gain < 1e-6 } satisfies Ascent, gain: first }
}
