import type { Level } from '#terms/level.ts'
import { dayOfPlaces, type SchoolYear } from '#terms/school-year.ts'
import { isGone, type PlaceRegister, placesOn, unitsAround } from './place-tree.ts'

/** Which unit lies in which in one school year, by internal ids. */
export interface PlacesOfYear {
  /** the units around a unit, from the nearest to the whole */
  around: (level: Level, id: number) => { level: Level; id: number }[]
  /** units of a level in a territory, at whatever depth */
  inside: (level: Level, territory: number) => number[]
  /** how many units that were there lie directly in a territory, by their level */
  directlyIn: (territory: number) => { level: Level; count: number }[]
  /** whether it had begun and was not gone on the day on which everybody is counted */
  isThere: (level: Level, id: number) => boolean
}

/** The places of any school year, each worked out when it is first asked for. */
export function placesOfYears(register: PlaceRegister): (year: SchoolYear) => PlacesOfYear {
  const known = new Map<number, PlacesOfYear>()
  return (year) => {
    const places = known.get(year) ?? placesOfDay(register, dayOfPlaces(year))
    known.set(year, places)
    return places
  }
}

function placesOfDay(register: PlaceRegister, day: string): PlacesOfYear {
  const placed = placesOn(register, day)
  const around = unitsAround(placed)
  const isThere = (level: Level, id: number) => {
    const known = level === 'school' ? register.institutions : register.territories
    const spans = known.get(id)?.spans ?? []
    return spans.some(({ from }) => from === null || from <= day) && !isGone(spans, day)
  }
  return {
    around,
    isThere,
    inside: (level, territory) =>
      placed.flatMap((unit) =>
        unit.level === level &&
        around(level, unit.id).some(({ level: kind, id }) => kind !== 'school' && id === territory)
          ? [unit.id]
          : [],
      ),
    directlyIn: (territory) => {
      const children = placed.filter(
        ({ level, id, parentId }) => parentId === territory && isThere(level, id),
      )
      return [...Map.groupBy(children, ({ level }) => level)].map(([level, units]) => ({
        level,
        count: units.length,
      }))
    },
  }
}
