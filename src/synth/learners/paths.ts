import type { Chance } from '../chance.ts'
import type { Network } from '../network/network.ts'
import { offers, type School } from '../network/school.ts'
import type { Doors } from './doors.ts'
import { OUT, type Population, promise } from './population.ts'

/** Where a learner goes next; OUT: nowhere. */
export interface Step {
  school: number
  grade: number
  /** number of the trade in a vocational school */
  letter: number
}

const NOWHERE: Step = { school: OUT, grade: 0, letter: OUT }

/** After grade 9 (Ministry of Education and Science: about two in three go on to general secondary, most others to a trade). */
const TO_SECONDARY = 0.565
const TO_TRADE = 0.26
const DISTANCE_FROM_7 = 0.014
const MEAN_CONTEXT = 0.17 // of schools, weighted by learners: keeps that of learners at 0
const IN_HOSPITAL = 54 // the special need of long illness

/** Ways through the schools of one year. */
export class Paths {
  private readonly people: Population
  private readonly schools: readonly School[]
  private readonly doors: Doors
  private readonly chance: Chance
  private readonly year: number
  private readonly gradeSize: (town: number) => number
  private readonly vocational: readonly School[]

  constructor(
    people: Population,
    network: Network,
    doors: Doors,
    { chance, year, gradeSize }: { chance: Chance; year: number; gradeSize: (town: number) => number },
  ) {
    this.people = people
    this.schools = network.schools
    this.doors = doors
    this.chance = chance
    this.year = year
    this.gradeSize = gradeSize
    this.vocational = network.schools.filter(({ kind }) => kind === 'vocational')
  }

  isTrade(school: number): boolean {
    return this.schools[school]!.kind === 'vocational'
  }

  /** Years a trade takes. */
  courses(school: number, trade: number): number {
    return this.schools[school]!.trades[trade]!.courses
  }

  private to(school: School | null, grade: number): Step {
    return school ? { school: school.at, grade, letter: OUT } : NOWHERE
  }

  private town(learner: number): number {
    return this.doors.townOf(this.people.home[learner]!, this.chance.uniform())
  }

  preschool(learner: number): Step {
    return this.to(this.doors.any('preschool', this.town(learner), 0, this.chance.uniform()), 0)
  }

  /** A basic school from grade 1 on, or the grade a learner who arrives is put into. The first school tells where a family stands. */
  basic(learner: number, grade: number): Step {
    const { people, chance, doors } = this
    if (people.need[learner] === IN_HOSPITAL && chance.happens(0.4)) {
      const hospital = doors.any('hospital', people.home[learner]!, grade, chance.uniform())
      if (hospital) return this.to(hospital, grade)
    }
    const isSpecial = people.need[learner]! > 0 && grade <= 9 && chance.happens(0.36)
    const sort = isSpecial ? 'special' : 'general'
    const first = doors.any(sort, this.town(learner), Math.min(grade, 12), chance.uniform())
    const school = first ?? doors.any('general', this.town(learner), Math.min(grade, 9), chance.uniform())
    if (school && Number.isNaN(people.context[learner]!)) {
      people.context[learner] = 0.85 * (school.context - MEAN_CONTEXT) + 0.9 * chance.normal()
    }
    return this.to(school, grade)
  }

  /** Into the same grade of another school of the neighbourhood. */
  elsewhere(learner: number, grade: number): Step {
    const sort = this.people.need[learner]! > 0 && this.chance.happens(0.2) ? 'special' : 'general'
    const town = this.town(learner)
    const school =
      this.doors.any(sort, town, grade, this.chance.uniform()) ??
      this.doors.any('general', town, grade, this.chance.uniform())
    return this.to(school, grade)
  }

  /** Into grade 7: some are chosen by gymnasia, who finishes a primary school goes where there is a next grade. */
  seven(learner: number, from: number): Step {
    const { people, chance, doors, schools } = this
    const town = people.home[learner]!
    const wanted = doors.seats(town, 7) / this.gradeSize(town)
    const isChosen = chance.happens(wanted * (2 / (1 + Math.exp(-1.6 * promise(people, learner)))))
    if (isChosen && people.need[learner] === 0) {
      const school = doors.any('selective', town, 7, chance.uniform())
      if (school && school.municipality === town) return this.to(school, 7)
    }
    if (chance.happens(DISTANCE_FROM_7)) {
      const distance = doors.any('distance', town, 7, chance.uniform())
      if (distance) return this.to(distance, 7)
    }
    return offers(schools[from]!, 7, this.year)
      ? { school: from, grade: 7, letter: people.letter[learner]! }
      : this.elsewhere(learner, 7)
  }

  /** After grade 9: general secondary, a trade, or neither. */
  ten(learner: number, from: number): Step {
    const { people, chance, doors, schools } = this
    const lift = 1 / (1 + Math.exp(-1.5 * promise(people, learner)))
    const toSecondary = TO_SECONDARY * (0.56 + 0.88 * lift)
    const uniform = chance.uniform()
    const isSpecialSchool = schools[from]!.kind === 'special'
    if (uniform < toSecondary && !isSpecialSchool) return this.secondary(learner, from, lift)
    if (uniform < toSecondary + TO_TRADE) return this.trade(learner)
    if (uniform < toSecondary + TO_TRADE + 0.05) {
      const sort = chance.happens(0.5) ? 'distance' : 'evening'
      return this.to(doors.any(sort, people.home[learner]!, 10, chance.uniform()), 10)
    }
    return NOWHERE
  }

  private secondary(learner: number, from: number, lift: number): Step {
    const { people, chance, doors, schools } = this
    const town = this.town(learner)
    const wanted = doors.seats(town, 10) / Math.max(1, this.gradeSize(town) * TO_SECONDARY)
    const own = schools[from]!
    if (own.type === 'state_gymnasium' && offers(own, 10, this.year) && chance.happens(0.85)) {
      return { school: from, grade: 10, letter: people.letter[learner]! }
    }
    if (chance.happens(wanted * 1.4 * lift)) {
      const school = doors.any('selective', town, 10, chance.uniform())
      if (school && school.municipality === town) return this.to(school, 10)
    }
    if (offers(own, 10, this.year) && chance.happens(0.75)) {
      return { school: from, grade: 10, letter: people.letter[learner]! }
    }
    return this.to(doors.any('general', town, 10, chance.uniform()), 10)
  }

  /** The first course of a trade, near home for most. */
  trade(learner: number): Step {
    const { people, chance, doors } = this
    const isFar = chance.happens(0.35)
    const { vocational } = this
    if (vocational.length === 0) return NOWHERE
    const school = isFar
      ? chance.pick(vocational)
      : doors.any('vocational', people.home[learner]!, 10, chance.uniform())!
    return { school: school.at, grade: 10, letter: chance.integer(school.trades.length) }
  }
}
