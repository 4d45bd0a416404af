import { stirlingError } from './log-gamma.ts'

/**
 * Poisson and binomial probabilities for real arguments without the cancellation of large logarithms: the
 * common ground of all densities and of the incomplete gamma and beta functions.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */

/** x ln(x / m) + m − x ≥ 0: how far x lies from its mean m; x ≥ 0, m > 0. */
export function deviance(x: number, m: number): number {
  if (x === 0) return m
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m)
    let total = (x - m) * v
    let term = 2 * x * v
    // |v| < 0.1: every step adds two digits.
    for (let j = 1; j < 20; j++) {
      term *= v * v
      total += term / (2 * j + 1)
    }
    return total
  }
  const ratio = x / m // overflows for m near the smallest numbers
  const log = ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Math.log(x) - Math.log(m)
  return x * log + m - x
}

/** m^x e^(−m) / Γ(x + 1) for x ≥ 0, m > 0. */
export function poissonRaw(x: number, m: number): number {
  if (x === 0) return Math.exp(-m)
  if (x <= m * Number.MIN_VALUE) return Math.exp(-m)
  return Math.exp(-stirlingError(x) - deviance(x, m)) / Math.sqrt(2 * Math.PI * x)
}

/** Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) p^a q^b for a, b ≥ 0 and p + q = 1, both above 0. */
export function binomialRaw(a: number, b: number, p: number, q: number): number {
  if (a === 0) return Math.exp(b * (p < 0.5 ? Math.log1p(-p) : Math.log(q)))
  if (b === 0) return Math.exp(a * (q < 0.5 ? Math.log1p(-q) : Math.log(p)))
  const n = a + b
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b)
  return Math.exp(correction - deviance(a, n * p) - deviance(b, n * q)) / Math.sqrt(2 * Math.PI * a * (b / n))
}
