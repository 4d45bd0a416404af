import { philox } from '#stats/numeric/random.ts'
import { assigner } from './assign-by-regret.ts'
import { type LocationPlan, type LocationProblem, requireLocationProblem } from './location-problem.ts'

/** A good plan found without a solver. */
export interface InterchangeAnswer {
  /** undefined when no start found a plan that serves everybody */
  readonly plan: LocationPlan | undefined
  /** false when the limit of evaluations ended the search before every start was exhausted */
  readonly converged: boolean
  readonly evaluations: number
  readonly seed: number
}

export interface InterchangeOptions {
  /** decides the starting plans */
  readonly seed: number
  /** number of starts, default 5 */
  readonly starts?: number
  /** most plans assessed over all starts, default 20,000 */
  readonly evaluationLimit?: number
}

/**
 * Vertex interchange: from several random starts open sites are swapped with closed ones (and, where the
 * number of sites is free, opened or closed) as long as that saves cost. Put it beside `lagrangianBound`
 * to know how far it can be from the optimum. Minimum loads, closures and limits on changes are not
 * obeyed: problems with those need a solver.
 *
 * @throws  RangeError if the problem is malformed or carries limits that the method cannot obey
 * @see     Teitz, Bart (1968), Operations Research 16, 955–961, https://doi.org/10.1287/opre.16.5.955
 */
export function interchange(problem: LocationProblem, options: InterchangeOptions): InterchangeAnswer {
  const { seed, starts = 5, evaluationLimit = 20_000 } = options
  requireLocationProblem(problem)
  const { sites } = problem
  if (
    problem.closures ||
    problem.mostChanges !== undefined ||
    problem.excluding ||
    sites.some((s) => s.minimumLoad)
  ) {
    throw new RangeError(
      'interchange requires a problem without minimum loads, closures and limits on changes',
    )
  }
  const forced = [...sites.keys()].filter((j) => sites[j]!.state === 'open')
  const free = [...sites.keys()].filter((j) => sites[j]!.state === undefined)
  if (
    problem.open !== undefined &&
    (forced.length > problem.open || forced.length + free.length < problem.open)
  ) {
    throw new RangeError('interchange requires a number of open sites that fixed states allow')
  }
  const assign = assigner(problem)
  const marked = (open: readonly number[]) => Uint8Array.from(sites, (_, j) => (open.includes(j) ? 1 : 0))
  let evaluations = 0
  let best: { open: number[]; cost: number } | undefined
  const assess = (open: readonly number[]): number => {
    evaluations++
    const { plan, unserved } = assign(marked(open))
    // Unserved demand outweighs any cost, so that a search that starts there walks towards plans that hold.
    const missing = unserved.reduce((total, { origin, share }) => total + share * problem.demand[origin]!, 0)
    return plan.objective + missing * penalty
  }
  const penalty = 1e3 * (1 + largestFinite(problem.cost))
  for (let start = 0; start < starts && evaluations < evaluationLimit; start++) {
    const random = philox(seed, start)
    const size = (problem.open ?? forced.length + Math.ceil(free.length / 2)) - forced.length
    const chosen = new Set([...forced, ...random.shuffle([...free]).slice(0, size)])
    let cost = assess([...chosen])
    for (let better = true; better && evaluations < evaluationLimit; ) {
      better = false
      for (const move of random.shuffle(moves(chosen, forced, free, problem.open))) {
        if (evaluations >= evaluationLimit) break
        if (!applies(chosen, move)) continue
        apply(chosen, move)
        const next = chosen.size > 0 ? assess([...chosen]) : Infinity
        if (next < cost - 1e-9 * (1 + cost)) {
          cost = next
          better = true
        } else apply(chosen, { in: move.out, out: move.in })
      }
    }
    if (!best || cost < best.cost) best = { open: [...chosen].sort((a, b) => a - b), cost }
  }
  const answer = best && assign(marked(best.open))
  return {
    plan: answer && answer.unserved.length === 0 ? answer.plan : undefined,
    converged: evaluations < evaluationLimit,
    evaluations,
    seed,
  }
}

interface Move {
  readonly in?: number
  readonly out?: number
}

/** Every swap; and every single opening and closing where the number of sites is free. */
function moves(
  chosen: ReadonlySet<number>,
  forced: readonly number[],
  free: readonly number[],
  open?: number,
) {
  const fixed = new Set(forced)
  const closing = [...chosen].filter((j) => !fixed.has(j))
  const opening = free.filter((j) => !chosen.has(j))
  const all: Move[] = opening.flatMap((into) => closing.map((out) => ({ in: into, out })))
  if (open === undefined) all.push(...opening.map((j) => ({ in: j })), ...closing.map((j) => ({ out: j })))
  return all
}

function applies(chosen: ReadonlySet<number>, move: Move) {
  const canOpen = move.in === undefined || !chosen.has(move.in)
  return canOpen && (move.out === undefined || chosen.has(move.out))
}

function apply(chosen: Set<number>, move: Move) {
  if (move.out !== undefined) chosen.delete(move.out)
  if (move.in !== undefined) chosen.add(move.in)
}

function largestFinite(xs: ArrayLike<number>): number {
  let largest = 0
  for (let at = 0; at < xs.length; at++) if (xs[at]! < Infinity && xs[at]! > largest) largest = xs[at]!
  return largest
}
