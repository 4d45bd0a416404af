import type { MeanDifference } from './difference.ts'
import type { Absent } from './moments.ts'
import { tReach } from './moments.ts'

/**
 * What a group must carry so that ratios of two sums can be added and taken apart again, and still give their error: all
 * six simply add.
 */
export interface RatioSums {
  /** rows, whole: an institution, a contract, a learner */
  readonly rows: number
  /** Σy, what is divided */
  readonly y: number
  /** Σw, what it is divided by */
  readonly w: number
  /** Σy² */
  readonly yy: number
  /** Σw² */
  readonly ww: number
  /** Σwy */
  readonly wy: number
}

/** A ratio with what is known about it. `absent` says why error and interval are null. */
export interface RatioEstimate {
  readonly value: number | null
  readonly standardError: number | null
  readonly low: number | null
  readonly high: number | null
  readonly absent: Absent | null
}

export const noRatio: RatioSums = { rows: 0, y: 0, w: 0, yy: 0, ww: 0, wy: 0 }

/** Sums of two groups without a common row, taken together. */
export function addRatios(a: RatioSums, b: RatioSums): RatioSums {
  return combine(a, b, 1)
}

/**
 * Sums of those rows of the whole that are not in the part.
 * @throws RangeError if the part has more rows than the whole
 */
export function subtractRatios(whole: RatioSums, part: RatioSums): RatioSums {
  if (part.rows > whole.rows) throw new RangeError('subtractRatios requires a part that lies in the whole')
  return part.rows === whole.rows ? noRatio : combine(whole, part, -1)
}

/**
 * Σ(y − Rw)²: how far the rows are from the common ratio R. 0 where rounding is all that is left of it, and of one row.
 */
export function residualSquares(sums: RatioSums): number {
  const { y, w, yy, ww, wy } = sums
  if (!(w > 0)) return 0
  const ratio = y / w
  const around = yy - 2 * ratio * wy + ratio * ratio * ww
  return around <= 1e-12 * (yy + ratio * ratio * ww) ? 0 : around
}

/**
 * Σy / Σw with its standard error by linearisation and an interval (Student's t): the rows are taken as a simple random
 * sample of what the years could have brought.
 *
 * @param level  of confidence, 0.95 if left out
 * @see          Cochran (1977), Sampling Techniques, 3rd edition, section 6.4
 * @example      ratioOf({ rows: 2, y: 30, w: 3, yy: 500, ww: 5, wy: 50 }).value // 10
 */
export function ratioOf(sums: RatioSums, level = 0.95): RatioEstimate {
  const nothing = { standardError: null, low: null, high: null }
  if (sums.rows === 0 || !(sums.w > 0)) return { value: null, ...nothing, absent: 'empty' }
  const value = sums.y / sums.w
  const variance = varianceOfRatio(sums)
  if (variance === null) return { value, ...nothing, absent: 'single' }
  if (variance === 0) return { value, ...nothing, absent: 'constant' }
  const standardError = Math.sqrt(variance)
  const reach = tReach(level, sums.rows - 1) * standardError
  return { value, standardError, low: value - reach, high: value + reach, absent: null }
}

/** Difference of the ratios of two groups without a common row, a − b, with Welch's degrees of freedom. */
export function ratioDifference(a: RatioSums, b: RatioSums, level = 0.95): MeanDifference {
  return apart(a, b, 1, level)
}

/**
 * Difference between a part and the whole that contains it, part − whole. Part and rest are independent, part and whole are
 * not: the difference is the rest's share of Σw times (part − rest), and so is its error.
 *
 * @throws RangeError if the part does not lie in the whole
 */
export function ratioDifferenceFromWhole(part: RatioSums, whole: RatioSums, level = 0.95): MeanDifference {
  const rest = subtractRatios(whole, part)
  if (rest.rows === 0) return without(part.rows === 0 ? null : 0, part.rows === 0 ? 'empty' : 'whole')
  return apart(part, rest, rest.w / whole.w, level)
}

function apart(a: RatioSums, b: RatioSums, share: number, level: number): MeanDifference {
  if (a.rows === 0 || b.rows === 0 || !(a.w > 0) || !(b.w > 0)) return without(null, 'empty')
  const value = share * (a.y / a.w - b.y / b.w)
  const [va, vb] = [varianceOfRatio(a), varianceOfRatio(b)]
  if (va === null || vb === null) return without(value, 'single')
  if (va === 0 && vb === 0) return without(value, 'constant')
  const standardError = share * Math.sqrt(va + vb)
  const df = (va + vb) ** 2 / (va ** 2 / (a.rows - 1) + vb ** 2 / (b.rows - 1))
  const reach = tReach(level, df) * standardError
  const [low, high] = [value - reach, value + reach]
  return { value, standardError, df, low, high, clear: low > 0 || high < 0, absent: null }
}

/** null for one row: how much rows differ is unknown. */
function varianceOfRatio(sums: RatioSums): number | null {
  const { rows, w } = sums
  if (rows < 2) return null
  return ((rows / (rows - 1)) * residualSquares(sums)) / (w * w)
}

function without(value: number | null, absent: Absent): MeanDifference {
  return { value, standardError: null, df: null, low: null, high: null, clear: null, absent }
}

function combine(a: RatioSums, b: RatioSums, sign: 1 | -1): RatioSums {
  return {
    rows: a.rows + sign * b.rows,
    y: a.y + sign * b.y,
    w: a.w + sign * b.w,
    yy: a.yy + sign * b.yy,
    ww: a.ww + sign * b.ww,
    wy: a.wy + sign * b.wy,
  }
}
