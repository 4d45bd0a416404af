import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { type Keys, loadKeys } from '#db/keys.ts'
import { importFile } from '#modules/intake/index.ts'
import { forgetKey, keyUses, rotateKeys } from '#modules/keys/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { folderWith } from '../db/folders.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { keyFileText, newKeys, newPeople, oldKeys, readAll, sealedBy } from './people.ts'

/** A third key, under which everything comes; the second has sealed everything so far. */
const thirdKeys: Keys = { current: '3', keys: { ...newKeys.keys, 3: Buffer.alloc(32, 3) } }
const fileWith = (keys: Keys) => {
  const path = join(folderWith(), 'keys.json')
  writeFileSync(path, keyFileText(keys), { mode: 0o600 })
  return path
}
const sealedWithSecond = () => newPeople(60, newKeys)
const refused = async (db: Database, path: string, id: string, words: string) => {
  const before = readFileSync(path, 'utf8')
  await expect(forgetKey(db, path, id)).rejects.toThrow(words)
  expect(readFileSync(path, 'utf8')).toBe(before)
}

test('a key is forgotten once nothing carries it, and every name still reads', async () => {
  const { db, expected, values } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await refused(db, path, '2', `${values} values are sealed with key 2`)
  await rotateKeys(db, thirdKeys)
  await forgetKey(db, path, '2')
  const left = loadKeys(path)
  expect(Object.keys(left.keys)).toEqual(['1', '3'])
  expect(await readAll(db, left)).toEqual(expected)
})

test('the current key and the first one are refused even when they seal nothing', async () => {
  const { db } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await refused(db, path, '3', 'is the current one')
  await refused(db, path, '1', 'by which people and learners are found')
  await refused(db, path, '9', 'has no key 9')
})

test('a key that record keys come from is refused', async () => {
  const { db } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await rotateKeys(db, thirdKeys)
  await db.jobPool.query(
    `insert into disclosure.population (population, regime, people_lv, people_en, key_id, key_mark)
     values ('some', 'free', 'skolēni', 'pupils', '2', 'mark')`,
  )
  await refused(db, path, '2', 'made the record keys of 1 populations')
})

test('while somebody writes names a key is not forgotten', async () => {
  const { db } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await rotateKeys(db, thirdKeys)
  const importing = await db.jobPool.connect()
  const late = sealer(newKeys).seal('name', 'Jauns Vārds')
  await importing.query('begin')
  await importing.query('update identity.person set sealed_name = $1 where learner_id = 1', [late])
  await refused(db, path, '2', 'try again after it')
  await importing.query('commit')
  importing.release()
  await refused(db, path, '2', '1 values are sealed with key 2')
})

test('a process that still knows a forgotten key cannot seal with it: not an import, not a sign-in', async () => {
  const { db } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await rotateKeys(db, thirdKeys)
  await forgetKey(db, path, '2')
  const { rows: trail } = await asJob(db, (tx) =>
    tx.query('select action, object, outcome from access.audit order by audit_id desc limit 2'),
  )
  expect(trail, 'what an operator did with keys stands in the audit trail').toEqual([
    { action: 'forget_key', object: 'key 2', outcome: 'done' },
    { action: 'rotate_keys', object: 'key 3', outcome: 'done' },
  ])
  const before = await sealedBy(db)
  const file = join(
    folderWith({ 'new.csv': `${columns}\n${line({ code: 'B-1', name: 'Jauna Bērziņa' })}\n` }),
    'new.csv',
  )
  await expect(importFile({ db, keys: newKeys, mapping: mappingOf(), file })).rejects.toThrow('is forgotten')
  const late = sealer(newKeys).seal('name', 'Jauns Vārds')
  const puts = (sql: string) => db.jobPool.query(sql, [late])
  await expect(puts('insert into access.person (sealed_name) values ($1)')).rejects.toThrow('is forgotten')
  await expect(puts('update access.person set sealed_name = $1')).rejects.toThrow('is forgotten')
  await expect(puts('update identity.person set sealed_name = $1')).rejects.toThrow('is forgotten')
  expect(await sealedBy(db)).toEqual(before)
  const good = await importFile({ db, keys: thirdKeys, mapping: mappingOf(), file })
  expect(good.state).toBe('merged')
})

test('cut off between database and file, the same call goes on', async () => {
  const { db } = await sealedWithSecond()
  const path = fileWith(thirdKeys)
  await rotateKeys(db, thirdKeys)
  writeFileSync(`${path}.new`, '') // another command is changing the file
  await refused(db, path, '2', 'Another command is changing')
  expect((await db.jobPool.query('select key_id from identity.forgotten_key')).rows).toEqual([
    { key_id: '2' },
  ])
  const again = fileWith(thirdKeys)
  await forgetKey(db, again, '2')
  expect(Object.keys(loadKeys(again).keys)).toEqual(['1', '3'])
})

test('the list tells what needs each key, and which one is missing', async () => {
  const { db, values } = await newPeople(60, oldKeys)
  const told = (keys: Keys) => asJob(db, (tx) => keyUses(tx, keys))
  const one = { id: '1', inFile: true, isCurrent: false, isFirst: true, sealed: values, populations: 0 }
  const two = { id: '2', inFile: true, isCurrent: true, isFirst: false, sealed: 0, populations: 0 }
  expect(await told(newKeys)).toEqual([one, two])
  const onlySecond: Keys = { current: '2', keys: { 2: newKeys.keys[2]! } }
  expect(await told(onlySecond)).toEqual([
    { ...two, isFirst: true },
    { ...one, inFile: false, isFirst: false },
  ])
})
