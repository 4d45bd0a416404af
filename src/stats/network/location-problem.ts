/** A place that can serve demand. */
export interface Site {
  /** most it can take, in units of demand; above 0, Infinity = no limit */
  readonly capacity: number
  /** least it must take to be open, in units of demand; default 0 */
  readonly minimumLoad?: number
  /** what keeping it open costs, in the unit of demand × cost; default 0 */
  readonly fixedCost?: number
  /** stays open or stays closed whatever the optimum says; default free */
  readonly state?: 'open' | 'closed'
  /** is it open today? Needed for limits on changes and closures; default true */
  readonly existing?: boolean
}

/** Which sites shall be open, and who goes where, at the least total cost? */
export interface LocationProblem {
  /** demand of each of m origins, e.g. pupils; 0 or more */
  readonly demand: ArrayLike<number>
  /** k sites */
  readonly sites: readonly Site[]
  /** m × k, row-major: cost of one unit of demand, e.g. minutes or km; Infinity = cannot be served there */
  readonly cost: ArrayLike<number>
  /** exactly so many sites are open (p-median); without it the fixed costs decide */
  readonly open?: number
  /** may the demand of an origin be shared between sites? default false: each origin goes to one site */
  readonly split?: boolean
  /** no origin is sent further than this cost; default no limit */
  readonly furthest?: number
  /** only so many cheapest sites are considered for each origin; default all. Keep 8–12 for a country */
  readonly nearest?: number
  /** at most so many existing sites of one group are closed */
  readonly closures?: { readonly group: ArrayLike<number>; readonly most: number }
  /** at most so many sites change between open and closed */
  readonly mostChanges?: number
  /** sets of open sites that shall not come again, to see the next best answers */
  readonly excluding?: readonly (readonly number[])[]
}

/** Which sites are open, who goes where, and what that costs. */
export interface LocationPlan {
  /** numbers of the open sites, ascending */
  readonly open: readonly number[]
  /** share (0–1] of an origin's demand that goes to a site; one flow per origin unless split */
  readonly flows: readonly { readonly origin: number; readonly site: number; readonly share: number }[]
  /** demand taken by each of the k sites */
  readonly load: Float64Array
  /** Σ demand × cost + fixed costs of the open sites */
  readonly objective: number
}

/** Throws RangeError unless the problem is well formed. */
export function requireLocationProblem(problem: LocationProblem) {
  const { demand, sites, cost, open, furthest = Infinity, nearest = Infinity } = problem
  const refuse = (what: string) => {
    throw new RangeError(`a location problem requires ${what}`)
  }
  if (demand.length === 0 || sites.length === 0) refuse('at least one origin and one site')
  if (cost.length !== demand.length * sites.length) refuse('one cost for every origin and site')
  for (let i = 0; i < demand.length; i++) {
    if (!(demand[i]! >= 0 && demand[i]! < Infinity)) refuse('demands of 0 or more')
  }
  for (let at = 0; at < cost.length; at++) if (!(cost[at]! >= 0)) refuse('costs of 0 or more')
  for (const { capacity, minimumLoad = 0, fixedCost = 0 } of sites) {
    if (!(capacity > 0)) refuse('capacities above 0')
    if (!(minimumLoad >= 0 && minimumLoad <= capacity)) refuse('minimum loads between 0 and the capacity')
    if (!(fixedCost >= 0 && fixedCost < Infinity)) refuse('fixed costs of 0 or more')
  }
  if (open !== undefined && !(Number.isInteger(open) && open >= 1 && open <= sites.length)) {
    refuse('a number of open sites between 1 and all')
  }
  if (!(furthest >= 0) || !(nearest >= 1))
    refuse('a furthest cost of 0 or more and at least one nearest site')
  if (problem.closures && problem.closures.group.length !== sites.length) refuse('one closure group per site')
}

/**
 * The sites an origin may use, cheapest first: within `furthest`, among the `nearest`, not closed. Ties go
 * to the lower number.
 */
export function allowedSites(problem: LocationProblem, origin: number): number[] {
  const { sites, cost, furthest = Infinity, nearest = Infinity } = problem
  const k = sites.length
  const at = (site: number) => cost[origin * k + site]!
  return [...sites.keys()]
    .filter((site) => sites[site]!.state !== 'closed' && at(site) <= furthest && at(site) < Infinity)
    .sort((a, b) => at(a) - at(b) || a - b)
    .slice(0, nearest)
}

/** Puts flows together into a plan: loads and objective are computed anew, never taken from a solver. */
export function planOf(
  problem: LocationProblem,
  open: readonly number[],
  flows: LocationPlan['flows'],
): LocationPlan {
  const k = problem.sites.length
  const load = new Float64Array(k)
  let objective = 0
  for (const { origin, site, share } of flows) {
    const amount = problem.demand[origin]! * share
    load[site] = load[site]! + amount
    objective += amount * problem.cost[origin * k + site]!
  }
  for (const site of open) objective += problem.sites[site]!.fixedCost ?? 0
  return { open, flows, load, objective }
}
