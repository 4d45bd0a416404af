import { chiSquareCumulative } from '../numeric/distributions.ts'

/**
 * Probability that a noncentral chi-square variable is at most x: a mixture of central ones with df + 2k degrees of
 * freedom, k following a Poisson distribution with mean noncentrality / 2.
 *
 * @throws RangeError unless x ≥ 0, df > 0 and noncentrality ≥ 0 are finite
 */
export function noncentralChiSquare(x: number, df: number, noncentrality: number): number {
  if (!(x >= 0 && df > 0 && noncentrality >= 0 && Number.isFinite(x + df + noncentrality))) {
    throw new RangeError('noncentralChiSquare requires finite x ≥ 0, df > 0 and noncentrality ≥ 0')
  }
  const rate = noncentrality / 2
  // From the likeliest term outwards, until what is left cannot be seen.
  const start = Math.floor(rate)
  let log = -rate
  for (let k = 1; k <= start; k++) log += Math.log(rate / k)
  const middle = Math.exp(log)
  let total = 0
  for (let k = start, share = middle; share > 1e-17; k++, share *= rate / k) {
    total += share * chiSquareCumulative(x, df + 2 * k)
  }
  for (let k = start - 1, share = (middle * start) / rate; k >= 0 && share > 1e-17; k--) {
    total += share * chiSquareCumulative(x, df + 2 * k)
    share *= k / rate
  }
  return Math.min(1, total)
}
