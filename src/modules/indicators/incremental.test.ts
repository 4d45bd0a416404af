import { expect, test } from 'vitest'
import { asJob, type Tx } from '#db/actor.ts'
import { correct, newImport, withdraw } from '#test/changed-bank.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRecords, plantRecords } from '#test/planted-records.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { catalogue as whole } from '../../catalogue.ts'
import { compute } from './compute.ts'
import type { Definition } from './define.ts'
import { similarState } from './similar-store.ts'

const db = await newDatabase()
const register = plantRegister(2026)
await makePlantedRegister(db, register)
await makePlantedRecords(db, plantRecords(7, register))
await asJob(db, (tx) =>
  tx.query(
    `insert into rights.linkage_switch (linkage, is_on, reason) select code, true, 'test' from rights.linkage where code <> 'context'`,
  ),
)
/** Of the catalogue so many that every table which changes here is read, and that look back and ahead; all of it would take minutes. */
const codes = [
  'CTX-01',
  'CON-01',
  'STF-03',
  'ACH-05',
  'ACH-09',
  'ACH-12',
  'SAF-03',
  'TEA-02',
  'NET-02',
  'RES-02',
  'STF-05',
]
const catalogue = whole.filter(({ code }) => codes.includes(code))
const day = '2026-11-23'
const before = await compute(db, catalogue, { day })

/** Computes what has changed and then all anew: both must be the same parts, and the same schools alike. */
async function computed(definitions: readonly Definition[] = catalogue) {
  const some = await compute(db, definitions, { day })
  const alike = await asJob(db, (tx) => similarState(tx, some.cube!.id))
  const all = await compute(db, definitions, { day, full: true })
  expect(all).toMatchObject({ changed: false, newParts: 0, reused: 0, parts: some.parts, cells: some.cells })
  expect(all.cube!.id).toBe(some.cube!.id)
  expect(await asJob(db, (tx) => similarState(tx, all.cube!.id))).toBe(alike)
  return { ...some, made: some.parts - some.reused }
}

const change = <T>(work: (tx: Tx) => Promise<T>) => asJob(db, work)

test('where nothing has changed nothing is made', async () => {
  expect(await computed()).toMatchObject({ changed: false, reused: before.parts, made: 0 })
})

test('an import that says nothing new makes nothing anew', async () => {
  await change(newImport)
  expect(await computed()).toMatchObject({ changed: false, made: 0 })
})

test('a changed mark makes anew what is told of the marks of that year, and nothing else', async () => {
  await change((tx) =>
    correct(tx, 'records.marks', `school_year = 2025 and scale = 'ten' and year_mark[1] is not null`, {
      year_mark: 'array_fill(4::smallint, array[cardinality(subjects)])',
    }),
  )
  expect((await computed()).made).toBe(1)
})

test('a learner who moved to another school changes figures of that year and of those that look at it', async () => {
  await change((tx) =>
    correct(tx, 'registry.enrolment', 'school_year = 2027 and grade = 7 and institution_id = 11', {
      institution_id: '12',
    }),
  )
  const { made, newParts, reused } = await computed()
  expect(newParts).toBeGreaterThan(1)
  expect(made).toBeGreaterThanOrEqual(newParts)
  expect(reused).toBeGreaterThan(before.parts / 2)
})

test('whoever objects is in no figure; staff, money and buildings stay as they are', async () => {
  await change((tx) =>
    tx.query(
      `insert into rights.objection (learner_id, kind, ground, valid, recorded_by)
       select min(learner_id), 'objection', 'test', '[2020-01-01,)', 1 from registry.enrolment where school_year = 2026`,
    ),
  )
  const { changed, reused } = await computed()
  expect(changed).toBe(true)
  expect(reused).toBeGreaterThan(10)
})

test('a school that goes into another one is added up where that lies', async () => {
  await change(async (tx) => {
    await correct(tx, 'registry.institution_version', 'institution_id = 12', {
      valid: `'(,2026-07-01)'::daterange`,
    })
    await tx.query(
      `insert into registry.succession (kind, predecessor_id, successor_id, since, import_id, line, row_hash)
       values ('institution', 12, 13, '2026-07-01', $1, 1, 1)`,
      [await newImport(tx)],
    )
  })
  const { changed, newParts } = await computed()
  expect(changed).toBe(true)
  expect(newParts).toBeGreaterThan(20)
})

test('what a complete import no longer says, and what has been deleted outright, is in no figure', async () => {
  await change((tx) => withdraw(tx, 'records.result', 'true', 3))
  expect((await computed()).made).toBeGreaterThan(0)
  await change((tx) =>
    tx.query(
      'delete from records.absence where ctid = any (array(select ctid from records.absence where school_year = 2024 limit 3))',
    ),
  )
  expect((await computed()).made).toBe(1)
})

test('a definition of a new version is made anew in every year, the others are not', async () => {
  const raised = catalogue.map(
    (each): Definition =>
      each.code === 'CTX-01'
        ? { ...each, version: each.version + 1, hash: 'raised', facts: `${each.facts} and e.grade > 0` }
        : each,
  )
  expect(await computed(raised)).toMatchObject({ changed: true, made: 7, newParts: 7 })
  expect(await computed()).toMatchObject({ changed: true, made: 7, newParts: 0 })
})

test('results of a round are told once they are official', async () => {
  await change(async (tx) => {
    await tx.query(
      `with held as (
         insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
         values ('2026-6-reading', 'census', 'reading', 6, 2026, 'Lasīšana', 'Reading', '2026-04-01', '2026-04-20', 60, 'preliminary')
         returning round_id
       ), sat as (
         insert into assessments.participant (round_id, learner_id, institution_id, status)
         select distinct on (learner_id) round_id, learner_id, institution_id, 'tested'
           from registry.enrolment, held where school_year = 2026 and grade = 6 and superseded_by is null
         returning participant_id, round_id, learner_id, institution_id
       )
       insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, run)
       select learner_id, participant_id, round_id, institution_id, 1, 450 + learner_id % 100, 20, 'test' from sat`,
    )
  })
  expect(await computed()).toMatchObject({ changed: false, newParts: 0 })
  await change((tx) => tx.query(`update assessments.round set state = 'official'`))
  expect(await computed()).toMatchObject({ changed: true, newParts: 1 })
})
