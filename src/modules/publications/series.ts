import type { Indicator } from '#modules/indicators/index.ts'
import type { Assessment } from '#modules/records/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import type { Borders } from '#terms/borders.ts'
import { cellsOf, changeBetween } from './figures.ts'
import type { BorderChange, SeriesPoint } from './model.ts'
import type { ToldSeries } from './told.ts'
import type { VisibleCell } from './visible.ts'

/** What decides whether two years can be compared. */
export interface SeriesGround {
  borders: Borders
  borderChanges: readonly BorderChange[]
  /** the test of a year; undefined: none */
  assessmentOf: (schoolYear: number) => Assessment | undefined
}

/** The total of an indicator and subject in every year that has one, with its change and what breaks the series. */
export function seriesOf(
  indicator: Indicator,
  subject: string,
  unit: UnitRow,
  visible: readonly VisibleCell[],
  ground: SeriesGround,
): ToldSeries['points'] {
  const years = Map.groupBy(
    visible.filter(({ borders }) => borders === 'both' || borders === ground.borders),
    ({ schoolYear }) => schoolYear,
  )
  const points: ToldSeries['points'] = []
  let before: { schoolYear: number; cells: VisibleCell[] } | null = null
  for (const [schoolYear, cells] of [...years].sort(([a], [b]) => a - b)) {
    const cell = cellsOf(indicator, unit, cells).find(({ breakdown }) => breakdown === '-')
    if (!cell) continue
    const breaks = before ? breaksBetween(before, { schoolYear, cells }, ground) : []
    points.push({
      schoolYear,
      cell,
      assessment: ground.assessmentOf(schoolYear) ?? null,
      breaks,
      change: before && breaks.length === 0 ? changeBetween(indicator, before.cells, cells, subject) : null,
    })
    before = { schoolYear, cells }
  }
  return points
}

function breaksBetween(
  before: { schoolYear: number; cells: readonly VisibleCell[] },
  now: { schoolYear: number; cells: readonly VisibleCell[] },
  { borders, borderChanges, assessmentOf }: SeriesGround,
): SeriesPoint['breaks'] {
  const breaks: SeriesPoint['breaks'] = []
  if (before.cells[0]!.version !== now.cells[0]!.version) breaks.push('formula')
  const [then, today] = [assessmentOf(before.schoolYear)?.scale, assessmentOf(now.schoolYear)?.scale]
  if (then && today && JSON.stringify(then) !== JSON.stringify(today)) breaks.push('scale')
  const changed = borderChanges.some(
    ({ schoolYear }) => before.schoolYear < schoolYear && schoolYear <= now.schoolYear,
  )
  if (borders === 'then' && changed) breaks.push('borders')
  return breaks
}
