import { numberOfDay } from '../calendar.ts'
import { chance } from '../chance.ts'
import { personalCode } from '../codes.ts'
import { history } from '../learners/history.ts'
import { OUT, UKRAINE } from '../learners/population.ts'
import { makeNetwork } from '../network/network.ts'
import { type Plan, SNAPSHOT } from '../size.ts'
import { Abilities, EXEMPT, GIFTS, parameters } from './abilities.ts'
import { type Subject, subjects, testedGrades } from './rounds.ts'
import { treatments } from './treatments.ts'

/** A pupil who sits the tests of the school year that has begun, and what is true of them. */
export interface Pupil {
  /** number in the country: what chance decides about the pupil follows from it */
  n: number
  /** personal code */
  code: string
  /** standard deviations of the grade, above (+) or below (−) its mean in the year of the scale */
  ability: Record<Subject, number>
  /** of a kind of special need that is not tested, or in the first year of Latvian */
  exempt: 'special_need' | 'newcomer' | null
  hasNeed: boolean
}

/**
 * Who sits the tests of the year for which a package has no results yet. The country is made anew up to that year, so that abilities
 * are those the results of earlier years came of; nobody else knows them.
 */
export function* pupilsThisYear(plan: Plan): Generator<Pupil> {
  const network = makeNetwork(plan)
  const year = plan.lastYear
  const lifts = new Map<string, number>()
  for (const { school, subject, since, effect } of treatments(plan, network))
    if (year >= since) lifts.set(`${school} ${subject}`, effect)
  for (const { year: of, people, events } of history(plan, network)) {
    if (of < year) continue
    const abilities = new Abilities(people, plan.seed, GIFTS)
    const draws = chance(plan.seed, 'results', year)
    for (let n = 0; n < people.count; n++) {
      const grade = testedGrades.find((each) => each === people.grade[n])
      if (grade === undefined || people.school[n] === OUT) continue
      const occasion = draws.normal()
      const at = events.schoolOn(n, numberOfDay(year, SNAPSHOT), people.school[n]!)
      if (at === OUT) continue
      const need = people.need[n]!
      const isNew = people.group[n] === UKRAINE && events.from[n]! > 0
      const inSubject = (subject: Subject) => {
        const round = { code: '', subject, year, grade, heldOn: SNAPSHOT, startsFrom: null }
        const points = abilities.of(n, network.schools[at]!, round, occasion)
        return (points + (lifts.get(`${at} ${subject}`) ?? 0) - parameters.mean[grade]) / parameters.points
      }
      yield {
        n,
        code: personalCode(n, plan.seed),
        ability: Object.fromEntries(subjects.map((each) => [each, inSubject(each)])) as Pupil['ability'],
        exempt: EXEMPT.has(need) ? 'special_need' : isNew ? 'newcomer' : null,
        hasNeed: need > 0,
      }
    }
  }
}
