import { chiSquareCumulative } from '../numeric/distributions.ts'
import { sum } from '../numeric/sum.ts'
import type { DifTable } from './dif-tables.ts'
import { type EtsClass, etsClass } from './ets-class.ts'

export interface MantelHaenszel {
  /** 1 degree of freedom; null where no matching score has both groups and both answers */
  readonly chiSquare: number | null
  readonly p: number | null
  /** common odds ratio; above 1 the item favours the reference group; null where it is 0 or unbounded */
  readonly oddsRatio: number | null
  /** variance of its logarithm (Phillips & Holland 1987) */
  readonly logVariance: number | null
  /** −2.35 ln(odds ratio), the delta scale of ETS: below 0 the item is harder for the focal group */
  readonly delta: number | null
  readonly deltaStandardError: number | null
  /** A negligible, B moderate, C large; null where delta is */
  readonly ets: EtsClass | null
  readonly warning: 'no overlap' | 'odds ratio unbounded' | null
}

/** Points of the ETS delta scale per unit of log odds: 4/1.7. */
const DELTA_PER_LOG_ODDS = 2.35

/**
 * Mantel–Haenszel: are the odds of a right answer the same in both groups among persons of the same score?
 *
 * @param tables      of one item, one per matching score
 * @param continuity  subtracted from |observed − expected|, 0.5 or 0. Where the difference itself is smaller the
 *                    square still counts, as in other software: the statistic is then below 0.25/variance
 * @throws            RangeError if a count is negative or not finite
 * @see               Holland & Thayer (1988), in Wainer & Braun (eds.), Test validity, 129–145; Phillips & Holland
 *                    (1987), https://doi.org/10.2307/2531824
 */
export function mantelHaenszel(tables: readonly DifTable[], continuity: 0 | 0.5 = 0.5): MantelHaenszel {
  checkTables(tables)
  const used = tables.map(cells).filter(({ n }) => n > 1)
  const difference = sum(used.map(({ a, b, c, n }) => a - ((a + b) * (a + c)) / n))
  const variance = sum(
    used.map(({ a, b, c, d, n }) => ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1))),
  )
  const favouring = sum(used.map(({ a, d, n }) => (a * d) / n))
  const against = sum(used.map(({ b, c, n }) => (b * c) / n))
  const none = { oddsRatio: null, logVariance: null, delta: null, deltaStandardError: null, ets: null }
  if (!(variance > 0)) return { chiSquare: null, p: null, ...none, warning: 'no overlap' }
  const chiSquare = (Math.abs(difference) - continuity) ** 2 / variance
  const p = chiSquareCumulative(chiSquare, 1, 'upper')
  if (!(favouring > 0 && against > 0)) return { chiSquare, p, ...none, warning: 'odds ratio unbounded' }

  const oddsRatio = favouring / against
  const spread = used.map(
    ({ a, b, c, d, n }) => ((a * d + oddsRatio * b * c) * (a + d + oddsRatio * (b + c))) / (n * n),
  )
  const logVariance = sum(spread) / (2 * favouring * favouring)
  const delta = -DELTA_PER_LOG_ODDS * Math.log(oddsRatio)
  const deltaStandardError = DELTA_PER_LOG_ODDS * Math.sqrt(logVariance)
  const ets = etsClass(delta, deltaStandardError)
  return { chiSquare, p, oddsRatio, logVariance, delta, deltaStandardError, ets, warning: null }
}

/**
 * Breslow–Day: is the odds ratio the same at all scores (against non-uniform functioning)? Uses scores with both
 * groups and both answers.
 *
 * @returns  chiSquare with df = used scores − 1; null where fewer than two can be used or the odds ratio is unbounded
 * @see      Breslow & Day (1980), Statistical methods in cancer research 1, 142; for items Aguerri et al. (2009),
 *           https://doi.org/10.1007/s11135-007-9130-2
 */
export function breslowDay(tables: readonly DifTable[]): { chiSquare: number; df: number; p: number } | null {
  const { oddsRatio } = mantelHaenszel(tables)
  const used = tables.map(cells).filter(({ a, b, c, d }) => (a + b) * (c + d) * (a + c) * (b + d) > 0)
  if (oddsRatio === null || used.length < 2) return null
  const terms = used.map(({ a, b, c, d }) => {
    const expected = expectedRight(oddsRatio, a + b, c + d, a + c)
    const others = [expected, a + b - expected, a + c - expected, d - a + expected]
    return (a - expected) ** 2 * sum(others.map((x) => 1 / x))
  })
  const chiSquare = sum(terms)
  const df = used.length - 1
  return { chiSquare, df, p: chiSquareCumulative(chiSquare, df, 'upper') }
}

/** Right answers of the reference group that give a 2 × 2 table of these margins the odds ratio `odds`. */
function expectedRight(odds: number, reference: number, focal: number, right: number): number {
  const linear = focal - right + odds * (reference + right)
  const product = odds * reference * right
  const root = Math.sqrt(linear * linear + 4 * (1 - odds) * product)
  // Two forms of the root inside the margins; each loses no digits where the other would.
  return linear > 0 ? (2 * product) / (linear + root) : (root - linear) / (2 * (1 - odds))
}

/**
 * Standardised difference (STD P-DIF): how many more or fewer of the focal group got the item right than members
 * of the reference group with the same scores would have.
 *
 * @returns  share, −1 to 1, below 0 when the item is harder for the focal group; null where no score has both groups
 * @see      Dorans & Kulick (1986), https://doi.org/10.1111/j.1745-3984.1986.tb00255.x
 */
export function standardisedDifference(tables: readonly DifTable[]): number | null {
  checkTables(tables)
  const used = tables.map(cells).filter(({ a, b, c, d }) => a + b > 0 && c + d > 0)
  if (used.length === 0) return null
  const focal = sum(used.map(({ c, d }) => c + d))
  return sum(used.map(({ a, b, c, d }) => c - ((c + d) * a) / (a + b))) / focal
}

function cells({ referenceRight: a, referenceWrong: b, focalRight: c, focalWrong: d }: DifTable) {
  return { a, b, c, d, n: a + b + c + d }
}

function checkTables(tables: readonly DifTable[]): void {
  const counts = tables.flatMap((t) => [t.referenceRight, t.referenceWrong, t.focalRight, t.focalWrong])
  if (!counts.every((x) => x >= 0 && Number.isFinite(x))) {
    throw new RangeError('tables of right and wrong answers require counts of 0 or more')
  }
}
