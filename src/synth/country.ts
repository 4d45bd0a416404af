import { monthText } from './calendar.ts'
import { chance } from './chance.ts'
import { personalCode, temporaryNumber } from './codes.ts'
import { type Batch, Rows } from './contract.ts'
import { history, type Year } from './learners/history.ts'
import { citizenshipGroups, type Population, UKRAINE } from './learners/population.ts'
import { ProgrammesInUse } from './learners/programmes.ts'
import { classRows, enrolmentRows, type Saying, secondRows } from './learners/rows.ts'
import { SecondPlaces } from './learners/second.ts'
import { makeNetwork, type Network, territoryOn } from './network/network.ts'
import { networkRows, programmeRows } from './network/rows.ts'
import type { Plan } from './size.ts'
import { personName } from './words/people.ts'

/**
 * A made-up Latvia: all rows of the import contract, and beside them the truths they were made from. Everything follows from the plan;
 * the same plan gives the same rows in the same order. Nobody in it exists.
 *
 * Rows come in batches of one file each, year by year, so that a country needs little memory.
 */
export function* makeCountry(plan: Plan): Generator<Batch> {
  const network = makeNetwork(plan)
  yield* networkRows(network, plan)
  const programmes = new ProgrammesInUse()
  let second: SecondPlaces | undefined
  let people: Population | undefined
  const codeOf = coder(plan.seed, 0)
  for (const year of history(plan, network)) {
    people = year.people
    second ??= new SecondPlaces(people, network)
    second.step(year.events, chance(plan.seed, 'second', year.year))
    const saying: Saying = { network, codeOf, programmes, second, teacherOf: () => null }
    yield* yearRows(year, saying)
  }
  yield* programmeRows(programmes, plan)
  if (people) yield* learnerRows(people, network, codeOf, plan)
}

function* yearRows(year: Year, saying: Saying): Generator<Batch> {
  yield* classRows(year, saying)
  yield* enrolmentRows(year, saying)
  yield* secondRows(year, saying)
}

/** Personal codes by number, each made once. */
function coder(seed: number, offset: number): (n: number) => string {
  const known: string[] = []
  return (n) => {
    known[n] ??= personalCode(offset + n, seed)
    return known[n]
  }
}

/** Everybody who was enrolled in one of the years, as known on the day of the snapshot. */
function* learnerRows(
  people: Population,
  { towns }: Network,
  codeOf: (learner: number) => string,
  { seed }: Plan,
): Generator<Batch> {
  const rows = new Rows('learners')
  for (let learner = 0; learner < people.count; learner++) {
    if (people.seen[learner] === 0) continue
    const group = people.group[learner]!
    rows.add({
      learner_uid: codeOf(learner),
      name: personName(learner, people.family[learner]!, people.sex[learner] === 0 ? 'female' : 'male', seed),
      birth_month: monthText(people.born[learner]!),
      sex: people.sex[learner] === 0 ? 'female' : 'male',
      residence_code: territoryOn(towns[people.home[learner]!]!),
      citizenship_group: citizenshipGroups[group]!,
      special_need: people.need[learner] || null,
      previous_uid:
        people.renumbered[learner] === 0
          ? null
          : group === UKRAINE
            ? temporaryNumber(learner)
            : personalCode(60_000_000 + learner, seed),
    })
    yield* rows.full()
  }
  yield* rows.rest()
}
