import { numberOfDay } from '../calendar.ts'
import { chance } from '../chance.ts'
import type { Network } from '../network/network.ts'
import { type Plan, SNAPSHOT } from '../size.ts'
import { type Classes, formClasses } from './classes.ts'
import { endYear, liveYear, turnYear } from './course.ts'
import { Doors } from './doors.ts'
import { Entries } from './entries.ts'
import { Events } from './events.ts'
import { Paths } from './paths.ts'
import { Population } from './population.ts'

/** One school year as it was: who was where, in which class, and what happened. The columns are used again for the next year. */
export interface Year {
  year: number
  people: Population
  events: Events
  classes: Classes
  /** the last day the package knows of, counted from 1 September */
  lastDay: number
}

const GRADE = 20_400 // learners of a grade in the country
const ROOM = { stock: 420_000, year: 34_000 } // learners to keep room for, at the size of the country

/**
 * The country year by year: who enters, who goes on, who moves, repeats, leaves, comes back. Every year is made of the one before, so
 * each has to be asked for in turn and read before the next.
 */
export function* history(plan: Plan, network: Network): Generator<Year> {
  const years = plan.lastYear - plan.firstYear + 1
  const people = new Population(Math.ceil((ROOM.stock + ROOM.year * years) * plan.share) + 2_000)
  const events = new Events(people)
  const entries = new Entries(people, network, plan, chance(plan.seed, 'entries'))
  const weights = network.towns.reduce((sum, { weight }) => sum + weight, 0)
  const gradeSize = (town: number) =>
    Math.max(1, (GRADE * plan.share * network.towns[town]!.weight) / weights)
  const pathsOf = (year: number, purpose: 'year' | 'moves') =>
    new Paths(people, network, new Doors(network, year), {
      chance: chance(plan.seed, purpose, year),
      year,
      gradeSize,
    })
  const { schools } = network
  for (let year = plan.firstYear; year <= plan.lastYear; year++) {
    const paths = pathsOf(year, 'year')
    const isBegun = year === plan.lastYear
    const lastDay = isBegun ? numberOfDay(year, SNAPSHOT) : 365
    events.clear()
    if (year === plan.firstYear) entries.stock(paths)
    else entries.newcomers(paths, year, events, lastDay)
    const draws = chance(plan.seed, 'moves', year)
    liveYear(people, schools, events, { paths, chance: draws, lastDay })
    const classes = formClasses(people, schools, events)
    if (!isBegun) {
      endYear(people, schools, events, { paths: pathsOf(year + 1, 'moves'), chance: draws, year })
    }
    yield { year, people, events, classes, lastDay }
    turnYear(people, events)
  }
}
