import { expect, test } from 'vitest'
import type { Indicator } from '#modules/indicators/model.ts'
import type { Trend } from '#modules/publications/model.ts'
import { languages } from '../text/language.ts'
import { yearSentence } from './year-sentence.ts'

const share = { kind: 'share', unit: 'share' } as Indicator
const { lv } = languages

function years(...points: object[]): Trend['points'] {
  return points.map((point, at) => ({ schoolYear: 2025 + at, breaks: [], change: null, ...point })) as never
}

test('one year of a test is a first measurement, whatever is told of it; one year of a register is not', () => {
  expect(yearSentence(lv, share, years({}), true)).toBe('pirmais mērījums')
  expect(yearSentence(lv, share, years({}), false)).toBeNull()
})

test('two years are told by their change, and by what keeps them from being compared', () => {
  const change = { verdict: 'higher' }
  expect(yearSentence(lv, share, years({}, { change }), true)).toBe('augstāk nekā gadu iepriekš')
  expect(yearSentence(lv, share, years({}, { change, breaks: ['scale'] }), true)).toBe(
    'ar iepriekšējo gadu nesalīdzina: cita skala',
  )
})

test('counts are not judged', () => {
  expect(yearSentence(lv, { ...share, kind: 'count' } as Indicator, years({}), true)).toBeNull()
})
