import { bounded, pinned, shortened } from './bounds.ts'
import type { FreeParameters } from './layout.ts'
import { evaluate, type Marginal, moved, type Problem, precondition } from './marginal.ts'
import { maximise } from './maximisation.ts'

/** No parameter moves further than this in one accelerated step. */
export const LONGEST = 2

/** Lengths of a step that are tried before the direction is given up. */
const MOST_TRIES = 6

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
  let now = evaluate(problem, free, bounded(problem.bounds, start))
  let passes = 1
  for (let step = 0; step < emSteps && now !== undefined; step++) {
    now = evaluate(problem, free, bounded(problem.bounds, maximise(problem, free, now.values, 4))) ?? now
    passes++
  }
  if (now === undefined) return undefined
  const memory: Pair[] = []
  let damping = 0
  while (passes < maxPasses) {
    const held = pinned(problem.bounds, free, now.values, now.gradient)
    let direction = ascentDirection(problem, now, free, memory, held, damping)
    let gain = dot(direction, now.gradient)
    if (!(gain > 0) && memory.length > 0) {
      // Shortened block by block, a remembered direction can point downhill: begin anew with a plain step.
      memory.length = 0
      direction = ascentDirection(problem, now, free, memory, held, damping)
      gain = dot(direction, now.gradient)
    }
    if (!(gain > tolerance)) return { marginal: now, passes, converged: true }
    const next = lineSearch(problem, free, now, direction, gain)
    passes += next.passes
    // Steps that had to be shortened more than once were far too long: trust the curvature less.
    if (next.passes > 2) damping = Math.max(1e-3, 10 * damping)
    else damping = damping > 1e-4 ? damping / 5 : 0
    if (next.marginal === undefined) {
      if (memory.length === 0 && damping > 1e6) return { marginal: now, passes, converged: false }
      memory.length = 0
      continue
    }
    remember(memory, free, now, next.marginal)
    now = next.marginal
  }
  return { marginal: now, passes, converged: false }
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly product: number
}

/** Two-loop recursion of limited-memory BFGS around the complete-data information; what is held stays where it is. */
function ascentDirection(
  problem: Problem,
  now: Marginal,
  free: FreeParameters,
  memory: readonly Pair[],
  held: Uint8Array,
  damping: number,
): Float64Array {
  const v = now.gradient.map((g, k) => (held[k] === 1 ? 0 : g))
  const taken = memory.map(() => 0)
  for (let k = memory.length - 1; k >= 0; k--) {
    const { step, change, product } = memory[k]!
    taken[k] = dot(step, v) / product
    for (let i = 0; i < v.length; i++) v[i]! -= taken[k]! * change[i]!
  }
  const direction = precondition(now, free, v, damping)
  memory.forEach(({ step, change, product }, k) => {
    const back = taken[k]! - dot(change, direction) / product
    for (let i = 0; i < direction.length; i++) direction[i]! += back * step[i]!
  })
  const allowed = direction.map((d, k) => (held[k] === 1 ? 0 : d))
  return shortened(problem.bounds, free, now.values, allowed, LONGEST)
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

export function lineSearch(
  problem: Problem,
  free: FreeParameters,
  now: Marginal,
  direction: Float64Array,
  gain: number,
): { marginal: Marginal | undefined; passes: number } {
  let step = 1
  // A sum over many people is exact to about this: smaller losses are rounding.
  const rounding = 1e-13 * Math.abs(now.objective)
  for (let passes = 1; passes <= MOST_TRIES; passes++) {
    const next = evaluate(problem, free, bounded(problem.bounds, moved(now.values, free, direction, step)))
    if (next !== undefined && next.objective >= now.objective + 1e-4 * step * gain - rounding) {
      return { marginal: next, passes }
    }
    step /= passes < 3 ? 2 : 4
  }
  return { marginal: undefined, passes: MOST_TRIES }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
