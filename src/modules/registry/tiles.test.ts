import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { importFile } from '#modules/intake/index.ts'
import { newIntake } from '#test/intake.ts'
import { line, mappingOf } from '#test/intake-file.ts'
import { reference, referenceFolder } from '#test/setup/reference.ts'
import { newWorld, testKeys } from '#test/world.ts'
import type { Territory, TileMap } from './model.ts'
import { takeTiles } from './tiles.ts'
import { tilesOn } from './tiles-store.ts'

const today = '2026-11-22'
const source = 'Made up for a test'
const { db, imports, rows } = await newIntake()
const report = await imports(
  ['A', 'B', 'C'].map((municipality, n) =>
    line({ municipality, school: municipality, code: `010110-2000${n}` }),
  ),
)
if (report.state !== 'merged') throw new Error(JSON.stringify(report.refusalList))

const head = 'atvk,name,short,col,row,valid_from,valid_to'
const take = (lines: readonly string[], header = head) =>
  asJob(db, (tx) => takeTiles(tx, { content: [header, ...lines].join('\n'), source, today }))
const shown = async (day = today) =>
  (await asActor(db, { tier: 'public', requestId: 'test' }, (tx) => tilesOn(tx, day))).items.map(
    ({ short, column, row }) => [short, column, row],
  )
const maps = async () => (await rows<{ n: number }>('select count(*)::int as n from registry.tile_map'))[0]!.n

test('without a map there are no squares, and no source', async () => {
  expect(await asActor(db, { tier: 'public', requestId: 'test' }, (tx) => tilesOn(tx, today))).toEqual({
    source: null,
    items: [],
  })
})

test('a municipality without a square is told, since its figures then stand in tables only', async () => {
  expect(await take(['A,,AAA,0,0,,', 'B,,BBB,1,0,,'])).toEqual({
    state: 'taken',
    tiles: 2,
    withoutTile: ['Pašvaldība C'],
    leftOut: [],
  })
  expect(await shown()).toEqual([
    ['AAA', 0, 0],
    ['BBB', 1, 0],
  ])
})

test('the same map taken again changes nothing, in whatever order its lines stand', async () => {
  const before = await maps()
  expect((await take(['B,,BBB,1,0,,', 'A,,AAA,0,0,,'])).state).toBe('unchanged')
  expect(await maps()).toBe(before)
})

test('a new map takes the place of the one before, which stays on record', async () => {
  const before = await maps()
  await take(['A,,AAA,3,4,,', 'B,,BBB,1,0,,', 'C,,CCC,2,2,,'])
  expect(await shown()).toEqual([
    ['AAA', 3, 4],
    ['BBB', 1, 0],
    ['CCC', 2, 2],
  ])
  expect(await maps()).toBe(before + 1)
})

test('a square stands on the map from its first day to its last, both included', async () => {
  await take(['A,,AAA,0,0,,', 'B,,BBB,1,0,2020-01-01,2025-06-30', 'C,,CCC,1,0,2025-07-01,'])
  const inSquare = async (day: string) => (await shown(day)).find(([, column]) => column === 1)?.[0]
  expect(await inSquare('2019-12-31')).toBeUndefined()
  expect(await inSquare('2020-01-01')).toBe('BBB')
  expect(await inSquare('2025-06-30')).toBe('BBB')
  expect(await inSquare('2025-07-01')).toBe('CCC')
})

test('a territory without a code is found by its name; one that is gone and was never known is left out', async () => {
  const told = await take([',Pašvaldība A,AAA,0,0,,', ',Zudušais novads,ZUD,5,5,,2020-12-31'])
  expect(told).toMatchObject({
    tiles: 1,
    leftOut: ['Zudušais novads'],
    withoutTile: ['Pašvaldība B', 'Pašvaldība C'],
  })
})

