import { fisherFCumulative, fisherFQuantile } from '../numeric/distributions.ts'
import { sum } from '../numeric/sum.ts'

/** One intraclass correlation with the F test against 0 and its interval. */
export interface IntraclassCorrelation {
  /**
   * At most 1; below 0 when raters of one target differ more than raters of different targets. Null where it is not
   * defined: `random.average` of raters who differ less in level than their errors would make them
   */
  readonly value: number | null
  readonly f: number
  readonly df1: number
  readonly df2: number
  readonly p: number
  readonly low: number | null
  readonly high: number | null
}

/**
 * Who rates, and what is used: `oneWay` each target by other raters, `random` raters a sample and their levels
 * count, `fixed` these raters only and their levels do not count; `single` one rating, `average` the mean of all k.
 */
export interface IntraclassCorrelations {
  readonly oneWay: { readonly single: IntraclassCorrelation; readonly average: IntraclassCorrelation }
  readonly random: { readonly single: IntraclassCorrelation; readonly average: IntraclassCorrelation }
  readonly fixed: { readonly single: IntraclassCorrelation; readonly average: IntraclassCorrelation }
}

/**
 * The six intraclass correlations of Shrout and Fleiss: how much of the spread of ratings is between targets.
 *
 * @param ratings  n targets × k raters, n ≥ 2, k ≥ 2, nothing missing
 * @param level    of the intervals, 0–1
 * @throws         RangeError if the matrix is ragged, too small or not finite, or if ratings leave no error
 *                 (raters who agree to the last digit: F is then unbounded) or no spread at all
 * @see            Shrout & Fleiss (1979), https://doi.org/10.1037/0033-2909.86.2.420; McGraw & Wong (1996),
 *                 https://doi.org/10.1037/1082-989X.1.1.30
 */
export function intraclassCorrelation(
  ratings: readonly ArrayLike<number>[],
  level = 0.95,
): IntraclassCorrelations {
  const n = ratings.length
  const k = ratings[0]?.length ?? 0
  const rows = ratings.map((row) => Array.from(row))
  if (n < 2 || k < 2 || !rows.every((row) => row.length === k && row.every(Number.isFinite))) {
    throw new RangeError('intraclassCorrelation requires a full matrix of two or more targets and raters')
  }
  if (!(level > 0 && level < 1))
    throw new RangeError('intraclassCorrelation requires a level between 0 and 1')
  const { between, raters, error, within } = meanSquares(rows, n, k)
  if (error <= 1e-14 * (between + raters)) {
    throw new RangeError('intraclassCorrelation requires ratings that differ beyond targets and raters')
  }
  const upper = 1 - (1 - level) / 2
  const dfBetween = n - 1
  const dfError = (n - 1) * (k - 1)

  const ratio = (denominator: number, df2: number) => {
    const f = between / denominator
    const p = fisherFCumulative(f, dfBetween, df2, 'upper')
    const low = f / fisherFQuantile(upper, dfBetween, df2)
    const high = f * fisherFQuantile(upper, df2, dfBetween)
    const test = { f, df1: dfBetween, df2, p }
    const single = (x: number) => (x - 1) / (x + k - 1)
    const average = (x: number) => share(x - 1, x, 1)
    return {
      test,
      single: { value: single(f), ...test, low: single(low), high: single(high) },
      average: { value: average(f), ...test, low: average(low), high: average(high) },
    }
  }
  const oneWay = ratio(within, n * (k - 1))
  const fixed = ratio(error, dfError)

  const scale = between + raters + error
  const value = share(between - error, between + (k - 1) * error + (k * (raters - error)) / n, scale)
  const averageValue = share(between - error, between + (raters - error) / n, scale)
  const [low, high] =
    value === null ? [null, null] : randomInterval(value, { between, raters, error }, n, k, upper)
  const stepUp = (x: number | null) => (x === null ? null : share(x * k, 1 + x * (k - 1), 1))
  return {
    oneWay: { single: oneWay.single, average: oneWay.average },
    random: {
      single: { value, ...fixed.test, low, high },
      average: { value: averageValue, ...fixed.test, low: stepUp(low), high: stepUp(high) },
    },
    fixed: { single: fixed.single, average: fixed.average },
  }
}

/** A ratio with a denominator that is a variance; null where it is not above 0. */
function share(part: number, whole: number, scale: number): number | null {
  return whole > 1e-10 * scale ? part / whole : null
}

/** Interval for one rating by raters drawn at random, with Satterthwaite's degrees of freedom. */
function randomInterval(
  value: number,
  { between, raters, error }: { between: number; raters: number; error: number },
  n: number,
  k: number,
  upper: number,
): [number | null, number | null] {
  const mixed = n * (1 + (k - 1) * value) - k * value
  const part = (k * value * raters) / error
  const df = ((n - 1) * (k - 1) * (part + mixed) ** 2) / ((n - 1) * part ** 2 + mixed ** 2)
  if (!(df > 1e-6)) return [null, null]
  const fLow = fisherFQuantile(upper, n - 1, df)
  const fHigh = fisherFQuantile(upper, df, n - 1)
  if (!Number.isFinite(fLow + fHigh)) return [null, null]
  const rest = k * raters + (k * n - k - n) * error
  const scale = n * between + rest
  return [
    share(n * (between - fLow * error), fLow * rest + n * between, scale),
    share(n * (fHigh * between - error), rest + n * fHigh * between, scale),
  ]
}

function meanSquares(rows: readonly number[][], n: number, k: number) {
  const targetMeans = rows.map((row) => sum(row) / k)
  const raterMeans = rows[0]!.map((_, j) => sum(rows.map((row) => row[j]!)) / n)
  const grand = sum(targetMeans) / n
  const squares = (xs: readonly number[]) => sum(xs.map((x) => x * x))
  const between = (k * squares(targetMeans.map((m) => m - grand))) / (n - 1)
  const raters = (n * squares(raterMeans.map((m) => m - grand))) / (k - 1)
  const residuals = rows.flatMap((row, i) => row.map((x, j) => x - targetMeans[i]! - raterMeans[j]! + grand))
  const error = squares(residuals) / ((n - 1) * (k - 1))
  const within = squares(rows.flatMap((row, i) => row.map((x) => x - targetMeans[i]!))) / (n * (k - 1))
  return { between, raters, error, within }
}
