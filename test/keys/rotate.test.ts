import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { backup } from '#db/backup.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { restore } from '#db/restore.ts'
import { importFile } from '#modules/intake/index.ts'
import { rotateKeys } from '#modules/keys/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { newDatabase } from '../database.ts'
import { folderWith } from '../db/folders.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { until } from '../serve/serving.ts'
import { keyFileText, newKeys, newPeople, oldKeys, readAll, sealedBy } from './people.ts'

const SECONDS = 1000
const keyFile = join(folderWith(), 'keys.json')
writeFileSync(keyFile, keyFileText(newKeys), { mode: 0o600 })

/** A rotation in another process; `killed` after it is told. */
function rotateInChild(db: Database, batches?: number) {
  const args = ['test/keys/rotate-child.ts', JSON.stringify(db.place), keyFile, String(batches ?? 0)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  createInterface(child.stdout!).on('line', (text) => lines.push(text))
  return {
    lines,
    untilDone: (rows: number) => until(() => lines.includes(String(rows)), 60 * SECONDS),
    killed: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('after a rotation every code and name reads as before, and nothing carries the old key', async () => {
  const { db, expected, values } = await newPeople()
  const told: number[] = []
  const { done, left } = await rotateKeys(db, newKeys, { batch: 250, onProgress: (at) => told.push(at.left) })
  expect({ done, left, told }).toEqual({ done: 910, left: 0, told: [660, 410, 160, 10, 0] })
  expect(await sealedBy(db)).toEqual({ 2: values })
  expect(await readAll(db, newKeys)).toEqual(expected)
  const onlyNew: Keys = { current: '2', keys: { 2: newKeys.keys[2]! } }
  expect(await readAll(db, onlyNew)).toEqual(expected)
})

test('learners are found by the same hashes as before', async () => {
  const { db } = await newPeople(30)
  const hashes = async () =>
    (await db.jobPool.query('select learner_id, code_hash, name_hash from identity.person order by 1')).rows
  const before = await hashes()
  await rotateKeys(db, newKeys)
  expect(await hashes()).toEqual(before)
  expect(before[4].code_hash).toEqual(sealer(newKeys).hashCode('A-4'))
})

test('killed between two batches it has lost no name, and the next run does only what was left', async () => {
  const { db, expected, values } = await newPeople()
  const child = rotateInChild(db, 3)
  await child.untilDone(300)
  expect(await readAll(db, newKeys)).toEqual(expected)
  await child.killed()
  const half = await sealedBy(db)
  expect(half).toEqual({ 1: values - 500, 2: 500 })
  expect(await readAll(db, newKeys)).toEqual(expected)
  expect(await rotateKeys(db, newKeys)).toEqual({ done: 610, left: 0 })
  expect(await sealedBy(db)).toEqual({ 2: values })
  expect(await readAll(db, newKeys)).toEqual(expected)
})

test('killed inside a transaction it leaves that batch as it was', async () => {
  const { db, expected, values } = await newPeople()
  const holder = await db.ownerPool.connect()
  // Rows can be taken, their new values cannot be put in place.
  await holder.query('begin; lock table access.person in share mode')
  const child = rotateInChild(db)
  await child.untilDone(900)
  const waits = `select pid from pg_stat_activity where datname = current_database() and usename = 'ikms_job' and wait_event_type = 'Lock'`
  await until(async () => (await db.jobPool.query(waits)).rowCount === 1, 30 * SECONDS)
  await child.killed()
  expect(await sealedBy(db)).toEqual({ 1: 10, 2: values - 10 })
  expect(await readAll(db, newKeys)).toEqual(expected)
  await until(async () => (await db.jobPool.query(waits)).rowCount === 0, 30 * SECONDS)
  await holder.query('rollback')
  holder.release()
  expect(await rotateKeys(db, newKeys)).toEqual({ done: 10, left: 0 })
  expect(await readAll(db, newKeys)).toEqual(expected)
})

test('two at once share the work: each row is sealed anew by one of them', async () => {
  const { db, expected, values } = await newPeople(3000)
  const [one, other] = await Promise.all([
    rotateKeys(db, newKeys, { batch: 50 }),
    rotateKeys(db, newKeys, { batch: 50 }),
  ])
  expect(one.done + other.done).toBe(3010)
  expect(Math.min(one.done, other.done)).toBeGreaterThan(0)
  expect(await sealedBy(db)).toEqual({ 2: values })
  expect(await readAll(db, newKeys)).toEqual(expected)
})

test('what an import is writing is waited for at the end, all else is done meanwhile', async () => {
  const { db, expected } = await newPeople()
  const importing = await db.jobPool.connect()
  await importing.query('begin; update identity.person set line = 2 where learner_id in (5, 6)')
  let left = -1
  const rotation = rotateKeys(db, newKeys, { batch: 100, onProgress: (at) => (left = at.left) })
  await until(() => left === 2, 30 * SECONDS)
  // A name that comes just now, sealed by a process that does not know the new key yet.
  const late = sealer(oldKeys).seal('name', 'Jauns Vārds')
  await importing.query('update identity.person set sealed_name = $1 where learner_id = 5', [late])
  await importing.query('commit')
  importing.release()
  expect(await rotation).toEqual({ done: 910, left: 0 })
  const after = await readAll(db, newKeys)
  expect(Object.keys(await sealedBy(db))).toEqual(['2'])
  expect(after).toEqual(expected.map((text) => (text === 'Ēriks Bērziņš 4' ? 'Jauns Vārds' : text)).sort())
})

test('an import beside it seals with the new key, and both end well', async () => {
  const { db, expected } = await newPeople(3000)
  const codes = Array.from({ length: 500 }, (_, at) => `B-${at}`)
  const file = join(folderWith({ 'file.csv': '' }), 'file.csv')
  writeFileSync(
    file,
    `${[columns, ...codes.map((code) => line({ code, name: `Jauns ${code}` }))].join('\n')}\n`,
  )
  const [, report] = await Promise.all([
    rotateKeys(db, newKeys, { batch: 50 }),
    importFile({ db, keys: newKeys, mapping: mappingOf(), file }),
  ])
  expect(report.state).toBe('merged')
  expect(Object.keys(await sealedBy(db))).toEqual(['2'])
  expect(await readAll(db, newKeys)).toEqual(
    [...expected, ...codes.flatMap((code) => [code, `Jauns ${code}`])].sort(),
  )
})

const other = Buffer.alloc(32, 7)
const wrong: [string, Keys, string][] = [
  ['without the key that sealed', { current: '2', keys: { 2: other } }, 'no key 1, with which 1510 values'],
  ['with another key of the same id', { current: '2', keys: { 1: other, 2: other } }, 'is not the key 1'],
  [
    'with another first key',
    { current: '2', keys: { 0: other, ...newKeys.keys } },
    'Key 0, the first of the key file, is not the one',
  ],
]
test.each(wrong)('a key file %s is refused in plain words and nothing is changed', async (_, keys, words) => {
  const { db, expected } = await newPeople()
  const rows = async () =>
    (await db.jobPool.query('select learner_id, sealed_code, sealed_name from identity.person order by 1'))
      .rows
  const before = await rows()
  await expect(rotateKeys(db, keys)).rejects.toThrow(words)
  await expect(rotateKeys(db, keys)).rejects.toThrow('nothing was changed')
  expect(await rows()).toEqual(before)
  expect(await readAll(db, oldKeys)).toEqual(expected)
})

test('a value altered in one bit is named by its row; the others of its batch stay as they were', async () => {
  const { db } = await newPeople()
  await db.jobPool.query(
    `update identity.person set sealed_code = set_bit(sealed_code, 200, 1 - get_bit(sealed_code, 200)) where learner_id = 650`,
  )
  await expect(rotateKeys(db, newKeys, { batch: 100 })).rejects.toThrow(
    'identity.person does not open (learner_id 650)',
  )
  const { rows } = await asJob(db, (tx) =>
    tx.query(`select min(learner_id)::int as first, count(*)::int as n from identity.person
               where identity.seal_key(sealed_code) = '1'`),
  )
  expect(rows).toEqual([{ first: 601, n: 300 }])
})

test('a backup taken before is restored after: it reads while the old key is in the file, and can be rotated', async () => {
  const { db, expected, values } = await newPeople()
  const from = await backup(db, { to: folderWith() })
  await rotateKeys(db, newKeys)
  const restored = await newDatabase({ content: 'empty' })
  await restore(restored, { from })
  expect(await sealedBy(restored)).toEqual({ 1: values })
  expect(await readAll(restored, newKeys)).toEqual(expected)
  await rotateKeys(restored, newKeys)
  expect(await sealedBy(restored)).toEqual({ 2: values })
  expect(await readAll(restored, newKeys)).toEqual(expected)
})
