import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { runChecks } from '#modules/checks/index.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { checks, figures } from '../../src/catalogue.ts'
import { asked, makeCheckedBank } from '../checked-bank.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** A bank with a handful of faults of every kind of thing. */
const world = await newWorld({ portal: true, data: 'none' })
await makeCheckedBank(world.db)
const run = (sql: string, values: unknown[] = []) => asJob(world.db, (tx) => tx.query(sql, values))
const identity = sealer(testKeys)
for (const [table, id, number, name] of [
  ['person', 'learner_id', 1105, 'Zane Paraugs'],
  ['person', 'learner_id', 1107, 'Marks Aleksandrs Ļoti-Garuzvārdenis'],
  ['staff', 'staff_id', 12, 'Valdis Piemērs'],
] as const) {
  await run(
    `insert into identity.${table} (${id}, code_hash, sealed_code, sealed_name, import_id, line) values ($1, $2, $3, $4, 1, 1)`,
    [number, identity.hashCode(name), identity.seal('code', String(number)), identity.seal('name', name)],
  )
}
const plant = [
  'update registry.site_version set lat = null where site_id = 1',
  `update registry.learner_version set birth_month = '2012-03-01' where learner_id in (1105, 1107)`,
  'update registry.learner_circumstance set territory_id = null where learner_id = 1107',
  'update registry.staff_version set education_level = null where staff_id = 12',
  'update registry.class_group_version set class_teacher_id = null where class_group_id = 120',
]
for (const statement of [
  ...plant,
  `update registry.institution_version set type = null where institution_id = 1`,
]) {
  await run(statement)
}
await runChecks(world.db, checks, { day: asked, figures })
await run(`update registry.institution_version set type = 'basic' where institution_id = 1`)
await runChecks(world.db, checks, { day: asked })
// A jump and a far-out figure, as a run keeps them of a country with more schools than this one.
await run(`insert into checks.jump (run_id, figure, kind, institution_id, school_year, value, like_value, from_like, from_own,
    like_group, like_count, years_before, years, figures)
  select (select max(run_id) from checks.run), f.* from (values
    ('learners', 'jump', 1, 2027, 201, 404, -9.4, -8.1, 'general 100', 46, 0, '{2025,2026,2027}'::int[], '{418,412,201}'::float8[]),
    ('absence', 'outlier', 2, 2026, 0.4, 0.08, 6.2, null, 'rest', 9, 2, '{2024,2025,2026}', '{0.39,0.41,0.4}')) f`)
await asJob(world.db, makeDemoPeople)
await run(`update access.mandate set institution_id = 1 where tier = 'school'`)
await asJob(world.db, tellOfData)

const base = await world.listen()
const visit = openBrowser(() => base)
const head = await world.signIn('school')
const town = await world.signIn('municipality')
const steward = await world.signIn('steward')
const list = `/lv/skolas/${head.institutionId}/parbaudes`

const text = async (path: string, person: Signed) => (await world.get(path, person)).text()

