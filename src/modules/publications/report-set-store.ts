import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Locale } from '#terms/locale.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import type { ReportSet, ReportSetAsked } from './model.ts'

/** A set as its job takes it: what was asked for, by whom, and how far it is. */
export interface AskedSet {
  uuid: string
  schoolYear: SchoolYear
  figures: 'released' | 'own'
  language: Locale
  mandateId: number
  /** data that the reports there are were made from; null: there are none */
  dataVersion: string | null
}

/** A set that is to be made; null where it is made already, or was cancelled. */
export async function askedSet(tx: Tx, id: number): Promise<AskedSet | null> {
  const { rows } = await tx.query<AskedSet>(
    `select report_set_uuid as uuid, school_year as "schoolYear", figures, language, mandate_id as "mandateId",
            data_version as "dataVersion"
       from publications.report_set where report_set_id = $1 and made_at is null and cancelled_at is null`,
    [id],
  )
  return rows[0] ?? null
}

/** Notes what a set is made from and of how many schools. What was made from other data is forgotten. Answers the places that are made. */
export async function beginSet(
  tx: Tx,
  id: number,
  { version, schools }: { version: string; schools: number },
): Promise<Set<number>> {
  await tx.query(
    `delete from publications.report_file f using publications.report_set s
      where s.report_set_id = $1 and f.report_set_id = $1 and (s.data_version, s.schools) is distinct from ($2, $3)`,
    [id, version, schools],
  )
  await tx.query(
    'update publications.report_set set data_version = $2, schools = $3 where report_set_id = $1',
    [id, version, schools],
  )
  const { rows } = await tx.query<{ place: number }>(
    'select place from publications.report_file where report_set_id = $1',
    [id],
  )
  return new Set(rows.map(({ place }) => place))
}

/** Both files of one school; null: the asker has none of it. */
export interface MadeReport {
  place: number
  name: string
  files: { pdf: Uint8Array; xlsx: Uint8Array } | null
}

/** Keeps the report of a school, unless the set was cancelled meanwhile. */
export async function keepReport(tx: Tx, id: number, { place, name, files }: MadeReport): Promise<void> {
  await tx.query(
    `insert into publications.report_file (report_set_id, place, name, pdf, xlsx)
     select report_set_id, $2, $3, $4, $5 from publications.report_set
      where report_set_id = $1 and made_at is null and cancelled_at is null for update
     on conflict do nothing`,
    [id, place, name, files && Buffer.from(files.pdf), files && Buffer.from(files.xlsx)],
  )
}

/** Declares a set whole, where every school of it is there. */
export async function finishSet(tx: Tx, id: number): Promise<void> {
  await tx.query(
    `update publications.report_set s set made_at = now()
      where s.report_set_id = $1 and s.cancelled_at is null
        and s.schools = (select count(*) from publications.report_file f where f.report_set_id = $1)`,
    [id],
  )
}

/** Files whose time is over are deleted; so are those of sets that nobody makes any more. The note of who asked when stays. */
export async function dropOldReports(tx: Tx): Promise<void> {
  await tx.query(`delete from publications.report_file where made_at < now() - interval '7 days'`)
}

/** Sets the caller asked for in this capacity, the latest first. */
export async function ownSets(tx: Tx, uuid: string | null = null): Promise<ReportSet[]> {
  const { rows } = await tx.query<ReportSet>(
    `select s.report_set_uuid as id, s.school_year as "schoolYear", s.figures, s.language, ${utc('s.asked_at')} as "askedAt",
            ${utc('s.made_at')} as "madeAt", ${utc(`(f.first + interval '7 days')`)} as "untilAt",
            case when s.cancelled_at is not null then 'cancelled'
                 when s.made_at is not null then case when coalesce(f.made, 0) < s.schools then 'over' else 'done' end
                 when j.state in ('created', 'retry') then 'waiting'
                 when j.state = 'active' then 'running' else 'failed' end as state,
            s.schools, coalesce(f.made, 0) as made, coalesce(f.left_out, 0) as "leftOut", coalesce(f.bytes, 0) as bytes
       from publications.report_set s
       join publications.my_report_jobs() j using (report_set_id)
       left join lateral (
         select count(*)::int as made, (count(*) - count(pdf))::int as left_out, min(made_at) as first,
                sum(length(pdf) + length(xlsx))::bigint as bytes
           from publications.report_file where report_set_id = s.report_set_id) f on true
      where $1::uuid is null or s.report_set_uuid = $1
      order by s.report_set_id desc limit 20`,
    [uuid],
  )
  return rows
}

/** Asks for a set; null where the caller may not now. */
export async function askSet(
  tx: Tx,
  { schoolYear, figures, language }: ReportSetAsked,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>(
    'select publications.ask_report_set($1::smallint, $2, $3) as id',
    [schoolYear, figures, language],
  )
  return rows[0]!.id
}

/** Stops the making of an own set; false where there is nothing to stop. */
export async function cancelSet(tx: Tx, uuid: string): Promise<boolean> {
  const { rows } = await tx.query<{ stopped: boolean }>(
    'select publications.cancel_report_set($1) as stopped',
    [uuid],
  )
  return rows[0]!.stopped
}

/** The next report of an own set that is whole, behind a place; null behind the last. */
export async function ownReport(
  tx: Tx,
  uuid: string,
  after: number,
): Promise<{ place: number; name: string; pdf: Buffer; xlsx: Buffer } | null> {
  const { rows } = await tx.query<{ place: number; name: string; pdf: Buffer; xlsx: Buffer }>(
    `select f.place, f.name, f.pdf, f.xlsx from publications.report_file f join publications.report_set s using (report_set_id)
      where s.report_set_uuid = $1 and s.made_at is not null and f.pdf is not null and f.place > $2
      order by f.place limit 1`,
    [uuid, after],
  )
  return rows[0] ?? null
}