describe('a map that is wrong is refused with every line that is wrong, and nothing changes', () => {
  test.each([
    ['a code the register does not know', ['A,,AAA,0,0,,', 'XX,,XXX,1,0,,'], ['line 3', '"XX"']],
    ['a name the register does not know', [',Neviena,XXX,1,0,,'], ['line 2', '"Neviena"']],
    ['neither code nor name', [',,XXX,1,0,,'], ['line 2', 'atvk and name']],
    ['a territory twice', ['A,,AAA,0,0,,', 'A,,AAB,1,0,,'], ['line 3', 'line 2', 'territory A']],
    [
      'a territory by code and by name',
      ['A,,AAA,0,0,,', ',Pašvaldība A,AAB,1,0,,'],
      ['line 3', 'same territory'],
    ],
    ['two in one square', ['A,,AAA,0,0,,', 'B,,BBB,0,0,,'], ['line 3', 'line 2', 'column 0, row 0']],
    ['the same letters twice', ['A,,AAA,0,0,,', 'B,,AAA,1,0,,'], ['line 3', 'letters AAA']],
    ['no letters', ['A,,,0,0,,'], ['line 2', 'short']],
    ['too many letters', ['A,,AAAAAAA,0,0,,'], ['line 2', 'short']],
    ['half a column', ['A,,AAA,0.5,0,,'], ['line 2', 'col', '"0.5"']],
    ['a column before the first', ['A,,AAA,-1,0,,'], ['line 2', 'col']],
    ['a row beyond the last', ['A,,AAA,0,40,,'], ['line 2', 'row', '39']],
    ['no row', ['A,,AAA,0,,,'], ['line 2', 'row', '""']],
    ['a day that is none', ['A,,AAA,0,0,,2025-02-30'], ['line 2', 'valid_to']],
    ['an end before the beginning', ['A,,AAA,0,0,2026-01-01,2025-01-01'], ['line 2', 'before']],
    ['several lines', ['A,,AAA,x,0,,', 'B,,BBB,0,y,,'], ['line 2', 'line 3']],
    ['no lines', [], ['no lines']],
    ['a quote that never ends', ['A,,"AAA,0,0,,'], ['CSV']],
  ] as const)('%s', async (_, lines, told) => {
    const before = [await maps(), await shown()]
    const refusal = await take(lines).then(
      () => 'taken',
      (error: Error) => error.message,
    )
    for (const words of ['not taken over', ...told]) expect(refusal).toContain(words)
    expect([await maps(), await shown()]).toEqual(before)
  })

  test('a file without the columns it needs', async () => {
    await expect(take(['A,0'], 'atvk,col')).rejects.toThrow('short, row')
  })
})

test('everybody may ask for the map; asked again with its tag, nothing is sent; the portal learns that there is one', async () => {
  const world = await newWorld()
  expect(await world.read('/config')).toMatchObject({ tiles: false })
  expect(await world.read('/tile-map')).toMatchObject({ source: null, items: [] })
  const tag = (await world.get('/api/v1/tile-map')).headers.get('etag')!
  const { items } = await world.read<{ items: Territory[] }>('/territories?kind=municipality')
  const [first, second] = [items[0]!, items[1]!]
  const content = `atvk,short,col,row\n${second.code},II,1,0\n${first.code},I,0,0`
  await asJob(world.db, async (tx) => {
    await takeTiles(tx, { content, source, today })
    await tx.query(`notify ikms_data`)
  })
  await expect.poll(async () => (await world.read<{ tiles: boolean }>('/config')).tiles).toBe(true)
  const map = await world.read<TileMap>('/tile-map?on=1997-05-01')
  expect(map).toMatchObject({
    day: '1997-05-01',
    source,
    items: [
      { territoryId: first.id, name: first.name, short: 'I', column: 0, row: 0 },
      { territoryId: second.id, name: second.name, short: 'II', column: 1, row: 0 },
    ],
  })
  const again = await world.get('/api/v1/tile-map', undefined, { headers: { 'if-none-match': tag } })
  expect(again.status).toBe(200)
  const same = { headers: { 'if-none-match': again.headers.get('etag')! } }
  expect((await world.get('/api/v1/tile-map', undefined, same)).status).toBe(304)
  expect((await world.get('/api/v1/tile-map?on=tomorrow')).status).toBe(400)
})

test.skipIf(!referenceFolder)(
  'the tile map of Latvia: 43 squares until 30 June 2025, 42 from then on',
  async () => {
    const { db: latvia, write } = await newIntake()
    const content = readFileSync(reference('tiles.csv'), 'utf8')
    const places = content
      .trim()
      .split('\n')
      .slice(1)
      .map((each) => each.split(','))
    const file = write(
      ['code,name', ...places.map(([code, name]) => `${code || 'VARAKLANI'},${name}`)].join('\n'),
    )
    const mapping = mappingOf({
      file: { columns: ['code', 'name'] },
      municipality: { code: { column: 'code' }, name: { lv: { column: 'name' }, en: { column: 'name' } } },
      institution: { code: { column: 'code' }, name: { lv: { column: 'name' }, en: { column: 'name' } } },
      learner: { code: { column: 'code' }, sex: { constant: 'unknown' } },
      enrolments: [{ schoolYear: { constant: 2025 }, grade: { constant: 3 } }],
      scales: [],
      assessments: [],
      results: [],
    })
    const told = await importFile({ db: latvia, keys: testKeys, mapping, file })
    expect(told.refusalList).toEqual([])
    const taken = await asJob(latvia, (tx) => takeTiles(tx, { content, source, today }))
    expect(taken).toMatchObject({ state: 'taken', tiles: 43, leftOut: [] })
    const on = async (day: string) =>
      (await asActor(latvia, { tier: 'public', requestId: 'test' }, (tx) => tilesOn(tx, day))).items
    expect(await on('2025-06-30')).toHaveLength(43)
    const now = await on('2025-07-01')
    expect(now).toHaveLength(42)
    expect(now.map(({ short }) => short)).not.toContain('VAR')
    expect(now[0]).toMatchObject({ name: { lv: 'Ādažu novads' }, short: 'ADA', column: 5, row: 2 })
  },
)
