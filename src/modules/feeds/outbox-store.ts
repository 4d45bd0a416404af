import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'
import { faultWords } from './fault-words.ts'
import type { FeedMessage, FeedMessages } from './model.ts'
import type { FaultDetail } from './source-fault.ts'

/** Queues what was found since, and what was told and is gone. Done as often as one likes, each is queued once. */
export async function gatherCorrections(
  tx: Tx,
  feedId: number,
  sources: readonly string[] | null,
): Promise<void> {
  await tx.query(
    `insert into feeds.message (feed_id, kind, key, payload)
     select $1, 'correction', f.finding_uuid || ' found', jsonb_build_object('findingId', f.finding_id, 'event', 'found')
       from checks.finding f join intake.import i using (import_id)
      where f.gone_run is null and ($2::text[] is null or i.source = any ($2)) order by f.finding_id
     on conflict do nothing`,
    [feedId, sources],
  )
  await tx.query(
    `insert into feeds.message (feed_id, kind, key, payload)
     select $1, 'correction', f.finding_uuid || ' gone', jsonb_build_object('findingId', f.finding_id, 'event', 'gone')
       from checks.finding f join feeds.message m on m.feed_id = $1 and m.key = f.finding_uuid || ' found'
      where f.gone_run is not null and m.state = 'sent' order by f.finding_id
     on conflict do nothing`,
    [feedId],
  )
}

interface TakenMessage {
  id: string
  tries: number
  kind: string
  madeAt: string
  payload: { findingId: number; event: 'found' | 'gone' }
}

/** The oldest correction that waits; its try is counted, also should the process die in it. */
export async function takeMessage(tx: Tx, feedId: number): Promise<TakenMessage | undefined> {
  const { rows } = await tx.query<TakenMessage>(
    `update feeds.message set tries = tries + 1
      where message_id = (select min(message_id) from feeds.message where feed_id = $1 and state = 'waiting' and about is null)
     returning message_uuid as id, tries, kind, ${utcExact('made_at')} as "madeAt", payload`,
    [feedId],
  )
  return rows[0]
}

interface FindingToTell {
  check: string
  institution: string
  schoolYear: number
  detail: object
  record: { source: string; file: string; line: number }
  subject: string
  /** of the site, class or institution at its source */
  code: string | null
  /** of the learner or member of staff */
  sealedCode: Buffer | null
}

/** What a message says; undefined when the finding is not there any more. */
export async function findingOf(tx: Tx, findingId: number): Promise<FindingToTell | undefined> {
  const { rows } = await tx.query<FindingToTell>(
    `with f as (select * from checks.finding where finding_id = $1)
     select f.check_code as check, v.code as institution, f.school_year as "schoolYear", f.detail, f.subject,
            jsonb_build_object('source', i.source, 'file', i.file_name, 'line', f.line) as record,
            case f.subject
              when 'institution' then v.code
              when 'site' then (select max(s.code) from registry.site_version s
                                 where s.site_id = f.subject_id and s.superseded_by is null)
              when 'class' then (select max(c.code) from registry.class_group_version c
                                  where c.class_group_id = f.subject_id and c.superseded_by is null)
            end as code,
            case f.subject
              when 'learner' then (select p.sealed_code from identity.person p where p.learner_id = f.subject_id)
              when 'staff' then (select p.sealed_code from identity.staff p where p.staff_id = f.subject_id)
            end as "sealedCode"
       from f
       join intake.import i using (import_id)
       cross join lateral (select max(r.code) as code from registry.institution_version r
                            where r.institution_id = f.institution_id and r.superseded_by is null and upper_inf(r.valid)) v`,
    [findingId],
  )
  return rows[0]
}

export async function noteSent(tx: Tx, id: string, receipt: string | null): Promise<void> {
  await tx.query(
    `update feeds.message set state = 'sent', ended_at = now(), receipt = $2, problem = null where message_uuid = $1`,
    [id, receipt],
  )
}

export async function noteGivenUp(
  tx: Tx,
  id: string,
  problem: { code: string; detail: FaultDetail },
): Promise<void> {
  await tx.query(
    `update feeds.message set state = 'dead', ended_at = now(), problem = $2 where message_uuid = $1`,
    [id, JSON.stringify(problem)],
  )
}

type MessageRow = Omit<FeedMessage, 'problem'> & { problem: { code: string; detail?: FaultDetail } | null }

/** What is told by a feed: counts, and those that somebody may have to look at first. */
export async function messagesOf(tx: Tx, feed: string): Promise<FeedMessages> {
  const { rows: counts } = await tx.query<{ state: FeedMessage['state']; n: number }>(
    `select m.state, count(*) as n from feeds.message m join feeds.feed f using (feed_id)
      where f.feed_uuid = $1 group by m.state`,
    [feed],
  )
  const { rows } = await tx.query<MessageRow>(
    `select m.message_uuid as id, m.kind, m.payload ->> 'event' as event, ${utcExact('m.made_at')} as "madeAt", m.state, m.tries,
            ${utcExact('m.ended_at')} as "endedAt", m.receipt, m.problem
       from feeds.message m join feeds.feed f using (feed_id)
      where f.feed_uuid = $1
      order by array_position(array['dead', 'waiting', 'sent', 'overtaken'], m.state), m.ended_at desc, m.message_id limit 100`,
    [feed],
  )
  const of = (state: FeedMessage['state']) => counts.find((each) => each.state === state)?.n ?? 0
  return {
    waiting: of('waiting'),
    sent: of('sent'),
    dead: of('dead'),
    items: rows.map(({ problem, ...row }) => ({
      ...row,
      problem: problem && { code: problem.code, message: faultWords(problem.code, problem.detail) },
    })),
  }
}

/** Tells again what was told or given up since a day, of one kind or all; how many, null: there is no such feed. */
export async function replaySince(
  tx: Tx,
  feed: string,
  { kind, since }: { kind: string | null; since: string },
): Promise<number | null> {
  const { rows } = await tx.query<{ told: number | null }>('select feeds.replay_since($1, $2, $3) as told', [
    feed,
    kind,
    since,
  ])
  return rows[0]!.told
}

/** Tells a message again; false when it is not there, waits already, or a later one about the same counts. */
export async function replayMessage(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select feeds.replay($1) as done', [id])
  return rows[0]!.done
}
