import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { asJob } from '#db/actor.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { takeTiles } from '#modules/registry/index.ts'
import { mappingOf } from '../intake-file.ts'
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** Twelve municipalities, eleven squares to a row; the last has too few pupils to be shown. */
const country = [
  ['Ādažu novads', 'ADA', 5],
  ['Augšdaugavas novads', 'AUG', 7],
  ['Dienvidkurzemes novads', 'DKU', 1],
  ['Jelgava', 'JEL', 3],
  ['Jelgavas novads', 'JEL-N', 4],
  ['Liepāja', 'LPX', 0],
  ['Ludzas novads', 'LUD', 10],
  ['Madonas novads', 'MAD', 8],
  ['Rīga', 'RIX', 6],
  ['Tukuma novads', 'TUK', 2],
  ['Valkas novads', 'VLK', 9],
] as const
const folder = mkdtempSync(join(tmpdir(), 'ikms-tiles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [file, mapping] = [join(folder, 'results.csv'), join(folder, 'results.mapping.json')]
const pupils = country.flatMap(([name], at) =>
  Array.from({ length: name === 'Valkas novads' ? 6 : 20 + at }, (_, k) => [
    name,
    `${name}-${k % 2}`,
    `${at}-${k}`,
    k % 2 === 0 ? 'F' : 'M',
    40 + 2 * at + ((7 * k) % 30),
  ]),
)
writeFileSync(
  file,
  ['municipality,school,pupil,sex,points', ...pupils.map((each) => each.join(','))].join('\n'),
)
writeFileSync(
  mapping,
  JSON.stringify(
    mappingOf({
      file: { columns: ['municipality', 'school', 'pupil', 'sex', 'points'] },
      municipality: {
        code: { column: 'municipality' },
        name: { lv: { column: 'municipality' }, en: { column: 'municipality' } },
      },
      learner: {
        code: { column: 'pupil' },
        sex: { column: 'sex', values: { F: 'female', M: 'male' } },
      },
      enrolments: [{ schoolYear: { constant: 2026 }, grade: { constant: 9 } }],
    }),
  ),
)

const world = await newWorld({ portal: true, data: { file, mapping } })
const page = async (path: string) => (await world.get(path)).text()
const before = await page('/lv/raditaji/ACH-05')
await asJob(world.db, async (tx) => {
  const lines = country.map(([name, short, column], at) => `${name},${short},${column},${at % 5}`)
  const content = ['atvk,short,col,row', ...lines].join('\n')
  await takeTiles(tx, { content, source: 'Made up for a test', today: '2026-11-22' })
  await tellOfData(tx)
})
await vi.waitUntil(async () => (await world.read<{ tiles: boolean }>('/config')).tiles, 60_000)
const base = await world.listen()
const visit = openBrowser(() => base)

test('without a tile map the page of an indicator has its table only; as soon as there is a map, it is drawn', async () => {
  const label = 'katra pašvaldība ir viens kvadrāts'
  expect(before).toContain('Ludzas novads')
  expect(before).not.toContain(label)
  expect(await page('/lv/raditaji/ACH-05')).toContain(label)
  expect(await page('/lv/raditaji/CTX-01')).toContain(label)
})

describe.each([
  ['a mean', { lv: '/lv/raditaji/ACH-05', en: '/en/indicators/ACH-05' }],
  ['a count', { lv: '/lv/raditaji/CTX-01', en: '/en/indicators/CTX-01' }],
  ['a share of a given year', { lv: '/lv/raditaji/ACH-10/2026', en: '/en/indicators/ACH-10/2026' }],
])('the map of %s', (_, address) => {
  pageTest(
    'has no barrier that axe finds, wide and narrow, in light and dark, in both languages',
    async () => {
      expect(await visit(address.lv, {}, axeFindings)).toEqual([])
      expect(await visit(address.lv, { scheme: 'dark' }, axeFindings), 'dark').toEqual([])
      expect(await visit(address.en, { width: 320 }, axeFindings), 'narrow, in English').toEqual([])
    },
  )

  pageTest('can be walked with the keyboard, square by square, each marked when reached', async () => {
    const walk = await visit(address.lv, {}, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  pageTest('fits 320 pixels, each square large enough for a finger', async () => {
    expect(await visit(address.lv, { width: 320 }, overflow)).toBe(0)
    const sizes = await visit(address.lv, { width: 320 }, (shown) =>
      shown.locator('a[data-shade]').evaluateAll((links) =>
        links.map((link) => {
          const { width, height } = link.getBoundingClientRect()
          return Math.min(width, height)
        }),
      ),
    )
    expect(sizes.length).toBeGreaterThan(8)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24)
  })

  pageTest('reads the same without scripts', async () => {
    expect(await visit(address.lv, { scripts: false }, mainText)).toBe(await visit(address.lv, {}, mainText))
  })
})

pageTest(
  'squares follow each other as the lines of the table do, with the same numbers, and lead to the same pages',
  async () => {
    const told = await visit('/lv/raditaji/ACH-05/2026', {}, (shown) =>
      shown.evaluate(() => {
        const links = (selector: string) =>
          [...document.querySelectorAll<HTMLAnchorElement>(selector)].map((link) => link.getAttribute('href'))
        return {
          squares: links('figure ul a[title]'),
          lines: links('figure tbody th a'),
          numbers: [...document.querySelectorAll('figure ul a[data-shade]')].map(
            (link) => link.children[2]!.firstChild!.textContent,
          ),
          inTable: [...document.querySelectorAll('figure:has(ul) tbody td:nth-of-type(2)')].map(
            (cell) => cell.textContent,
          ),
        }
      }),
    )
    expect(told.squares).toHaveLength(country.length)
    expect(told.squares).toEqual(told.lines)
    expect(told.numbers).toHaveLength(country.length - 1)
    for (const number of told.numbers) expect(told.inTable).toContain(number)
  },
)

pageTest('on a phone a square shows its letters; its number is still read out', async () => {
  const riga = await visit('/lv/raditaji/ACH-05', { width: 390 }, async (shown) => {
    const link = shown.locator('a[title="Rīga"]')
    const [letters, number] = [link.locator('span').nth(0), link.locator('span').nth(2)]
    return {
      name: await link.evaluate((element) => element.textContent),
      letters: (await letters.boundingBox())!.width,
      number: (await number.boundingBox())!.width,
    }
  })
  expect(riga.name).toMatch(/^RIX Rīga: \d+,\d \(no\s\d+,\d\slīdz\s\d+,\d\)$/)
  expect(riga.letters).toBeGreaterThan(10)
  expect(riga.number).toBeLessThanOrEqual(1)
})

pageTest('on paper dark squares have light numbers', async () => {
  const colours = await visit('/lv/raditaji/ACH-05', { scheme: 'dark' }, async (shown) => {
    await shown.emulateMedia({ media: 'print' })
    return shown
      .locator('a[data-shade="5"]')
      .first()
      .evaluate((link) => [getComputedStyle(link).color, getComputedStyle(link).backgroundColor])
  })
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(18, 63, 117)'])
})
