import { beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { highsSolver, type ProtectedCell, release } from '#modules/disclosure/index.ts'
import { compute, cubeCells, currentCube } from '#modules/indicators/index.ts'
import type { CubeCell } from '#modules/indicators/model.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { publicBounds, tablesBuilder } from '#stats/disclosure/index.ts'
import { newDatabase } from '#test/database.ts'
import { makeMergedCountry, schools, schoolYears, territories } from '#test/merged-country.ts'
import { catalogue } from '../../catalogue.ts'
import { hierarchiesOf } from './hierarchies.ts'
import { circumstancesOn, publish } from './publish.ts'
import { currentRelease, releasedCells } from './store.ts'

const db = await newDatabase()
const day = '2026-11-22'
let truth: CubeCell[]
let told: ProtectedCell[]

const counts = { indicator: 'CTX-01', breakdown: '-', borders: 'all' } as const
const spotOf = ({ level, unitId, borders }: Pick<CubeCell, 'level' | 'unitId' | 'borders'>) =>
  `${level} ${unitId} ${borders}`

beforeAll(async () => {
  await makeMergedCountry(db)
  await compute(db, catalogue, { day })
  await publish(db, 'public', day)
  truth = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, counts))
  told = await asJob(db, async (tx) => releasedCells(tx, (await currentRelease(tx, 'public'))!.id, counts))
})

/**
 * What anybody can work out of one year, from sums described here anew: schools make up municipalities, these regions, these
 * the state, once as it was and once as it is.
 */
function bounds(schoolYear: number, shown: readonly ProtectedCell[]) {
  const cells = truth.filter((cell) => cell.schoolYear === schoolYear)
  const builder = tablesBuilder()
  const numbers = new Map(cells.map((cell) => [spotOf(cell), builder.cell(spotOf(cell), cell.n)]))
  const at = (level: string, id: number, borders: 'then' | 'today') =>
    numbers.get(`${level} ${id} both`) ?? numbers.get(`${level} ${id} ${borders}`)
  const parts = (found: (number | undefined)[]) => found.filter((cell) => cell !== undefined)
  for (const borders of ['then', 'today'] as const) {
    const lies = (school: (typeof schools)[number]) =>
      borders === 'today' ? school.today : school.lay[schoolYears.indexOf(schoolYear as 2024)]
    for (const { id, kind } of territories) {
      const total = at(kind, id, borders)
      if (total === undefined) continue
      const inside =
        kind === 'municipality'
          ? schools.filter((school) => lies(school) === id).map((school) => at('school', school.id, borders))
          : territories
              .filter(({ parent }) => parent === id)
              .map((territory) => at(territory.kind, territory.id, borders))
      builder.total(total, parts(inside))
    }
  }
  const tables = builder.build()
  const hidden = new Uint8Array(tables.values.length)
  const place = (cell: Pick<CubeCell, 'level' | 'unitId' | 'borders'>) =>
    tables.order[numbers.get(spotOf(cell))!]!
  for (const cell of shown) {
    if (cell.schoolYear === schoolYear && cell.absent !== null) hidden[place(cell)] = 1
  }
  const found = publicBounds(tables, hidden, solver)
  return cells.map((cell) => ({ cell, low: found.low[place(cell)]!, high: found.high[place(cell)]! }))
}
const solver = await highsSolver()

test('three pupils of Aglona stay hidden in both borders: neither sum gives them away', () => {
  for (const schoolYear of schoolYears) {
    const small = bounds(schoolYear, told).filter(({ cell }) => cell.n < 5)
    expect(small.length).toBeGreaterThan(0)
    for (const { cell, low, high } of small) {
      expect([spotOf(cell), low < cell.n, high >= cell.n + 2]).toEqual([spotOf(cell), true, true])
    }
  }
})

test('most figures of today’s borders are told all the same', () => {
  const ofToday = told.filter(({ borders }) => borders === 'today')
  expect(ofToday.length).toBeGreaterThan(0)
  expect(ofToday.some(({ absent }) => absent === null)).toBe(true)
})

test('the planted attack: a gate that knew the country of its time only would give the small part away', async () => {
  const blind = await asJob(db, async (tx) => {
    const cube = (await currentCube(tx))!
    const register = await placeRegister(tx, cube.asOfImport)
    const standing = await circumstancesOn(tx, 'public', day)
    const cells = truth.filter(({ schoolYear }) => schoolYear === 2025)
    const hierarchies = hierarchiesOf(register, 2025, null)
    return release(cells, 'public', { ...standing, hierarchies, earlier: [] }).told
  })
  const known = bounds(2025, blind).filter(({ cell, low, high }) => cell.n < 5 && low === high)
  expect(known.map(({ cell }) => spotOf(cell))).toContain('municipality 15 then')
})

test('a figure that was told before the merger and is told in both borders after it gives away nobody', async () => {
  const other = await newDatabase()
  await makeMergedCountry(other)
  await compute(other, catalogue, { day: '2025-06-30' })
  await publish(other, 'public', day)
  const cellsOf = () =>
    asJob(other, async (tx) => releasedCells(tx, (await currentRelease(tx, 'public'))!.id, counts))
  const before = await cellsOf()
  expect(new Set(before.filter(({ schoolYear }) => schoolYear < 2026).map(({ borders }) => borders))).toEqual(
    new Set(['both']),
  )
  await compute(other, catalogue, { day })
  await publish(other, 'public', day)
  const after = await cellsOf()
  // all that anybody has ever been told
  const ever = after.map((cell) => {
    const earlier = before.find(
      (other) =>
        cell.borders !== 'today' &&
        [other.schoolYear, other.level, other.unitId].join() ===
          [cell.schoolYear, cell.level, cell.unitId].join(),
    )
    return earlier?.absent === null ? { ...cell, absent: null } : cell
  })
  for (const schoolYear of [2024, 2025]) {
    for (const { cell, low, high } of bounds(schoolYear, ever)) {
      if (cell.n < 5) expect([spotOf(cell), low < cell.n, high > cell.n]).toEqual([spotOf(cell), true, true])
    }
  }
})
