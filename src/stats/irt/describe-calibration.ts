import { choleskyInverse } from '../numeric/matrix.ts'
import type { Ascent } from './ascent.ts'
import { isAtBound, leastSd } from './bounds.ts'
import type { Curvature } from './calibrate.ts'
import type { Calibration, CalibrationInput, GroupEstimate, ParameterName, Warning } from './calibration.ts'
import type { Checked } from './check-calibration.ts'
import { guessingPrior } from './complete-data.ts'
import { describeItem, unestimatedItem } from './describe-item.ts'
import type { ItemEstimate } from './item.ts'
import { type FreeParameters, populationAt } from './layout.ts'
import { fillTables, type Problem } from './marginal.ts'
import { priorMean, priorSd } from './population.ts'
import { posteriorMoments } from './posterior-moments.ts'

/**
 * Results in the words of those who asked, with what they have to know about them.
 *
 * @param free   parameters that were sought
 * @param inner  those of them that are not at a bound: they have errors
 */
export function describeCalibration(
  input: CalibrationInput,
  checked: Checked,
  problem: Problem,
  free: FreeParameters,
  inner: FreeParameters,
  { marginal: { values }, passes, converged }: Ascent,
  curvature: Curvature | undefined,
): Calibration {
  const size = inner.positions.length
  const factor = curvature?.factor
  const matrix = factor === undefined ? undefined : choleskyInverse(factor, size)
  const coefficientsAt = populationAt(problem.layout) + 2 * checked.groupCount
  if (matrix !== undefined) unstandardise(matrix, inner, coefficientsAt, checked.covariates.sds)
  const covariance = (k: number, l: number): number | null => {
    const a = inner.positions.indexOf(k)
    const b = inner.positions.indexOf(l)
    return matrix === undefined || a < 0 || b < 0 ? null : matrix[a * size + b]!
  }
  const estimates = new Map<number, ItemEstimate>()
  checked.used.forEach((used, j) => {
    estimates.set(used.column, describeItem(used.item, problem.layout, j, values, covariance))
  })
  fillTables(problem, values)
  const { logLikelihood, mean, sd, people, groupPeople } = posteriorMoments(problem, values, checked)
  const warnings = [...checked.warnings, ...warn(checked, problem, free, values, converged)]
  if (people < checked.persons) {
    const message = `${checked.persons - people} people have no answer: they get the mean of their group`
    warnings.push({ code: 'people-without-answers', message })
  }
  if (curvature !== undefined && factor === undefined) {
    const message = 'the information is not positive definite: there are no standard errors'
    warnings.push({ code: 'information-not-positive', message })
  }
  return {
    items: input.items.map((item, column) => estimates.get(column) ?? unestimatedItem(item, input, column)),
    groups: describeGroups(problem, values, covariance, groupPeople),
    coefficients: (input.covariates?.names ?? []).map((name, k) => {
      const spread = covariance(coefficientsAt + k, coefficientsAt + k)
      const value = values[coefficientsAt + k]! / checked.covariates.sds[k]!
      return {
        name,
        average: checked.covariates.means[k]!,
        value,
        error: spread === null ? null : Math.sqrt(spread),
      }
    }),
    logLikelihood,
    logPrior: logPrior(problem, values),
    parameterCount: free.positions.length,
    aic: -2 * logLikelihood + 2 * free.positions.length,
    bic: -2 * logLikelihood + Math.log(people) * free.positions.length,
    people,
    abilities: { mean, sd },
    covariance: matrix === undefined ? null : { names: parameterNames(checked, problem, inner), matrix },
    quadrature: problem.quadrature,
    passes,
    converged,
    warnings,
  }
}

/** Covariances of coefficients of standardised covariates to those of covariates as given. */
function unstandardise(
  matrix: Float64Array,
  { positions }: FreeParameters,
  at: number,
  sds: Float64Array,
): void {
  const size = positions.length
  positions.forEach((position, a) => {
    if (position < at) return
    const sd = sds[position - at]!
    for (let b = 0; b < size; b++) {
      matrix[a * size + b]! /= sd
      matrix[b * size + a]! /= sd
    }
  })
}

