import { type FreeParameters, populationAt } from './layout.ts'
import { evaluate, type Marginal, moved, type Problem, precondition } from './marginal.ts'
import { maximise } from './maximisation.ts'

/** How far parameters may go: beyond these the data no longer tell one value from another. */
export const LARGEST_SLOPE = 25
export const LARGEST_INTERCEPT = 75

/** No parameter moves further than this in one accelerated step. */
const LONGEST = 2

/** Pairs of steps and changes of the gradient that the acceleration remembers. */
const MEMORY = 12

export interface Ascent {
  readonly marginal: Marginal
  /** passes over the data */
  readonly passes: number
  readonly converged: boolean
}

/**
 * Climbs the marginal likelihood: a few EM steps, then EM accelerated by a limited-memory quasi-Newton update whose
 * first guess of the curvature is the complete-data information, so that the plain step is an EM step. Every step
 * gains or is shortened until it does.
 *
 * @param tolerance  stops when the step expected next would raise the log-likelihood by less
 * @param maxPasses  bound on passes over the data
 * @see              Lange (1995), A quasi-Newton acceleration of the EM algorithm, Statistica Sinica 5, 1–18
 */
export function climb(
  problem: Problem,
  free: FreeParameters,
  start: Float64Array,
  { emSteps, tolerance, maxPasses }: { emSteps: number; tolerance: number; maxPasses: number },
): Ascent | undefined {
  let now = evaluate(problem, free, bounded(problem, start))
  let passes = 1
  for (let step = 0; step < emSteps && now !== undefined; step++) {
    now = evaluate(problem, free, bounded(problem, maximise(problem, free, now.values, 4))) ?? now
    passes++
  }
  if (now === undefined) return undefined
  const memory: Pair[] = []
  while (passes < maxPasses) {
    const direction = ascentDirection(now, free, memory, pinned(problem, free, now))
    const gain = dot(direction, now.gradient)
    if (!(gain > tolerance)) return { marginal: now, passes, converged: true }
    const next = lineSearch(problem, free, now, direction, gain)
    passes += next.passes
    if (next.marginal === undefined) {
      if (memory.length === 0) return { marginal: now, passes, converged: gain < 1e3 * tolerance }
      memory.length = 0
      continue
    }
    remember(memory, free, now, next.marginal)
    now = next.marginal
  }
  return { marginal: now, passes, converged: false }
}

/** Parameters within their bounds; a variance stays above what the distance of nodes can show. */
export function bounded({ layout, quadrature }: Problem, values: Float64Array): Float64Array {
  const within = Float64Array.from(values)
  for (let j = 0; j < layout.curves.length; j++) {
    const at = layout.at[j]!
    within[at] = clamp(values[at]!, LARGEST_SLOPE)
    for (let k = at + 1; k < layout.at[j + 1]!; k++) within[k] = clamp(values[k]!, LARGEST_INTERCEPT)
  }
  const sd = populationAt(layout) + layout.groups
  const least = Math.log(leastSd(quadrature.nodes))
  for (let g = 0; g < layout.groups; g++) within[sd + g] = Math.max(values[sd + g]!, least)
  return within
}

/** Smallest standard deviation that sums over these nodes can represent: the smallest distance between two. */
export function leastSd(nodes: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let q = 1; q < nodes.length; q++) least = Math.min(least, nodes[q]! - nodes[q - 1]!)
  return least
}

/** Which free parameters stand at a bound that the likelihood would have them cross. */
export function pinned(
  { layout, quadrature }: Problem,
  free: FreeParameters,
  { values, gradient }: Marginal,
): Uint8Array {
  const sd = populationAt(layout) + layout.groups
  const least = Math.log(leastSd(quadrature.nodes))
  const slopes = new Set(layout.at.subarray(0, layout.curves.length))
  return Uint8Array.from(free.positions, (position, k) => {
    const x = values[position]!
    if (position >= sd && position < sd + layout.groups) return x <= least && gradient[k]! < 0 ? 1 : 0
    if (position >= populationAt(layout)) return 0
    const most = slopes.has(position) ? LARGEST_SLOPE : LARGEST_INTERCEPT
    return Math.abs(x) >= most && x * gradient[k]! > 0 ? 1 : 0
  })
}

function clamp(x: number, most: number): number {
  return Math.min(most, Math.max(-most, x))
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly product: number
}

/** Two-loop recursion of limited-memory BFGS around the complete-data information; what is held stays where it is. */
function ascentDirection(
  now: Marginal,
  free: FreeParameters,
  memory: readonly Pair[],
  held: Uint8Array,
): Float64Array {
  const v = now.gradient.map((g, k) => (held[k] === 1 ? 0 : g))
  const taken = memory.map(() => 0)
  for (let k = memory.length - 1; k >= 0; k--) {
    const { step, change, product } = memory[k]!
    taken[k] = dot(step, v) / product
    for (let i = 0; i < v.length; i++) v[i]! -= taken[k]! * change[i]!
  }
  const direction = precondition(now, free, v)
  memory.forEach(({ step, change, product }, k) => {
    const back = taken[k]! - dot(change, direction) / product
    for (let i = 0; i < direction.length; i++) direction[i]! += back * step[i]!
  })
  return direction.map((d, k) => (held[k] === 1 ? 0 : d))
}

function remember(memory: Pair[], free: FreeParameters, before: Marginal, after: Marginal): void {
  const step = Float64Array.from(free.positions, (k) => after.values[k]! - before.values[k]!)
  const change = before.gradient.map((g, i) => g - after.gradient[i]!)
  const product = dot(step, change)
  // Only pairs along which the surface bends down keep the direction uphill.
  if (!(product > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return
  memory.push({ step, change, product })
  if (memory.length > MEMORY) memory.shift()
}

function lineSearch(
  problem: Problem,
  free: FreeParameters,
  now: Marginal,
  direction: Float64Array,
  gain: number,
): { marginal: Marginal | undefined; passes: number } {
  const longest = direction.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  let step = Math.min(1, LONGEST / longest)
  // A sum over many people is exact to about this: smaller losses are rounding.
  const rounding = 1e-13 * Math.abs(now.objective)
  for (let passes = 1; passes <= 12; passes++) {
    const next = evaluate(problem, free, bounded(problem, moved(now.values, free, direction, step)))
    if (next !== undefined && next.objective >= now.objective + 1e-4 * step * gain - rounding) {
      return { marginal: next, passes }
    }
    step /= passes < 3 ? 2 : 5
  }
  return { marginal: undefined, passes: 12 }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
