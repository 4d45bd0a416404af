import { type Chance, chance } from '../chance.ts'
import type { Network } from '../network/network.ts'
import type { School } from '../network/school.ts'
import type { Plan } from '../size.ts'
import { otherPosts, type Post, teachersNeeded, teachingPost } from './subjects.ts'

export interface Person {
  n: number
  born: number
  isMan: boolean
  education: 'master' | 'bachelor' | 'college' | 'studying'
  subjects: string[]
  degree: number
  hours: number
  home: number
}

/** A contract, for one post in one school. */
export interface Employment {
  n: number
  person: Person
  school: number
  post: Post
  rate: number
  isMain: boolean
  from: string
  to: string | null
  reason: string | null
}

/** Chances of leaving a school within a year by age: young teachers try, old ones retire. */
const leavingAt = (age: number) =>
  age < 30 ? 0.11 : age < 55 ? 0.05 : age < 62 ? 0.03 : age < 65 ? 0.07 : age < 70 ? 0.17 : 0.36
const CHANGES_SCHOOL = 0.025
const OVER = 1.08 // more teachers than that, for what is needed, are too many
const MAY_TAKE_MORE = 1.05 // of a full load
const SECOND_SCHOOL = 0.15
const THIRD_SCHOOL = 0.03
const OUT_OF_FIELD = 0.07
const FIRST_CONTRACT = 1991 // contracts of before are not on record

/**
 * Who works where, year by year: heads, teachers and support staff of every school as its learners ask for, with their ages, subjects and
 * contracts. People leave, retire, change schools, and follow their school into another.
 */
export class Roster {
  readonly people: Person[] = []
  /** contracts that have ended; those in force are in `atSchool` */
  readonly ended: Employment[] = []
  readonly atSchool: Employment[][]
  private readonly network: Network
  private readonly plan: Plan
  private readonly besides: Employment[] = []
  private readonly byTown: readonly (readonly School[])[]
  private contracts = 0
  private waiting: Person[] = []

  constructor(network: Network, plan: Plan) {
    this.network = network
    this.plan = plan
    this.atSchool = network.schools.map(() => [])
    this.byTown = network.towns.map((_, town) =>
      network.schools.filter(({ municipality }) => municipality === town),
    )
  }

  /** Contracts, of now and before, in the order in which they were made. */
  employments(): Employment[] {
    return [...this.ended, ...this.besides, ...this.atSchool.flat()].sort((a, b) => a.n - b.n)
  }

  /** Staffs every school for a year. @param learners  by school, at its beginning */
  step(year: number, learners: ArrayLike<number>): void {
    const draws = chance(this.plan.seed, 'staff', year)
    const isFirst = year === this.plan.firstYear
    if (!isFirst) this.part(year, learners, draws)
    for (const school of this.network.schools) {
      const own = this.atSchool[school.at]!
      const needed = this.needed(school, learners[school.at]!, own, draws)
      for (const post of needed) this.employ(school, post, year, isFirst, draws)
    }
    this.waiting = []
  }

  /** Teachers of a school who have a class, in the order of their contracts. */
  teachersOf(school: number): Person[] {
    return this.atSchool[school]!.filter(({ post }) => isTeaching(post)).map(({ person }) => person)
  }

  /** Posts of a school that nobody holds. */
  private needed(school: School, learners: number, own: readonly Employment[], draws: Chance): Post[] {
    if (learners === 0) return []
    const held = new Map<string, number>()
    for (const { post } of own) held.set(post.position, (held.get(post.position) ?? 0) + 1)
    const missing = otherPosts(school, learners).filter((post) => {
      const left = held.get(post.position) ?? 0
      held.set(post.position, left - 1)
      return left <= 0
    })
    const teachers = own.filter(({ post }) => isTeaching(post)).length
    const many = Math.max(0, teachersNeeded(school, learners) - teachers)
    return [...missing, ...Array.from({ length: many }, () => teachingPost(school, draws))]
  }

