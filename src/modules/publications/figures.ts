import type { ProtectedCell } from '#modules/disclosure/index.ts'
import { type Indicator, withinPossible } from '#modules/indicators/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import {
  difference,
  differenceFromWhole,
  differenceOfDifferences,
  type MeanDifference,
  type RatioSums,
  ratioDifference,
  ratioDifferenceFromWhole,
  ratioOf,
  withSharedError,
} from '#stats/describe/index.ts'
import { quantileFromCounts } from '#stats/numeric/quantile.ts'
import { wilson } from '#stats/smallarea/wilson.ts'
import {
  differences,
  type ImputedMoments,
  imputedDifference,
  imputedMean,
  imputedMoments,
  subtractImputed,
} from '#stats/survey/index.ts'
import type { AbsenceReason, Cell, Difference, Spread } from '#terms/cell.ts'
import type { ProfileFigure, Unit } from './model.ts'
import type { Told } from './told.ts'
import type { VisibleCell } from './visible.ts'

/** A unit as the outside knows it: without internal ids. */
export function toUnit({ level, uuid, code, name }: UnitRow): Unit {
  return { id: uuid, level, code, name }
}

/** Every figure of an indicator that the visible cells of one unit hold; a gap is made from two of them. */
export function cellsOf(indicator: Indicator, unit: UnitRow, visible: readonly VisibleCell[]): Told<Cell>[] {
  if (indicator.between === null) return visible.map((cell) => tell(toCell(indicator, unit, cell)))
  const subjects = [...new Set(visible.map((cell) => cell.subject))]
  return subjects.flatMap((subject) => {
    const pair = gapPair(indicator, visible, subject)
    return pair ? [tell(gapCell(indicator, unit, pair))] : []
  })
}

/** What the page of a unit shows: every indicator and subject with its parts and the units it lies in. */
export function figuresOf(
  catalogue: readonly Indicator[],
  unit: UnitRow,
  parents: readonly UnitRow[],
  visible: readonly VisibleCell[],
): Told<ProfileFigure>[] {
  return catalogue.flatMap((indicator) => {
    const code = indicator.derivedFrom ?? indicator.code
    const cells = visible.filter((cell) => cell.indicator === code)
    const own = cells.filter(isOf(unit))
    const subjects = [...new Set(own.map((cell) => cell.subject))].sort()
    return subjects.flatMap((subject) => {
      const about = cells.filter((cell) => cell.subject === subject)
      const [cell, ...parts] = totalFirst(indicator, cellsOf(indicator, unit, about.filter(isOf(unit))))
      if (!cell) return []
      const against = parents.flatMap((parent) => {
        const [other] = totalFirst(indicator, cellsOf(indicator, parent, about.filter(isOf(parent))))
        if (!other) return []
        const apart = compare(indicator, about.filter(isOf(unit)), about.filter(isOf(parent)), subject)
        return [{ unit: toUnit(parent), cell: other, difference: apart }]
      })
      return [tell({ indicator: indicator.code, subject, cell, parts, against })]
    })
  })
}

/** Marks what was made here from visible cells. */
function tell<Figure extends Cell | ProfileFigure>(figure: Figure): Told<Figure> {
  return figure as Told<Figure>
}

/** The figure without what its trend says anyway; told as the whole cell was. */
export function brief({
  n,
  value,
  low,
  high,
  absent,
}: Told<Cell>): Told<Pick<Cell, 'n' | 'value' | 'low' | 'high' | 'absent'>> {
  return { n, value, low, high, absent } as Told<Cell>
}

function isOf(unit: UnitRow) {
  return (cell: ProtectedCell) => cell.level === unit.level && cell.unitId === unit.id
}

/** The total before its parts; nothing when the total is not there. */
function totalFirst(indicator: Indicator, cells: readonly Cell[]): Cell[] {
  if (indicator.between !== null) return [...cells]
  const total = cells.find((cell) => cell.breakdown === '-')
  const parts = cells
    .filter((cell) => cell.breakdown !== '-')
    .sort((a, b) => (`${a.breakdown} ${a.category}` < `${b.breakdown} ${b.category}` ? -1 : 1))
  return total ? [total, ...parts] : []
}

