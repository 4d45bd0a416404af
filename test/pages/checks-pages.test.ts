import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { runChecks } from '#modules/checks/index.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { checks } from '../../src/catalogue.ts'
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
await runChecks(world.db, checks, { day: asked })
await run(`update registry.institution_version set type = 'basic' where institution_id = 1`)
await runChecks(world.db, checks, { day: asked })
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
