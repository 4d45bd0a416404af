import { betaLogitQuantile } from './beta.ts'
import { betaLower } from './incomplete-beta.ts'
import { binomialRaw } from './saddle-point.ts'
import { checkNumber, checkProbability, checkShape, type Tail } from './tail.ts'

/** Density of the F distribution with df1 and df2 degrees of freedom; infinite at 0 where df1 < 2. */
export function fisherFDensity(x: number, df1: number, df2: number): number {
  check(x, df1, df2, 'fisherFDensity')
  if (x < 0 || x === Number.POSITIVE_INFINITY) return 0
  if (x === 0) return df1 < 2 ? Number.POSITIVE_INFINITY : df1 === 2 ? 1 : 0
  const ratio = (df1 / df2) * x
  if (ratio === Number.POSITIVE_INFINITY) return 0
  const [a, b] = [df1 / 2, df2 / 2]
  return (binomialRaw(a, b, ratio / (1 + ratio), 1 / (1 + ratio)) * a * (b / (a + b))) / x
}

/** Distribution function of the F distribution; `upper` gives the p-value of a test. */
export function fisherFCumulative(x: number, df1: number, df2: number, tail: Tail = 'lower'): number {
  check(x, df1, df2, 'fisherFCumulative')
  const ratio = (df1 / df2) * Math.max(0, x)
  const upper = 1 / (1 + ratio)
  const lower = ratio === Number.POSITIVE_INFINITY ? 1 : ratio / (1 + ratio)
  return tail === 'lower'
    ? betaLower(lower, upper, df1 / 2, df2 / 2)
    : betaLower(upper, lower, df2 / 2, df1 / 2)
}

/**
 * Quantile of the F distribution.
 * @throws RangeError for p of 0, 1 or outside
 */
export function fisherFQuantile(p: number, df1: number, df2: number, tail: Tail = 'lower'): number {
  checkProbability(p, 'fisherFQuantile')
  check(0, df1, df2, 'fisherFQuantile')
  return (df2 / df1) * Math.exp(betaLogitQuantile(p, df1 / 2, df2 / 2, tail))
}

function check(x: number, df1: number, df2: number, what: string): void {
  checkNumber(x, what)
  checkShape(df1, what, 'df1')
  checkShape(df2, what, 'df2')
}
