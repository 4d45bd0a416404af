import { describe, expect, test } from 'vitest'
import { openProvider } from '#modules/access/index.ts'
import { signInService } from '../sign-in/service.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, openBrowser, overflow, pageTest } from './browser.ts'

const service = await signInService({})
const world = await newWorld({ portal: true, provider: openProvider(service.settings) })
const base = await world.listen()
const visit = openBrowser(() => base)

const head = await world.signIn('school')
const parent = await world.signIn('parent')
const town = await world.signIn('municipality')
const officer = await world.signIn('protection_officer')
await world.read('/looks', parent)

const pages: [string, Signed | undefined, string][] = [
  ['the sign-in page', undefined, '/lv/ieiet'],
  ['a sign-in that failed', undefined, '/en/sign-in/failed?why=no_mandate'],
  ['a parent’s work', parent, '/lv/mans-darbs'],
  ['the results of the own child', parent, '/lv/mani-rezultati'],
  ['who has looked', parent, '/en/who-looked'],
  ['the work of a municipality', town, '/lv/mans-darbs'],
  ['the audit trail of the officer', officer, '/lv/parskatamiba?person=Liepi'],
]

describe.each(pages)('%s', (_, person, path) => {
  pageTest('has no barriers, light and dark, fits a phone, and can be walked with the keyboard', async () => {
    const cookie = person && { cookie: person.cookie }
    expect(await visit(path, { ...cookie }, axeFindings)).toEqual([])
    expect(await visit(path, { ...cookie, scheme: 'dark' }, axeFindings)).toEqual([])
    expect(await visit(path, { ...cookie, width: 320 }, overflow)).toBe(0)
    const walk = await visit(path, { ...cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })
})

test.each(['away', 'refused', 'too_old', 'untrusted', 'no_code', 'unknown', 'no_mandate'])(
  'a failed sign-in (%s) says in both languages what happened and what to do',
  async (why) => {
    const texts = await Promise.all(
      [`/lv/ieiet/neizdevas?why=${why}`, `/en/sign-in/failed?why=${why}`].map(async (path) =>
        (await world.get(path)).text(),
      ),
    )
    const titles = texts.map((text) => /<h1[^>]*>([^<]+)</.exec(text)?.[1])
    expect(new Set(titles).size).toBe(2)
    for (const text of texts) expect(text).not.toMatch(/signInFailed\./)
  },
)

test('own results name no learner in their address, and open for whom they are alone', async () => {
  const seen = await (await world.get('/lv/mani-rezultati', parent)).text()
  expect(seen).toContain('A līmeņa eksāmens ķīmijā')
  expect(seen).toContain(parent.learnerId)
  for (const person of [head, town, officer]) {
    expect((await world.get('/lv/mani-rezultati', person)).status).toBe(404)
    expect((await world.get('/lv/kas-skatijies', person)).status).toBe(404)
  }
})

test('who is not signed in is led to the sign-in page, and from there back to where they were going', async () => {
  const answer = await world.get('/en/who-looked?from=abc')
  expect([answer.status, answer.headers.get('location')]).toEqual([
    302,
    '/en/sign-in?return=%2Fen%2Fwho-looked%3Ffrom%3Dabc',
  ])
  const page = await (await world.get('/en/sign-in?return=%2Fen%2Fwho-looked')).text()
  expect(page).toContain('name="return" value="/en/who-looked"')
})

test('what is only entrusted to a municipality is marked so, and leads to no pupils by name', async () => {
  const { mandate } = await world.read<{ mandate: { territoryId: string } }>('/me', town)
  for (const path of [`/lv/pasvaldibas/${mandate.territoryId}`, `/lv/skolas/${head.institutionId}`]) {
    const page = await (await world.get(path, town)).text()
    expect(page).toContain('Tikai dienesta lietošanai.')
    expect(page).not.toContain('/skoleni')
  }
})

pageTest(
  'a person with two mandates changes between them without scripts and without signing in again',
  async () => {
    await visit('/lv/mans-darbs', { cookie: town.cookie, scripts: false }, async (page) => {
      expect(await page.locator('main').textContent()).toContain('Mūsu pašvaldība')
      await page.locator('header summary').click()
      await page.getByRole('button', { name: /^vecāks/ }).click()
      expect(await page.locator('main').textContent()).toContain('Kas skatījies')
      await page.getByRole('link', { name: 'Rezultāti', exact: true }).click()
      expect(await page.locator('main').textContent()).toContain('Šīs lapas atvēršana ir ierakstīta')
    })
  },
)

pageTest('the button of the sign-in page leads to the service, without scripts', async () => {
  await visit('/lv/ieiet', { scripts: false }, async (page) => {
    await page.getByRole('button', { name: 'Ieiet ar vienoto pieteikšanos' }).click()
    await page.waitForURL((url) => url.origin === service.issuer)
  })
})
