import { type LinearProgramme, largestViolation, programmeBuilder, type Solver } from './linear-programme.ts'
import {
  allowedSites,
  type LocationPlan,
  type LocationProblem,
  planOf,
  requireLocationProblem,
} from './location-problem.ts'

/** A location problem as a programme, with the way back from its variables. */
export interface LocationModel {
  readonly programme: LinearProgramme
  /** variables 0 … k − 1 say which sites are open; pairs[v − k] is who goes where for every later variable v */
  readonly pairs: readonly (readonly [origin: number, site: number])[]
}

/**
 * Builds the capacitated p-median or facility location model: minimise Σ demand × cost × share + Σ fixed
 * costs, every origin served in full, no site above its capacity or below its minimum load, nothing sent
 * to a closed site. The rows share ≤ open are implied for whole numbers but make the relaxation tight.
 *
 * @throws  RangeError if the problem is malformed or an origin with demand has no site within reach
 * @see     Daskin (2013), Network and Discrete Location, 2nd ed., ch. 6–7
 */
export function locationModel(problem: LocationProblem): LocationModel {
  requireLocationProblem(problem)
  const { demand, sites, cost, split = false } = problem
  const k = sites.length
  const build = programmeBuilder()
  for (const [j, { fixedCost = 0, state }] of sites.entries()) {
    const low = state === 'open' ? 1 : 0
    const high = state === 'closed' ? 0 : 1
    build.variable(`open ${j}`, { cost: fixedCost, low, high, integer: true })
  }
  const pairs: [number, number][] = []
  const loads: [number, number][][] = sites.map(() => [])
  for (let i = 0; i < demand.length; i++) {
    if (demand[i] === 0) continue
    const allowed = allowedSites(problem, i)
    if (allowed.length === 0)
      throw new RangeError(`a location problem requires a site within reach of origin ${i}`)
    const shares = allowed.map((j) => {
      const price = demand[i]! * cost[i * k + j]!
      const share = build.variable(`share ${i} ${j}`, { cost: price, high: 1, integer: !split })
      pairs.push([i, j])
      loads[j]!.push([share, demand[i]!])
      build.row(
        [
          [share, 1],
          [j, -1],
        ],
        -Infinity,
        0,
      )
      return [share, 1] as [number, number]
    })
    build.row(shares, 1, 1)
  }
  for (const [j, { capacity, minimumLoad = 0 }] of sites.entries()) {
    if (capacity < Infinity) build.row([...loads[j]!, [j, -capacity]], -Infinity, 0)
    if (minimumLoad > 0) build.row([...loads[j]!, [j, -minimumLoad]], 0, Infinity)
  }
  if (problem.open !== undefined) {
    build.row(
      sites.map((_, j): [number, number] => [j, 1]),
      problem.open,
      problem.open,
    )
  }
  addChangeLimits(problem, build)
  for (const set of problem.excluding ?? []) {
    // Another set of open sites differs in at least one place: Σ open inside − Σ open outside ≤ size − 1.
    const inside = new Set(set)
    build.row(
      sites.map((_, j): [number, number] => [j, inside.has(j) ? 1 : -1]),
      -Infinity,
      inside.size - 1,
    )
  }
  return { programme: build.build(), pairs }
}

function addChangeLimits(
  { sites, closures, mostChanges }: LocationProblem,
  build: ReturnType<typeof programmeBuilder>,
) {
  const isOpen = sites.map((site) => site.existing ?? true)
  if (mostChanges !== undefined) {
    const row = sites.map((_, j): [number, number] => [j, isOpen[j] ? -1 : 1])
    build.row(row, -Infinity, mostChanges - isOpen.filter(Boolean).length)
  }
  if (!closures) return
  const groups = Map.groupBy(sites.keys(), (j) => closures.group[j]!)
  for (const members of groups.values()) {
    const existing = members.filter((j) => isOpen[j])
    build.row(
      existing.map((j): [number, number] => [j, 1]),
      existing.length - closures.most,
      Infinity,
    )
  }
}

/** What came of solving: a plan with its proved gap, or the reason why there is none. */
export type LocationAnswer =
  | {
      readonly status: 'optimal' | 'limit'
      readonly plan: LocationPlan
      readonly bound?: number
      readonly gap?: number
    }
  | { readonly status: 'infeasible' | 'none' }

/** How far an answer may miss a row and still be read as rounding, in units of demand. */
const ROUNDING = 1e-5

/**
 * Solves a location problem with the solver given. The answer is checked row by row before it is used and
 * its cost is computed from the problem, not taken from the solver.
 *
 * @returns  plan, lower bound and relative gap (objective − bound) ÷ objective; or 'infeasible'
 * @throws   RangeError as `locationModel`; Error if the solver's answer breaks the model
 */
export async function solveLocation(problem: LocationProblem, solver: Solver): Promise<LocationAnswer> {
  const { programme, pairs } = locationModel(problem)
  const answer = await solver(programme)
  if (answer.status === 'infeasible' || answer.status === 'none') return { status: answer.status }
  if (answer.status === 'unbounded')
    throw new Error('the solver calls a location model unbounded, which cannot be')
  if (!(largestViolation(programme, answer.values) <= ROUNDING)) {
    throw new Error('the solver gave an answer that breaks the model')
  }
  const k = problem.sites.length
  const open = [...problem.sites.keys()].filter((j) => answer.values[j]! > 0.5)
  const flows = pairs.flatMap(([origin, site], at) => {
    const share = answer.values[k + at]!
    return share > ROUNDING ? [{ origin, site, share: problem.split ? Math.min(1, share) : 1 }] : []
  })
  const plan = planOf(problem, open, flows)
  const bound = answer.bound
  const gap =
    bound === undefined || plan.objective === 0 ? undefined : Math.max(0, 1 - bound / plan.objective)
  return { status: answer.status, plan, bound, gap }
}
