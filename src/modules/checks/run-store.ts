import type { Tx } from '#db/actor.ts'
import type { Day } from '#terms/day.ts'
import type { Check } from './define.ts'

/** The latest school year with enrolments that has begun by a day; null where there is none. */
export async function latestYear(tx: Tx, day: Day): Promise<number | null> {
  const { rows } = await tx.query<{ year: number | null }>(
    `select max(school_year) as year from registry.enrolment
      where superseded_by is null and make_date(school_year - 1, 9, 1) <= $1::date`,
    [day],
  )
  return rows[0]?.year ?? null
}

/** Notes a run; one at a time. Null where nothing was ever imported. */
export async function beginRun(tx: Tx, schoolYear: number, day: Day): Promise<number | null> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('checks.run'))`)
  const { rows } = await tx.query<{ id: number }>(
    `insert into checks.run (as_of_import, imported_at, school_year, asked_on)
     select import_id, finished_at, $1, $2 from intake.import where state = 'merged' order by import_id desc limit 1
     returning run_id as id`,
    [schoolYear, day],
  )
  return rows[0]?.id ?? null
}

/** Every threshold on a day, by code and name with a space between. */
export async function thresholdsOn(tx: Tx, day: Day): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ name: string; value: number }>(
    `select check_code || ' ' || name as name, value from checks.threshold where valid @> $1::date`,
    [day],
  )
  return new Map(rows.map(({ name, value }) => [name, value]))
}

/** Temporary table `asked`: every record the check looks at, with the answer. */
export async function askRecords(
  tx: Tx,
  { records }: Check,
  thresholds: Readonly<Record<string, number>>,
  schoolYear: number,
  day: Day,
): Promise<void> {
  await tx.query('drop table if exists pg_temp.asked')
  // A record that is told nothing about ($1 or $2 unused) still takes both.
  await tx.query(
    `create temporary table asked on commit drop as
     select r.institution_id, r.subject_id, coalesce(r.fault, false) as fault, r.detail, r.import_id, r.line
       from (${records(thresholds)}) r, (select $1::int as school_year, $2::date as day) asked_for`,
    [schoolYear, day],
  )
}

/** Counts the answers institution by institution. */
export async function keepScores(
  tx: Tx,
  runId: number,
  { code }: Check,
): Promise<{ asked: number; faults: number }> {
  const { rows } = await tx.query<{ asked: number; faults: number }>(
    `with kept as (
       insert into checks.score (run_id, check_code, institution_id, asked, faults)
       select $1, $2, institution_id, count(*), count(*) filter (where fault) from pg_temp.asked group by institution_id
       returning asked, faults
     ) select coalesce(sum(asked), 0)::int as asked, coalesce(sum(faults), 0)::int as faults from kept`,
    [runId, code],
  )
  return rows[0]!
}

/** Keeps new findings, leaves those that stand, ends those that are gone. One per subject: of several records the first. */
export async function keepFindings(
  tx: Tx,
  runId: number,
  { code, subject }: Check,
  schoolYear: number,
): Promise<{ found: number; gone: number }> {
  const { rows } = await tx.query<{ found: number; gone: number }>(
    `with fault as (
       select distinct on (institution_id, subject_id) institution_id, subject_id, detail, import_id, line
         from pg_temp.asked where fault order by institution_id, subject_id, import_id desc, line
     ), gone as (
       update checks.finding f set gone_run = $1
        where f.check_code = $2 and f.gone_run is null
          and not exists (select from fault x where x.institution_id = f.institution_id and x.subject_id = f.subject_id)
       returning 1
     ), stands as (
       update checks.finding f set detail = x.detail, import_id = x.import_id, line = x.line, school_year = $4
         from fault x
        where f.check_code = $2 and f.gone_run is null and x.institution_id = f.institution_id and x.subject_id = f.subject_id
          and (f.detail, f.import_id, f.line, f.school_year) is distinct from (x.detail, x.import_id, x.line, $4::smallint)
       returning 1
     ), found as (
       insert into checks.finding (check_code, institution_id, subject, subject_id, school_year, detail, import_id, line, found_run)
       select $2, x.institution_id, $3, x.subject_id, $4, x.detail, x.import_id, x.line, $1
         from fault x
        where not exists (select from checks.finding f where f.check_code = $2 and f.gone_run is null
                             and f.institution_id = x.institution_id and f.subject_id = x.subject_id)
       returning 1
     ) select (select count(*) from found)::int as found, (select count(*) from gone)::int as gone`,
    [runId, code, subject, schoolYear],
  )
  return rows[0]!
}
