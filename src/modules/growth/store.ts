import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { GrowthDomain, GrowthFigure, GrowthSummary, SchoolGrowth } from './model.ts'
import { enoughToTell } from './schools.ts'

/** Growth of one learner between two tests of a domain. */
export interface LearnerProgress {
  learnerId: number
  domain: GrowthDomain
  /** of the later test */
  schoolYear: number
  fromGrade: number
  toGrade: number
  fromScore: number
  toScore: number
  /** of a hundred learners who started level, how many were outgrown: 1–99 */
  percentile: number
  /** mean later result of those who started level, and what the own one is above it; points */
  expected: number
  residual: number
  /** standard error of the residual; null: errors of the tests are not known */
  error: number | null
  status: 'preliminary' | 'after_appeal' | 'official'
}

/**
 * Growth of some learners, of those the caller may see: own learners of a school or class, oneself, one's child (once official).
 * Numbers only; whoever shows them beside a name reads the names through `identity` and so leaves a trace.
 */
export async function progressOf(tx: Tx, learners: readonly number[]): Promise<LearnerProgress[]> {
  const { rows } = await tx.query<LearnerProgress>(
    `select learner_id as "learnerId", domain, school_year as "schoolYear", from_grade as "fromGrade", to_grade as "toGrade",
            from_score as "fromScore", to_score as "toScore", percentile, expected, residual, error, status
       from growth.progress_of($1)`,
    [learners],
  )
  return rows
}

interface SchoolRow {
  domain: GrowthDomain
  schoolYear: number
  fromYear: number
  pupils: number
  years: number
  pooled: number
  stayed: number
  status: 'preliminary' | 'official'
  shrunk: number
  shrunkError: number
  valueA: number | null
  errorA: number | null
  valueB: number | null
  errorB: number | null
  summary: GrowthSummary
}

/** Growth of a school the caller answers for; null of any other, and of none. */
export async function schoolGrowth(tx: Tx, school: string): Promise<SchoolGrowth | null> {
  const { rows: places } = await tx.query<{ institution: number; name: PlaceName }>(
    `select v.institution_id as institution,
            jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv) as name
       from registry.institution_version v
      where v.institution_id = growth.readable($1) and v.superseded_by is null order by v.valid desc limit 1`,
    [school],
  )
  const [place] = places
  if (!place) return null
  const { rows: knownFrom } = await tx.query<{ domain: GrowthDomain; schoolYear: number }>(
    'select domain, school_year as "schoolYear" from growth.known_from() order by domain',
  )
  const { rows } = await tx.query<SchoolRow>(
    `select s.domain, s.school_year as "schoolYear", r.from_year as "fromYear", s.pupils, s.years, s.pooled, s.stayed, s.status,
            s.shrunk, s.shrunk_error as "shrunkError", s.value_a as "valueA", s.error_a as "errorA", s.value_b as "valueB",
            s.error_b as "errorB", r.summary
       from growth.school s join growth.run r using (run_id)
      where s.institution_id = $1 order by s.school_year desc, s.domain`,
    [place.institution],
  )
  return { school: { id: school, name: place.name }, knownFrom, figures: rows.map(figureOf) }
}

const Z = 1.96 // of a 95 % interval

function figureOf({
  shrunk,
  shrunkError,
  valueA,
  errorA,
  valueB,
  errorB,
  summary,
  ...row
}: SchoolRow): GrowthFigure {
  if (row.pooled < enoughToTell) {
    return {
      ...row,
      absent: 'too_few',
      percentile: null,
      valueAdded: null,
      valueAddedB: null,
      verdict: null,
      elsewhere: null,
    }
  }
  const valueAdded = around(valueA, errorA)
  return {
    ...row,
    absent: null,
    percentile: around(shrunk, shrunkError),
    valueAdded,
    valueAddedB: around(valueB, errorB),
    verdict:
      valueAdded && (valueAdded.low > 0 ? 'higher' : valueAdded.high < 0 ? 'lower' : 'no_clear_difference'),
    elsewhere: summary.schools.valueAdded,
  }
}

function around(value: number | null, error: number | null) {
  return value === null || error === null ? null : { value, low: value - Z * error, high: value + Z * error }
}
