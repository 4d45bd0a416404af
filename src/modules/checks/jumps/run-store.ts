import type { Tx } from '#db/actor.ts'
import type { WatchedFigure } from './define.ts'
import type { Nature } from './like.ts'

export interface FigureOfYear {
  institutionId: number
  year: number
  value: number
}

/** Institutions with learners up to a school year: their latest kind, and learners of the middling one of their years. */
export async function natures(tx: Tx, schoolYear: number): Promise<Nature[]> {
  const { rows } = await tx.query<Nature>(
    `with size as (
       select institution_id, percentile_disc(0.5) within group (order by learners) as learners
         from (select institution_id, school_year, count(distinct learner_id)::int as learners from registry.enrolment
                where superseded_by is null and school_year <= $1 group by 1, 2) s
        group by 1
     )
     select s.institution_id as "institutionId", v.kind, s.learners
       from size s
       join lateral (select kind from registry.institution_version v
                      where v.institution_id = s.institution_id and v.superseded_by is null
                      order by v.valid desc limit 1) v on true
      order by 1`,
    [schoolYear],
  )
  return rows
}

/** A figure of all institutions and years, years ascending. */
export async function figuresOf(
  tx: Tx,
  { records, fewest }: WatchedFigure,
  schoolYear: number,
): Promise<FigureOfYear[]> {
  const { rows } = await tx.query<FigureOfYear>(
    `select r.institution_id as "institutionId", r.school_year as year, r.value::float8 as value
       from (${records}) r where r.n >= ${fewest} and r.school_year <= $1 order by 1, 2`,
    [schoolYear],
  )
  return rows
}

/**
 * Years in which an institution became another one: something joined it or went out of it between two Octobers. `7 2026`: of the seventh
 * institution the school year 2025/26 is not like the one before.
 */
export async function rebuilt(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string }>(
    `select distinct i.id || ' ' || (extract(year from s.since)::int
              + case when s.since > make_date(extract(year from s.since)::int, 10, 1) then 2 else 1 end) as key
       from registry.succession s, lateral (values (s.predecessor_id), (s.successor_id)) i (id)
      where s.kind = 'institution' and s.superseded_by is null`,
  )
  return new Set(rows.map(({ key }) => key))
}

export interface JumpRow {
  figure: string
  kind: 'jump' | 'outlier'
  institution_id: number
  school_year: number
  value: number
  like_value: number
  from_like: number
  from_own: number | null
  like_group: string
  like_count: number
  years_before: number
  years: number[]
  figures: number[]
}

/** Keeps what a run found in place of what was found before. */
export async function keepJumps(tx: Tx, runId: number, rows: readonly JumpRow[]): Promise<void> {
  await tx.query('delete from checks.jump')
  await tx.query(
    `insert into checks.jump (run_id, figure, kind, institution_id, school_year, value, like_value, from_like, from_own,
       like_group, like_count, years_before, years, figures)
     select $1, r.figure, r.kind, r.institution_id, r.school_year, r.value, r.like_value, r.from_like, r.from_own,
            r.like_group, r.like_count, r.years_before, r.years, r.figures
       from jsonb_to_recordset($2::jsonb) as r (figure text, kind text, institution_id bigint, school_year smallint,
         value float8, like_value float8, from_like float8, from_own float8, like_group text, like_count int,
         years_before smallint, years smallint[], figures float8[])`,
    [runId, JSON.stringify(rows)],
  )
}
