import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/connection.ts'
import { importFile } from '#modules/intake/index.ts'
import type { Trends } from '#modules/publications/model.ts'
import { areaNames, Criterion } from '#terms/criteria.ts'
import { frameworkIndicators } from '#terms/framework-indicators.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { newWorld, testKeys } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-one-round-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One test, held once: a school of 45 pupils with five in a grade, and three larger ones, one of them in another municipality. */
async function makeOneRound(db: Database): Promise<void> {
  const pupil = (school: string, municipality: string, grade: number, at: number) =>
    line({
      school,
      municipality,
      grade,
      class: `${grade}.a`,
      code: `0101${String(10 + grade).padStart(2, '0')}-2${school}${String(at).padStart(3, '0')}`,
      sex: at % 2 ? 'M' : 'F',
      points: grade === 9 ? 40 + ((7 * at) % 31) : '',
    })
  const lines = [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((grade) =>
      [1, 2, 3, 4, 5].map((at) => pupil('1', 'A', grade, at)),
    ),
    ...(['2 A', '3 A', '4 B'] as const).flatMap((place) => {
      const [school, municipality] = place.split(' ') as [string, string]
      return Array.from({ length: 60 }, (_, at) => pupil(school, municipality, 9, at))
    }),
  ]
  const file = join(folder, 'one-round.csv')
  writeFileSync(file, `${[columns, ...lines].join('\n')}\n`)
  const report = await importFile({ db, keys: testKeys, file, mapping: mappingOf() })
  if (report.state !== 'merged') throw new Error(`import ended as ${report.state} (${report.failure})`)
}

const years = await newWorld({ portal: true, data: 'merged' })
const round = await newWorld({ portal: true, data: makeOneRound })
const bases = { years: await years.listen(), round: await round.listen() }

async function idsIn(world: typeof years): Promise<Record<string, string>> {
  const { rows } = await world.db.jobPool.query<{ name: string; uuid: string }>(
    `select name_lv as name, institution_uuid as uuid from registry.institution join registry.institution_version using (institution_id)
     union all select name_lv, territory_uuid from registry.territory join registry.territory_version using (territory_id)`,
  )
  return Object.fromEntries(rows.map(({ name, uuid }) => [name, uuid]))
}
const inYears = await idsIn(years)
const inRound = await idsIn(round)
const of = (ids: Record<string, string>, name: string) => {
  const id = ids[name]
  if (!id) throw new Error(`no ${name} among ${Object.keys(ids).join(', ')}`)
  return id
}
const small = of(inRound, 'Skola 1')
const better = of(inYears, 'Madonas pamatskola')
const municipality = of(inYears, 'Madonas novads')

async function text(world: typeof years, path: string): Promise<string> {
  const answer = await world.get(path)
  if (answer.status !== 200) throw new Error(`${path} → ${answer.status}`)
  return (await answer.text())
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ')
}

const pages: Record<string, { world: 'years' | 'round'; lv: string; en: string }> = {
  'a school with three years': { world: 'years', lv: `/lv/skolas/${better}`, en: `/en/schools/${better}` },
  'a municipality': {
    world: 'years',
    lv: `/lv/pasvaldibas/${municipality}`,
    en: `/en/municipalities/${municipality}`,
  },
  'the state after one round': { world: 'round', lv: '/lv/valsts', en: '/en/state' },
  'a school of 45 pupils': { world: 'round', lv: `/lv/skolas/${small}`, en: `/en/schools/${small}` },
  'an indicator at a school': {
    world: 'years',
    lv: `/lv/vietas/${better}/raditaji/ACH-05?subject=maths`,
    en: `/en/places/${better}/indicators/ACH-05?subject=maths`,
  },
  'an indicator at a municipality': {
    world: 'years',
    lv: `/lv/vietas/${municipality}/raditaji/ACH-10`,
    en: `/en/places/${municipality}/indicators/ACH-10`,
  },
  'an indicator at a school of 45 pupils': {
    world: 'round',
    lv: `/lv/vietas/${small}/raditaji/ACH-05`,
    en: `/en/places/${small}/indicators/ACH-05`,
  },
  'the catalogue, searched': {
    world: 'years',
    lv: '/lv/raditaji?q=pedagogi',
    en: '/en/indicators?q=teachers',
  },
}
const visits = { years: openBrowser(() => bases.years), round: openBrowser(() => bases.round) }

