import { chiSquareCumulative } from '../numeric/distributions.ts'
import { exactSum } from '../numeric/sum.ts'
import { type MixedModel, type MixedModelData, mixedModel } from './mixed-model.ts'

/** One level of units whose effect is asked for. */
export interface Level {
  readonly name: string
  /** unit of each row, whole numbers 0 … groups − 1 */
  readonly group: ArrayLike<number>
  readonly groups: number
}

export interface ValueAddedInput {
  /** current score, one for each row */
  readonly outcome: ArrayLike<number>
  /** earlier scores, each one for each row; enter as standard scores, and squared with degree 2 */
  readonly priors: readonly ArrayLike<number>[]
  /** 2 (default) lets the relation bend */
  readonly degree?: 1 | 2
  /** further characteristics of persons, each one for each row */
  readonly covariates?: readonly ArrayLike<number>[]
  /** the smallest units first (schools), then those they lie in (municipalities) */
  readonly levels: readonly Level[]
  /**
   * With the mean earlier scores of the smallest unit as further columns: what a unit does with the company
   * it has (type B), instead of what persons meet there, company included (type A, default).
   */
  readonly composition?: boolean
}

/** Shrunken effect of one unit; null where it has no rows. */
export interface UnitEffect {
  readonly count: number
  readonly estimate: number | null
  /** conditional: the fixed part taken as known */
  readonly standardError: number | null
  /** ± 1.96 errors: to compare with 0, the average unit */
  readonly low: number | null
  readonly high: number | null
  /** ± 1.39 errors: two units differ where these intervals do not overlap */
  readonly pairLow: number | null
  readonly pairHigh: number | null
}

export interface ValueAdded {
  readonly model: MixedModel
  /** what each fixed column is, in the order of the model's coefficients */
  readonly columns: readonly string[]
  /** in the order of the levels given */
  readonly levels: readonly { readonly name: string; readonly units: readonly UnitEffect[] }[]
  /** the smallest units with the effects of all units they lie in added: compared with the whole country */
  readonly totals?: readonly UnitEffect[]
  /** share of the variance left by the fixed part that lies between the units of each level, 0–1 */
  readonly shares: readonly number[]
}

/**
 * Value added: how far the outcomes of a unit's persons lie from those of persons elsewhere who started level,
 * by a mixed model whose effects shrink towards 0 where the rows are few.
 *
 * @throws RangeError if scores are missing or not finite or never differ, and as `mixedModel`
 * @see    Raudenbush, Willms (1995), Journal of Educational and Behavioral Statistics 20, 307–335,
 *         https://doi.org/10.3102/10769986020004307
 * @see    Goldstein, Healy (1995), Journal of the Royal Statistical Society A 158, 175–177,
 *         https://doi.org/10.2307/2983411
 */
export function valueAdded(input: ValueAddedInput, method: 'REML' | 'ML' = 'REML'): ValueAdded {
  const { data, columns } = modelData(input)
  const model = mixedModel(data, method)
  const whole = model.residualVariance + model.terms.reduce((total, { variance }) => total + variance[0]!, 0)
  const { totals } = model
  const smallest = totals && model.terms[totals.term]
  return {
    model,
    columns,
    levels: model.terms.map(({ name, counts, effects, conditionalVariance }) => ({
      name,
      units: unitEffects(counts, effects, conditionalVariance),
    })),
    ...(smallest && { totals: unitEffects(smallest.counts, totals.effects, totals.conditionalVariance) }),
    shares: model.terms.map(({ variance }) => variance[0]! / whole),
  }
}

export interface DifferentialEffect {
  /** the model in which the relation to the first earlier score differs between the smallest units */
  readonly model: MixedModel
  /** twice the gain in log-likelihood */
  readonly statistic: number
  /** half from chi-square with 1, half with 2 degrees of freedom: a variance cannot be negative */
  readonly pValue: number
}

/**
 * Whether units do differently for those who started low and those who started high: a test of a random slope.
 * @see Snijders, Bosker (2012), Multilevel Analysis, § 6.2.1
 */
