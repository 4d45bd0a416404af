import { type Batch, Rows } from '../contract.ts'
import { LAST_YEAR, type Plan } from '../size.ts'

export type Level = 'OL' | 'AL'

/** One sitting of an examination, or of a test of grade 9 that nobody can fail. */
export interface Exam {
  code: string
  /** the series: the same examination over the years */
  series: string
  subject: string
  year: number
  grade: 9 | 12
  level: Level | null
  kind: 'exam' | 'monitoring' | 'diagnostic'
  heldOn: string
  /** per cent; fewer are not passed */
  threshold: number | null
  parts: readonly (readonly [name: string, maximum: number])[]
  /** per cent of all who take it */
  mean: number
  /** how far a deviation of ability leads on the scale of log odds */
  slope: number
  /** where half of the learners lack what the rest builds on: how far apart the two halves are (log odds); 0: one hill */
  apart: number
}

export const PERCENT = { code: 'percent', minimum: 0, maximum: 100 }

/** Girls less boys, standard deviations of ability. */
export const examSexGap: Readonly<Record<string, number>> = { latvian: 0.4, english: 0.1, mathematics: -0.04 }

interface Series {
  subject: string
  grade: 9 | 12
  level: Level | null
  lv: string
  en: string
  day: string
  /** mean by year; others take that of the nearest year before, or the first */
  means: Readonly<Record<number, number>>
  parts: Exam['parts']
  slope?: number
  apart?: number
  since?: number
  /** last year */
  until?: number
  kind?: Exam['kind']
}

const languageParts = [
  ['reading', 20],
  ['language', 20],
  ['writing', 24],
  ['speaking', 16],
] as const
const foreignParts = [
  ['listening', 25],
  ['reading', 25],
  ['writing', 25],
  ['speaking', 25],
] as const
const twoParts = [
  ['knowledge', 30],
  ['application', 30],
] as const

/**
 * Means of grade 9 in 2023–2025 and of mathematics in grade 12 in 2024 and 2025 are those published (State Education Content Centre; the
 * ministry's releases of the results); all others are made up. Grade 9 was examined from 2022 on, two levels in grade 12 exist from 2023.
 */
const all: readonly Series[] = [
  {
    ...{ subject: 'latvian', grade: 9, level: null, day: '05-19', parts: languageParts, slope: 0.95 },
    ...{ lv: 'latviešu valoda', en: 'Latvian' },
    means: { 2022: 57.6, 2023: 58.1, 2024: 59.1, 2025: 58.5, 2026: 58.8 },
  },
  {
    ...{
      subject: 'mathematics',
      grade: 9,
      level: null,
      day: '05-26',
      parts: twoParts,
      slope: 0.8,
      apart: 0.6,
    },
    ...{ lv: 'matemātika', en: 'mathematics' },
    means: { 2022: 48.9, 2023: 50.5, 2024: 43.2, 2025: 53.8, 2026: 52.9 },
  },
  {
    ...{
      subject: 'english',
      grade: 9,
      level: null,
      day: '05-22',
      parts: foreignParts,
      slope: 1.18,
      until: 2025,
    },
    ...{ lv: 'angļu valoda', en: 'English' },
    means: { 2022: 65.2, 2023: 66.1, 2024: 64, 2025: 65.8 },
  },
  {
    ...{
      subject: 'english',
      grade: 9,
      level: null,
      day: '04-22',
      parts: foreignParts,
      slope: 1.18,
      since: 2026,
    },
    ...{ lv: 'angļu valoda', en: 'English', kind: 'monitoring' },
    means: { 2026: 65.4 },
  },
  {
    ...{ subject: 'science', grade: 9, level: null, day: '04-28', parts: twoParts, since: 2026 },
    ...{ lv: 'dabaszinātnes', en: 'natural sciences', kind: 'diagnostic' },
    means: { 2026: 51.7 },
  },
  ...bothLevels('latvian', 'latviešu valoda', 'Latvian', '06-03', languageParts, [52.4, 63.1]),
  ...bothLevels('english', 'angļu valoda', 'English', '05-25', foreignParts, [60.8, 68.9]),
  ...bothLevels(
    'mathematics',
    'matemātika',
    'mathematics',
    '06-01',
    twoParts,
    [36.2, 57.4],
    [
      { 2023: 36.2, 2024: 34.3, 2025: 43.7, 2026: 42.5 },
      { 2023: 57.4, 2024: 59, 2025: 62, 2026: 61.3 },
    ],
  ),
  ...advanced('biology', 'bioloģija', 'biology', '05-22', 56.5),
  ...advanced('chemistry', 'ķīmija', 'chemistry', '05-18', 58.2),
  ...advanced('physics', 'fizika', 'physics', '05-20', 54.1),
  ...advanced('history', 'vēsture', 'history', '05-14', 52.8),
  ...advanced('geography', 'ģeogrāfija', 'geography', '05-12', 57.3),
  ...advanced('programming', 'programmēšana', 'programming', '05-15', 60.2),
]

