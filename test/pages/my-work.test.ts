import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { runChecks } from '#modules/checks/index.ts'
import { compute } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue, checks } from '../../src/catalogue.ts'
import { asked, makeCheckedBank } from '../checked-bank.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** Two schools of a municipality, the first with errors in its records, with results of a test. */
const world = await newWorld({ portal: true, data: 'none' })
await makeCheckedBank(world.db)
const run = (sql: string, values: unknown[] = []) => asJob(world.db, (tx) => tx.query(sql, values))
for (const statement of [
  'update registry.site_version set lat = null where site_id = 1',
  `update registry.learner_version set birth_month = '2012-03-01' where learner_id in (1105, 1107)`,
  'update registry.staff_version set education_level = null where staff_id = 12',
]) {
  await run(statement)
}
await runChecks(world.db, checks, { day: asked })
await compute(world.db, catalogue)
await publish(world.db, 'public', dayOf(new Date()))
await asJob(world.db, makeDemoPeople)
await run(`update access.mandate set institution_id = 1 where tier = 'school'`)
await world.addPerson('teacher')

const base = await world.listen()
const visit = openBrowser(() => base)
const signed = {
  school: await world.signIn('school'),
  municipality: await world.signIn('municipality'),
  teacher: await world.signIn('teacher'),
  steward: await world.signIn('steward'),
  analyst: await world.signIn('analyst'),
}
const text = async (path: string, person: Signed) => (await world.get(path, person)).text()
const submit = (person: Signed, fields: Record<string, string>) =>
  world.get('/lv/mans-darbs', person, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })

describe('the work of a school', () => {
  test('says what is to be corrected and where, what is new of the results, and what cannot be done yet', async () => {
    const page = await text('/lv/mans-darbs', signed.school)
    for (const words of [
      'Jālabo datos',
      'Dati ielādēti',
      'diena vēl nav noteikta',
      'VIIS',
      'Jaunākie rezultāti',
      'Rēķinpratība',
      'Aptauju sistēmā vēl nav',
    ]) {
      expect(page).toContain(words)
    }
    expect(await text('/en/my-work', signed.school)).toContain('To correct in the records')
  })

  test('has no field to fill in', async () => {
    const fields = (await text('/lv/mans-darbs', signed.school)).match(/<main[\s\S]*<\/main>/)![0]
    expect(fields.match(/<(textarea|select|input(?! type="hidden"))/g)).toBeNull()
  })
})

describe('the work of a municipality', () => {
  test('lists the own schools by name and can show those with something to correct', async () => {
    const all = await text('/lv/mans-darbs', signed.municipality)
    const place = (name: string) => all.indexOf(`>${name}<`)
    expect(place('1. skola')).toBeGreaterThan(0)
    expect(place('2. skola')).toBeGreaterThan(place('1. skola'))
    const open = await text('/lv/mans-darbs?show=open', signed.municipality)
    expect(open).toContain('>1. skola<')
    expect(open).not.toContain('>2. skola<')
    expect(await text('/lv/mans-darbs?show=worse', signed.municipality)).toContain('Tādu skolu nav.')
  })

  test('reminds a school, which then sees who did and when; a second time within a week is refused with the reason', async () => {
    const fields = { csrf: signed.municipality.csrf, remind: signed.school.institutionId! }
    const first = await submit(signed.municipality, fields)
    expect([first.status, first.headers.get('location')]).toEqual([
      303,
      '/lv/mans-darbs?reminder=made#schools',
    ])
    expect(await text('/lv/mans-darbs?reminder=made', signed.municipality)).toContain('Atgādinājums nosūtīts')
    expect(await text('/lv/mans-darbs', signed.school)).toMatch(/Novads .{8,12} atgādināja salabot datus/)
    const second = await submit(signed.municipality, fields)
    expect(second.headers.get('location')).toBe('/lv/mans-darbs?reminder=refused#schools')
    expect((await submit(signed.school, { ...fields, csrf: signed.school.csrf })).status).toBe(404)
    expect((await submit(signed.municipality, { ...fields, csrf: 'x' })).status).toBe(403)
  })
})

test('a class teacher without a class reads where that is corrected', async () => {
  expect(await text('/lv/mans-darbs', signed.teacher)).toContain('nav audzināmas klases')
})

test('a steward begins with jobs and imports, an analyst with the data and the release in force', async () => {
  expect(await text('/lv/mans-darbs', signed.steward)).toContain('Neizdevās')
  expect(await text('/en/my-work', signed.analyst)).toMatch(/Releases[\s\S]*1\.0/)
})

describe.each(Object.keys(signed) as (keyof typeof signed)[])('the page where a %s begins', (who) => {
  pageTest.each(['light', 'dark'] as const)('has no fault axe knows of, %s', async (scheme) => {
    const { cookie } = signed[who]
    expect(await visit('/lv/mans-darbs', { scheme, cookie }, axeFindings)).toEqual([])
  })

  pageTest.each([320, 390])('fits %i pixels', async (width) => {
    expect(await visit('/lv/mans-darbs', { width, cookie: signed[who].cookie }, overflow)).toBe(0)
  })

  pageTest('is walked with the keyboard, and every stop is marked', async () => {
    const walk = await visit('/lv/mans-darbs', { cookie: signed[who].cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })
})

pageTest('on paper the list of schools stands without buttons', async () => {
  const { cookie } = signed.municipality
  await visit('/lv/mans-darbs', { cookie }, async (page) => {
    await page.emulateMedia({ media: 'print' })
    const words = await mainText(page)
    expect(words).toContain('1. skola')
    expect(words).not.toContain('Atgādināt\n')
  })
})
