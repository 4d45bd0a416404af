import { allowedSites, type LocationProblem, requireLocationProblem } from './location-problem.ts'

/** How far the best plan can still be from the optimum, without a solver. */
export interface LocationBound {
  /** no plan costs less than this */
  readonly bound: number
  /** a price for serving each origin; sites that look cheap at these prices are good candidates */
  readonly prices: Float64Array
  /** share of iterations in which each site looked cheap, 0–1: candidates for a heuristic */
  readonly chosen: Float64Array
  readonly iterations: number
  /** false when the iteration limit ended the search; the bound holds all the same */
  readonly converged: boolean
}

/**
 * A lower bound of the cost of every plan, by Lagrangian relaxation: the rows "every origin is served" get
 * prices, the rest falls apart into one fractional knapsack per site; prices follow the subgradient.
 * Minimum loads and limits on changes are left out, which lowers the bound but never makes it wrong.
 *
 * @param target  cost of a plan already known; the closer the better the steps
 * @returns       a bound that holds at every iteration
 * @throws        RangeError if the problem is malformed or the target is not finite
 * @see           Beasley (1993), Lagrangean heuristics for location problems, EJOR 65, 383–399
 */
export function lagrangianBound(
  problem: LocationProblem,
  target: number,
  iterationLimit = 2000,
): LocationBound {
  requireLocationProblem(problem)
  if (!Number.isFinite(target))
    throw new RangeError('lagrangianBound requires the finite cost of a known plan')
  const { demand, sites, cost } = problem
  const k = sites.length
  const m = demand.length
  const reach = sites.map(() => [] as number[])
  const prices = new Float64Array(m)
  for (let i = 0; i < m; i++) {
    if (demand[i] === 0) continue
    const allowed = allowedSites(problem, i)
    for (const j of allowed) reach[j]!.push(i)
    // Start where each origin pays for its second choice: its first choice then looks worth opening.
    const start = allowed[Math.min(1, allowed.length - 1)]
    if (start === undefined)
      throw new RangeError(`lagrangianBound requires a site within reach of origin ${i}`)
    prices[i] = demand[i]! * cost[i * k + start]!
  }
  const served = new Float64Array(m)
  const best = { bound: -Infinity, prices: prices.slice() }
  const counts = new Float64Array(k)
  let step = 2
  let idle = 0
  let iterations = 0
  while (iterations < iterationLimit) {
    iterations++
    const values = sites.map(({ fixedCost = 0 }, j) => fixedCost + knapsack(j))
    const open = choose(values)
    let bound = 0
    for (let i = 0; i < m; i++) bound += prices[i]!
    for (const j of open) bound += values[j]!
    served.fill(0)
    for (const j of open) {
      knapsack(j, served)
      counts[j] = counts[j]! + 1
    }
    if (bound > best.bound + 1e-12 * Math.abs(bound)) {
      best.bound = bound
      best.prices = prices.slice()
      idle = 0
    } else if (++idle >= 20) {
      step /= 2
      idle = 0
    }
    let norm = 0
    for (let i = 0; i < m; i++) if (demand[i]! > 0) norm += (1 - served[i]!) ** 2
    if (norm < 1e-12 || target - best.bound <= 1e-9 * Math.abs(target) || step < 1e-6) break
    const length = (step * Math.max(target - bound, 1e-9 * Math.abs(target))) / norm
    for (let i = 0; i < m; i++) if (demand[i]! > 0) prices[i] = prices[i]! + length * (1 - served[i]!)
  }
  for (let j = 0; j < k; j++) counts[j] = counts[j]! / iterations
  return {
    bound: best.bound,
    prices: best.prices,
    chosen: counts,
    iterations,
    converged: iterations < iterationLimit,
  }

  /** Cheapest load of site j at the current prices: fill it with what gains most per unit of demand. */
  function knapsack(j: number, take?: Float64Array): number {
    const gains: [gain: number, origin: number][] = []
    for (const i of reach[j]!) {
      const gain = cost[i * k + j]! - prices[i]! / demand[i]!
      if (gain < 0) gains.push([gain, i])
    }
    const limited = sites[j]!.capacity < Infinity
    if (limited) gains.sort((a, b) => a[0] - b[0])
    let room = sites[j]!.capacity
    let value = 0
    for (const [gain, i] of gains) {
      const amount = Math.min(room, demand[i]!)
      value += gain * amount
      if (take) take[i] = take[i]! + amount / demand[i]!
      room -= amount
      if (room <= 0) break
    }
    return value
  }

  /** The cheapest sites at the current prices: the number asked for, or all that pay. */
  function choose(values: readonly number[]): number[] {
    const forced = [...sites.keys()].filter((j) => sites[j]!.state === 'open')
    const free = [...sites.keys()].filter((j) => sites[j]!.state === undefined)
    free.sort((a, b) => values[a]! - values[b]! || a - b)
    if (problem.open === undefined) return [...forced, ...free.filter((j) => values[j]! < 0)]
    return [...forced, ...free.slice(0, Math.max(0, problem.open - forced.length))]
  }
}
