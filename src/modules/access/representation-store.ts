import type { Tx } from '#db/actor.ts'
import { createStaging, stagingTable } from '#db/copy.ts'
import type { Day } from '#terms/day.ts'
import type { Representation } from './representations.ts'

/** Day of the latest feed, or null before the first; one feed at a time. */
export async function lastFeed(tx: Tx): Promise<Day | null> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('access.representation', 0))`)
  const { rows } = await tx.query<{ day: Day | null }>(
    'select max(feed_day)::text as day from access.representation_feed',
  )
  return rows[0]!.day
}

/** A feed on its way in: hashes of codes, days half-open. */
export const feedTable = stagingTable('feed', [
  ['line', 'int8'], // of the file, where it came as one
  ['code_hash', 'bytea'],
  ['child_hash', 'bytea'],
  ['kind', 'text'],
  ['since', 'date'],
  ['until', 'date'],
  ['born', 'date'],
  ['disputed', 'bool'],
])

/** Makes `feed` of rows in memory. */
export async function fillFeed(tx: Tx, rows: readonly Representation[]): Promise<void> {
  const column = <Key extends keyof Representation>(key: Key) => rows.map((row) => row[key])
  await createStaging(tx, feedTable)
  await tx.query(
    `insert into feed (code_hash, child_hash, kind, since, until, born, disputed)
     select * from unnest($1::bytea[], $2::bytea[], $3::text[], $4::date[], $5::date[], $6::date[], $7::boolean[])`,
    [
      column('representative'),
      column('child'),
      column('kind'),
      column('from'),
      column('until'),
      column('bornOn'),
      column('isDisputed'),
    ],
  )
}

/**
 * Makes `said`: for each representative and child what the feed says of them on its day, the child found by the hash of its code.
 * Two lines that say different things of a pair make it disputed. Left out: children who are of age or not known.
 */
export async function stageRepresentations(
  tx: Tx,
  day: Day,
): Promise<{ unknown: number; ofAge: number; given: number }> {
  await tx.query(`
    create temporary table said (code_hash bytea, learner_id bigint, kind text, valid daterange, disputed boolean)
    on commit drop`)
  await tx.query(
    `insert into said
     select code_hash, learner_id, min(kind) as kind,
            daterange(max(since), min(least(until, of_age))) as valid,
            bool_or(disputed) or count(distinct (kind, since, until, disputed)) > 1 as disputed
       from (select f.*, p.learner_id, (f.born + interval '18 years')::date as of_age
               from feed f join identity.person p on p.code_hash = f.child_hash) found
      where since < least(until, of_age) and of_age > $1 and coalesce(until, 'infinity') > $1
      group by code_hash, learner_id
     having max(since) < min(least(until, of_age))`,
    [day],
  )
  const { rows: counts } = await tx.query<{ unknown: number; ofAge: number; given: number }>(
    `select count(*) as given, count(*) filter (where p.learner_id is null) as unknown,
            count(*) filter (where p.learner_id is not null and f.born + interval '18 years' <= $1::date) as "ofAge"
       from feed f left join identity.person p on p.code_hash = f.child_hash`,
    [day],
  )
  return counts[0]!
}

/** Ends what the feed no longer says, or says otherwise. `before`: how many stood until now. */
export async function endRepresentations(tx: Tx, day: Day): Promise<{ ended: number; before: number }> {
  const { rows } = await tx.query<{ before: number }>(
    'select count(*) as before from access.representation where ended_on is null and upper(valid) > $1',
    [day],
  )
  // One that has run out by itself is closed without being counted: nobody's decision ended it.
  const { rows: ended } = await tx.query<{ ended: number }>(
    `with closed as (
       update access.representation r set ended_on = $1
        where r.ended_on is null
          and not exists (select from said s where s.code_hash = r.code_hash and s.learner_id = r.learner_id
                             and (s.kind, s.valid, s.disputed) = (r.kind, r.valid, r.disputed))
       returning upper(r.valid) > $1 and not exists (
         select from said s where s.code_hash = r.code_hash and s.learner_id = r.learner_id) as is_decision
     ) select count(*) filter (where is_decision) as ended from closed`,
    [day],
  )
  return { before: rows[0]!.before, ended: ended[0]!.ended }
}

/** Writes down what is new in the feed. */
export async function standRepresentations(
  tx: Tx,
  day: Day,
  importId: number | null,
): Promise<{ added: number; standing: number; blocked: number }> {
  const { rowCount } = await tx.query(
    `insert into access.representation (code_hash, learner_id, kind, valid, disputed, feed_day, import_id)
     select s.code_hash, s.learner_id, s.kind, s.valid, s.disputed, $1, $2 from said s
      where not exists (select from access.representation r
                         where r.code_hash = s.code_hash and r.learner_id = s.learner_id and r.ended_on is null)`,
    [day, importId],
  )
  const { rows } = await tx.query<{ standing: number; blocked: number }>(
    `select count(*) filter (where not disputed) as standing, count(*) filter (where disputed) as blocked
       from access.representation where ended_on is null and valid @> $1::date`,
    [day],
  )
  return { added: rowCount, ...rows[0]! }
}

export async function noteFeed(tx: Tx, day: Day, given: number): Promise<void> {
  await tx.query(
    `insert into access.representation_feed (feed_day, rows_given) values ($1, $2)
     on conflict (feed_day) do update set taken_at = now(), rows_given = excluded.rows_given`,
    [day, given],
  )
}

/** Mandates of parents, and their open sessions, follow the representations that stand now. */
export async function settleRepresentations(tx: Tx): Promise<void> {
  await tx.query('select access.settle_representations(null)')
}
