import { schoolYearOfPlaces } from '#terms/school-year.ts'
import { type PlaceRegister, placesOn, standingOn, unitsAround } from './place-tree.ts'

/** What a territory gained and lost on a day, in municipalities by their internal ids. */
export interface BorderChange {
  day: string
  /** the first school year that is counted in the new borders */
  schoolYear: number
  joined: number[]
  left: number[]
}

/**
 * When the borders of each territory changed, by its internal id, earliest first: a municipality was joined to it, or went to
 * another one. Schools that move by themselves change no border.
 */
export function borderChanges(register: PlaceRegister): Map<number, BorderChange[]> {
  const days = new Set(
    register.successions.flatMap(({ kind, since }) => (kind === 'territory' ? [since] : [])),
  )
  for (const { spans } of register.territories.values()) {
    for (const { from } of spans) if (from !== null) days.add(from)
  }
  const found = new Map<number, BorderChange[]>()
  let before = municipalitiesOn(register, '0001-01-01')
  for (const day of [...days].sort()) {
    const now = municipalitiesOn(register, day)
    for (const [territory, is] of now) {
      const was = before.get(territory)
      // what has just begun had no borders to change
      if (!was) continue
      const joined = [...is].filter((id) => !was.has(id))
      const left = [...was].filter((id) => !is.has(id))
      if (joined.length + left.length === 0) continue
      const change = { day, schoolYear: schoolYearOfPlaces(day), joined, left }
      found.set(territory, [...(found.get(territory) ?? []), change])
    }
    before = now
  }
  return found
}

/** Every municipality ever known, by the territory it lies in on a day, itself or as a part of its successor. */
function municipalitiesOn(register: PlaceRegister, day: string): Map<number, Set<number>> {
  const standing = standingOn(register, day)
  const around = unitsAround(placesOn(register, day))
  const inside = new Map<number, Set<number>>()
  for (const [id, { kind, spans }] of register.territories) {
    const isKnown = spans.some(({ from }) => from === null || from <= day)
    if (kind !== 'municipality' || !isKnown) continue
    const municipality = standing('territory', id)
    for (const territory of [municipality, ...around('municipality', municipality).map((unit) => unit.id)]) {
      inside.set(territory, (inside.get(territory) ?? new Set()).add(id))
    }
  }
  return inside
}
