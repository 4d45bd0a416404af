import { topology } from 'topojson-server'
import { expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { newWorld } from '#test/world.ts'
import { takeBoundaries } from './boundaries.ts'
import { readBoundaries } from './boundary-file.ts'
import { simplified } from './boundary-simplify.ts'
import { boundariesOn } from './boundary-store.ts'

const world = await newWorld()
const { items: municipalities } = await world.read<{ items: { id: string; code: string }[] }>(
  '/territories?kind=municipality',
)
const codes = municipalities.map(({ code }) => code)

type Ring = [number, number][]
const square = (west: number, south: number, side = 0.5): Ring => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]
const collection = (areas: readonly (readonly [code: unknown, ...rings: unknown[]])[]) => ({
  type: 'FeatureCollection',
  features: areas.map(([atvk, ...rings]) => ({
    type: 'Feature',
    properties: { atvk },
    geometry: { type: 'Polygon', coordinates: rings },
  })),
})
const country = collection(codes.map((code, at) => [code, square(21 + at * 0.5, 56.5)]))

const take = (content: unknown, more: object = {}) =>
  asJob(world.db, (tx) =>
    takeBoundaries(tx, {
      content: typeof content === 'string' ? content : JSON.stringify(content),
      property: 'atvk',
      validFrom: '2021-07-01',
      source: 'Made up for a test',
      licence: 'CC0',
      ...more,
    }),
  )
const on = (day: string) =>
  asActor(world.db, { tier: 'public', requestId: 'test' }, (tx) => boundariesOn(tx, day))

test('before anything was taken over there are no borders', async () => {
  expect(await on('2026-01-01')).toEqual({ from: null, source: null, licence: null, items: [] })
})

test.each<[what: string, content: unknown, told: string]>([
  ['no JSON', '{', 'it is no JSON'],
  ['another kind of JSON', { type: 'Feature' }, 'neither a GeoJSON FeatureCollection nor TopoJSON'],
  ['nothing', 'null', 'neither a GeoJSON FeatureCollection nor TopoJSON'],
  ['no features', collection([]), 'the file has no features'],
  ['a feature that is none', { type: 'FeatureCollection', features: [null] }, 'not every feature'],
  ['no code', collection([['', square(21, 56)]]), 'feature 1: there is no property "atvk"'],
  [
    'a code the register does not know',
    collection([['0099999', square(21, 56)]]),
    'no municipality with the code 0099999',
  ],
  [
    'a code twice',
    collection([
      [codes[0], square(21, 56)],
      [codes[0], square(22, 56)],
    ]),
    'as in feature 1',
  ],
  [
    'no polygon',
    {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: { atvk: codes[0] }, geometry: { type: 'Point', coordinates: [1, 2] } },
      ],
    },
    'it is no polygon',
  ],
  [
    'no geometry',
    {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { atvk: codes[0] }, geometry: null }],
    },
    'it is no polygon',
  ],
  [
    'a ring that is not closed',
    collection([[codes[0], square(21, 56).slice(0, -1)]]),
    'a ring is not closed',
  ],
  ['a ring of two points', collection([[codes[0], square(21, 56).slice(0, 2)]]), 'fewer than four points'],
  [
    'a ring without area',
    collection([
      [
        codes[0],
        [
          [21, 56],
          [22, 56],
          [23, 56],
          [21, 56],
        ],
      ],
    ]),
    'no area',
  ],
  [
    'a ring that crosses itself',
    collection([
      [
        codes[0],
        [
          [21, 56],
          [22, 57],
          [22, 56],
          [21, 57],
          [21, 56],
        ],
      ],
    ]),
    'crosses itself near',
  ],
  [
    'metres instead of degrees',
    collection([
      [
        codes[0],
        [
          [500000, 312000],
          [510000, 312000],
          [510000, 322000],
          [500000, 312000],
        ],
      ],
    ]),
    'EPSG:4326',
  ],
  ['latitude first', collection([[codes[0], square(56, 21)]]), 'longitude first'],
  [
    'words for numbers',
    collection([
      [
        codes[0],
        [
          ['21', '56'],
          [22, 57],
          [22, 56],
          ['21', '56'],
        ],
      ],
    ]),
    'not a pair of numbers',
  ],
  ['a ring that is none', collection([[codes[0], 'ring']]), 'fewer than four points'],
  [
    'arcs that are not there',
    {
      type: 'Topology',
      arcs: [],
      objects: {
        a: {
          type: 'GeometryCollection',
          geometries: [{ type: 'Polygon', arcs: [[7]], properties: { atvk: codes[0] } }],
        },
      },
    },
    'arcs',
  ],
  ['two objects', { type: 'Topology', arcs: [], objects: { a: {}, b: {} } }, 'one object, not 2: a, b'],
])('%s is refused in words, and nothing is taken over', async (_what, content, told) => {
  await expect(take(content)).rejects.toThrow(told)
  expect((await on('2026-01-01')).items).toEqual([])
})

