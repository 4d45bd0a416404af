import { expect, test } from 'vitest'
import { instantOf, localTime } from './local-time.ts'

test('what a field for day and time says is meant in Latvia, in summer and in winter', () => {
  expect(instantOf('2027-04-13T09:00')).toBe('2027-04-13T06:00:00Z')
  expect(instantOf('2027-01-13T09:00')).toBe('2027-01-13T07:00:00Z')
  for (const local of ['2027-03-28T02:59', '2027-03-28T04:00', '2026-10-25T03:30', '2027-12-31T23:59']) {
    expect(localTime(instantOf(local)!)).toBe(local)
  }
})

test('an hour that the clocks skip is the one after it, and no time at all is none', () => {
  expect(localTime(instantOf('2027-03-28T03:30')!)).toBe('2027-03-28T04:30')
  expect(['', 'rīt', '2027-13-01T09:00'].map(instantOf)).toEqual([null, null, null])
})
