import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'

/** What the receiver of levels and links is to hold, as a query of `about` and `payload`; $2: schools, null for all. */
interface Wanted {
  kind: 'level' | 'link'
  sql: string
  values: unknown[]
}

/** Whose results may be told to a receiver: of a learner of its schools, who is not restricted, while the linkage is on. */
const tellable = `
  o.ended_at is null and r.state = 'official' and r.kind <> 'rehearsal' and r.grade > 0
  and exists (select from identity.person i where i.learner_id = o.learner_id)
  and o.learner_id not in (select rights.not_counted())
  and 'results-outwards' not in (select rights.linkages_off())
  and ($2::text[] is null
       or exists (select from registry.institution_version v
                   where v.institution_id = o.institution_id and v.superseded_by is null and v.code = any ($2))
       or exists (select from registry.enrolment e join registry.institution_version v using (institution_id)
                   where e.learner_id = o.learner_id and e.superseded_by is null and e.valid @> access.today()
                     and v.superseded_by is null and v.code = any ($2)))`

const outcomes = `
  assessments.outcome o
  join assessments.round r using (round_id)
  join assessments.participant p using (participant_id)`

const current = `select max(c.school_year) from registry.class_group_version c where c.superseded_by is null`

/** Levels: of each official result the version in force. */
export function levels(schools: readonly string[] | null): Wanted {
  return {
    kind: 'level',
    sql: `select 'level ' || p.participant_uuid as about,
                 jsonb_build_object('event', 'given', 'participantId', o.participant_id, 'version', o.version) as payload
            from ${outcomes} where ${tellable}`,
    values: [schools],
  }
}

/** Links: to the schools, to their classes of the latest school year, and to learners whose level is told. */
export function links(schools: readonly string[] | null, portal: string): Wanted {
  const given = (id: string) => `jsonb_build_object('event', 'given', 'id', ${id}, 'portal', $3::text)`
  return {
    kind: 'link',
    sql: `select 'link institution ' || i.institution_uuid as about, ${given('i.institution_id')} as payload
            from registry.institution i
           where exists (select from registry.institution_version v
                          where v.institution_id = i.institution_id and v.superseded_by is null and v.valid @> access.today()
                            and ($2::text[] is null or v.code = any ($2)))
          union all
          select 'link class ' || g.class_group_uuid, ${given('g.class_group_id')}
            from registry.class_group g join registry.class_group_version c using (class_group_id)
           where c.superseded_by is null and c.school_year = (${current})
             and exists (select from registry.institution_version v
                          where v.institution_id = c.institution_id and v.superseded_by is null
                            and ($2::text[] is null or v.code = any ($2)))
           group by g.class_group_id, g.class_group_uuid
          union all
          select 'link learner ' || l.learner_uuid, ${given('l.learner_id')}
            from registry.learner l where l.learner_id in (select o.learner_id from ${outcomes} where ${tellable})`,
    values: [schools, portal],
  }
}

/**
 * Queues what brings the receiver from what it was told last to what it is to hold: given, given anew, or withdrawn. Done as often as one
 * likes, each step is queued once. A message that nobody has sent yet gives way to the next about the same.
 */
export async function gatherWanted(tx: Tx, feedId: number, { kind, sql, values }: Wanted): Promise<void> {
  await tx.query(
    `with wanted as (${sql}),
     last as (select distinct on (m.about) m.about, m.message_id, m.payload from feeds.message m
               where m.feed_id = $1 and m.kind = '${kind}' and m.about is not null order by m.about, m.message_id desc),
     next as (
       select w.about, w.payload, l.message_id from wanted w left join last l using (about)
        where l.payload is distinct from w.payload
       union all
       select l.about, jsonb_build_object('event', 'withdrawn'), l.message_id from last l
        where l.payload ->> 'event' = 'given' and not exists (select from wanted w where w.about = l.about)
          and exists (select from feeds.message m where m.feed_id = $1 and m.about = l.about and m.tries > 0)
     )
     insert into feeds.message (feed_id, kind, key, about, payload)
     select $1, '${kind}', about || ' ' || coalesce(message_id, 0), about, payload from next order by about
     on conflict do nothing`,
    [feedId, ...values],
  )
  await tx.query(
    `update feeds.message m set state = 'overtaken', ended_at = now()
      where m.feed_id = $1 and m.kind = $2 and m.state = 'waiting'
        and exists (select from feeds.message l where l.feed_id = $1 and l.about = m.about and l.message_id > m.message_id)`,
    [feedId, kind],
  )
}

export interface TakenOutward {
  id: string
  tries: number
  kind: 'level' | 'link'
  event: 'given' | 'withdrawn'
  about: string
  madeAt: string
  unitId: number | null
  version: number | null
  portal: string | null
}

