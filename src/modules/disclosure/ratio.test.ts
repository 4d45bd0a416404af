import { expect, test } from 'vitest'
import type { CubeCell } from '#modules/indicators/model.ts'
import { highsSolver, type Policy, type Rule, release } from './index.ts'

const rule: Rule = {
  audience: 'public',
  topic: 'staff',
  minimum: 5,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: null,
  decimals: 1,
  reason: { lv: 'vārdi', en: 'words' },
}
const everywhere: Policy = { rule, publicLevels: new Set(['school', 'municipality']) }
const solver = await highsSolver()

/** A ratio of rows [y, w] that stand for n people together. */
const cell = (rows: readonly [y: number, w: number][], n: number, more: Partial<CubeCell> = {}): CubeCell => {
  const total = (of: (y: number, w: number) => number) => rows.reduce((sum, [y, w]) => sum + of(y, w), 0)
  return {
    indicator: 'STF-01',
    version: 1,
    schoolYear: 2026,
    level: 'school',
    unitId: 1,
    subject: '-',
    breakdown: '-',
    category: '-',
    borders: 'both',
    n,
    sumY: total((y) => y),
    sumYY: total((y) => y * y),
    values: null,
    counts: null,
    facts: rows.length,
    sumW: total((_, w) => w),
    sumWW: total((_, w) => w * w),
    sumWY: total((y, w) => y * w),
    ...more,
  }
}
const tell = (
  cells: readonly CubeCell[],
  ofPeople: boolean,
  hierarchies: ReadonlyMap<string, string>[] = [],
  policy = everywhere,
) =>
  release(cells, 'public', {
    indicators: new Map([['STF-01', { code: 'STF-01', kind: 'ratio' as const, ofPeople }]]),
    policies: new Map([['STF-01', policy]]),
    hierarchies,
    earlier: [],
    solver,
    kept: new Map(),
  }).told

test('a ratio of too few people is hidden, and with it whatever it could be worked out from', () => {
  const schools = [
    cell([[4, 2]], 4, { unitId: 1 }),
    cell([[40, 4]], 40, { unitId: 2 }),
    cell([[60, 5]], 60, { unitId: 3 }),
  ]
  const whole = cell([[4, 2], [40, 4], [60, 5]], 104, { level: 'municipality', unitId: 9 }) // biome-ignore format: rows
  const tree = new Map([1, 2, 3].map((id) => [`school:${id}`, 'municipality:9']))
  const told = tell([...schools, whole], true, [tree])
  expect(told[0]).toMatchObject({ absent: 'too_few', n: null, sumY: null, sumW: null, facts: null })
  expect(told.filter(({ absent }) => absent === 'would_reveal')).toHaveLength(1)
  expect(told[3]!.absent).toBeNull()
})

test('a ratio of amounts has nobody behind it: it is told however small, but not where there is nothing to divide by', () => {
  const told = tell([cell([[700, 1]], 0), cell([[700, 0]], 0, { unitId: 2 })], false)
  expect(told.map(({ absent }) => absent)).toEqual([null, 'not_applicable'])
})

const notOfSchools: Policy = {
  rule: { ...rule, groupDisclosure: false },
  publicLevels: new Set(['municipality']),
}

test('schools that nobody is ever told hide no municipality, not even the only one in it', () => {
  const schools = [
    cell([[4, 2]], 4, { unitId: 1 }),
    cell([[40, 4]], 40, { unitId: 2 }),
    cell([[60, 5]], 60, { unitId: 3 }),
  ]
  const places = [
    cell([[4, 2], [40, 4]], 44, { level: 'municipality', unitId: 8 }),
    cell([[60, 5]], 60, { level: 'municipality', unitId: 9 }),
  ] // biome-ignore format: rows
  const tree = new Map([['school:1', 'municipality:8'], ['school:2', 'municipality:8'], ['school:3', 'municipality:9']]) // biome-ignore format: rows
  const told = tell([...schools, ...places], true, [tree], notOfSchools)
  expect(told.map(({ absent }) => absent)).toEqual([...Array(3).fill('not_public'), null, null])
})

test('where a municipality has two figures of a year their difference is a school: of four pupils it is not told', () => {
  const units = [
    cell([[40, 4]], 40, { unitId: 1 }),
    cell([[4, 1]], 4, { unitId: 2 }),
    cell([[40, 4]], 40, { level: 'municipality', unitId: 8, borders: 'then' }),
    cell([[40, 4], [4, 1]], 44, { level: 'municipality', unitId: 8, borders: 'today' }),
  ] // biome-ignore format: rows
  const then = new Map([['school:1', 'municipality:8 then']])
  const today = new Map([['school:1', 'municipality:8 today'], ['school:2', 'municipality:8 today']]) // biome-ignore format: rows
  const told = tell(units, true, [then, today], notOfSchools)
  expect(told.slice(2).filter(({ absent }) => absent === 'would_reveal').length).toBeGreaterThan(0)
})

test('where every row is a person and all have the same ratio, it would tell it of each of them', () => {
  const same = Array.from({ length: 12 }, () => [0, 30] as [number, number])
  expect(tell([cell(same, 12)], true)[0]!.absent).toBe('same_for_all')
  expect(tell([cell(same.with(0, [3, 30]), 12)], true)[0]!.absent).toBeNull()
  // one row for the whole school is no person
  expect(tell([cell([[120, 11]], 120)], true)[0]!.absent).toBeNull()
})

test('a told ratio has the decimals of its rule, so that its sums give nothing finer away', () => {
  const [told] = tell([cell([[101, 9], [77, 8]], 178)], true) // biome-ignore format: rows
  expect(told!.sumY! / told!.sumW!).toBeCloseTo(10.5, 12)
})
