import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { askDueFeeds, askRun, pauseFeed } from '#modules/feeds/index.ts'
import { askForJob } from '#modules/jobs/index.ts'
import { holdTable, queueOf, startJobs } from '../jobs/processes.ts'
import { until } from '../serve/serving.ts'
import { newChangeSource } from './change-source.ts'
import { changesOf, newFeeding } from './feeding.ts'
import { newSource } from './source.ts'

const { db, put, named, rows, count, state, run } = await newFeeding({
  secrets: { 'viis-token': 'open sesame' },
})
const { untilFound, untilJob } = queueOf(db)
const source = await newChangeSource(changesOf())
const folder = mkdtempSync(join(tmpdir(), 'ikms-feed-jobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const start = () => startJobs(db, undefined, { IKMS_FEEDS: folder, IKMS_FEED_VIIS_TOKEN: 'open sesame' })
const ask = async () => {
  const { id } = await named('viis')
  return (await asJob(db, (tx) => askRun(tx, id)))!
}
const end = async ({ child, ended }: ReturnType<typeof start>) => {
  child.kill('SIGTERM')
  await ended
}
const viis = {
  name: 'viis',
  title: { lv: 'VIIS reģistrs', en: 'VIIS register' },
  kind: 'changes',
  schedule: { everyMinutes: 30 },
  settings: { url: source.url, source: 'viis', dataKind: 'made_up', auth: { bearer: 'viis-token' } },
}

test('kill -9 in the middle of an import: nothing of it stays, and the next process reads from where it was', async () => {
  await put(viis)
  const { held, letGo } = await holdTable(db, 'registry.enrolment')
  const first = start() // it looks for feeds whose time has come by itself
  await untilFound(held)
  expect(readdirSync(folder)).toHaveLength(1)
  first.child.kill('SIGKILL')
  await first.ended
  await letGo()
  expect(await state('viis')).toEqual({})
  expect((await rows<{ n: number }>('select count(*)::int as n from registry.learner'))[0]!.n).toBe(0)
  const second = start()
  await until(async () => (await named('viis')).last?.outcome === 'taken', 60_000)
  expect(await count('registry.enrolment')).toBe(2)
  expect(await state('viis')).toEqual({ since: String(source.log.length) })
  expect(await rows('select outcome, problem from feeds.run order by run_id')).toEqual([
    { outcome: 'interrupted', problem: { code: 'feed.interrupted' } },
    { outcome: 'taken', problem: null },
  ])
  expect(readdirSync(folder)).toEqual([]) // what the killed process had written is destroyed
  await untilFound(`select from pgboss.job where name = 'checks'`) // the bank has changed
  expect(second.said.log).not.toMatch(/open sesame|010110|Bērziņa/)
  await end(second)
})

test('kill -9 after the import, before that was noted: it is read again, and nothing changes', async () => {
  const before = await count('registry.enrolment')
  await rows(`update feeds.feed set state = '{}' where name = 'viis'`)
  const job = await ask()
  const process = start()
  expect((await untilJob(job, (found) => found.state === 'done')).result).toMatchObject({ refusals: 0 })
  expect((await named('viis')).last).toMatchObject({ outcome: 'taken', changes: 0 })
  expect(await count('registry.enrolment')).toBe(before)
  await end(process)
})

test('a feed runs when its time has come, once, and not while it is paused', async () => {
  const { id } = await named('viis')
  const due = () => rows(`update feeds.feed set next_at = now() - interval '1 minute'`)
  const jobs = () => rows(`select from pgboss.job where name = 'feed' and state = 'created'`)
  await asJob(db, (tx) => pauseFeed(tx, id, true))
  await due()
  expect(await asJob(db, askDueFeeds)).toBe(0)
  await asJob(db, (tx) => pauseFeed(tx, id, false))
  expect(await asJob(db, askDueFeeds)).toBe(1)
  expect(await asJob(db, askDueFeeds)).toBe(0)
  await due()
  await asJob(db, askDueFeeds)
  expect(await jobs()).toHaveLength(1)
  const [{ data }] = (await rows(
    `select data from pgboss.job where name = 'feed' and state = 'created'`,
  )) as [{ data: object }]
  expect(data).toEqual({ feedId: expect.any(Number) })
})

test('two processes never run one feed at once', async () => {
  const { letGo } = await holdTable(db, 'records.result')
  const last = source.log.at(-1)!
  source.log.push({ ...last, rows: last.rows.map((row) => ({ ...row, value: '77' })) })
  await ask()
  const process = start()
  await untilFound(`select from feeds.run where outcome = 'running'`)
  expect((await run('viis')).report).toBeUndefined()
  await letGo()
  await until(async () => (await named('viis')).last?.changes === 1, 60_000)
  expect(await rows(`select from feeds.run where outcome = 'interrupted'`)).toHaveLength(1)
  await end(process)
})

test('a source that does not answer delays neither other work nor another feed', async () => {
  const silent = await newSource(() => ({}))
  silent.faults.push('late', 'late', 'late', 'late')
  await put({ ...viis, name: 'silent', settings: { ...viis.settings, url: silent.url } })
  await rows(`update feeds.feed set next_at = null`)
  const hangs = async () => (await named('silent')).last?.outcome === 'running'
  const runs = async (name: string) => (await asJob(db, async (tx) => askRun(tx, (await feedId(name))!)))!
  const feedId = async (name: string) =>
    (await db.jobPool.query<{ id: string }>('select feed_uuid as id from feeds.feed where name = $1', [name]))
      .rows[0]?.id
  await runs('silent')
  const process = start()
  await until(async () => silent.asked.length > 0 && (await hangs()), 60_000)
  const compute = await asJob(db, (tx) => askForJob(tx, 'compute'))
  const other = await runs('viis')
  await untilJob(compute, ({ state }) => state === 'done')
  await untilJob(other, ({ state }) => state === 'done')
  expect(await hangs()).toBe(true)
  await end(process)
})

test('a daily feed runs at its hour in Latvia, in summer and in winter, also across a change of the clock', async () => {
  const next = async (at: string, after: string) =>
    (
      (await rows(
        `select to_char(feeds.next_time(null, $1, $2) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as t`,
        [at, after],
      )) as { t: string }[]
    )[0]!.t
  expect(await next('03:30', '2026-11-22T00:00:00Z')).toBe('2026-11-22 01:30')
  expect(await next('03:30', '2026-11-22T01:30:00Z')).toBe('2026-11-23 01:30')
  expect(await next('03:30', '2026-07-01T12:00:00Z')).toBe('2026-07-02 00:30')
  expect(await next('05:00', '2027-03-27T12:00:00Z')).toBe('2027-03-28 02:00') // summer time begins at 3
})
