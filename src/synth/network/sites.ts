import type { Chance } from '../chance.ts'
import { pointIn } from './geography.ts'
import type { Municipality } from './municipalities.ts'
import type { Site } from './school.ts'

interface Where {
  at: number
  size: number
  isRural: boolean
  village: string
  town: Municipality
  towns: readonly Municipality[]
}

/** Where a school teaches: one place, in one of twelve cases two, now and then one of them across the border of the municipality. */
export function makeSites({ at, size, isRural, village, town, towns }: Where, chance: Chance): Site[] {
  const { uniform, happens, integer, normal } = chance
  const many = happens(1 / 12) ? 2 : 1
  return Array.from({ length: many }, (_, nth) => {
    const neighbour = towns.find(({ region, isCity, until }) => region === town.region && !isCity && !until)
    const where = nth > 0 && happens(0.1) && neighbour ? neighbour : town
    const { lon, lat } = pointIn(where, towns, chance)
    const part = many === 1 ? 1 : nth === 0 ? 0.8 : 0.35
    return {
      id: `S-${at}-${nth + 1}`,
      municipality: towns.indexOf(where),
      degurba: degurbaOf(where, isRural, uniform()),
      lon,
      lat,
      address: `${isRural ? `„${village}”` : `Skolas iela ${1 + integer(90)}`}, ${where.name.lv}`,
      floorArea: Math.round(part * (600 + size * 11 * Math.exp(0.2 * normal()))),
      builtIn: 1890 + integer(120),
      condition: 1 + integer(4),
      isAccessible: happens(0.45),
    }
  })
}

/** Learners a site has room for. */
export function capacityOf({ floorArea }: Site): number {
  return Math.max(20, Math.round(floorArea / 9))
}

/** Degree of urbanisation as the school network looks at it; seven sorts of places. */
function degurbaOf({ isCity, region, code }: Municipality, isRural: boolean, uniform: number): string {
  if (code === '0001000') return 'city'
  if (isCity) return uniform < 0.85 ? 'dense' : 'city'
  if (isRural) return uniform < 0.45 ? 'village' : uniform < 0.8 ? 'rural' : 'sparse'
  if (region === 'PR-RIGA') return uniform < 0.7 ? 'suburb' : 'small_town'
  return uniform < 0.85 ? 'small_town' : 'village'
}
