import { expect, test } from 'vitest'
import type { Cell } from '#terms/cell.ts'
import { levelCells } from './place-levels.ts'

const share = (value: number | null, absent: Cell['absent'] = null): Cell => ({
  indicator: 'ACH-03',
  schoolYear: 2027,
  level: 'municipality',
  unitId: '00000000-0000-4000-8000-000000000001',
  subject: 'numeracy-6',
  breakdown: '-',
  category: '-',
  n: absent ? null : 200,
  value,
  sd: null,
  se: null,
  low: value,
  high: value,
  spread: null,
  absent,
  spreadAbsent: null,
})

test('the levels between are what is left, and all four make the whole', () => {
  const cells = levelCells({ lowest: share(0.1), expected: share(0.6), highest: share(0.15) }, 10)
  expect(cells.map(({ category }) => category)).toEqual(['1', '2', '3', '4'])
  expect(cells.map(({ value }) => Math.round(200 * value!))).toEqual([20, 60, 90, 30])
  expect(cells.reduce((sum, { value }) => sum + value!, 0)).toBeCloseTo(1, 12)
  expect(cells[1]!.low!).toBeLessThan(0.3)
  expect(cells[1]!.high!).toBeGreaterThan(0.3)
})
test('where one share is hidden, what would give it away is hidden too', () => {
  const cells = levelCells(
    { lowest: share(0.1), expected: share(0.6), highest: share(null, 'would_reveal') },
    10,
  )
  expect(cells.map(({ absent }) => absent)).toEqual([null, null, 'would_reveal', 'would_reveal'])
})
test('of a test without levels there are none', () => {
  expect(levelCells({ lowest: undefined, expected: undefined, highest: undefined }, 10)).toEqual([])
})

test('a level that would be left for fewer pupils than the rule asks is not worked out', () => {
  // 200 pupils: 6 between the lowest level and the expected one
  const cells = levelCells({ lowest: share(0.37), expected: share(0.6), highest: share(0.15) }, 10)
  expect(cells.map(({ absent }) => absent)).toEqual([null, 'too_few', null, null])
})
test('shares of other pupils are not taken from each other', () => {
  const cells = levelCells(
    { lowest: { ...share(0.1), n: 190 }, expected: share(0.6), highest: share(0.15) },
    10,
  )
  expect(cells.map(({ absent }) => absent)).toEqual([null, 'unavailable', null, null])
})
