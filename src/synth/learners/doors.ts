import { Lottery } from '../chance.ts'
import { kilometres } from '../network/geography.ts'
import type { Network } from '../network/network.ts'
import { offers, type School } from '../network/school.ts'

const CITY_WITHIN = 25 // km

/** The schools of one year behind the doors through which learners go: by municipality and grade, by what they ask for. */
export class Doors {
  private readonly network: Network
  private readonly year: number
  private readonly known = new Map<string, { lottery: Lottery; schools: readonly School[] } | null>()
  private readonly nearestTowns: readonly (readonly number[])[]
  private readonly cities: readonly { city: number; pull: number }[]

  constructor(network: Network, year: number) {
    this.network = network
    this.year = year
    const { towns } = network
    this.nearestTowns = towns.map((own) =>
      towns
        .map((other, at) => ({ at, distance: kilometres(own, other) }))
        .sort((a, b) => a.distance - b.distance)
        .map(({ at }) => at),
    )
    this.cities = towns.map((own, at) => {
      const city = this.nearestTowns[at]!.find((near) => towns[near]!.isCity) ?? at
      const isClose = !own.isCity && kilometres(own, towns[city]!) < CITY_WITHIN
      return { city, pull: isClose ? (towns[city]!.code === '0001000' ? 0.12 : 0.08) : 0.01 }
    })
  }

  /** Where somebody who lives here is taught: mostly at home, for some in the city nearby. */
  townOf(home: number, uniform: number): number {
    const { city, pull } = this.cities[home]!
    return uniform < pull ? city : home
  }

  /** A school of the municipality, or of the nearest that has one; null where the country has none. */
  any(sort: Sort, town: number, grade: number, uniform: number): School | null {
    for (const near of this.nearestTowns[town]!) {
      const door = this.door(sort, near, grade)
      if (door) return door.schools[door.lottery.draw(uniform)]!
    }
    return null
  }

  /** Learners the schools of a municipality that choose take into a grade. */
  seats(town: number, grade: number): number {
    return this.door('selective', town, grade)?.lottery.total ?? 0
  }

  private door(sort: Sort, town: number, grade: number) {
    const key = `${sort} ${town} ${grade}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const schools = this.network.schools.filter(
      (school) =>
        (school.municipality === town || sort === 'distance') &&
        offers(school, grade, this.year) &&
        fits[sort](school),
    )
    const door =
      schools.length === 0
        ? null
        : { schools, lottery: new Lottery(schools.map((school) => weightOf(school, grade))) }
    this.known.set(key, door)
    return door
  }
}

/** What people look for. */
export type Sort =
  | 'preschool'
  | 'general'
  | 'selective'
  | 'special'
  | 'hospital'
  | 'distance'
  | 'evening'
  | 'vocational'

const isFullTime = ({ kind, form }: School) => kind === 'general' && form === 'full_time'

const fits: Record<Sort, (school: School) => boolean> = {
  preschool: ({ kind }) => kind === 'preschool' || kind === 'general',
  general: (school) => isFullTime(school) && school.from < 7,
  selective: (school) => isFullTime(school) && school.from >= 7,
  special: ({ type }) => type === 'special',
  hospital: ({ type }) => type === 'hospital',
  distance: ({ form }) => form === 'distance',
  evening: ({ form }) => form === 'part_time',
  vocational: ({ kind }) => kind === 'vocational',
}

/** About how many a school takes into a grade a year. */
function weightOf(school: School, grade: number): number {
  const grades = school.to - school.from + 1
  if (grade === 0) return school.kind === 'preschool' ? school.size : 22
  if (school.from === 1 && school.to === 12) {
    return school.size * (grade <= 6 ? 0.096 : grade <= 9 ? 0.08 : 0.062)
  }
  return school.size / grades
}