describe('the worklist of a school', () => {
  test('says who, what is recorded, why it matters and where it is corrected; and when the data came', async () => {
    const page = await text(list, head)
    for (const words of [
      'Jāpārbauda 6 ieraksti.',
      'Skolēna vecums neatbilst klasei',
      'Zane Paraugs',
      'klase: 3 · dzimšanas gads: 2012',
      'VIIS, izglītojamā kartīte, lauks „Dzimšanas datums”',
      'Valdis Piemērs',
      'amats: skolotājs',
      'Kopš iepriekšējās reizes izlabots 1',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('Nav norādīts iestādes tips')
  })

  test('where all is in order it says so; before the first check it says that too', async () => {
    const other = (
      await asJob(world.db, (tx) =>
        tx.query<{ id: string }>(
          'select institution_uuid as id from registry.institution where institution_id = 2',
        ),
      )
    ).rows[0]!.id
    expect(await text(`/lv/skolas/${other}/parbaudes`, town)).toContain('Viss ir kārtībā: nekas nav jālabo.')
    expect(await text(`/en/schools/${other}/checks`, town)).toContain('Everything is in order')
  })

  test('a municipality meets no person in it; anybody else finds no such page', async () => {
    const page = await text(list, town)
    expect(page).toContain('Īstenošanas vietai nav koordinātu')
    expect(page).not.toContain('Paraugs')
    expect((await world.get(list, steward)).status).toBe(404)
  })
})

test('the page of scores names what is to be corrected and who has to; nobody is ranked', async () => {
  const page = await text('/lv/datu-parbaudes', steward)
  for (const words of ['Kas jālabo', 'Klasei nav audzinātāja', 'Iestādes', '1. skola', 'Kā mainījies'])
    expect(page).toContain(words)
  expect(page.indexOf('1. skola')).toBeLessThan(page.indexOf('2. skola'))
})

test('the score of one place is shown over time when asked for', async () => {
  const page = await text(`/en/data-checks?place=${head.institutionId}`, steward)
  expect(page).toContain('School 1: what share of the records is in order')
  expect(page).not.toContain('School 2: what share')
})

test('sudden changes are told with what was expected, and where the source is', async () => {
  const page = (await text('/lv/datu-parbaudes/lecieni', steward)).replaceAll('<!-- -->', '')
  for (const words of [
    'Jāpaskatās uz 2 skaitļiem.',
    'Skolēnu skaits 1. oktobrī · 1',
    '412 → 201 (−51 %)',
    'vispārējās izglītības iestāde, sākot no 100 skolēniem, 46 iestādes',
    'tālu no līdzīgām iestādēm jau 3 gadus',
    'E-žurnāls, lauks „Kavējumi”',
  ]) {
    expect(page).toContain(words)
  }
  expect((await world.get('/lv/datu-parbaudes/lecieni', town)).status).toBe(404)
})

pageTest('sudden changes and classifiers have no barrier that axe finds and fit a phone', async () => {
  for (const [path, cookie] of [
    ['/lv/datu-parbaudes/lecieni', steward.cookie],
    ['/en/data-checks/jumps', steward.cookie],
    ['/lv/paligs/klasifikatori', undefined],
    ['/en/help/classifiers', undefined],
  ] as const) {
    for (const width of [1280, 320]) {
      await visit(path, { width, cookie }, async (page) => {
        expect(await axeFindings(page)).toEqual([])
        expect(await overflow(page)).toBe(0)
      })
    }
  }
})

test('the help has every classifier, and the search finds the page', async () => {
  const page = await text('/lv/paligs/klasifikatori', steward)
  for (const words of [
    'Aiziešanas iemesls',
    'mācības ģimenē',
    'sociālais pedagogs',
    'graduated_without_certificate',
  ]) {
    expect(page).toContain(words)
  }
  expect(await text('/lv/meklet?q=klasifikators', steward)).toContain('/lv/paligs/klasifikatori')
})

for (const [what, path, person] of [
  ['worklist', list, head],
  ['scores', '/lv/datu-parbaudes', steward],
] as const) {
  pageTest(`${what}: no barrier, nothing sticks out, also on a phone and in English`, async () => {
    for (const width of [1280, 390]) {
      await visit(path, { width, cookie: person.cookie }, async (page) => {
        expect(await axeFindings(page)).toEqual([])
        expect(await overflow(page)).toBe(0)
        expect(await mainText(page)).toContain('Datu pārbaudes')
      })
    }
    const english = path
      .replace('/lv/skolas', '/en/schools')
      .replace('parbaudes', 'checks')
      .replace('/lv/datu-checks', '/en/data-checks')
    await visit(english, { cookie: person.cookie }, async (page) => {
      expect(await mainText(page)).toContain('Data checks')
      const { expected, reached, unmarked } = await keyboardWalk(page)
      expect(reached).toEqual(expected)
      expect(unmarked).toEqual([])
    })
  })
}
