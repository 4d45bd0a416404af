import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Duty } from '../lifecycle.ts'
import { markingSettings } from './marking-settings-store.ts'
import {
  type FormDetail,
  type FormSummary,
  MOST_FILE,
  type RosterJob,
  type RoundDetail,
  type RoundEvent,
  type RoundSchool,
  type RoundSummary,
} from './model.ts'
import { filesOf } from './sent-file-store.ts'

/** What people with a duty read about forms and rounds; nobody who sits them is named. */

const forms = `
  select f.form_uuid as id, f.code, f.domain, f.grade, f.state, f.minutes, count(i.position)::integer as items,
         (count(*) filter (where i.is_anchor))::integer as anchors, coalesce(sum(v.points), 0)::integer as points,
         array(select r.code from assessments.round_form x join assessments.round r using (round_id)
                where x.form_id = f.form_id order by r.code) as rounds
    from assessments.form f
    left join assessments.form_item i using (form_id)
    left join assessments.item_version v using (item_version_id)`

/** Forms, by code. */
export async function listForms(tx: Tx): Promise<FormSummary[]> {
  const { rows } = await tx.query<FormSummary>(`${forms} group by f.form_id order by f.code limit 1000`)
  return rows
}

/** A form with its items in order; null where there is none. */
export async function formByUuid(tx: Tx, id: string): Promise<FormDetail | null> {
  const { rows } = await tx.query<FormSummary>(`${forms} where f.form_uuid = $1 group by f.form_id`, [id])
  if (!rows[0]) return null
  const { rows: order } = await tx.query<FormDetail['order'][number]>(
    `select x.position, i.item_uuid as id, i.code as item, v.number as version, v.strand, v.points, x.is_anchor as anchor, i.state
       from assessments.form f
       join assessments.form_item x using (form_id)
       join assessments.item_version v using (item_version_id)
       join assessments.item i using (item_id)
      where f.form_uuid = $1 order by x.position`,
    [id],
  )
  return { ...rows[0], order }
}

const rounds = `
  select r.round_id as "roundId", r.round_uuid as id, r.code, r.kind, r.domain, r.grade, r.school_year as "schoolYear",
         jsonb_build_object('lv', r.name_lv, 'en', r.name_en) as name, ${utc('r.opens_at')} as "opensAt",
         ${utc('r.closes_at')} as "closesAt", r.minutes, r.state, r.settings,
         array(select f.code from assessments.round_form x join assessments.form f using (form_id)
                where x.round_id = r.round_id order by f.code) as forms,
         (select jsonb_build_object('expected', coalesce(sum(p.expected), 0), 'tested', coalesce(sum(p.tested), 0),
                                    'absent', coalesce(sum(p.absent), 0), 'exempt', coalesce(sum(p.exempt), 0))
            from assessments.participation(r.round_id) p) as participation
    from assessments.round r`

type Row = RoundSummary & { roundId: number; settings: RoundDetail['settings'] }

/** Rounds, the latest window first. */
export async function listRounds(tx: Tx): Promise<RoundSummary[]> {
  const { rows } = await tx.query<Row>(`${rounds} order by r.opens_at desc, r.code limit 500`)
  return rows.map(({ roundId, settings, ...round }) => round)
}

/** A round with what was done with it and who takes part by school; null where there is none. */
export async function roundByUuid(tx: Tx, id: string, duties: readonly Duty[]): Promise<RoundDetail | null> {
  const { rows } = await tx.query<Row>(`${rounds} where r.round_uuid = $1`, [id])
  if (!rows[0]) return null
  const { roundId, ...round } = rows[0]
  return {
    ...round,
    job: await jobOf(tx, roundId),
    events: await eventsOf(tx, roundId),
    schools: await schoolsOf(tx, roundId),
    moves: duties.includes('coordinator') ? movesFrom(round) : [],
    files: await filesOf(tx, roundId),
    mostBytes:
      duties.includes('coordinator') && ['open', 'closed'].includes(round.state) && round.grade > 0
        ? MOST_FILE
        : null,
    marking: await markingSettings(tx, roundId),
  }
}

function movesFrom({ state, participation, grade }: RoundSummary): RoundDetail['moves'] {
  const hasRoster = participation.expected + participation.absent + participation.exempt > 0
  switch (state) {
    case 'planned':
      return grade === 0 ? ['cancelled'] : ['roster', 'cancelled']
    case 'rostered':
      return hasRoster ? ['roster', 'open', 'cancelled'] : ['roster', 'cancelled']
    case 'open':
      return ['closed', 'cancelled']
    default:
      return []
  }
}

const states: Readonly<Record<string, RosterJob['state']>> = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

async function jobOf(tx: Tx, roundId: number): Promise<RosterJob | null> {
  const { rows } = await tx.query<Omit<RosterJob, 'state'> & { state: string }>(
    `select state, done, ${utc('asked_at')} as "askedAt", failure from assessments.roster_job($1)`,
    [roundId],
  )
  return rows[0] ? { ...rows[0], state: states[rows[0].state] ?? 'failed' } : null
}

async function eventsOf(tx: Tx, roundId: number): Promise<RoundEvent[]> {
  const { rows } = await tx.query<RoundEvent>(
    `select ${utc('e.at')} as at, n.name as person, e.kind, e.state, e.text, e.facts
       from assessments.round_event e
       left join assessments.round_people($1) n using (person_id)
      where e.round_id = $1 order by e.event_id desc limit 200`,
    [roundId],
  )
  return rows
}

async function schoolsOf(tx: Tx, roundId: number): Promise<RoundSchool[]> {
  const { rows } = await tx.query<RoundSchool>(
    `with taking as (
       select institution_id, jsonb_build_object('expected', sum(expected), 'tested', sum(tested), 'absent', sum(absent),
                                                 'exempt', sum(exempt)) as participation
         from assessments.participation($1) group by institution_id
     )
     select i.institution_uuid as id, jsonb_build_object('lv', v.name_lv, 'en', v.name_en) as name, s.zone, s.probability,
            t.participation
       from taking t
       join registry.institution i using (institution_id)
       join lateral (select w.name_lv, w.name_en from registry.institution_version w
                      where w.institution_id = t.institution_id and w.superseded_by is null
                      order by upper(w.valid) desc nulls first limit 1) v on true
       left join assessments.sampled_school s on s.round_id = $1 and s.institution_id = t.institution_id
      order by v.name_lv collate public.latvian`,
    [roundId],
  )
  return rows
}
