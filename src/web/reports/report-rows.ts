import type { Indicator } from '#modules/indicators/model.ts'
import type { Profile, ProfileFigure } from '#modules/publications/model.ts'
import { Criterion } from '#terms/criteria.ts'
import { frameworkIndicators } from '#terms/framework-indicators.ts'
import type { Words } from '#terms/locale.ts'

export interface ReportRow {
  indicator: Indicator
  figure: ProfileFigure
}

/** A criterion on the one page of a report. */
export interface ReportCriterion {
  criterion: Criterion
  rows: readonly ReportRow[]
  /** figures of the criterion that the page has no room for */
  more: number
  /** names of indicators of the criterion without a figure of the unit in that year */
  without: readonly Words[]
  /** names of those the system does not compute yet */
  planned: readonly Words[]
}

/**
 * What stands on one page: of every criterion first one figure, then further ones as long as there is room, in the order of the
 * catalogue, never by result. Where an indicator has several subjects, the one most people are behind goes first.
 *
 * @param room     lines the page has for figures
 * @param linesOf  how many of them a row takes
 */
export function reportRows(
  profile: Profile,
  catalogue: readonly Indicator[],
  room: number,
  linesOf: (row: ReportRow) => number,
): ReportCriterion[] {
  const all = Criterion.options.map((criterion) => {
    const asked = catalogue.filter(
      ({ area, levels }) => area === criterion && levels.includes(profile.unit.level),
    )
    const byIndicator = asked.map((indicator) => ({ indicator, rows: rowsOf(profile, indicator) }))
    return {
      criterion,
      rows: inTurns(byIndicator.map(({ rows }) => rows)),
      without: byIndicator.filter(({ rows }) => rows.length === 0).map(({ indicator }) => indicator.short),
      planned: frameworkIndicators
        .filter((each) => each.criterion === criterion && !catalogue.some(({ code }) => code === each.code))
        .map(({ name }) => name),
    }
  })
  const taken = all.map(() => 0)
  let left = room - all.filter(({ rows }) => rows.length === 0).length
  for (let turn = 0; all.some(({ rows }) => rows.length > turn); turn += 1) {
    all.forEach(({ rows }, at) => {
      const row = rows[turn]
      if (!row || taken[at] !== turn || linesOf(row) > left) return
      taken[at] = turn + 1
      left -= linesOf(row)
    })
  }
  return all.map(({ rows, ...rest }, at) => ({
    ...rest,
    rows: inCatalogue(rows.slice(0, taken[at]), catalogue),
    more: rows.length - taken[at]!,
  }))
}

function rowsOf({ figures }: Profile, indicator: Indicator): ReportRow[] {
  return figures
    .filter((figure) => figure.indicator === indicator.code)
    .toSorted((a, b) => (b.cell.n ?? -1) - (a.cell.n ?? -1))
    .map((figure) => ({ indicator, figure }))
}

/** The first of each list, then the second of each, … */
function inTurns<Row>(lists: readonly (readonly Row[])[]): Row[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat()
}

function inCatalogue(rows: readonly ReportRow[], catalogue: readonly Indicator[]): ReportRow[] {
  const place = new Map(catalogue.map(({ code }, at) => [code, at]))
  return rows.toSorted((a, b) => place.get(a.indicator.code)! - place.get(b.indicator.code)!)
}
