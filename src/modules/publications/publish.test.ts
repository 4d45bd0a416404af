import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { compute } from '#modules/indicators/index.ts'
import { importFile, loadMapping } from '#modules/intake/index.ts'
import { newDatabase } from '#test/database.ts'
import { testKeys } from '#test/world.ts'
import { catalogue } from '../../catalogue.ts'
import { publish } from './publish.ts'
import { currentRelease, nextNumber, releasedCells } from './store.ts'

const db = await newDatabase()
const folder = await mkdtemp(join(tmpdir(), 'ikms-publish-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** One municipality, one school of `n` pupils whose results go 0, 1, 2 … 9, 0, … */
async function school(n: number, change: (result: number) => number = (result) => result) {
  const file = join(folder, 'school.csv')
  const lines = Array.from(
    { length: n },
    (_, at) => `1,1,${at + 1},${at % 2 ? 'M' : 'F'},0,${change(at % 10)},${at % 8}`,
  )
  writeFileSync(
    file,
    ['lea,school,student,sex,age_months,alevel_chemistry,gcse_mean', ...lines, ''].join('\n'),
  )
  await importFile({ db, keys: testKeys, file, mapping: await loadMapping('samples/results.mapping.json') })
  await compute(db, catalogue)
}

const day = '2026-11-22'
const publicCells = () =>
  asActor(db, { tier: 'public', requestId: 'test' }, async (tx) => {
    const release = await currentRelease(tx, 'public')
    return releasedCells(tx, release!.id, {
      indicator: 'ACH-05',
      level: 'school',
      subject: 'alevel-chemistry',
    })
  })

test('before there are cubes there is no release', async () => {
  expect(await publish(db, 'public', day)).toMatchObject({ release: null, changed: false })
})

test('the first release is 1.0; made again from the same cube it stays 1.0', async () => {
  await school(9)
  const first = await publish(db, 'public', day)
  expect(first).toMatchObject({ changed: true, release: { number: '1.0' } })
  expect(await publish(db, 'public', day)).toEqual({ ...first, changed: false })
  const { rows } = await db.jobPool.query('select number from publications.release')
  expect(rows).toEqual([{ number: '1.0' }])
})

test('nine pupils are not told; with the tenth the figure is, in a new major release, because an answer changed', async () => {
  expect(await publicCells()).toMatchObject([
    { absent: 'too_few', n: null },
    { absent: 'too_few' },
    { absent: 'too_few' },
  ])
  await school(10)
  expect(await publish(db, 'public', day)).toMatchObject({ changed: true, release: { number: '2.0' } })
  const total = (await publicCells()).find(({ breakdown }) => breakdown === '-')
  expect(total).toMatchObject({ absent: null, n: 10, sumY: 45 })
})

test('a release is frozen: a corrected result is told in the next one only', async () => {
  const before = await publicCells()
  await school(10, (result) => (result === 0 ? 9 : result))
  expect(await publicCells()).toEqual(before)
  await publish(db, 'public', day)
  expect((await publicCells()).find(({ breakdown }) => breakdown === '-')).toMatchObject({ n: 10, sumY: 54 })
})

test('a decision that a level is not public takes its figures out of the next release, with the reason', async () => {
  await db.jobPool.query(
    `update publications.decision set shown = false where code = 'ACH-05' and level = 'school'`,
  )
  await publish(db, 'public', day)
  expect(new Set((await publicCells()).map(({ absent }) => absent))).toEqual(new Set(['not_public']))
})

test('without a rule for a topic nothing is released at all', async () => {
  await expect(publish(db, 'public', '1980-01-01')).rejects.toThrow(/no disclosure rule for topic/)
  expect(await asJob(db, (tx) => currentRelease(tx, 'public'))).not.toBeNull()
})

test('numbers go up: minor for new cells only, major when something told before changed', () => {
  expect(nextNumber(undefined, 'first')).toBe('1.0')
  expect(nextNumber('1.9', 'more')).toBe('1.10')
  expect(nextNumber('1.9', 'changed')).toBe('2.0')
})
