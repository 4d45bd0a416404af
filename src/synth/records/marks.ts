import { chance, quarter } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Year } from '../learners/history.ts'
import { Abilities, GIFTS } from '../monitoring/abilities.ts'
import { subjects } from '../monitoring/rounds.ts'
import type { Network } from '../network/network.ts'
import { markedIn, skillOf } from './lesson-plan.ts'
import { END_OF_FIRST_TERM, LAST_LESSON, staysOf } from './stays.ts'

/** What marks are made of: points of ten for a deviation of ability, girls less boys (deviations), what the year and a teacher do. */
export const marking = { points: 1.45, sexGap: 0.25, ofYear: 0.45, school: 0.4, beforeLeaving: -0.9 }

const MEAN: Readonly<Record<string, number>> = {
  ...{ latvian: 6.5, mathematics: 6.1, english: 6.9, physics: 6.2, chemistry: 6.2, computing: 7.6 },
}
const OTHER_MEAN = 6.7
const LEVELS = 3 // last grade with levels in place of marks
const CUTS = [-1.3, -0.35, 1.05] // of ability, between the levels S, T, A and P

/**
 * Marks of a year, of the first term, the second and the year, one row a learner and school. They lean on the same ability as results, on the
 * school less (teachers mark among their own), and fall before somebody leaves. Below grade 4 there are levels.
 */
export function* markRows(
  year: Year,
  { network, codeOf, seed }: { network: Network; codeOf: (learner: number) => string; seed: number },
): Generator<Batch> {
  const { people, events } = year
  const draws = chance(seed, 'marks', year.year)
  const abilities = new Abilities(people, seed, GIFTS)
  const rows = new Rows('marks')
  const luck = new Float64Array(4)
  const lists = new Map<string, { subject: string; skill: number; mean: number }[]>()
  for (let learner = 0; learner < people.count; learner++) {
    const grade = people.grade[learner]!
    if (grade === 0) continue
    for (const stay of staysOf(year, learner)) {
      const hasFirst = stay.from < END_OF_FIRST_TERM - 30 && stay.to >= END_OF_FIRST_TERM
      const hasSecond = stay.to === LAST_LESSON
      if (!hasFirst && !hasSecond) continue
      const { kind, effect, reg } = network.schools[stay.school]!
      const key = `${kind === 'vocational'} ${grade}`
      let list = lists.get(key)
      if (!list) {
        list = markedIn(grade, kind === 'vocational').map((subject) => ({
          subject,
          skill: subjects.indexOf(skillOf(subject)),
          mean: MEAN[subject] ?? OTHER_MEAN,
        }))
        lists.set(key, list)
      }
      if (list.length === 0) continue
      const standing = abilities.standing(learner)
      const sex = (people.sex[learner] === 0 ? 0.5 : -0.5) * marking.sexGap
      const common = sex + (events.leftEarly(learner) ? marking.beforeLeaving : 0)
      const isLevels = grade <= LEVELS
      const told = list.map(({ subject, skill, mean }) => {
        const z =
          standing[skill]! +
          marking.school * effect[subjects[skill]!] +
          common +
          marking.ofYear * draws.normal()
        quarter(draws.uniform(), luck)
        const exact = isLevels ? levelOf(z) : mean + marking.points * z
        const first = termMark(exact, isLevels, luck[0]!)
        const second = termMark(exact, isLevels, luck[1]!)
        const all = Math.round((first + second) / 2 + (luck[2]! < 0.6 ? 0.1 : -0.1))
        return `${subject}:${hasFirst ? first : '-'}/${hasSecond ? second : '-'}/${hasSecond ? all : '-'}`
      })
      rows.add({
        learner_uid: codeOf(learner),
        reg_number: reg,
        school_year: year.year,
        grade,
        scale: isLevels ? 'levels' : 'ten',
        marks: told.join(' '),
      })
    }
    yield* rows.full()
  }
  yield* rows.rest()
}

const levelOf = (z: number) => 1 + CUTS.filter((cut) => z > cut).length

/** The mark of a term around one that would be exact. */
function termMark(exact: number, isLevels: boolean, uniform: number): number {
  const drift = isLevels ? 0.3 : 0.7
  return Math.min(isLevels ? 4 : 10, Math.max(1, Math.round(exact + drift * (uniform * 2 - 1))))
}
