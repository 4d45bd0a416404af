import { expect, test, vi } from 'vitest'
import { asJob } from '#db/actor.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { takeBoundaries, takeTiles } from '#modules/registry/index.ts'
import { newWorld } from '../world.ts'
import { axeFindings, openBrowser, overflow, pageTest } from './browser.ts'

/** A made-up country: the municipalities of the samples as ragged strips from west to east. */
const world = await newWorld({ portal: true })
const { items } = await world.read<{ items: { code: string; name: { lv: string } }[] }>(
  '/territories?kind=municipality',
)
const edge = (at: number) =>
  Array.from({ length: 40 }, (_, k) => [21.5 + at * 1.4 + 0.12 * Math.sin(k + at), 56 + k * 0.03])
const strip = (at: number) => {
  const [west, east] = [edge(at), edge(at + 1)]
  return [...west.toReversed(), ...east, west.at(-1)]
}
const content = JSON.stringify({
  type: 'FeatureCollection',
  features: items.slice(1).map(({ code }, at) => ({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'Polygon', coordinates: [strip(at)] },
  })),
})
const page = async (path: string) => (await world.get(path)).text()
const squares = 'katra pašvaldība ir viens kvadrāts'
const borders = 'katra pašvaldība savās robežās'
const without = await page('/lv/raditaji/ACH-05')
const frontPage = await page('/lv')
await asJob(world.db, async (tx) => {
  const source = 'Mācību mērniecība'
  await takeBoundaries(tx, { content, property: 'code', validFrom: '1990-01-01', source, licence: 'CC0' })
  await tellOfData(tx)
})
const configured = (key: 'boundaries' | 'tiles') =>
  vi.waitUntil(async () => (await world.read<Record<string, boolean>>('/config'))[key], 60_000)
await configured('boundaries')
const base = await world.listen()
const visit = openBrowser(() => base)

test('without borders there is no map; with borders alone they are drawn, with source, licence and what lacks them', async () => {
  expect(without).not.toContain(borders)
  expect(frontPage).not.toContain(squares)
  const shown = await page('/lv/raditaji/ACH-05')
  expect(shown).toContain(borders)
  expect(shown).not.toContain('Kvadrātu karte')
  expect(shown).toContain('Robežas, kādas tās ir kopš 01.01.1990.; avots: Mācību mērniecība; licence: CC0')
  expect(shown).toContain(`Kartē nav robežu, skaitlis ir tabulā: ${items[0]!.name.lv}.`)
})

pageTest(
  'the map of borders has no barrier that axe finds, and fits 320 pixels, in both languages',
  async () => {
    expect(await visit('/lv/raditaji/ACH-05', {}, axeFindings)).toEqual([])
    expect(await visit('/lv/raditaji/ACH-05', { scheme: 'dark' }, axeFindings)).toEqual([])
    expect(await visit('/en/indicators/ACH-05', { width: 320 }, axeFindings)).toEqual([])
    expect(await visit('/lv/raditaji/ACH-05', { width: 320 }, overflow)).toBe(0)
  },
)

pageTest('each area leads to its municipality and says its name and number', async () => {
  const areas = await visit('/lv/raditaji/ACH-05', {}, (shown) =>
    shown
      .locator('svg a:has(path)')
      .evaluateAll((links) =>
        links.map((link) => [
          link.querySelector('title')!.textContent,
          link.getAttribute('href'),
          link.querySelector('path')!.getBoundingClientRect().width > 20,
        ]),
      ),
  )
  expect(areas).toHaveLength(items.length - 1)
  for (const [label, href, isDrawn] of areas) {
    expect(label).toMatch(/^Pašvaldība \d+: /)
    expect(href).toMatch(/^\/lv\/pasvaldibas\//)
    expect(isDrawn).toBe(true)
  }
})

test('where there are squares too, they come first, and the reader may choose', async () => {
  await asJob(world.db, async (tx) => {
    const lines = items.map(({ code }, at) => `${code},M${at},${at},0`)
    const tiles = ['atvk,short,col,row', ...lines].join('\n')
    await takeTiles(tx, { content: tiles, source: 'Made up for a test', today: '2026-11-22' })
    await tellOfData(tx)
  })
  await configured('tiles')
  expect(await page('/lv'), 'the front page').toContain(squares)
  const first = await page('/lv/raditaji/ACH-05')
  expect([first.includes(squares), first.includes(borders)]).toEqual([true, false])
  const link = /href="([^"]*map=borders[^"]*)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const chosen = await page(link.split('#')[0]!)
  expect([chosen.includes(squares), chosen.includes(borders)]).toEqual([false, true])
})
