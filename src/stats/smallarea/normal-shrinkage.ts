import { normalCumulative } from '../numeric/distributions.ts'
import { brentMinimise } from '../numeric/optimise.ts'
import { exactSum } from '../numeric/sum.ts'
import { type Interval, twoSided } from './wilson.ts'

/** How true values vary between units, from estimates that carry error. */
export interface NormalPrior {
  readonly units: number
  /** variance of true values between units */
  readonly tau2: number
  /** mean of true values, weights 1 / (s² + tau2) */
  readonly mean: number
  readonly meanStandardError: number
  /** Cochran's Q: Σ (y − fixed mean)² / s² */
  readonly q: number
  /** share of the variation in the estimates that is not chance, 0–1 */
  readonly i2: number
}

/** What is known about the true value of one unit. */
export interface NormalPosterior extends Interval {
  readonly mean: number
  readonly sd: number
  /** weight of the common mean, 0–1 */
  readonly shrinkage: number
}

/**
 * Common mean and variance between units.
 *
 * @param values          one estimate per unit
 * @param standardErrors  of each, above 0
 * @param method          `moments` (DerSimonian and Laird), `reml` (restricted likelihood), or a variance known
 *                        from elsewhere
 * @throws                RangeError for fewer than two units, lengths that differ or errors not above 0
 * @see                   DerSimonian, Laird (1986), Controlled Clinical Trials 7, 177–188
 */
export function estimateNormalPrior(
  values: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
  method: 'moments' | 'reml' | { tau2: number } = 'moments',
): NormalPrior {
  const units = values.length
  if (units < 2 || standardErrors.length !== units) {
    throw new RangeError('estimateNormalPrior requires two or more values with an error each')
  }
  const y = Float64Array.from(values)
  const s2 = Float64Array.from(standardErrors, (s) => s * s)
  if (!y.every(Number.isFinite) || !s2.every((v) => v > 0 && 1 / v < Infinity && v < Infinity)) {
    throw new RangeError('estimateNormalPrior requires finite values and errors above 0')
  }
  const fixed = pooled(y, s2, 0)
  const q = exactSum(y.map((yi, i) => (yi - fixed.mean) ** 2 / s2[i]!))
  const total = exactSum(s2.map((v) => 1 / v))
  const moments = Math.max(0, (q - (units - 1)) / (total - exactSum(s2.map((v) => 1 / v ** 2)) / total))
  const tau2 = method === 'moments' ? moments : method === 'reml' ? restricted(y, s2) : method.tau2
  if (!(tau2 >= 0 && tau2 < Infinity))
    throw new RangeError('estimateNormalPrior requires a variance that is not negative')
  const common = pooled(y, s2, tau2)
  return {
    units,
    tau2,
    mean: common.mean,
    meanStandardError: Math.sqrt(common.variance),
    q,
    i2: q > 0 ? Math.max(0, (q - (units - 1)) / q) : 0,
  }
}

/**
 * Posterior of the true value of a unit: its estimate drawn towards the common mean, the more so the larger its
 * error. The error of the common mean is part of the sd.
 */
export function normalPosterior(
  prior: Pick<NormalPrior, 'mean' | 'meanStandardError' | 'tau2'>,
  value: number,
  standardError: number,
  level = 0.95,
): NormalPosterior {
  if (!(Number.isFinite(value) && standardError > 0 && standardError < Infinity)) {
    throw new RangeError('normalPosterior requires a finite value and an error above 0')
  }
  const variance = standardError ** 2
  const shrinkage = variance / (variance + prior.tau2)
  const center = shrinkage * prior.mean + (1 - shrinkage) * value
  const sd = Math.sqrt((1 - shrinkage) * variance + shrinkage ** 2 * prior.meanStandardError ** 2)
  const reach = twoSided(level, 'normalPosterior') * sd
  return { mean: center, sd, shrinkage, low: center - reach, high: center + reach }
}

/** Probability that the true value lies above a threshold; where nothing is uncertain, 0 or 1 (½ exactly on it). */
export function valueAbove(posterior: Pick<NormalPosterior, 'mean' | 'sd'>, threshold: number): number {
  const distance = threshold - posterior.mean
  if (posterior.sd === 0) return distance === 0 ? 0.5 : distance < 0 ? 1 : 0
  return normalCumulative(distance / posterior.sd, 'upper')
}

/**
 * James and Stein's shrinkage of k ≥ 4 estimates with one known variance towards their mean (Efron and Morris).
 *
 * @returns factor: what is left of each distance from the mean; below 0 it is taken as 0
 * @see     Efron, Morris (1975), JASA 70, 311–319
 */
export function jamesStein(
  values: ArrayLike<number>,
  variance: number,
): { mean: number; factor: number; shrunken: Float64Array } {
  if (values.length < 4 || !(variance > 0)) {
    throw new RangeError('jamesStein requires four or more values and a variance above 0')
  }
  const center = exactSum(values) / values.length
  const spread = exactSum(Float64Array.from(values, (value) => (value - center) ** 2))
  const factor = spread === 0 ? 0 : Math.max(0, 1 - ((values.length - 3) * variance) / spread)
  return {
    mean: center,
    factor,
    shrunken: Float64Array.from(values, (value) => center + factor * (value - center)),
  }
}

function pooled(y: Float64Array, s2: Float64Array, tau2: number): { mean: number; variance: number } {
  const total = exactSum(s2.map((v) => 1 / (v + tau2)))
  return { mean: exactSum(y.map((yi, i) => yi / (s2[i]! + tau2))) / total, variance: 1 / total }
}

/** Variance between units that maximises the restricted likelihood. */
function restricted(y: Float64Array, s2: Float64Array): number {
  const center = exactSum(y) / y.length
  const top = 10 * exactSum(y.map((yi) => (yi - center) ** 2)) // no true spread is larger than that of the estimates
  const loss = (tau: number) => {
    const { mean: mu, variance } = pooled(y, s2, tau * tau)
    return (
      exactSum(s2.map((v) => Math.log(v + tau * tau))) -
      Math.log(variance) +
      exactSum(y.map((yi, i) => (yi - mu) ** 2 / (s2[i]! + tau * tau)))
    )
  }
  if (top === 0) return 0
  const found = brentMinimise(loss, 0, Math.sqrt(top))
  return loss(0) <= found.value ? 0 : found.x ** 2
}
