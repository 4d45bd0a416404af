import { binomialCumulative, binomialProbability, binomialQuantile } from '../numeric/distributions.ts'
import { type Interval, twoSided } from './wilson.ts'

/**
 * Limits between which the shares of units of size n fall by chance alone when all have the same true share.
 *
 * Below n·p·(1 − p) = 10 the exact, interpolated binomial limits are taken, from there on the normal ones; with
 * variation between units (`tau2`) always the normal ones, because chance is then not the only source.
 *
 * @param target  the common share, above 0 and below 1
 * @param n       persons in the unit, whole, at least 1
 * @param level   0.95 and 0.998 are usual
 * @param tau2    variance between units from `overdispersion`, 0 if left out
 * @returns       inside 0–1, enclosing the target
 * @throws        RangeError otherwise
 * @see           Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202, https://doi.org/10.1002/sim.1970
 */
export function funnelLimits(target: number, n: number, level = 0.95, tau2 = 0): Interval {
  const limits =
    tau2 === 0 && n * target * (1 - target) < 10
      ? exactFunnelLimits(target, n, level)
      : normalFunnelLimits(target, n, level, tau2)
  // Interpolation can pass the target where hardly a hit is expected; no share a unit can have lies between.
  return {
    low: Math.min(target, Math.max(0, limits.low)),
    high: Math.max(target, Math.min(1, limits.high)),
  }
}

/** target ± z √(target (1 − target) / n + tau2); may leave 0–1 for small n. */
export function normalFunnelLimits(target: number, n: number, level = 0.95, tau2 = 0): Interval {
  checkShare(target, n)
  return meanFunnelLimits(target, Math.sqrt((target * (1 - target)) / n), level, tau2)
}

/** target ± z √(standardError² + tau2): for means, where the error of each unit is known. */
export function meanFunnelLimits(target: number, standardError: number, level = 0.95, tau2 = 0): Interval {
  const z = twoSided(level, 'meanFunnelLimits')
  if (!(Number.isFinite(target) && standardError >= 0 && tau2 >= 0 && standardError + tau2 < Infinity)) {
    throw new RangeError(
      'funnel limits require a finite target, error and variance, the last two not negative',
    )
  }
  const reach = z * Math.sqrt(standardError ** 2 + tau2)
  return { low: target - reach, high: target + reach }
}

/**
 * Exact binomial limits, interpolated between whole numbers so that they fall smoothly with n (Spiegelhalter,
 * appendix A.1.1).
 */
export function exactFunnelLimits(target: number, n: number, level = 0.95): Interval {
  checkShare(target, n)
  twoSided(level, 'exactFunnelLimits')
  const outside = (1 - level) / 2
  return { low: Math.max(0, interpolated(outside, target, n)), high: interpolated(1 - outside, target, n) }
}

function interpolated(p: number, target: number, n: number): number {
  const r = binomialQuantile(p, n, target)
  const share = (binomialCumulative(r, n, target) - p) / binomialProbability(r, n, target)
  return (r - share) / n
}

function checkShare(target: number, n: number): void {
  if (!(target > 0 && target < 1 && Number.isSafeInteger(n) && n >= 1)) {
    throw new RangeError('funnel limits require a target above 0 and below 1 and a whole n of at least 1')
  }
}
