import { describe, expect, test } from 'vitest'
import type { UnitFigure } from '#modules/publications/model.ts'
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)

const { items: schools } = await world.read<{ items: UnitFigure[] }>(
  '/cells?indicator=ACH-05&year=1997&subject=alevel-chemistry&level=school&limit=1000',
)
const { items: municipalities } = await world.read<{ items: { id: string }[] }>(
  '/territories?kind=municipality',
)
const shown = schools.find(({ cell }) => cell.absent === null)!.unit.id
const hidden = schools.find(({ cell }) => cell.absent === 'too_few')!.unit.id
const municipality = municipalities[0]!.id

/** Changes with every request. */
const requestNumber = /[\da-f-]{36}/

/** Every public page, as the reader's language names it. */
const pages: Record<string, { lv: string; en: string }> = {
  'the front page': { lv: '/lv', en: '/en' },
  'the list of indicators': { lv: '/lv/raditaji', en: '/en/indicators' },
  'an indicator': { lv: '/lv/raditaji/ACH-05', en: '/en/indicators/ACH-05' },
  'an indicator that counts': { lv: '/lv/raditaji/CTX-01', en: '/en/indicators/CTX-01' },
  'the gap by sex': { lv: '/lv/raditaji/EQU-01/1995', en: '/en/indicators/EQU-01/1995' },
  'the country': { lv: '/lv/valsts', en: '/en/state' },
  'the municipalities': { lv: '/lv/pasvaldibas', en: '/en/municipalities' },
  'a municipality': { lv: `/lv/pasvaldibas/${municipality}`, en: `/en/municipalities/${municipality}` },
  'the schools': { lv: '/lv/skolas', en: '/en/schools' },
  'a school': { lv: `/lv/skolas/${shown}`, en: `/en/schools/${shown}` },
  'a school in a given year': { lv: `/lv/skolas/${shown}/1995`, en: `/en/schools/${shown}/1995` },
  'a school with too few pupils': { lv: `/lv/skolas/${hidden}`, en: `/en/schools/${hidden}` },
  'a search': { lv: '/lv/meklet?q=skola', en: '/en/search?q=school' },
  'a search for nothing there': { lv: '/lv/meklet?q=zzzz', en: '/en/search?q=zzzz' },
  help: { lv: '/lv/paligs', en: '/en/help' },
  'the glossary': { lv: '/lv/paligs/vardnica', en: '/en/help/glossary' },
  'the data page': { lv: '/lv/dati', en: '/en/data' },
  'a list of releases': { lv: '/lv/laidieni', en: '/en/releases' },
  'a release': { lv: '/lv/laidieni/1.0', en: '/en/releases/1.0' },
  'why some numbers are missing': { lv: '/lv/noteikumi', en: '/en/rules' },
  'the accessibility statement': { lv: '/lv/pieklustamiba', en: '/en/accessibility' },
  'the privacy page': { lv: '/lv/privatums', en: '/en/privacy' },
  'the sign-in page': { lv: '/lv/ieiet', en: '/en/sign-in' },
  'an address that leads nowhere': { lv: '/lv/nav-tadas-lapas', en: '/en/no-such-page' },
}

describe.each(Object.entries(pages))('%s', (_, address) => {
  pageTest('has no barrier that axe finds, in light and dark and in both languages', async () => {
    expect(await visit(address.lv, {}, axeFindings)).toEqual([])
    expect(await visit(address.lv, { scheme: 'dark' }, axeFindings), 'dark').toEqual([])
    expect(await visit(address.en, {}, axeFindings), 'in English').toEqual([])
  })

  pageTest('can be walked with the keyboard: all is reached in order, seen, and left again', async () => {
    const walk = await visit(address.lv, {}, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  pageTest.each(['lv', 'en'] as const)('fits a window of 320 pixels: %s', async (locale) => {
    expect(await visit(address[locale], { width: 320 }, overflow)).toBe(0)
  })

  pageTest('reads the same without scripts', async () => {
    const read = async (scripts: boolean) =>
      (await visit(address.lv, { scripts }, mainText)).replace(requestNumber, '')
    const without = await read(false)
    expect(without.length).toBeGreaterThan(40)
    expect(without).toBe(await read(true))
  })

  test('carries no script, says its language and leads to the same page in the other', async () => {
    for (const [locale, other] of [
      ['lv', 'en'],
      ['en', 'lv'],
    ] as const) {
      const html = await (await world.get(address[locale])).text()
      expect(html).not.toMatch(/<script/i)
      expect(html).toContain(`<html lang="${locale}">`)
      const isReal = !address[locale].includes('nav-tadas') && !address[locale].includes('no-such')
      if (isReal) expect(html).toContain(`href="${address[other].split('?')[0]}`)
    }
  })
})

pageTest('the first stop of the keyboard leads past the header to the content', async () => {
  await visit('/lv', {}, async (page) => {
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Pāriet uz saturu')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'content')
  })
})

pageTest('the longest names of the country fit a phone', async () => {
  const longest =
    'Rīgas Tehniskās universitātes Inženierzinātņu vidusskola un tās pirmsskolas izglītības struktūrvienība'
  for (const path of [
    '/lv',
    '/lv/valsts',
    `/lv/pasvaldibas/${municipality}`,
    `/lv/skolas/${shown}`,
    '/lv/pasvaldibas',
  ]) {
    const wider = await visit(path, { width: 320 }, async (page) => {
      await page.evaluate((name) => {
        for (const place of document.querySelectorAll('main h1, main th a, main li > a'))
          place.textContent = name
      }, longest)
      return overflow(page)
    })
    expect(wider, path).toBe(0)
  }
})

test('a school with too few pupils says which rule hides its result and shows its municipality instead', async () => {
  const html = await (await world.get(`/lv/skolas/${hidden}`)).text()
  expect(html).toContain('Kāpēc šīs skolas rezultātu nerāda')
  expect(html).toContain('Pārbaudījumu rakstīja mazāk par 10 skolēniem.')
  expect(html).toContain('Redzams ir pašvaldības rezultāts')
})

test('nobody learns a hidden figure from the page of the school or of its municipality', async () => {
  const { cell } = schools.find(({ unit }) => unit.id === hidden)!
  expect([cell.n, cell.value, cell.low, cell.high, cell.spread]).toEqual([null, null, null, null, null])
})

test('`/` leads to the language the browser asks for, Latvian first', async () => {
  const leadsTo = async (wish?: string) =>
    (await world.get('/', undefined, { headers: wish ? { 'accept-language': wish } : {} })).headers.get(
      'location',
    )
  expect(await leadsTo()).toBe('/lv')
  expect(await leadsTo('de-DE,en;q=0.8')).toBe('/en')
  expect(await leadsTo('lv,en')).toBe('/lv')
})

test('what is not there says so with 404: a place, a year, an indicator, a school under another name', async () => {
  const status = async (path: string) => (await world.get(path)).status
  expect(await status('/lv/skolas/00000000-0000-4000-8000-000000000000')).toBe(404)
  expect(await status(`/lv/skolas/${shown}/1890`)).toBe(404)
  expect(await status(`/lv/skolas/${shown}/abcd`)).toBe(404)
  expect(await status('/lv/raditaji/XXX-99')).toBe(404)
  expect(await status(`/lv/pasvaldibas/${shown}`)).toBe(404)
  expect(await status('/lv/raditaji/ACH-05?subject=no-such')).toBe(404)
})

test('words of the reader stay words: nothing typed into the search becomes part of the page', async () => {
  const html = await (
    await world.get(`/lv/meklet?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
  ).text()
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x')
})