function bothLevels(
  subject: string,
  lv: string,
  en: string,
  day: string,
  parts: Exam['parts'],
  means: readonly [ol: number, al: number],
  byYear?: readonly [Series['means'], Series['means']],
): Series[] {
  return (['OL', 'AL'] as const).map((level, at) => ({
    ...{ subject, grade: 12, level, lv, en, day, parts, since: 2023 },
    means: byYear?.[at] ?? { 2023: means[at]! },
    ...(subject === 'mathematics' && level === 'OL' ? { apart: 0.5, slope: 0.75 } : {}),
  }))
}

function advanced(subject: string, lv: string, en: string, day: string, mean: number): Series[] {
  return [
    { subject, grade: 12, level: 'AL', lv, en, day, parts: twoParts, since: 2023, means: { 2023: mean } },
  ]
}

/** Points of a hundred from which on an examination is passed (Cabinet regulations on state examinations, as they changed). */
export function thresholdOf(grade: number, year: number): number {
  if (year <= 2022) return 5
  if (grade === 9) return year <= 2025 ? 10 : 15
  return year <= 2024 ? 10 : year === 2025 ? 15 : 20
}

const FIRST_YEAR = 2022

/** The examinations held in the school years of a plan; the year that has begun has none yet. */
export function examsOf({ firstYear }: Plan): Exam[] {
  return Array.from({ length: LAST_YEAR - firstYear }, (_, at) => firstYear + at).flatMap((year) =>
    all
      .filter(({ since = FIRST_YEAR, until = LAST_YEAR }) => year >= since && year <= until)
      .map((series): Exam => {
        const { subject, grade, level, day, parts, kind = 'exam', slope = 0.85, apart = 0 } = series
        const name = [kind, grade, subject, level?.toLowerCase()].filter(Boolean).join('-')
        return {
          ...{
            code: `${name}-${year}`,
            series: name,
            subject,
            year,
            grade,
            level,
            kind,
            parts,
            slope,
            apart,
          },
          heldOn: `${year}-${day}`,
          threshold: kind === 'exam' ? thresholdOf(grade, year) : null,
          mean: meanOf(series, year),
        }
      }),
  )
}

function meanOf({ means }: Series, year: number): number {
  const years = Object.keys(means).map(Number)
  return means[Math.max(...years.filter((each) => each <= year), Math.min(...years))]!
}

const kinds = {
  exam: { lv: 'Eksāmens', en: 'Examination' },
  monitoring: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
  diagnostic: { lv: 'Diagnosticējošais darbs', en: 'Diagnostic test' },
}
const levels = {
  OL: { lv: 'optimālais līmenis', en: 'optimal level' },
  AL: { lv: 'augstākais līmenis', en: 'advanced level' },
}

/** The scale of examinations and the sittings, as rows of the contract. */
export function* examRows(exams: readonly Exam[]): Generator<Batch> {
  const scales = new Rows('scales')
  scales.add({ ...PERCENT, name_lv: 'Procenti', name_en: 'Per cent' })
  yield* scales.rest()
  const rows = new Rows('assessments')
  for (const { code, series, subject, year, grade, level, kind, heldOn, threshold, parts } of exams) {
    const { lv, en } = all.find((each) => each.subject === subject)!
    rows.add({
      code,
      subject: series,
      name_lv: [`${kinds[kind].lv} ${grade}. klasei: ${lv}`, level && levels[level].lv, year]
        .filter(Boolean)
        .join(', '),
      name_en: [`${kinds[kind].en}, grade ${grade}: ${en}`, level && levels[level].en, year]
        .filter(Boolean)
        .join(', '),
      school_year: year,
      grade,
      held_on: heldOn,
      scale: PERCENT.code,
      starts_from: null,
      kind,
      level,
      threshold,
      parts: parts.map(([name, maximum]) => `${name}:${maximum}`).join(' '),
      cuts: null,
    })
  }
  yield* rows.rest()
}
