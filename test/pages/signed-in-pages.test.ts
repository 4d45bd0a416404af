import { describe, expect, test } from 'vitest'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)

const head = await world.signIn('school')
const analyst = await world.signIn('analyst')
const steward = await world.signIn('steward')
const own = head.institutionId!

const { items: imports } = await world.read<{ items: { id: string }[] }>('/imports', steward)
const { countryId } = await world.read<{ countryId: string }>('/config')

const pages: [string, Signed, string][] = [
  ["a head's work", head, '/lv/mans-darbs'],
  ["a head's own school", head, `/lv/skolas/${own}`],
  ["a head's pupils", head, `/lv/skolas/${own}/skoleni`],
  ["an analyst's work", analyst, '/en/my-work'],
  ["an analyst's country", analyst, '/en/state'],
  [
    'the way of a figure',
    analyst,
    `/en/trace?indicator=ACH-05&year=1997&subject=alevel-chemistry&unit=${countryId}`,
  ],
  ["a steward's imports", steward, '/lv/ielades'],
  ['an import', steward, `/lv/ielades/${imports[0]!.id}`],
  ['the audit trail', steward, '/lv/parskatamiba'],
]

describe.each(pages)('%s', (_, person, path) => {
  pageTest('has no barriers, light and dark, fits a phone, and can be walked with the keyboard', async () => {
    const { cookie } = person
    expect(await visit(path, { cookie }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, scheme: 'dark' }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, width: 320 }, overflow)).toBe(0)
    const walk = await visit(path, { cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  test('is never stored by a browser or a proxy', async () => {
    const answer = await world.get(path, person)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })
})

test("a head's own page is marked as the school's own, and everybody else's is not", async () => {
  const mark = 'Tikai skolas lietošanai.'
  expect(await (await world.get(`/lv/skolas/${own}`, head)).text()).toContain(mark)
  expect(await (await world.get(`/lv/skolas/${own}`)).text()).not.toContain(mark)
})

test('pupils by name open for their own head alone; for everybody else there is no such page', async () => {
  const path = `/lv/skolas/${own}/skoleni`
  const seen = await (await world.get(path, head)).text()
  expect(seen).toContain('Šīs lapas atvēršana ir ierakstīta piekļuves žurnālā')
  expect((await world.get(path)).status).toBe(404)
  expect((await world.get(path, analyst)).status).toBe(404)
  const other = await world.signIn('school', 1)
  expect((await world.get(path, other)).status).toBe(404)
})

test('tools of one role do not open for another', async () => {
  for (const path of ['/lv/parskatamiba', `/lv/ielades/${imports[0]!.id}`]) {
    expect((await world.get(path)).status).toBe(404)
    expect((await world.get(path, head)).status).toBe(404)
  }
})

test('who is not signed in is led from the own work to the sign-in page', async () => {
  const answer = await world.get('/en/my-work')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/en/sign-in'])
})

pageTest('signing in, changing to the own page and signing out work without scripts', async () => {
  await visit('/lv/ieiet', { scripts: false }, async (page) => {
    await page.getByRole('button', { name: /Ieiet/ }).first().click()
    expect(new URL(page.url()).pathname).toBe('/lv/mans-darbs')
    await page.getByRole('link', { name: 'Mana skola' }).click()
    expect(await page.locator('main').textContent()).toContain('Tikai skolas lietošanai.')
    await page.locator('header summary').click()
    await page.getByRole('button', { name: 'Iziet', exact: true }).click()
    expect(new URL(page.url()).pathname).toBe('/lv')
    await page.goto(`${base}/lv/mans-darbs`)
    expect(new URL(page.url()).pathname).toBe('/lv/ieiet')
  })
})

test('a form of another site cannot sign anybody out', async () => {
  const body = new URLSearchParams({ what: 'leave', csrf: 'guessed' })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await world.get('/lv/konts', analyst, { method: 'POST', headers, body: body.toString() })
  expect(answer.status).toBe(403)
  expect((await world.get('/en/my-work', analyst)).status).toBe(200)
})
