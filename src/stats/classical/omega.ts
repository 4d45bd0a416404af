import { multiply } from '../numeric/matrix.ts'
import { sum } from '../numeric/sum.ts'
import { type Extraction, factorAnalysis } from './factor-analysis.ts'
import { oblimin } from './oblimin.ts'
import { correlationOf, itemCovariance, type ScoreMatrix } from './score-matrix.ts'

/** Reliability under one common factor. */
export interface OneFactorOmega {
  /** (Σ loadings)² over the variance the model gives the total, 0–1: for raw scores */
  readonly omega: number
  /** the same over the observed variance of the total: lower where the model misses covariance */
  readonly omegaObserved: number
  /** the same two of standardised items */
  readonly standardised: number
  readonly standardisedObserved: number
  /** in points */
  readonly loadings: Float64Array
  readonly residualVariances: Float64Array
  /** of standardised items */
  readonly standardisedLoadings: Float64Array
  /** items (from 0) whose variance the factor claims entirely: distrust the fit */
  readonly heywood: readonly number[]
  readonly converged: boolean
}

/**
 * McDonald's omega of a test with one factor: the share of the total's variance that is due to the factor. Unlike alpha
 * it does not assume that all items load alike. Uses persons who answered every item.
 *
 * @param extraction  maximum likelihood (default; covariances and correlations then give the same) or minimum residual
 * @throws            RangeError if there are fewer than three items or two persons, an item is the same for everyone,
 *                    or the correlations are not positive definite
 * @see               McDonald (1999), Test theory, ch. 6
 */
export function omegaOneFactor(
  matrix: ScoreMatrix,
  extraction: Extraction = 'maximum likelihood',
): OneFactorOmega {
  const k = matrix.items
  const { covariance } = itemCovariance(matrix)
  const correlation = correlationOf(covariance, k)
  const {
    loadings: standardisedLoadings,
    uniquenesses,
    heywood,
    converged,
  } = factorAnalysis(correlation, k, 1, extraction)
  const deviations = Float64Array.from({ length: k }, (_, i) => Math.sqrt(covariance[i * k + i]!))
  const loadings = standardisedLoadings.map((loading, i) => loading * deviations[i]!)
  const residualVariances = uniquenesses.map((u, i) => u * deviations[i]! ** 2)
  const common = sum(loadings) ** 2
  const commonStandardised = sum(standardisedLoadings) ** 2
  return {
    omega: common / (common + sum(residualVariances)),
    omegaObserved: common / observed(covariance, k),
    standardised: commonStandardised / (commonStandardised + sum(uniquenesses)),
    standardisedObserved: 1 - sum(uniquenesses) / observed(correlation, k),
    loadings,
    residualVariances,
    standardisedLoadings,
    heywood,
    converged,
  }
}

/** Reliability under a general factor and group factors. */
export interface HierarchicalOmega {
  /** share of the total's variance due to the general factor alone */
  readonly hierarchical: number
  /** share due to all factors */
  readonly total: number
  /** loadings of the standardised items on the general factor */
  readonly general: Float64Array
  /** loadings on the group factors, items × factors, row by row */
  readonly group: Float64Array
  readonly heywood: readonly number[]
  readonly converged: boolean
}

/**
 * Omega hierarchical and total by the Schmid–Leiman transformation: correlated group factors (minimum residuals,
 * quartimin rotation), whose own common factor becomes the general one. How much of a sum over several domains is one
 * thing? Depends on the number of factors and on the rotation: a description, not a measurement to three digits.
 *
 * @param factors  2 or more, at least three items each; items keyed in one direction
 * @throws         RangeError as above, or if the group factors do not correlate positively
 * @see            Schmid & Leiman (1957), https://doi.org/10.1007/BF02289209; Zinbarg, Revelle, Yovel & Li (2005),
 *                 https://doi.org/10.1007/s11336-003-0974-7
 */
export function omegaHierarchical(matrix: ScoreMatrix, factors = 3): HierarchicalOmega {
  const k = matrix.items
  if (!(Number.isInteger(factors) && factors >= 2)) {
    throw new RangeError('omegaHierarchical requires two or more factors')
  }
  const correlation = correlationOf(itemCovariance(matrix).covariance, k)
  const extracted = factorAnalysis(correlation, k, factors, 'minimum residual')
  const rotated = oblimin(extracted.loadings, k, factors)
  const second = secondOrder(rotated.correlation, factors)
  const general = multiply(rotated.loadings, second.loadings, k, factors, 1)
  const group = rotated.loadings.map(
    (loading, at) => loading * Math.sqrt(Math.max(0, 1 - second.loadings[at % factors]! ** 2)),
  )
  const total = observed(correlation, k)
  return {
    hierarchical: sum(general) ** 2 / total,
    total: 1 - sum(extracted.uniquenesses) / total,
    general,
    group,
    heywood: extracted.heywood,
    converged: extracted.converged && rotated.converged && second.converged,
  }
}

/** Loadings of the group factors on their common factor. */
function secondOrder(correlation: Float64Array, m: number): { loadings: Float64Array; converged: boolean } {
  if (m > 2) {
    const { loadings, converged } = factorAnalysis(correlation, m, 1, 'minimum residual')
    if (sum(loadings) ** 2 < 1e-12)
      throw new RangeError('omegaHierarchical requires group factors that correlate')
    return { loadings, converged }
  }
  // Two factors have one correlation: both are taken to load alike.
  const r = correlation[1]!
  if (!(r > 0)) throw new RangeError('omegaHierarchical requires group factors that correlate positively')
  return { loadings: new Float64Array(2).fill(Math.sqrt(r)), converged: true }
}

function observed(matrix: Float64Array, k: number): number {
  const total = sum(matrix)
  if (!(total > 1e-12 * k)) throw new RangeError('omega requires persons whose totals differ')
  return total
}
