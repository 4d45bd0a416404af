/** Points at which a function of a standard normal variable is evaluated, and what each counts. */
export interface Quadrature {
  /** rising */
  readonly nodes: Float64Array
  /** positive, sum 1 */
  readonly weights: Float64Array
}

/**
 * Gauss–Hermite quadrature for the standard normal density: exact for polynomials up to degree 2n − 1.
 *
 * @param n  number of nodes, 1–500
 * @throws   RangeError for any other n
 * @see      Golub, Welsch (1969), Mathematics of Computation 23, 221–230, https://doi.org/10.2307/2004418
 * @example  gaussHermite(2) // nodes −1, 1; weights 1/2, 1/2
 */
export function gaussHermite(n: number): Quadrature {
  if (!Number.isInteger(n) || n < 1 || n > 500) throw new RangeError('gaussHermite requires 1 to 500 nodes')
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  const half = Math.floor(n / 2)
  // The nodes lie symmetrically around 0: only the positive ones are searched.
  for (let i = 0; i < half; i++) {
    const node = positiveNode(n, n - 1 - i)
    nodes[n - 1 - i] = node
    nodes[i] = -node
  }
  let total = 0
  for (let i = 0; i < n; i++) {
    weights[i] = 1 / squaredPolynomials(n, Math.abs(nodes[i]!))
    total += weights[i]!
  }
  for (let i = 0; i < n; i++) weights[i]! /= total
  return { nodes, weights }
}

/**
 * Equally spaced nodes with weights in proportion to the normal density.
 *
 * @param n     number of nodes, at least 2
 * @param low   first node
 * @param high  last node, above low
 * @throws      RangeError otherwise
 * @example     normalGrid(61, -6, 6)
 */
export function normalGrid(n: number, low: number, high: number): Quadrature {
  if (!Number.isInteger(n) || n < 2 || !Number.isFinite(low) || !Number.isFinite(high) || !(high > low)) {
    throw new RangeError('normalGrid requires two or more nodes between finite ends, low below high')
  }
  const nodes = Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1))
  nodes[n - 1] = high
  const nearest = nodes.reduce((least, x) => Math.min(least, Math.abs(x)), Number.POSITIVE_INFINITY)
  // Relative to the node nearest to 0, so that a grid far out does not vanish.
  const weights = nodes.map((x) => Math.exp(-0.5 * (x - nearest) * (x + nearest)))
  const total = weights.reduce((sum, w) => sum + w, 0)
  return { nodes, weights: weights.map((w) => w / total) }
}

/** The root with `rank` roots below it, by bisection on the number of roots below a point (Sturm sequence). */
function positiveNode(n: number, rank: number): number {
  let low = 0
  let high = 2 * Math.sqrt(n) + 1
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (rootsBelow(n, middle) > rank) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** Roots of the n-th Hermite polynomial below x: negative pivots of its Jacobi matrix minus x. */
function rootsBelow(n: number, x: number): number {
  let pivot = -x
  let count = pivot < 0 ? 1 : 0
  for (let k = 1; k < n; k++) {
    pivot = -x - k / (pivot || Number.MIN_VALUE)
    if (pivot < 0) count++
  }
  return count
}

/** Σ h_k(x)² over the orthonormal Hermite polynomials of degree 0 … n − 1: the reciprocal of a node's weight. */
function squaredPolynomials(n: number, x: number): number {
  let before = 0
  let now = 1
  let total = 1
  for (let k = 1; k < n; k++) {
    const next = (x * now - Math.sqrt(k - 1) * before) / Math.sqrt(k)
    before = now
    now = next
    total += now * now
  }
  return total
}
