import {
  betaCumulative,
  betaQuantile,
  binomialCumulative,
  normalCumulative,
} from '../numeric/distributions.ts'
import { mean, sum, variance } from '../numeric/sum.ts'
import { type Classification, checkCuts, classification, levelOf } from './classification.ts'

/**
 * Accuracy and consistency of levels given from estimates with their own errors (Rudner): each person's estimate is
 * taken as the truth and a second test as normal around it with his standard error. Estimates should be unbiased
 * (WLE, ML); shrunken ones make decisions look better than they are.
 *
 * @param estimates       one per person, on the scale of the cuts
 * @param standardErrors  above 0
 * @param cuts            rising; a score equal to a cut reaches it
 * @throws                RangeError if there is no person, sizes differ, a number is not finite, an error is not above
 *                        0, or the cuts do not rise
 * @see                   Rudner (2005), https://doi.org/10.7275/56a5-6b14
 */
export function decisionsFromErrors(
  estimates: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
  cuts: readonly number[],
): Classification {
  checkCuts(cuts, 'decisionsFromErrors')
  const n = estimates.length
  if (n === 0 || standardErrors.length !== n) {
    throw new RangeError(
      'decisionsFromErrors requires an estimate and a standard error for each of one or more persons',
    )
  }
  const levels = cuts.length + 1
  const chances = new Float64Array(n * levels)
  const level = new Int32Array(n)
  for (let person = 0; person < n; person++) {
    const [x, error] = [estimates[person]!, standardErrors[person]!]
    if (!Number.isFinite(x) || !(error > 0 && error < Number.POSITIVE_INFINITY)) {
      throw new RangeError('decisionsFromErrors requires finite estimates and standard errors above 0')
    }
    level[person] = levelOf(x, cuts)
    let below = 0
    for (let at = 0; at < levels; at++) {
      const upTo = at < cuts.length ? normalCumulative((cuts[at]! - x) / error) : 1
      chances[person * levels + at] = upTo - below
      below = upTo
    }
  }
  return classification(new Float64Array(n).fill(1 / n), level, chances, levels)
}

/**
 * Accuracy and consistency of levels given from summed scores under a response model (Lee): the share of each
 * score at each ability comes from the model.
 *
 * @param weights     of the abilities in the population, not negative, with a sum above 0
 * @param scores      abilities × (maximum + 1), row by row: probability of each sum 0 … maximum at the ability
 * @param trueScores  expected sum at each ability
 * @param cuts        on the summed score, rising
 * @throws            RangeError if sizes differ, weights are negative or all 0, probabilities do not add to 1, or cuts
 *                    do not rise
 * @see               Lee (2010), https://doi.org/10.1111/j.1745-3984.2009.00096.x
 */
export function decisionsFromScores(
  weights: ArrayLike<number>,
  scores: Float64Array,
  trueScores: ArrayLike<number>,
  cuts: readonly number[],
): Classification {
  checkCuts(cuts, 'decisionsFromScores')
  const n = weights.length
  const width = scores.length / n
  if (n === 0 || trueScores.length !== n || !Number.isInteger(width)) {
    throw new RangeError('decisionsFromScores requires score probabilities and a true score at each ability')
  }
  const total = sum(weights)
  if (!(total > 0) || !Array.from(weights).every((w) => w >= 0)) {
    throw new RangeError('decisionsFromScores requires weights of 0 or more, not all 0')
  }
  const levels = cuts.length + 1
  const chances = new Float64Array(n * levels)
  for (let point = 0; point < n; point++) {
    const row = scores.subarray(point * width, (point + 1) * width)
    if (!(Math.abs(sum(row) - 1) < 1e-8)) {
      throw new RangeError('decisionsFromScores requires probabilities of scores that add to 1')
    }
    row.forEach((p, score) => {
      chances[point * levels + levelOf(score, cuts)]! += p
    })
  }
  const level = Int32Array.from(trueScores, (score) => levelOf(score, cuts))
  return classification(
    Float64Array.from(weights, (w) => w / total),
    level,
    chances,
    levels,
  )
}

/** The distribution of error-free shares of points: beta between `low` and `high`. */
export interface TrueScoreBeta {
  readonly alpha: number
  readonly beta: number
  readonly low: number
  readonly high: number
}

export interface LivingstonLewis extends Classification {
  /** items of a test of 0/1 items with this mean, variance and reliability */
  readonly effectiveLength: number
  /** of true shares of points; bounds 0 and 1 where four moments gave no valid distribution */
  readonly trueScores: TrueScoreBeta
}

const POINTS_PER_LEVEL = 400

/**
 * Accuracy and consistency of levels given from one administration of any test with a known reliability
 * (Livingston & Lewis): the test is replaced by one of 0/1 items of equal mean, variance and reliability, whose
 * error is binomial and whose true scores are a beta distribution fitted to four moments (or to two).
 *
 * @param scores       observed, n ≥ 2
 * @param reliability  above 0 and below 1
 * @param range        lowest and highest score attainable
 * @param cuts         on the observed scale, rising, inside the range
 * @throws             RangeError if scores leave the range or do not vary, the reliability or the cuts are not as said,
 *                     or the scores spread less than binomial error would alone
 * @see                Livingston & Lewis (1995), https://doi.org/10.1111/j.1745-3984.1995.tb00462.x; Hanson (1991),
 *                     ACT research report 91-5
 */
