import { betaLower } from './incomplete-beta.ts'
import { logBeta } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'
import { binomialRaw } from './saddle-point.ts'
import { checkNumber, checkProbability, checkShape, solveLogConcave, type Tail } from './tail.ts'

/**
 * Density of the beta distribution; infinite at an end where its exponent is negative.
 * @throws RangeError unless a and b are from 1e-4 to 1e10
 */
export function betaDensity(x: number, a: number, b: number): number {
  check(x, a, b, 'betaDensity')
  if (x < 0 || x > 1) return 0
  if (x === 0) return a < 1 ? Number.POSITIVE_INFINITY : a === 1 ? b : 0
  if (x === 1) return b < 1 ? Number.POSITIVE_INFINITY : b === 1 ? a : 0
  return (binomialRaw(a, b, x, 1 - x) * a * (b / (a + b))) / (x * (1 - x))
}

/** Distribution function of the beta distribution. */
export function betaCumulative(x: number, a: number, b: number, tail: Tail = 'lower'): number {
  check(x, a, b, 'betaCumulative')
  const inside = Math.min(1, Math.max(0, x))
  return tail === 'lower' ? betaLower(inside, 1 - inside, a, b) : betaLower(1 - inside, inside, b, a)
}

/**
 * Quantile of the beta distribution.
 * @throws RangeError for p of 0, 1 or outside
 */
export function betaQuantile(p: number, a: number, b: number, tail: Tail = 'lower'): number {
  checkProbability(p, 'betaQuantile')
  check(0, a, b, 'betaQuantile')
  const u = betaLogitQuantile(p, a, b, tail)
  return u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u))
}

/**
 * ln(x / (1 − x)) of the beta quantile x: keeps the digits at both ends, so that t and F quantiles can be
 * made from it. On this scale the density is log-concave.
 */
export function betaLogitQuantile(p: number, a: number, b: number, tail: Tail): number {
  const lower = tail === 'lower' ? p : 1 - p
  const upper = tail === 'upper' ? p : 1 - p
  const atZero = limitAtZero(lower, upper, a, b)
  if (atZero !== undefined) return atZero
  const atOne = limitAtZero(upper, lower, b, a)
  if (atOne !== undefined) return -atOne
  return lower <= 0.5 ? lowerLogit(lower, a, b) : -lowerLogit(upper, b, a)
}

/** So near 0 that I_x = x^a / (a B(a, b)) holds to the last digit, ln x follows from that. */
function limitAtZero(lower: number, upper: number, a: number, b: number): number | undefined {
  const log = lower < 0.5 ? Math.log(lower) : Math.log1p(-upper)
  const limit = (log + Math.log(a) + logBeta(a, b)) / a
  return limit + Math.log(Math.max(1, b)) < -37 ? limit : undefined
}

function lowerLogit(p: number, a: number, b: number): number {
  const limit = (Math.log(p) + Math.log(a) + logBeta(a, b)) / a
  const middle = Math.log(a / b)
  const start =
    a > 1 && b > 1 ? middle + normalQuantile(p) * Math.sqrt(1 / a + 1 / b) : Math.min(limit, middle)
  return solveLogConcave(
    (u) => betaLower(share(u), share(-u), a, b),
    (u) => binomialRaw(a, b, share(u), share(-u)) * a * (b / (a + b)),
    p,
    start,
  )
}

const share = (u: number) => (u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u)))

function check(x: number, a: number, b: number, what: string): void {
  checkNumber(x, what)
  checkShape(a, what, 'a')
  checkShape(b, what, 'b')
}
