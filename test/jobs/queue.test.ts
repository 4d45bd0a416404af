import { type Db, PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { JobKind } from '#modules/jobs/index.ts'
import { newDatabase } from '../database.ts'
import { queueOf } from './processes.ts'

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
