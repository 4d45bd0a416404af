import { expect, test } from 'vitest'
import type { Cell } from '#terms/cell.ts'
import { gapReason, isAllInLatvian } from './gap-reasons.ts'

const gap = (absent: Cell['absent']) => ({
  cell: {
    indicator: 'EQU-08',
    schoolYear: 2027,
    level: 'municipality' as const,
    unitId: '00000000-0000-4000-8000-000000000001',
    subject: 'numeracy-6',
    breakdown: '-',
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
  },
})

test('a gap that is there or protected needs no sentence: its row says all', () => {
  for (const absent of [null, 'too_few', 'would_reveal', 'same_for_all', 'not_public'] as const) {
    expect(gapReason(gap(absent))).toBe(null)
  }
})

test('nobody in a group and groups nobody knows are two reasons', () => {
  expect(gapReason(gap('not_applicable'))).toBe('nobody')
  expect(gapReason(undefined)).toBe('unknown')
})

test('all of grades 1 to 9 are taught in Latvian from 2025/26 on', () => {
  expect(isAllInLatvian({ schoolYear: 2026, grade: 9 })).toBe(true)
  expect(isAllInLatvian({ schoolYear: 2025, grade: 6 })).toBe(false)
  expect(isAllInLatvian({ schoolYear: 2027, grade: 12 })).toBe(false)
})
