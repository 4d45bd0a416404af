import {
  addMoments,
  type MeanDifference,
  type MeanEstimate,
  type Moments,
  meanOf,
  subtractMoments,
} from '#stats/describe/index.ts'
import { mean } from '#stats/numeric/sum.ts'
import { combinePlausibleValues } from './plausible-values.ts'

/** What is known of a group whose members' values are known by plausible values only: all of it adds. */
export interface ImputedMoments {
  /** their variance is the mean of the variances under each plausible value, each around its own mean; nobody is weighted */
  readonly moments: Moments
  /** Σy under each of the M plausible values; null: the values themselves are known */
  readonly sums: readonly number[] | null
}

/**
 * @param sumOfSquares  mean over plausible values of Σy²
 * @param sums          Σy under each plausible value, two or more
 */
export function imputedMoments(n: number, sumOfSquares: number, sums: readonly number[]): ImputedMoments {
  const sum = mean(sums)
  const moments = {
    n,
    sumWeights: n,
    sumWeightsSquared: n,
    sum,
    sumOfSquares: sumOfSquares - apartBy(n, sums),
  }
  return { moments, sums }
}

/** Two groups without a common person, taken together. */
export function addImputed(a: ImputedMoments, b: ImputedMoments): ImputedMoments {
  return combined(a, b, 1)
}

/**
 * Those of the whole who are not in the part.
 * @throws RangeError if the part has more persons than the whole
 */
export function subtractImputed(whole: ImputedMoments, part: ImputedMoments): ImputedMoments {
  return combined(whole, part, -1)
}

/**
 * Mean, with what not knowing the values exactly adds to its error.
 *
 * @see  Rubin (1987), Multiple Imputation, ch. 3; Barnard, Rubin (1999), Biometrika 86, 948–955
 */
export function imputedMean({ moments, sums }: ImputedMoments): MeanEstimate {
  const found = meanOf(moments)
  if (sums === null || found.standardError === null) return found
  const within = found.standardError ** 2
  const { standardError, low, high } = combinePlausibleValues(
    sums.map((sum) => sum / moments.n),
    sums.map(() => within),
    moments.n - 1,
  )
  return { ...found, standardError, low, high }
}

/**
 * A difference, with what not knowing the values exactly adds to its error.
 *
 * @param found   with its sampling error
 * @param values  the same difference under each plausible value; null: the values are known
 */
export function imputedDifference(found: MeanDifference, values: readonly number[] | null): MeanDifference {
  if (values === null || found.standardError === null) return found
  const within = found.standardError ** 2
  const { standardError, low, high, degreesOfFreedom } = combinePlausibleValues(
    values,
    values.map(() => within),
    found.df!,
  )
  return { ...found, standardError, low, high, df: degreesOfFreedom, clear: low > 0 || high < 0 }
}

/** The difference of two means under each plausible value, a − b; null where the values of both are known. */
export function differences(a: ImputedMoments, b: ImputedMoments): number[] | null {
  if (a.sums === null && b.sums === null) return null
  const second = sumsBeside(b, a)
  return sumsBeside(a, b).map((sum, at) => sum / a.moments.n - second[at]! / b.moments.n)
}

function combined(a: ImputedMoments, b: ImputedMoments, sign: 1 | -1): ImputedMoments {
  if (a.sums === null && b.sums === null) {
    return { moments: (sign > 0 ? addMoments : subtractMoments)(a.moments, b.moments), sums: null }
  }
  const second = sumsBeside(b, a)
  const sums = sumsBeside(a, b).map((sum, at) => sum + sign * second[at]!)
  const n = a.moments.n + sign * b.moments.n
  if (n < 0) throw new RangeError('subtractImputed requires a part that lies in the whole')
  return imputedMoments(n, squaresOf(a) + sign * squaresOf(b), sums)
}

/** The sums of a group beside those of another: of values that are known, the same under each plausible value. */
function sumsBeside({ moments, sums }: ImputedMoments, other: ImputedMoments): readonly number[] {
  return sums ?? other.sums!.map(() => moments.sum)
}

/** Mean over plausible values of Σy². */
function squaresOf({ moments, sums }: ImputedMoments): number {
  return moments.sumOfSquares + (sums === null ? 0 : apartBy(moments.n, sums))
}

/** By how much Σy² around the mean of means exceeds Σy² around each own mean. */
function apartBy(n: number, sums: readonly number[]): number {
  if (n === 0) return 0
  const sum = mean(sums)
  return mean(sums.map((each) => (each - sum) ** 2)) / n
}
