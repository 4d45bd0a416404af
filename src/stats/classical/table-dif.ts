import { checkDifData, type DifData, difTables } from './dif-tables.ts'
import { breslowDay, type MantelHaenszel, mantelHaenszel, standardisedDifference } from './mantel-haenszel.ts'
import { type Purified, purify } from './purification.ts'

/** One item compared between groups by tables of right and wrong answers at each score. */
export interface TableDif extends MantelHaenszel {
  /** against an odds ratio that changes with the score; null where too few scores can be used */
  readonly breslowDay: { readonly chiSquare: number; readonly df: number; readonly p: number } | null
  /** more (+) or fewer (−) right answers of the focal group than of equals in the reference group, −1 to 1 */
  readonly standardisedDifference: number | null
}

export interface DifOptions {
  /** an item is flagged if its p is below; default 0.05 */
  readonly level?: number
  /** rounds of purification at most; default 10, 0 = none */
  readonly rounds?: number
}

/**
 * Differential item functioning of every item by the Mantel–Haenszel test, with the ETS class, Breslow–Day and the
 * standardised difference beside it; flagged items leave the matching score (purification).
 *
 * @param continuity  0.5 or 0, see `mantelHaenszel`
 * @throws            RangeError if answers are not 0/1, a group is empty, sizes do not fit or the level is not 0–1
 */
export function tableDif(
  data: DifData,
  options: DifOptions & { continuity?: 0 | 0.5 } = {},
): Purified<TableDif> {
  const { level = 0.05, rounds = 10, continuity = 0.5 } = options
  checkDifData(data)
  if (!(level > 0 && level < 1)) throw new RangeError('tableDif requires a level between 0 and 1')
  const test = (anchors: readonly boolean[]) =>
    anchors.map((_, item) => {
      const tables = difTables(data, item, anchors)
      return {
        ...mantelHaenszel(tables, continuity),
        breslowDay: breslowDay(tables),
        standardisedDifference: standardisedDifference(tables),
      }
    })
  const flagged = (result: TableDif) => result.p !== null && result.p < level
  return purify(data.answers.items, test, flagged, data.matching ? 0 : rounds)
}
