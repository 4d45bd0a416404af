import { expect, test } from 'vitest'
import type { ToldRound } from '#modules/assessments/model.ts'
import { roundBefore, trendOf } from './place-trend.ts'

const round = (schoolYear: number, more: Partial<ToldRound> = {}): ToldRound => ({
  id: '00000000-0000-4000-8000-000000000001',
  code: `R-${schoolYear}`,
  subject: 'numeracy-6',
  domain: 'numeracy',
  domainName: { lv: 'Rēķinpratība', en: 'Numeracy' },
  grade: 6,
  schoolYear,
  name: { lv: 'Darbs', en: 'Test' },
  isOfficial: true,
  scale: 'numeracy-6',
  linkedTo: null,
  linkError: 0,
  toldAt: null,
  levels: [1, 2, 3, 4].map((level) => ({ lv: `${level}`, en: `${level}` })),
  ...more,
})
const first = round(2027)
const second = round(2028, { linkedTo: 'R-2027', linkError: 4 })

test('of the first round nothing can be said yet', () => {
  expect(trendOf(first, roundBefore(first, [first, second]), { value: 500, se: 3 }, undefined)).toEqual({
    is: 'first',
  })
})
test('a change carries the errors of both means and that of the link: √(3² + 3² + 4²) = 5.83', () => {
  const found = trendOf(
    second,
    roundBefore(second, [first, second]),
    { value: 515, se: 3 },
    { value: 500, se: 3 },
  )
  expect(found).toMatchObject({ is: 'change', before: 2027, difference: 15, linkError: 4, verdict: 'higher' })
  if (found.is !== 'change') throw new Error('no change')
  expect(found.low).toBeCloseTo(15 - 1.96 * Math.sqrt(34), 9)
})
test('what is clear without the error of the link need not be clear with it', () => {
  const [now, then] = [
    { value: 510, se: 3 },
    { value: 500, se: 3 },
  ] // 1.96 √18 = 8.3 < 10 < 11.4
  expect(trendOf(second, first, now, then)).toMatchObject({ verdict: 'no_clear_difference' })
})
test('rounds on scales of their own are not subtracted, nor is a mean that is not told', () => {
  const own = round(2028, { scale: 'numeracy-6-2028' })
  expect(trendOf(own, first, { value: 515, se: 3 }, { value: 500, se: 3 })).toEqual({
    is: 'apart',
    before: 2027,
  })
  expect(trendOf(second, first, { value: 515, se: 3 }, { value: null, se: null })).toEqual({
    is: 'apart',
    before: 2027,
  })
})
test('only rounds of the same test come before', () => {
  const other = round(2028, { subject: 'literacy-6', scale: 'literacy-6' })
  expect(roundBefore(round(2029), [other, first, second])).toBe(second)
})