test('who drew them and under which licence must be said', async () => {
  await expect(take(country, { source: ' ' })).rejects.toThrow('who surveyed or drew')
  await expect(take(country, { licence: '' })).rejects.toThrow('licence')
})

test('borders are told from the day on which they held, with source and licence; what was before stays', async () => {
  expect(await take(country)).toMatchObject({ state: 'taken', areas: codes.length, without: [] })
  expect(await take(country)).toMatchObject({ state: 'unchanged' })
  const later = collection(codes.slice(1).map((code, at) => [code, square(22 + at * 0.5, 57)]))
  const report = await take(later, { validFrom: '2025-07-01', licence: 'CC BY 4.0' })
  expect(report.without).toHaveLength(1)
  expect((await on('2021-06-30')).items).toEqual([])
  expect(await on('2025-06-30')).toMatchObject({
    from: '2021-07-01',
    source: 'Made up for a test',
    licence: 'CC0',
  })
  expect(await on('2025-07-01')).toMatchObject({ from: '2025-07-01', licence: 'CC BY 4.0' })
  expect((await on('2025-06-30')).items).toHaveLength(codes.length)
  const now = await on('2026-01-01')
  expect(now.items).toHaveLength(codes.length - 1)
  // Against the clock, as GeoJSON has it, and where the file says.
  const corners = now.items[0]!.polygons[0]![0]!
  expect(Math.min(...corners.map(([x]) => x!))).toBeGreaterThanOrEqual(22)
  expect(corners.at(-1)).toEqual(corners[0])
})

test('TopoJSON tells the same as GeoJSON', () => {
  const shared = topology({ map: country as never })
  const fromTopology = readBoundaries(JSON.stringify(shared), 'atvk')
  const fromCollection = readBoundaries(JSON.stringify(country), 'atvk')
  const points = (areas: typeof fromTopology) =>
    areas.map(({ code, polygons }) => [code, new Set(polygons.flat(2).map((point) => point.join(' ')))])
  expect(points(fromTopology)).toEqual(points(fromCollection))
})

test('a border that two share stays one border when it is made simpler, and no area is lost', () => {
  // Two neighbours with a ragged border of 20,000 points between them, and an islet in the west.
  const ragged: Ring = Array.from({ length: 20_000 }, (_, k) => [
    24 + 0.02 * Math.sin(k * 0.7) * Math.cos(k * 0.013),
    56 + k * 0.00005,
  ])
  const [south, north] = [ragged[0]!, ragged.at(-1)!]
  const west: Ring = [...ragged, [23, north[1]], [23, south[1]], south]
  const east: Ring = [...ragged, [25, north[1]], [25, south[1]], south]
  const { areas, before, after } = simplified([
    { code: 'west', polygons: [[west]] },
    { code: 'east', polygons: [[east]] },
    { code: 'islet', polygons: [[square(22, 56, 0.0001)]] },
  ])
  expect(before).toBeGreaterThan(40_000)
  expect(after).toBeLessThanOrEqual(13_000)
  const points = (code: string) =>
    areas
      .find((each) => each.code === code)!
      .polygons.flat(2)
      .map((point) => point.join(' '))
  const shared = points('west').filter((point) => new Set(points('east')).has(point))
  expect(shared.length).toBeGreaterThan(points('west').length - 5)
  expect(points('islet').length).toBeGreaterThanOrEqual(4)
})

test('the public reads borders through the API, and the configuration says that there are some', async () => {
  expect(await world.read('/boundaries?on=2022-01-01')).toMatchObject({
    day: '2022-01-01',
    from: '2021-07-01',
    licence: 'CC0',
  })
  expect((await world.get('/api/v1/boundaries?on=yesterday')).status).toBe(400)
})
