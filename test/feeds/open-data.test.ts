import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { importPackage, keepMapping } from '#modules/intake/index.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { country, newPackages } from '../intake-package.ts'
import { testKeys } from '../world.ts'
import { newFeeding } from './feeding.ts'
import { newSource } from './source.ts'

const { write } = await newPackages()
const { db, run, put, rows, state, left } = await newFeeding()
const { territories } = country
await importPackage({ db, keys: testKeys, file: write({ territories }) })

/** A table of people by municipality, age and sex on 1 January, as a statistics office has it. */
const years = ['2024', '2025', '2026']
const places = ['LV', 'LV0038000', 'LV0042000']
const ages = ['TOTAL', 'Y0', 'Y7', 'Y_GE100']
const people = (place: string, age: string, sex: string, year: string) =>
  place === 'LV0042000' && age === 'Y_GE100'
    ? null
    : places.indexOf(place) * 100 + ages.indexOf(age) * 10 + (sex === 'F' ? 1 : 2) + Number(year) - 2024
const variables = () => [
  { code: 'AREA', text: 'Teritorija', values: places, valueTexts: places },
  { code: 'AGE', text: 'Vecums', values: ages, valueTexts: ages },
  { code: 'SEX', text: 'Dzimums', values: ['T', 'M', 'F'], valueTexts: ['Kopā', 'Vīrieši', 'Sievietes'] },
  { code: 'ContentsCode', text: 'Rādītājs', values: ['IRD041', 'IRD042'], valueTexts: ['', ''] },
  { code: 'TIME', text: 'Gads', values: years, valueTexts: years, time: true },
]
let table = variables()
let correction = 0
const office = await newSource((url, request, body) => {
  if (url.pathname !== '/api/v1/lv/IRD041') return { status: 404 }
  if (request.method === 'GET') return { json: { title: 'Iedzīvotāji', variables: table } }
  const { query, response } = JSON.parse(body) as {
    query: { code: string; selection: { filter: string; values: string[] } }[]
    response: { format: string }
  }
  if (response.format !== 'json-stat2') return { status: 400 }
  const chosen = new Map(query.map(({ code, selection }) => [code, selection.values]))
  const cells = chosen.get('TIME')!.length * chosen.get('AREA')!.length * chosen.get('AGE')!.length * 2
  if (cells > 12) return { status: 403 } // so many cells a table gives at once
  const id = ['AREA', 'AGE', 'SEX', 'ContentsCode', 'TIME']
  const value: (number | null)[] = []
  for (const place of chosen.get('AREA')!)
    for (const age of chosen.get('AGE')!)
      for (const sex of chosen.get('SEX')!)
        for (const year of chosen.get('TIME')!) {
          const found = people(place, age, sex, year)
          value.push(found === null ? null : found + correction)
        }
  return {
    json: {
      class: 'dataset',
      version: '2.0',
      id,
      size: id.map((code) => chosen.get(code)!.length),
      dimension: Object.fromEntries(
        id.map((code) => [
          code,
          {
            label: code,
            category: { index: Object.fromEntries(chosen.get(code)!.map((each, at) => [each, at])) },
          },
        ]),
      ),
      value,
    },
  }
})
await put({
  name: 'population',
  title: { lv: 'Iedzīvotāji (CSP)', en: 'Population (CSB)' },
  kind: 'pxweb',
  schedule: { dailyAt: '05:00' },
  settings: {
    url: `${office.url}/api/v1/lv/IRD041`,
    source: 'csp',
    dataKind: 'made_up',
    entity: 'population',
    value: 'people',
    columns: {
      atvk: { variable: 'AREA', pattern: '^LV(\\d{7})$' },
      year: { variable: 'TIME' },
      age: { variable: 'AGE', pattern: '^Y(\\d+)$', values: { Y_GE100: '100' } },
      sex: { variable: 'SEX', values: { M: 'male', F: 'female' } },
    },
    fixed: { ContentsCode: 'IRD041' },
    part: 'TIME',
    latest: 2,
  },
})

test('a table of the statistics office becomes people by municipality, age and sex: without totals, a year at a time', async () => {
  const { feed } = await run('population')
  expect(feed.last).toMatchObject({ outcome: 'taken', rows: 20, refusals: 0, problem: null })
  expect(office.asked.filter((each) => each.startsWith('POST'))).toHaveLength(2)
  expect(
    await rows(
      `select t.code, p.year, p.sex, p.people from records.population p join registry.territory_version t using (territory_id)
        where p.age = 100 and p.superseded_by is null order by p.year, p.sex`,
    ),
  ).toEqual([
    { code: '0038000', year: 2025, sex: 'female', people: 132 },
    { code: '0038000', year: 2025, sex: 'male', people: 133 },
    { code: '0038000', year: 2026, sex: 'female', people: 133 },
    { code: '0038000', year: 2026, sex: 'male', people: 134 },
  ])
  expect(left()).toEqual([])
})

test('the same table again is nothing new; a corrected one takes the place of what was known', async () => {
  expect((await run('population')).report?.outcome).toBe('nothing')
  correction = 5
  expect((await run('population')).report).toMatchObject({ outcome: 'taken', counts: { changes: 20 } })
})

