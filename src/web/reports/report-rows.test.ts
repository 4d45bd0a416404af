import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Indicator } from '#modules/indicators/model.ts'
import type { Profile } from '#modules/publications/model.ts'
import { Criterion } from '#terms/criteria.ts'
import { reportRows } from './report-rows.ts'

/** Figures of a school: code, criterion, subject, people. */
type Given = readonly [code: string, criterion: Criterion, subject: string, n: number | null]

function reportOf(given: readonly Given[], room: number, lines = 1) {
  const codes = new Map(given.map(([code, criterion]) => [code, criterion]))
  const catalogue = [...codes].map(([code, area]) => ({
    code,
    area,
    levels: ['school'],
    short: { lv: code, en: code },
  })) as Indicator[]
  const figures = given.map(([indicator, , subject, n]) => ({ indicator, subject, cell: { n } }))
  const profile = { unit: { level: 'school' }, figures } as unknown as Profile
  return reportRows(profile, catalogue, room, () => lines)
}
const told = (found: ReturnType<typeof reportOf>) =>
  found.flatMap(({ rows }) => rows.map(({ figure }) => `${figure.indicator} ${figure.subject}`))

test('every criterion stands in its place, and one without a figure says what is missing', () => {
  const found = reportOf([['ACH-05', 'purpose.achievement', '-', 20]], 30)
  expect(found.map(({ criterion }) => criterion)).toEqual(Criterion.options)
  const staff = found.find(({ criterion }) => criterion === 'learning.staff')!
  expect(staff.rows).toEqual([])
  expect(staff.planned.map(({ en }) => en)).toContain('Teacher turnover')
})

test('where room is short each criterion gets one figure before any gets two; the rest is counted', () => {
  const given: Given[] = [
    ['ACH-05', 'purpose.achievement', 'maths', 30],
    ['ACH-05', 'purpose.achievement', 'latvian', 40],
    ['ACH-06', 'purpose.achievement', 'maths', 30],
    ['EQU-01', 'purpose.equity', '-', 10],
    ['STF-01', 'learning.staff', '-', null],
  ]
  const found = reportOf(given, 9 + 3)
  expect(told(found)).toEqual(['ACH-05 latvian', 'EQU-01 -', 'STF-01 -'])
  expect(found[0]!.more).toBe(2)
  expect(told(reportOf(given, 9 + 4))).toEqual(['ACH-05 latvian', 'ACH-06 maths', 'EQU-01 -', 'STF-01 -'])
})

test('whatever there is, the page is never overfull, and what is told and what is counted is all there is', () => {
  const figure = fc.tuple(
    fc.constantFrom('A-1', 'B-2', 'C-3', 'D-4'),
    fc.constantFrom('x', 'y', 'z'),
    fc.option(fc.nat(900)),
  )
  const place: Record<string, Criterion> = {
    'A-1': 'purpose.achievement',
    'B-2': 'purpose.achievement',
    'C-3': 'learning.staff',
    'D-4': 'governance.admin',
  }
  fc.assert(
    fc.property(
      fc.uniqueArray(figure, { selector: ([code, subject]) => code + subject }),
      fc.nat(20),
      fc.integer({ min: 1, max: 3 }),
      (drawn, spare, lines) => {
        const given = drawn.map(([code, subject, n]): Given => [code, place[code]!, subject, n])
        const found = reportOf(given, 12 + spare, lines)
        const shown = found.flatMap(({ rows }) => rows).length
        const empty = found.filter(({ rows, more }) => rows.length + more === 0).length
        expect(shown * lines + empty).toBeLessThanOrEqual(12 + spare)
        expect(shown + found.reduce((sum, { more }) => sum + more, 0)).toBe(given.length)
      },
    ),
  )
})
