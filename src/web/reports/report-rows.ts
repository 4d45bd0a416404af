import type { Indicator } from '#modules/indicators/model.ts'
import type { Profile, ProfileFigure } from '#modules/publications/model.ts'
import { Criterion } from '#terms/criteria.ts'

/** A criterion on the one page of a report. */
export interface ReportCriterion {
  criterion: Criterion
  rows: readonly { indicator: Indicator; figure: ProfileFigure }[]
  /** figures of the criterion that the page has no room for */
  more: number
}

/**
 * What stands on one page: of every criterion first one figure, then further ones as long as there is room, in the order of the
 * catalogue, never by result. Where an indicator has several subjects, the one most people are behind goes first.
 *
 * @param room  rows the page has for figures
 */
export function reportRows(
  profile: Profile,
  catalogue: readonly Indicator[],
  room: number,
): ReportCriterion[] {
  const all = Criterion.options.map((criterion) => ({
    criterion,
    rows: inTurns(
      catalogue
        .filter(({ area }) => area === criterion)
        .map((indicator) =>
          profile.figures
            .filter((figure) => figure.indicator === indicator.code)
            .toSorted((a, b) => (b.cell.n ?? -1) - (a.cell.n ?? -1))
            .map((figure) => ({ indicator, figure })),
        ),
    ),
  }))
  const taken = all.map(() => 0)
  let left = room
  for (let turn = 0; left > 0 && all.some(({ rows }) => rows.length > turn); turn += 1) {
    all.forEach(({ rows }, at) => {
      if (left > 0 && rows.length > turn) {
        taken[at] = turn + 1
        left -= 1
      }
    })
  }
  return all.map(({ criterion, rows }, at) => ({
    criterion,
    rows: inCatalogue(rows.slice(0, taken[at]), catalogue),
    more: rows.length - taken[at]!,
  }))
}

/** The first of each list, then the second of each, … */
function inTurns<Row>(lists: readonly (readonly Row[])[]): Row[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat()
}

function inCatalogue<Row extends { indicator: Indicator }>(
  rows: readonly Row[],
  catalogue: readonly Indicator[],
): Row[] {
  const place = new Map(catalogue.map(({ code }, at) => [code, at]))
  return rows.toSorted((a, b) => place.get(a.indicator.code)! - place.get(b.indicator.code)!)
}
