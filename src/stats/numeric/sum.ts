/**
 * Sums that lose nothing worth mentioning (Neumaier's compensated sum): the error does not grow with the
 * number of terms. For integers the result is exact below 2^53. Two orders of the same fractions can still
 * differ in the last bit; where a sum decides a class use `exactSum`.
 *
 * @param xs  finite numbers; none gives 0
 * @throws    RangeError if a number is not finite or the sum overflows
 * @see       Neumaier (1974), ZAMM 54, 39–51, https://doi.org/10.1002/zamm.19740540106
 */
export function sum(xs: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!
    const next = total + x
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total
    total = next
  }
  return finite(total + lost, 'sum')
}

/**
 * The sum rounded once, as if computed with unlimited digits: the same in every order of the terms.
 * Slower than `sum` (about ten times on mixed magnitudes).
 *
 * @throws RangeError if a number is not finite or a partial sum overflows
 * @see    Shewchuk (1997), Discrete & Computational Geometry 18, 305–363, https://doi.org/10.1007/PL00009321
 */
export function exactSum(xs: ArrayLike<number>): number {
  // Invariant: partials are non-overlapping, of growing magnitude, and their exact sum is the sum so far.
  const partials: number[] = []
  for (let i = 0; i < xs.length; i++) {
    let x = xs[i]!
    let kept = 0
    for (let j = 0; j < partials.length; j++) {
      let y = partials[j]!
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x]
      const high = x + y
      const low = y - (high - x)
      if (low !== 0) partials[kept++] = low
      x = high
    }
    partials.length = kept
    partials.push(finite(x, 'exactSum'))
  }
  return roundedOnce(partials)
}

/** Rounds non-overlapping partials to the nearest number, halves to even, looking one partial further down. */
function roundedOnce(partials: readonly number[]): number {
  let at = partials.length - 1
  if (at < 0) return 0
  let high = partials[at]!
  let low = 0
  while (at > 0 && low === 0) {
    const x = high
    const y = partials[--at]!
    high = x + y
    low = y - (high - x)
  }
  const next = partials[at - 1]
  if (next !== undefined && ((low < 0 && next < 0) || (low > 0 && next > 0))) {
    const twice = low * 2
    const up = high + twice
    if (twice === up - high) return up
  }
  return high
}

/**
 * Arithmetic mean.
 * @throws RangeError if there is no number, or one is not finite
 */
export function mean(xs: ArrayLike<number>): number {
  if (xs.length === 0) throw new RangeError('mean requires at least one number')
  return sum(xs) / xs.length
}

/**
 * Variance with divisor n − 1, by two passes, so that a large mean does not swallow it.
 * @throws RangeError if there are fewer than two numbers, or one is not finite
 */
export function variance(xs: ArrayLike<number>): number {
  if (xs.length < 2) throw new RangeError('variance requires at least two numbers')
  const centre = mean(xs)
  const deviations = new Float64Array(xs.length)
  for (let i = 0; i < xs.length; i++) deviations[i] = xs[i]! - centre
  const drift = sum(deviations)
  for (let i = 0; i < xs.length; i++) deviations[i]! *= deviations[i]!
  return Math.max(0, (sum(deviations) - (drift * drift) / xs.length) / (xs.length - 1))
}

/**
 * Weighted mean Σwx / Σw.
 * @param ws  as many weights as numbers, none negative, not all 0
 * @throws    RangeError if weights are missing, negative, all 0 or anything is not finite
 */
export function weightedMean(xs: ArrayLike<number>, ws: ArrayLike<number>): number {
  if (xs.length !== ws.length) throw new RangeError('weightedMean requires one weight for each number')
  const products = new Float64Array(xs.length)
  for (let i = 0; i < xs.length; i++) {
    if (!(ws[i]! >= 0)) throw new RangeError('weightedMean requires weights that are not negative')
    products[i] = xs[i]! * ws[i]!
  }
  const total = sum(ws)
  if (total === 0) throw new RangeError('weightedMean requires weights that are not all zero')
  return sum(products) / total
}

function finite(x: number, what: string): number {
  if (!Number.isFinite(x)) throw new RangeError(`${what} requires finite numbers whose sum does not overflow`)
  return x
}
