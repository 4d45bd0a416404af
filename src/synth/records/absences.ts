import { chance, quarter } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import { NONE } from '../learners/events.ts'
import type { Year } from '../learners/history.ts'
import { type Population, promise } from '../learners/population.ts'
import type { Network } from '../network/network.ts'
import { lessonsAWeek } from './lesson-plan.ts'
import { staysOf } from './stays.ts'

/** School days of September … June. */
const DAYS = [21, 18, 20, 15, 17, 18, 17, 18, 19, 0]
/** First day of these months, counted from 1 September; and of July. */
const FIRST = [0, 30, 61, 91, 122, 153, 181, 212, 242, 273, 303]
/** How much more, or less, is missed for illness. */
const ILLNESS = [0.7, 0.9, 1.1, 1.2, 1.2, 1.3, 1.1, 0.9, 0.7, 0]

/** What absence is made of: shares of lessons, and how much the logarithm of the unexcused share rises with the log odds of leaving. */
export const missing = {
  excused: 0.042,
  unexcused: { early: 0.0008, basic: 0.005, secondary: 0.009, trade: 0.03 },
  onRisk: 0.7,
  spread: 1.1,
  beforeLeaving: 4,
}

/**
 * Lessons held for every learner and missed by them, month by month, one row a learner and school. Illness is shared out by season; few miss
 * much without excuse, and those mostly who are about to leave.
 */
export function* absenceRows(
  year: Year,
  { network, codeOf, seed }: { network: Network; codeOf: (learner: number) => string; seed: number },
): Generator<Batch> {
  const { people, events, classes } = year
  const draws = chance(seed, 'absences', year.year)
  const rows = new Rows('absences')
  const luck = new Float64Array(4)
  for (let learner = 0; learner < people.count; learner++) {
    const grade = people.grade[learner]!
    if (grade === 0) continue
    const leaves = events.leftEarly(learner)
    for (const { school, from, to } of staysOf(year, learner)) {
      const { kind, form, reg } = network.schools[school]!
      const group = classes.of[learner]!
      if (form === 'distance' || (group !== NONE && classes.home[group] === 1)) continue
      const aDay = lessonsAWeek(grade) / 5
      const illness = missing.excused * Math.exp(0.6 * draws.normal() - 0.18)
      const truant =
        unexcusedShare(people, learner, grade, kind === 'vocational', events.risk[learner]!) *
        Math.exp(missing.spread * draws.normal() - missing.spread ** 2 / 2)
      const lessons: number[] = []
      const excused: number[] = []
      const unexcused: number[] = []
      for (let month = 0; month < DAYS.length; month++) {
        const there = Math.min(to + 1, FIRST[month + 1]!) - Math.max(from, FIRST[month]!)
        const held =
          there <= 0 ? 0 : Math.round((DAYS[month]! * aDay * there) / (FIRST[month + 1]! - FIRST[month]!))
        if (held > 0) quarter(draws.uniform(), luck)
        const ill = Math.min(held, Math.floor(held * illness * ILLNESS[month]! * 2 * luck[0]! + luck[1]!))
        const gone = leaves ? missing.beforeLeaving * (to - FIRST[month]! < 60 ? 2 : 1) : 1
        const out = Math.min(
          held - ill,
          Math.floor(held * Math.min(0.7, truant * gone) * 2 * luck[2]! + luck[3]!),
        )
        lessons.push(held)
        excused.push(ill)
        unexcused.push(out)
      }
      if (!lessons.some((held) => held > 0)) continue
      rows.add({
        learner_uid: codeOf(learner),
        reg_number: reg,
        school_year: year.year,
        lessons: lessons.join(' '),
        excused: excused.join(' '),
        unexcused: unexcused.join(' '),
      })
    }
    yield* rows.full()
  }
  yield* rows.rest()
}

/** The share of lessons a learner misses without excuse in an ordinary year, before chance. */
function unexcusedShare(
  people: Population,
  learner: number,
  grade: number,
  isTrade: boolean,
  risk: number,
): number {
  const { early, basic, secondary, trade } = missing.unexcused
  const base = grade < 7 ? early : isTrade ? trade : grade < 10 ? basic : secondary
  if (Number.isNaN(risk) || risk <= 0) return base * Math.exp(-0.5 * promise(people, learner))
  const usual = isTrade ? 0.09 : grade < 10 ? 0.0025 : 0.018
  return base * Math.exp(missing.onRisk * Math.log(risk / (1 - risk) / (usual / (1 - usual))))
}
