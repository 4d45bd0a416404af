import { expect, test } from 'vitest'
import type { KeptMapping, Preview } from '#modules/intake/model.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { newUploadWorld, refusalOf } from './steward.ts'

const world = await newUploadWorld()
const { sent, write, steward } = world

const keep = async (parts: object = {}) =>
  (await (await write('/mappings', 'POST', { mapping: mappingOf(parts) })).json()) as KeptMapping
const ordinary = await keep()
const file = (...lines: string[]) => `${[columns, ...lines].join('\n')}\n`

async function preview(content: string | Buffer, mapping = ordinary.id) {
  const { id } = await sent(content)
  const shown = await world.read<Preview>(`/uploads/${id}/preview?mapping=${mapping}`, steward)
  await write(`/uploads/${id}`, 'DELETE')
  return shown
}
const only = async (content: string | Buffer, mapping?: string) =>
  (await preview(content, mapping)).tables[0]!

/** What is shown of a field in a line: as it stands, as it is understood, the rule by which it is refused. */
function field(table: Preview['tables'][0], path: string, at = 0) {
  const { raw, value, refusal } =
    table.lines[at]!.cells[table.fields.findIndex((each) => each.path === path)]!
  return [raw, value, refusal?.rule ?? null]
}

test('every field of the mapping is shown as the file has it and as it will be understood', async () => {
  const table = await only(file(line({ sex: 'M', points: '7.50' })))
  expect(field(table, 'learner.sex')).toEqual(['M', 'male', null])
  expect(field(table, 'municipality.name.lv')).toEqual(['A', 'Pašvaldība A', null])
  expect(field(table, 'learner.birthMonth')).toEqual(['2010-01', '2010-01', null])
  expect(field(table, 'enrolments[0].from')).toEqual(['2025-09-01', '2025-09-01', null])
  expect(field(table, 'results[0].value')).toEqual(['7.50', '7.5', null])
  expect(field(table, 'results[0].status')).toEqual([null, 'official', null])
  expect(table.fields.find(({ path }) => path === 'learner.sex')).toEqual({
    path: 'learner.sex',
    label: { lv: 'Skolēns: dzimums', en: 'Learner: sex' },
    columns: ['sex'],
    secret: false,
  })
  expect(table.lines[0]).toMatchObject({ line: 2, refusals: [] })
})

test('what will be refused is said where it stands, by the rule of the import', async () => {
  const table = await only(file(line({ points: 'daudz', grade: 14, sex: 'Z', born: '2010-13' })))
  expect(field(table, 'results[0].value')).toEqual(['daudz', null, 'value.not_a_number'])
  expect(field(table, 'enrolments[0].grade')).toEqual(['14', null, 'value.out_of_range'])
  expect(field(table, 'learner.sex')).toEqual(['Z', null, 'value.not_allowed'])
  expect(field(table, 'learner.birthMonth').at(-1)).toBe('value.not_a_month')
})

test('what is wrong with a line as a whole stands beside the line', async () => {
  const table = await only(file(line(), 'A,1,too short', line({ code: '010110-20002', from: '2024-01-01' })))
  expect(table.lines.map(({ refusals }) => refusals.map(({ rule }) => rule))).toEqual([
    [],
    ['row.column_count'],
    [],
  ])
  expect(field(table, 'enrolments[0].from', 2).at(-1)).toBe('enrolment.outside_school_year')
})

test('codes and names of people are never told, nor what looks like a code in another column', async () => {
  const shown = await preview(
    file(line({ name: 'Zelma Sargaine', code: '020220-22222', class: '030330-33333' })),
  )
  expect(JSON.stringify(shown)).not.toMatch(/Zelma|Sargaine|0202|030330/)
  expect(field(shown.tables[0]!, 'learner.code')).toEqual([null, null, null])
  const empty = await only(file(line({ code: '', name: 'Zelma' })))
  expect(field(empty, 'learner.code')).toEqual([null, null, 'value.empty'])
})

test('at most twenty lines are shown, of a large file as of a small one', async () => {
  const lines = Array.from({ length: 5000 }, (_, n) => line({ code: `010110-${20000 + n}` }))
  const table = await only(file(...lines))
  expect(table.lines.map((each) => each.line)).toEqual(Array.from({ length: 20 }, (_, n) => n + 2))
  expect(table.fault).toBeNull()
})

