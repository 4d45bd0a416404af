import { expect, test } from 'vitest'
import { country, newPackages } from '#test/intake-package.ts'

const { imports, rows } = await newPackages()
await imports(country, { snapshotDate: '2024-10-01' })

const places = (what: 'territory' | 'institution', code: string) =>
  rows<{ name: string; valid: string; code: string }>(
    `select v.code, v.name_lv as name, v.valid::text from registry.${what}_version v
      where v.superseded_by is null and v.${what}_id in
            (select ${what}_id from registry.${what}_version where code = $1) order by lower(v.valid) nulls first`,
    [code],
  )
/** Who came after whom, by the code each had last. */
const successions = () => {
  const last = (what: string, id: string) =>
    `(select code from registry.${what}_version v where v.${what}_id = s.${id} and v.superseded_by is null
       order by lower(v.valid) desc nulls last limit 1)`
  const code = (id: string) =>
    `case s.kind when 'territory' then ${last('territory', id)} else ${last('institution', id)} end`
  return rows<{ before: string; after: string; since: string }>(
    `select ${code('predecessor_id')} as before, ${code('successor_id')} as after, s.since::text
       from registry.succession s where s.superseded_by is null order by 1, 2`,
  )
}

/** Varakļāni joins Madona, whose code changes; its school moves with it. */
const merger = {
  territories: [
    'code,kind,parent_code,name_lv,name_en,genitive_lv,locative_lv,since,until,successor_code,previous_code',
    '0055000,municipality,R1,Varakļānu novads,Varakļāni Municipality,Varakļānu novada,Varakļānu novadā,,2025-06-30,0038001,',
    '0038001,municipality,R1,Madonas novads,Madona Municipality,Madonas novada,Madonas novadā,2025-07-01,,,0038000',
  ],
  institutions: [
    'reg_number,kind,name_lv,name_en,legal_atvk,since',
    '4502,school,Varakļānu pamatskola,Varakļāni Basic School,0038001,2025-07-01',
  ],
}

test('Varakļāni joins Madona on 1 July 2025: it is closed, its history stays, Madona is its successor', async () => {
  const report = await imports(merger, { snapshotDate: '2025-10-01' })
  expect(report.refusalList).toEqual([])
  expect(await places('territory', '0055000')).toMatchObject([
    { name: 'Varakļānu novads', valid: '(,2025-07-01)' },
  ])
  expect(await successions()).toMatchObject([{ before: '0055000', after: '0038001', since: '2025-07-01' }])
})

test('the code of Madona changed, Madona did not: one territory under two codes, each in its time', async () => {
  expect(await places('territory', '0038001')).toMatchObject([
    { code: '0038000', valid: '(,2025-07-01)' },
    { code: '0038001', valid: '[2025-07-01,)' },
  ])
  const [school] = await rows<{ before: string; after: string }>(
    `select (select t.code from registry.territory_version t where t.territory_id = a.territory_id and t.superseded_by is null
               and t.valid @> date '2025-06-30') as before,
            (select t.code from registry.territory_version t where t.territory_id = b.territory_id and t.superseded_by is null
               and t.valid @> date '2025-07-01') as after
       from registry.institution_version a join registry.institution_version b using (institution_id)
      where a.superseded_by is null and b.superseded_by is null and a.code = '4502'
        and a.valid @> date '2025-06-30' and b.valid @> date '2025-07-01'`,
  )
  expect(school).toEqual({ before: '0055000', after: '0038001' })
})

test('the merger said again changes nothing', async () => {
  expect(await imports(merger, { snapshotDate: '2025-11-01' })).toMatchObject({ state: 'unchanged' })
})

test('what the file does not speak of stays: the founder and type of a school that only moved', async () => {
  const told = await rows(
    `select distinct v.type, v.valid::text from registry.institution_version v where v.code = '4502' and v.superseded_by is null
      order by 2`,
  )
  expect(told).toEqual([
    { type: 'basic', valid: '(,2025-07-01)' },
    { type: 'basic', valid: '[2025-07-01,)' },
  ])
})

test('a school closes and two come in its place: a split; its results and classes stay where they were', async () => {
  const header = 'reg_number,kind,name_lv,name_en,legal_atvk,opened_on,closed_on,successor_reg'
  const split = {
    institutions: [
      header,
      '4501,school,Madonas vidusskola,Madona Secondary School,0038001,1950-09-01,2026-08-31,4511 4512',
      '4511,school,Madonas sākumskola,Madona Primary School,0038001,2026-09-01,,',
      '4512,school,Madonas ģimnāzija,Madona Gymnasium,0038001,2026-09-01,,',
    ],
  }
  const report = await imports(split, { snapshotDate: '2026-10-01' })
  expect(report.refusalList).toEqual([])
  expect(await places('institution', '4501')).toMatchObject([
    { name: 'Madonas vidusskola', valid: expect.stringMatching(/,2026-09-01\)$/) },
  ])
  expect((await places('institution', '4511'))[0]).toMatchObject({ valid: '[2026-09-01,)' })
  expect(await successions()).toMatchObject([
    { before: '0055000' },
    { before: '4501', after: '4511', since: '2026-09-01' },
    { before: '4501', after: '4512', since: '2026-09-01' },
  ])
  expect(await imports(split, { snapshotDate: '2026-11-01' })).toMatchObject({ state: 'unchanged' })
  const corrected = {
    institutions: [split.institutions[0]!, split.institutions[1]!.replace('4511 4512', '4512')],
  }
  await imports(corrected, { snapshotDate: '2026-11-02' })
  expect((await successions()).filter(({ before }) => before === '4501')).toMatchObject([{ after: '4512' }])
})

