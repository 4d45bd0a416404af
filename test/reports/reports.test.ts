import exceljs from 'exceljs'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import type { Profile } from '#modules/publications/model.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'

const world = await newWorld({ portal: true })
const printing = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  chromium: chromiumPath,
  ...(await builtPortal()),
})
afterAll(() => printing.close())

for (const tier of ['teacher', 'support', 'researcher'] as const) await world.addPerson(tier)
const head = await world.signIn('school')
const town = await world.signIn('municipality')
const analyst = await world.signIn('analyst')
const own = head.institutionId!
const { municipality } = await world.read<{ municipality: { id: string } }>('/work/municipality', town)
const { items: schools } = await world.read<{ items: { id: string }[] }>('/institutions?limit=1000')
const foreign = schools.find(({ id }) => id !== own)!.id

const statusOf = async (path: string, person?: Signed) =>
  (await world.get(`/api/v1/reports/${path}`, person)).status
const bookOf = async (path: string, person: Signed) => {
  const answer = await world.get(`/api/v1/reports/${path}`, person)
  expect(answer.status).toBe(200)
  const book = new exceljs.Workbook()
  await book.xlsx.load(await answer.arrayBuffer())
  return book
}
/** Rows of a sheet below its head, by the titles of its columns. */
function rowsOf(book: exceljs.Workbook, sheet: string): Record<string, exceljs.CellValue>[] {
  const found: Record<string, exceljs.CellValue>[] = []
  let titles: string[] | null = null
  book.getWorksheet(sheet)!.eachRow((row) => {
    const values = Array.from(row.values as exceljs.CellValue[])
    if (titles) found.push(Object.fromEntries(titles.map((title, at) => [title, values[at] ?? null])))
    else if (values.length > 4) titles = values.map(String)
  })
  return found
}

test('the workbook of a school holds every figure of its page, as numbers, with interval, n and comparison', async () => {
  const profile = await world.read<Profile>(`/profiles/${own}`, head)
  const rows = rowsOf(await bookOf(`${own}/report.xlsx?figures=own`, head), 'Rādītāji')
  expect(rows).toHaveLength(profile.figures.length)
  for (const { indicator, cell, against } of profile.figures) {
    const state = against.find(({ unit }) => unit.level === 'state')!
    expect(rows).toContainEqual(
      expect.objectContaining({
        Kods: indicator,
        Vērtība: cell.value,
        'Robeža no': cell.low,
        'Robeža līdz': cell.high,
        n: cell.n,
        Valsts: state.cell.value,
      }),
    )
  }
})

test('released figures are what everybody sees, whoever asks; unprotected ones say that they are not for publication', async () => {
  const everybody = await world.read<Profile>(`/profiles/${own}`)
  const released = await bookOf(`${own}/report.xlsx?language=en`, head)
  const told = rowsOf(released, 'Indicators').map(({ Code, Value }) => [Code, Value])
  expect(told).toHaveLength(everybody.figures.length)
  for (const { indicator, cell } of everybody.figures) {
    expect(told).toContainEqual([indicator, cell.value ?? expect.stringMatching(/^[cxz]$/)])
  }
  expect(released.getWorksheet('Indicators')!.getCell('A3').value).toMatch(/^Published figures, release 1\.0/)
  const open = await bookOf(`${own}/report.xlsx?language=en&figures=own`, head)
  expect(open.getWorksheet('Indicators')!.getCell('A3').value).toMatch(/not for publication/)
})

test('the workbook of a municipality lists its schools by name; nothing in it can be put in order by a button', async () => {
  const book = await bookOf(`${municipality.id}/report.xlsx?figures=own`, town)
  const names = [...new Set(rowsOf(book, 'Skolas').map(({ Skola }) => String(Skola)))]
  expect(names.length).toBeGreaterThan(1)
  expect(names).toEqual(names.toSorted(new Intl.Collator('lv', { numeric: true }).compare))
  for (const sheet of book.worksheets) expect(sheet.autoFilter).toBeFalsy()
})

test('what is missing is listed with the reason, and what is there with its definition', async () => {
  const book = await bookOf(`${own}/report.xlsx?language=en`, head)
  const missing = rowsOf(book, 'What is missing')
  expect(missing).toContainEqual(
    expect.objectContaining({ Code: 'LEA-02', Why: 'not computed by the system yet' }),
  )
  const defined = rowsOf(book, 'Definitions').map(({ Code }) => Code)
  for (const { Code } of rowsOf(book, 'Indicators')) expect(defined).toContain(Code)
})

test('there are reports for those who answer for schools; unprotected ones only of what is one’s own', async () => {
  expect(await statusOf(`${foreign}/report.xlsx`, head)).toBe(200)
  expect(await statusOf(`${foreign}/report.xlsx?figures=own`, head)).toBe(404)
  expect(await statusOf(`${own}/report.xlsx?figures=own`, analyst)).toBe(200)
  expect(await statusOf(`${crypto.randomUUID()}/report.xlsx`, analyst)).toBe(404)
  for (const tier of ['learner', 'parent', 'teacher', 'support', 'researcher', 'steward'] as const) {
    const person = await world.signIn(tier)
    expect(await statusOf(`${own}/report.xlsx`, person), tier).toBe(404)
    expect(await statusOf(`${own}/report.pdf`, person), tier).toBe(404)
    expect((await world.get(`/lv/parskats/${own}`, person)).status, tier).toBe(404)
  }
  expect(await statusOf(`${own}/report.xlsx`)).toBe(404)
  expect(await statusOf(`${own}/report.pdf`, head)).toBe(503) // nothing prints in this world
})

test('unprotected figures that leave the system stand in the audit trail', async () => {
  await statusOf(`${own}/report.xlsx?figures=own`, head)
  const steward = await world.signIn('steward')
  const { items } = await world.read<{ items: object[] }>('/audit?action=make_report', steward)
  expect(items[0]).toMatchObject({ object: `unit ${own}`, outcome: 'shown', learners: 0 })
})

const printed = test.skipIf(chromiumPath === null)
const pdfOf = async (path: string, person: Signed) => {
  const answer = await printing.app.request(`/api/v1/reports/${path}`, { headers: { cookie: person.cookie } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return Buffer.from(await answer.arrayBuffer()).toString('latin1')
}

printed.each([
  ['a school', 'lv', () => [own, head] as const],
  ['a municipality', 'en', () => [municipality.id, town] as const],
])('the report of %s is one tagged page in %s', async (_what, language, of) => {
  const [unit, person] = of()
  const pdf = await pdfOf(`${unit}/report.pdf?figures=own&language=${language}`, person)
  expect(pdf).toMatch(new RegExp(`/Lang \\(${language}\\)`))
  expect(pdf).toContain('/StructTreeRoot')
  expect(pdf).toMatch(/\/Type \/Pages\s*\/Count 1\b/)
})

printed('the page draws nothing of another unit than the one asked for', async () => {
  const answer = await printing.app.request(`/api/v1/reports/${foreign}/report.pdf?figures=own`, {
    headers: { cookie: head.cookie },
  })
  expect(answer.status).toBe(404)
})
