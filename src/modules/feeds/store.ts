import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'
import { faultWords } from './fault-words.ts'
import type { Feed, FeedKind, FeedOutcome, FeedRun } from './model.ts'
import type { FaultDetail } from './source-fault.ts'

type RunRow = Omit<FeedRun, 'problem'> & { problem: { code: string; detail?: FaultDetail } | null }
type FeedRow = Omit<Feed, 'title' | 'place' | 'last'> & {
  titleLv: string
  titleEn: string
  settings: unknown
  last: RunRow | null
}

const run = (r: string) => `jsonb_build_object(
  'id', ${r}.run_uuid, 'startedAt', ${utcExact(`${r}.started_at`)}, 'endedAt', ${utcExact(`${r}.ended_at`)}, 'outcome', ${r}.outcome,
  'deliveries', ${r}.deliveries, 'rows', ${r}.rows_read, 'changes', ${r}.changes, 'refusals', ${r}.refusals, 'problem', ${r}.problem,
  'import', (select jsonb_build_object('id', i.import_uuid, 'number', i.import_id) from intake.import i
              where i.import_id = ${r}.import_id))`

const feeds = `
  select f.feed_uuid as id, f.name, f.title_lv as "titleLv", f.title_en as "titleEn", f.kind, f.settings,
         f.every_minutes as "everyMinutes", to_char(f.daily_at, 'HH24:MI') as "dailyAt", f.is_paused as paused, f.failures,
         feeds.is_busy(f.feed_uuid) as busy, ${utcExact('f.next_at')} as "nextAt",
         ${utcExact('f.last_attempt_at')} as "lastAttemptAt", ${utcExact('f.last_success_at')} as "lastSuccessAt",
         (select ${run('r')} from feeds.run r where r.feed_id = f.feed_id order by r.run_id desc limit 1) as last
    from feeds.feed f`

/** Where a feed asks, from its settings. */
export type PlaceOf = (kind: FeedKind, settings: unknown) => string

/** All feeds by name. */
export async function listFeeds(tx: Tx, placeOf: PlaceOf): Promise<Feed[]> {
  const { rows } = await tx.query<FeedRow>(`${feeds} order by f.name`)
  return rows.map((row) => feedOf(row, placeOf))
}

export async function feedByUuid(tx: Tx, id: string, placeOf: PlaceOf): Promise<Feed | null> {
  const { rows } = await tx.query<FeedRow>(`${feeds} where f.feed_uuid = $1`, [id])
  return rows[0] ? feedOf(rows[0], placeOf) : null
}

/** The latest runs of a feed. */
export async function runsOf(tx: Tx, id: string, most = 50): Promise<FeedRun[]> {
  const { rows } = await tx.query<{ run: RunRow }>(
    `select ${run('r')} as run from feeds.run r join feeds.feed f using (feed_id)
      where f.feed_uuid = $1 order by r.run_id desc limit $2`,
    [id, most],
  )
  return rows.map((row) => runOf(row.run))
}

function feedOf({ titleLv, titleEn, settings, last, ...row }: FeedRow, placeOf: PlaceOf): Feed {
  return {
    ...row,
    title: { lv: titleLv, en: titleEn },
    place: placeOf(row.kind, settings),
    last: last && runOf(last),
  }
}

function runOf({ problem, ...row }: RunRow): FeedRun {
  return {
    ...row,
    problem: problem && { code: problem.code, message: faultWords(problem.code, problem.detail) },
  }
}

/** A feed as it is described. */
export interface FeedDescription {
  name: string
  title: { lv: string; en: string }
  kind: FeedKind
  settings: unknown
  everyMinutes: number | null
  dailyAt: string | null
}

/**
 * Keeps a feed under its name. What it had read stays, unless it now asks in another way: then it begins anew.
 *
 * @returns  true when there was none of the name
 */
export async function putFeed(tx: Tx, described: FeedDescription): Promise<boolean> {
  const { name, title, kind, settings, everyMinutes, dailyAt } = described
  const { rows } = await tx.query<{ isNew: boolean }>(
    `insert into feeds.feed (name, title_lv, title_en, kind, settings, every_minutes, daily_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, case when $6::int is not null or $7::time is not null then now() end)
     on conflict (name) do update
        set title_lv = excluded.title_lv, title_en = excluded.title_en, kind = excluded.kind, settings = excluded.settings,
            every_minutes = excluded.every_minutes, daily_at = excluded.daily_at, put_at = now(), failures = 0,
            state = case when feed.kind = excluded.kind then feed.state else '{}' end,
            next_at = case when not feed.is_paused then excluded.next_at end
     returning xmax = 0 as "isNew"`,
    [name, title.lv, title.en, kind, JSON.stringify(settings), everyMinutes, dailyAt],
  )
  return rows[0]!.isNew
}

/** The id of a feed by its name; null: there is none. */
export async function feedByName(tx: Tx, name: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>('select feed_uuid as id from feeds.feed where name = $1', [
    name,
  ])
  return rows[0]?.id ?? null
}

/** Forgets how far a feed has got: the next run asks for everything. False: there is no such feed. */
export async function restartFeed(tx: Tx, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(`update feeds.feed set state = '{}', failures = 0 where name = $1`, [
    name,
  ])
  return rowCount > 0
}

