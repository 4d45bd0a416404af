import { type FreeParameters, type Layout, populationAt } from './layout.ts'

/** How far parameters may go: beyond these the data no longer tell one value from another. */
const LARGEST_SLOPE = 25
const LARGEST_INTERCEPT = 75
const LARGEST_LOGIT_GUESSING = 14

/** Nearer than this to a bound is at it. */
const CLOSE = 1e-9

export interface Bounds {
  /** position in the vector of parameters → least and largest value */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Items stay within numbers that make sense, means among the nodes, variances above what the nodes can show. */
export function boundsOf(layout: Layout, nodes: Float64Array): Bounds {
  const high = new Float64Array(layout.size).fill(Number.POSITIVE_INFINITY)
  layout.curves.forEach(({ family }, j) => {
    const at = layout.at[j]!
    high.fill(LARGEST_INTERCEPT, at, layout.at[j + 1]!)
    high[at] = LARGEST_SLOPE
    if (family === 'three parameter') high[at + 2] = LARGEST_LOGIT_GUESSING
  })
  const low = high.map((x) => -x)
  const at = populationAt(layout)
  low.fill(nodes[0]!, at, at + layout.groups)
  high.fill(nodes.at(-1)!, at, at + layout.groups)
  low.fill(Math.log(leastSd(nodes)), at + layout.groups, at + 2 * layout.groups)
  return { low, high }
}

/** Smallest standard deviation that sums over these nodes can represent: the smallest distance between two. */
export function leastSd(nodes: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let q = 1; q < nodes.length; q++) least = Math.min(least, nodes[q]! - nodes[q - 1]!)
  return least
}

export function bounded({ low, high }: Bounds, values: Float64Array): Float64Array {
  return values.map((x, k) => Math.min(high[k]!, Math.max(low[k]!, x)))
}

export function isAtBound({ low, high }: Bounds, position: number, x: number): boolean {
  return x >= high[position]! - CLOSE || x <= low[position]! + CLOSE
}

/** Which free parameters stand at a bound that the likelihood would have them cross. */
export function pinned(
  { low, high }: Bounds,
  { positions }: FreeParameters,
  values: Float64Array,
  gradient: Float64Array,
): Uint8Array {
  return Uint8Array.from(positions, (position, k) => {
    const x = values[position]!
    const outwards = gradient[k]! > 0 ? x >= high[position]! - CLOSE : x <= low[position]! + CLOSE
    return outwards && gradient[k] !== 0 ? 1 : 0
  })
}

/**
 * A direction that can be gone: every block of parameters (every item) is shortened by itself to the longest step
 * allowed and to the first bound it meets, so that one wild item does not hold up the others.
 */
export function shortened(
  { low, high }: Bounds,
  { positions, blockAt }: FreeParameters,
  values: Float64Array,
  direction: Float64Array,
  longest: number,
): Float64Array {
  const to = Float64Array.from(direction)
  for (let block = 0; block + 1 < blockAt.length; block++) {
    let share = 1
    for (let k = blockAt[block]!; k < blockAt[block + 1]!; k++) {
      const d = to[k]!
      const x = values[positions[k]!]!
      const room = d > 0 ? high[positions[k]!]! - x : x - low[positions[k]!]!
      if (room <= CLOSE) to[k] = 0
      else if (d !== 0) share = Math.min(share, longest / Math.abs(d), room / Math.abs(d))
    }
    for (let k = blockAt[block]!; k < blockAt[block + 1]!; k++) to[k]! *= share
  }
  return to
}
