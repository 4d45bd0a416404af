import { describe, expect, test } from 'vitest'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from '../pages/browser.ts'
import { newWorld, type Signed } from '../world.ts'

const world = await newWorld({ portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)

const parent = await world.signIn('parent')
const learner = await world.signIn('learner')
const officer = await world.signIn('protection_officer')
const steward = await world.signIn('steward')

const pages: [string, Signed | undefined, string][] = [
  ['everything held about a child', parent, '/lv/mani-dati'],
  ['everything held, in English', learner, '/en/my-data'],
  ['the register of processing', undefined, '/lv/datu-apstrade'],
  ['the register of processing, in English', undefined, '/en/processing'],
  ['the officer’s page', officer, '/lv/datu-subjektu-tiesibas'],
  ['the same, for the steward', steward, '/en/data-rights'],
]

describe.each(pages)('%s', (_, person, path) => {
  pageTest('has no barriers, light and dark, fits a phone, and can be walked with the keyboard', async () => {
    const cookie = person?.cookie
    expect(await visit(path, { cookie }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, scheme: 'dark' }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, width: 320 }, overflow)).toBe(0)
    const walk = await visit(path, { cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })
})

test('nobody else has these pages', async () => {
  expect((await world.get('/lv/mani-dati', officer)).status).toBe(404)
  expect((await world.get('/lv/datu-subjektu-tiesibas', parent)).status).toBe(404)
  expect((await world.get('/lv/mani-dati')).status).toBe(302)
})

pageTest(
  'the officer records an objection and withdraws it, switches a linkage and counts what is due',
  async () => {
    await visit('/lv/datu-subjektu-tiesibas', { cookie: officer.cookie, scripts: false }, async (page) => {
      const send = async (name: string) => {
        await page.getByRole('button', { name, exact: true }).first().click()
        await page.waitForLoadState()
        return mainText(page)
      }
      await page.fill('input[name=code]', 'nav tāda')
      await page.fill('input[name=ground]', 'Iesniegums')
      expect(await send('Ierakstīt')).toContain('skolēna ar šādu kodu sistēmā nav')
      await page.fill('input[name=code]', '669')
      await page.fill('input[name=ground]', 'Iesniegums 1-15/7')
      expect(await send('Ierakstīt')).toContain('Iesniegums 1-15/7')
      await page.locator('form:has(button[value=withdraw]) input[name=why]').fill('Pārdomāja')
      expect(await send('Atsaukt')).toContain('Pārdomāja')
      await page.locator('form:has(input[value=results-years]) input[name=why]').fill('Nav pamata')
      expect(await page.locator('form:has(input[value=results-years]) button').textContent()).toBe('Izslēgt')
      await page.locator('form:has(input[value=results-years]) button').click()
      await page.waitForLoadState()
      expect(await mainText(page)).toContain('Nav pamata')
      expect(await send('Saskaitīt, kam beidzies termiņš')).toContain('Pieprasīts')
    })
  },
)
