import {
  allowedSites,
  type LocationPlan,
  type LocationProblem,
  planOf,
  requireLocationProblem,
} from './location-problem.ts'

/** A plan that may leave demand unserved where capacity or reach does not suffice. */
export interface Assignment {
  readonly plan: LocationPlan
  /** origins whose demand finds no room, with the share (0–1] that finds none */
  readonly unserved: readonly { readonly origin: number; readonly share: number }[]
}

/** Rounds of moving and exchanging origins after the first assignment. */
const ROUNDS = 50

/**
 * Sends every origin to a site that is open and has room. Origins that would lose most by their second
 * choice choose first; then single origins are moved, and pairs exchanged, while that saves cost. A good
 * plan, not a proved optimum; minimum loads and limits on changes are not looked at.
 *
 * @param problem  as for `locationModel`; `open`, closures and limits are not used here
 * @param open     numbers of the sites that are open
 * @throws         RangeError if the problem is malformed or a number is not that of a site
 */
export function assignByRegret(problem: LocationProblem, open: readonly number[]): Assignment {
  requireLocationProblem(problem)
  const k = problem.sites.length
  const isOpen = new Uint8Array(k)
  for (const site of open) {
    if (!(Number.isInteger(site) && site >= 0 && site < k))
      throw new RangeError('assignByRegret requires known sites')
    isOpen[site] = 1
  }
  return assigner(problem)(isOpen)
}

/**
 * The same for many sets of open sites of one well-formed problem: what each origin prefers is sorted once.
 *
 * @returns  a function from a mark per site (1 = open) to the assignment
 */
export function assigner(problem: LocationProblem): (isOpen: Uint8Array) => Assignment {
  const preferred = Array.from(problem.demand, (_, origin) => allowedSites(problem, origin))
  return (isOpen) => {
    const choices = preferred.map((sites) => sites.filter((site) => isOpen[site]))
    const open = [...isOpen.keys()].filter((site) => isOpen[site])
    return problem.split ? fill(problem, open, choices) : assignWhole(problem, open, choices)
  }
}

/** Origins with demand, the one with the largest loss by its second choice first. */
function byRegret({ demand, sites, cost }: LocationProblem, choices: readonly number[][]): number[] {
  const k = sites.length
  const regret = choices.map(([first, second], i) => {
    if (second === undefined) return Infinity
    return demand[i]! * (cost[i * k + second]! - cost[i * k + first!]!)
  })
  const order = [...choices.keys()].filter((i) => demand[i]! > 0)
  return order.sort((a, b) =>
    regret[a] === regret[b] ? demand[b]! - demand[a]! || a - b : regret[b]! - regret[a]!,
  )
}

/** Shares are allowed: each origin takes the room it finds, cheapest first. */
function fill(problem: LocationProblem, open: readonly number[], choices: readonly number[][]): Assignment {
  const room = Float64Array.from(problem.sites, (site) => site.capacity)
  const flows: { origin: number; site: number; share: number }[] = []
  const unserved: { origin: number; share: number }[] = []
  for (const origin of byRegret(problem, choices)) {
    const demand = problem.demand[origin]!
    let left = demand
    for (const site of choices[origin]!) {
      const amount = Math.min(left, room[site]!)
      if (amount <= 0) continue
      room[site] = room[site]! - amount
      left -= amount
      flows.push({ origin, site, share: amount / demand })
      if (left <= 0) break
    }
    if (left > 0) unserved.push({ origin, share: left / demand })
  }
  return { plan: planOf(problem, open, flows), unserved }
}

function assignWhole(
  problem: LocationProblem,
  open: readonly number[],
  choices: readonly number[][],
): Assignment {
  const { demand } = problem
  const room = Float64Array.from(problem.sites, (site) => site.capacity)
  const siteOf = new Int32Array(demand.length).fill(-1)
  for (const origin of byRegret(problem, choices)) {
    const site = choices[origin]!.find((j) => room[j]! >= demand[origin]!)
    if (site === undefined) continue
    siteOf[origin] = site
    room[site] = room[site]! - demand[origin]!
  }
  improve(problem, choices, siteOf, room)
  const flows: { origin: number; site: number; share: number }[] = []
  const unserved: { origin: number; share: number }[] = []
  for (const [origin, site] of siteOf.entries()) {
    if (site >= 0) flows.push({ origin, site, share: 1 })
    else if (demand[origin]! > 0) unserved.push({ origin, share: 1 })
  }
  return { plan: planOf(problem, open, flows), unserved }
}

/** Moves origins to cheaper sites with room, exchanges pairs, and fits in those left over. */
function improve(
  problem: LocationProblem,
  choices: readonly number[][],
  siteOf: Int32Array,
  room: Float64Array,
) {
  const { demand, sites, cost } = problem
  const k = sites.length
  const price = (i: number, j: number) => demand[i]! * cost[i * k + j]!
  const put = (i: number, j: number) => {
    const from = siteOf[i]!
    if (from >= 0) room[from] = room[from]! + demand[i]!
    siteOf[i] = j
    room[j] = room[j]! - demand[i]!
  }
  const allowed = choices.map((list) => new Set(list))
  const scarce = sites.some((site) => site.capacity < Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (let i = 0; i < demand.length; i++) {
      if (demand[i] === 0) continue
      const now = siteOf[i]!
      const nowPrice = now < 0 ? Infinity : price(i, now)
      const better = choices[i]!.find(
        (j) => j !== now && room[j]! >= demand[i]! && price(i, j) < nowPrice - 1e-9,
      )
      if (better !== undefined) {
        put(i, better)
        changed = true
      } else if (scarce && exchange(i)) changed = true
    }
    if (!changed) return
  }

  /** Gives i the place of another origin that moves elsewhere, when both together become cheaper. */
  function exchange(i: number): boolean {
    const from = siteOf[i]!
    for (let other = 0; other < demand.length; other++) {
      const to = siteOf[other]!
      if (to < 0 || to === from || !allowed[i]!.has(to) || demand[other] === 0) continue
      if (room[to]! + demand[other]! < demand[i]!) continue
      const gain = (from < 0 ? Infinity : price(i, from)) - price(i, to)
      if (!(gain > 1e-9)) continue
      const goal = choices[other]!.find((j) => {
        if (j === to || room[j]! + (j === from ? demand[i]! : 0) < demand[other]!) return false
        return price(other, j) - price(other, to) < gain - 1e-9
      })
      if (goal === undefined) continue
      const free = from
      if (free >= 0) {
        room[free] = room[free]! + demand[i]!
        siteOf[i] = -1
      }
      put(other, goal)
      put(i, to)
      return true
    }
    return false
  }
}