export function differentialEffect(
  input: ValueAddedInput,
  method: 'REML' | 'ML' = 'REML',
): DifferentialEffect {
  const { data } = modelData(input)
  const slope = Float64Array.from({ length: data.rows }, (_, i) => data.x[i * data.columns + 1]!)
  const [smallest, ...others] = data.terms
  const sloped = mixedModel({ ...data, terms: [{ ...smallest!, slopes: [slope] }, ...others] }, method)
  const statistic = Math.max(0, mixedModel(data, method).criterion - sloped.criterion)
  const pValue =
    0.5 * chiSquareCumulative(statistic, 1, 'upper') + 0.5 * chiSquareCumulative(statistic, 2, 'upper')
  return { model: sloped, statistic, pValue }
}

function modelData(input: ValueAddedInput): { data: MixedModelData; columns: string[] } {
  const { outcome, priors, degree = 2, covariates = [], levels, composition = false } = input
  const rows = outcome.length
  const smallest = levels[0]
  if (!smallest || priors.length === 0) {
    throw new RangeError('value added requires an earlier score and a level of units')
  }
  if (smallest.group.length !== rows || [...priors, ...covariates].some((column) => column.length !== rows)) {
    throw new RangeError('value added requires a unit, earlier scores and characteristics for each row')
  }
  const scores = priors.map(standardised)
  const columns = ['constant']
  const values: ArrayLike<number>[] = [new Float64Array(rows).fill(1)]
  for (const [p, score] of scores.entries()) {
    columns.push(`earlier score ${p + 1}`)
    values.push(score)
    if (degree === 2) {
      columns.push(`earlier score ${p + 1} squared`)
      values.push(score.map((z) => z * z))
    }
  }
  for (const [c, covariate] of covariates.entries()) {
    columns.push(`characteristic ${c + 1}`)
    values.push(covariate)
  }
  for (const [p, score] of composition ? scores.entries() : []) {
    columns.push(`mean of earlier score ${p + 1} in the unit`)
    values.push(meanOfUnit(score, smallest))
  }
  const x = new Float64Array(rows * columns.length)
  for (const [j, column] of values.entries()) {
    for (let i = 0; i < rows; i++) x[i * columns.length + j] = column[i]!
  }
  return { data: { x, y: outcome, rows, columns: columns.length, terms: levels }, columns }
}

/** Mean 0 and standard deviation 1, so that squares and levels stay apart. */
function standardised(scores: ArrayLike<number>): Float64Array {
  if (scores.length < 2) throw new RangeError('value added requires two or more rows')
  const centre = exactSum(scores) / scores.length
  const spread = Math.sqrt(exactSum(Float64Array.from(scores, (s) => (s - centre) ** 2)) / scores.length)
  if (spread <= 1e-12 * Math.abs(centre))
    throw new RangeError('value added requires earlier scores that are not all the same')
  return Float64Array.from(scores, (s) => (s - centre) / spread)
}

function meanOfUnit(score: Float64Array, { group, groups }: Level): Float64Array {
  const members: number[][] = Array.from({ length: groups }, () => [])
  for (let i = 0; i < score.length; i++) members[group[i]!]?.push(score[i]!)
  const means = members.map((own) => (own.length > 0 ? exactSum(own) / own.length : 0))
  return score.map((_, i) => means[group[i]!] ?? Number.NaN)
}

function unitEffects(counts: Float64Array, effects: Float64Array, variances: Float64Array): UnitEffect[] {
  return Array.from(counts, (count, g) => {
    if (count === 0) {
      const absent = {
        estimate: null,
        standardError: null,
        low: null,
        high: null,
        pairLow: null,
        pairHigh: null,
      }
      return { count, ...absent }
    }
    const estimate = effects[g]!
    const standardError = Math.sqrt(Math.max(0, variances[g]!))
    return {
      count,
      estimate,
      standardError,
      low: estimate - 1.96 * standardError,
      high: estimate + 1.96 * standardError,
      pairLow: estimate - 1.39 * standardError,
      pairHigh: estimate + 1.39 * standardError,
    }
  })
}
