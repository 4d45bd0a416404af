import { leastSquares } from '../numeric/least-squares.ts'
import { quantile } from '../numeric/quantile.ts'
import { bsplineBasis, bsplineColumns } from '../numeric/splines.ts'
import { type PreparedRows, prepareRows } from './prepared-rows.ts'
import { fitPrepared } from './quantile-process.ts'

/** Scores of the same persons on two or more occasions. */
export interface GrowthScores {
  /** the score whose growth is asked for; one for each person */
  readonly current: ArrayLike<number>
  /** earlier scores, the most recent first; each one for each person */
  readonly priors: readonly ArrayLike<number>[]
}

/** A cubic B-spline of one earlier score. */
export interface Conditioning {
  readonly knots: readonly number[]
  readonly boundary: readonly [low: number, high: number]
}

/** Which current scores persons with given earlier scores reach: quantile by quantile. */
export interface GrowthNorms {
  /** inside 0–1, rising */
  readonly taus: readonly number[]
  /** one for each earlier score, the most recent first */
  readonly conditioning: readonly Conditioning[]
  /** constant and spline columns of each earlier score */
  readonly columns: number
  /** taus × columns */
  readonly coefficients: Float64Array
  /** persons the norms rest on */
  readonly rows: number
  /** false when the search for some quantile hit its bound */
  readonly converged: boolean
  readonly warnings: readonly string[]
}

/** The hundred quantiles between which the percentiles 1–99 lie: 0.005, 0.015 … 0.995. */
export const percentileTaus: readonly number[] = Array.from({ length: 100 }, (_, k) => (2 * k + 1) / 200)

/**
 * Norms for growth percentiles: quantile regressions of the current score on cubic B-splines of the earlier
 * ones, with inner knots at their 20th, 40th, 60th and 80th percentile and boundary knots a tenth of the
 * range outside it.
 *
 * Two callers may share out the quantiles below 0.5 and the others and join the two results: the figures are
 * those of one call.
 *
 * @param scores   100 persons or more (1,000 for figures to stand on), nothing missing
 * @param splines  knots to use instead of those the scores suggest, one for each earlier score
 * @throws        RangeError if persons are too few, scores are missing or not finite or all the same
 * @see           Betebenner (2009), Educational Measurement: Issues and Practice 28(4), 42–51,
 *                https://doi.org/10.1111/j.1745-3992.2009.00161.x
 */
export function growthNorms(
  scores: GrowthScores,
  taus: readonly number[] = percentileTaus,
  splines?: readonly Conditioning[],
): GrowthNorms {
  check(scores)
  if (splines && splines.length !== scores.priors.length) {
    throw new RangeError('growthNorms requires splines for each earlier score')
  }
  if (taus.length === 0 || !taus.every((tau, k) => tau > (taus[k - 1] ?? 0) && tau < 1)) {
    throw new RangeError('growthNorms requires rising quantiles above 0 and below 1')
  }
  const { current, priors } = sortedScores(scores)
  const rows = current.length
  const warnings: string[] = []
  if (rows < 1000) warnings.push(`norms of ${rows} persons are rough: 1,000 are wanted`)
  const conditioning = splines ?? priors.map(conditioningOf)
  const columns = 1 + conditioning.reduce((total, { knots }) => total + bsplineColumns(knots), 0)
  const design = growthDesign(conditioning, priors, rows, columns)
  const { prepared, kept } = preparedIndependent(design, current, rows, columns)
  if (kept.length < columns) warnings.push('earlier scores take few values: some spline columns are left out')
  const process = fitPrepared(prepared, taus)
  const coefficients = new Float64Array(taus.length * columns)
  for (let k = 0; k < taus.length; k++) {
    for (const [j, column] of kept.entries()) {
      coefficients[k * columns + column] = process.coefficients[k * kept.length + j]!
    }
  }
  const converged = process.converged.every(Boolean)
  if (!converged) warnings.push('the search for some quantile hit its bound')
  return { taus: [...taus], conditioning, columns, coefficients, rows, converged, warnings }
}

/**
 * Norms fitted in parts, put together.
 * @param parts  of the same scores, each with quantiles of its own
 * @throws       RangeError if the parts do not fit together
 */
