import { fisherFQuantile } from '../numeric/distributions.ts'
import { cholesky, choleskyInverse } from '../numeric/matrix.ts'
import { quantile } from '../numeric/quantile.ts'
import { sum, variance } from '../numeric/sum.ts'
import { correlationOf, itemCovariance, type ScoreMatrix, without } from './score-matrix.ts'

/** Reliability coefficients of one set of items; all without unit. */
export interface AlphaCoefficients {
  /** coefficient alpha of the raw scores, at most 1; below 0 when items contradict each other */
  readonly alpha: number
  /** alpha of items of equal variance, from the mean correlation */
  readonly standardised: number
  /** Guttman's lambda 6 from squared multiple correlations; null where one item follows from the others */
  readonly lambda6: number | null
  readonly meanCorrelation: number
  readonly medianCorrelation: number
  /** variance of the correlations between items; null with fewer than two of them */
  readonly correlationVariance: number | null
  /** k·r̄ / (1 − r̄): true to error variance of the standardised total; null at r̄ = 1 */
  readonly signalToNoise: number | null
  /** large-sample standard error of alpha (Duhachek & Iacobucci 2004) */
  readonly standardError: number
}

export interface AlphaReport extends AlphaCoefficients {
  readonly persons: number
  readonly items: number
  /** Feldt's interval of alpha; exact under parallel normal items */
  readonly low: number
  readonly high: number
  /** mean and standard deviation of a person's mean item score, in points */
  readonly mean: number
  readonly standardDeviation: number
  /** standard error of measurement of the total, in points: s√(1 − alpha); null where alpha is below 0 */
  readonly standardErrorOfMeasurement: number | null
  /** the same without each item in turn; empty for two items */
  readonly ifDropped: readonly AlphaCoefficients[]
}

/**
 * Coefficient alpha and its kin: how consistently the items of one test rank the same persons. Uses persons who
 * answered every item.
 *
 * @param level  of Feldt's interval, 0–1
 * @throws       RangeError if fewer than two items or persons, an item is the same for everyone, or the totals are
 * @see          Cronbach (1951), https://doi.org/10.1007/BF02310555; Guttman (1945),
 *               https://doi.org/10.1007/BF02288892; Feldt (1965), https://doi.org/10.1007/BF02289499; Duhachek &
 *               Iacobucci (2004), https://doi.org/10.1037/0021-9010.89.5.792
 * @example      coefficientAlpha(scoreMatrix([[1, 2], [2, 1], [3, 3]])).alpha // 2/3
 */
export function coefficientAlpha(matrix: ScoreMatrix, level = 0.95): AlphaReport {
  const k = matrix.items
  if (k < 2) throw new RangeError('coefficientAlpha requires two or more items')
  if (!(level > 0 && level < 1)) throw new RangeError('coefficientAlpha requires a level between 0 and 1')
  const { means, covariance, persons } = itemCovariance(matrix)
  const correlation = correlationOf(covariance, k)
  const whole = coefficients(covariance, correlation, k, persons)
  const tail = (1 - level) / 2
  const df1 = persons - 1
  const df2 = (persons - 1) * (k - 1)
  const totalVariance = sum(covariance)
  return {
    ...whole,
    persons,
    items: k,
    low: 1 - (1 - whole.alpha) * fisherFQuantile(1 - tail, df1, df2),
    high: 1 - (1 - whole.alpha) * fisherFQuantile(tail, df1, df2),
    mean: sum(means) / k,
    standardDeviation: Math.sqrt(totalVariance) / k,
    standardErrorOfMeasurement:
      whole.alpha < 0 ? null : Math.sqrt(totalVariance * Math.max(0, 1 - whole.alpha)),
    ifDropped:
      k === 2
        ? []
        : Array.from({ length: k }, (_, item) =>
            coefficients(without(covariance, k, item), without(correlation, k, item), k - 1, persons),
          ),
  }
}

/** Squared multiple correlation of each item with all others; null where the correlation matrix is singular. */
export function squaredMultipleCorrelations(correlation: Float64Array, k: number): Float64Array | null {
  try {
    const inverse = choleskyInverse(cholesky(correlation, k), k)
    return Float64Array.from({ length: k }, (_, i) => 1 - 1 / inverse[i * k + i]!)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function coefficients(
  covariance: Float64Array,
  correlation: Float64Array,
  k: number,
  persons: number,
): AlphaCoefficients {
  const total = sum(covariance)
  const trace = sum(Float64Array.from({ length: k }, (_, i) => covariance[i * k + i]!))
  if (!(total > 1e-12 * trace)) throw new RangeError('coefficientAlpha requires persons whose totals differ')
  const pairs: number[] = []
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) pairs.push(correlation[i * k + j]!)
  const meanCorrelation = sum(pairs) / pairs.length
  const smc = squaredMultipleCorrelations(correlation, k)
  const correlationSum = sum(correlation)
  return {
    alpha: (k / (k - 1)) * (1 - trace / total),
    standardised: (k / (k - 1)) * (1 - k / correlationSum),
    lambda6: smc === null ? null : 1 - sum(smc.map((r) => 1 - r)) / correlationSum,
    meanCorrelation,
    medianCorrelation: quantile(
      pairs.toSorted((a, b) => a - b),
      0.5,
    ),
    correlationVariance: pairs.length < 2 ? null : variance(pairs),
    signalToNoise: meanCorrelation === 1 ? null : (k * meanCorrelation) / (1 - meanCorrelation),
    standardError: Math.sqrt(samplingVariance(covariance, k, total, trace) / persons),
  }
}

/** n times the large-sample variance of alpha; Duhachek & Iacobucci (2004), formula 1. */
function samplingVariance(covariance: Float64Array, k: number, total: number, trace: number): number {
  const squares = sum(covariance.map((x) => x * x)) // trace of C², as C is symmetric
  const rows = Float64Array.from({ length: k }, (_, i) => sum(covariance.subarray(i * k, (i + 1) * k)) ** 2)
  const value = total * (squares + trace * trace) - 2 * trace * sum(rows) // 1′C²1 is the sum of squared row sums
  return Math.max(0, ((2 * k * k) / ((k - 1) ** 2 * total ** 3)) * value)
}
