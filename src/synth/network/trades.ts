import type { Chance } from '../chance.ts'
import type { Trade } from './school.ts'

// Stage and type (32 craft, 33 vocational secondary), group of the classification of education, set of the programme; courses.
const trades: readonly Trade[] = [
  ...['33484011', '33482011', '33523011', '33522011', '33525011', '33521011', '33582011', '33541011'],
  ...['33811011', '33812011', '33344011', '33341011', '33213011', '33214101', '33543041', '33621011'],
  ...['33623011', '33815011', '33840011', '33861011', '33542011', '33762011'],
]
  .map((code) => ({ code, courses: 4 }))
  .concat(
    ['32811041', '32582031', '32543061', '32815031', '32525041', '32541031'].map((code) => ({
      code,
      courses: 3,
    })),
    ['32811051', '32582041', '32815041', '32543071'].map((code) => ({ code, courses: 1 })),
  )

/** What a vocational school offers: three to eight trades, more in a large one. */
export function tradesOf(size: number, chance: Chance): Trade[] {
  const many = Math.min(8, Math.max(3, Math.round(size / 90)))
  return chance.shuffle([...trades]).slice(0, many)
}
