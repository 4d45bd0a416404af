import { cholesky, choleskyInverse, symmetricEigen } from '../numeric/matrix.ts'
import { newton } from '../numeric/optimise.ts'

export type Extraction = 'maximum likelihood' | 'minimum residual'

/** Factors of a correlation matrix, uncorrelated and not rotated. */
export interface Factors {
  /** items × factors, row by row; the sum of each factor's loadings is not negative */
  readonly loadings: Float64Array
  /** share of each item's variance that no factor explains, 0.005–1 */
  readonly uniquenesses: Float64Array
  /** items (from 0) at the lower bound: the factors claim all of their variance (Heywood case), distrust the fit */
  readonly heywood: readonly number[]
  readonly converged: boolean
}

const LEAST = 0.005
const NOT_DEFINITE = 'factor analysis by maximum likelihood requires a positive definite matrix'

/**
 * Factor analysis of a correlation matrix, by maximum likelihood or by least squares of the correlations between
 * different items (minimum residuals).
 *
 * @param correlation  k × k, row by row
 * @param factors      1 to k/3: with more the loadings are hardly determined
 * @throws             RangeError if the number of factors does not fit or, for maximum likelihood, the matrix is not
 *                     positive definite
 * @see                Jöreskog (1967), https://doi.org/10.1007/BF02289658; Harman & Jones (1966),
 *                     https://doi.org/10.1007/BF02289468
 */
export function factorAnalysis(
  correlation: Float64Array,
  k: number,
  factors: number,
  extraction: Extraction,
): Factors {
  if (!(Number.isInteger(factors) && factors >= 1 && 3 * factors <= k)) {
    throw new RangeError('factorAnalysis requires at least three items per factor')
  }
  const likelihood = extraction === 'maximum likelihood'
  const start = startingUniquenesses(correlation, k, likelihood)
  const loss = likelihood ? likelihoodLoss : residualLoss
  if (!Number.isFinite(loss(correlation, k, factors, start).value)) throw new RangeError(NOT_DEFINITE)
  // The search runs over t with uniqueness = LEAST + (1 − LEAST) / (1 + e^−t), so that it stays inside its bounds.
  const unique = (t: Float64Array) => t.map((x) => LEAST + (1 - LEAST) / (1 + Math.exp(-x)))
  const { x, converged } = newton({
    start: start.map((u) => Math.log((u - LEAST) / (1 - u))),
    evaluate: (t) => {
      const psi = unique(t)
      const { value, gradient, hessian } = loss(correlation, k, factors, psi)
      const first = psi.map((u) => ((u - LEAST) * (1 - u)) / (1 - LEAST))
      const second = psi.map((u, i) => (first[i]! * (1 + LEAST - 2 * u)) / (1 - LEAST))
      return {
        value,
        gradient: gradient.map((g, i) => g * first[i]!),
        hessian: hessian.map((h, at) => {
          const [i, j] = [Math.floor(at / k), at % k]
          return h * first[i]! * first[j]! + (i === j ? gradient[i]! * second[i]! : 0)
        }),
      }
    },
    tolerance: 1e-14,
    maximumIterations: 200,
  })
  const uniquenesses = unique(x)
  const loadings = likelihood
    ? likelihoodLoadings(correlation, k, factors, uniquenesses)
    : residualLoadings(correlation, k, factors, uniquenesses)
  turnPositive(loadings, k, factors)
  const heywood = Array.from(uniquenesses.keys()).filter((i) => uniquenesses[i]! < LEAST + 1e-4)
  return { loadings, uniquenesses, heywood, converged }
}

/** What squared multiple correlations leave; a half where the matrix is singular and residuals are minimised. */
function startingUniquenesses(correlation: Float64Array, k: number, likelihood: boolean): Float64Array {
  try {
    const inverse = choleskyInverse(cholesky(correlation, k), k)
    return Float64Array.from({ length: k }, (_, i) => Math.min(0.95, Math.max(0.05, 1 / inverse[i * k + i]!)))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    if (likelihood) throw new RangeError(NOT_DEFINITE)
    return new Float64Array(k).fill(0.5)
  }
}

function scaled(correlation: Float64Array, k: number, psi: Float64Array) {
  const root = psi.map(Math.sqrt)
  return symmetricEigen(
    correlation.map((r, at) => r / (root[Math.floor(at / k)]! * root[at % k]!)),
    k,
  )
}

