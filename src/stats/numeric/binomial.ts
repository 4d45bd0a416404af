import { betaLower } from './incomplete-beta.ts'
import { normalQuantile } from './normal.ts'
import { binomialRaw } from './saddle-point.ts'
import { checkProbability, type Tail } from './tail.ts'

/**
 * Probability of exactly k successes in n independent trials.
 *
 * @param k  whole number; below 0 or above n the probability is 0
 * @param n  whole number of at least 0
 * @param p  0–1
 * @throws   RangeError otherwise
 */
export function binomialProbability(k: number, n: number, p: number): number {
  check(k, n, p, 'binomialProbability')
  if (k < 0 || k > n) return 0
  if (p === 0) return k === 0 ? 1 : 0
  if (p === 1) return k === n ? 1 : 0
  return binomialRaw(k, n - k, p, 1 - p)
}

/** Probability of at most k successes; `upper`: of more than k. Relative error below 1e-10 in both tails. */
export function binomialCumulative(k: number, n: number, p: number, tail: Tail = 'lower'): number {
  check(k, n, p, 'binomialCumulative')
  if (k < 0) return tail === 'lower' ? 0 : 1
  if (k >= n) return tail === 'lower' ? 1 : 0
  return tail === 'lower' ? betaLower(1 - p, p, n - k, k + 1) : betaLower(p, 1 - p, k + 1, n - k)
}

/**
 * Smallest k with P(X ≤ k) ≥ probability.
 *
 * @param probability  above 0 and below 1; one that misses a value of the distribution function by rounding
 *                     alone (1e-14 relative) counts as that value
 * @throws             RangeError otherwise
 */
export function binomialQuantile(probability: number, n: number, p: number): number {
  checkProbability(probability, 'binomialQuantile')
  check(0, n, p, 'binomialQuantile')
  const upper = 1 - probability
  const reaches = (k: number) =>
    probability <= 0.5
      ? binomialCumulative(k, n, p) >= probability * (1 - 1e-14)
      : binomialCumulative(k, n, p, 'upper') <= upper * (1 + 1e-14)
  // From the normal approximation outwards until the answer is enclosed, then by halves.
  const guess = Math.floor(n * p + normalQuantile(probability) * Math.sqrt(n * p * (1 - p)))
  let low = Math.min(n, Math.max(0, guess)) // P(X ≤ low − 1) may still reach it
  let high = low
  for (let step = 1; low > 0 && reaches(low - 1); step *= 2) {
    high = low - 1
    low = Math.max(0, low - step)
  }
  for (let step = 1; !reaches(high); step *= 2) {
    low = high + 1
    high = Math.min(n, high + step)
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (reaches(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function check(k: number, n: number, p: number, what: string): void {
  if (!Number.isSafeInteger(k) || !Number.isSafeInteger(n) || n < 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(`${what} requires whole numbers k and n ≥ 0 and a share p from 0 to 1`)
  }
}
