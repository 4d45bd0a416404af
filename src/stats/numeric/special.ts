export { erf, erfc } from './erf.ts'
export { regularisedBeta } from './incomplete-beta.ts'
export { regularisedGammaP, regularisedGammaQ } from './incomplete-gamma.ts'
export { digamma, logBeta, logGamma, trigamma } from './log-gamma.ts'

/** ln(1 + e^x) for any x, without overflow. */
export function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}

/** 1 / (1 + e^(−x)) for any x; small results keep their digits. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

/**
 * ln(p / (1 − p)), the inverse of `logistic`.
 * @throws RangeError unless 0 < p < 1
 */
export function logit(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('logit requires p above 0 and below 1')
  // Around 1/2 the quotient is near 1: its logarithm keeps its digits from the distance.
  return p > 0.25 && p < 0.75 ? Math.log1p((2 * p - 1) / (1 - p)) : Math.log(p / (1 - p))
}
