import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { listClassifiers } from '#modules/registry/classifiers/store.ts'
import { country, newPackages } from '#test/intake-package.ts'
import { checks, figures } from '../../catalogue.ts'
import { runChecks } from './run.ts'

// The small country as it comes: the second site has no number of places, and subjects come under codes of the source (mat, fiz).
const { db, imports: take, rows } = await newPackages()
const ask = () => runChecks(db, checks, { day: '2026-11-22', figures })
const standing = async (code: string) =>
  (
    await rows<{ detail: { code?: string } }>(
      `select detail from checks.finding where check_code = '${code}' and gone_run is null order by finding_id`,
    )
  ).map(({ detail }) => detail)
const version = (n: number) => ({ version: String(n) })

test('what is wrong in a delivery is found, corrected at the source, and seen to disappear after the next import', async () => {
  expect(await take(country)).toMatchObject({ state: 'merged' })
  await ask()
  expect(await standing('site.no_capacity')).toHaveLength(1)

  const corrected = country.delivery_sites.map((line) =>
    line.startsWith('S2') ? 'S2,4501,0042000,,56.29,26.72,120,,' : line,
  )
  expect(await take({ delivery_sites: corrected }, version(2))).toMatchObject({ state: 'merged' })
  // The import alone says nothing yet; the checks after it do.
  expect(await standing('site.no_capacity')).toHaveLength(1)
  expect((await ask()).gone).toBe(1)
  expect(await standing('site.no_capacity')).toEqual([])
})

test('a code the classifier lacks stands until a newer classifier has it, and again when it has gone out of use', async () => {
  const code = 'registry.unknown-code.staff-subject'
  expect(await standing(code)).toMatchObject([{ code: 'mat' }])
  const header = 'classifier,code,label_lv,label_en,parent_code,since,until'
  const subject = (until = '') =>
    `subject,mat,matemātika (VIIS),mathematics (VIIS),mathematics,2020-09-01,${until}`
  expect(await take({ classifiers: [header, subject()] }, version(3))).toMatchObject({ state: 'merged' })
  await ask()
  expect(await standing(code)).toEqual([])
  // What came with the system and is not in the file stays.
  const read = (day?: string) => asJob(db, (tx) => listClassifiers(tx, { name: 'subject', day }))
  const [list] = await read()
  expect(list!.entries.find((each) => each.code === 'mat')).toEqual({
    code: 'mat',
    label: { lv: 'matemātika (VIIS)', en: 'mathematics (VIIS)' },
    parentCode: 'mathematics',
    from: '2020-09-01',
    until: null,
  })
  expect(list!.entries.some((each) => each.code === 'latvian')).toBe(true)
  const [before] = await read('2019-01-01')
  expect(before!.entries.some((each) => each.code === 'mat')).toBe(false)

  expect(await take({ classifiers: [header, subject('2026-08-31')] }, version(4))).toMatchObject({
    state: 'merged',
  })
  await ask()
  expect(await standing(code)).toMatchObject([{ code: 'mat', day: '2026-11-22' }])
})

test('the same classifier again changes nothing, and a code twice is refused', async () => {
  const header = 'classifier,code,label_lv,label_en'
  const file = { classifiers: [header, 'position,janitor,sētnieks,janitor'] }
  expect(await take(file, version(5))).toMatchObject({ state: 'merged' })
  expect(await take(file, version(6))).toMatchObject({ state: 'unchanged' })
  const twice = { classifiers: [header, 'position,x,a,a', 'position,x,b,b'] }
  expect(await take(twice, version(7))).toMatchObject({ state: 'refused' })
})

test('a complete classifier withdraws the codes it lacks, of that list only', async () => {
  const header = 'classifier,code,label_lv,label_en'
  const file = { classifiers: [header, 'exam_level,OL,optimālais,optimal'] }
  expect(await take(file, { ...version(8), complete: ['classifiers'] })).toMatchObject({ state: 'merged' })
  const codes = async (name: string) =>
    (await asJob(db, (tx) => listClassifiers(tx, { name })))[0]!.entries.map(({ code }) => code)
  expect(await codes('exam_level')).toEqual(['OL'])
  expect((await codes('position')).length).toBeGreaterThan(10)
})
