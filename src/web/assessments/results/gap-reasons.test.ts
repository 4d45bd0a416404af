import { expect, test } from 'vitest'
import type { Cell } from '#terms/cell.ts'
import { gapReason, isAllInLatvian } from './gap-reasons.ts'

const cell = (absent: Cell['absent'], breakdown = '-'): Cell => ({
  indicator: 'EQU-08',
  schoolYear: 2027,
  level: 'municipality',
  unitId: '00000000-0000-4000-8000-000000000001',
  subject: 'numeracy-6',
  breakdown,
  category: '-',
  n: absent ? null : 42,
  value: absent ? null : 12,
  sd: null,
  se: null,
  low: null,
  high: null,
  spread: null,
  absent,
  spreadAbsent: null,
})
const reasonOf = (gap: Cell | null, parts: Cell[]) =>
  gapReason(gap ? { cell: gap } : undefined, { parts }, 'special_needs')

test('a gap that is there or protected needs no sentence: its row says all', () => {
  expect(reasonOf(cell(null), [cell(null, 'special_needs')])).toBe(null)
  for (const absent of ['too_few', 'would_reveal', 'same_for_all', 'not_public'] as const) {
    expect(reasonOf(cell(absent), [cell(absent, 'special_needs')])).toBe(null)
  }
})

test('nobody in a group, groups nobody knows, and a mean that was not divided are three reasons', () => {
  expect(reasonOf(cell('not_applicable'), [cell(null, 'special_needs')])).toBe('nobody')
  expect(reasonOf(null, [cell(null, 'sex'), cell(null, 'special_needs')])).toBe('unknown')
  expect(reasonOf(null, [cell(null, 'sex')])).toBe('undivided')
  expect(gapReason(undefined, undefined, 'sex')).toBe('undivided')
})

test('all of grades 1 to 9 are taught in Latvian from 2025/26 on', () => {
  expect(isAllInLatvian({ schoolYear: 2026, grade: 9 })).toBe(true)
  expect(isAllInLatvian({ schoolYear: 2025, grade: 6 })).toBe(false)
  expect(isAllInLatvian({ schoolYear: 2027, grade: 12 })).toBe(false)
})
