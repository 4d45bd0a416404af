import { betaCumulative, betaQuantile } from '../numeric/distributions.ts'
import { nelderMead } from '../numeric/optimise.ts'
import { logBeta, logistic, logit } from '../numeric/special.ts'
import { exactSum } from '../numeric/sum.ts'
import type { Interval } from './wilson.ts'

/** How true shares vary between units: a beta distribution. a + b is how many persons the prior is worth. */
export interface BetaPrior {
  readonly a: number
  readonly b: number
  /** units do not vary beyond chance, or nothing distinguishes them: the prior is as good as a fixed share */
  readonly warnings: readonly 'no variation between units'[]
}

/** What is known about the true share of one unit. */
export interface SharePosterior extends Interval {
  readonly a: number
  readonly b: number
  readonly mean: number
  readonly sd: number
}

/** A prior worth more persons than this is a fixed share for every purpose. */
const FIXED = 1e7

/**
 * Beta distribution with a given mean and standard deviation.
 * @throws RangeError unless 0 < mean < 1 and 0 < sd² < mean (1 − mean)
 */
export function betaFromMoments(mean: number, sd: number): BetaPrior {
  if (!(mean > 0 && mean < 1 && sd > 0 && sd * sd < mean * (1 - mean))) {
    throw new RangeError('betaFromMoments requires a mean above 0 and below 1 and 0 < sd² < mean (1 − mean)')
  }
  return priorOf(mean, (mean * (1 - mean)) / (sd * sd) - 1)
}

/**
 * How true shares vary between the units of a stratum, estimated from their hits.
 *
 * @param method  `moments`: Kleinman's moment estimate with weights n; `likelihood`: maximum likelihood
 * @throws        RangeError for fewer than two units with persons, counts that are not whole, or when nobody or
 *                everybody is a hit: then a prior must come from elsewhere
 * @see           Kleinman (1973), JASA 68, 46–54
 */
export function estimateBetaPrior(
  hits: ArrayLike<number>,
  n: ArrayLike<number>,
  method: 'moments' | 'likelihood' = 'moments',
): BetaPrior {
  const units = checkUnits(hits, n)
  const persons = exactSum(units.map((unit) => unit.n))
  const mean = exactSum(units.map((unit) => unit.hits)) / persons
  if (units.length < 2 || mean === 0 || mean === 1) {
    throw new RangeError(
      'estimateBetaPrior requires two or more units with persons, and hits as well as misses',
    )
  }
  const chance = mean * (1 - mean)
  const between = exactSum(units.map((unit) => unit.n * (unit.hits / unit.n - mean) ** 2))
  const bySize = exactSum(units.map((unit) => unit.n * (1 - unit.n / persons)))
  const byUnit = exactSum(units.map((unit) => 1 - unit.n / persons))
  // Share of the variance of a single outcome that lies between units; 0 leaves chance alone.
  const correlation = (between - chance * byUnit) / (chance * (bySize - byUnit))
  const worth = correlation > 0 && correlation < 1 ? 1 / correlation - 1 : correlation >= 1 ? 1e-3 : FIXED
  if (method === 'moments') return priorOf(mean, worth)
  const found = nelderMead(
    ([position, size]) => -logLikelihood(units, logistic(position!), Math.exp(size!)),
    [logit(mean), Math.log(Math.min(worth, 1e4))],
    { lower: [-30, Math.log(1e-3)], upper: [30, Math.log(FIXED)] },
  )
  return priorOf(logistic(found.x[0]!), Math.exp(found.x[1]!))
}

/**
 * Posterior of the true share of a unit with `hits` of n persons.
 * @throws RangeError if hits and n are not whole numbers with 0 ≤ hits ≤ n
 */
export function sharePosterior(
  prior: Pick<BetaPrior, 'a' | 'b'>,
  hits: number,
  n: number,
  level = 0.95,
): SharePosterior {
  checkUnits([hits], [n])
  const a = prior.a + hits
  const b = prior.b + n - hits
  const outside = (1 - level) / 2
  return {
    a,
    b,
    mean: a / (a + b),
    sd: Math.sqrt((a * b) / (a + b + 1)) / (a + b),
    low: betaQuantile(outside, a, b),
    high: betaQuantile(outside, a, b, 'upper'),
  }
}

/** Probability that the true share lies above a threshold. */
export function shareAbove(posterior: Pick<SharePosterior, 'a' | 'b'>, threshold: number): number {
  return betaCumulative(threshold, posterior.a, posterior.b, 'upper')
}

function priorOf(mean: number, worth: number): BetaPrior {
  // Neither part below 1e-3: such priors differ from each other by less than a thousandth of a person.
  const size = Math.min(Math.max(worth, 1e-3 / Math.min(mean, 1 - mean)), FIXED)
  const warnings = size >= FIXED * 0.999 ? (['no variation between units'] as const) : []
  return { a: mean * size, b: (1 - mean) * size, warnings }
}

function logLikelihood(units: readonly { hits: number; n: number }[], mean: number, size: number): number {
  const a = mean * size
  const b = (1 - mean) * size
  if (!(a > 0 && b > 0)) return -Infinity
  return exactSum(units.map(({ hits, n }) => logBeta(a + hits, b + n - hits))) - units.length * logBeta(a, b)
}

function checkUnits(hits: ArrayLike<number>, n: ArrayLike<number>): { hits: number; n: number }[] {
  if (hits.length !== n.length) throw new RangeError('shares require one n for each number of hits')
  const units = Array.from({ length: n.length }, (_, i) => ({ hits: hits[i]!, n: n[i]! }))
  for (const unit of units) {
    if (
      !Number.isSafeInteger(unit.hits) ||
      !Number.isSafeInteger(unit.n) ||
      unit.hits < 0 ||
      unit.hits > unit.n
    ) {
      throw new RangeError('shares require whole numbers with 0 ≤ hits ≤ n')
    }
  }
  return units.filter((unit) => unit.n > 0)
}
