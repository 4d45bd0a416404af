import { normalQuantile } from '../numeric/distributions.ts'
import { normalGrid, type Quadrature } from '../numeric/quadrature.ts'
import { philox } from '../numeric/random.ts'
import { rowPosterior } from './expectation.ts'
import type { KnownItem } from './item.ts'
import { type Prior, STANDARD_NORMAL } from './prior-classes.ts'
import { scoredRows } from './scored-rows.ts'

export interface PlausibleValuesInput {
  /** persons × items, row by row; −1 where there is no answer */
  readonly responses: Int8Array
  readonly items: readonly KnownItem[]
  /**
   * What was known before: it must contain every group and covariate by which the values will be compared, or
   * differences are shrunk (`priorOf` takes it from a calibration). Default: standard normal for all.
   */
  readonly prior?: Prior
  /** values per person, 1–1000 */
  readonly draws: number
  readonly seed: number | bigint
  /** person → number of their own stream of random numbers; default: the place in the input */
  readonly streams?: ArrayLike<number>
  /** Default: 61 nodes, equally spaced on −6 … 6. */
  readonly quadrature?: Quadrature
}

export interface PlausibleValues {
  /** persons × draws: draw d of person i is values[i * draws + d] */
  readonly values: Float64Array
  readonly draws: number
  readonly seed: number | bigint
}

/** Parts into which the space between two nodes is divided. */
const PARTS = 16

/**
 * Plausible values: draws from everyone's posterior of ability. Between nodes its logarithm is a cubic polynomial
 * through the four nearest. Statistics of a population are computed once per draw and combined by Rubin's rules; a
 * single person is never described by them.
 *
 * @throws RangeError for responses that are not persons × items, priors or items that are none, or no draws
 * @see    Mislevy (1991), Psychometrika 56, 177–196, https://doi.org/10.1007/BF02294457
 */
export function plausibleValues(input: PlausibleValuesInput): PlausibleValues {
  const { responses, items, prior = STANDARD_NORMAL, draws, seed, streams } = input
  if (!Number.isInteger(draws) || draws < 1 || draws > 1000) {
    throw new RangeError('plausibleValues requires 1 to 1000 draws')
  }
  const rows = scoredRows(
    responses,
    items,
    prior,
    input.quadrature ?? normalGrid(61, -6, 6),
    'plausibleValues',
  )
  const { work, quadrature, persons, classes } = rows
  if (streams !== undefined && streams.length !== persons) {
    throw new RangeError('plausibleValues requires one stream for each person')
  }
  const values = new Float64Array(persons * draws)
  const people = peopleOfRows(work.patterns.rowOf, work.patterns.rowCount)
  const random = philox(seed)
  const posterior = new Float64Array(work.points)
  const drawFor = (i: number, quantile: (u: number) => number): void => {
    const own = random.jump(streams?.[i] ?? i)
    for (let d = 0; d < draws; d++) values[i * draws + d] = quantile(own.uniform())
  }
  for (let row = 0; row < work.patterns.rowCount; row++) {
    rowPosterior(work, row, 0, work.points, posterior)
    const quantile = quantileOf(posterior, quadrature.nodes)
    for (const i of people[row]!) drawFor(i, quantile)
  }
  for (let i = 0; i < persons; i++) {
    if (work.patterns.rowOf[i]! >= 0) continue
    // Without answers the posterior is the prior.
    const mean = classes.means[classes.classOf[i]!]!
    const sd = Math.sqrt(classes.variances[classes.classOf[i]!]!)
    drawFor(i, (u) => mean + sd * normalQuantile(Math.max(u, Number.MIN_VALUE)))
  }
  return { values, draws, seed }
}

function peopleOfRows(rowOf: Int32Array, rowCount: number): number[][] {
  const people = Array.from({ length: rowCount }, (): number[] => [])
  rowOf.forEach((row, i) => {
    if (row >= 0) people[row]!.push(i)
  })
  return people
}

/** Quantile function of a density given at nodes (up to a factor). */
function quantileOf(density: Float64Array, nodes: Float64Array): (u: number) => number {
  const n = nodes.length
  const most = density.reduce((a, b) => Math.max(a, b), 0)
  // Nodes with less than this hold no draw; around the rest the logarithm is finite.
  let first = density.findIndex((p) => p > 1e-12 * most)
  let last = density.findLastIndex((p) => p > 1e-12 * most)
  first = Math.max(0, first - 1)
  last = Math.min(n - 1, last + 1)
  const log = density.map((p) => Math.log(Math.max(p, 1e-300)))
  const cells = (last - first) * PARTS
  const at = new Float64Array(cells + 1)
  const height = new Float64Array(cells + 1)
  for (let k = 0; k <= cells; k++) {
    const q = Math.min(first + Math.floor(k / PARTS), last - 1)
    const share = (k - (q - first) * PARTS) / PARTS
    at[k] = nodes[q]! + share * (nodes[q + 1]! - nodes[q]!)
    height[k] = Math.exp(cubic(nodes, log, q, at[k]!) - Math.log(most))
  }
  const below = new Float64Array(cells + 1)
  for (let k = 1; k <= cells; k++) {
    below[k] = below[k - 1]! + 0.5 * (height[k]! + height[k - 1]!) * (at[k]! - at[k - 1]!)
  }
  return (u) => {
    const wanted = u * below[cells]!
    let low = 0
    let high = cells
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (below[middle]! <= wanted) low = middle
      else high = middle
    }
    const inside = below[high]! - below[low]!
    return at[low]! + (inside > 0 ? (wanted - below[low]!) / inside : 0.5) * (at[high]! - at[low]!)
  }
}

/** Value at x of the cubic polynomial through the four nodes around the interval q … q + 1. */
function cubic(nodes: Float64Array, y: Float64Array, q: number, x: number): number {
  const from = Math.max(0, Math.min(nodes.length - 4, q - 1))
  const to = Math.min(nodes.length, from + 4)
  let total = 0
  for (let a = from; a < to; a++) {
    let factor = y[a]!
    for (let b = from; b < to; b++) if (b !== a) factor *= (x - nodes[b]!) / (nodes[a]! - nodes[b]!)
    total += factor
  }
  return total
}