export function joinNorms(parts: readonly GrowthNorms[]): GrowthNorms {
  const first = parts[0]
  if (!first) throw new RangeError('joinNorms requires at least one part')
  const shape = (norms: GrowthNorms) => JSON.stringify([norms.conditioning, norms.rows])
  const ordered = [...parts].sort((a, b) => a.taus[0]! - b.taus[0]!)
  const taus = ordered.flatMap((part) => part.taus)
  if (
    !parts.every((part) => shape(part) === shape(first)) ||
    !taus.every((t, k) => k === 0 || t > taus[k - 1]!)
  ) {
    throw new RangeError('joinNorms requires norms of the same scores for quantiles that do not overlap')
  }
  const coefficients = new Float64Array(taus.length * first.columns)
  let at = 0
  for (const part of ordered) {
    coefficients.set(part.coefficients, at)
    at += part.coefficients.length
  }
  const warnings = [...new Set(ordered.flatMap((part) => part.warnings))]
  return { ...first, taus, coefficients, converged: parts.every((part) => part.converged), warnings }
}

/**
 * Constant and splines, rows × columns. A score outside the boundary counts as one on it: beyond it a cubic
 * would run away.
 */
export function growthDesign(
  conditioning: readonly Conditioning[],
  priors: readonly ArrayLike<number>[],
  rows: number,
  columns: number,
): Float64Array {
  const design = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) design[i * columns] = 1
  let first = 1
  for (const [p, { knots, boundary }] of conditioning.entries()) {
    const [low, high] = boundary
    const inside = Float64Array.from(priors[p]!, (x) => Math.min(high, Math.max(low, x)))
    const basis = bsplineBasis(inside, { knots, boundary })
    const width = bsplineColumns(knots)
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) design[i * columns + first + j] = basis[at++]!
    }
    first += width
  }
  return design
}

function conditioningOf(prior: Float64Array): Conditioning {
  const rising = prior.slice().sort()
  const low = rising[0]!
  const high = rising[rising.length - 1]!
  // Knots that fall together say nothing new, and one at an end leaves its outer piece empty.
  const knots = [...new Set([0.2, 0.4, 0.6, 0.8].map((p) => quantile(rising, p)))]
  const margin = (high - low) / 10
  return { knots: knots.filter((k) => k > low && k < high), boundary: [low - margin, high + margin] }
}

/** Leaves out the columns that are linear combinations of those before, where scores take few values. */
function preparedIndependent(
  design: Float64Array,
  y: Float64Array,
  rows: number,
  columns: number,
): { prepared: PreparedRows; kept: number[] } {
  const all = Array.from({ length: columns }, (_, j) => j)
  try {
    return { prepared: prepareRows(design, y, rows, columns), kept: all }
  } catch {
    const { aliased } = leastSquares({ x: design, y, rows, columns, tolerance: 1e-5 })
    const kept = all.filter((j) => aliased[j] === 0)
    const narrow = new Float64Array(rows * kept.length)
    for (let i = 0; i < rows; i++) {
      for (const [k, j] of kept.entries()) narrow[i * kept.length + k] = design[i * columns + j]!
    }
    return { prepared: prepareRows(narrow, y, rows, kept.length), kept }
  }
}

/** By current score, then earlier ones: norms then do not depend on the order of persons. */
export function sortedScores({ current, priors }: GrowthScores): {
  current: Float64Array
  priors: Float64Array[]
} {
  const order = Uint32Array.from({ length: current.length }, (_, i) => i).sort((a, b) => {
    if (current[a] !== current[b]) return current[a]! - current[b]!
    for (const prior of priors) if (prior[a] !== prior[b]) return prior[a]! - prior[b]!
    return 0
  })
  const arranged = (values: ArrayLike<number>) => Float64Array.from(order, (i) => values[i]!)
  return { current: arranged(current), priors: priors.map(arranged) }
}

function check({ current, priors }: GrowthScores): void {
  if (
    current.length < 100 ||
    priors.length === 0 ||
    priors.some((prior) => prior.length !== current.length)
  ) {
    throw new RangeError('growthNorms requires 100 persons or more, each with one or more earlier scores')
  }
  for (const scores of [current, ...priors]) {
    let differ = false
    for (let i = 0; i < scores.length; i++) {
      if (!Number.isFinite(scores[i]))
        throw new RangeError('growthNorms requires finite scores, none missing')
      if (scores[i] !== scores[0]) differ = true
    }
    if (!differ) throw new RangeError('growthNorms requires scores that are not all the same')
  }
}
