import { readFileSync } from 'node:fs'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { learnersInBank, makeExtractBank } from '#test/extract-bank.ts'
import { newWorld, type Signed, testKeys } from '#test/world.ts'
import { makeExtractFiles } from './extract-make.ts'
import type { ExtractRequest } from './model.ts'

const world = await newWorld({ data: 'none' })
await makeExtractBank(world.db)
await asJob(world.db, makeDemoPeople)
for (const tier of ['teacher', 'support', 'researcher'] as const) await world.addPerson(tier)
const analyst = await world.signIn('analyst')
const run = (sql: string, values: unknown[] = []) => asJob(world.db, (tx) => tx.query(sql, values))

const ask = (person: Signed | undefined, firstYear = 2025, lastYear = 2026, csrf = person?.csrf ?? '') =>
  world.get('/api/v1/extracts', person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': csrf },
    body: JSON.stringify({ firstYear, lastYear }),
  })
const make = async (uuid: string) => {
  const { rows } = await run('select extract_id from disclosure.extract where extract_uuid = $1', [uuid])
  const { extract_id: id } = rows[0] as { extract_id: number }
  return makeExtractFiles(world.db, testKeys, id, { day: '2026-11-22' })
}
/** An extract that was asked for and made, with its files read back. */
async function made(firstYear = 2025, lastYear = 2026) {
  const answer = await ask(analyst, firstYear, lastYear)
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as ExtractRequest
  await make(id)
  const extract = await world.read<ExtractRequest>(`/extracts/${id}`, analyst)
  const files = new Map<string, Record<string, unknown>[]>()
  for (const { name, refused } of extract.files) {
    if (refused === null) files.set(name, await fetched(id, name))
  }
  return { id, extract, files }
}
async function fetched(id: string, name: string): Promise<Record<string, unknown>[]> {
  const answer = await world.get(`/api/v1/extracts/${id}/files/${name}`, analyst)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.apache.parquet'])
  const file = await answer.arrayBuffer()
  expect(Number(parquetMetadata(file).num_rows)).toBeGreaterThan(0)
  return parquetReadObjects({ file })
}

const { id, extract, files } = await made()
const countBy = (rows: readonly Record<string, unknown>[], of: (row: Record<string, unknown>) => string) =>
  new Map([...Map.groupBy(rows, of)].map(([key, own]) => [key, own.length]))

test('what is read back is the bank: as many people, the same results, absences and conclusions', async () => {
  expect(extract.files.map(({ name, refused }) => [name, refused])).toEqual([
    ['learners-2025.parquet', null],
    ['results-math-2025.parquet', null],
    ['learners-2026.parquet', null],
    ['results-math-2026.parquet', null],
  ])
  for (const { name, rows, leftOut, bytes } of extract.files) {
    expect(files.get(name)).toHaveLength(rows)
    expect(rows + leftOut).toBe(learnersInBank)
    expect(leftOut).toBeLessThanOrEqual(0.02 * learnersInBank)
    expect(bytes).toBeGreaterThan(1000)
  }
  const { rows } = await run(
    `select r.value, case when c.special_need is null then 'no' else 'yes' end as need, count(*)::int as n
       from records.result r join records.assessment a using (assessment_id) join registry.learner_circumstance c using (learner_id)
      where a.code = 'math-2026' group by 1, 2`,
  )
  const bank = new Map(
    (rows as { value: number; need: string; n: number }[]).map(({ value, need, n }) => [
      `${value} ${need}`,
      n,
    ]),
  )
  const told = countBy(
    files.get('results-math-2026.parquet')!,
    ({ points, special_need: need }) => `${points} ${need}`,
  )
  const missing = [...bank].reduce((sum, [key, n]) => sum + Math.abs(n - (told.get(key) ?? 0)), 0)
  expect(missing).toBe(extract.files.at(-1)!.leftOut)
  const { rows: absence } = await run(
    'select sum(x)::int as missed from records.absence, unnest(unexcused) x where school_year = 2025',
  )
  const learners = files.get('learners-2025.parquet')!
  const sum = learners.reduce((total, { unexcused }) => total + Number(unexcused), 0)
  const { leftOut } = extract.files[0]!
  const all = (absence[0] as { missed: number }).missed
  expect(sum).toBeLessThanOrEqual(all)
  expect(sum).toBeGreaterThanOrEqual(all - 20 * leftOut)
})

test('the examples in R and Python read files and columns that an extract has', async () => {
  const guide = readFileSync('docs/methods/extracts.md', 'utf8')
  const code = [...guide.matchAll(/```(?:r|python)\n([\s\S]*?)```/g)].map(([, text]) => text!)
  expect(code).toHaveLength(2)
  const columns = new Set([...files.values()].flatMap((rows) => Object.keys(rows[0]!)))
  const book = await (await world.get(`/api/v1/extracts/${id}/codebook.json`, analyst)).text()
  for (const text of code) {
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)
    const read = all(/read_parquet\("([^"]+)"\)/g)
    expect(read.length).toBeGreaterThan(2)
    expect(read.filter((name) => !files.has(name))).toEqual([])
    const named = [
      ...all(/(?:group_by|groupby|mean|sd)\("?(\w+)"?\)/g),
      ...all(/(?:by|on) ?= ?"(\w+)"/g),
      ...all(/\)\["(\w+)"\]\./g),
    ]
    expect(named.length).toBeGreaterThan(2)
    expect(named.filter((name) => !columns.has(name))).toEqual([])
    const told = all(/(ikms:\w+)/g)
    expect(told.length).toBeGreaterThan(1)
    expect(told.filter((name) => !book.includes(`"${name}"`))).toEqual([])
  }
})

