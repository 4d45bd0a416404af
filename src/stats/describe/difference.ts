import {
  type Absent,
  degreesOfFreedom,
  effectiveSize,
  type Moments,
  subtractMoments,
  tReach,
  varianceOf,
} from './moments.ts'

/** A difference of means. `absent` says why error and interval are null. */
export interface MeanDifference {
  readonly value: number | null
  readonly standardError: number | null
  readonly df: number | null
  readonly low: number | null
  readonly high: number | null
  /** the interval excludes 0: only then is "different" said; null where there is no interval */
  readonly clear: boolean | null
  readonly absent: Absent | null
}

/**
 * Difference of the means of two groups without a common person, a − b, with Welch's error and interval: the
 * groups may vary differently.
 *
 * @param level  of confidence, 0.95 if left out
 * @see          Welch (1947), Biometrika 34, 28–35, https://doi.org/10.1093/biomet/34.1-2.28
 */
export function difference(a: Moments, b: Moments, level = 0.95): MeanDifference {
  if (a.n === 0 || b.n === 0) return without(null, 'empty')
  return welch(a.sum / a.sumWeights - b.sum / b.sumWeights, 1, a, b, level)
}

/**
 * Difference between a part and the whole that contains it, part − whole: a school and its municipality, a
 * municipality and the country. Part and rest are independent, part and whole are not: the difference is the
 * share of the rest times (part − rest), and so is its error.
 *
 * @throws RangeError if the part does not lie in the whole
 */
export function differenceFromWhole(part: Moments, whole: Moments, level = 0.95): MeanDifference {
  const rest = subtractMoments(whole, part)
  if (part.n === 0) return without(null, 'empty')
  if (rest.n === 0) return without(0, 'whole')
  const value = part.sum / part.sumWeights - whole.sum / whole.sumWeights
  return welch(value, rest.sumWeights / whole.sumWeights, part, rest, level)
}

/**
 * Whether one difference is larger than another, of groups that share nobody: first − second, with the degrees of freedom
 * of Welch and Satterthwaite.
 */
export function differenceOfDifferences(
  first: MeanDifference,
  second: MeanDifference,
  level = 0.95,
): MeanDifference {
  if (first.value === null || second.value === null) return without(null, 'empty')
  const value = first.value - second.value
  const missing = first.absent ?? second.absent
  if (missing !== null || first.standardError === null || second.standardError === null) {
    return without(value, missing ?? 'single')
  }
  const [va, vb] = [first.standardError ** 2, second.standardError ** 2]
  const standardError = Math.sqrt(va + vb)
  const df = (va + vb) ** 2 / (va ** 2 / first.df! + vb ** 2 / second.df!)
  const reach = tReach(level, df) * standardError
  const [low, high] = [value - reach, value + reach]
  return { value, standardError, df, low, high, clear: low > 0 || high < 0, absent: null }
}

/**
 * A difference with one more error, of something that moves all of one group alike and does not shrink with persons: the link between two
 * scales, say.
 *
 * @param error  standard error, unit of the value, 0 or more; independent of the sampling
 */
export function withSharedError(found: MeanDifference, error: number): MeanDifference {
  if (!(error >= 0)) throw new RangeError('withSharedError requires an error of 0 or more')
  if (error === 0 || found.value === null || found.standardError === null) return found
  const reach = (found.high! - found.value) / found.standardError
  const standardError = Math.hypot(found.standardError, error)
  const [low, high] = [found.value - reach * standardError, found.value + reach * standardError]
  return { ...found, standardError, low, high, clear: low > 0 || high < 0 }
}

function welch(value: number, share: number, a: Moments, b: Moments, level: number): MeanDifference {
  const va = varianceOf(a)
  const vb = varianceOf(b)
  if (va === null || vb === null) return without(value, 'single')
  if (va === 0 && vb === 0) return without(value, 'constant')
  const [na, nb] = [effectiveSize(a), effectiveSize(b)]
  const [ea, eb] = [va / na, vb / nb]
  const standardError = share * Math.sqrt(ea + eb)
  const df = (ea + eb) ** 2 / (ea ** 2 / degreesOfFreedom(na) + eb ** 2 / degreesOfFreedom(nb))
  const reach = tReach(level, df) * standardError
  const low = value - reach
  const high = value + reach
  return { value, standardError, df, low, high, clear: low > 0 || high < 0, absent: null }
}

function without(value: number | null, absent: Absent): MeanDifference {
  return { value, standardError: null, df: null, low: null, high: null, clear: null, absent }
}
