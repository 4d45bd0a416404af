import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { CheckScore, ChecksRun, Finding, Score, Scores, ScoresOfPlace, UnitScore } from './model.ts'

const placeName = `jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)`

type NumberedRun = ChecksRun & { id: number }

/** The latest runs, newest first. */
export async function latestRuns(tx: Tx, most: number): Promise<NumberedRun[]> {
  const { rows } = await tx.query<NumberedRun>(
    `select r.run_id as id, ${utc('r.made_at')} as "madeAt", ${utc('r.imported_at')} as "importedAt",
            r.school_year as "schoolYear", r.asked_on::text as "askedOn"
       from checks.run r order by r.run_id desc limit $1`,
    [most],
  )
  return rows
}

/** The institution with this id, where the caller answers for it (school, municipality); null elsewhere. */
export async function ownInstitution(
  tx: Tx,
  tier: 'school' | 'municipality',
  uuid: string,
): Promise<{ id: number; uuid: string; name: PlaceName } | null> {
  const mine =
    tier === 'school'
      ? 'select access.my_schools()'
      : `select u.unit_id from access.my_units() u where u.level = 'school'`
  const { rows } = await tx.query<{ id: number; uuid: string; name: PlaceName }>(
    `select i.institution_id as id, i.institution_uuid as uuid, ${placeName} as name
       from registry.institution i
       join lateral (select * from registry.institution_version x
                      where x.institution_id = i.institution_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) v on true
      where i.institution_uuid = $1 and i.institution_id in (${mine})`,
    [uuid],
  )
  return rows[0] ?? null
}

/** When the next delivery is due by itself; null where none is. */
export async function nextArrival(tx: Tx): Promise<string | null> {
  const { rows } = await tx.query<{ at: string | null }>(`select ${utc('checks.next_arrival()')} as at`)
  return rows[0]!.at
}

export type FindingRow = Omit<Finding, 'name'> & { subjectId: number }

/** What stands of an institution, as far as the caller sees it. */
export async function standingFindings(tx: Tx, institutionId: number): Promise<FindingRow[]> {
  const { rows } = await tx.query<FindingRow>(
    `select f.finding_uuid as id, f.check_code as check, f.subject, f.subject_id as "subjectId", f.detail,
            ${utc('r.made_at')} as since
       from checks.finding f join checks.run r on r.run_id = f.found_run
      where f.institution_id = $1 and f.gone_run is null
      order by f.check_code, f.finding_id`,
    [institutionId],
  )
  return rows
}

/** How many findings of an institution a run found gone. */
export async function goneIn(tx: Tx, institutionId: number, runId: number): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    'select count(*)::int as n from checks.finding where institution_id = $1 and gone_run = $2',
    [institutionId, runId],
  )
  return rows[0]!.n
}

/** Score of an institution in a run; null where nothing of it was asked. */
export async function scoreOf(tx: Tx, institutionId: number, runId: number): Promise<Score | null> {
  const { rows } = await tx.query<Score>(
    `select sum(asked)::int as asked, sum(faults)::int as faults from checks.score
      where institution_id = $1 and run_id = $2 having count(*) > 0`,
    [institutionId, runId],
  )
  return rows[0] ?? null
}

/** How many findings an institution has in a run, by check and whoever they are about. */
export async function faultsByCheck(
  tx: Tx,
  institutionId: number,
  runId: number,
): Promise<{ check: string; faults: number }[]> {
  const { rows } = await tx.query<{ check: string; faults: number }>(
    `select check_code as check, faults from checks.score
      where institution_id = $1 and run_id = $2 and faults > 0 order by check_code`,
    [institutionId, runId],
  )
  return rows
}

/** Names of classes and sites, by kind and id. */
export async function thingNames(tx: Tx, findings: readonly FindingRow[]): Promise<Map<string, string>> {
  const ids = (subject: Finding['subject']) =>
    findings.filter((each) => each.subject === subject).map(({ subjectId }) => subjectId)
  const { rows } = await tx.query<{ key: string; name: string | null }>(
    `select 'class ' || v.class_group_id as key, v.name
       from registry.class_group_version v where v.class_group_id = any ($1) and v.superseded_by is null
      union all
     select 'site ' || s.site_id, coalesce(s.name_lv, s.address, s.code)
       from registry.site_version s where s.site_id = any ($2) and s.superseded_by is null`,
    [ids('class'), ids('site')],
  )
  return new Map(rows.flatMap(({ key, name }) => (name === null ? [] : [[key, name] as const])))
}

export interface SealedName {
  key: string
  sealedName: Buffer | null
  sealedCode: Buffer
}

