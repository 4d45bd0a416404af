import { type FittedTerm, groupMeans, mixedModel, type ValueAdded } from '#stats/growth/index.ts'
import { quantile } from '#stats/numeric/quantile.ts'
import { exactSum } from '#stats/numeric/sum.ts'
import { attempt, fitSchools, groupsOf, type LearnerGrowth, type Method, sixDecimals } from './cohort.ts'
import type { GrowthSummary, SchoolSpread } from './model.ts'

/** Growth of one institution. */
export interface SchoolFigures {
  institution: number
  /** of this year */
  pupils: number
  /** years that stand behind the figures, and their learners */
  years: number
  pooled: number
  stayed: number
  percentile: number
  percentileError: number | null
  shrunk: number
  shrunkError: number
  valueA: number | null
  errorA: number | null
  valueB: number | null
  errorB: number | null
  status: 'preliminary' | 'official'
}

/** A school with fewer learners is told from three years together. */
export const enoughForOneYear = 20
/** Fewest learners behind a figure of a school, and fewest schools behind a spread. */
export const enoughToTell = 10

type Grown = Pick<LearnerGrowth, 'institution' | 'from' | 'to' | 'inGroups' | 'stayed' | 'status'>

/**
 * Figures of every institution with learners this year. Where they are fewer than twenty, those of the two years before stand beside
 * them, under one model in which each year has its own level.
 *
 * @param cohorts  this year first, then the years before, without gaps
 */
export function schoolFigures(
  cohorts: readonly (readonly Grown[])[],
  method: Method = {},
): { schools: SchoolFigures[]; summary: GrowthSummary } {
  const [now = []] = cohorts
  const warnings: string[] = []
  const single = figuresOf([now], method, warnings)
  const isSmall = single.schools.some(({ pooled }) => pooled < enoughForOneYear)
  const together = isSmall && cohorts.length > 1 ? figuresOf(cohorts, method, warnings) : null
  const pooled = new Map(together?.schools.map((school) => [school.institution, school]))
  const schools = single.schools.map((school) => {
    const { institution, pupils } = school
    const wider = pupils < enoughForOneYear ? pooled.get(institution) : undefined
    return wider ? { ...wider, pupils } : school
  })
  return {
    schools,
    summary: {
      between: single.between,
      within: single.within,
      schools: {
        percentile: spreadOf(schools, ({ shrunk }) => shrunk),
        valueAdded: spreadOf(schools, ({ valueA }) => valueA),
        valueAddedB: spreadOf(schools, ({ valueB }) => valueB),
      },
      warnings: [...new Set(warnings)],
    },
  }
}

function figuresOf(cohorts: readonly (readonly Grown[])[], { degree }: Method, warnings: string[]) {
  const rows = cohorts.flat()
  const { ids, group } = groupsOf(rows)
  const pairs = rows.map((row) => ({ ...row, learner: 0, fromError: null, toError: null }))
  const year = cohorts.flatMap((cohort, at) => cohort.map(() => at))
  const covariates = cohorts.slice(1).map((_, k) => Float64Array.from(year, (at) => (at === k + 1 ? 1 : 0)))
  const options = { covariates, ...(degree && { degree }) }
  const a = fitSchools(pairs, warnings, options)
  const b = fitSchools(pairs, warnings, { ...options, composition: true })
  const percentiles = rows.map(({ inGroups }) => inGroups)
  const means = groupMeans(percentiles, group, ids.length)
  const level = attempt(warnings, () =>
    mixedModel({
      x: new Float64Array(rows.length).fill(1),
      y: percentiles,
      rows: rows.length,
      columns: 1,
      terms: [{ name: 'school', group, groups: ids.length }],
    }),
  )
  const effects = { a: effectsOf(a), b: effectsOf(b) }
  const levels = level ? shrunkEffects(level.terms[0]!, level.residualVariance) : []
  const members = Map.groupBy(rows.keys(), (at) => group[at]!)
  const schools = ids.map((institution, g): SchoolFigures => {
    const own = members.get(g)!
    const { mean, standardError } = means[g]!
    const drawn = levels[g]
    return {
      institution,
      pupils: own.filter((at) => year[at] === 0).length,
      years: cohorts.length,
      pooled: own.length,
      stayed: own.filter((at) => rows[at]!.stayed).length,
      percentile: sixDecimals(mean!),
      percentileError: standardError === null ? null : sixDecimals(standardError),
      shrunk: sixDecimals(level && drawn ? level.coefficients[0]! + drawn.estimate : mean!),
      shrunkError: drawn?.error ?? sixDecimals(standardError ?? 0),
      valueA: effects.a[g]?.estimate ?? null,
      errorA: effects.a[g]?.error ?? null,
      valueB: effects.b[g]?.estimate ?? null,
      errorB: effects.b[g]?.error ?? null,
      status: own.some((at) => rows[at]!.status === 'preliminary') ? 'preliminary' : 'official',
    }
  })
  return {
    schools: schools.filter(({ pupils }) => pupils > 0),
    between: a && sixDecimals(a.model.terms[0]!.variance[0]!),
    within: a && sixDecimals(a.model.residualVariance),
  }
}

/** In the order of the schools; none where no model could be fitted. */
function effectsOf(added: ValueAdded | null): { estimate: number; error: number }[] {
  const term = added?.model.terms[0]
  return term ? shrunkEffects(term, added.model.residualVariance) : []
}

/**
 * Effects with errors that are honest where schools seem not to differ at all: a variance between schools estimated as nothing is not
 * known to be nothing. For the errors it counts at least as much as could hide: one standard error of such an estimate.
 *
 * @see Chung, Rabe-Hesketh, Dorie, Gelman, Liu (2013), Psychometrika 78, 685–709, https://doi.org/10.1007/s11336-013-9328-2
 */
function shrunkEffects({ counts, effects, variance, groups }: FittedTerm, within: number) {
  const usual = exactSum(counts) / groups
  const between = Math.max(variance[0]!, (within * Math.sqrt(2 / (groups - 1))) / usual)
  return Array.from(counts, (n, g) => ({
    estimate: sixDecimals(effects[g]!),
    error: sixDecimals(Math.sqrt((between * within) / (n * between + within))),
  }))
}

/** Quantiles over the schools that can be told; null below ten of them. */
function spreadOf(
  schools: readonly SchoolFigures[],
  of: (school: SchoolFigures) => number | null,
): SchoolSpread | null {
  const values = schools.flatMap((school) => (school.pooled >= enoughToTell ? (of(school) ?? []) : []))
  if (values.length < enoughToTell) return null
  const rising = values.sort((a, b) => a - b)
  const at = (p: number) => sixDecimals(quantile(rising, p))
  return { schools: rising.length, p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) }
}