/** The oldest messages about levels and links that wait, in order; their tries are counted. */
export async function takeOutward(tx: Tx, feedId: number, most: number): Promise<TakenOutward[]> {
  const { rows } = await tx.query<TakenOutward>(
    `with taken as (
       update feeds.message set tries = tries + 1
        where message_id in (select message_id from feeds.message
                              where feed_id = $1 and state = 'waiting' and about is not null order by message_id limit $2)
       returning *)
     select message_uuid as id, tries, kind, about, payload ->> 'event' as event, ${utcExact('made_at')} as "madeAt",
            coalesce(payload ->> 'participantId', payload ->> 'id')::bigint as "unitId",
            (payload ->> 'version')::int as version, payload ->> 'portal' as portal
       from taken order by message_id`,
    [feedId, most],
  )
  return rows
}

/** How often the oldest message that waits was tried. */
export async function triesOfOldest(tx: Tx, feedId: number): Promise<number | null> {
  const { rows } = await tx.query<{ tries: number }>(
    `select tries from feeds.message where feed_id = $1 and state = 'waiting' and about is not null
      order by message_id limit 1`,
    [feedId],
  )
  return rows[0]?.tries ?? null
}

export interface LevelToTell {
  participantId: number
  version: number
  learnerId: number
  sealedCode: Buffer
  institution: string | null
  test: object
  level: number | null
  score: number
  error: number
}

/** Results that may be told now, of those that were taken; who was restricted meanwhile is not among them. */
export async function levelsToTell(
  tx: Tx,
  participants: readonly number[],
  schools: readonly string[] | null,
): Promise<LevelToTell[]> {
  const { rows } = await tx.query<LevelToTell>(
    `select o.participant_id as "participantId", o.version, o.learner_id as "learnerId", person.sealed_code as "sealedCode",
            (select max(v.code) from registry.institution_version v
              where v.institution_id = o.institution_id and v.superseded_by is null and upper_inf(v.valid)) as institution,
            jsonb_build_object('code', r.code, 'domain', r.domain, 'grade', r.grade, 'schoolYear', r.school_year,
                               'heldOn', (p.started_at at time zone 'Europe/Riga')::date) as test,
            o.level, o.score, o.error
       from ${outcomes} join identity.person person on person.learner_id = o.learner_id
      where o.participant_id = any ($1) and ${tellable}`,
    [participants, schools],
  )
  return rows
}

export interface LinkToTell {
  about: string
  subject: 'institution' | 'class' | 'learner'
  /** uuid in addresses */
  unit: string
  institution: string | null
  code: string | null
  sealedCode: Buffer | null
}

/** What links lead to, of those that were taken, with the codes by which the receiver knows it. */
export async function linksToTell(tx: Tx, abouts: readonly string[]): Promise<LinkToTell[]> {
  const school = (id: string) => `(select max(v.code) from registry.institution_version v
    where v.institution_id = ${id} and v.superseded_by is null and upper_inf(v.valid))`
  const { rows } = await tx.query<LinkToTell>(
    `with told as (select about, split_part(about, ' ', 2) as subject, split_part(about, ' ', 3)::uuid as unit
                     from unnest($1::text[]) as about)
     select t.*, ${school('i.institution_id')} as institution, ${school('i.institution_id')} as code, null::bytea as "sealedCode"
       from told t join registry.institution i on i.institution_uuid = t.unit where t.subject = 'institution'
     union all
     select t.*, ${school('c.institution_id')}, c.code, null
       from told t join registry.class_group g on g.class_group_uuid = t.unit
       join lateral (select * from registry.class_group_version v
                      where v.class_group_id = g.class_group_id and v.superseded_by is null order by v.valid desc limit 1) c on true
      where t.subject = 'class'
     union all
     select t.*, null, null, p.sealed_code
       from told t join registry.learner l on l.learner_uuid = t.unit join identity.person p on p.learner_id = l.learner_id
      where t.subject = 'learner' and l.learner_id not in (select rights.not_counted())`,
    [abouts],
  )
  return rows
}

/** Writes into the audit trail whose levels are about to be told. */
export async function noteTold(tx: Tx, feedId: number, learners: readonly number[]): Promise<void> {
  await tx.query('select feeds.note_told(f.feed_uuid, $2) from feeds.feed f where f.feed_id = $1', [
    feedId,
    learners,
  ])
}

/** Ends messages that were taken and are not to be sent after all: what is to be held has changed since. */
export async function noteOvertaken(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update feeds.message set state = 'overtaken', ended_at = now(), tries = tries - 1 where message_uuid = any ($1)`,
    [ids],
  )
}
