import { beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makeMergedCountry, pupils, schools, schoolYears, territories } from '#test/merged-country.ts'
import { catalogue } from '../../catalogue.ts'
import { compute } from './compute.ts'
import type { CubeCell } from './model.ts'
import { cubeCells, currentCube } from './store.ts'

const db = await newDatabase()
let cells: CubeCell[]

beforeAll(async () => {
  await makeMergedCountry(db)
  await compute(db, catalogue, { day: '2026-11-22' })
  cells = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, { borders: 'all' }))
})

/** The municipality and its units around, straight from what was planted. */
const around = (municipality: number) => {
  const region = territories.find(({ id }) => id === municipality)!.parent!
  return [municipality, region, 1]
}
/** Where the pupils of a school are added up in a school year: in the borders of its time, or of today. */
function unitsOf(school: (typeof schools)[number], schoolYear: number, borders: 'then' | 'today'): number[] {
  return around(borders === 'today' ? school.today : school.lay[schoolYears.indexOf(schoolYear as 2024)]!)
}

/** What a reader finds who asks for one kind of borders: number of pupils and sum of points, by year, unit and sex. */
function read(indicator: string, subject: string, borders: 'then' | 'today'): Map<string, [number, number]> {
  const found = cells.filter(
    (cell) =>
      cell.indicator === indicator &&
      cell.subject === subject &&
      cell.level !== 'school' &&
      cell.borders !== (borders === 'then' ? 'today' : 'then'),
  )
  const keys = found.map(({ schoolYear, unitId, category }) => `${schoolYear} ${unitId} ${category}`)
  expect(new Set(keys).size).toBe(keys.length)
  return new Map(found.map(({ n, sumY }, at) => [keys[at]!, [n, sumY ?? 0]]))
}

/** The same, added up by hand from the pupils. */
function byHand(borders: 'then' | 'today', points: boolean): Map<string, [number, number]> {
  const sums = new Map<string, [number, number]>()
  for (const { school: id, schoolYear, sex, maths } of pupils) {
    const school = schools.find((each) => each.id === id)!
    for (const unit of unitsOf(school, schoolYear, borders)) {
      for (const category of ['-', sex]) {
        const key = `${schoolYear} ${unit} ${category}`
        const [n, sum] = sums.get(key) ?? [0, 0]
        sums.set(key, [n + 1, sum + (points ? maths : 0)])
      }
    }
  }
  return sums
}

const sorted = (sums: ReadonlyMap<string, unknown>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1))

test.each(['then', 'today'] as const)(
  'in the borders of %s every figure is the sum of exactly its pupils',
  (borders) => {
    expect(sorted(read('CTX-01', '-', borders))).toEqual(sorted(byHand(borders, false)))
    expect(sorted(read('ACH-05', 'maths', borders))).toEqual(sorted(byHand(borders, true)))
  },
)

test('Varakļāni has figures of its time only; today its pupils of all years are those of Madona', () => {
  const years = (borders: 'then' | 'today') =>
    [...read('CTX-01', '-', borders).keys()].filter((key) => key.endsWith(' 12 -'))
  expect(years('then')).toEqual(['2024 12 -', '2025 12 -'])
  expect(years('today')).toEqual([])
  expect(read('CTX-01', '-', 'today').get('2024 11 -')).toEqual([60 + 40 + 33 + 12 + 4 + 25, 0])
  expect(read('CTX-01', '-', 'then').get('2024 11 -')).toEqual([60 + 40, 0])
})

test('a region is added up anew where a municipality went to another one, and the state never', () => {
  const kinds = (unit: number) =>
    new Set(cells.filter(({ unitId, level }) => unitId === unit && level !== 'school').map((c) => c.borders))
  expect(kinds(2)).toEqual(new Set(['then', 'today', 'both']))
  expect(kinds(3)).toEqual(new Set(['then', 'today', 'both']))
  expect(kinds(1)).toEqual(new Set(['both']))
})

test('nothing doubles: a territory and a year that nothing happened to have one figure for both borders', () => {
  const twice = new Set(
    cells
      .filter(({ borders }) => borders === 'today')
      .map(({ schoolYear, unitId }) => `${schoolYear} ${unitId}`),
  )
  expect([...twice].sort()).toEqual([
    '2024 11',
    '2024 13',
    '2024 2',
    '2024 3',
    '2025 11',
    '2025 13',
    '2025 2',
    '2025 3',
  ])
  expect(cells.filter(({ level, borders }) => level === 'school' && borders !== 'both')).toEqual([])
})

test('municipalities add up to their region and regions to the state, in both borders', () => {
  for (const borders of ['then', 'today'] as const) {
    const found = cells.filter((cell) => cell.borders !== (borders === 'then' ? 'today' : 'then'))
    const totals = Map.groupBy(
      found,
      (c) => `${c.indicator} ${c.schoolYear} ${c.subject} ${c.breakdown} ${c.category}`,
    )
    for (const [key, group] of totals) {
      const sum = (level: string) =>
        group.filter((cell) => cell.level === level).reduce((people, { n }) => people + n, 0)
      for (const level of ['region', 'municipality', 'school']) {
        expect(sum(level), `${borders} ${key} ${level}`).toBe(sum('state'))
      }
    }
  }
})

test('computed on another day without a change of borders, the same parts come out; before the merger, others', async () => {
  const parts = cells.length
  const again = await compute(db, catalogue, { day: '2027-01-31' })
  expect(again).toMatchObject({ changed: false, newParts: 0, cells: parts })
  const before = await compute(db, catalogue, { day: '2025-06-30' })
  expect(before.changed).toBe(true)
  const of = await asJob(db, (tx) => cubeCells(tx, before.cube!.id, { borders: 'all', indicator: 'CTX-01' }))
  const [varakļāni] = of.filter(
    ({ unitId, schoolYear, borders, category, level }) =>
      level === 'municipality' &&
      unitId === 12 &&
      schoolYear === 2026 &&
      borders === 'today' &&
      category === '-',
  )
  expect(varakļāni).toMatchObject({ n: 45 + 3 })
})
