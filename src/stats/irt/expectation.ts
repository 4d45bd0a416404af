import type { JointPatterns } from './joint-patterns.ts'

/** Rows handled in one call: longer loops run slower, and one window of nodes serves them all. */
export const CHUNK = 64

/** A posterior below this at the edge of a window is as good as none: the sums lose less than their last digit. */
const NOTHING = 1e-13

/** Everything an expectation step reads and writes. All arrays may lie in shared memory. */
export interface Expectation {
  readonly patterns: JointPatterns
  /** number of quadrature nodes */
  readonly points: number
  /** responses × points */
  readonly probability: Float64Array
  /** classes × points */
  readonly prior: Float64Array
  /** nodes of the tree × points: likelihood of each joint answer */
  readonly likelihood: Float64Array
  /** nodes of the tree × points: expected number of people with each joint answer at each point */
  readonly joint: Float64Array
  /** classes × points: expected number of people of each class at each point */
  readonly classCounts: Float64Array
  /** chunk → first and last + 1 of the points that matter to its rows; refreshed by every pass */
  readonly low: Uint16Array
  readonly high: Uint16Array
}

export function newExpectation(
  patterns: JointPatterns,
  points: number,
  responses: number,
  classes: number,
): Expectation {
  const chunks = Math.ceil(patterns.rowCount / CHUNK)
  return {
    patterns,
    points,
    probability: new Float64Array(responses * points),
    prior: new Float64Array(classes * points),
    likelihood: new Float64Array(patterns.nodeCount * points),
    joint: new Float64Array(patterns.nodeCount * points),
    classCounts: new Float64Array(classes * points),
    low: new Uint16Array(chunks),
    high: new Uint16Array(chunks).fill(points),
  }
}

/** Likelihood of every joint answer from the probabilities of single responses. */
export function fillLikelihood({ patterns, points, probability, likelihood }: Expectation): void {
  const { parent, response, nodeCount } = patterns
  likelihood.fill(1, 0, points)
  for (let node = 1; node < nodeCount; node++) {
    const to = node * points
    const from = parent[node]! * points
    const by = response[node]! * points
    for (let q = 0; q < points; q++) likelihood[to + q] = likelihood[from + q]! * probability[by + q]!
  }
}

/**
 * Adds the rows of one chunk to `joint` and `classCounts`.
 *
 * @param posterior  room for one row
 * @returns          Σ weight · ln(marginal likelihood) of these rows
 */
function expectChunk(work: Expectation, chunk: number, posterior: Float64Array): number {
  const { patterns, points, joint, classCounts, low, high } = work
  const { start, leaves, priorClass, weight } = patterns
  const from = chunk * CHUNK
  const to = Math.min(from + CHUNK, patterns.rowCount)
  const lo = low[chunk]!
  const hi = high[chunk]!
  let least = hi
  let most = lo
  let total = 0
  for (let row = from; row < to; row++) {
    const w = weight[row]!
    if (w === 0) continue
    const marginal = rowPosterior(work, row, lo, hi, posterior)
    // The window was left by changed parameters: these rows are done again over all points.
    const lost = (lo > 0 && posterior[lo]! > NOTHING) || (hi < points && posterior[hi - 1]! > NOTHING)
    const a = lost ? 0 : lo
    const b = lost ? points : hi
    total += w * (lost ? rowPosterior(work, row, a, b, posterior) : marginal)
    const c = priorClass[row]! * points
    for (let q = a; q < b; q++) {
      const v = posterior[q]! * w
      posterior[q] = v
      classCounts[c + q]! += v
    }
    addTo(joint, leaves, start[row]!, start[row + 1]!, points, posterior, 0, a, b)
    let first = a
    let last = b
    const small = NOTHING * w
    while (first < least && posterior[first]! <= small) first++
    while (last > most && posterior[last - 1]! <= small) last--
    if (first < least) least = first
    if (last > most) most = last
  }
  low[chunk] = Math.max(0, least - 1)
  high[chunk] = Math.min(points, most + 1)
  return total
}

/**
 * Adds one posterior to the tables of the leaves `start` … `end` − 1 of a row.
 *
 * @param posterior  one number per point, from `at`
 */
export function addTo(
  joint: Float64Array,
  leaves: Int32Array,
  start: number,
  end: number,
  points: number,
  posterior: Float64Array,
  at: number,
  lo: number,
  hi: number,
): void {
  let leaf = start
  // Up to four tables at a time: each number is loaded once for all of them.
  for (; leaf + 3 < end; leaf += 4) {
    const a = leaves[leaf]! * points
    const b = leaves[leaf + 1]! * points
    const c = leaves[leaf + 2]! * points
    const d = leaves[leaf + 3]! * points
    for (let q = lo; q < hi; q++) {
      const v = posterior[at + q]!
      joint[a + q]! += v
      joint[b + q]! += v
      joint[c + q]! += v
      joint[d + q]! += v
    }
  }
  if (leaf + 1 < end) {
    const a = leaves[leaf]! * points
    const b = leaves[leaf + 1]! * points
    for (let q = lo; q < hi; q++) {
      const v = posterior[at + q]!
      joint[a + q]! += v
      joint[b + q]! += v
    }
    leaf += 2
  }
  if (leaf < end) {
    const a = leaves[leaf]! * points
    for (let q = lo; q < hi; q++) joint[a + q]! += posterior[at + q]!
  }
}

