import { betaLogitQuantile } from './beta.ts'
import { betaLower } from './incomplete-beta.ts'
import { logBeta, stirlingError } from './log-gamma.ts'
import { normalCumulative, normalDensity, normalQuantile } from './normal.ts'
import { deviance } from './saddle-point.ts'
import { checkNumber, checkProbability, checkShape, type Tail } from './tail.ts'

/**
 * Density of Student's t with df degrees of freedom.
 * @param df  1e-4 … 1e10, not necessarily whole; infinite is the normal distribution
 */
export function studentTDensity(x: number, df: number): number {
  check(x, df, 'studentTDensity')
  if (df === Number.POSITIVE_INFINITY) return normalDensity(x)
  const half = df / 2
  const constant = stirlingError(half + 0.5) - stirlingError(half) - deviance(half, half + 0.5)
  const ratio = (x / df) * x
  if (ratio === Number.POSITIVE_INFINITY) return 0
  return Math.exp(constant - half * Math.log1p(ratio)) / Math.sqrt(2 * Math.PI * (1 + ratio))
}

/** Distribution function of Student's t; relative error below 1e-10 in both tails. */
export function studentTCumulative(x: number, df: number, tail: Tail = 'lower'): number {
  check(x, df, 'studentTCumulative')
  if (df === Number.POSITIVE_INFINITY) return normalCumulative(x, tail)
  const beyond = beyondSize(Math.abs(x), df)
  return x < 0 === (tail === 'lower') ? beyond : 1 - beyond
}

/** P(T > t) for t ≥ 0. */
function beyondSize(t: number, df: number): number {
  if (t === Number.POSITIVE_INFINITY) return 0
  const ratio = (t / df) * t
  if (ratio > 1e290) {
    return 0.5 * Math.exp(df * (0.5 * Math.log(df) - Math.log(t)) - Math.log(df / 2) - logBeta(df / 2, 0.5))
  }
  return 0.5 * betaLower(1 / (1 + ratio), ratio / (1 + ratio), df / 2, 0.5)
}

/**
 * Quantile of Student's t.
 * @throws RangeError for p of 0, 1 or outside
 */
export function studentTQuantile(p: number, df: number, tail: Tail = 'lower'): number {
  checkProbability(p, 'studentTQuantile')
  check(0, df, 'studentTQuantile')
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p, tail)
  if (p === 0.5) return 0
  const positive = p > 0.5 === (tail === 'lower')
  const outer = p > 0.5 ? 1 - p : p
  // t² / df is the ratio x / (1 − x) of a beta variable with 1/2 and df/2.
  const size = Math.sqrt(df) * Math.exp(betaLogitQuantile(2 * outer, 0.5, df / 2, 'upper') / 2)
  return positive ? size : -size
}

function check(x: number, df: number, what: string): void {
  checkNumber(x, what)
  if (df !== Number.POSITIVE_INFINITY) checkShape(df, what, 'degrees of freedom (or infinitely many)')
}