test('faults of the header and of the file are said in words, without repeating what stands there', async () => {
  const header = await only('municipality,school,Zelma Sargaine\nA,1,2\n')
  expect(header.fault).toMatchObject({ line: 1, rule: 'file.header' })
  expect(header.fault!.message.lv).toContain('trūkst code, name')
  expect(JSON.stringify(header)).not.toContain('Zelma')
  const broken = await only(`${file(line())}A,1,"never closed\n`)
  expect([broken.fault?.rule, broken.lines.length]).toEqual(['file.not_csv', 1])
  expect((await only(columns)).fault?.rule).toBe('file.empty')
})

test('semicolons, a Baltic code page, decimal commas and days of the country are read as the mapping says', async () => {
  const { learner, results, municipality } = mappingOf()
  const semicolons = await keep({
    name: 'baltic',
    file: { columns: columns.split(','), delimiter: ';', encoding: 'windows-1257' },
    municipality: {
      ...municipality,
      name: { lv: { column: 'municipality' }, en: { column: 'municipality' } },
    },
    learner,
    results: results.map((each) => ({ ...each, value: { column: 'points', decimal: 'comma' } })),
  })
  const text = file(line({ points: '7.5' }))
    .replaceAll(',', ';')
    .replace('7.5', '7,5')
    .replace('A;1', '\xC2;1')
  const table = await only(Buffer.from(text, 'latin1'), semicolons.id)
  expect(field(table, 'results[0].value')).toEqual(['7,5', '7.5', null])
  expect(field(table, 'municipality.name.lv')[1]).toBe('Ā')
})

test('there is no preview of what is not there, for anybody else, or without a mapping', async () => {
  const { id } = await sent(file(line()))
  await world.addPerson('analyst')
  const analyst = await world.signIn('analyst')
  const path = `/api/v1/uploads/${id}/preview`
  expect((await world.get(`${path}?mapping=${ordinary.id}`, analyst)).status).toBe(404)
  expect((await world.get(`${path}?mapping=${ordinary.id}`)).status).toBe(404)
  expect((await world.get(`${path}?mapping=${crypto.randomUUID()}`, steward)).status).toBe(404)
  expect((await world.get(path, steward)).status).toBe(404)
  expect((await world.get(`${path}?mapping=1`, steward)).status).toBe(400)
})

test('a mapping is kept by name; changed, it is the next version; the same, it is the one there is', async () => {
  const first = await keep({ name: 'versions' })
  expect(await keep({ name: 'versions' })).toEqual(first)
  const second = await keep({ name: 'versions', dataKind: 'reference' })
  expect([first.version, second.version]).toEqual([1, 2])
  const { items } = await world.read<{ items: KeptMapping[] }>('/mappings', steward)
  const listed = items.filter(({ name }) => name === 'versions')
  expect(listed.map(({ version, latest }) => [version, latest])).toEqual([
    [2, true],
    [1, false],
  ])
  expect(await world.read(`/mappings/${first.id}`, steward)).toMatchObject({
    content: { dataKind: 'made_up' },
  })
})

test('a mapping that will not do is refused with the fields that are wrong', async () => {
  const [status, code, message] = await refusalOf(
    await write('/mappings', 'POST', { mapping: { ...mappingOf(), name: 'Not a name' } }),
  )
  expect([status, code]).toEqual([400, 'invalid_request'])
  expect(message).toContain('name: expected small letters')
  for (const mapping of [{}, { ...mappingOf(), name: 'a\0b' }, 'text', null]) {
    expect((await write('/mappings', 'POST', { mapping })).status).toBe(400)
  }
  expect(
    await refusalOf(await write('/mappings', 'POST', { mapping: mappingOf() }, { ...steward, csrf: 'x' })),
  ).toEqual([403, 'wrong_csrf'])
})

test('a CSV file needs a mapping, a package must have none', async () => {
  const { id } = await sent(file(line()))
  expect((await write(`/uploads/${id}/import`, 'POST', { mapping: null })).status).toBe(400)
  expect((await write(`/uploads/${id}/import`, 'POST', { mapping: crypto.randomUUID() })).status).toBe(409)
})
