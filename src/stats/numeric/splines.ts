/**
 * B-spline basis as R's splines::bs: piecewise polynomials of one degree that are non-negative between the
 * boundary knots and sum to 1 there (all columns of the basis with intercept). Beyond the boundary the first
 * and last polynomials go on.
 *
 * @param x          rows numbers, finite
 * @param knots      inner knots, rising, inside the boundary; may be empty
 * @param boundary   lowest and highest knot
 * @param degree     3 for cubic; 0–10
 * @param intercept  true keeps the first column; false (as in R) drops it, for models with a constant
 * @returns          row-major, rows × (knots + degree + 1 with intercept, one less without)
 * @throws           RangeError if knots do not rise strictly inside the boundary or a number is not finite
 * @see              de Boor (1978), A Practical Guide to Splines
 * @example          bsplineBasis([0, 0.5, 1], { knots: [], boundary: [0, 1], degree: 1, intercept: true })
 *                   // [1, 0, 0.5, 0.5, 0, 1]
 */
export function bsplineBasis(
  x: ArrayLike<number>,
  {
    knots,
    boundary,
    degree = 3,
    intercept = false,
  }: {
    knots: ArrayLike<number>
    boundary: readonly [number, number]
    degree?: number
    intercept?: boolean
  },
): Float64Array {
  const all = paddedKnots(knots, boundary, degree)
  const full = knots.length + degree + 1
  const columns = intercept ? full : full - 1
  const skip = intercept ? 0 : 1
  const basis = new Float64Array(x.length * columns)
  const local = new Float64Array(degree + 1)
  for (let row = 0; row < x.length; row++) {
    const at = x[row]!
    if (!Number.isFinite(at)) throw new RangeError('bsplineBasis requires finite numbers')
    const piece = pieceOf(at, knots)
    nonZero(local, at, all, piece + degree, degree)
    for (let k = 0; k <= degree; k++) {
      const column = piece + k - skip
      if (column >= 0) basis[row * columns + column] = local[k]!
    }
  }
  return basis
}

/** Number of columns `bsplineBasis` gives. */
export function bsplineColumns(knots: ArrayLike<number>, degree = 3, intercept = false): number {
  return knots.length + degree + (intercept ? 1 : 0)
}

function paddedKnots(
  knots: ArrayLike<number>,
  [low, high]: readonly [number, number],
  degree: number,
): Float64Array {
  if (!Number.isInteger(degree) || degree < 0 || degree > 10) {
    throw new RangeError('bsplineBasis requires a degree from 0 to 10')
  }
  const all = new Float64Array(knots.length + 2 * degree + 2)
  all.fill(low, 0, degree + 1)
  all.fill(high, all.length - degree - 1)
  for (let i = 0; i < knots.length; i++) all[degree + 1 + i] = knots[i]!
  for (let i = degree + 1; i <= all.length - degree - 1; i++) {
    if (!(all[i]! > all[i - 1]!) || !Number.isFinite(all[i]! - all[i - 1]!)) {
      throw new RangeError('bsplineBasis requires finite knots that rise strictly inside the boundary')
    }
  }
  return all
}

/** Number of inner knots at or below x: the piece it belongs to; the first and last go on beyond the boundary. */
function pieceOf(x: number, knots: ArrayLike<number>): number {
  let low = 0
  let high = knots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (knots[middle]! <= x) low = middle + 1
    else high = middle
  }
  return low
}

/** The degree + 1 basis functions that are not 0 on the piece between all[at] and all[at + 1] (Cox, de Boor). */
function nonZero(out: Float64Array, x: number, all: Float64Array, at: number, degree: number): void {
  out[0] = 1
  for (let d = 1; d <= degree; d++) {
    let carried = 0
    for (let k = 0; k < d; k++) {
      const right = all[at + k + 1]!
      const left = all[at + k + 1 - d]!
      const part = out[k]! / (right - left)
      out[k] = carried + (right - x) * part
      carried = (x - left) * part
    }
    out[d] = carried
  }
}
