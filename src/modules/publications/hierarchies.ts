import { type PlaceTree, unitOf } from '#modules/disclosure/index.ts'
import { type Placed, type PlaceRegister, placesOn } from '#modules/registry/index.ts'
import type { Borders } from '#terms/borders.ts'
import { dayOfPlaces } from '#terms/school-year.ts'

/**
 * In which unit each unit lies, in every version of the country that the figures of a school year are told of: of its time
 * and, where a cube knows them, of today.
 *
 * @param bordersOn  the day whose borders are today's in the cube; null: it has none
 */
export function hierarchiesOf(
  register: PlaceRegister,
  schoolYear: number,
  bordersOn: string | null,
): PlaceTree[] {
  const then = treeIn('then', placesOn(register, dayOfPlaces(schoolYear)))
  return bordersOn === null ? [then] : [then, treeIn('today', placesOn(register, bordersOn))]
}

/**
 * Around each unit stands first the territory as it was (or is), then the same one for figures that are the same in both
 * borders: of the two only one has a figure.
 */
function treeIn(borders: Borders, placed: readonly Placed[]): PlaceTree {
  const tree = new Map<string, string>()
  for (const { level, id, parentLevel, parentId } of placed) {
    const parent = { level: parentLevel, unitId: parentId }
    tree.set(unitOf({ level, unitId: id }), unitOf({ ...parent, borders }))
    tree.set(unitOf({ ...parent, borders }), unitOf(parent))
  }
  return tree
}
