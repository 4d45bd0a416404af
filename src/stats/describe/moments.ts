import { studentTQuantile } from '../numeric/student-t.ts'

/** What adds up over groups and tells mean and spread: how many, Σy, Σy². Any unit. */
export interface Moments {
  n: number
  sum: number
  sumOfSquares: number
}

/** Mean with its uncertainty, all in the unit of the values. Null where n is too small to say: sd and error need two. */
export interface Summary {
  n: number
  mean: number
  sd: number | null
  se: number | null
  low: number | null
  high: number | null
}

/** Moments of the union of groups that share nobody. */
export function addMoments(groups: readonly Moments[]): Moments {
  const total = { n: 0, sum: 0, sumOfSquares: 0 }
  for (const group of groups) {
    total.n += group.n
    total.sum += group.sum
    total.sumOfSquares += group.sumOfSquares
  }
  return total
}

/** Moments of the whole without a part of it. @throws RangeError if the part is larger than the whole */
export function withoutPart(whole: Moments, part: Moments): Moments {
  if (part.n > whole.n) throw new RangeError('withoutPart requires a part no larger than the whole')
  return {
    n: whole.n - part.n,
    sum: whole.sum - part.sum,
    sumOfSquares: whole.sumOfSquares - part.sumOfSquares,
  }
}

/**
 * Sample variance (n − 1) from moments; at least 0, whatever rounding says. Values far from 0 for their spread lose
 * digits: with |mean| / sd = 1000 some nine digits are left.
 *
 * @throws RangeError if n < 2
 */
export function sampleVariance({ n, sum, sumOfSquares }: Moments): number {
  if (n < 2) throw new RangeError('sampleVariance requires two or more values')
  return Math.max(0, (sumOfSquares - (sum * sum) / n) / (n - 1))
}

/**
 * Mean, standard deviation (n − 1), standard error sd/√n and the 95 % interval by Student's t.
 *
 * @throws RangeError if n < 1 or a moment is not finite
 * @example summarise({ n: 4, sum: 10, sumOfSquares: 30 }).mean // 2.5
 */
export function summarise(moments: Moments, confidence = 0.95): Summary {
  const { n, sum, sumOfSquares } = moments
  if (!(n >= 1) || !Number.isFinite(sum) || !Number.isFinite(sumOfSquares)) {
    throw new RangeError('summarise requires at least one value and finite moments')
  }
  const mean = sum / n
  if (n < 2) return { n, mean, sd: null, se: null, low: null, high: null }
  const sd = Math.sqrt(sampleVariance(moments))
  const se = sd / Math.sqrt(n)
  const reach = studentTQuantile((1 + confidence) / 2, n - 1) * se
  return { n, mean, sd, se, low: mean - reach, high: mean + reach }
}