  /** Who goes at the end of the year before. */
  private part(year: number, learners: ArrayLike<number>, draws: Chance): void {
    for (const school of this.network.schools) {
      const own = this.atSchool[school.at]!
      if (own.length === 0) continue
      const isClosed = school.closes < year
      const needed = teachersNeeded(school, learners[school.at]!)
      let surplus = own.filter(({ post }) => isTeaching(post)).length - Math.ceil(needed * OVER)
      this.atSchool[school.at] = own.filter((employment) => {
        const { person, post } = employment
        const age = year - 1 - person.born
        const leaves = draws.happens(leavingAt(age))
        if (isClosed) {
          this.end(employment, year - 1, 'institution_closed', draws)
          if (!leaves && draws.happens(0.7)) this.waiting.push(person)
          return false
        }
        if (leaves) {
          this.end(employment, year - 1, age >= 62 ? 'retired' : 'own_wish', draws)
          return false
        }
        const changes = draws.happens(CHANGES_SCHOOL)
        const isTooMany = surplus > 0 && isTeaching(post) && draws.happens(0.35)
        if (changes || isTooMany) {
          if (isTeaching(post)) surplus -= 1
          this.end(employment, year - 1, changes ? 'other_school' : 'redundancy', draws)
          this.waiting.push(person)
          return false
        }
        return true
      })
    }
    // Who has lost the main post keeps none beside it.
    const gone = new Set(this.ended.flatMap(({ person, to }) => (to! > `${year - 2}-08-31` ? [person] : [])))
    for (const beside of this.besides) {
      if (beside.to !== null) continue
      const isShut = this.network.schools[beside.school]!.closes < year
      if (gone.has(beside.person) || isShut || draws.happens(0.04)) {
        beside.to = `${year - 1}-08-31`
        beside.reason = isShut ? 'institution_closed' : 'own_wish'
      }
    }
    draws.shuffle(this.waiting)
  }

  private end(employment: Employment, year: number, reason: string, { happens, integer }: Chance): void {
    const month = happens(0.8) ? 8 : 1 + integer(7)
    const day = month === 8 ? '31' : String(10 + integer(15))
    employment.to = `${year}-${String(month).padStart(2, '0')}-${day}`
    if (employment.to < employment.from) employment.to = `${year}-08-31`
    employment.reason = reason
    this.ended.push(employment)
  }

  private employ(school: School, post: Post, year: number, isFirst: boolean, draws: Chance): void {
    const known = isFirst || isTeaching(post) === false ? undefined : this.waiting.pop()
    const person = known ?? this.newPerson(school, post, year, isFirst, draws)
    const tenure = isFirst ? Math.floor((year - 1 - person.born - 22) * draws.uniform() ** 1.6) : 0
    const since = Math.max(FIRST_CONTRACT, year - 1 - Math.max(0, tenure))
    const contract = (at: School, what: Post, rate: number, isMain: boolean, from: number): Employment => ({
      n: ++this.contracts,
      person,
      school: at.at,
      post: what,
      rate: Math.max(0.05, Number(rate.toFixed(2))),
      isMain,
      from: `${from}-09-01`,
      to: null,
      reason: null,
    })
    const rate = isTeaching(post) ? Math.min(1.4, 0.93 * Math.exp(0.2 * draws.normal())) : 1
    this.atSchool[school.at]!.push(contract(school, post, rate, true, since))
    if (!isTeaching(post) || rate > MAY_TAKE_MORE) return
    const neighbours = this.byTown[school.municipality]!.filter(
      (other) => other !== school && other.kind === school.kind && other.opens < year && other.closes >= year,
    )
    if (neighbours.length === 0) return
    for (const chanceOf of [SECOND_SCHOOL, THIRD_SCHOOL / SECOND_SCHOOL]) {
      if (!draws.happens(chanceOf)) break
      const [other] = neighbours.splice(draws.integer(neighbours.length), 1)
      if (!other) break
      this.besides.push(contract(other, post, 0.1 + 0.12 * draws.uniform(), false, year - 1))
    }
  }

  private newPerson(school: School, post: Post, year: number, isFirst: boolean, draws: Chance): Person {
    const { happens, integer, uniform } = draws
    const isHead = post.position === 'head' || post.position === 'deputy_head'
    const age = isFirst
      ? happens(isHead ? 0.42 : 0.37)
        ? 55 + Math.floor(16 * uniform() ** 1.4)
        : (isHead ? 33 : 24) + Math.floor((isHead ? 22 : 31) * uniform() ** 0.75)
      : (isHead ? 34 : 22) + Math.floor((isHead ? 26 : 40) * uniform() ** 1.5)
    const subject = post.subject ?? post.position
    const isOutside = isTeaching(post) && happens(OUT_OF_FIELD)
    const person: Person = {
      n: this.people.length,
      born: year - 1 - age,
      isMan: happens(school.kind === 'preschool' ? 0.01 : isHead ? 0.24 : 0.12),
      education: happens(0.58)
        ? 'master'
        : age < 27 && happens(0.5)
          ? 'studying'
          : happens(0.9)
            ? 'bachelor'
            : 'college',
      subjects: [
        ...new Set([
          isOutside ? draws.pick(['history', 'geography', 'music', 'primary']) : subject,
          ...(happens(0.28)
            ? [draws.pick(['latvian', 'mathematics', 'english', 'computing', 'primary'])]
            : []),
        ]),
      ],
      degree: age > 30 && happens(0.4) ? 1 + integer(3) : 0,
      hours: Math.round(Math.max(0, 44 + 18 * draws.normal())),
      home: school.municipality,
    }
    this.people.push(person)
    return person
  }
}

function isTeaching({ position }: Post): boolean {
  return position === 'teacher' || /^(preschool|vocational|interest)_teacher$/.test(position)
}
