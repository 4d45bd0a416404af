import { chiSquareCumulative } from '#stats/numeric/distributions.ts'
import { cholesky, choleskySolve } from '#stats/numeric/matrix.ts'
import { quantile } from '#stats/numeric/quantile.ts'
import { philox } from '#stats/numeric/random.ts'
import type { AverageEffect } from './aggregate-effects.ts'
import type { GroupTime } from './group-time.ts'

/** Interquartile range of the standard normal distribution. */
const NORMAL_RANGE = 1.3489795003921634

/** Intervals that hold for all effects together. */
export interface SimultaneousBands {
  /** number of standard errors on each side; above 1.96 when there is more than one effect */
  readonly critical: number
  readonly bands: readonly { readonly low: number; readonly high: number }[]
  readonly seed: number
  readonly draws: number
}

/**
 * Bands that contain all true effects together with the given probability, by the multiplier bootstrap: the
 * influences of each cluster are multiplied by a random sign, the largest |t| over all effects is noted.
 * Standard errors stay the analytic ones.
 *
 * @param effects  e.g. the parts of an event study
 * @param draws    default 999
 * @throws         RangeError if there is no effect, the level is not between 0 and 1 or draws are too few for it
 * @see            Callaway, Sant'Anna (2021), section 4.1
 */
export function simultaneousBands(
  { panel }: GroupTime,
  effects: readonly AverageEffect[],
  { seed, draws = 999, level = 0.95 }: { seed: number; draws?: number; level?: number },
): SimultaneousBands {
  if (effects.length === 0 || !(level > 0 && level < 1))
    throw new RangeError('simultaneousBands requires effects and a level between 0 and 1')
  if (!(Number.isInteger(draws) && draws >= 99))
    throw new RangeError('simultaneousBands requires 99 or more draws')
  const sums = effects.map(({ influence }) => {
    const perCluster = new Float64Array(panel.clusters)
    for (let i = 0; i < panel.n; i++) perCluster[panel.cluster[i]!]! += influence[i]!
    return perCluster
  })
  const random = philox(seed)
  const sign = new Float64Array(panel.clusters)
  const drawn = effects.map(() => new Float64Array(draws))
  for (let draw = 0; draw < draws; draw++) {
    for (let c = 0; c < sign.length; c++) sign[c] = random.uniform() < 0.5 ? -1 : 1
    for (const [k, perCluster] of sums.entries()) {
      let total = 0
      for (let c = 0; c < sign.length; c++) total += sign[c]! * perCluster[c]!
      drawn[k]![draw] = total
    }
  }
  // Spread by the interquartile range, as single wild draws must not set the scale.
  const spread = drawn.map((values) => {
    const sorted = values.slice().sort()
    return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_RANGE
  })
  const largest = Float64Array.from({ length: draws }, (_, draw) =>
    drawn.reduce(
      (most, values, k) => (spread[k]! > 0 ? Math.max(most, Math.abs(values[draw]!) / spread[k]!) : most),
      0,
    ),
  )
  const critical = quantile(largest.sort(), level)
  const bands = effects.map(({ effect, standardError }) => ({
    low: effect - critical * standardError,
    high: effect + critical * standardError,
  }))
  return { critical, bands, seed, draws }
}

/**
 * Wald test that all effects before the start are 0. A large p-value does not prove parallel trends: the
 * test may not have been able to see a difference.
 *
 * @returns  statistic, degrees of freedom and p-value; undefined when there are no effects before the start or
 *           their covariance has no inverse (fewer clusters than effects)
 */
export function preTrendTest({ panel, effects, influence }: GroupTime) {
  const at = [...effects.keys()].filter((k) => !effects[k]!.isPost && effects[k]!.standardError > 0)
  const k = at.length
  if (k === 0 || k >= panel.clusters) return undefined
  const sums = at.map((effect) => {
    const perCluster = new Float64Array(panel.clusters)
    for (let i = 0; i < panel.n; i++) perCluster[panel.cluster[i]!]! += influence[effect]![i]! / panel.n
    return perCluster
  })
  const covariance = new Float64Array(k * k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++)
      covariance[a * k + b] = sums[a]!.reduce((total, s, c) => total + s * sums[b]![c]!, 0)
  }
  let factor: Float64Array
  try {
    factor = cholesky(covariance, k)
  } catch {
    return undefined
  }
  const values = at.map((effect) => effects[effect]!.effect)
  const solved = choleskySolve(factor, k, values)
  const statistic = values.reduce((total, value, j) => total + value * solved[j]!, 0)
  return { statistic, degreesOfFreedom: k, p: chiSquareCumulative(statistic, k, 'upper') }
}
