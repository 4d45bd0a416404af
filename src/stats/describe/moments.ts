import { studentTQuantile } from '../numeric/distributions.ts'
import { exactSum } from '../numeric/sum.ts'

/**
 * What a group must carry so that groups can be added and taken apart again, and still give mean, spread and
 * error: all five simply add.
 */
export interface Moments {
  /** persons (rows), whole */
  readonly n: number
  /** Σw; n where nobody is weighted */
  readonly sumWeights: number
  /** Σw² */
  readonly sumWeightsSquared: number
  /** Σwy */
  readonly sum: number
  /** Σwy² */
  readonly sumOfSquares: number
}

/**
 * Why a figure is not there: nobody in the group; one person alone, whose spread is unknown; all values the same,
 * so that nothing can be said about chance; the part is the whole.
 */
export type Absent = 'empty' | 'single' | 'constant' | 'whole'

/** A mean with what is known about it. `absent` says why sd, error or interval are null. */
export interface MeanEstimate {
  readonly n: number
  readonly mean: number | null
  /** standard deviation between persons, divisor n − 1 */
  readonly sd: number | null
  readonly standardError: number | null
  readonly low: number | null
  readonly high: number | null
  readonly absent: Absent | null
}

export const noMoments: Moments = { n: 0, sumWeights: 0, sumWeightsSquared: 0, sum: 0, sumOfSquares: 0 }

/**
 * Moments of a group of values: the same to the last bit in every order of rows.
 *
 * @param weights  as many as values, none negative; 1 each if left out. Weight 0 leaves a person out
 * @throws         RangeError if anything is not finite or a weight is negative
 */
export function momentsOf(values: ArrayLike<number>, weights?: ArrayLike<number>): Moments {
  if (weights && weights.length !== values.length)
    throw new RangeError('momentsOf requires one weight for each value')
  const y = Float64Array.from(values)
  if (!weights) {
    return {
      n: y.length,
      sumWeights: y.length,
      sumWeightsSquared: y.length,
      sum: exactSum(y),
      sumOfSquares: exactSum(y.map((value) => value * value)),
    }
  }
  const w = Float64Array.from(weights)
  if (w.some((weight) => !(weight >= 0)))
    throw new RangeError('momentsOf requires weights that are not negative')
  return {
    n: w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0),
    sumWeights: exactSum(w),
    sumWeightsSquared: exactSum(w.map((weight) => weight * weight)),
    sum: exactSum(w.map((weight, i) => (weight > 0 ? weight * y[i]! : 0))),
    sumOfSquares: exactSum(w.map((weight, i) => (weight > 0 ? weight * y[i]! * y[i]! : 0))),
  }
}

/** Moments of two groups without a common person, taken together. */
export function addMoments(a: Moments, b: Moments): Moments {
  return combine(a, b, 1)
}

/**
 * Moments of those of the whole who are not in the part.
 * @throws RangeError if the part has more persons or weight than the whole
 */
export function subtractMoments(whole: Moments, part: Moments): Moments {
  if (part.n > whole.n) throw new RangeError('subtractMoments requires a part that lies in the whole')
  if (part.n === whole.n) return noMoments // what rounding leaves of weights is nobody
  const rest = combine(whole, part, -1)
  const rounding = 1e-9 * whole.sumOfSquares
  if (!(rest.sumWeights > 0 && rest.sumOfSquares >= -rounding)) {
    throw new RangeError('subtractMoments requires a part that lies in the whole')
  }
  return {
    ...rest,
    // Sums of squares cannot fall below these bounds; rounding of a much larger whole can take them there.
    sumWeightsSquared: Math.max(rest.sumWeightsSquared, rest.sumWeights ** 2 / rest.n),
    sumOfSquares: Math.max(rest.sumOfSquares, 0),
  }
}

/** Persons an unweighted group would need for the same precision (Kish): (Σw)² / Σw²; n where weights are equal. */
export function effectiveSize(m: Moments): number {
  if (m.n === 0) return 0
  return Math.min(m.n, m.sumWeights ** 2 / m.sumWeightsSquared)
}

/**
 * Variance between persons, divisor n − 1; null for fewer than two. With weights: the weighted mean square around
 * the weighted mean, times n / (n − 1).
 */
export function varianceOf(m: Moments): number | null {
  check(m)
  if (m.n < 2) return null
  const around = m.sumOfSquares - m.sum ** 2 / m.sumWeights
  // Below what the two large terms can resolve it is 0: all values are the same.
  if (around <= 8 * Number.EPSILON * m.sumOfSquares) return 0
  return (around / m.sumWeights) * (m.n / (m.n - 1))
}

/**
 * Mean with standard deviation, standard error and interval (Student's t).
 *
 * The error is that of a simple random sample; with weights the effective size takes the place of n.
 *
 * @param level  of confidence, 0.95 if left out
 * @throws       RangeError if the moments are not finite or contradict each other
 */
export function meanOf(m: Moments, level = 0.95): MeanEstimate {
  check(m)
  if (m.n === 0)
    return { n: 0, mean: null, sd: null, standardError: null, low: null, high: null, absent: 'empty' }
  const mean = m.sum / m.sumWeights
  const variance = varianceOf(m)
  if (variance === null)
    return { n: 1, mean, sd: null, standardError: null, low: null, high: null, absent: 'single' }
  if (variance === 0)
    return { n: m.n, mean, sd: 0, standardError: null, low: null, high: null, absent: 'constant' }
  const size = effectiveSize(m)
  const standardError = Math.sqrt(variance / size)
  const reach = tReach(level, degreesOfFreedom(size)) * standardError
  return {
    n: m.n,
    mean,
    sd: Math.sqrt(variance),
    standardError,
    low: mean - reach,
    high: mean + reach,
    absent: null,
  }
}

/** size − 1, but at least something where very unequal weights leave hardly one effective person. */
export function degreesOfFreedom(size: number): number {
  return Math.max(size - 1, 0.5)
}

/** Student's t that leaves (1 − level) / 2 on each side. */
export function tReach(level: number, df: number): number {
  if (!(level > 0 && level < 1))
    throw new RangeError('an interval requires a level of confidence above 0 and below 1')
  return studentTQuantile((1 - level) / 2, df, 'upper')
}

function combine(a: Moments, b: Moments, sign: 1 | -1): Moments {
  check(a)
  check(b)
  return {
    n: a.n + sign * b.n,
    sumWeights: a.sumWeights + sign * b.sumWeights,
    sumWeightsSquared: a.sumWeightsSquared + sign * b.sumWeightsSquared,
    sum: a.sum + sign * b.sum,
    sumOfSquares: a.sumOfSquares + sign * b.sumOfSquares,
  }
}

function check(m: Moments): void {
  const finite = Object.values(m).every(Number.isFinite)
  const possible =
    m.n === 0 ? m.sumWeights === 0 : m.sumWeights > 0 && m.sumWeightsSquared > 0 && m.sumOfSquares >= 0
  if (!finite || !possible || !Number.isInteger(m.n) || m.n < 0) {
    throw new RangeError('moments require a whole n of at least 0 and finite sums with positive weights')
  }
}
