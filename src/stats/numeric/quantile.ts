/**
 * Quantile by linear interpolation of order statistics (type 7 of Hyndman and Fan, the default of R).
 *
 * @param sorted  numbers in rising order, at least one; order is not checked
 * @param p       0–1
 * @throws        RangeError if there is no number or p is outside 0–1
 * @see           Hyndman, Fan (1996), The American Statistician 50, 361–365, https://doi.org/10.2307/2684934
 * @example       quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('quantile requires at least one number')
  const { below, share } = position(sorted.length, p)
  const low = sorted[below]!
  return share === 0 ? low : interpolate(low, sorted[below + 1]!, share)
}

/**
 * The same type 7 quantile from a count per value: the result is what `quantile` gives on the values
 * written out one by one.
 *
 * @param values  in rising order, each once
 * @param counts  how often each value occurs, whole numbers ≥ 0, not all 0
 * @throws        RangeError if nothing is counted, a count is negative or not whole, or values do not rise
 */
export function quantileFromCounts(values: ArrayLike<number>, counts: ArrayLike<number>, p: number): number {
  if (values.length !== counts.length)
    throw new RangeError('quantileFromCounts requires one count for each value')
  let n = 0
  for (let i = 0; i < counts.length; i++) {
    if (!Number.isSafeInteger(counts[i]) || counts[i]! < 0) {
      throw new RangeError('quantileFromCounts requires whole counts that are not negative')
    }
    if (i > 0 && !(values[i]! > values[i - 1]!)) {
      throw new RangeError('quantileFromCounts requires values in rising order, each once')
    }
    n += counts[i]!
  }
  if (n === 0) throw new RangeError('quantileFromCounts requires at least one counted value')
  const { below, share } = position(n, p)
  let seen = 0
  let at = 0
  while (seen + counts[at]! <= below) seen += counts[at++]!
  const low = values[at]!
  if (share === 0 || seen + counts[at]! > below + 1) return low
  let next = at + 1
  while (counts[next] === 0) next++
  return interpolate(low, values[next]!, share)
}

/**
 * Weighted quantile of type 2: the smallest value whose cumulated weight exceeds p of the whole; where it
 * is reached exactly, the middle between this value and the next.
 *
 * @param values   in any order
 * @param weights  as many, none negative, not all 0; values of weight 0 do not count
 * @throws         RangeError as above
 */
export function weightedQuantile(values: ArrayLike<number>, weights: ArrayLike<number>, p: number): number {
  if (values.length !== weights.length)
    throw new RangeError('weightedQuantile requires one weight for each value')
  if (!(p >= 0 && p <= 1)) throw new RangeError('weightedQuantile requires p from 0 to 1')
  const order: number[] = []
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY) || !Number.isFinite(values[i])) {
      throw new RangeError('weightedQuantile requires finite values and finite weights that are not negative')
    }
    if (weights[i]! > 0) order.push(i)
  }
  if (order.length === 0) throw new RangeError('weightedQuantile requires weights that are not all zero')
  // Equal values in the order of their weights: the cumulated sums then do not depend on the order of rows.
  order.sort((i, j) => values[i]! - values[j]! || weights[i]! - weights[j]!)
  const cumulated = new Float64Array(order.length)
  let total = 0
  let lost = 0
  for (let k = 0; k < order.length; k++) {
    const w = weights[order[k]!]!
    const next = total + w
    lost += total >= w ? total - next + w : w - next + total
    total = next
    cumulated[k] = total + lost
  }
  const whole = cumulated[order.length - 1]!
  const goal = p * whole
  const reached = 1e-12 * whole // weights are sums of fractions: equality is meant up to rounding
  let k = 0
  while (k < order.length - 1 && cumulated[k]! < goal - reached) k++
  const value = values[order[k]!]!
  if (k === order.length - 1 || cumulated[k]! > goal + reached) return value
  return (value + values[order[k + 1]!]!) / 2
}

/** Where the p quantile of n sorted numbers stands: after index `below`, at `share` of the way to the next. */
function position(n: number, p: number): { below: number; share: number } {
  if (!(p >= 0 && p <= 1)) throw new RangeError('quantile requires p from 0 to 1')
  const exact = (n - 1) * p
  // As in R: a position that misses a whole number by rounding alone is that whole number.
  const rounding = 4 * Number.EPSILON * Math.max(1, exact)
  const below = Math.min(n - 1, Math.floor(exact + rounding))
  const share = exact - below
  return { below, share: share < rounding ? 0 : share }
}

function interpolate(low: number, high: number, share: number): number {
  return low === high ? low : low + share * (high - low)
}