/** Asks for a run; null: there is no such feed. */
export async function askRun(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await tx.query<{ job: string | null }>('select feeds.ask_run($1) as job', [id])
  return rows[0]!.job
}

/** Pauses a feed or lets it go on; null: there is no such feed; false: it is so already. */
export async function pauseFeed(tx: Tx, id: string, pausing: boolean): Promise<boolean | null> {
  const { rows } = await tx.query<{ done: boolean | null }>('select feeds.pause($1, $2) as done', [
    id,
    pausing,
  ])
  return rows[0]!.done
}

/** Feeds for the metrics of the system; ages in seconds, null: never. */
export type FeedTotals = { name: string; age: number | null; failures: number; paused: boolean }[]

export async function feedTotals(tx: Tx): Promise<FeedTotals> {
  const { rows } = await tx.query<FeedTotals[number]>(
    `select name, extract(epoch from now() - last_success_at)::float8 as age, failures, is_paused as paused
       from feeds.feed order by name`,
  )
  return rows
}

/** Feeds whose time has come. They are not named again for an hour: by then their run has said when the next one is. */
export async function takeDue(tx: Tx): Promise<{ id: string }[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update feeds.feed set next_at = now() + interval '1 hour'
      where not is_paused and next_at <= now() returning feed_uuid as id`,
  )
  return rows
}

/** What a run needs to know. */
export interface FeedToRun {
  feedId: number
  id: string
  name: string
  kind: FeedKind
  settings: unknown
  state: unknown
  failures: number
}

/** Begins a run; runs whose process died are closed. Undefined: there is no such feed. */
export async function beginRun(
  tx: Tx,
  feedId: number,
): Promise<{ feed: FeedToRun; runId: number } | undefined> {
  const { rows } = await tx.query<FeedToRun>(
    `update feeds.feed set last_attempt_at = now() where feed_id = $1
     returning feed_id as "feedId", feed_uuid as id, name, kind, settings, state, failures`,
    [feedId],
  )
  if (!rows[0]) return undefined
  await tx.query(
    `update feeds.run set outcome = 'interrupted', ended_at = now(), problem = '{"code": "feed.interrupted"}'
      where feed_id = $1 and outcome = 'running'`,
    [feedId],
  )
  const begun = await tx.query<{ runId: number }>(
    'insert into feeds.run (feed_id) values ($1) returning run_id as "runId"',
    [feedId],
  )
  return { feed: rows[0], runId: begun.rows[0]!.runId }
}

/** What a run has come to so far. */
export interface RunCounts {
  deliveries: number
  rows: number
  changes: number
  refusals: number
  /** report of the latest import */
  importId: string | null
}

/** Notes how far a feed has got: the next run goes on from there. */
export async function noteState(tx: Tx, feedId: number, runId: number, state: unknown, counts: RunCounts) {
  await tx.query('update feeds.feed set state = $2 where feed_id = $1', [feedId, JSON.stringify(state)])
  await noteCounts(tx, runId, counts)
}

async function noteCounts(
  tx: Tx,
  runId: number,
  { deliveries, rows, changes, refusals, importId }: RunCounts,
) {
  await tx.query(
    `update feeds.run set deliveries = $2, rows_read = $3, changes = $4, refusals = $5,
            import_id = (select i.import_id from intake.import i where i.import_uuid = $6) where run_id = $1`,
    [runId, deliveries, rows, changes, refusals, importId],
  )
}

/** How a run ended. */
export interface RunEnd {
  outcome: Exclude<FeedOutcome, 'running'>
  problem: { code: string; detail: FaultDetail } | null
  counts: RunCounts
  /** s until the next try where it failed; null: when the schedule says */
  after: number | null
}

/** Ends a run and says when the next one is. */
export async function endRun(
  tx: Tx,
  feedId: number,
  runId: number,
  { outcome, problem, counts, after }: RunEnd,
) {
  await noteCounts(tx, runId, counts)
  await tx.query('update feeds.run set outcome = $2, problem = $3, ended_at = now() where run_id = $1', [
    runId,
    outcome,
    problem && JSON.stringify(problem),
  ])
  await tx.query(
    `update feeds.feed f
        set failures = case when $2 then 0 else failures + 1 end,
            last_success_at = case when $2 then now() else last_success_at end,
            next_at = case when is_paused or (every_minutes is null and daily_at is null) then null
                           when $3::float8 is not null then now() + $3 * interval '1s'
                           else feeds.next_time(every_minutes, daily_at, now()) end
      where feed_id = $1`,
    [feedId, outcome === 'taken' || outcome === 'nothing', after],
  )
  await tx.query(
    `delete from feeds.run where feed_id = $1 and run_id <= (
       select run_id from feeds.run where feed_id = $1 order by run_id desc offset 1000 limit 1)`,
    [feedId],
  )
}

/** The latest version of a mapping kept by name. */
export async function mappingByName(tx: Tx, name: string): Promise<unknown> {
  const { rows } = await tx.query<{ content: unknown }>(
    'select content from intake.mapping where name = $1 order by version desc limit 1',
    [name],
  )
  return rows[0]?.content
}
