import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { backup } from '#db/backup.ts'
import { restore } from '#db/restore.ts'
import { tableHashes } from '#db/tables.ts'
import { applyRepresentations } from '#modules/access/index.ts'
import { compute } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { retain } from '#modules/rights/index.ts'
import { catalogue } from '../../src/catalogue.ts'
import { newDatabase } from '../database.ts'
import { folderWith } from '../db/folders.ts'
import { newIntake } from '../intake.ts'
import { line } from '../intake-file.ts'
import { testKeys } from '../world.ts'
import { rowsFromLine, textOfBank, textOfFiles, tracesIn, type Wanted } from './attack.ts'
import { signedInAs } from './signed-in.ts'

const { db, imports, rows } = await newIntake()
const { hashCode } = sealer(testKeys)

const anna = { code: '010110-20777', name: 'Anna Zīmogvārde' } // in grade 9 of 2025/26: leaves basic education on 31 August 2026
const mother = '010180-20778'
const janis = { code: '010116-20779', name: 'Jānis Paliekošais' } // in grade 3: stays
const crowd = Array.from({ length: 20 }, (_, at) =>
  line({ code: `C-${at}`, name: `Bērns ${at}`, sex: at % 2 ? 'M' : 'F', points: 20 + at }),
)
const file = [line({ ...anna, points: 77 }), line({ ...janis, grade: 3, class: '3.b', points: 55 }), ...crowd]
expect((await imports(file)).state).toBe('merged')
// Corrected: earlier versions of what is said of her.
expect((await imports([line({ ...anna, points: 78, born: '2010-02' }), ...file.slice(1)])).state).toBe(
  'merged',
)
// Refused, with her name where it does not belong.
expect((await imports([line({ ...anna, class: 'x'.repeat(60) + anna.name })])).state).toBe('refused')

await applyRepresentations(
  db,
  [
    {
      representative: hashCode(mother),
      child: hashCode(anna.code),
      kind: 'parent',
      from: '2020-01-01',
      until: null,
      bornOn: '2010-01-01',
      isDisputed: false,
    },
  ],
  '2026-09-01',
)
const learner = await signedInAs(db, 'learner', anna, anna.code)
const parent = await signedInAs(db, 'parent', { code: mother, name: 'Māte Zīmogvārde' }, anna.code)
for (const actor of [learner, parent]) {
  await asActor(db, actor, (tx) => tx.query('select from identity.read_own_learner()'))
}
const [{ number }] = (await rows<{ number: string }>(
  `select learner_uuid as number from registry.learner join identity.person using (learner_id) where code_hash = $1`,
  [hashCode(anna.code)],
)) as [{ number: string }]
await compute(db, catalogue)
await publish(db, 'public', '2026-11-22')

const wanted: Wanted = { codes: [anna.code, mother], names: [anna.name, 'Māte Zīmogvārde'], number }
const backups = join(folderWith(), 'backups')
const personKeys = join(folderWith(), 'person-keys')
const made = await backup(db, { to: backups, personKeys })
const hashes = async () =>
  Object.fromEntries(
    Object.entries(await tableHashes(db)).filter(([name]) => /^(indicators|publications)\./.test(name)),
  )
const before = await hashes()

test('the attack works: before, she is found in the bank, by the line of the file, and in a restored backup', async () => {
  const traces = tracesIn(await textOfBank(db), wanted, testKeys)
  expect(traces).toEqual(
    [
      `name ${anna.name}`,
      `hash of ${anna.code}`,
      `hash of ${anna.name}`,
      `hash of ${mother}`,
      'number',
      `sealed ${anna.name}`,
      `sealed ${anna.code}`,
      'sealed Māte Zīmogvārde',
    ].sort(),
  )
  expect(await rowsFromLine(db, 2)).toEqual([
    'identity.person',
    'records.result',
    'registry.enrolment',
    'registry.learner_version',
  ])
  const restored = await newDatabase({ content: 'empty' })
  await restore(restored, { from: made, personKeys })
  expect(tracesIn(await textOfBank(restored), wanted, testKeys)).toEqual(traces)
})

