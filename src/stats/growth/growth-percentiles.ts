import { transpose } from '../numeric/matrix.ts'
import { addProduct } from './add-product.ts'
import { type GrowthNorms, type GrowthScores, growthDesign } from './growth-norms.ts'

/** Rows whose splines are held at a time. */
const piece = 2048
/** Nearer than this a quantile passes through a score; units of the current score. */
const NEAR = 5e-6

/**
 * Growth percentiles: among persons who started level, the share in per cent whom each person outgrew.
 *
 * A person's percentile is the number of fitted quantiles below the current score, at least 1 and at most 99. Each
 * quantile passes exactly through some scores, and in a small group many pass through one: a quantile as near as
 * half the fifth decimal is not below (for scores of five decimals that is the rounding of SGP), so that digits
 * nobody measured do not decide. The number does not change when quantiles that cross are put in order.
 *
 * @param norms   with the hundred quantiles of `percentileTaus`
 * @param scores  of any persons with as many earlier scores as the norms, nothing missing
 * @returns       whole numbers 1–99, in the order of the persons
 * @throws        RangeError if quantiles or scores are missing or not finite
 * @see           Betebenner (2009), https://doi.org/10.1111/j.1745-3992.2009.00161.x
 */
export function growthPercentiles(norms: GrowthNorms, { current, priors }: GrowthScores): Uint8Array {
  if (norms.taus.length !== 100)
    throw new RangeError('growthPercentiles requires norms of a hundred quantiles')
  finite(current)
  const percentiles = new Uint8Array(current.length)
  eachPiece(norms, priors, current.length, (fitted, from, count) => {
    for (let i = 0; i < count; i++) {
      if (current[from + i]! - fitted[i]! > NEAR) percentiles[from + i]!++
    }
  })
  for (let i = 0; i < percentiles.length; i++) percentiles[i] = Math.min(99, Math.max(1, percentiles[i]!))
  return percentiles
}

/**
 * Scores a person reaches with given growth: the fitted quantiles in rising order, so that a higher percentile
 * never means a lower score.
 *
 * @param priors       earlier scores of n persons, the most recent first
 * @param percentiles  whole numbers 0–99; percentile p is the quantile (p + 0.5) / 100
 * @returns            n × percentiles, rounded to 5 decimals, in units of the current score
 * @throws             RangeError as above
 * @see                Chernozhukov, Fernández-Val, Galichon (2010), Econometrica 78, 1093–1125,
 *                     https://doi.org/10.3982/ECTA7880
 */
export function growthCuts(
  norms: GrowthNorms,
  priors: readonly ArrayLike<number>[],
  percentiles: readonly number[],
): Float64Array {
  if (norms.taus.length !== 100) throw new RangeError('growthCuts requires norms of a hundred quantiles')
  if (!percentiles.every((p) => Number.isInteger(p) && p >= 0 && p <= 99)) {
    throw new RangeError('growthCuts requires whole percentiles from 0 to 99')
  }
  const rows = priors[0]?.length ?? 0
  const cuts = new Float64Array(rows * percentiles.length)
  const quantiles = new Float64Array(100 * piece)
  const person = new Float64Array(100)
  eachPiece(norms, priors, rows, (fitted, from, count, tau) => {
    quantiles.set(fitted.subarray(0, count), tau * piece)
    if (tau < 99) return
    for (let i = 0; i < count; i++) {
      for (let t = 0; t < 100; t++) person[t] = quantiles[t * piece + i]!
      person.sort()
      for (const [k, p] of percentiles.entries())
        cuts[(from + i) * percentiles.length + k] = rounded(person[p]!)
    }
  })
  return cuts
}

/** Fitted quantiles for a piece of the persons at a time and, within it, tau after tau. */
function eachPiece(
  { conditioning, columns, coefficients, taus }: GrowthNorms,
  priors: readonly ArrayLike<number>[],
  rows: number,
  use: (fitted: Float64Array, from: number, count: number, tau: number) => void,
): void {
  if (priors.length !== conditioning.length || priors.some((prior) => prior.length !== rows)) {
    throw new RangeError(`growth percentiles require ${conditioning.length} earlier scores for each person`)
  }
  priors.forEach(finite)
  const fitted = new Float64Array(piece)
  for (let from = 0; from < rows; from += piece) {
    const count = Math.min(piece, rows - from)
    const part = priors.map((prior) => Float64Array.from({ length: count }, (_, i) => prior[from + i]!))
    const byColumn = transpose(growthDesign(conditioning, part, count, columns), count, columns)
    for (let tau = 0; tau < taus.length; tau++) {
      fitted.fill(0)
      addProduct(fitted, byColumn, count, coefficients.subarray(tau * columns, (tau + 1) * columns), 0, count)
      use(fitted, from, count, tau)
    }
  }
}

/** To 5 decimals. */
function rounded(x: number): number {
  return Math.round(x * 1e5) / 1e5
}

function finite(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]))
      throw new RangeError('growth percentiles require finite scores, none missing')
  }
}
