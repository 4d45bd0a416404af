import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import { isHomeProgramme } from '../learners/programmes.ts'
import type { Network } from '../network/network.ts'
import { ADVANCED_LESSONS, baskets, lessonsInTrade, lessonsOf } from './lesson-plan.ts'

/** A class whose lessons are told. */
export interface TaughtClass {
  id: string
  school: number
  grade: number
  letter: number
}

const DEVIATES = 0.12 // of the subjects of a class are planned otherwise than the sample says
const LOST = 0.035 // of lessons, for illness of teachers and days off
const HARD_TO_STAFF = new Set(['mathematics', 'physics', 'chemistry', 'computing'])
const SECOND_LANGUAGES = ['german', 'german', 'german', 'russian', 'french'] as const

/**
 * Lessons of the classes of a year: planned by the sample plan, or now and then by one lesson a week more or less; delivered less by illness.
 * The second foreign language is the one of the school; in grades 11 and 12 a class has one of the baskets of advanced courses.
 */
export function* lessonRows(
  year: number,
  classes: readonly TaughtClass[],
  { network, seed }: { network: Network; seed: number },
): Generator<Batch> {
  const draws = chance(seed, 'lessons', year)
  const rows = new Rows('lessons')
  // A school short of teachers is short of them in all its classes.
  const shortage = network.schools.map(() => Math.exp(0.5 * draws.normal() - 0.125))
  for (const { id, school, grade, letter } of classes) {
    const { kind } = network.schools[school]!
    const told: string[] = []
    const tell = (subject: string, sample: number, name = subject) => {
      const uniform = draws.uniform()
      const off = uniform < DEVIATES / 2 ? -35 : uniform < DEVIATES ? 35 : 0
      const planned = Math.max(35, sample + off)
      const lost = LOST * shortage[school]! * (HARD_TO_STAFF.has(subject) ? 1.7 : 1) * 2 * draws.uniform()
      told.push(`${name}:${planned}/${Math.round(planned * (1 - Math.min(0.6, lost)))}`)
    }
    const list = kind === 'vocational' ? lessonsInTrade() : lessonsOf(grade)
    for (const [subject, sample] of list) {
      tell(
        subject,
        sample,
        subject === 'german' ? SECOND_LANGUAGES[school % SECOND_LANGUAGES.length] : subject,
      )
    }
    if (kind !== 'vocational' && grade >= 11) {
      for (const subject of baskets[(letter + school) % baskets.length]!) {
        tell(subject, ADVANCED_LESSONS, `${subject}-al`)
      }
    }
    rows.add({ class_id: id, lessons: told.join(' ') })
    yield* rows.full()
  }
  yield* rows.rest()
}

/** The sample plans of the standards, for every general programme in use. */
export function* samplePlanRows(programmes: readonly string[]): Generator<Batch> {
  const rows = new Rows('sample_plans')
  for (const programme_code of [...new Set(programmes)].sort()) {
    const [from, to] = gradesOf(programme_code)
    for (let grade = from; grade <= to; grade++) {
      const always = { since: null, until: null }
      for (const [subject, lessons] of lessonsOf(grade)) {
        const names = subject === 'german' ? ['german', 'french', 'russian'] : [subject]
        for (const name of names) rows.add({ programme_code, grade, subject: name, lessons, ...always })
      }
    }
    yield* rows.full()
  }
  yield* rows.rest()
}

/** Grades of a general programme by the first two digits of its code; none for preschool, trades, direction and at home. */
function gradesOf(code: string): readonly [from: number, to: number] {
  if (isHomeProgramme(code)) return [1, 0]
  if (code.startsWith('1101')) return [1, 6]
  if (code.startsWith('2101')) return [1, 9]
  return code.startsWith('3101') ? [10, 12] : [1, 0]
}
