import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CubeCell } from '#modules/indicators/index.ts'
import type { Rule } from './model.ts'
import { type Policy, release } from './release.ts'

const rule: Rule = {
  audience: 'public',
  topic: 'results',
  minimum: 10,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: null,
  decimals: null,
  reason: { lv: '', en: '' },
}
const policy: Policy = { rule, publicLevels: new Set(['school', 'municipality']) }

function cell(values: readonly number[], more: Partial<CubeCell> = {}): CubeCell {
  const counts = Map.groupBy(
    values.toSorted((a, b) => a - b),
    (value) => value,
  )
  return {
    indicator: 'ACH-05',
    version: 1,
    schoolYear: 2026,
    level: 'school',
    unitId: 1,
    subject: 'maths',
    breakdown: '-',
    category: '-',
    n: values.length,
    sumY: values.reduce((a, b) => a + b, 0),
    sumYY: values.reduce((a, b) => a + b * b, 0),
    values: [...counts.keys()],
    counts: [...counts.values()].map((people) => people.length),
    ...more,
  }
}
const spread = (n: number) => Array.from({ length: n }, (_, at) => at % 5)
const one = (found: CubeCell, by: Policy = policy) => release([found], 'public', { kind: 'mean' }, by)[0]!

test('ten pupils are told, nine are too few, and nothing of the nine is left in the cell', () => {
  expect(one(cell(spread(10))).absent).toBeNull()
  expect(one(cell(spread(9)))).toMatchObject({
    absent: 'too_few',
    n: null,
    sumY: null,
    sumYY: null,
    values: null,
    counts: null,
  })
})

test('where everybody has the same result the figure is hidden: it would tell it of each of them', () => {
  expect(one(cell(Array(30).fill(0))).absent).toBe('same_for_all')
  expect(one({ ...cell(Array(30).fill(7)), values: null, counts: null }).absent).toBe('same_for_all')
})

test('a level without a decision to publish is not public, however many pupils there are', () => {
  expect(one(cell(spread(500), { level: 'state' })).absent).toBe('not_public')
})

test('one category too few hides its sisters, because the total is known', () => {
  const girls = cell(spread(30), { breakdown: 'sex', category: 'female' })
  const boys = cell(spread(4), { breakdown: 'sex', category: 'male' })
  const other = cell(spread(30), { breakdown: 'sex', category: 'female', unitId: 2 })
  const found = release([cell(spread(34)), girls, boys, other], 'public', { kind: 'mean' }, policy)
  expect(found.map(({ absent }) => absent)).toEqual([null, 'would_reveal', 'too_few', null])
})

test('a distribution with a value that only a few have is hidden; the mean is still told', () => {
  const found = one(cell([...spread(50), 9]))
  expect(found).toMatchObject({ absent: null, n: 51, spreadAbsent: 'too_few', values: null, counts: null })
  expect(one(cell(spread(50)))).toMatchObject({ spreadAbsent: null, counts: [10, 10, 10, 10, 10] })
})

test('a rule for one audience is not used for another', () => {
  const foreign = { ...rule, audience: 'press' as 'public' }
  expect(() => one(cell(spread(50)), { ...policy, rule: foreign })).toThrow(/press/)
})

test('whatever comes in, what is told has at least the minimum of people and at least two values', () => {
  const cells = fc.array(
    fc.record({
      values: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
      unitId: fc.integer({ min: 1, max: 3 }),
      category: fc.constantFrom('-', 'female', 'male'),
    }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(cells, (drawn) => {
      const input = drawn.map(({ values, unitId, category }) =>
        cell(values, { unitId, category, breakdown: category === '-' ? '-' : 'sex' }),
      )
      const found = release(input, 'public', { kind: 'mean' }, policy)
      expect(found.length).toBe(input.length)
      for (const each of found) {
        if (each.absent === null) {
          expect(each.n).toBeGreaterThanOrEqual(10)
          for (const people of each.counts ?? []) expect(people).toBeGreaterThanOrEqual(10)
        } else expect([each.n, each.sumY, each.sumYY, each.values, each.counts]).toEqual(Array(5).fill(null))
      }
    }),
  )
})

test('the order of cells does not change what is told', () => {
  const cells = [3, 12, 40].flatMap((n, unitId) => [
    cell(spread(n), { unitId }),
    cell(spread(n), { unitId, breakdown: 'sex', category: 'female' }),
  ])
  const key = (each: { unitId: number; category: string; absent: string | null }) =>
    `${each.unitId} ${each.category} ${each.absent}`
  const there = release(cells, 'public', { kind: 'mean' }, policy).map(key).sort()
  const back = release(cells.toReversed(), 'public', { kind: 'mean' }, policy).map(key).sort()
  expect(back).toEqual(there)
})
