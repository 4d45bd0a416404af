import { type Chance, Lottery } from '../chance.ts'
import type { Network } from '../network/network.ts'
import type { School } from '../network/school.ts'
import type { Events } from './events.ts'
import { OUT, type Population } from './population.ts'

const LEAVES = 0.18
const LAST_GRADE = 8 // of schools of professional direction
const TEACHABLE = 9 // main grades 1–9

/**
 * Schools that people go to beside their own: music, art, sport, interest centres. Places in a municipality are kept about full; nobody has
 * two.
 */
export class SecondPlaces {
  private readonly people: Population
  private readonly schools: readonly School[]
  private readonly byTown: readonly ({ lottery: Lottery; schools: readonly School[] } | null)[]
  private isFirst = true

  constructor(people: Population, { towns, schools }: Network) {
    this.people = people
    this.schools = schools
    this.byTown = towns.map((_, town) => {
      const there = schools.filter(
        ({ kind, municipality }) => municipality === town && (kind === 'direction' || kind === 'interest'),
      )
      return there.length > 0 ? { schools: there, lottery: new Lottery(there.map(({ size }) => size)) } : null
    })
  }

  /** Who goes on, who gives up, who begins. */
  step(events: Events, chance: Chance): void {
    const { people } = this
    const pool = this.byTown.map(() => 0)
    for (let learner = 0; learner < people.count; learner++) {
      if (this.isTeachable(learner, events)) pool[people.home[learner]!]! += 1
    }
    for (let learner = 0; learner < people.count; learner++) {
      const teachable = this.isTeachable(learner, events)
      const own = people.second[learner]!
      if (own !== OUT) this.goOn(learner, own, teachable, chance)
      if (!teachable || people.second[learner] !== OUT) continue
      const town = people.home[learner]!
      const places = this.byTown[town]
      if (!places) continue
      const part = (places.lottery.total / pool[town]!) * (this.isFirst ? 1 : 0.26)
      if (!chance.happens(part)) continue
      const school = places.schools[places.lottery.draw(chance.uniform())]!
      people.second[learner] = school.at
      people.secondGrade[learner] = this.isFirst ? 1 + chance.integer(6) : 1
    }
    this.isFirst = false
  }

  /** The grade somebody is in at the second place: of the main school where that has none of its own. */
  gradeOf(learner: number): number {
    const { kind } = this.schools[this.people.second[learner]!]!
    return kind === 'direction' ? this.people.secondGrade[learner]! : this.people.grade[learner]!
  }

  private isTeachable(learner: number, events: Events): boolean {
    const { school, grade } = this.people
    return (
      school[learner] !== OUT &&
      events.from[learner] === 0 &&
      grade[learner]! >= 1 &&
      grade[learner]! <= TEACHABLE
    )
  }

  private goOn(learner: number, own: number, teachable: boolean, { happens }: Chance): void {
    const { people, schools } = this
    people.secondGrade[learner] = people.secondGrade[learner]! + 1
    const isThrough = schools[own]!.kind === 'direction' && people.secondGrade[learner]! > LAST_GRADE
    if (!teachable || isThrough || happens(LEAVES)) people.second[learner] = OUT
  }
}
