import { yearOfMonth } from '../calendar.ts'
import type { Chance } from '../chance.ts'
import { offers, type School } from '../network/school.ts'
import { SCHOOL_AGE } from './births.ts'
import { type Events, type LeaveReason, reasonCode, withoutDocument } from './events.ts'
import type { Paths, Step } from './paths.ts'
import { OUT, type Population, promise, UKRAINE } from './population.ts'

/** Chances within and at the end of a school year. Those of leaving early are averages; `riskOf` says whose are higher. */
const RATES = {
  leaves: { basic: 0.003, secondary: 0.022, vocational: 0.125 },
  abroad: 0.0045,
  abroadUkraine: 0.2,
  moves: 0.009,
  movesPreschool: 0.02,
  changesSchool: 0.016,
  changesHome: 0.012,
  repeats: [0, 0.012, 0.004, 0.003, 0.004, 0.004, 0.004, 0.006, 0.006, 0.009, 0.015, 0.008, 0.003],
  repeatsTrade: 0.02,
  startsLater: 0.03,
  tradeAfterSecondary: 0.04,
  tradeAfterLeaving: 0.3,
}

const LAST_DAY_OF_LESSONS = 272 // 31 May

/**
 * The chance that a learner leaves within the year without a document: higher with less ability and poorer context, and for boys.
 * These are the true risks that models of early leaving have to find.
 *
 * @returns 0–1; NaN below grade 7, where nobody is at risk
 */
export function riskOf(people: Population, learner: number, { kind }: School, grade: number): number {
  if (grade < 7) return Number.NaN
  const mean =
    kind === 'vocational'
      ? RATES.leaves.vocational
      : grade >= 10
        ? RATES.leaves.secondary
        : RATES.leaves.basic
  const context = people.context[learner]!
  const lift =
    -0.9 * promise(people, learner) -
    0.35 * (Number.isNaN(context) ? 0 : context) +
    (people.sex[learner] === 1 ? 0.2 : -0.2)
  // Learners in trades are weaker on average; the shift keeps the mean of all at the rate.
  const logit = Math.log(mean / (1 - mean)) + lift - (kind === 'vocational' ? 0.55 : 0.3)
  return 1 / (1 + Math.exp(-logit))
}

/** What happens to everybody within a year: moves, departures, and what is said of it. The last year ends on its day of the snapshot. */
export function liveYear(
  people: Population,
  schools: readonly School[],
  events: Events,
  { paths, chance, lastDay }: { paths: Paths; chance: Chance; lastDay: number },
): void {
  const part = Math.min(1, lastDay / LAST_DAY_OF_LESSONS)
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT) continue
    const grade = people.grade[learner]!
    const own = schools[school]!
    const risk = riskOf(people, learner, own, grade)
    events.risk[learner] = risk
    const day = () =>
      Math.max(
        events.from[learner]! + 5,
        5 + chance.integer(Math.max(1, Math.min(lastDay, LAST_DAY_OF_LESSONS) - 10)),
      )
    if (risk > 0 && chance.happens(risk * part)) {
      leave(events, learner, day(), chance.pick(withoutDocument))
    } else if (chance.happens(RATES.abroad * 0.4 * part)) {
      leave(events, learner, day(), 'abroad')
    } else if (chance.happens((grade === 0 ? RATES.movesPreschool : RATES.moves) * part)) {
      if (own.kind !== 'general' && own.kind !== 'preschool') continue
      const next = grade === 0 ? paths.preschool(learner) : paths.elsewhere(learner, grade)
      if (next.school === OUT || next.school === school) continue
      leave(events, learner, day(), 'transferred')
      events.movedTo[learner] = next.school
    }
    if (events.to[learner]! >= lastDay) events.to[learner] = lastDay
  }
}

function leave(events: Events, learner: number, day: number, reason: LeaveReason): void {
  events.to[learner] = day
  events.reason[learner] = reasonCode(reason)
}

/** What becomes of everybody after the year, by the schools of the next one. */
export function endYear(
  people: Population,
  schools: readonly School[],
  events: Events,
  { paths, chance, year }: { paths: Paths; chance: Chance; year: number },
): void {
  for (let learner = 0; learner < people.count; learner++) {
    if (people.school[learner] === OUT) continue
    const isGone = events.to[learner]! >= 0 && events.movedTo[learner] === OUT
    const school = events.to[learner]! >= 0 ? events.movedTo[learner]! : people.school[learner]!
    if (isGone) {
      afterLeaving(people, events, learner, paths, chance)
      continue
    }
    const abroad = people.group[learner] === UKRAINE ? RATES.abroadUkraine : RATES.abroad * 0.6
    if (chance.happens(abroad)) {
      end(events, learner, 'abroad')
      continue
    }
    if (chance.happens(RATES.changesHome)) moveHome(people, learner, schools, chance)
    const { step, reason } = next(people, schools, learner, schools[school]!, { paths, chance, year })
    if (step.school !== school || reason === 'completed') {
      end(events, learner, step.school === OUT && reason === '' ? 'other' : reason || 'transferred')
    }
    events.nextSchool[learner] = step.school
    events.nextGrade[learner] = step.grade
    events.nextLetter[learner] = step.school === school || step.letter !== OUT ? step.letter : OUT
    events.nextRepeats[learner] = step.school !== OUT && isSameGrade(people, learner, step) ? 1 : 0
  }
}

