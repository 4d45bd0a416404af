import { type LinkedTables, tablesBuilder } from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { places } from './cube.ts'

/** Shares of the parts of each breakdown: 50 parts in all, some of them rare. */
const BREAKDOWNS: Readonly<Record<string, readonly number[]>> = {
  sex: [0.51, 0.49],
  grade: Array<number>(12).fill(1 / 12),
  language: [0.72, 0.24, 0.03, 0.01],
  needs: [0.9, 0.06, 0.02, 0.015, 0.005],
  quintile: [0.2, 0.2, 0.2, 0.2, 0.2],
  origin: [0.93, 0.04, 0.02, 0.01],
  age: [0.001, ...Array<number>(12).fill(0.997 / 12), 0.002],
  programme: [0.85, 0.1, 0.04, 0.01],
}

const STATISTICS = ['n', 'hits', 'misses'] as const

/** A release as it is: figures of every place in single breakdowns, year by year, and which cells are one figure. */
export interface Release {
  readonly tables: LinkedTables
  readonly together: Int32Array
}

/**
 * Ten school years × 650 places (the state, regions, municipalities, schools of 15–1,200 pupils) × all pupils and 50 parts in
 * eight single breakdowns × how many, how many of them reached the goal, how many did not. About a million cells.
 */
export function countryRelease(years: number): Release {
  const { parents } = places(602)
  const parts = Object.entries(BREAKDOWNS).flatMap(([name, shares]) =>
    shares.map((share, at) => ({ name, share, key: `${name}-${at}` })),
  )
  const builder = tablesBuilder()
  const groups: number[] = []
  const columns = parts.length + 1
  const isSchool = parents.map((_, place) => !parents.includes(place))
  for (let year = 0; year < years; year++) {
    const counts = parents.map((_, place) =>
      isSchool[place] ? school(place, year, parts.length) : new Int32Array(columns * 3),
    )
    for (let place = parents.length - 1; place > 0; place--) {
      counts[place]!.forEach((count, at) => {
        counts[parents[place]!]![at]! += count
      })
    }
    const cellOf = parents.map((_, place) => {
      const cells = new Int32Array(columns * 3)
      for (let at = 0; at < cells.length; at++) {
        const part = at < 3 ? 'all' : parts[Math.floor(at / 3) - 1]!.key
        const key = [2017 + year, place.toString().padStart(3, '0'), part, STATISTICS[at % 3]].join('|')
        cells[at] = builder.cell(key, counts[place]![at]!)
        groups[cells[at]!] = Math.floor(cells[at]! / 3)
      }
      return cells
    })
    parents.forEach((_, place) => {
      const cells = cellOf[place]!
      const inside = parents.flatMap((parent, child) => (parent === place ? [child] : []))
      for (let at = 0; at < cells.length; at++) {
        if (inside.length > 0) {
          builder.total(
            cells[at]!,
            inside.map((child) => cellOf[child]![at]!),
          )
        }
        if (at % 3 === 0) builder.total(cells[at]!, [cells[at + 1]!, cells[at + 2]!])
      }
      for (const name of Object.keys(BREAKDOWNS)) {
        const own = parts.flatMap((part, at) => (part.name === name ? [3 * (at + 1)] : []))
        STATISTICS.forEach((_, statistic) => {
          builder.total(
            cells[statistic]!,
            own.map((at) => cells[at + statistic]!),
          )
        })
      }
    })
  }
  const tables = builder.build()
  const together = new Int32Array(tables.keys.length)
  groups.forEach((group, cell) => {
    together[tables.order[cell]!] = group
  })
  return { tables, together }
}

/** Pupils of one school drawn one by one: n, hits and misses of all of them and of every part. */
function school(place: number, year: number, parts: number): Int32Array {
  const random = philox(3, place * 100 + year)
  const steady = philox(4, place)
  const usual = Math.exp(5.45 + 0.95 * steady.normal()) * (1 + 0.05 * random.normal())
  const pupils = Math.round(Math.min(1200, Math.max(15, usual)))
  const reach = 0.5 + 0.4 * steady.uniform()
  const counts = new Int32Array((parts + 1) * 3)
  const add = (column: number, statistic: number) => {
    counts[column * 3]!++
    counts[column * 3 + statistic]!++
  }
  for (let pupil = 0; pupil < pupils; pupil++) {
    const statistic = random.uniform() < reach ? 1 : 2
    add(0, statistic)
    let first = 1
    for (const shares of Object.values(BREAKDOWNS)) {
      let left = random.uniform()
      let part = 0
      while (part < shares.length - 1 && left >= shares[part]!) left -= shares[part++]!
      add(first + part, statistic)
      first += shares.length
    }
  }
  return counts
}
