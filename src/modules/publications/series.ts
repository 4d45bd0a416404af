import type { Indicator, SeriesBreak } from '#modules/indicators/index.ts'
import type { Assessment } from '#modules/records/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import type { Borders } from '#terms/borders.ts'
import { linkErrorBetween } from '#terms/link-error.ts'
import { cellsOf, changeBetween } from './figures.ts'
import type { BorderChange, Pooled, SeriesPoint } from './model.ts'
import { pooledOf, pooledYears } from './pooled.ts'
import type { ToldSeries } from './told.ts'
import type { VisibleCell } from './visible.ts'

/** What decides whether two years can be compared. */
export interface SeriesGround {
  borders: Borders
  borderChanges: readonly BorderChange[]
  /** the test of a year; undefined: none */
  assessmentOf: (schoolYear: number) => Assessment | undefined
  /** breaks that were announced, of all indicators */
  announced: readonly SeriesBreak[]
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
  const announced = ground.announced.filter(
    (each) => each.indicator === indicator.code && (each.subject === '-' || each.subject === subject),
  )
  const linkBetween = (earlier: number, later: number) =>
    indicator.unit === 'points'
      ? linkErrorBetween(ground.assessmentOf(earlier), ground.assessmentOf(later))
      : 0
  let before: YearCells | null = null
  // the years before that can be compared with this one
  let comparable: YearCells[] = []
  for (const [schoolYear, cells] of [...years].sort(([a], [b]) => a - b)) {
    const cell = cellsOf(indicator, unit, cells).find(({ breakdown }) => breakdown === '-')
    if (!cell) continue
    const now = { schoolYear, cells }
    const said = before && announced.findLast(isBetween(before.schoolYear, schoolYear))
    const breaks = before ? breaksBetween(before, now, ground) : []
    if (said) breaks.push('announced')
    comparable = breaks.length > 0 ? [now] : [...comparable, now].slice(-pooledYears)
    points.push({
      schoolYear,
      cell,
      assessment: ground.assessmentOf(schoolYear) ?? null,
      breaks,
      change:
        before && breaks.length === 0
          ? changeBetween(indicator, before.cells, cells, subject, linkBetween(before.schoolYear, schoolYear))
          : null,
      announced: said?.words ?? null,
      pooled: pooledPoint(indicator, subject, comparable),
    })
    before = now
  }
  return points
}

interface YearCells {
  schoolYear: number
  cells: readonly VisibleCell[]
}

function isBetween(before: number, now: number) {
  return ({ schoolYear }: SeriesBreak) => before < schoolYear && schoolYear <= now
}

/** Three years one after the other, taken together. */
function pooledPoint(indicator: Indicator, subject: string, years: readonly YearCells[]): Pooled | null {
  const [first, last] = [years[0], years.at(-1)]
  if (!first || !last || years.length < pooledYears) return null
  if (last.schoolYear - first.schoolYear !== pooledYears - 1) return null
  const pooled = pooledOf(
    indicator,
    subject,
    years.map(({ cells }) => cells),
  )
  return pooled && { since: first.schoolYear, ...pooled }
}

function breaksBetween(
  before: YearCells,
  now: YearCells,
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
