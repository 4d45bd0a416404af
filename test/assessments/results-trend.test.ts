import { expect, test } from 'vitest'
import { type SchoolRow, schoolTests } from '../../src/modules/assessments/results/school-results.ts'

/** Thirty pupils a year around a mean, deviation near 30. */
const yearOf = (schoolYear: number, mean: number): SchoolRow[] =>
  Array.from({ length: 30 }, (_, at) => ({
    round: `R-${schoolYear}`,
    name: { lv: 'Darbs', en: 'Test' },
    schoolYear,
    domain: 'numeracy',
    grade: 6,
    classId: null,
    className: null,
    language: null,
    sex: 'unknown',
    supported: false,
    score: mean + (((at * 7) % 30) - 14.5) * 3.4,
    level: null,
    isOfficial: true,
  }))
const rows = [...yearOf(2027, 500), ...yearOf(2028, 520)]
const verdictOf = (told: Parameters<typeof schoolTests>[1]) => schoolTests(rows, told)[0]!.years[1]!

const first = { code: 'R-2027', scale: 'numeracy-6', linkedTo: null, linkError: 0 }
const second = { code: 'R-2028', scale: 'numeracy-6', linkedTo: 'R-2027', linkError: 2 }

test('a clear rise on one scale is told, with the error of the link in it', () => {
  expect(verdictOf([first, second])).toMatchObject({ verdict: 'higher', linkError: 2 })
})
test('the same rise is not clear where the scales are linked badly', () => {
  expect(verdictOf([first, { ...second, linkError: 12 }])).toMatchObject({ verdict: 'none', linkError: 12 })
})
test('of years on scales of their own nothing is said', () => {
  expect(verdictOf([first, { ...second, scale: 'numeracy-6-2028' }])).toMatchObject({
    verdict: null,
    linkError: null,
  })
  expect(verdictOf([second])).toMatchObject({ verdict: null, linkError: null })
})
test('of tests from outside no error of a link is known', () => {
  expect(verdictOf([])).toMatchObject({ verdict: 'higher', linkError: null })
})
