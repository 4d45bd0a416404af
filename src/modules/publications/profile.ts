import type { Actor, Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import type { PinnedData } from '#http/route.ts'
import { unitPath, unitsById } from '#modules/registry/index.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import { figuresOf, toUnit } from './figures.ts'
import { pinOf } from './pin.ts'
import type { ToldProfile } from './told.ts'
import { audienceOf, visibleCells } from './visible.ts'

/** Which unit and year, and as whom its figures are read. */
export interface ProfileQuestion {
  /** uuid */
  unit: string
  /** left out: the latest in which the unit was there, with test results if it can be */
  year: SchoolYear | undefined
  actor: Actor
}

/**
 * Everything the page of one unit shows, of one year and one data version.
 *
 * @throws  Problem not_found for a unit that is not there
 */
export async function profileOf(
  tx: Tx,
  data: PinnedData,
  { unit: uuid, year, actor }: ProfileQuestion,
): Promise<ToldProfile> {
  const { config, indicators, assessments, placesOf } = pinOf(data)
  const [unit, ...today] = await unitPath(tx, uuid)
  if (!unit) throw new Problem('not_found')
  const { schoolYears } = config
  const schoolYear =
    year ?? leadingYear(schoolYears, assessments, (each) => placesOf(each).isThere(unit.level, unit.id))
  const places = schoolYear === null ? null : placesOf(schoolYear)
  const parents = places ? await unitsById(tx, places.around(unit.level, unit.id)) : today
  const children = places && unit.level !== 'school' ? places.directlyIn(unit.id) : []
  const units = [unit, ...parents]
  const visible = schoolYear === null ? [] : await visibleCells(tx, actor, data, { units, schoolYear })
  return {
    unit: toUnit(unit),
    path: parents.toReversed().map(toUnit),
    schoolYear,
    schoolYears,
    audience: audienceOf(actor, unit, visible),
    figures: figuresOf(indicators, unit, parents, visible),
    assessments: schoolYear === null ? [] : [...(assessments.get(schoolYear) ?? [])],
    children: children[0] ?? null,
    dataVersion: data.version,
  }
}

/** As whom released figures alone are read, also by somebody who may see more. */
export function asPublic({ requestId }: Actor): Actor {
  return { tier: 'public', requestId }
}

/**
 * The year a page leads with: the latest with tests, because in autumn a new year has nothing but pupils; without tests the
 * latest. Of a unit that is gone, the same among the years in which it was there.
 */
function leadingYear(
  schoolYears: readonly number[],
  assessments: ReadonlyMap<number, readonly unknown[]>,
  isThere: (year: number) => boolean,
): number | null {
  const tested = schoolYears.filter((year) => (assessments.get(year) ?? []).length > 0)
  return tested.findLast(isThere) ?? schoolYears.findLast(isThere) ?? schoolYears.at(-1) ?? null
}
