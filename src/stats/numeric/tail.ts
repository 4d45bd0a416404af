/** Which side of a distribution: `lower` is P(X ≤ x), `upper` is P(X > x) with its own small values exact. */
export type Tail = 'lower' | 'upper'

/** A probability for which a quantile is asked; 0 and 1 are refused because the limit is infinite. */
export function checkProbability(p: number, what: string): void {
  if (!(p >= 1e-300 && p < 1)) {
    throw new RangeError(`${what} requires a probability above 0 (at least 1e-300) and below 1`)
  }
}

/** Shapes and degrees of freedom: wide enough for every use, narrow enough for doubles and for patience. */
export function checkShape(x: number, what: string, name: string): void {
  if (!(x >= 1e-4 && x <= 1e10)) throw new RangeError(`${what} requires ${name} from 1e-4 to 1e10`)
}

export function checkPositive(x: number, what: string, name: string): void {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY))
    throw new RangeError(`${what} requires a finite ${name} above 0`)
}

export function checkNumber(x: number, what: string): void {
  if (Number.isNaN(x)) throw new RangeError(`${what} requires a number`)
}

/**
 * Solves ln F(u) = ln p for a distribution function F whose logarithm is concave, by Newton steps: from the
 * second step on they approach from below and cannot overshoot.
 *
 * @param tail   F, rising in u
 * @param slope  F′
 * @throws       RangeError if 200 steps do not suffice
 */
export function solveLogConcave(
  tail: (u: number) => number,
  slope: (u: number) => number,
  p: number,
  start: number,
): number {
  let u = start
  let below = Number.NEGATIVE_INFINITY // F there is too small, or too small to be told from 0
  let above = Number.POSITIVE_INFINITY
  let before = Number.POSITIVE_INFINITY
  let stride = 0.5
  for (let step = 0; step < 200; step++) {
    const value = tail(u)
    if (value === 0) {
      below = Math.max(below, u)
      stride *= 2
      u = above === Number.POSITIVE_INFINITY ? u + stride : (u + above) / 2
      continue
    }
    const gap = Math.abs(value - p) < 0.1 * p ? Math.log1p((value - p) / p) : Math.log(value / p)
    if (gap === 0) return u
    if (gap > 0) above = Math.min(above, u)
    else below = Math.max(below, u)
    let next = u - (gap * value) / slope(u)
    // Far above the root F is flat and the step too long, or there is no usable slope at all.
    if (!(next >= below))
      next = below === Number.NEGATIVE_INFINITY ? u - Math.max(1, Math.abs(u)) : (below + above) / 2
    if (Math.abs(next - u) <= 2e-16 * Math.max(1, Math.abs(u)) || next === u) return next
    // Newton steps only shrink; once they do not, what is left is the rounding of the function itself.
    if (Math.abs(gap) < 1e-8 && Math.abs(gap) >= before) return next
    before = Math.abs(gap)
    u = next
  }
  throw new RangeError('the quantile was not found in 200 steps: parameters beyond what doubles can hold')
}
