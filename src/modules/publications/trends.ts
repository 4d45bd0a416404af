import type { Indicator } from '#modules/indicators/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import { brief } from './figures.ts'
import { type SeriesGround, seriesOf } from './series.ts'
import type { ToldTrend } from './told.ts'
import type { VisibleCell } from './visible.ts'

/**
 * Every indicator and subject of one unit over all years, by code and subject: totals only. A gap is left out: it is made of
 * two parts of another indicator and has its series.
 */
export function trendsOf(
  catalogue: readonly Indicator[],
  unit: UnitRow,
  visible: readonly VisibleCell[],
  groundOf: (subject: string) => SeriesGround,
): ToldTrend[] {
  const byCode = Map.groupBy(visible, ({ indicator }) => indicator)
  return catalogue.flatMap((indicator) => {
    if (indicator.between !== null) return []
    const bySubject = Map.groupBy(byCode.get(indicator.code) ?? [], ({ subject }) => subject)
    return [...bySubject].sort(byKey).map(([subject, cells]) => ({
      indicator: indicator.code,
      subject,
      points: seriesOf(indicator, subject, unit, cells, groundOf(subject)).map(
        ({ schoolYear, cell, breaks, change }) => ({ schoolYear, cell: brief(cell), breaks, change }),
      ),
    }))
  })
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
