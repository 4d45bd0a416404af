import { sum } from '../numeric/sum.ts'

/** How much a disagreement by several levels counts: all the same, in proportion, or by its square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

export interface Kappa {
  /** at most 1; 0 as much as by chance; null where chance alone already agrees fully (one level used) */
  readonly kappa: number | null
  /** large-sample standard error, same unit; null with kappa */
  readonly standardError: number | null
  /** share of cases on which both agree exactly, 0–1 */
  readonly exact: number
  /** mean of (row level − column level): above 0 when the rows' rater is the more generous one */
  readonly bias: number
  readonly cases: number
}

/**
 * Cohen's kappa, plain or weighted: agreement of two raters beyond what their marginal habits give by chance.
 *
 * @param table    square counts: table[i][j] cases put at level i by the first and at level j by the second rater
 * @param weights  `quadratic` for ordered levels (then close to an intraclass correlation)
 * @throws         RangeError if the table is not square, has a negative or not finite count, or no case
 * @see            Cohen (1968), https://doi.org/10.1037/h0026256; standard error: Fleiss, Cohen & Everitt (1969),
 *                 https://doi.org/10.1037/h0028106
 * @example        cohenKappa([[20, 5], [10, 15]]).kappa // 0.4
 */
export function cohenKappa(table: readonly ArrayLike<number>[], weights: KappaWeights = 'none'): Kappa {
  const levels = table.length
  const counts = table.flatMap((row) => Array.from(row))
  if (levels < 2 || table.some((row) => row.length !== levels) || !counts.every((x) => x >= 0 && x < 1e15)) {
    throw new RangeError('cohenKappa requires a square table of two or more levels with counts of 0 or more')
  }
  const cases = sum(counts)
  if (cases === 0) throw new RangeError('cohenKappa requires at least one case')
  const share = (i: number, j: number) => table[i]![j]! / cases
  const all = Array.from({ length: levels }, (_, i) => i)
  const rows = all.map((i) => sum(all.map((j) => share(i, j))))
  const columns = all.map((j) => sum(all.map((i) => share(i, j))))
  const worth = (i: number, j: number) => agreementWeight(weights, Math.abs(i - j) / (levels - 1))
  const over = (value: (i: number, j: number) => number) =>
    sum(all.flatMap((i) => all.map((j) => value(i, j))))

  const observed = over((i, j) => worth(i, j) * share(i, j))
  const expected = over((i, j) => worth(i, j) * rows[i]! * columns[j]!)
  const exact = sum(all.map((i) => share(i, i)))
  const bias = over((i, j) => (i - j) * share(i, j))
  if (1 - expected < 1e-14) return { kappa: null, standardError: null, exact, bias, cases }

  const kappa = (observed - expected) / (1 - expected)
  const rowWorth = all.map((i) => sum(all.map((j) => columns[j]! * worth(i, j))))
  const columnWorth = all.map((j) => sum(all.map((i) => rows[i]! * worth(i, j))))
  const spread = over(
    (i, j) => share(i, j) * (worth(i, j) - (rowWorth[i]! + columnWorth[j]!) * (1 - kappa)) ** 2,
  )
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (cases * (1 - expected) ** 2)
  return { kappa, standardError: Math.sqrt(Math.max(0, variance)), exact, bias, cases }
}

function agreementWeight(weights: KappaWeights, distance: number): number {
  if (weights === 'none') return distance === 0 ? 1 : 0
  return weights === 'linear' ? 1 - distance : 1 - distance * distance
}

/**
 * Fleiss' kappa: agreement of many raters on unordered levels, each case rated by the same number of raters,
 * not necessarily the same persons.
 *
 * @param counts  cases × levels: how many raters put the case at the level
 * @returns       at most 1; null where all ratings of all cases are at one level (chance agrees fully)
 * @throws        RangeError if a case has another number of raters than the first, or fewer than two
 * @see           Fleiss (1971), https://doi.org/10.1037/h0031619
 */
export function fleissKappa(counts: readonly ArrayLike<number>[]): { kappa: number | null; raters: number } {
  const levels = counts[0]?.length ?? 0
  const rows = counts.map((row) => Array.from(row))
  const raters = rows[0] ? sum(rows[0]) : 0
  const whole = rows.every((row) => row.length === levels && row.every((x) => Number.isInteger(x) && x >= 0))
  if (!whole || levels < 2 || raters < 2 || rows.some((row) => sum(row) !== raters)) {
    throw new RangeError(
      'fleissKappa requires whole counts of two or more levels and as many raters in each case',
    )
  }
  const pairs = raters * (raters - 1)
  const observed = sum(rows.map((row) => sum(row.map((x) => x * (x - 1))) / pairs)) / rows.length
  const shares = Array.from(
    { length: levels },
    (_, j) => sum(rows.map((row) => row[j]!)) / (rows.length * raters),
  )
  const expected = sum(shares.map((p) => p * p))
  return { kappa: 1 - expected < 1e-14 ? null : (observed - expected) / (1 - expected), raters }
}
