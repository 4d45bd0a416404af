import { numberOfDay } from '../calendar.ts'
import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Year } from '../learners/history.ts'
import { OUT, UKRAINE } from '../learners/population.ts'
import type { Network } from '../network/network.ts'
import { Abilities, EXEMPT, GIFTS, parameters } from './abilities.ts'
import { type Round, SCALE } from './rounds.ts'
import type { Treatment } from './treatments.ts'

const TAKES_PART = 0.945
const TAKES_PART_WITH_NEED = 0.82
const APPEALED = 0.003

/** The results of a year's rounds, with the abilities behind them. */
export function* resultRows(
  { year, people, events }: Year,
  held: readonly Round[],
  {
    network,
    treated,
    codeOf,
    seed,
  }: {
    network: Network
    treated: readonly Treatment[]
    codeOf: (learner: number) => string
    seed: number
  },
): Generator<Batch> {
  const now = held.filter((round) => round.year === year)
  if (now.length === 0) return
  const draws = chance(seed, 'results', year)
  const abilities = new Abilities(people, seed, GIFTS)
  const lifts = new Map<string, number>()
  for (const { school, subject, since, effect } of treated) {
    if (year >= since) lifts.set(`${school} ${subject}`, effect)
  }
  const results = new Rows('results')
  const truths = new Rows('true_abilities')
  for (let learner = 0; learner < people.count; learner++) {
    const grade = people.grade[learner]!
    if ((grade !== 3 && grade !== 6) || people.school[learner] === OUT) continue
    const need = people.need[learner]!
    const isNew = people.group[learner] === UKRAINE && events.from[learner]! > 0
    const occasion = draws.normal()
    for (const round of now) {
      if (round.grade !== grade) continue
      const isThere = draws.happens(need > 0 ? TAKES_PART_WITH_NEED : TAKES_PART)
      const error = draws.normal()
      const isAppealed = draws.happens(APPEALED)
      const at = events.schoolOn(learner, numberOfDay(year, round.heldOn), people.school[learner]!)
      if (!isThere || isNew || EXEMPT.has(need) || at === OUT) continue
      const school = network.schools[at]!
      const lift = lifts.get(`${at} ${round.subject}`) ?? 0
      const ability = abilities.of(learner, school, round, occasion) + lift
      const value = Math.round(ability + parameters.points * parameters.error * error)
      const code = codeOf(learner)
      results.add({
        learner_uid: code,
        assessment: round.code,
        reg_number: school.reg,
        value: Math.min(SCALE.maximum, Math.max(SCALE.minimum, value)),
        status: isAppealed ? 'after_appeal' : 'official',
        parts: null,
      })
      truths.add({ learner_uid: code, assessment: round.code, ability: Number(ability.toFixed(2)) })
    }
    yield* results.full()
    yield* truths.full()
  }
  yield* results.rest()
  yield* truths.rest()
}
