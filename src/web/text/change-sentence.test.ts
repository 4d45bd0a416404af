import { expect, test } from 'vitest'
import type { SeriesPoint } from '#modules/publications/model.ts'
import { borderSentences, changeSentence, changeWords } from './change-sentence.ts'
import { figureWriter } from './figure.ts'
import { languages } from './language.ts'
import { cellOf, indicatorOf, plain } from './made-up.ts'

const { lv, en } = languages
const point = (schoolYear: number, value: number, more: Partial<SeriesPoint> = {}): SeriesPoint => ({
  schoolYear,
  cell: cellOf({ schoolYear, value, low: value - 0.5, high: value + 0.5 }),
  assessment: null,
  breaks: [],
  change: null,
  announced: null,
  pooled: null,
  ...more,
})
const change = (difference: number, verdict: 'higher' | 'lower' | 'no_clear_difference') => ({
  difference,
  se: 0.2,
  low: difference - 0.4,
  high: difference + 0.4,
  verdict,
})
const say = (language = lv, points: SeriesPoint[], indicator = indicatorOf()) => {
  const said = changeSentence(
    language,
    indicator,
    points,
    figureWriter(
      language,
      indicator.unit,
      points.map(({ cell }) => cell),
    ),
  )
  return said === null ? null : plain(said)
}

test('one year alone makes no sentence', () => {
  expect(say(lv, [point(2026, 5)])).toBeNull()
})

test('a clear rise is called so, with its interval', () => {
  const points = [point(2025, 4.5), point(2026, 6.5, { change: change(2, 'higher') })]
  expect(say(lv, points)).toBe(
    '2024./2025. m. g.: 4,5; 2025./2026. m. g.: 6,5. Kāpums ir skaidrs: +2,0 (no 1,6 līdz 2,4; 95 %).',
  )
  expect(say(en, points)).toBe('2024/25: 4.5; 2025/26: 6.5. The rise is clear: +2.0 (1.6 to 2.4; 95%).')
})

test('where the interval of the difference holds zero, there is no clear difference', () => {
  const points = [point(2025, 4.5), point(2026, 4.7, { change: change(0.2, 'no_clear_difference') })]
  expect(say(lv, points)).toContain('Nav skaidras atšķirības: izmaiņa ir +0,2 (no −0,2 līdz 0,6; 95 %).')
})

test('shares differ in percentage points', () => {
  const share = (schoolYear: number, value: number) =>
    point(schoolYear, value, { cell: cellOf({ schoolYear, value, low: value - 0.05, high: value + 0.05 }) })
  const fallen = { difference: -0.1, se: 0.02, low: -0.14, high: -0.06, verdict: 'lower' as const }
  const points = [share(2025, 0.9), { ...share(2026, 0.8), change: fallen }]
  expect(say(lv, points, indicatorOf({ kind: 'share', unit: 'share' }))).toBe(
    '2024./2025. m. g.: 90 %; 2025./2026. m. g.: 80 %. Kritums ir skaidrs: −10,0 p. p. (no −14,0 līdz −6,0; 95 %).',
  )
})

test('counts are told and not judged', () => {
  const count = (schoolYear: number, value: number) =>
    point(schoolYear, value, { cell: cellOf({ schoolYear, value, n: value, low: null, high: null }) })
  expect(say(lv, [count(2025, 61), count(2026, 70)], indicatorOf({ kind: 'count', unit: 'pupils' }))).toBe(
    '2024./2025. m. g.: 61 skolēns; 2025./2026. m. g.: 70 skolēnu.',
  )
})

test.each([
  ['formula', 'jo ir mainījusies formula', 'cita formula'],
  ['scale', 'jo pārbaudījumam ir cita skala', 'cita skala'],
  ['borders', 'jo ir mainījušās robežas', 'citas robežas'],
] as const)('across a break nothing is compared, and the reason is said: %s', (reason, sentence, word) => {
  const broken = point(2026, 6.5, { breaks: [reason] })
  expect(say(lv, [point(2025, 4.5), broken])).toContain(sentence)
  expect(changeWords(lv, broken)).toBe(word)
})

test('a last year that is protected is said to be so, and one before it keeps its place in the sentence', () => {
  const hidden = (schoolYear: number) =>
    point(schoolYear, 0, {
      cell: cellOf({ schoolYear, value: null, n: null, low: null, high: null, absent: 'too_few' }),
    })
  expect(say(lv, [point(2025, 4.5), hidden(2026)])).toBe('2025./2026. m. g. skaitlis nav parādīts.')
  expect(say(lv, [hidden(2025), point(2026, 4.5)])).toBe(
    '2024./2025. m. g.: nav parādīts; 2025./2026. m. g.: 4,5.',
  )
})

test('a change of borders names the day and the places', () => {
  const id = '00000000-0000-4000-8000-000000000003'
  const name = { lv: 'Varakļānu novads', en: 'Varakļāni Municipality', genitive: null, locative: null }
  const place = { id, level: 'municipality' as const, code: '1', name }
  const joined = { day: '2025-07-01', schoolYear: 2026, joined: [place], left: [] }
  expect(borderSentences(lv, [joined])).toEqual([
    '01.07.2025. robežas mainījās: pievienojās Varakļānu novads.',
  ])
  expect(borderSentences(en, [{ ...joined, joined: [], left: [place] }])).toEqual([
    'Borders changed on 1 July 2025: Varakļāni Municipality went to another territory.',
  ])
})