test('a new name without a day holds from the day of the snapshot; the old name keeps its time', async () => {
  const founders = ['founder_id,kind,name_lv,name_en', 'F1,municipality,Madonas pašvaldība,Madona Council']
  expect(await imports({ founders }, { snapshotDate: '2026-10-01' })).toMatchObject({ state: 'merged' })
  expect(await imports({ founders }, { snapshotDate: '2026-12-01' })).toMatchObject({ state: 'unchanged' })
  expect(
    await rows(
      `select name_lv, valid::text from registry.founder_version where superseded_by is null order by 2`,
    ),
  ).toEqual([
    { name_lv: 'Madonas novada pašvaldība', valid: '(,2026-10-01)' },
    { name_lv: 'Madonas pašvaldība', valid: '[2026-10-01,)' },
  ])
})

test('a history given whole, line by line, stands as it was given', async () => {
  const history = [
    'founder_id,kind,name_lv,name_en,since',
    'F9,private,Pirmais,First,',
    'F9,private,Otrais,Second,2010-01-01',
    'F9,private,Trešais,Third,2020-01-01',
  ]
  await imports({ founders: history })
  const told = await rows(
    `select name_lv, valid::text from registry.founder_version where superseded_by is null and code = 'F9' order by lower(valid) nulls first`,
  )
  expect(told).toEqual([
    { name_lv: 'Pirmais', valid: '(,2010-01-01)' },
    { name_lv: 'Otrais', valid: '[2010-01-01,2020-01-01)' },
    { name_lv: 'Trešais', valid: '[2020-01-01,)' },
  ])
  expect(await imports({ founders: history })).toMatchObject({ state: 'unchanged' })
})

test('where somebody lives, and the special need, hold from the snapshot that says so', async () => {
  const moved = [
    'learner_uid,sex,residence_code,special_need',
    '010110-20001,female,0042000,',
    '020220-20002,male,0055000,56',
  ]
  const report = await imports({ learners: moved }, { snapshotDate: '2026-10-01' })
  expect(report.counts.learners).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
  expect(
    await rows(
      `select t.code, c.citizenship_group, c.valid::text from registry.learner_circumstance c
         join registry.learner_version l using (learner_id)
         join lateral (select code from registry.territory_version x where x.territory_id = c.territory_id
                          and x.superseded_by is null order by lower(x.valid) nulls first limit 1) t on true
        where c.superseded_by is null and l.superseded_by is null and l.sex = 'female' order by lower(c.valid) nulls first`,
    ),
  ).toEqual([
    { code: '0038000', citizenship_group: 'lv', valid: '(,2026-10-01)' },
    { code: '0042000', citizenship_group: 'lv', valid: '[2026-10-01,)' },
  ])
})

test('a territory whose code changed twice is one, when all of it is told at once', async () => {
  const territories = [
    'code,kind,name_lv,name_en,since,previous_code',
    'T3,municipality,Trešais nosaukums,Third,2020-01-01,T2',
    'T1,municipality,Pirmais nosaukums,First,,',
    'T2,municipality,Otrais nosaukums,Second,2010-01-01,T1',
  ]
  expect((await imports({ territories })).refusalList).toEqual([])
  expect(await places('territory', 'T2')).toEqual([
    { code: 'T1', name: 'Pirmais nosaukums', valid: '(,2010-01-01)' },
    { code: 'T2', name: 'Otrais nosaukums', valid: '[2010-01-01,2020-01-01)' },
    { code: 'T3', name: 'Trešais nosaukums', valid: '[2020-01-01,)' },
  ])
  expect(await imports({ territories })).toMatchObject({ state: 'unchanged' })
})

test('a school that was closed is open again when a later file says so', async () => {
  const header = 'reg_number,kind,name_lv,name_en,legal_atvk,closed_on'
  const line = '4502,school,Varakļānu pamatskola,Varakļāni Basic School,0038001,'
  await imports({ institutions: [header, `${line}2026-06-30`] }, { snapshotDate: '2026-11-01' })
  expect((await places('institution', '4502')).at(-1)).toMatchObject({
    valid: expect.stringMatching(/,2026-07-01\)$/),
  })
  await imports({ institutions: [header, line] }, { snapshotDate: '2026-12-01' })
  expect((await places('institution', '4502')).at(-1)).toMatchObject({ valid: expect.stringMatching(/,\)$/) })
})