/** A function of the uniquenesses with its derivatives. */
interface Loss {
  readonly value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/** Of the eigenvalues v after the first m of Ψ^−½ R Ψ^−½: Σ (v − ln v − 1). */
function likelihoodLoss(correlation: Float64Array, k: number, m: number, psi: Float64Array): Loss {
  const { values, vectors } = scaled(correlation, k, psi)
  const gradient = new Float64Array(k)
  let value = 0
  for (let j = m; j < k; j++) {
    const v = values[j]!
    if (!(v > 0)) return { value: Number.POSITIVE_INFINITY, gradient, hessian: new Float64Array(k * k) }
    value += v - Math.log(v) - 1
    for (let i = 0; i < k; i++) gradient[i]! -= (v - 1) * vectors[i * k + j]! ** 2
  }
  // Second derivatives by ln ψ, by perturbation of the eigenvalues; then both by ψ.
  const hessian = pairSums(vectors, k, m, {
    within: (j) => values[j]!,
    across: (j, l) => ((values[j]! - 1) * (values[j]! + values[l]!)) / apart(values[j]! - values[l]!),
  })
  return {
    value,
    gradient: gradient.map((g, i) => g / psi[i]!),
    hessian: hessian.map((h, at) => {
      const [i, j] = [Math.floor(at / k), at % k]
      return (h - (i === j ? gradient[i]! : 0)) / (psi[i]! * psi[j]!)
    }),
  }
}

/**
 * Σ over eigenvectors j after the first m: (Σ_j v_ij v_kj)(Σ_j within·v_ij v_kj) for pairs of them, and
 * Σ_j Σ_(l among the first m) across·v_ij v_il v_kj v_kl.
 */
function pairSums(
  vectors: Float64Array,
  k: number,
  m: number,
  { within, across }: { within: (j: number) => number; across: (j: number, l: number) => number },
): Float64Array {
  const sums = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let h = 0; h <= i; h++) {
      let plain = 0
      let weighted = 0
      let crossed = 0
      for (let j = m; j < k; j++) {
        const both = vectors[i * k + j]! * vectors[h * k + j]!
        plain += both
        weighted += within(j) * both
        for (let l = 0; l < m; l++) crossed += across(j, l) * both * vectors[i * k + l]! * vectors[h * k + l]!
      }
      sums[i * k + h] = plain * weighted + crossed
      sums[h * k + i] = sums[i * k + h]!
    }
  }
  return sums
}

/** A difference of eigenvalues that is divided by: not 0, where the m-th and the next are equal. */
function apart(difference: number): number {
  return Math.abs(difference) > 1e-12 ? difference : -1e-12
}

function likelihoodLoadings(
  correlation: Float64Array,
  k: number,
  m: number,
  psi: Float64Array,
): Float64Array {
  const { values, vectors } = scaled(correlation, k, psi)
  return Float64Array.from({ length: k * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m]
    return Math.sqrt(psi[i]! * Math.max(0, values[j]! - 1)) * vectors[i * k + j]!
  })
}

function reduced(correlation: Float64Array, k: number, psi: Float64Array) {
  const rest = correlation.slice()
  for (let i = 0; i < k; i++) rest[i * k + i]! -= psi[i]!
  return symmetricEigen(rest, k)
}

/** Half the squared eigenvalues after the first m of R − Ψ: the residual correlations no m factors can take away. */
function residualLoss(correlation: Float64Array, k: number, m: number, psi: Float64Array): Loss {
  const { values, vectors } = reduced(correlation, k, psi)
  const gradient = new Float64Array(k)
  let value = 0
  for (let j = m; j < k; j++) {
    value += values[j]! ** 2 / 2
    for (let i = 0; i < k; i++) gradient[i]! -= values[j]! * vectors[i * k + j]! ** 2
  }
  const hessian = pairSums(vectors, k, m, {
    within: () => 1,
    across: (j, l) => (2 * values[j]!) / apart(values[j]! - values[l]!),
  })
  return { value, gradient, hessian }
}

function residualLoadings(correlation: Float64Array, k: number, m: number, psi: Float64Array): Float64Array {
  const { values, vectors } = reduced(correlation, k, psi)
  return Float64Array.from({ length: k * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m]
    return Math.sqrt(Math.max(0, values[j]!)) * vectors[i * k + j]!
  })
}

function turnPositive(loadings: Float64Array, k: number, m: number): void {
  for (let j = 0; j < m; j++) {
    let total = 0
    for (let i = 0; i < k; i++) total += loadings[i * m + j]!
    if (total < 0) for (let i = 0; i < k; i++) loadings[i * m + j]! *= -1
  }
}
