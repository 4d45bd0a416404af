import {
  correctedNorms,
  growthNorms,
  growthPercentiles,
  type ValueAdded,
  valueAdded,
} from '#stats/growth/index.ts'
import { leastSquares } from '#stats/numeric/least-squares.ts'
import { exactSum } from '#stats/numeric/sum.ts'

/** One learner with both results. */
export interface Pair {
  learner: number
  /** institution of the later test */
  institution: number
  from: number
  to: number
  /** standard errors of the two results; null: not known */
  fromError: number | null
  toError: number | null
  /** both tests in the same institution */
  stayed: boolean
  status: 'preliminary' | 'after_appeal' | 'official'
}

/** How one learner grew, compared with those who started level. */
export interface LearnerGrowth extends Pair {
  /** 1–99 */
  percentile: number
  /** the same under norms corrected for the error of the earlier result, for means of groups; equal where nothing is corrected */
  inGroups: number
  expected: number
  residual: number
  error: number | null
}

export interface CohortGrowth {
  learners: LearnerGrowth[]
  reliability: number | null
  corrected: boolean
  warnings: string[]
}

export interface Method {
  /** 2 (default): the relation of the later result to the earlier one may bend */
  degree?: 1 | 2
  /** of the simulated errors; the same seed gives the same figures */
  seed?: number
}

/** Fewest learners with both results whose growth can be told at all. */
export const fewest = 100
/** Below this reliability of the earlier result the norms of groups are corrected for its error. */
const RELIABLE = 0.9
/** Simulations for each amount of added error: enough that means of schools move by less than a percentile. */
const DRAWS = 4

/**
 * Growth of every learner of one year: percentiles among those who started level, and what a result is above or below the mean of
 * them. The order of learners does not matter.
 *
 * @throws RangeError below 100 learners, for results that are not finite or all the same
 */
export function cohortGrowth(pairs: readonly Pair[], { degree = 2, seed = 1 }: Method = {}): CohortGrowth {
  const current = Float64Array.from(pairs, ({ to }) => to)
  const prior = Float64Array.from(pairs, ({ from }) => from)
  const scores = { current, priors: [prior] }
  const norms = growthNorms(scores)
  const percentiles = growthPercentiles(norms, scores)
  const warnings = [...norms.warnings]
  const reliability = reliabilityOf(pairs, prior)
  const errors = pairs.map(({ fromError }) => fromError ?? 0)
  const corrected =
    reliability !== null && reliability < RELIABLE
      ? attempt(warnings, () => correctedNorms(scores, [errors], { seed, draws: DRAWS }))
      : null
  const inGroups = corrected ? growthPercentiles(corrected, scores) : percentiles
  const { expected, slope } = expectedOf(pairs, { degree })
  const learners = pairs.map((pair, at): LearnerGrowth => {
    const { fromError, toError } = pair
    return {
      ...pair,
      percentile: percentiles[at]!,
      inGroups: inGroups[at]!,
      expected: sixDecimals(expected[at]!),
      residual: sixDecimals(pair.to - expected[at]!),
      error:
        fromError === null || toError === null
          ? null
          : sixDecimals(Math.hypot(toError, slope[at]! * fromError)),
    }
  })
  return { learners, reliability, corrected: corrected !== null, warnings }
}

/** The share of the variance of the earlier results that is not error; null where an error is not known. */
function reliabilityOf(pairs: readonly Pair[], prior: Float64Array): number | null {
  if (pairs.some(({ fromError }) => fromError === null)) return null
  const mean = exactSum(prior) / prior.length
  const variance = exactSum(prior.map((x) => (x - mean) ** 2)) / prior.length
  const error = exactSum(pairs.map((pair) => pair.fromError! ** 2)) / pairs.length
  return Math.min(1, Math.max(0, 1 - error / variance))
}

/** Institutions of rows as whole numbers from 0, in the order of their ids. */
export function groupsOf(pairs: readonly Pick<Pair, 'institution'>[]): { ids: number[]; group: Int32Array } {
  const ids = [...new Set(pairs.map(({ institution }) => institution))].sort((a, b) => a - b)
  const place = new Map(ids.map((id, at) => [id, at]))
  return { ids, group: Int32Array.from(pairs, ({ institution }) => place.get(institution)!) }
}

/** Value added by institution; null where no model can be fitted (one institution, or one learner in each). */
export function fitSchools(
  pairs: readonly Pair[],
  warnings: string[],
  {
    degree = 2,
    composition = false,
    covariates,
  }: Pick<Method, 'degree'> & { composition?: boolean; covariates?: Float64Array[] },
): ValueAdded | null {
  const { ids, group } = groupsOf(pairs)
  return attempt(warnings, () =>
    valueAdded({
      outcome: pairs.map(({ to }) => to),
      priors: [pairs.map(({ from }) => from)],
      degree,
      composition,
      ...(covariates && { covariates }),
      levels: [{ name: 'school', group, groups: ids.length }],
    }),
  )
}

/** What those who started level reach on average, and how steeply it rises there: the fixed part of value added. */
function expectedOf(pairs: readonly Pair[], { degree }: { degree: 1 | 2 }) {
  const n = pairs.length
  const mean = exactSum(pairs.map(({ from }) => from)) / n
  const spread = Math.sqrt(exactSum(pairs.map(({ from }) => (from - mean) ** 2)) / n)
  const z = Float64Array.from(pairs, ({ from }) => (from - mean) / spread)
  const coefficients = fitSchools(pairs, [], { degree })?.model.coefficients ?? plain(z, pairs, degree)
  const [constant, slope, bend = 0] = coefficients as unknown as [number, number, number?]
  return {
    expected: z.map((x) => constant + slope * x + bend * x * x),
    slope: z.map((x) => (slope + 2 * bend * x) / spread),
  }
}

/** Without schools to tell apart: least squares. */
function plain(z: Float64Array, pairs: readonly Pair[], degree: 1 | 2): Float64Array {
  const columns = degree + 1
  const x = new Float64Array(z.length * columns)
  for (const [i, value] of z.entries()) for (let j = 0; j < columns; j++) x[i * columns + j] = value ** j
  return leastSquares({ x, y: pairs.map(({ to }) => to), rows: z.length, columns }).coefficients
}

/** What refuses the data as they are becomes a warning; a fault of the program stays one. */
export function attempt<T>(warnings: string[], estimate: () => T): T | null {
  try {
    return estimate()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    warnings.push(error.message)
    return null
  }
}

/** Beyond them figures of two runs could differ by how sums were rounded. */
export function sixDecimals(x: number): number {
  return Math.round(x * 1e6) / 1e6
}