export function decisionsFromReliability(
  scores: ArrayLike<number>,
  reliability: number,
  [lowest, highest]: readonly [number, number],
  cuts: readonly number[],
): LivingstonLewis {
  checkCuts(cuts, 'decisionsFromReliability')
  if (!(reliability > 0 && reliability < 1)) {
    throw new RangeError('decisionsFromReliability requires a reliability above 0 and below 1')
  }
  const span = highest - lowest
  if (!(span > 0 && span < Number.POSITIVE_INFINITY) || !(cuts[0]! > lowest && cuts.at(-1)! <= highest)) {
    throw new RangeError('decisionsFromReliability requires a range of scores that holds the cuts')
  }
  const shares = Float64Array.from(scores, (x) => (x - lowest) / span)
  if (shares.length < 2 || !shares.every((x) => x >= 0 && x <= 1)) {
    throw new RangeError('decisionsFromReliability requires two or more scores inside the range')
  }
  const centre = mean(shares)
  const spread = variance(shares)
  const length = Math.round((centre * (1 - centre) - reliability * spread) / (spread * (1 - reliability)))
  if (!(spread > 0) || length < 1) {
    throw new RangeError(
      'decisionsFromReliability requires scores that differ, but less than all or nothing would',
    )
  }
  const trueScores = betaOfFourMoments(shares, length) ?? betaOfTwoMoments(centre, reliability * spread)
  const trueCuts = cuts.map((cut) => (cut - lowest) / span)
  return { ...classifyBeta(trueScores, length, trueCuts), effectiveLength: length, trueScores }
}

/**
 * Accuracy and consistency of a test of `length` 0/1 items with binomial error, for a given beta distribution of
 * true shares right. The observed cut is the nearest whole number of right answers.
 */
export function classifyBeta(beta: TrueScoreBeta, length: number, cuts: readonly number[]): Classification {
  const levels = cuts.length + 1
  const inside = (share: number) => Math.min(1, Math.max(0, (share - beta.low) / (beta.high - beta.low)))
  const edges = [0, ...cuts.map((cut) => betaCumulative(inside(cut), beta.alpha, beta.beta)), 1]
  const needed = cuts.map((cut) => Math.round(cut * length))
  const weights: number[] = []
  const level: number[] = []
  const chances: number[] = []
  for (let own = 0; own < levels; own++) {
    // Equal steps of the cumulative share inside a level, so that no point mixes two levels.
    const step = (edges[own + 1]! - edges[own]!) / POINTS_PER_LEVEL
    if (!(step > 0)) continue
    for (let i = 0; i < POINTS_PER_LEVEL; i++) {
      const rank = Math.min(1 - 2 ** -53, Math.max(Number.MIN_VALUE, edges[own]! + (i + 0.5) * step))
      const quantile = betaQuantile(rank, beta.alpha, beta.beta)
      const share = beta.low + (beta.high - beta.low) * quantile
      weights.push(step)
      level.push(own)
      let below = 0
      for (let at = 0; at < levels; at++) {
        const upTo = at < cuts.length ? binomialCumulative(needed[at]! - 1, length, share) : 1
        chances.push(upTo - below)
        below = upTo
      }
    }
  }
  return classification(weights, level, Float64Array.from(chances), levels)
}

function betaOfTwoMoments(centre: number, spread: number): TrueScoreBeta {
  const size = (centre * (1 - centre)) / spread - 1
  return { alpha: centre * size, beta: (1 - centre) * size, low: 0, high: 1 }
}

/** Hanson's (1991) solution of the four moments of true scores; null where it leaves 0–1 or does not exist. */
function betaOfFourMoments(shares: Float64Array, length: number): TrueScoreBeta | null {
  if (length < 4) return null
  // Moments of true shares are the factorial moments of the binomial counts (Lord 1965).
  const moments = [1, 2, 3, 4].map((order) => {
    const factorials = shares.map((share) => {
      let product = 1
      for (let i = 0; i < order; i++) product *= (share * length - i) / (length - i)
      return product
    })
    return mean(factorials)
  })
  const [m1, m2, m3, m4] = moments as [number, number, number, number]
  const v = m2 - m1 * m1
  if (!(v > 0)) return null
  const skew = (m3 - 3 * m1 * m2 + 2 * m1 ** 3) / v ** 1.5
  const kurtosis = (m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4) / (v * v)
  const size = (6 * (kurtosis - skew * skew - 1)) / (6 + 3 * skew * skew - 2 * kurtosis)
  const inner = 1 - (24 * (size + 1)) / ((size + 2) * (size + 3) * kurtosis - 3 * (size + 1) * (size - 6))
  if (!(size > 0 && inner >= 0)) return null
  const tilt = Math.sqrt(inner) * (skew > 0 ? -1 : 1)
  const alpha = (size / 2) * (1 + tilt)
  const beta = (size / 2) * (1 - tilt)
  const unit = Math.sqrt((v * (size + 1)) / (alpha * beta))
  const low = m1 - alpha * unit
  const high = m1 + beta * unit
  const valid = alpha > 0 && beta > 0 && low >= 0 && high <= 1 && low < high
  return valid ? { alpha, beta, low, high } : null
}