const nothing = { value: null, sd: null, se: null, low: null, high: null, spread: null, spreadAbsent: null }

function toCell(indicator: Indicator, unit: UnitRow, cell: VisibleCell): Cell {
  const key = {
    indicator: indicator.code,
    schoolYear: cell.schoolYear,
    level: cell.level,
    unitId: unit.uuid,
    subject: cell.subject,
    breakdown: cell.breakdown,
    category: cell.category,
  }
  if (cell.absent !== null || cell.n === null) {
    return { ...key, n: null, ...nothing, absent: cell.absent ?? 'unavailable' }
  }
  const told = { ...key, n: cell.n, ...nothing, absent: null }
  if (indicator.kind === 'count') return { ...told, value: cell.n }
  if (indicator.kind === 'share') {
    return { ...told, value: cell.sumY! / cell.n, ...wilson(cell.sumY!, cell.n) }
  }
  if (indicator.kind === 'ratio') return { ...told, ...ratioCell(indicator, cell) }
  const { mean: value, sd, standardError: se, low, high } = imputedMean(imputedOf(cell)!)
  return { ...told, value, sd, se, low, high, spread: spreadOf(cell), spreadAbsent: cell.spreadAbsent }
}

/** A ratio of amounts tells no people: nobody is behind it. */
function ratioCell(indicator: Indicator, cell: VisibleCell) {
  const { value, standardError: se, low, high } = withinPossible(indicator, ratioOf(ratioSumsOf(cell)!))
  if (value === null) return { n: null, absent: 'not_applicable' as const }
  return { n: indicator.ofPeople === false ? null : cell.n, value, se, low, high }
}

/** null where the cell is not told. */
export function ratioSumsOf(cell: VisibleCell | undefined): RatioSums | null {
  if (!cell || cell.absent !== null || cell.sumW === null) return null
  const { facts, sumY, sumW, sumYY, sumWW, sumWY } = cell
  return { rows: facts!, y: sumY!, w: sumW, yy: sumYY!, ww: sumWW!, wy: sumWY! }
}

function spreadOf({ values, counts }: VisibleCell): Spread | null {
  if (!values || !counts) return null
  const at = (p: number) => quantileFromCounts(values, counts, p)
  return {
    quantiles: { p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) },
    values: values.map((value, index) => ({ value, n: counts[index]! })),
  }
}

/** What a mean and its error are made of, plausible values included; null where the cell is not told. */
export function imputedOf(cell: VisibleCell | undefined): ImputedMoments | null {
  if (!cell || cell.absent !== null || cell.n === null || cell.sumY === null || cell.sumYY === null)
    return null
  const { n, sumY: sum, sumYY: sumOfSquares, plausible } = cell
  if (plausible) return imputedMoments(n, sumOfSquares, plausible)
  return { moments: { n, sumWeights: n, sumWeightsSquared: n, sum, sumOfSquares }, sums: null }
}

export function gapPair(indicator: Indicator, visible: readonly VisibleCell[], subject: string) {
  const { breakdown, first, second } = indicator.between!
  const of = (category: string) =>
    visible.find((c) => c.subject === subject && c.breakdown === breakdown && c.category === category)
  const pair = [of(first), of(second)] as const
  return pair[0] || pair[1] ? pair : null
}

/** The gap of two categories. Absent for the reason one of them is; not applicable where one has nobody. */
function gapCell(
  indicator: Indicator,
  unit: UnitRow,
  [first, second]: readonly [VisibleCell | undefined, VisibleCell | undefined],
): Cell {
  const any = (first ?? second)!
  const key = {
    indicator: indicator.code,
    schoolYear: any.schoolYear,
    level: any.level,
    unitId: unit.uuid,
    subject: any.subject,
    breakdown: '-',
    category: '-',
  }
  const absent = (reason: AbsenceReason): Cell => ({ ...key, n: null, ...nothing, absent: reason })
  const hidden = first?.absent ?? second?.absent
  if (hidden) return absent(hidden)
  const [a, b] = [imputedOf(first), imputedOf(second)]
  if (!a || !b) return absent('not_applicable')
  const { value, standardError: se, low, high } = apart(a, b)
  return {
    ...key,
    n: a.moments.n + b.moments.n,
    ...nothing,
    value,
    se,
    low,
    high,
    absent: null,
  }
}

