import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  day,
  dayNumber,
  dayText,
  Fault,
  integer,
  isInvisible,
  month,
  monthBefore,
  number,
  oneOf,
  text,
} from './values.ts'

const rule = (value: unknown) => (value instanceof Fault ? value.rule : value)

test('a day is its date: counting it and writing it out gives the same day, in any year and time zone', () => {
  fc.assert(
    fc.property(fc.integer({ min: dayNumber(1900, 1, 1)!, max: dayNumber(2199, 12, 31)! }), (number) => {
      expect(day(dayText(number), {})).toBe(number)
    }),
  )
  expect(dayNumber(2000, 1, 1)).toBe(0)
  expect(dayText(dayNumber(2026, 3, 29)! + 1)).toBe('2026-03-30')
  expect(dayText(dayNumber(2026, 10, 25)! + 1)).toBe('2026-10-26')
})

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '1899-12-31',
  '2026-1-1',
  ' 2026-01-01',
  '26-01-01',
])('the calendar has no day %s', (raw) => {
  expect(rule(day(raw, {}))).toBe('value.not_a_day')
})

test('days may be written the Latvian way, with and without the last dot', () => {
  const { days } = { days: 'DD.MM.YYYY' } as const
  expect(day('22.11.2026.', { days })).toBe(dayNumber(2026, 11, 22))
  expect(day('29.02.2024', { days })).toBe(dayNumber(2024, 2, 29))
  expect(rule(day('2026-11-22', { days }))).toBe('value.not_a_day')
})

test('a month is its first day, and months are counted back over the turn of the year', () => {
  expect(month('2016-03', {})).toBe(dayNumber(2016, 3, 1))
  expect(rule(month('2016-3', {}))).toBe('value.not_a_month')
  const back = monthBefore('1979-02')
  expect(dayText(back('5', {}) as number)).toBe('1978-09-01')
  expect(dayText(back('-6', {}) as number)).toBe('1979-08-01')
  expect(dayText(back('0', {}) as number)).toBe('1979-02-01')
  expect(dayText(back('26', {}) as number)).toBe('1976-12-01')
})

test('numbers are digits with one decimal sign, within the limits of field and mapping', () => {
  const points = number(0, 100)
  expect(points('4.5', {})).toBe(4.5)
  expect(points('4,5', { decimal: 'comma' })).toBe(4.5)
  expect(points('100', {})).toBe(100)
  for (const raw of ['4,5', '1e2', '0x10', '1 000', '.5', '5.', '--5', 'Infinity', '٣']) {
    expect(rule(points(raw, {})), raw).toBe('value.not_a_number')
  }
  expect(rule(points('100.0001', {}))).toBe('value.out_of_range')
  expect(points('60', { maximum: 50 })).toMatchObject({
    rule: 'value.out_of_range',
    detail: { minimum: 0, maximum: 50 },
  })
  expect(points('160', { maximum: 500 })).toMatchObject({ detail: { maximum: 100 } })
  expect(rule(integer(0, 13)('3.0', {}))).toBe('value.not_an_integer')
})

test('equal words are equal however their letters are composed', () => {
  expect(text(20)('A\u0304boli', {})).toBe('Āboli')
  expect(rule(text(3)('abcd', {}))).toBe('value.too_long')
  expect(rule(text(9)('abcd', { maximumLength: 3 }))).toBe('value.too_long')
})

test('only the named words are allowed', () => {
  expect(oneOf(['female', 'male'])('male', {})).toBe('male')
  expect(oneOf(['female', 'male'])('Male', {})).toMatchObject({ detail: { allowed: 'female, male' } })
})

test('what cannot be seen is found; Latvian letters, quotes and emoji are not', () => {
  for (const seen of ['Ērgļu „Saule” – 1. vidusskola', '🙂', "O'Hara"])
    expect(isInvisible(seen), seen).toBe(false)
  for (const unseen of ['a\u0000', 'a\nb', 'a\u0085', 'a\u202Eb', '\u2066a', '\u007F']) {
    expect(isInvisible(unseen), JSON.stringify(unseen)).toBe(true)
  }
})
