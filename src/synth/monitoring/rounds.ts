import { type Batch, Rows } from '../contract.ts'
import { LAST_YEAR, type Plan } from '../size.ts'

export const subjects = ['literacy', 'numeracy', 'science'] as const
export type Subject = (typeof subjects)[number]
export const testedGrades = [3, 6] as const

/** One monitoring test: a subject in a grade of a school year. */
export interface Round {
  code: string
  subject: Subject
  year: number
  grade: (typeof testedGrades)[number]
  heldOn: string
  /** the round three years before that the same learners took, where there was one */
  startsFrom: string | null
}

export const SCALE = { code: 'MONITORING', minimum: 0, maximum: 1000 }
const FIRST_REAL = 2026 // before, nobody was tested: those rounds are fiction, and say so

const words: Record<Subject, { lv: string; en: string; short: string }> = {
  literacy: { lv: 'tekstpratība', en: 'literacy', short: 'LIT' },
  numeracy: { lv: 'rēķinpratība', en: 'numeracy', short: 'NUM' },
  science: { lv: 'dabaszinātņu pratība', en: 'science', short: 'SCI' },
}

// The dates of 2026 (State Education Content Centre); other years take the same days.
const days: Record<Round['grade'], Record<Subject, string>> = {
  3: { literacy: '04-13', science: '04-16', numeracy: '04-23' },
  6: { literacy: '04-15', science: '04-20', numeracy: '04-27' },
}

// Points from which on levels 2, 3 and 4 begin: about a sixth of learners are at the lowest, more than half at the expected one.
const levels: Record<Round['grade'], string> = { 3: '305 385 500', 6: '405 485 600' }

const codeOf = (year: number, grade: number, subject: Subject) => `M-${year}-${grade}-${words[subject].short}`

/** The rounds held in the school years of a plan; the year that has begun has none yet. */
export function rounds({ firstYear }: Plan): Round[] {
  return Array.from({ length: LAST_YEAR - firstYear }, (_, at) => firstYear + at).flatMap((year) =>
    testedGrades.flatMap((grade) =>
      subjects.map((subject) => ({
        code: codeOf(year, grade, subject),
        subject,
        year,
        grade,
        heldOn: `${year}-${days[grade][subject]}`,
        startsFrom: grade === 6 && year - 3 >= firstYear ? codeOf(year - 3, 3, subject) : null,
      })),
    ),
  )
}

/** The scale and the rounds as rows of the contract. */
export function* roundRows(all: readonly Round[]): Generator<Batch> {
  const scales = new Rows('scales')
  scales.add({ ...SCALE, name_lv: 'Monitoringa darbu skala', name_en: 'Scale of monitoring tests' })
  yield* scales.rest()
  const rows = new Rows('assessments')
  for (const { code, subject, year, grade, heldOn, startsFrom } of all) {
    const { lv, en } = words[subject]
    const isFiction = year < FIRST_REAL
    rows.add({
      code,
      subject: `${subject}-${grade}`, // a series of its own: the same skill in another grade is another test
      name_lv: `Monitoringa darbs ${grade}. klasei: ${lv}, ${year}${isFiction ? ' (iedomāts)' : ''}`,
      name_en: `Monitoring test, grade ${grade}: ${en}, ${year}${isFiction ? ' (imagined)' : ''}`,
      school_year: year,
      grade,
      held_on: heldOn,
      scale: SCALE.code,
      starts_from: startsFrom,
      kind: 'monitoring',
      level: null,
      threshold: null,
      parts: null,
      cuts: levels[grade],
    })
  }
  yield* rows.rest()
}
