import { dayOfYear, numberOfDay } from '../calendar.ts'
import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Network } from '../network/network.ts'
import { type Plan, SNAPSHOT } from '../size.ts'
import { teachersNeeded } from '../staff/subjects.ts'

const A_YEAR = 0.055 // posts that are advertised, of those there are
const UNFILLED = 0.16 // of them nobody takes within the year
const DAYS_OPEN = 40 // in the mean, of the others
const FIRST_DAY = -90 // about 3 June before the school year
const WANTED = [
  ...(['mathematics', 'mathematics', 'mathematics', 'physics', 'chemistry', 'english', 'english'] as const),
  ...(['latvian', 'latvian', 'computing', 'primary', 'primary', 'biology', 'sport', 'history'] as const),
]
const SUPPORT = ['speech_therapist', 'psychologist', 'special_teacher', 'social_teacher'] as const

/** Posts that schools looked for somebody for before and in a school year; most in summer, and most were filled. */
export function* vacancyRows(
  year: number,
  learners: ArrayLike<number>,
  { schools }: Network,
  { seed }: Plan,
): Generator<Batch> {
  const draws = chance(seed, 'vacancies', year)
  const today = numberOfDay(year, SNAPSHOT)
  const rows = new Rows('vacancies')
  for (const school of schools) {
    if (school.kind === 'direction' || school.kind === 'interest') continue
    const posts = teachersNeeded(school, learners[school.at]!)
    const lift = school.isRural ? 1.5 : 1
    const many = Math.floor(posts * A_YEAR * lift + draws.uniform())
    for (let nth = 0; nth < many; nth++) {
      const open = draws.happens(0.8) ? FIRST_DAY + draws.integer(85) : draws.integer(200)
      const isFilled = !draws.happens(UNFILLED)
      const days = Math.round(-DAYS_OPEN * Math.log(1 - draws.uniform())) + 3
      const isTeacher = draws.happens(0.86)
      const [position, subject] = isTeacher
        ? school.kind === 'preschool'
          ? (['preschool_teacher', null] as const)
          : (['teacher', draws.pick(WANTED)] as const)
        : ([draws.pick(SUPPORT), null] as const)
      const rate = draws.pick([0.3, 0.5, 0.5, 0.8, 1, 1, 1])
      if (open > today) continue
      const filled = isFilled && open + days <= today ? dayFrom(year, open + days) : null
      rows.add({
        vacancy_id: `V-${year}-${school.at}-${nth}`,
        reg_number: school.reg,
        position_code: position,
        subject_code: subject,
        rate,
        open_on: dayFrom(year, open),
        filled_on: filled,
      })
    }
    yield* rows.full()
  }
  yield* rows.rest()
}

/** A day before or in a school year, counted from 1 September. */
function dayFrom(year: number, n: number): string {
  return n < 0 ? dayOfYear(year - 1, 365 + n) : dayOfYear(year, Math.min(n, 364))
}
