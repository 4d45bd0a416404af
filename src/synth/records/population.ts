import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import { births } from '../learners/births.ts'
import type { Municipality } from '../network/municipalities.ts'
import { type Network, territoryOn } from '../network/network.ts'
import { LAST_YEAR, type Plan } from '../size.ts'

const FIRST_BIRTHS = 1995
const YEARS = 10 // on each 1 January up to that before the snapshot
const OLDEST = 100 // and older
const BOYS = 0.513 // of births
const LOST = 0.0022 // of a cohort every year of childhood and youth: more go abroad than come

/** People of an age of those born before 1995, in thousands, both sexes, about 2026: ages 31, 35, 40 … 100. Made up after the shape that is published. */
const shape: readonly (readonly [age: number, thousands: number])[] = [
  ...([
    [31, 20],
    [35, 25.5],
    [40, 27],
    [45, 24.6],
    [50, 23.6],
    [55, 24.8],
  ] as const),
  ...([
    [60, 25.5],
    [65, 27],
    [70, 23.5],
    [75, 17],
    [80, 12.5],
    [85, 10],
    [90, 4.6],
    [95, 1.2],
    [100, 0.3],
  ] as const),
]

/** Share of men at an age. */
const menAt = (age: number) => (age < 40 ? BOYS - 0.0002 * age : Math.max(0.2, 0.505 - 0.0052 * (age - 40)))

/**
 * People by age and sex on 1 January, municipality by municipality: children as they were born and are taught, shared out as learners are;
 * births are the people of age 0. At a smaller size there are fewer people, as there are fewer learners.
 */
export function* populationRows({ towns }: Network, { seed, share }: Plan): Generator<Batch> {
  const rows = new Rows('population')
  const weights = towns.map(({ weight, isCity }) => weight * (isCity ? 0.96 : 1.03))
  const total = weights.reduce((a, b) => a + b, 0)
  for (let year = LAST_YEAR - YEARS; year < LAST_YEAR; year++) {
    const { uniform } = chance(seed, 'population', year)
    const counts = new Map<string, number[]>()
    for (const [at, town] of towns.entries()) {
      const code = territoryOn(town, `${year}-01-01`)
      const own = counts.get(code) ?? new Array<number>(2 * (OLDEST + 1)).fill(0)
      counts.set(code, own)
      for (let age = 0; age <= OLDEST; age++) {
        const people = (thousandsAt(age, year) * 1_000 * share * weights[at]!) / total
        const aged = people * leaning(town, age)
        for (const [sex, part] of [1 - menAt(age), menAt(age)].entries()) {
          own[2 * age + sex] = own[2 * age + sex]! + Math.floor(aged * part + uniform())
        }
      }
    }
    for (const [atvk, own] of counts) {
      for (const [at, people] of own.entries()) {
        rows.add({ atvk, year, age: at >> 1, sex: at % 2 === 0 ? 'female' : 'male', people })
      }
      yield* rows.full()
    }
  }
  yield* rows.rest()
}

/** People of an age on 1 January of a year, in thousands. */
function thousandsAt(age: number, year: number): number {
  const born = year - 1 - age
  if (born >= FIRST_BIRTHS) return (births(born) / 1_000) * (1 - LOST) ** age
  const next = shape.findIndex(([at]) => at >= age)
  const [above, here] = shape[Math.max(1, next)]!
  const [below, there] = shape[Math.max(1, next) - 1]!
  return there + ((here - there) * (age - below)) / (above - below)
}

/** The old live in the countryside rather than around Rīga; the young adults the other way round. */
function leaning({ region, isCity }: Municipality, age: number): number {
  if (age < 19) return 1
  const old = (age - 45) / 100
  return region === 'PR-RIGA' && !isCity ? 1 - 0.5 * old : region === 'PR-LATGALE' ? 1.1 + 0.6 * old : 1
}