test('in every file nobody stands out by what others may know: at least three look the same, counted anew', () => {
  for (const [name, rows] of files) {
    const known = ['municipality', 'grade', 'sex', 'age'].filter((column) => column in rows[0]!)
    const alike = countBy(rows, (row) => known.map((column) => row[column]).join('|'))
    expect(Math.min(...alike.values()), name).toBeGreaterThanOrEqual(3)
    expect(Math.min(...alike.values()), name).toBe(extract.files.find((file) => file.name === name)!.k)
  }
})

test('the same person has one pseudonym in all files of a request, and another one in the next request', async () => {
  const names = (rows: readonly Record<string, unknown>[]) =>
    new Set(rows.map(({ pseudonym }) => String(pseudonym)))
  const [first, ...others] = [...files.values()].map(names)
  for (const other of others) {
    expect(first!.intersection(other).size).toBeGreaterThan(0.95 * learnersInBank)
  }
  expect(first!.size).toBe(files.get('learners-2025.parquet')!.length)
  const again = await made(2025, 2025)
  for (const rows of again.files.values()) expect(first!.isDisjointFrom(names(rows))).toBe(true)
  const { rows: people } = await run(
    'select person_key::text as key, learner_id::text as id from registry.learner',
  )
  const keys = new Set((people as { key: string; id: string }[]).flatMap(({ key, id }) => [key, id]))
  expect(first!.isDisjointFrom(keys)).toBe(true)
})

test('the codebook names every column with its meaning, its type and how coarse it was made', async () => {
  const book = await world.read<{
    tables: {
      url: string
      tableSchema: { columns: { name: string; titles: { lv: string; en: string }; datatype: string }[] }
    }[]
  }>(`/extracts/${id}/codebook.json`, analyst)
  for (const { url, tableSchema } of book.tables) {
    expect(tableSchema.columns.map(({ name }) => name)).toEqual(Object.keys(files.get(url)![0]!))
    for (const { titles } of tableSchema.columns) expect(titles.lv && titles.en).toBeTruthy()
  }
  const result = book.tables.find(({ url }) => url === 'results-math-2026.parquet')!
  expect(result.tableSchema.columns).toContainEqual(
    expect.objectContaining({ name: 'points', datatype: 'double' }),
  )
})

test('nobody but the analyst who asked gets an extract, and not even that one after thirty days', async () => {
  const file = `/api/v1/extracts/${id}/files/learners-2025.parquet`
  for (const tier of [
    'school',
    'municipality',
    'steward',
    'protection_officer',
    'teacher',
    'support',
    'researcher',
    'inspector',
  ] as const) {
    const person = await world.signIn(tier)
    expect((await ask(person)).status, tier).toBe(404)
    for (const path of [
      '/api/v1/extracts',
      `/api/v1/extracts/${id}`,
      `/api/v1/extracts/${id}/codebook.json`,
      file,
    ]) {
      expect((await world.get(path, person)).status, `${tier} ${path}`).toBe(404)
    }
  }
  expect((await world.get(file)).status).toBe(404)
  expect((await ask(analyst, 2025, 2025, 'forged')).status).toBe(403)
  await world.addPerson('analyst')
  const other = await world.signIn('analyst', 1)
  expect((await world.get(file, other)).status).toBe(404)
  expect(await world.read<{ items: unknown[] }>('/extracts', other)).toEqual({ items: [] })

  await run(
    `update disclosure.extract_part set made_at = now() - interval '30 days 1 minute'
    where extract_id = (select extract_id from disclosure.extract where extract_uuid = $1)`,
    [id],
  )
  expect((await world.get(file, analyst)).status).toBe(404)
  expect((await world.read<ExtractRequest>(`/extracts/${id}`, analyst)).files[0]!.bytes).toBeNull()
})

test('asking and fetching stand in the audit trail; an extract is made once, and five a day are the most', async () => {
  const steward = await world.signIn('steward')
  const lines = async (action: string) =>
    (await world.read<{ items: { object: string; outcome: string }[] }>(`/audit?action=${action}`, steward))
      .items
  expect(await lines('ask_extract')).toContainEqual(
    expect.objectContaining({ object: `extract ${id}`, outcome: 'done' }),
  )
  expect(await lines('read_extract')).toContainEqual(
    expect.objectContaining({ object: `extract ${id}`, outcome: 'shown' }),
  )
  expect(await make(id)).toEqual({ files: 0, refused: 0, rows: 0 })
  const { items } = await world.read<{ items: unknown[] }>('/extracts', analyst)
  for (let asked = items.length; asked < 5; asked += 1) expect((await ask(analyst)).status).toBe(201)
  expect((await ask(analyst)).status).toBe(429)
})

test('where the linkage is off, results are not joined with the register and years not with each other', async () => {
  await run(`update disclosure.extract set asked_at = now() - interval '2 days'`)
  await run(
    `insert into rights.linkage_switch (linkage, is_on) values ('results-register', false), ('results-years', false)`,
  )
  const { extract: found, files: apart } = await made()
  expect(found.files.map(({ refused }) => refused)).toEqual([null, 'linkage', null, 'linkage'])
  const [one, two] = ['learners-2025.parquet', 'learners-2026.parquet'].map(
    (name) => new Set(apart.get(name)!.map(({ pseudonym }) => pseudonym)),
  )
  expect(one!.isDisjointFrom(two!)).toBe(true)
})

test('whoever objects is in no extract', async () => {
  await run(`insert into rights.objection (learner_id, kind, ground, valid, recorded_by)
    select learner_id, 'objection', 'test', '(,)', 1 from registry.learner where learner_id <= 300`)
  const { extract: found } = await made(2026, 2026)
  const { rows, leftOut } = found.files[0]!
  expect(rows + leftOut).toBe(learnersInBank - 300)
})