/** Sealed names of learners and staff of an own school. The database writes down whose names were read. */
export async function sealedNames(
  tx: Tx,
  institutionId: number,
  findings: readonly FindingRow[],
): Promise<SealedName[]> {
  const ids = (subject: Finding['subject']) => [
    ...new Set(findings.filter((each) => each.subject === subject).map(({ subjectId }) => subjectId)),
  ]
  const learners = ids('learner')
  const staff = ids('staff')
  const found: SealedName[] = []
  if (learners.length > 0) {
    const { rows } = await tx.query<SealedName>(
      `select 'learner ' || learner_id as key, sealed_name as "sealedName", sealed_code as "sealedCode"
         from identity.read_some($1, $2)`,
      [institutionId, learners],
    )
    found.push(...rows)
  }
  if (staff.length > 0) {
    const { rows } = await tx.query<SealedName>(
      `select 'staff ' || staff_id as key, sealed_name as "sealedName", sealed_code as "sealedCode"
         from identity.read_staff($1, $2)`,
      [institutionId, staff],
    )
    found.push(...rows)
  }
  return found
}

/** Scores of checks, as far as the caller sees them. */
export async function scoresByCheck(tx: Tx, runId: number, beforeId: number | null): Promise<CheckScore[]> {
  const { rows } = await tx.query<CheckScore>(
    `select n.check_code as check, jsonb_build_object('asked', n.asked, 'faults', n.faults) as score,
            case when b.asked is not null then jsonb_build_object('asked', b.asked, 'faults', b.faults) end as before
       from (select check_code, sum(asked)::int as asked, sum(faults)::int as faults from checks.score
              where run_id = $1 group by 1) n
       left join (select check_code, sum(asked)::int as asked, sum(faults)::int as faults from checks.score
                   where run_id = $2 group by 1) b using (check_code)`,
    [runId, beforeId],
  )
  return rows
}

/** Scores of institutions or of the municipalities they lie in today, by name: sums over records, never means of scores. */
export async function scoresByUnit(
  tx: Tx,
  level: 'institution' | 'municipality',
  runId: number,
  beforeId: number | null,
): Promise<UnitScore[]> {
  const unit = level === 'institution' ? 'institution_id' : 'territory_id'
  const place = level === 'institution' ? 'institution' : 'territory'
  const { rows } = await tx.query<UnitScore>(
    `with lies as (
       select distinct on (institution_id) institution_id, territory_id from registry.institution_version
        where superseded_by is null order by institution_id, valid @> access.today() desc, valid desc
     ), score as (
       select l.${unit} as id, s.run_id, sum(s.asked)::int as asked, sum(s.faults)::int as faults
         from checks.score s join lies l using (institution_id)
        where s.run_id in ($1, $2) group by 1, 2
     ), named as (
       select distinct on (${place}_id) ${place}_id, ${place}_uuid, v.name_lv, v.name_en, v.genitive_lv, v.locative_lv
         from registry.${place}_version v join registry.${place} p using (${place}_id)
        where v.superseded_by is null order by ${place}_id, v.valid @> access.today() desc, v.valid desc
     )
     select jsonb_build_object('id', v.${place}_uuid, 'name', ${placeName}) as unit,
            jsonb_build_object('asked', n.asked, 'faults', n.faults) as score,
            case when b.asked is not null then jsonb_build_object('asked', b.asked, 'faults', b.faults) end as before
       from score n
       left join score b on b.id = n.id and b.run_id = $2
       join named v on v.${place}_id = n.id
      where n.run_id = $1
      order by v.name_lv collate public.latvian, v.${place}_id`,
    [runId, beforeId],
  )
  return rows
}

/** The sum of what the caller sees, run by run, oldest first. */
export async function scoresOverTime(tx: Tx, most: number): Promise<Scores['runs']> {
  const { rows } = await tx.query<Scores['runs'][number]>(
    `select ${utc('r.made_at')} as "madeAt",
            jsonb_build_object('asked', sum(s.asked)::int, 'faults', sum(s.faults)::int) as score
       from (select * from checks.run order by run_id desc limit $1) r join checks.score s using (run_id)
      group by r.run_id, r.made_at order by r.run_id`,
    [most],
  )
  return rows
}

/**
 * The sum of an institution, or of the institutions that lie in a municipality today, run by run, oldest first; as far as the caller
 * sees them.
 */
export async function scoresOfPlace(tx: Tx, uuid: string, most: number): Promise<ScoresOfPlace['runs']> {
  const { rows } = await tx.query<ScoresOfPlace['runs'][number]>(
    `with lies as (
       select distinct on (v.institution_id) v.institution_id, i.institution_uuid, t.territory_uuid
         from registry.institution_version v
         join registry.institution i using (institution_id) join registry.territory t using (territory_id)
        where v.superseded_by is null order by v.institution_id, v.valid @> access.today() desc, v.valid desc
     )
     select ${utc('r.made_at')} as "madeAt",
            jsonb_build_object('asked', sum(s.asked)::int, 'faults', sum(s.faults)::int) as score
       from (select * from checks.run order by run_id desc limit $2) r
       join checks.score s using (run_id)
       join lies l using (institution_id)
      where $1 in (l.institution_uuid, l.territory_uuid)
      group by r.run_id, r.made_at order by r.run_id`,
    [uuid, most],
  )
  return rows
}
