import { erf, erfc } from './erf.ts'
import { checkNumber, checkProbability, type Tail } from './tail.ts'

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  checkNumber(x, 'normalDensity')
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/**
 * Standard normal distribution function; relative error below 1e-12 in both tails.
 * @example normalCumulative(-1.959963984540054) // 0.025
 */
export function normalCumulative(x: number, tail: Tail = 'lower'): number {
  checkNumber(x, 'normalCumulative')
  return 0.5 * erfc((tail === 'lower' ? -x : x) / Math.SQRT2)
}

/**
 * Standard normal quantile.
 *
 * @param p     above 0 and below 1
 * @param tail  `upper`: the x that p of the distribution exceeds
 * @throws      RangeError for p of 0, 1 or outside: the quantile is infinite or undefined
 * @example     normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number, tail: Tail = 'lower'): number {
  checkProbability(p, 'normalQuantile')
  if (p > 0.5) return -lowerHalf(1 - p) * (tail === 'lower' ? 1 : -1)
  return lowerHalf(p) * (tail === 'lower' ? 1 : -1)
}

/** Quantile for p ≤ 1/2: a rational start good to 4.5e-4 (Abramowitz and Stegun 26.2.23), then two Halley steps. */
function lowerHalf(p: number): number {
  if (p === 0.5) return 0
  const t = Math.sqrt(-2 * Math.log(p))
  let x =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let step = 0; step < 2; step++) {
    const density = normalDensity(x)
    if (density === 0) break
    // Beside the middle the distance from 1/2 is what has digits.
    const above = p > 0.3 ? 0.5 * erf(x / Math.SQRT2) - (p - 0.5) : normalCumulative(x) - p
    const miss = above / density
    x -= miss / (1 + (x * miss) / 2)
  }
  return x
}
