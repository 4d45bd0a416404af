import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { growAll } from '#modules/growth/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { correct, newImport } from '../changed-bank.ts'
import { newDatabase } from '../database.ts'
import { plantPairs } from './plant.ts'

const random = philox(5)
const db = await newDatabase()
await plantPairs(
  db,
  Array.from({ length: 240 }, (_, at) => {
    const from = 400 + 90 * random.normal()
    return { learner: at + 1, school: 1 + (at % 12), from, to: 100 + from + 50 * random.normal() }
  }),
)
await growAll(db)

test('where nothing has changed no result is read again, though an import came', async () => {
  expect(await growAll(db)).toMatchObject({ rounds: 1, changed: false, asBefore: true })
  await asJob(db, newImport)
  expect(await growAll(db)).toMatchObject({ rounds: 1, changed: false, asBefore: true })
})

test('a corrected result, somebody who objects and figures changed by hand are noticed', async () => {
  await asJob(db, (tx) => correct(tx, 'records.result', 'learner_id = 3', { value: 'value + 5' }, 2))
  expect(await growAll(db)).toMatchObject({ changed: true, asBefore: false })
  await asJob(db, (tx) =>
    tx.query(
      `insert into rights.objection (learner_id, kind, ground, valid, recorded_by) values (17, 'objection', 'test', '(,)', 1)`,
    ),
  )
  expect(await growAll(db)).toMatchObject({ changed: true, asBefore: false })
  expect(await growAll(db)).toMatchObject({ rounds: 1, asBefore: true })
  await asJob(db, (tx) => tx.query('delete from growth.run'))
  expect(await growAll(db)).toMatchObject({ rounds: 1, changed: true, asBefore: false })
})