describe.each(Object.entries(pages))('%s', (_, { world, lv, en }) => {
  const visit = visits[world]

  pageTest('has no barrier that axe finds, wide and narrow, in light and dark', async () => {
    expect(await visit(lv, {}, axeFindings)).toEqual([])
    expect(await visit(lv, { scheme: 'dark' }, axeFindings), 'dark').toEqual([])
    expect(await visit(en, { width: 320 }, axeFindings), 'narrow, in English').toEqual([])
  })

  pageTest('fits 320 pixels in both languages', async () => {
    expect(await visit(lv, { width: 320 }, overflow)).toBe(0)
    expect(await visit(en, { width: 320 }, overflow)).toBe(0)
  })

  pageTest('can be walked with the keyboard', async () => {
    const walk = await visit(lv, {}, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  pageTest('reads the same without scripts', async () => {
    expect(await visit(lv, { scripts: false }, mainText)).toBe(await visit(lv, {}, mainText))
  })
})

test.each([
  ['the state', '/lv/valsts'],
  ['a municipality', `/lv/pasvaldibas/${municipality}`],
  ['a school', `/lv/skolas/${better}`],
])('the page of %s has the twelve criteria in the order of the framework', async (_, path) => {
  const html = await (await years.get(path)).text()
  const places = Criterion.options.map((criterion) => html.indexOf(` id="${criterion}"`))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('a criterion without an indicator says what will bring it', async () => {
  const page = await text(years, `/lv/skolas/${better}`)
  const leadership = page.slice(page.indexOf(areaNames['governance.leadership'].lv))
  expect(leadership).toMatch(/Te rādītāju vēl nav; tos dos [^.]*aptaujas/)
})

test('a row says the figure, its interval, its people, its neighbours, whether it differs and whether it changed', async () => {
  const page = await text(years, `/lv/skolas/${better}`)
  const row = page.slice(page.indexOf('1.1. Kompetences'), page.indexOf('1.2. '))
  expect(row).toMatch(/Vidējais rezultāts .* 6,5 6,\d līdz 6,\d 61 skolēns/)
  expect(row).toContain('augstāks rezultāts nekā valstī')
  expect(row).toContain('augstāk nekā gadu iepriekš')
})

test('where figures clearly differ from the state is told in numbers, with the warning that some do so by chance', async () => {
  const page = await text(years, `/lv/skolas/${better}`)
  expect(page).toMatch(/No \d+ salīdzinājumiem ar valsti skaidri atšķiras \d+\./)
  expect(page).toContain('apmēram viens no divdesmit atšķiras tikai nejauši')
})

test('an indicator at a school is compared with the units it lies in, and leads to them and to the years', async () => {
  const html = await (await years.get(`/lv/vietas/${better}/raditaji/ACH-05?subject=maths`)).text()
  expect(html).toContain(`/lv/vietas/${municipality}/raditaji/ACH-05`)
  const page = await text(years, `/lv/vietas/${better}/raditaji/ACH-05?subject=maths`)
  expect(page).toContain('Kāpums ir skaidrs: +2,0')
  expect(page).toMatch(/Meitenes .* Zēni/)
  expect(page).toContain('Ko tas mēra un ko nesaka')
})

test('an indicator at a municipality lists its schools by name', async () => {
  const page = await text(years, `/lv/vietas/${municipality}/raditaji/ACH-10`)
  const schools = page.slice(page.indexOf('Skolas Madonas novadā'))
  const places = ['Atašienes', 'Kalsnavas', 'Madonas pamat', 'Varakļānu'].map((name) => schools.indexOf(name))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('after one round no page has a sentence or a line about change', async () => {
  const ids = Object.values(inRound)
  expect(ids.length).toBeGreaterThan(4)
  for (const path of ['/lv/valsts', `/lv/skolas/${small}`, `/lv/skolas/${of(inRound, 'Skola 2')}`]) {
    const page = await text(round, path)
    expect(page, path).not.toMatch(/gadu iepriekš|Kāpums|Kritums|pret iepriekšējo gadu/)
    expect(page, path).toContain('Te ir viena mācību gada dati, tāpēc salīdzināt pa gadiem vēl nevar.')
    expect(page, path).toContain('Izaugsmei vajag vienu un to pašu skolēnu rezultātus divos pārbaudījumos.')
  }
})

test('a school of 45 pupils meets no empty page: hidden figures have their reason, and neighbours are shown', async () => {
  const page = await text(round, `/lv/skolas/${small}`)
  const row = page.slice(page.indexOf('1.1. Kompetences'), page.indexOf('1.2. '))
  expect(row).toContain('aizsargāts: mazāk par 10 skolēniem')
  expect(row).toMatch(/valstī 5\d,\d/)
  expect(page).toContain('45')
  const indicator = await text(round, `/lv/vietas/${small}/raditaji/ACH-05`)
  expect(indicator).toContain('skaitli nerāda: aizsargāts: mazāk par 10 skolēniem')
  expect(indicator).toMatch(/Valsts .* 5\d,\d/)
})

test('the catalogue has every indicator of the framework, measured or waiting, and finds them by any form of a word', async () => {
  const whole = await (await years.get('/lv/raditaji')).text()
  for (const { code } of frameworkIndicators) expect(whole, code).toContain(code)
  const found = await text(years, '/lv/raditaji?q=pedagogs')
  expect(found).toContain('Pedagogu mainība')
  expect(found).not.toContain('Piedalīšanās pārbaudījumā')
  expect(await text(years, '/lv/raditaji?q=zzzz')).toContain('Vaicājumam „zzzz” neatbilst neviens rādītājs.')
})

test('what all rows need comes in one answer, and says the same as the series of each', async () => {
  const { trends } = await years.read<Trends>(`/trends?unit=${better}`)
  const brief = trends.find(({ indicator, subject }) => indicator === 'ACH-05' && subject === 'maths')!
  const { points } = await years.read<{ points: Trends['trends'][number]['points'] }>(
    `/series?unit=${better}&indicator=ACH-05&subject=maths`,
  )
  expect(
    brief.points.map(({ schoolYear, cell, breaks, change }) => ({
      schoolYear,
      value: cell.value,
      breaks,
      change,
    })),
  ).toEqual(
    points.map(({ schoolYear, cell, breaks, change }) => ({ schoolYear, value: cell.value, breaks, change })),
  )
})

test('an indicator at a unit that has none says 404 for an unknown code, place or subject', async () => {
  const status = async (path: string) => (await years.get(path)).status
  expect(await status(`/lv/vietas/${better}/raditaji/XXX-99`)).toBe(404)
  expect(await status('/lv/vietas/00000000-0000-4000-8000-000000000000/raditaji/ACH-05')).toBe(404)
  expect(await status(`/lv/vietas/${better}/raditaji/ACH-05?subject=zzz`)).toBe(404)
})
