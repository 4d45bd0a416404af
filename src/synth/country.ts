import { monthText } from './calendar.ts'
import { chance } from './chance.ts'
import { personalCode, temporaryNumber } from './codes.ts'
import { type Batch, Rows } from './contract.ts'
import { plantErrors } from './errors/plant.ts'
import { representationRows } from './learners/families.ts'
import { history, type Year } from './learners/history.ts'
import { citizenshipGroups, OUT, type Population, UKRAINE } from './learners/population.ts'
import { ProgrammesInUse } from './learners/programmes.ts'
import { classRows, enrolmentRows, type Saying, secondRows, taughtClasses } from './learners/rows.ts'
import { SecondPlaces } from './learners/second.ts'
import { roundRows, rounds } from './monitoring/rounds.ts'
import { resultRows } from './monitoring/rows.ts'
import { treatments } from './monitoring/treatments.ts'
import { makeNetwork, type Network, territoryOn } from './network/network.ts'
import { networkRows, programmeRows } from './network/rows.ts'
import { prisonRows } from './prison.ts'
import { absenceRows } from './records/absences.ts'
import { contextRows } from './records/context.ts'
import { destinationRows } from './records/destinations.ts'
import { examRows, examsOf } from './records/exam-list.ts'
import { sitExams } from './records/exams.ts'
import { Purse } from './records/finance.ts'
import { lessonRows, samplePlanRows } from './records/lessons.ts'
import { markRows } from './records/marks.ts'
import { populationRows } from './records/population.ts'
import { vacancyRows } from './records/vacancies.ts'
import type { Plan } from './size.ts'
import { specialSchoolRows } from './special-schools.ts'
import { Roster } from './staff/roster.ts'
import { staffRows } from './staff/rows.ts'
import { learnerTruths, planTruths, riskTruths } from './truths.ts'
import { personName } from './words/people.ts'

/** Where the numbers of personal codes begin: learners from 0 on, then staff, parents, and the codes learners had before. */
const FROM = { staff: 20_000_000, adults: 40_000_000, former: 80_000_000 }

/**
 * A made-up Latvia: all rows of the import contract, and beside them the truths they were made from. Everything follows from the plan;
 * the same plan gives the same rows in the same order. Nobody in it exists.
 *
 * Rows come in batches of one file each, year by year, so that a country needs little memory.
 */
export function* makeCountry(plan: Plan): Generator<Batch> {
  yield* plan.errors ? plantErrors(makeSound(plan), plan) : makeSound(plan)
}

function* makeSound(plan: Plan): Generator<Batch> {
  const { seed } = plan
  const network = makeNetwork(plan)
  const treated = treatments(plan, network)
  const held = rounds(plan)
  const codeOf = coder(seed, 0)
  const staffCodeOf = coder(seed, FROM.staff)
  const programmes = new ProgrammesInUse()
  const roster = new Roster(network, plan)
  let second: SecondPlaces | undefined
  let people: Population | undefined
  yield* networkRows(network, plan)
  yield* roundRows(held)
  const exams = examsOf(plan)
  yield* examRows(exams)
  yield* populationRows(network, plan)
  const purse = new Purse()
  yield* planTruths(network, treated)
  for (const year of history(plan, network)) {
    people = year.people
    second ??= new SecondPlaces(people, network)
    second.step(year.events, chance(seed, 'second', year.year))
    const learners = learnersBySchool(year, network)
    roster.step(year.year, learners)
    purse.count(year, network)
    const teacherOf = classTeachers(roster, staffCodeOf)
    const sat = sitExams(year, exams, { network, seed })
    const saying: Saying = { network, codeOf, programmes, second, teacherOf, without: sat.without }
    yield* classRows(year, saying)
    yield* enrolmentRows(year, saying)
    yield* secondRows(year, saying)
    yield* resultRows(year, held, { network, treated, codeOf, seed })
    yield* sat.rows(codeOf)
    yield* riskTruths(year, codeOf)
    yield* vacancyRows(year.year, learners, network, plan)
    yield* contextRows(year, codeOf, seed)
    if (year.year < plan.lastYear) yield* recordRows(year, { network, codeOf, seed })
    if (year.year === plan.lastYear) {
      const adultOf = (family: number, nth: number) => personalCode(FROM.adults + 3 * family + nth, seed)
      yield* specialSchoolRows(year, network)
      yield* representationRows(people, codeOf, adultOf, seed)
    }
  }
  yield* programmeRows(programmes, plan)
  yield* samplePlanRows(programmes.list().map(({ code }) => code))
  yield* purse.rows(network, plan)
  yield* prisonRows(network, plan)
  yield* staffRows(roster, network, staffCodeOf, seed)
  if (people) {
    yield* learnerRows(people, network, codeOf, seed)
    yield* learnerTruths(people, codeOf)
  }
}

/** What was recorded of the lessons of a year that is over. */
function* recordRows(
  year: Year,
  on: { network: Network; codeOf: (learner: number) => string; seed: number },
): Generator<Batch> {
  yield* markRows(year, on)
  yield* absenceRows(year, on)
  yield* lessonRows(year.year, taughtClasses(year, on.network), on)
  yield* destinationRows(year, on)
}

/** Personal codes by number, each made once. */
function coder(seed: number, from: number): (n: number) => string {
  const known: string[] = []
  return (n) => {
    known[n] ??= personalCode(from + n, seed)
    return known[n]
  }
}

/** Learners of every school at the beginning of a year, second places counted where they are. */
export function learnersBySchool({ people, events }: Year, { schools }: Network): Int32Array {
  const learners = new Int32Array(schools.length)
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT || events.from[learner]! > 0) continue
    learners[school] = learners[school]! + 1
    const second = people.second[learner]!
    if (second !== OUT) learners[second] = learners[second]! + 1
  }
  return learners
}

/** Who leads which class: the teachers of a school take turns. */
function classTeachers(roster: Roster, codeOf: (person: number) => string) {
  const teachers = new Map<number, string[]>()
  return (school: number, n: number): string | null => {
    let own = teachers.get(school)
    if (!own) {
      own = roster.teachersOf(school).map((person) => codeOf(person.n))
      teachers.set(school, own)
    }
    return own.length === 0 ? null : own[n % own.length]!
  }
}

/** Everybody who was enrolled in one of the years, as known on the day of the snapshot. */
function* learnerRows(
  people: Population,
  { towns }: Network,
  codeOf: (learner: number) => string,
  seed: number,
): Generator<Batch> {
  const rows = new Rows('learners')
  for (let learner = 0; learner < people.count; learner++) {
    if (people.seen[learner] === 0) continue
    const group = people.group[learner]!
    const sex = people.sex[learner] === 0 ? 'female' : 'male'
    const former = group === UKRAINE ? temporaryNumber(learner) : personalCode(FROM.former + learner, seed)
    rows.add({
      learner_uid: codeOf(learner),
      name: personName(learner, people.family[learner]!, sex, seed),
      birth_month: monthText(people.born[learner]!),
      sex,
      residence_code: territoryOn(towns[people.home[learner]!]!),
      citizenship_group: citizenshipGroups[group]!,
      special_need: people.need[learner] || null,
      previous_uid: people.renumbered[learner] === 0 ? null : former,
    })
    yield* rows.full()
  }
  yield* rows.rest()
}
