import { normalCumulative } from '../numeric/distributions.ts'
import { quantile } from '../numeric/quantile.ts'

/** Does a series rise or fall steadily, and how fast? */
export interface Trend {
  readonly n: number
  /** pairs that rise minus pairs that fall */
  readonly s: number
  readonly varianceOfS: number
  /** s brought one step towards 0, in standard deviations; 0 where all values are the same */
  readonly z: number
  /** two-sided, normal approximation: usable from about 5 values on */
  readonly p: number
  /** Theil and Sen: median of the slopes of all pairs, per unit of time */
  readonly slope: number
}

/**
 * Mann–Kendall test for a trend, with correction for ties and continuity, and the Theil–Sen slope.
 *
 * @param values  in order of time, at least 3
 * @param times   rising strictly; 0, 1, 2 … if left out
 * @throws        RangeError for fewer than 3 values, times that do not rise or numbers that are not finite
 * @see           Mann (1945), Econometrica 13, 245–259; Sen (1968), JASA 63, 1379–1389
 */
export function mannKendall(values: ArrayLike<number>, times?: ArrayLike<number>): Trend {
  const n = values.length
  if (n < 3 || (times && times.length !== n))
    throw new RangeError('mannKendall requires three or more values')
  const slopes: number[] = []
  let s = 0
  for (let j = 0; j < n; j++) {
    if (!Number.isFinite(values[j]) || (times && !Number.isFinite(times[j]))) {
      throw new RangeError('mannKendall requires finite numbers')
    }
    for (let i = 0; i < j; i++) {
      const step = times ? times[j]! - times[i]! : j - i
      if (!(step > 0)) throw new RangeError('mannKendall requires times that rise')
      const change = values[j]! - values[i]!
      s += Math.sign(change)
      slopes.push(change / step)
    }
  }
  const varianceOfS = (n * (n - 1) * (2 * n + 5) - tieCorrection(values)) / 18
  const z = varianceOfS > 0 ? (s - Math.sign(s)) / Math.sqrt(varianceOfS) : 0
  const p = Math.min(1, 2 * normalCumulative(Math.abs(z), 'upper'))
  return {
    n,
    s,
    varianceOfS,
    z,
    p,
    slope: quantile(
      slopes.sort((a, b) => a - b),
      0.5,
    ),
  }
}

function tieCorrection(values: ArrayLike<number>): number {
  const counted = new Map<number, number>()
  for (let i = 0; i < values.length; i++) counted.set(values[i]!, (counted.get(values[i]!) ?? 0) + 1)
  let total = 0
  for (const t of counted.values()) total += t * (t - 1) * (2 * t + 5)
  return total
}