/**
 * Posterior of one row at the points lo … hi − 1, summing to 1 over them.
 * @returns ln of the marginal likelihood
 */
export function rowPosterior(
  { patterns, points, prior, likelihood, probability }: Expectation,
  row: number,
  lo: number,
  hi: number,
  posterior: Float64Array,
): number {
  const { start, leaves, priorClass } = patterns
  let at = start[row]!
  const end = start[row + 1]!
  const p = priorClass[row]! * points
  // 1, 2 or 3 leaves first, then four at a time: fewer loads and stores than one by one.
  if (((end - at) & 1) === 1) {
    const a = leaves[at++]! * points
    for (let q = lo; q < hi; q++) posterior[q] = prior[p + q]! * likelihood[a + q]!
  } else {
    for (let q = lo; q < hi; q++) posterior[q] = prior[p + q]!
  }
  if (((end - at) & 2) === 2) {
    const a = leaves[at++]! * points
    const b = leaves[at++]! * points
    for (let q = lo; q < hi; q++) posterior[q] = posterior[q]! * likelihood[a + q]! * likelihood[b + q]!
  }
  while (at < end) {
    const a = leaves[at++]! * points
    const b = leaves[at++]! * points
    const c = leaves[at++]! * points
    const d = leaves[at++]! * points
    for (let q = lo; q < hi; q++) {
      posterior[q] =
        posterior[q]! * (likelihood[a + q]! * likelihood[b + q]!) * (likelihood[c + q]! * likelihood[d + q]!)
    }
  }
  let even = 0
  let odd = 0
  for (let q = lo; q + 1 < hi; q += 2) {
    even += posterior[q]!
    odd += posterior[q + 1]!
  }
  if (((hi - lo) & 1) === 1) even += posterior[hi - 1]!
  const total = even + odd
  // Hundreds of items can leave the range of numbers; logarithms cannot.
  if (!(total > 1e-280))
    return posteriorByLogarithms(patterns, points, prior, probability, row, lo, hi, posterior)
  for (let q = lo; q < hi; q++) posterior[q]! /= total
  return Math.log(total)
}

function posteriorByLogarithms(
  { start, leaves, parent, response, priorClass }: JointPatterns,
  points: number,
  prior: Float64Array,
  probability: Float64Array,
  row: number,
  lo: number,
  hi: number,
  posterior: Float64Array,
): number {
  const p = priorClass[row]! * points
  for (let q = lo; q < hi; q++) posterior[q] = logarithm(prior[p + q]!)
  for (let at = start[row]!; at < start[row + 1]!; at++) {
    for (let node = leaves[at]!; node > 0; node = parent[node]!) {
      const by = response[node]! * points
      for (let q = lo; q < hi; q++) posterior[q]! += logarithm(probability[by + q]!)
    }
  }
  let most = Number.NEGATIVE_INFINITY
  for (let q = lo; q < hi; q++) most = Math.max(most, posterior[q]!)
  let total = 0
  for (let q = lo; q < hi; q++) {
    posterior[q] = Math.exp(posterior[q]! - most)
    total += posterior[q]!
  }
  for (let q = lo; q < hi; q++) posterior[q]! /= total
  return most + Math.log(total)
}

function logarithm(p: number): number {
  return Math.log(Math.max(p, 1e-308))
}

/**
 * Expected number of people with each single response at each point, from those with joint answers. `joint` is used
 * up: afterwards a node holds everyone who came through it.
 *
 * @param from    first node that may hold anybody
 * @param counts  responses × points; added to
 */
export function collectCounts(
  { parent, response, nodeCount }: JointPatterns,
  points: number,
  joint: Float64Array,
  from: number,
  counts: Float64Array,
): void {
  for (let node = nodeCount - 1; node >= from; node--) {
    const at = node * points
    const up = parent[node]! * points
    const to = response[node]! * points
    for (let q = 0; q < points; q++) {
      const v = joint[at + q]!
      counts[to + q]! += v
      joint[up + q]! += v
    }
  }
}

/** Number of chunks that the rows make. */
export function chunkCount({ low }: Expectation): number {
  return low.length
}

/**
 * Sums over the chunks `from` … `to` − 1 and nothing else. @returns Σ weight · ln(marginal likelihood)
 */
export function expectRange(work: Expectation, from: number, to: number): number {
  work.joint.fill(0)
  work.classCounts.fill(0)
  const posterior = new Float64Array(work.points)
  let total = 0
  for (let chunk = from; chunk < to; chunk++) total += expectChunk(work, chunk, posterior)
  return total
}
