import type { Indicator } from '#modules/indicators/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import { compareWithSimilar } from '#stats/growth/index.ts'
import type { Cell } from '#terms/cell.ts'
import { cellsOf, toUnit } from './figures.ts'
import type { Peers } from './model.ts'
import type { ToldPeers } from './told.ts'
import type { VisibleCell } from './visible.ts'

/** A school that is alike, and how far it is. */
export interface SimilarUnit {
  unit: UnitRow
  distance: number
}

/**
 * The figures of similar schools beside the own one: each by name with its distance, and where the own figure stands among
 * them. Those without a figure of this indicator are left out.
 */
export function besideSimilar(
  indicator: Indicator,
  own: Cell | null,
  similar: { withContext: boolean; units: readonly SimilarUnit[] },
  visible: readonly VisibleCell[],
): NonNullable<ToldPeers['similar']> {
  const cells = Map.groupBy(
    visible.filter(({ level }) => level === 'school'),
    ({ unitId }) => unitId,
  )
  const schools = similar.units
    .flatMap(({ unit, distance }) => {
      const cell = cellsOf(indicator, unit, cells.get(unit.id) ?? []).find(
        ({ breakdown }) => breakdown === '-',
      )
      return cell ? [{ unit: toUnit(unit), distance, cell }] : []
    })
    .sort((a, b) => a.unit.name.lv.localeCompare(b.unit.name.lv, 'lv') || (a.unit.id < b.unit.id ? -1 : 1))
  const comparedBy = ['size', 'stages', 'programmes', 'urbanisation'] as const
  return {
    comparedBy: similar.withContext ? [...comparedBy, 'context'] : [...comparedBy],
    schools,
    summary: summaryOf(own, schools),
  }
}

type Summary = NonNullable<Peers['similar']>['summary']

function summaryOf(own: Cell | null, schools: readonly { cell: Cell }[]): Summary {
  const told = schools.flatMap(({ cell }) => cell.value ?? [])
  if (own?.value == null || told.length < 3) return null
  const { count, median, low, high, difference, standardError } = compareWithSimilar(
    { estimate: own.value, standardError: own.se ?? 0 },
    told,
  )
  return { schools: count, median, low, high, difference, se: own.se === null ? null : standardError }
}
