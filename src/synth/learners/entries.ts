import { monthOf } from '../calendar.ts'
import { type Chance, Lottery } from '../chance.ts'
import type { Network } from '../network/network.ts'
import type { Plan } from '../size.ts'
import { cohort, inPreschoolAt, SCHOOL_AGE } from './births.ts'
import type { Events } from './events.ts'
import type { Paths, Step } from './paths.ts'
import { OUT, type Population, UKRAINE } from './population.ts'

const NEED = 0.071 // share with a special programme
const needTypes = [51, 52, 53, 54, 55, 55, 55, 56, 56, 56, 56, 56, 57, 58, 58, 58, 58, 59]
const COMES_BACK = 0.0026 // of those taught: families that return or arrive
const ADULTS = 2_700 // newcomers to vocational schools who left school years ago

/** Civilians from Ukraine by the school year in which they come; most of the first spring went on or home. */
const fromUkraine: Record<number, number> = {
  ...{ 2022: 2_400, 2023: 2_150, 2024: 480, 2025: 420, 2026: 370, 2027: 120 },
}

/** How learners turn up: with the first year, by birth, from abroad. */
export class Entries {
  private readonly people: Population
  private readonly plan: Plan
  private readonly homes: Lottery
  private readonly ukraineHomes: Lottery
  private readonly chance: Chance
  /** the last families of each municipality, for brothers and sisters */
  private readonly families: number[][]
  private familyCount = 0

  constructor(people: Population, { towns }: Network, plan: Plan, chance: Chance) {
    this.people = people
    this.plan = plan
    this.chance = chance
    this.homes = new Lottery(towns.map(({ weight, isCity }) => weight * (isCity ? 0.96 : 1.03)))
    this.ukraineHomes = new Lottery(towns.map(({ weight, isCity }) => weight * (isCity ? 1.5 : 0.6)))
    this.families = towns.map(() => [])
  }

  private some(exact: number): number {
    const whole = Math.floor(exact)
    return whole + (this.chance.uniform() < exact - whole ? 1 : 0)
  }

  private add(bornYear: number, group?: number): number {
    const { people, chance } = this
    const learner = people.add()
    const home = (group === UKRAINE ? this.ukraineHomes : this.homes).draw(chance.uniform())
    people.born[learner] = monthOf(bornYear, 1 + chance.integer(12))
    people.sex[learner] = chance.happens(0.495) ? 0 : 1
    people.home[learner] = home
    const uniform = chance.uniform()
    people.group[learner] = group ?? (uniform < 0.955 ? 0 : uniform < 0.982 ? 1 : uniform < 0.99 ? 2 : 4)
    people.need[learner] =
      group === undefined && chance.happens(NEED * (people.sex[learner] === 1 ? 1.3 : 0.7))
        ? chance.pick(needTypes)
        : 0
    people.residual[learner] = chance.normal()
    people.renumbered[learner] =
      group === UKRAINE ? (chance.happens(0.6) ? 1 : 0) : chance.happens(0.002) ? 1 : 0
    people.family[learner] = this.familyOf(home)
    return learner
  }

  private familyOf(home: number): number {
    const recent = this.families[home]!
    if (recent.length > 40 && this.chance.happens(0.42)) {
      return recent[this.chance.integer(recent.length)]!
    }
    const family = this.familyCount++
    recent.push(family)
    if (recent.length > 20 + 9_000 * this.plan.share) recent.shift()
    return family
  }

  private place(learner: number, { school, grade, letter }: Step): void {
    const { people } = this
    people.school[learner] = school
    people.grade[learner] = grade
    people.letter[learner] = letter
  }

  /** Everybody who is taught when the first year begins. */
  stock(paths: Paths): void {
    const { plan, chance } = this
    const september = plan.firstYear - 1
    for (let bornYear = september - 19; bornYear < september; bornYear++) {
      const age = september - bornYear
      const there = age < SCHOOL_AGE ? inPreschoolAt[age]! : 1
      for (let n = this.some(cohort(bornYear) * plan.share * there); n > 0; n--) {
        const learner = this.add(bornYear)
        if (age < SCHOOL_AGE) {
          this.place(learner, paths.preschool(learner))
          continue
        }
        const grade = age - SCHOOL_AGE + 1
        let step = paths.basic(learner, Math.min(grade, 9))
        if (grade >= 7 && step.school !== OUT && grade < 10) {
          const seven = paths.seven(learner, step.school)
          step = { ...seven, grade }
        }
        if (grade >= 10) {
          const gone = grade === 13 ? 0.55 : (grade - 10) * 0.05
          const ten = step.school === OUT ? step : paths.ten(learner, step.school)
          const stays = ten.school !== OUT && !chance.happens(gone)
          const isTrade = ten.letter !== OUT && stays && paths.isTrade(ten.school)
          const courses = isTrade ? paths.courses(ten.school, ten.letter) : 3
          step = stays && grade - 9 <= courses ? { ...ten, grade } : { school: OUT, grade, letter: OUT }
        }
        this.place(learner, step)
      }
    }
    for (let course = 0; course < 4; course++) {
      const many = ADULTS * plan.share * [1, 0.75, 0.55, 0.2][course]!
      for (let n = this.some(many); n > 0; n--) this.adult(paths, september, 10 + course)
    }
  }

  /** Those who begin in September, and those who come from abroad within the year. */
  newcomers(paths: Paths, year: number, events: Events, lastDay: number): void {
    const { plan, chance, people } = this
    const september = year - 1
    for (let age = 1; age <= SCHOOL_AGE - 1; age++) {
      const part = inPreschoolAt[age]! - inPreschoolAt[age - 1]!
      for (let n = this.some(cohort(september - age) * plan.share * part); n > 0; n--) {
        const learner = this.add(september - age)
        this.place(learner, paths.preschool(learner))
      }
    }
    for (let n = this.some(ADULTS * plan.share); n > 0; n--) this.adult(paths, september, 10)
    for (let n = this.some(225_000 * COMES_BACK * plan.share); n > 0; n--) this.arrive(paths, september)
    const many = this.some((fromUkraine[year] ?? 0) * plan.share)
    for (let n = many; n > 0; n--) {
      const learner = this.arrive(paths, september, UKRAINE)
      // The first came in March 2022; later ones with the school year, some within it.
      const day = year === 2022 ? 195 + chance.integer(70) : chance.happens(0.25) ? chance.integer(270) : 0
      if (people.school[learner] !== OUT) events.from[learner] = Math.min(day, lastDay)
    }
  }

  private arrive(paths: Paths, september: number, group?: number): number {
    const { chance } = this
    const age = 3 + chance.integer(14)
    const learner = this.add(september - age, group)
    const step =
      age < SCHOOL_AGE ? paths.preschool(learner) : paths.basic(learner, Math.min(age - SCHOOL_AGE + 1, 11))
    this.place(learner, step)
    return learner
  }

  private adult(paths: Paths, september: number, grade: number): void {
    const { chance, people } = this
    const learner = this.add(september - 19 - Math.floor(14 * chance.uniform() ** 2))
    people.context[learner] = chance.normal()
    const step = paths.trade(learner)
    const isFitting = step.school !== OUT && grade - 9 <= paths.courses(step.school, step.letter)
    this.place(learner, isFitting ? { ...step, grade } : { school: OUT, grade, letter: OUT })
  }
}
