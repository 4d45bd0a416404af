import { expect, test } from 'vitest'
import type { Rule } from '#modules/disclosure/index.ts'
import { until } from '../serve/serving.ts'
import { newImported } from '../world.ts'
import { holdTable, queueOf, startJobs } from './processes.ts'

/** A database with imported data, and nothing computed. */
async function newBank() {
  const db = await newImported()
  const cubes = async () => (await queueOf(db).rows('select from indicators.cube')).length
  return { db, cubes, ...queueOf(db) }
}

test('what waits is done, what it leads to as well, and what came out is told', async () => {
  const { db, ask, untilJob, jobs, rows } = await newBank()
  const compute = await ask('compute', { thenPublish: true })
  expect((await jobs())[0]).toMatchObject({ state: 'waiting', tries: 0, askedBy: null })
  const { child, ended } = startJobs(db)
  const computed = await untilJob(compute, ({ state }) => state === 'done')
  expect(computed).toMatchObject({ tries: 1, done: 1, step: null, failure: null })
  expect(computed.result!.cells).toBeGreaterThan(0)
  await until(async () => (await jobs()).every(({ state }) => state === 'done'), 60_000)
  expect((await jobs()).map(({ kind }) => kind).sort()).toEqual(['compute', 'publish'])
  expect(await rows('select number from publications.release')).toEqual([{ number: '1.0' }])
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('kill -9 in the middle of a job: nothing of it stays, the next process does it, once', async () => {
  const { db, ask, untilJob, untilFound, job, cubes } = await newBank()
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const first = startJobs(db)
  const id = await ask('compute')
  await untilFound(held)
  expect(await job(id)).toMatchObject({ state: 'running', tries: 1 })
  first.child.kill('SIGKILL')
  await first.ended
  const second = startJobs(db)
  await untilJob(id, ({ tries, state }) => tries === 2 && state === 'running')
  expect((await job(id)).failure).toMatchObject({ code: 'job.interrupted', fault: null })
  await letGo()
  expect(await untilJob(id, ({ state }) => state === 'done')).toMatchObject({ tries: 2, failure: null })
  expect(await cubes()).toBe(1)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
})

test('told to stop in the middle of a job, a process gives it back, and the try does not count', async () => {
  const { db, ask, untilJob, untilFound, job, cubes } = await newBank()
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const first = startJobs(db)
  const id = await ask('compute')
  await untilFound(held)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(await job(id)).toMatchObject({ state: 'waiting', tries: 0, failure: null })
  await letGo()
  const second = startJobs(db)
  expect(await untilJob(id, ({ state }) => state === 'done')).toMatchObject({ tries: 1 })
  expect(await cubes()).toBe(1)
  second.child.kill('SIGTERM')
  await second.ended
})

test('a job that runs can be cancelled: it stops, nothing of it stays, and the process goes on with the next', async () => {
  const { db, ask, rows, untilJob, untilFound, job, cubes } = await newBank()
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const { child, said, ended } = startJobs(db)
  const id = await ask('compute')
  await untilFound(held)
  const next = await ask('publish')
  expect(await rows('select jobs.cancel($1) as done', [id])).toEqual([{ done: true }])
  expect(await rows('select jobs.cancel($1) as done', [id])).toEqual([{ done: false }])
  await until(() => said.log.includes('job cancelled'), 30_000)
  expect(await job(id)).toMatchObject({ state: 'cancelled', failure: null })
  await letGo()
  expect(await untilJob(next, ({ state }) => state === 'done')).toMatchObject({ result: { shown: 0 } })
  expect(await cubes()).toBe(0)
  expect(await rows('select jobs.retry($1) as done', [id])).toEqual([{ done: true }])
  await untilJob(id, ({ state }) => state === 'done')
  expect(await cubes()).toBe(1)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a failed try is followed by another later; a job that fails for good says so by code, never in words of the data', async () => {
  const { db, ask, rows, untilJob } = await newBank()
  await db.ownerPool.query(
    `create function public.fail() returns trigger language plpgsql as $$
       begin raise exception 'Zelma Sargaine, 010190-12345' using detail = 'Zelma Sargaine'; end $$;
     grant execute on function public.fail() to public;
     create trigger fail before insert on indicators.definition execute function public.fail()`,
  )
  const { child, said, ended } = startJobs(db)
  const id = await ask('compute')
  const tried = await untilJob(id, ({ failure, state }) => failure !== null && state === 'waiting')
  expect(tried).toMatchObject({ tries: 1, mostTries: 4, failure: { code: 'job.failed', fault: 'P0001' } })
  const wait = Date.parse(tried.startsAt!) - Date.now()
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThan(25_000)
  // Asked for again, it does not wait any longer; it is the same job. With its last try it is given up.
  await rows('update pgboss.job set retry_limit = 1 where id = $1', [id])
  expect(await ask('compute')).toBe(id)
  const failed = await untilJob(id, ({ state }) => state === 'failed')
  expect(failed).toMatchObject({ tries: 2, failure: { code: 'job.failed', fault: 'P0001' } })
  expect(failed.failure!.message.lv).toContain('nekas no tā netika saglabāts')
  const kept = await rows<{ text: string }>(
    `select row_to_json(j)::text as text from pgboss.job j union all select row_to_json(j)::text from jobs.job j`,
  )
  const everything = said.log + kept.map(({ text }) => text).join()
  expect(everything).toContain('job failed')
  expect(everything).not.toMatch(/Zelma|Sargaine|010190/)

  await db.ownerPool.query('drop trigger fail on indicators.definition')
  expect(await rows('select jobs.retry($1) as done', [id])).toEqual([{ done: true }])
  expect(await untilJob(id, ({ state }) => state === 'done')).toMatchObject({ failure: null })
  child.kill('SIGTERM')
  await ended
})

test('of one kind at most one job waits, also while one runs', async () => {
  const { db, ask, rows, untilFound, jobs } = await newBank()
  const waiting = await ask('compute')
  expect(await ask('compute', { thenPublish: true })).toBe(waiting)
  expect(await rows(`select data from pgboss.job`)).toEqual([{ data: { thenPublish: true } }])
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const { child, ended } = startJobs(db)
  await untilFound(held)
  const second = await ask('compute')
  expect(second).not.toBe(waiting)
  expect(await ask('compute')).toBe(second)
  expect((await jobs()).map(({ state }) => state).sort()).toEqual(['running', 'waiting'])
  await letGo()
  await until(async () => (await jobs()).every(({ state }) => state === 'done'), 60_000)
  expect(await jobs()).toHaveLength(3) // two of compute, one of publish
  child.kill('SIGTERM')
  await ended
})

test('a process that loses the connection that holds its job ends; the next one does the job', async () => {
  const { db, ask, rows, untilJob, untilFound } = await newBank()
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const first = startJobs(db)
  const id = await ask('compute')
  await untilFound(held)
  await rows(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
        and pid in (select pid from pg_stat_activity where application_name = 'ikms jobs job' and datname = current_database())`,
  )
  expect(await first.ended).toBe(1)
  const second = startJobs(db)
  await letGo()
  expect(await untilJob(id, ({ state }) => state === 'done')).toMatchObject({ tries: 2 })
  second.child.kill('SIGTERM')
  await second.ended
})

test('a try that the queue breaks off for its length is stopped, and says so', async () => {
  const { db, ask, rows, untilJob, untilFound, cubes } = await newBank()
  const { held, letGo } = await holdTable(db, 'indicators.definition')
  const { child, ended } = startJobs(db)
  const id = await ask('compute')
  await untilFound(held)
  // As the queue does with a job that has run for six hours.
  await rows(
    `update pgboss.job set state = 'retry', start_after = now() + interval '1 hour' where id = $1 returning pg_notify('ikms_jobs', '')`,
    [id],
  )
  const stopped = await untilJob(id, ({ failure }) => failure !== null)
  expect(stopped).toMatchObject({ state: 'waiting', failure: { code: 'job.too_long', fault: null } })
  await letGo()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(await cubes()).toBe(0)
})

const rule: Rule = {
  audience: 'public',
  topic: 'results',
  minimum: 40,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: null,
  decimals: 2,
  reason: { lv: 'Mēģinājums.', en: 'A trial.' },
}

test('a trial of a rule is queued by asking for it, and is worked out even when the process dies in the middle', async () => {
  const { db, ask, rows, jobs, untilJob, untilFound } = await newBank()
  const first = startJobs(db)
  const computed = await ask('compute')
  await untilJob(computed, ({ state }) => state === 'done')
  const { held, letGo } = await holdTable(db, 'indicators.pointer')
  await rows('insert into disclosure.trial (asked_by, rule) values (1, $1)', [JSON.stringify(rule)])
  await untilFound(held)
  first.child.kill('SIGKILL')
  await first.ended
  expect(await rows('select state from disclosure.trial')).toEqual([{ state: 'running' }])
  const second = startJobs(db)
  await letGo()
  const trial = (await jobs()).find(({ kind }) => kind === 'rule-trial')!
  expect(await untilJob(trial.id, ({ state }) => state === 'done')).toMatchObject({ tries: 2 })
  expect(await rows('select state, report is null as empty from disclosure.trial')).toEqual([
    { state: 'done', empty: false },
  ])
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
})

test('a trial whose process dies at every try has failed, and can be tried again', async () => {
  const { db, ask, rows, jobs, untilJob, untilFound } = await newBank()
  let { child, ended } = startJobs(db)
  const computed = await ask('compute')
  await untilJob(computed, ({ state }) => state === 'done')
  const { held, letGo } = await holdTable(db, 'indicators.pointer')
  await rows('insert into disclosure.trial (asked_by, rule) values (1, $1)', [JSON.stringify(rule)])
  const { id } = (await jobs()).find(({ kind }) => kind === 'rule-trial')!
  for (let tries = 1; tries <= 4; tries += 1) {
    await untilJob(id, (job) => job.tries === tries && job.state === 'running')
    await untilFound(held)
    child.kill('SIGKILL')
    await ended
    await until(async () => (await rows(held)).length === 0, 30_000)
    ;({ child, ended } = startJobs(db))
  }
  expect(await untilJob(id, ({ state }) => state === 'failed')).toMatchObject({
    tries: 4,
    failure: { code: 'job.interrupted' },
  })
  await untilFound(`select from disclosure.trial where state = 'failed' and finished_at is not null`)
  await letGo()
  expect(await rows('select jobs.retry($1) as done', [id])).toEqual([{ done: true }])
  await untilJob(id, ({ state }) => state === 'done')
  expect(await rows('select state from disclosure.trial')).toEqual([{ state: 'done' }])
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a job whose kind of work is not understood is given up at once', async () => {
  const { db, rows, untilJob } = await newBank()
  const [asked] = await rows<{ id: string }>(`select jobs.ask('rule-trial', '{"trialId": "all"}') as id`)
  const { child, ended } = startJobs(db)
  expect(await untilJob(asked!.id, ({ state }) => state === 'failed')).toMatchObject({
    tries: 1,
    failure: { code: 'job.wrong_payload' },
  })
  child.kill('SIGTERM')
  await ended
})
