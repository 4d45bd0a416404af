import type { Chance } from '../chance.ts'
import type { Trade } from './school.ts'

// Stage and type (32 craft, 33 vocational secondary), group of the classification of education, set of the programme; courses.
const trades: readonly Trade[] = [
  ...['33484011', '33482011', '33523021', '33522011', '33525021', '33521021', '33582021', '33541011'],
  ...['33811021', '33812021', '33344021', '33341021', '33213021', '33214101', '33543041', '33621021'],
  ...['33623021', '33815021', '33840011', '33861011', '33542021', '33762011'],
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
