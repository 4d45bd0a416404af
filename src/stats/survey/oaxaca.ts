import { leastSquares } from '#stats/numeric/least-squares.ts'
import { requireWeights } from './design.ts'

/** One group: n × p characteristics row-major without intercept, outcomes, weights (default 1). */
export interface OaxacaGroup {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly weights?: ArrayLike<number>
}

export interface OaxacaOptions {
  /** number of characteristics p */
  readonly columns: number
  /**
   * Whose coefficients value the characteristics: of the first group, the second, or (default) of both
   * together with a dummy for the group
   */
  readonly reference?: 'first' | 'second' | 'pooled'
  /** columns that are dummies of one characteristic with one category left out; the result then does not depend on which */
  readonly factors?: readonly (readonly number[])[]
}

/** A gap in means, in parts that sum to it. */
export interface Oaxaca {
  /** mean of the first group − mean of the second */
  readonly gap: number
  /** gap = explained + unexplained */
  readonly explained: number
  readonly unexplained: number
  /** gap = endowments + coefficients + interaction, from the side of the second group */
  readonly endowments: number
  readonly coefficients: number
  readonly interaction: number
  /** per column (dummies of a factor: in the place of its first column, 0 in the others) */
  readonly explainedParts: Float64Array
  readonly unexplainedParts: Float64Array
  /** what remains unexplained without being tied to a characteristic */
  readonly unexplainedIntercept: number
}

/**
 * Oaxaca–Blinder decomposition: how much of the gap in means goes with different characteristics and how
 * much with different returns to them. An account, not a cause. Standard errors: pass it through
 * `replicateEstimates` as a statistic.
 *
 * @throws  RangeError if shapes do not fit, a group has no more units than coefficients, or a column is a
 *          combination of others within a group
 * @see     Blinder (1973); Oaxaca (1973); Jann (2008), Stata Journal 8, 453–479; Yun (2005), Economic Inquiry 43, 766–772
 */
export function oaxaca(first: OaxacaGroup, second: OaxacaGroup, options: OaxacaOptions): Oaxaca {
  const { columns: p, reference = 'pooled', factors = [] } = options
  const a = regression(first, p)
  const b = regression(second, p)
  const valued =
    reference === 'first' ? a.slopes : reference === 'second' ? b.slopes : pooled(first, second, p)
  let endowments = 0
  let slopesPart = 0
  let interaction = 0
  const explainedParts = new Float64Array(p)
  const unexplainedParts = new Float64Array(p)
  for (let j = 0; j < p; j++) {
    const shift = a.means[j]! - b.means[j]!
    const turn = a.slopes[j]! - b.slopes[j]!
    endowments += shift * b.slopes[j]!
    slopesPart += b.means[j]! * turn
    interaction += shift * turn
    explainedParts[j] = shift * valued[j]!
    unexplainedParts[j] =
      a.means[j]! * (a.slopes[j]! - valued[j]!) + b.means[j]! * (valued[j]! - b.slopes[j]!)
  }
  const gap = a.mean - b.mean
  let unexplainedIntercept = a.intercept - b.intercept
  for (const factor of factors) {
    const centre = (slopes: Float64Array) =>
      factor.reduce((sum, j) => sum + slopes[j]!, 0) / (factor.length + 1)
    const shift = centre(a.slopes) - centre(b.slopes)
    const [place, ...others] = factor
    if (place === undefined) continue
    for (const j of others) {
      explainedParts[place]! += explainedParts[j]!
      unexplainedParts[place]! += unexplainedParts[j]!
      explainedParts[j] = 0
      unexplainedParts[j] = 0
    }
    unexplainedParts[place]! -= shift
    unexplainedIntercept += shift
  }
  const explained = explainedParts.reduce((sum, part) => sum + part, 0)
  return {
    gap,
    explained,
    unexplained: gap - explained,
    endowments,
    coefficients: slopesPart + (a.intercept - b.intercept),
    interaction,
    explainedParts,
    unexplainedParts,
    unexplainedIntercept,
  }
}

/** Rows [1, x …, extra …] and the least-squares line through them. */
function regression({ x, y, weights }: OaxacaGroup, p: number) {
  const n = y.length
  if (!(Number.isInteger(p) && p >= 1) || x.length !== n * p || (weights && weights.length !== n)) {
    throw new RangeError('oaxaca requires n × p characteristics, n outcomes and n weights')
  }
  if (n <= p + 1) throw new RangeError('oaxaca requires more units than coefficients in each group')
  const w = weights ?? new Float64Array(n).fill(1)
  requireWeights(w, 'oaxaca')
  const design = new Float64Array(n * (p + 1))
  const sums = new Float64Array(p + 1)
  let outcome = 0
  for (let i = 0; i < n; i++) {
    design[i * (p + 1)] = 1
    for (let j = 0; j < p; j++) design[i * (p + 1) + j + 1] = x[i * p + j]!
    for (let j = 0; j <= p; j++) sums[j]! += w[i]! * design[i * (p + 1) + j]!
    outcome += w[i]! * y[i]!
  }
  const { coefficients, rank } = leastSquares({ x: design, y, rows: n, columns: p + 1, weights: w })
  if (rank <= p)
    throw new RangeError('oaxaca requires characteristics that are not combinations of each other')
  const total = sums[0]!
  const means = sums.subarray(1).map((sum) => sum / total)
  return { intercept: coefficients[0]!, slopes: coefficients.subarray(1), means, mean: outcome / total }
}

/** Slopes of both groups together. The dummy of the group keeps its own level out of them (Jann 2008). */
function pooled(first: OaxacaGroup, second: OaxacaGroup, p: number): Float64Array {
  const n = first.y.length + second.y.length
  const x = new Float64Array(n * (p + 2))
  const y = new Float64Array(n)
  const weights = new Float64Array(n)
  let row = 0
  for (const [group, dummy] of [
    [first, 1],
    [second, 0],
  ] as const) {
    for (let i = 0; i < group.y.length; i++, row++) {
      const at = row * (p + 2)
      x[at] = 1
      x[at + 1] = dummy
      for (let j = 0; j < p; j++) x[at + 2 + j] = group.x[i * p + j]!
      y[row] = group.y[i]!
      weights[row] = group.weights?.[i] ?? 1
    }
  }
  const { coefficients, rank } = leastSquares({ x, y, rows: n, columns: p + 2, weights })
  if (rank < p + 2)
    throw new RangeError('oaxaca requires characteristics that are not combinations of each other')
  return coefficients.subarray(2)
}