test('even before, a backup alone says nothing of her but the number on her page, not to somebody with the key file either', () => {
  expect(tracesIn(textOfFiles(backups), wanted, testKeys)).toEqual(['number'])
})

test('a year after basic education she is due, and not a day before; a younger child is not', async () => {
  const due = async (day: string) =>
    (await retain(db, { run: { day, dry: true }, personKeys }))!.counts.learner_identity
  expect(await due('2027-08-31')).toEqual({ 'identity.person': 0 })
  expect(await due('2027-09-01')).toEqual({ 'identity.person': 21 })
  expect(tracesIn(await textOfBank(db), wanted, testKeys)).toContain(`sealed ${anna.name}`) // a dry run destroys nothing
})

test('once it was destroyed nobody finds her: not in rows, lines, refusals, jobs, backups, nor a restored backup', async () => {
  const report = await retain(db, { run: { day: '2027-12-01', dry: false }, personKeys, batch: 6 })
  expect(report!.counts.learner_identity).toMatchObject({
    'identity.person': 21,
    'access.representation': 1,
    'access.person': 2,
  })
  const text = await textOfBank(db)
  expect(tracesIn(text, wanted, testKeys)).toEqual([])
  expect(text).toContain(hashCode(janis.code).toString('hex'))
  expect(await rowsFromLine(db, 2)).toEqual([])
  expect(await rowsFromLine(db, 3)).not.toEqual([]) // the younger child is still traced to the file
  expect(tracesIn(textOfFiles(personKeys.replace(/[^/]+$/, '')), wanted, testKeys)).toEqual([])

  const restored = await newDatabase({ content: 'empty' })
  await restore(restored, { from: made, personKeys })
  const again = await textOfBank(restored)
  expect(tracesIn(again, { ...wanted, codes: [mother] }, testKeys)).toEqual([])
  expect(again).not.toContain(hashCode(anna.code).toString('hex'))
  expect(again).toContain(hashCode(janis.code).toString('hex'))
  expect(await rowsFromLine(restored, 2)).toEqual([])
})

test('her results stay, without her: cubes and releases are the same, and computing again changes nothing', async () => {
  expect(await hashes()).toEqual(before)
  expect(await compute(db, catalogue)).toMatchObject({ changed: false })
  expect(await rows('select value from records.result where value >= 77')).toEqual([{ value: 78 }])
})

test('a second run finds nothing; whoever comes back under her code is somebody new', async () => {
  const report = await retain(db, { run: { day: '2027-12-01', dry: false }, personKeys })
  expect(
    Object.values(report!.counts)
      .flatMap((counts) => Object.values(counts))
      .filter((n) => n > 0),
  ).toEqual([])
  expect(
    (
      await imports([
        line({ ...anna, year: 2028, grade: 10, from: '2027-09-01', to: '2028-08-31', points: '' }),
      ])
    ).state,
  ).toBe('merged')
  const known = await rows<{ results: number }>(
    `select (select count(*) from records.result r where r.learner_id = p.learner_id) as results
       from identity.person p where code_hash = $1`,
    [hashCode(anna.code)],
  )
  expect(known).toEqual([{ results: 0 }])
})

test('a backup without its keys of people is refused, or restored with nobody in it', async () => {
  const restored = await newDatabase({ content: 'empty' })
  const nowhere = join(folderWith(), 'person-keys')
  await expect(restore(restored, { from: made, personKeys: nowhere })).rejects.toThrow('keys of people')
  await restore(restored, { from: made, personKeys: nowhere, withoutPeople: true })
  const { rows: people } = await asJob(restored, (tx) => tx.query('select from identity.person'))
  expect(people).toEqual([])
  const { rows: results } = await asJob(restored, (tx) => tx.query('select from records.result'))
  expect(results.length).toBeGreaterThan(20)
})
