import { studentTCumulative, studentTQuantile } from '#stats/numeric/distributions.ts'
import { philox } from '#stats/numeric/random.ts'
import { variance } from '#stats/numeric/sum.ts'

/** A treated unit and those it was matched with, before and after. */
export interface MatchedSet {
  readonly treated: { readonly before: number; readonly after: number }
  readonly controls: readonly { readonly before: number; readonly after: number }[]
  /** e.g. the school of the treated unit; default: every set is its own cluster */
  readonly cluster?: number | string
}

/** Change of the treated beyond that of their matches. */
export interface MatchedChange {
  /** mean over sets of (change of the treated − mean change of its controls) */
  readonly effect: number
  /** cluster-robust (CR2); without clusters the plain standard deviation ÷ √n */
  readonly standardError: number
  /** effect ÷ standard error; ±Infinity when every set shows the same effect */
  readonly t: number
  /** Satterthwaite; n − 1 without clusters */
  readonly degreesOfFreedom: number
  readonly p: number
  /** ends of the 95 % interval */
  readonly low: number
  readonly high: number
  /** effect ÷ standard deviation before of all persons together; undefined when nobody differed before */
  readonly effectSize: number | undefined
  readonly spreadBefore: number
  /** what before and after of the treated alone would show: not an effect */
  readonly naiveChange: number
  readonly sets: number
  readonly clusters: number
}

/**
 * Matched difference in changes. Errors may be alike within clusters; CR2 with Satterthwaite degrees holds
 * with few clusters too.
 *
 * @throws  RangeError if there are fewer than 2 sets or clusters, a set has no controls, or a number is not finite
 * @see     Bell, McCaffrey (2002), Survey Methodology 28, 169–181; Pustejovsky, Tipton (2018), JBES 36, 672–683
 */
export function matchedChange(sets: readonly MatchedSet[]): MatchedChange {
  const n = sets.length
  const differences = sets.map(({ treated, controls }) => {
    if (controls.length === 0) throw new RangeError('matchedChange requires a control in every set')
    const change = controls.reduce((sum, c) => sum + (c.after - c.before) / controls.length, 0)
    const difference = treated.after - treated.before - change
    if (!Number.isFinite(difference)) throw new RangeError('matchedChange requires finite values')
    return difference
  })
  const groups = [...Map.groupBy(sets.keys(), (at) => sets[at]!.cluster ?? `set ${at}`).values()]
  if (n < 2 || groups.length < 2)
    throw new RangeError('matchedChange requires two or more sets in two or more clusters')
  const effect = differences.reduce((sum, d) => sum + d, 0) / n
  const sizes = groups.map((members) => members.length)
  const sums = groups.map((members) => members.reduce((sum, at) => sum + differences[at]! - effect, 0))
  const squared = sums.reduce((total, s, g) => total + (s * s) / (1 - sizes[g]! / n), 0) / n ** 2
  const standardError = Math.sqrt(squared)
  const degreesOfFreedom = satterthwaite(sizes, n)
  const t = standardError > 0 ? effect / standardError : effect === 0 ? 0 : Math.sign(effect) * Infinity
  const reach = studentTQuantile(0.975, degreesOfFreedom) * standardError
  const before = sets.flatMap(({ treated, controls }) => [treated.before, ...controls.map((c) => c.before)])
  const spreadBefore = Math.sqrt(variance(before))
  return {
    effect,
    standardError,
    t,
    degreesOfFreedom,
    p: Math.abs(t) === Infinity ? 0 : 2 * studentTCumulative(Math.abs(t), degreesOfFreedom, 'upper'),
    low: effect - reach,
    high: effect + reach,
    effectSize: spreadBefore > 0 ? effect / spreadBefore : undefined,
    spreadBefore,
    naiveChange: sets.reduce((sum, { treated }) => sum + (treated.after - treated.before) / n, 0),
    sets: n,
    clusters: groups.length,
  }
}

/** Degrees of freedom of the CR2 variance of a mean: (trace B)² / Σ B², B the covariance of adjusted cluster sums. */
function satterthwaite(sizes: readonly number[], n: number): number {
  let squares = 0
  for (const a of sizes) squares += (a * (1 - a / n)) ** 2 / (1 - a / n) ** 2
  for (const [g, a] of sizes.entries()) {
    for (const [h, b] of sizes.entries())
      if (g !== h) squares += ((a * b) / n) ** 2 / ((1 - a / n) * (1 - b / n))
  }
  return n ** 2 / squares
}

/**
 * Sign-flip test for few clusters: if nothing happened, each cluster's sum of differences could as well have
 * had the other sign. All sign patterns up to 12 clusters, otherwise random ones.
 *
 * @param sums   sum of differences per cluster
 * @param draws  random patterns beyond 12 clusters, default 9999
 * @returns      two-sided p-value, and whether all patterns were tried
 * @throws       RangeError if there are fewer than 2 clusters or a sum is not finite
 * @see          Canay, Romano, Shaikh (2017), Econometrica 85, 1013–1030
 */
export function signFlipTest(sums: ArrayLike<number>, seed: number, draws = 9999) {
  const G = sums.length
  const values = Float64Array.from(sums)
  if (G < 2 || !values.every(Number.isFinite))
    throw new RangeError('signFlipTest requires two or more finite sums')
  const observed = Math.abs(values.reduce((sum, s) => sum + s, 0))
  const bar = observed - 1e-12 * values.reduce((sum, s) => sum + Math.abs(s), 0)
  const exact = G <= 12
  const patterns = exact ? 2 ** G : draws
  const random = philox(seed)
  let extreme = 0
  for (let pattern = 0; pattern < patterns; pattern++) {
    let total = 0
    for (let g = 0; g < G; g++) {
      const flip = exact ? pattern & (1 << g) : random.uniform() < 0.5
      total += flip ? -values[g]! : values[g]!
    }
    if (Math.abs(total) >= bar) extreme++
  }
  // The observed pattern belongs to the random ones too.
  return { p: exact ? extreme / patterns : (extreme + 1) / (patterns + 1), exact, seed }
}
