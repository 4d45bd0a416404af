import { type Db, PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { JobKind } from '#modules/jobs/index.ts'
import { newDatabase } from '../database.ts'
import { until } from '../serve/serving.ts'
import { queueOf, startJobs } from './processes.ts'

test('the queue that the migrations made is the one that this version of pg-boss expects', async () => {
  const { ownerPool } = await newDatabase()
  const owner: Db = { executeSql: (text, values) => ownerPool.query(text, values) }
  const boss = new PgBoss({
    db: owner,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  await boss.start()
  expect(await boss.detectSchemaDrift()).toMatchObject({
    ok: true,
    missing: [],
    mismatched: [],
    mismatchedFunctions: [],
    columnDrift: [],
    constraintDrift: [],
  })
  await boss.stop({ close: false })
})

test('every kind of job has its queue, and no queue is without a kind', async () => {
  const { rows } = queueOf(await newDatabase())
  expect(await rows('select name, policy from pgboss.queue order by name')).toEqual(
    JobKind.options.toSorted().map((name) => ({ name, policy: 'stately' })),
  )
})

test('jobs themselves may create nothing in the schema of the queue', async () => {
  const { rows } = queueOf(await newDatabase())
  await expect(rows('create table pgboss.more (id integer)')).rejects.toThrow('permission denied')
  await expect(
    rows(`select pgboss.create_queue('own', '{"policy": "stately", "partition": true}')`),
  ).rejects.toThrow('permission denied')
})

test('jobs keep the queue in order themselves: tries that take too long end, what is old is forgotten', async () => {
  const db = await newDatabase()
  const { rows, jobs, ask } = queueOf(db)
  const slow = await ask('compute')
  const old = await ask('publish')
  await rows(
    `update pgboss.job set state = 'active', started_on = now() - interval '7 hours' where id = $1`,
    [slow],
  )
  await rows(
    `update pgboss.job set state = 'completed', completed_on = now() - interval '91 days' where id = $1`,
    [old],
  )
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.jobPool.query(text, values) },
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
  })
  const errors: Error[] = []
  boss.on('error', (error) => errors.push(error))
  await boss.start()
  await boss.supervise()
  await boss.stop({ close: false })
  expect(errors).toEqual([])
  expect(await jobs()).toMatchObject([{ id: slow, state: 'waiting', tries: 1 }])
})

test('what is remembered of a job that the queue has forgotten, or that a backup brought back, goes too', async () => {
  const db = await newDatabase()
  const { rows } = queueOf(db)
  await rows(`insert into jobs.job (job_id) values (gen_random_uuid())`)
  const { child, ended } = startJobs(db)
  await until(async () => (await rows('select from jobs.job')).length === 0, 60_000)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