function describeGroups(
  { layout }: Problem,
  values: Float64Array,
  covariance: (k: number, l: number) => number | null,
  people: Int32Array,
): GroupEstimate[] {
  const at = populationAt(layout)
  return Array.from(people, (count, g) => {
    const variance = Math.exp(2 * values[at + layout.groups + g]!)
    const ofMean = covariance(at + g, at + g)
    const ofLogSd = covariance(at + layout.groups + g, at + layout.groups + g)
    return {
      people: count,
      mean: values[at + g]!,
      variance,
      meanError: ofMean === null ? null : Math.sqrt(ofMean),
      varianceError: ofLogSd === null ? null : 2 * variance * Math.sqrt(ofLogSd),
    }
  })
}

function logPrior({ layout, priors }: Problem, values: Float64Array): number {
  let total = 0
  priors.forEach((prior, j) => {
    if (prior !== undefined) total += guessingPrior(prior, values[layout.at[j]! + 2]!).value
  })
  return total
}

function parameterNames({ used }: Checked, { layout }: Problem, free: FreeParameters): ParameterName[] {
  const at = populationAt(layout)
  return Array.from(free.positions, (position): ParameterName => {
    if (position >= at) {
      const k = position - at
      if (k < layout.groups) return { kind: 'mean', group: k }
      if (k < 2 * layout.groups) return { kind: 'logSd', group: k - layout.groups }
      return { kind: 'coefficient', covariate: k - 2 * layout.groups }
    }
    const j = layout.at.findIndex((from, i) => from <= position && position < layout.at[i + 1]!)
    const item = used[j]!.column
    const k = position - layout.at[j]!
    if (k === 0) return { kind: 'slope', item }
    if (layout.curves[j]!.family === 'three parameter' && k === 2) return { kind: 'logitGuessing', item }
    return { kind: 'intercept', item, step: k - 1 }
  })
}

function warn(
  checked: Checked,
  problem: Problem,
  free: FreeParameters,
  values: Float64Array,
  converged: boolean,
): Warning[] {
  const { layout, quadrature, population } = problem
  const warnings: Warning[] = []
  const isFree = new Set(free.positions)
  checked.used.forEach(({ item: { id } }, j) => {
    const at = layout.at[j]!
    if (isFree.has(at) && values[at]! < 0) {
      const message = `the slope of item ${id} is negative: abler people do worse on it`
      warnings.push({ code: 'negative-slope', item: id, message })
    }
    const ends = values.subarray(at, layout.at[j + 1]!)
    const atEnd = ends.some((x, k) => isFree.has(at + k) && isAtBound(problem.bounds, at + k, x))
    if (atEnd) {
      const message = `a parameter of item ${id} went to its bound: the answers do not limit it`
      warnings.push({ code: 'parameter-at-bound', item: id, message })
    }
  })
  const at = populationAt(layout)
  const least = leastSd(quadrature.nodes)
  for (let g = 0; g < layout.groups; g++) {
    const position = at + layout.groups + g
    if (isFree.has(position) && isAtBound(problem.bounds, position, values[position]!)) {
      const message = `the variance of group ${g} went to the least that the nodes can show, ${(least * least).toFixed(3)}`
      warnings.push({ code: 'variance-at-bound', group: g, message })
    }
  }
  const narrow = new Set<number>()
  const [first, last] = [quadrature.nodes[0]!, quadrature.nodes.at(-1)!]
  for (let c = 0; c < population.groupOf.length; c++) {
    const mean = priorMean(population, values, at, c)
    const sd = priorSd(population, values, at, c)
    if (Math.min(mean - first, last - mean) < 3 * sd) narrow.add(population.groupOf[c]!)
  }
  for (const g of narrow) {
    const message = `the nodes ${first} … ${last} reach less than three standard deviations from the mean in group ${g}`
    warnings.push({ code: 'nodes-too-narrow', group: g, message })
  }
  if (!converged) {
    warnings.push({ code: 'not-converged', message: 'the bound on passes was met before the maximum' })
  }
  return warnings
}
