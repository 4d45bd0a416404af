import pino from 'pino'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeReportSet } from '#modules/publications/index.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { afterFile } from '../after-file.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** The program named as browser is none: whether pages can be printed is not what is asked here. */
const world = await newWorld({ portal: true })
const server = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  chromium: '/bin/true',
  ...(await builtPortal()),
})
afterFile(() => server.close())
const { port } = await server.listen(0)
const visit = openBrowser(() => `http://127.0.0.1:${port}`)
const town = await world.signIn('municipality')
const page = '/lv/skolu-parskati'

const text = async (path: string, { cookie }: Signed) =>
  (await server.app.request(path, { headers: { cookie } })).text()
const post = (fields: Record<string, string>) =>
  server.app.request(page, {
    method: 'POST',
    headers: { cookie: town.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: town.csrf, ...fields }).toString(),
  })
const latest = async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ id: number; uuid: string }>(
      'select report_set_id as id, report_set_uuid as uuid from publications.report_set order by 1 desc limit 1',
    ),
  )
  return rows[0]!
}

test('before anything was asked for the page says so; nobody without schools has it', async () => {
  expect(await text('/lv/mans-darbs', town)).toContain('Visu skolu pārskati')
  expect(await text(page, town)).toContain('Pārskati vēl nav prasīti.')
  expect(await text('/en/school-reports', town)).toContain('No reports were asked for yet.')
  const head = await world.signIn('school')
  expect((await server.app.request(page, { headers: { cookie: head.cookie } })).status).toBe(404)
  // a system without a browser that prints
  expect(await (await world.get(page, town)).text()).toContain('Šī sistēma pašlaik neveido PDF failus.')
})

test('asked for, the page renews itself; it tells how far it is, can stop it, and then hands it out', async () => {
  const { schoolYears } = await world.read<{ schoolYears: number[] }>('/config')
  const fields = { year: String(schoolYears.at(-1)), figures: 'own', language: 'lv' }
  expect((await post(fields)).headers.get('location')).toBe(page)
  expect((await post(fields)).headers.get('location')).toBe(`${page}?enough`)
  const waiting = await text(page, town)
  expect(waiting).toContain('http-equiv="refresh"')
  expect(waiting).toContain('Gaida, kad beigsies cits darbs.')
  const first = await latest()
  expect((await post({ cancel: first.uuid })).headers.get('location')).toBe(page)
  expect((await post({ cancel: first.uuid })).headers.get('location')).toBe(`${page}?changed`)
  expect(await text(page, town)).toContain('Darbs atcelts, un sagatavotais dzēsts.')
  await post(fields)
  const second = await latest()
  await asJob(world.db, (tx) =>
    tx.query(`update pgboss.job set state = 'active' where name = 'reports' and state = 'created'`),
  )
  let seen = ''
  await makeReportSet(world.db, second.id, async () => {
    seen ||= await text(page, town)
    return new Response('%PDF-')
  })
  expect(seen).toMatch(/\d+ no \d+ skolām/)
  const done = await text(page, town)
  expect(done).toContain(`/api/v1/report-sets/${second.uuid}/reports.zip`)
  expect(done).not.toContain('http-equiv="refresh"')
  expect(done).not.toMatch(/reportSets\.|undefined|NaN|\[object/)
})

pageTest.each(['light', 'dark'] as const)('the page has no fault axe knows of, %s', async (scheme) => {
  expect(await visit(page, { scheme, cookie: town.cookie }, axeFindings)).toEqual([])
})

pageTest('the page fits 320 pixels, in English too', async () => {
  for (const path of [page, '/en/school-reports']) {
    await visit(path, { width: 320, cookie: town.cookie }, async (shown) => {
      expect(await overflow(shown)).toBe(0)
      expect(await mainText(shown)).toMatch(/\d+ (skol|school)/)
    })
  }
})
