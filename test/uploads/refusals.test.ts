import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { importFile } from '#modules/intake/index.ts'
import type { Refusal, RefusalCounts } from '#modules/intake/model.ts'
import { newIntake } from '../intake.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { testKeys } from '../world.ts'
import { newUploadWorld } from './steward.ts'

const world = await newUploadWorld()
const { steward } = world
const { write: writeFile } = await newIntake()

const bad = [
  ...Array.from({ length: 150 }, (_, n) => line({ code: `010110-${20000 + n}`, points: '=1+1' })),
  line({ code: '010110-30000', grade: 99, sex: 'X' }),
]
const { id } = await importFile({
  db: world.db,
  keys: testKeys,
  mapping: mappingOf(),
  file: writeFile(`${[columns, ...bad].join('\n')}\n`),
})
type Page = { items: Refusal[]; next: string | null; counts: RefusalCounts }
const page = (query = '') => world.read<Page>(`/imports/${id}/refusals?${query}`, steward)

test('refusals come page by page in the order of lines, with how many there are of each rule and column', async () => {
  const first = await page()
  expect(first.items).toHaveLength(100)
  expect(first.counts).toEqual({
    listed: 152,
    rules: [
      { name: 'value.not_a_number', count: 150 },
      { name: 'value.not_allowed', count: 1 },
      { name: 'value.out_of_range', count: 1 },
    ],
    columns: [
      { name: 'points', count: 150 },
      { name: 'grade', count: 1 },
      { name: 'sex', count: 1 },
    ],
  })
  const second = await page(`cursor=${first.next}`)
  expect([second.items.length, second.next]).toEqual([52, null])
  const lines = [...first.items, ...second.items].map((each) => each.line!)
  expect(lines).toEqual(lines.toSorted((a, b) => a - b))
})

test('they are narrowed by rule and column; the counts stay those of the whole', async () => {
  const narrowed = await page('rule=value.out_of_range')
  expect(narrowed.items).toMatchObject([{ line: 152, column: 'grade', value: '99' }])
  expect(narrowed.counts.listed).toBe(152)
  expect((await page('column=sex')).items).toMatchObject([{ rule: 'value.not_allowed' }])
  expect((await page('column=sex&rule=value.out_of_range')).items).toEqual([])
})

test('as a file they come in the language asked for, and no value in it runs as a formula', async () => {
  const csv = async (query: string) => {
    const answer = await world.get(`/api/v1/imports/${id}/refusals.csv?${query}`, steward)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    return Buffer.from(await answer.arrayBuffer()).toString('utf8')
  }
  const rows = parse(await csv(''), { bom: true }) as string[][]
  expect(rows[0]).toEqual(['rinda', 'aile', 'vērtība', 'noteikums', 'kas nav kārtībā'])
  expect(rows).toHaveLength(153)
  expect(rows[1]!.slice(0, 4)).toEqual(['2', 'points', "'=1+1", 'value.not_a_number'])
  const english = parse(await csv('language=en&rule=value.out_of_range'), { bom: true }) as string[][]
  expect(english).toEqual([
    ['line', 'column', 'value', 'rule', 'what is wrong'],
    ['152', 'grade', '99', 'value.out_of_range', expect.stringContaining('out of range')],
  ])
})

test('for everybody else, and of what is not there, there are none', async () => {
  await world.addPerson('analyst')
  const analyst = await world.signIn('analyst')
  for (const path of [`/imports/${id}/refusals`, `/imports/${id}/refusals.csv`]) {
    for (const person of [undefined, analyst]) {
      expect((await world.get(`/api/v1${path}`, person)).status).toBe(404)
    }
  }
  expect((await world.get(`/api/v1/imports/${crypto.randomUUID()}/refusals`, steward)).status).toBe(404)
  for (const wrong of ['limit=0', 'cursor=abc', `rule=${'x'.repeat(101)}`]) {
    expect((await world.get(`/api/v1/imports/${id}/refusals?${wrong}`, steward)).status).toBe(400)
  }
})
