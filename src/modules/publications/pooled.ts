import { type Indicator, withinPossible } from '#modules/indicators/index.ts'
import { addRatios, noRatio, ratioOf } from '#stats/describe/index.ts'
import { wilson } from '#stats/smallarea/wilson.ts'
import { addImputed, imputedMean } from '#stats/survey/index.ts'
import { apart, gapPair, imputedOf, ratioSumsOf, totalOf } from './figures.ts'
import type { Pooled } from './model.ts'
import type { VisibleCell } from './visible.ts'

/** So many school years make a trend. */
export const pooledYears = 3

/**
 * One figure of several school years: of all their people together, never a mean of means. A count is the mean of the years.
 *
 * @param years  the cells of one unit and subject, year by year
 * @returns      null where a year is not told or nothing follows from them
 */
export function pooledOf(
  indicator: Indicator,
  subject: string,
  years: readonly (readonly VisibleCell[])[],
): Omit<Pooled, 'since'> | null {
  if (indicator.between !== null) return pooledGap(indicator, subject, years)
  if (indicator.kind === 'ratio') return pooledRatio(indicator, years)
  const totals = years.map(totalOf)
  const n = totals.reduce((sum, cell) => (cell?.n == null || cell.absent ? Number.NaN : sum + cell.n), 0)
  if (!(n > 0)) return null
  if (indicator.kind === 'count') return { n, value: n / years.length, se: null, low: null, high: null }
  if (indicator.kind === 'share') {
    const hits = totals.reduce((sum, cell) => sum + cell!.sumY!, 0)
    return { n, value: hits / n, se: null, ...wilson(hits, n) }
  }
  const found = totals.map(imputedOf)
  if (found.includes(null)) return null
  const { mean, standardError: se, low, high } = imputedMean(found.reduce(addUp)!)
  return mean === null ? null : { n, value: mean, se, low, high }
}

function pooledRatio(
  indicator: Indicator,
  years: readonly (readonly VisibleCell[])[],
): Omit<Pooled, 'since'> | null {
  const totals = years.map(totalOf)
  const sums = totals.map(ratioSumsOf)
  if (sums.includes(null)) return null
  const all = ratioOf(sums.reduce((a, b) => addRatios(a!, b!), noRatio)!)
  const { value, standardError: se, low, high } = withinPossible(indicator, all)
  const n = indicator.ofPeople === false ? null : totals.reduce((sum, cell) => sum + cell!.n!, 0)
  return value === null ? null : { n, value, se, low, high }
}

function pooledGap(
  indicator: Indicator,
  subject: string,
  years: readonly (readonly VisibleCell[])[],
): Omit<Pooled, 'since'> | null {
  const pairs = years.map((cells) => (gapPair(indicator, cells, subject) ?? []).map(imputedOf))
  if (pairs.some((pair) => pair.length === 0 || pair.includes(null))) return null
  const [a, b] = [0, 1].map((at) => pairs.map((pair) => pair[at]!).reduce(addImputed))
  const { value, standardError: se, low, high } = apart(a!, b!)
  return value === null ? null : { n: a!.moments.n + b!.moments.n, value, se, low, high }
}

type MaybeImputed = ReturnType<typeof imputedOf>
const addUp = (a: MaybeImputed, b: MaybeImputed) => addImputed(a!, b!)
