import { expect, test } from 'vitest'
import { dayLabel, dayOf, instantLabel } from './day.ts'
import { schoolYearDays, schoolYearLabel, schoolYearOfDay } from './school-year.ts'

test('the school year turns at midnight between 31 August and 1 September', () => {
  expect(schoolYearOfDay('2026-08-31')).toBe(2026)
  expect(schoolYearOfDay('2026-09-01')).toBe(2027)
  expect(schoolYearOfDay('2026-01-15')).toBe(2026)
  expect(schoolYearDays(2026)).toEqual({ from: '2025-09-01', to: '2026-09-01' })
  expect(() => schoolYearOfDay('next week')).toThrow(RangeError)
})

test('a school year is named by the year it ends', () => {
  expect(schoolYearLabel(2026, 'lv')).toBe('2025./2026. m. g.')
  expect(schoolYearLabel(2026, 'en')).toBe('2025/26')
  expect(schoolYearLabel(2001, 'en')).toBe('2000/01')
})

test('a day is the day in Latvia: midnight comes two hours before UTC in winter, three in summer', () => {
  expect(dayOf(new Date('2026-08-31T20:59:59Z'))).toBe('2026-08-31')
  expect(dayOf(new Date('2026-08-31T21:00:00Z'))).toBe('2026-09-01')
  expect(dayOf(new Date('2026-12-31T21:59:59Z'))).toBe('2026-12-31')
  expect(dayOf(new Date('2026-12-31T22:00:00Z'))).toBe('2027-01-01')
})

test('on the nights when clocks change, every instant has the day and the hour that clocks in Latvia show', () => {
  // 29 March 2026: 03:00 becomes 04:00. 25 October 2026: 04:00 becomes 03:00.
  expect(instantLabel(new Date('2026-03-29T00:59:00Z'), 'en')).toBe('29 March 2026 02:59')
  expect(instantLabel(new Date('2026-03-29T01:00:00Z'), 'en')).toBe('29 March 2026 04:00')
  expect(instantLabel(new Date('2026-10-25T00:59:00Z'), 'en')).toBe('25 October 2026 03:59')
  expect(instantLabel(new Date('2026-10-25T01:00:00Z'), 'en')).toBe('25 October 2026 03:00')
  expect(dayOf(new Date('2026-10-24T20:59:00Z'))).toBe('2026-10-24')
  expect(dayOf(new Date('2026-10-24T21:00:00Z'))).toBe('2026-10-25')
})

test('a day is written as people write it', () => {
  expect(dayLabel('2026-11-22', 'lv')).toBe('22.11.2026.')
  expect(dayLabel('2026-01-02', 'en')).toBe('2 January 2026')
})