test.each([
  [
    'a variable is new',
    () => [...variables(), { code: 'CITIZENSHIP', text: '', values: ['1'], valueTexts: [''] }],
    'CITIZENSHIP',
  ],
  ['a variable is gone', () => variables().filter(({ code }) => code !== 'SEX'), 'SEX'],
  [
    'its codes are others',
    () => variables().map((each) => (each.code === 'AREA' ? { ...each, values: ['Rīga'] } : each)),
    'AREA',
  ],
])('a table that is not as agreed is refused, and it is said why: %s', async (_what, changed, named) => {
  table = changed()
  const before = await state('population')
  const { feed } = await run('population')
  expect(feed.last).toMatchObject({
    outcome: 'refused',
    problem: { code: 'source.schema', message: { en: expect.stringContaining(named) } },
  })
  expect(await state('population')).toEqual(before)
  table = variables()
})

test('an answer whose numbers do not fit its sizes is refused', async () => {
  const dimension = { category: { index: ['x'] } }
  office.faults.push(null, {
    says: { class: 'dataset', id: ['AREA'], size: [1], dimension: { AREA: dimension }, value: [1, 2] },
  })
  expect((await run('population')).feed.last?.problem?.code).toBe('source.schema')
})

const portal = await newSource((url) => {
  if (url.pathname === '/api/3/action/package_show') {
    if (url.searchParams.get('id') !== 'iedzivotaji') return { status: 404 }
    return {
      json: { success: true, result: { metadata_modified: '2026-01-01T00:00:00', resources: resources() } },
    }
  }
  if (url.pathname === '/files/people.csv') return { text: csv }
  return { status: 404 }
})
let csv =
  'Novads;Gads;Vecums;Dzimums;Skaits\nMadonas novads;2027;7;v;101\nMadonas novads;2027;7;s;99\nCits;2027;7;s;5\n'
let modified = '2026-11-01T00:00:00'
let address = `${portal.url}/files/people.csv`
const resources = () => [{ id: 'r-1', name: 'people', format: 'CSV', url: address, last_modified: modified }]
const described = {
  name: 'open-data',
  title: { lv: 'Atvērtie dati', en: 'Open data' },
  kind: 'ckan',
  settings: {
    url: portal.url,
    dataset: 'iedzivotaji',
    resource: 'people',
    read: {
      source: 'data-gov-lv',
      dataKind: 'made_up',
      entity: 'population',
      delimiter: ';',
      others: 'skip',
      columns: {
        atvk: { column: 'Novads', values: { 'Madonas novads': '0038000' } },
        year: { column: 'Gads' },
        age: { column: 'Vecums' },
        sex: { column: 'Dzimums', values: { v: 'male', s: 'female' } },
        people: { column: 'Skaits' },
      },
    },
  },
}
await put(described)

test('a file of an open data portal is read through the columns that were declared, once for each change', async () => {
  expect((await run('open-data')).feed.last).toMatchObject({
    outcome: 'taken',
    rows: 2,
    changes: 2,
    problem: null,
  })
  expect((await run('open-data')).report?.outcome).toBe('nothing')
  expect(portal.asked.filter((each) => each.includes('people.csv'))).toHaveLength(1)
  csv = csv.replace('101', '102')
  modified = '2026-11-15T00:00:00'
  expect((await run('open-data')).report?.counts.changes).toBe(1)
})

test('a column that is called otherwise now, and a code nothing is said of, are refused', async () => {
  modified = '2026-11-16T00:00:00'
  csv = csv.replace('Skaits', 'Iedzīvotāji')
  const { feed } = await run('open-data')
  expect(feed.last?.problem?.message.en).toContain('the file has no column Skaits')
  csv = csv.replace('Iedzīvotāji', 'Skaits')
  const { read } = described.settings
  await put({ ...described, settings: { ...described.settings, read: { ...read, others: 'refuse' } } })
  expect((await run('open-data')).feed.last?.problem?.message.en).toContain(
    'line 4 has a code nothing is said of',
  )
  await put(described)
})

test('a portal cannot send us to another machine', async () => {
  address = 'http://127.0.0.1:22/secret.csv'
  expect((await run('open-data')).feed.last?.problem?.message.en).toContain('on another host: 127.0.0.1:22')
  address = `${portal.url}/files/people.csv`
})

test('a file may also be read through a mapping that is kept by name; without it that is said', async () => {
  const foreign = {
    ...described,
    name: 'mapped',
    settings: { ...described.settings, read: { mapping: 'results-of-the-portal' } },
  }
  await put(foreign)
  csv = `${columns}\n${line()}\n`
  modified = '2026-11-17T00:00:00'
  expect((await run('mapped')).feed.last?.problem?.code).toBe('feed.mapping')
  await asJob(db, (tx) => keepMapping(tx, mappingOf({ name: 'results-of-the-portal' })))
  expect((await run('mapped')).feed.last).toMatchObject({ outcome: 'taken', rows: 1, problem: null })
})
