import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Score } from '#modules/checks/model.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { OpenFindings, SchoolState, SchoolWork, TeacherWork } from './model.ts'

const placeName = `jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)`
const score = (of: string) =>
  `case when ${of}.asked is not null then jsonb_build_object('asked', ${of}.asked, 'faults', ${of}.faults) end`

/** A place of the mandate in force, with its internal id. */
export interface OwnPlace {
  id: number
  uuid: string
  name: PlaceName
}

/** The school or municipality the mandate in force is for; null where it is for none. */
export async function ownPlace(tx: Tx, kind: 'institution' | 'territory'): Promise<OwnPlace | null> {
  const { rows } = await tx.query<OwnPlace>(
    `select p.${kind}_id as id, p.${kind}_uuid as uuid, ${placeName} as name
       from access.my_mandate() m join registry.${kind} p on p.${kind}_id = m.${kind}_id
       join lateral (select * from registry.${kind}_version x
                      where x.${kind}_id = p.${kind}_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) v on true`,
  )
  return rows[0] ?? null
}

/** What stands of a school, counted by check: nobody is named, so nothing is written into the audit trail. */
export async function openFindings(tx: Tx, institutionId: number): Promise<OpenFindings[]> {
  const { rows } = await tx.query<OpenFindings>(
    `select f.check_code as check, min(f.subject) as subject, count(*)::int as n, ${utc('min(r.made_at)')} as since
       from checks.finding f join checks.run r on r.run_id = f.found_run
      where f.institution_id = $1 and f.gone_run is null group by f.check_code`,
    [institutionId],
  )
  return rows
}

/** Sum over all checks of a run; null where nothing of the school was asked about. */
export async function scoreIn(tx: Tx, institutionId: number, runId: number): Promise<Score | null> {
  const { rows } = await tx.query<Score>(
    `select sum(asked)::int as asked, sum(faults)::int as faults from checks.score
      where institution_id = $1 and run_id = $2 having count(*) > 0`,
    [institutionId, runId],
  )
  return rows[0] ?? null
}

/** When what is known of an own school last changed. */
export async function changedAt(tx: Tx, institutionId: number): Promise<string | null> {
  const { rows } = await tx.query<{ at: string }>(
    `select ${utc('changed_at')} as at from worklists.changed() where institution_id = $1`,
    [institutionId],
  )
  return rows[0]?.at ?? null
}

/** Reminders of the last four weeks, the latest first. */
export async function remindersOf(tx: Tx, institutionId: number): Promise<SchoolWork['reminders']> {
  const { rows } = await tx.query<SchoolWork['reminders'][number]>(
    `select r.reminder_uuid as id, ${utc('r.made_at')} as at, ${placeName} as by, r.open
       from worklists.reminder r
       join lateral (select * from registry.territory_version x
                      where x.territory_id = r.territory_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) v on true
      where r.institution_id = $1 and r.made_at > now() - interval '28 days'
      order by r.made_at desc, r.reminder_id desc`,
    [institutionId],
  )
  return rows
}

/** Schools that lie in the caller's municipality today, by name. */
export async function ownSchools(
  tx: Tx,
  runId: number | null,
  beforeId: number | null,
): Promise<SchoolState[]> {
  const { rows } = await tx.query<SchoolState>(
    `with own as (
       select u.unit_id as institution_id from access.my_units() u where u.level = 'school'
     ), score as (
       select s.institution_id, s.run_id, sum(s.asked)::int as asked, sum(s.faults)::int as faults
         from checks.score s join own using (institution_id) where s.run_id in ($1, $2) group by 1, 2
     ), reminder as (
       select r.institution_id, max(r.made_at) as at from worklists.reminder r group by 1
     )
     select jsonb_build_object('id', i.institution_uuid, 'name', ${placeName}) as institution,
            ${score('n')} as score, ${score('b')} as before,
            ${utc('c.changed_at')} as "changedAt", ${utc('r.at')} as "remindedAt",
            coalesce(n.faults, 0) > 0 and coalesce(r.at < now() - interval '7 days', true) as "mayRemind"
       from own join registry.institution i using (institution_id)
       join registry.institution_version v
         on v.institution_id = i.institution_id and v.superseded_by is null and v.valid @> access.today()
       left join score n on n.institution_id = i.institution_id and n.run_id = $1
       left join score b on b.institution_id = i.institution_id and b.run_id = $2
       left join worklists.changed() c on c.institution_id = i.institution_id
       left join reminder r on r.institution_id = i.institution_id
      order by v.name_lv collate public.latvian, i.institution_id`,
    [runId, beforeId],
  )
  return rows
}

/** Classes whose class teacher the caller is, with those of their learners the caller sees. */
export async function ownClasses(tx: Tx): Promise<TeacherWork['classes']> {
  const { rows } = await tx.query<TeacherWork['classes'][number]>(
    `select g.class_group_uuid as id, v.name, v.grade, v.school_year as "schoolYear",
            (select count(distinct e.learner_id)::int from registry.enrolment e
              where e.institution_id = v.institution_id and e.school_year = v.school_year
                and e.class_group_id = v.class_group_id and e.superseded_by is null
                and upper(e.valid) > least(access.today(), make_date(e.school_year, 8, 31))) as learners
       from access.my_classes() own
       join registry.class_group g on g.class_group_id = own
       join registry.class_group_version v on v.class_group_id = own and v.superseded_by is null
      order by v.grade, v.name collate public.latvian, v.class_group_id`,
  )
  return rows
}

/** Whether an own institution has preschool groups: in the register, or of an observation it took part in. */
export async function hasPreschool(tx: Tx, institutionId: number): Promise<boolean> {
  const { rows } = await tx.query<{ yes: boolean }>(
    `select exists (select from registry.class_group_version v
                     where v.institution_id = $1 and v.grade = 0 and v.superseded_by is null)
            or exists (select from assessments.own_preschool_groups()) as yes`,
    [institutionId],
  )
  return rows[0]!.yes
}

/** What became of the wish to remind a school; null where the caller does not answer for it. */
export async function remind(tx: Tx, school: string): Promise<'made' | 'too_soon' | 'nothing_open' | null> {
  const { rows } = await tx.query<{ became: 'made' | 'too_soon' | 'nothing_open' | null }>(
    'select worklists.remind($1) as became',
    [school],
  )
  return rows[0]!.became
}