function isSameGrade(people: Population, learner: number, step: Step): boolean {
  return step.grade > 0 && step.grade === people.grade[learner]
}

function end(events: Events, learner: number, reason: LeaveReason): void {
  events.endReason[learner] = reasonCode(reason)
}

/** Some who leave general secondary begin a trade in autumn. */
function afterLeaving(
  people: Population,
  events: Events,
  learner: number,
  paths: Paths,
  chance: Chance,
): void {
  const left =
    people.grade[learner]! >= 10 &&
    events.reason[learner] !== reasonCode('abroad') &&
    !paths.isTrade(people.school[learner]!)
  if (!left || people.need[learner]! > 0 || !chance.happens(RATES.tradeAfterLeaving)) return
  const step = paths.trade(learner)
  events.nextSchool[learner] = step.school
  events.nextGrade[learner] = step.grade
  events.nextLetter[learner] = step.letter
}

function moveHome(people: Population, learner: number, schools: readonly School[], { pick }: Chance): void {
  // People move to where schools are: as many schools, as many who come.
  people.home[learner] = pick(schools).municipality
}

/** The next step of somebody who stays in education, and the reason why the present school is left. */
function next(
  people: Population,
  schools: readonly School[],
  learner: number,
  own: School,
  { paths, chance, year }: { paths: Paths; chance: Chance; year: number },
): { step: Step; reason: LeaveReason } {
  const grade = people.grade[learner]!
  const letter = people.letter[learner]!
  const nowhere: Step = { school: OUT, grade, letter: OUT }
  const stay = (to: number): Step => ({ school: own.at, grade: to, letter })
  if (grade === 0) {
    const age = year - yearOfMonth(people.born[learner]!)
    const begins = age > SCHOOL_AGE || (age === SCHOOL_AGE && !chance.happens(RATES.startsLater))
    if (begins) {
      const staysHere = offers(own, 1, year + 1) && chance.happens(0.7)
      const first = paths.basic(learner, 1)
      return { step: staysHere ? { ...stay(1), letter: OUT } : first, reason: 'completed' }
    }
    if (offers(own, 0, year + 1)) {
      return { step: stay(0), reason: '' }
    }
    return { step: paths.preschool(learner), reason: 'institution_closed' }
  }
  if (own.kind === 'vocational') {
    if (chance.happens(RATES.repeatsTrade)) return { step: stay(grade), reason: '' }
    const isLast = grade - 9 >= paths.courses(own.at, letter)
    return isLast ? { step: nowhere, reason: 'completed' } : { step: stay(grade + 1), reason: '' }
  }
  const repeats = chance.happens(RATES.repeats[grade] ?? 0)
  const to = repeats ? grade : grade + 1
  if (grade === 12 && !repeats) {
    const trade = chance.happens(RATES.tradeAfterSecondary) ? paths.trade(learner) : nowhere
    return { step: trade, reason: 'completed' }
  }
  if (grade === 9 && !repeats) {
    const step = paths.ten(learner, own.at)
    return { step, reason: step.school === own.at ? '' : 'completed' }
  }
  if (own.closes <= year) {
    const heir = own.successor >= 0 && offers(schools[own.successor]!, to, year + 1)
    const step = heir ? { school: own.successor, grade: to, letter: OUT } : paths.elsewhere(learner, to)
    return { step, reason: 'institution_closed' }
  }
  if (to === 7 && own.kind === 'general' && own.form === 'full_time' && own.from < 7) {
    return { step: paths.seven(learner, own.at), reason: '' }
  }
  if (!offers(own, to, year + 1) || chance.happens(RATES.changesSchool)) {
    return { step: paths.elsewhere(learner, to), reason: '' }
  }
  return { step: stay(to), reason: '' }
}

/** Everybody takes the step that the end of the year has laid out. */
export function turnYear(people: Population, events: Events): void {
  for (let learner = 0; learner < people.count; learner++) {
    if (people.school[learner] === OUT) continue
    people.school[learner] = events.nextSchool[learner]!
    people.grade[learner] = events.nextGrade[learner]!
    people.letter[learner] = events.nextLetter[learner]!
    people.repeats[learner] = events.nextRepeats[learner]!
  }
}