/**
 * What a later year's figure is above an earlier one of the same unit; null for counts, which have no interval, and where one
 * is not told or chance cannot be judged. The people of two years are taken for different ones.
 *
 * @param linkError  points, of the scale of one year against that of the other; it moves everybody alike, so gaps do not know it
 */
export function changeBetween(
  indicator: Indicator,
  before: readonly VisibleCell[],
  now: readonly VisibleCell[],
  subject: string,
  linkError = 0,
): Difference | null {
  if (indicator.kind === 'count') return null
  if (indicator.kind === 'ratio') {
    const [earlier, later] = [before, now].map((cells) => ratioSumsOf(totalOf(cells)))
    return earlier && later ? told(ratioDifference(later, earlier)) : null
  }
  if (indicator.between === null) {
    const [earlier, later] = [before, now].map((cells) => imputedOf(totalOf(cells)))
    return earlier && later ? told(withSharedError(apart(later, earlier), linkError)) : null
  }
  const gapOf = (cells: readonly VisibleCell[]) => {
    const [a, b] = (gapPair(indicator, cells, subject) ?? []).map(imputedOf)
    return a && b ? apart(a, b) : null
  }
  const [earlier, later] = [gapOf(before), gapOf(now)]
  return earlier && later ? told(differenceOfDifferences(later, earlier)) : null
}

/** Own figure minus that of the unit it lies in, or null where one of them is not told or chance cannot be judged. */
function compare(
  indicator: Indicator,
  own: readonly VisibleCell[],
  parent: readonly VisibleCell[],
  subject: string,
): Difference | null {
  if (indicator.kind === 'count') return null
  if (indicator.between !== null) return compareGaps(indicator, own, parent, subject)
  if (indicator.kind === 'ratio') {
    const [part, whole] = [own, parent].map((cells) => ratioSumsOf(totalOf(cells)))
    return part && whole && part.rows < whole.rows ? told(ratioDifferenceFromWhole(part, whole)) : null
  }
  const [part, whole] = [own, parent].map((cells) => imputedOf(totalOf(cells)))
  if (!part || !whole || part.moments.n >= whole.moments.n) return null
  return told(imputedDifference(differenceFromWhole(part.moments, whole.moments), differences(part, whole)))
}

/** The difference of two groups without a common person, a − b. */
export function apart(a: ImputedMoments, b: ImputedMoments): MeanDifference {
  return imputedDifference(difference(a.moments, b.moments), differences(a, b))
}

export function totalOf(cells: readonly VisibleCell[]): VisibleCell | undefined {
  return cells.find(({ breakdown }) => breakdown === '-')
}

/** Own gap minus the gap of everybody else in the unit it lies in: whether the own gap is wider than elsewhere. */
function compareGaps(
  indicator: Indicator,
  own: readonly VisibleCell[],
  parent: readonly VisibleCell[],
  subject: string,
): Difference | null {
  const [a, b] = (gapPair(indicator, own, subject) ?? []).map(imputedOf)
  const [wholeA, wholeB] = (gapPair(indicator, parent, subject) ?? []).map(imputedOf)
  if (!a || !b || !wholeA || !wholeB) return null
  if (a.moments.n >= wholeA.moments.n || b.moments.n >= wholeB.moments.n) return null
  const elsewhere = apart(subtractImputed(wholeA, a), subtractImputed(wholeB, b))
  return told(differenceOfDifferences(apart(a, b), elsewhere))
}

function told({ value, standardError, low, high, clear }: MeanDifference): Difference | null {
  if (value === null || standardError === null || low === null || high === null) return null
  const verdict = !clear ? 'no_clear_difference' : low > 0 ? 'higher' : 'lower'
  return { difference: value, se: standardError, low, high, verdict }
}
