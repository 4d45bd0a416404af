import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { assignByRegret } from './assign-by-regret.ts'
import { interchange } from './interchange.ts'
import { lagrangianBound } from './lagrangian-bound.ts'
import { type LocationAnswer, locationModel, solveLocation } from './location-model.ts'
import type { LocationPlan, LocationProblem } from './location-problem.ts'
import { pmed1, pmedcap1 } from './orlib-instances.ts'
import { smallSolver } from './small-solver.ts'

function planIn(answer: LocationAnswer): LocationPlan {
  if (answer.status !== 'optimal') throw new Error(`expected an optimum, found ${answer.status}`)
  return answer.plan
}

interface PMedian {
  inputs: {
    demand: number[]
    capacity: number[]
    distance_rows_demand_cols_school: number[][]
    p: number
    fixed_cost_for_facility_location_variant: number[]
  }
  expected: {
    single_source_p3: { objective: number }
    brute_force_objective: number
    split_allowed_p3_objective: number
    single_source_fixed_cost_variant: { objective: number; open: number[] }
  }
  tolerance: number
}

agreement(
  'agrees with HiGHS and complete enumeration on a small capacitated p-median problem in three variants',
  async () => {
    const { inputs, expected, tolerance } = referenceJson<PMedian>(
      'methods/03_capacitated_p_median_small.json',
    )
    const sites = inputs.capacity.map((capacity) => ({ capacity }))
    const problem = {
      demand: inputs.demand,
      sites,
      cost: inputs.distance_rows_demand_cols_school.flat(),
      open: inputs.p,
    }
    const single = planIn(await solveLocation(problem, smallSolver))
    expect(Math.abs(single.objective - expected.single_source_p3.objective)).toBeLessThan(tolerance)
    expect(Math.abs(enumerate(problem) - expected.brute_force_objective)).toBeLessThan(tolerance)
    const split = planIn(await solveLocation({ ...problem, split: true }, smallSolver))
    expect(Math.abs(split.objective - expected.split_allowed_p3_objective)).toBeLessThan(tolerance)
    const priced = inputs.capacity.map((capacity, j) => ({
      capacity,
      fixedCost: inputs.fixed_cost_for_facility_location_variant[j]!,
    }))
    const free = planIn(await solveLocation({ ...problem, sites: priced, open: undefined }, smallSolver))
    expect(Math.abs(free.objective - expected.single_source_fixed_cost_variant.objective)).toBeLessThan(
      tolerance,
    )
    expect(free.open).toEqual(expected.single_source_fixed_cost_variant.open)
  },
)
agreement(
  'agrees with the published optima of OR-Library: pmed1 proved by the bound, pmedcap 1 reached',
  () => {
    const { expected } = referenceJson<{
      expected: Record<string, { n: number; p: number; opt: number; Q?: number }>
    }>('methods/03_orlib_published_optima.json')
    const road = interchange(pmed1(), { seed: 1, starts: 1 })
    expect(road.plan!.objective).toBe(expected.pmed1!.opt)
    const proof = lagrangianBound(pmed1(), road.plan!.objective)
    expect(proof.bound).toBeGreaterThan(expected.pmed1!.opt - 1) // distances are whole numbers: no better plan exists
    const capacitated = interchange(pmedcap1(), { seed: 1, starts: 3 })
    expect(capacitated.plan!.objective).toBeCloseTo(expected.pmedcap_p1!.opt, 9)
    expect(lagrangianBound(pmedcap1(), 713).bound).toBeLessThanOrEqual(expected.pmedcap_p1!.opt)
    expect(Math.max(...capacitated.plan!.load)).toBeLessThanOrEqual(expected.pmedcap_p1!.Q!)
  },
)

/** The cheapest plan that serves everybody whole, found by trying every one; Infinity if there is none. */
function enumerate({ demand, sites, cost, open }: LocationProblem): number {
  const k = sites.length
  let best = Infinity
  for (let set = 0; set < 2 ** k; set++) {
    const chosen = [...sites.keys()].filter((j) => set & (1 << j))
    if (open !== undefined && chosen.length !== open) continue
    const fixed = chosen.reduce((total, j) => total + (sites[j]!.fixedCost ?? 0), 0)
    const room = sites.map((site) => site.capacity)
    const place = (i: number, spent: number): void => {
      if (spent >= best) return
      if (i === demand.length) best = spent
      else if (demand[i] === 0) place(i + 1, spent)
      else {
        for (const j of chosen) {
          if (room[j]! < demand[i]!) continue
          room[j]! -= demand[i]!
          place(i + 1, spent + demand[i]! * cost[i * k + j]!)
          room[j]! += demand[i]!
        }
      }
    }
    place(0, fixed)
  }
  return best
}

const small: fc.Arbitrary<LocationProblem> = fc
  .record({ m: fc.integer({ min: 1, max: 5 }), k: fc.integer({ min: 1, max: 4 }) })
  .chain(({ m, k }) =>
    fc.record({
      demand: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: m, maxLength: m }),
      sites: fc.array(
        fc.record({ capacity: fc.integer({ min: 1, max: 30 }), fixedCost: fc.integer({ min: 0, max: 50 }) }),
        { minLength: k, maxLength: k },
      ),
      cost: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: m * k, maxLength: m * k }),
      open: fc.option(fc.integer({ min: 1, max: k }), { nil: undefined }),
    }),
  )

test('the optimum is that of trying every plan; shares make it no dearer; the bound is never above it', async () => {
  await fc.assert(
    fc.asyncProperty(small, async (problem) => {
      const best = enumerate(problem)
      const answer = await solveLocation(problem, smallSolver)
      if (best === Infinity) {
        expect(answer.status).toBe('infeasible')
        return
      }
      const plan = planIn(answer)
      expect(plan.objective).toBeCloseTo(best, 6)
      for (const [j, site] of problem.sites.entries())
        expect(plan.load[j]!).toBeLessThanOrEqual(site.capacity + 1e-9)
      const split = planIn(await solveLocation({ ...problem, split: true }, smallSolver))
      expect(split.objective).toBeLessThanOrEqual(best + 1e-6)
      expect(lagrangianBound(problem, best, 200).bound).toBeLessThanOrEqual(split.objective + 1e-6)
      const found = interchange(problem, { seed: 7 })
      if (found.plan) expect(found.plan.objective).toBeGreaterThanOrEqual(best - 1e-6)
    }),
    { numRuns: 60 },
  )
})
test('an assignment by regret serves every demand once or says what it could not serve', () => {
  fc.assert(
    fc.property(small, fc.boolean(), (problem, split) => {
      const { plan, unserved } = assignByRegret({ ...problem, split }, [...problem.sites.keys()])
      const share = new Float64Array(problem.demand.length)
      for (const flow of [...plan.flows, ...unserved]) share[flow.origin]! += flow.share
      for (const [i, demand] of Array.from(problem.demand).entries())
        expect(share[i]).toBeCloseTo(demand > 0 ? 1 : 0, 9)
      for (const [j, site] of problem.sites.entries())
        expect(plan.load[j]!).toBeLessThanOrEqual(site.capacity + 1e-9)
    }),
  )
})

const line: LocationProblem = {
  demand: [10, 10, 10],
  sites: [{ capacity: 30 }, { capacity: 30 }, { capacity: 30 }],
  cost: [0, 5, 9, 5, 0, 4, 9, 4, 0],
  open: 2,
}
test('protected, closed, excluded, distant and under-used sites are respected', async () => {
  const solve = async (change: Partial<LocationProblem>) =>
    planIn(await solveLocation({ ...line, ...change }, smallSolver))
  expect((await solve({})).objective).toBe(40)
  expect(
    (await solve({ sites: [{ capacity: 30 }, { capacity: 30, state: 'closed' }, { capacity: 30 }] })).open,
  ).toEqual([0, 2])
  expect(
    (await solve({ open: 1, sites: [{ capacity: 30, state: 'open' }, { capacity: 30 }, { capacity: 30 }] }))
      .open,
  ).toEqual([0])
  const best = await solve({})
  const second = await solve({ excluding: [best.open] })
  expect(second.open).not.toEqual(best.open)
  expect(second.objective).toBeGreaterThanOrEqual(best.objective)
  expect((await solveLocation({ ...line, open: 1, furthest: 4 }, smallSolver)).status).toBe('infeasible')
  expect((await solve({ open: undefined, nearest: 1 })).objective).toBe(0)
  const thin = { ...line, sites: line.sites.map((site) => ({ ...site, minimumLoad: 15 })) }
  expect((await solveLocation(thin, smallSolver)).status).toBe('infeasible')
  expect(
    planIn(await solveLocation({ ...thin, split: true }, smallSolver)).load.filter((x) => x > 0).length,
  ).toBe(2)
})
test('no more sites change or close than is allowed', async () => {
  const dear = line.sites.map((site) => ({ ...site, fixedCost: 100 }))
  const free = { ...line, open: undefined, sites: dear }
  expect(planIn(await solveLocation(free, smallSolver)).open).toEqual([1])
  expect(planIn(await solveLocation({ ...free, mostChanges: 1 }, smallSolver)).open.length).toBe(2)
  const closures = { group: [1, 1, 2], most: 0 }
  expect(planIn(await solveLocation({ ...free, closures }, smallSolver)).open).toEqual([0, 1, 2])
})
test('an answer of the solver that breaks the model is not believed', async () => {
  const lazy = (programme: { costs: Float64Array }) => ({
    status: 'optimal' as const,
    values: new Float64Array(programme.costs.length),
  })
  await expect(solveLocation(line, lazy)).rejects.toThrow(/breaks the model/)
  const noise = () => ({ status: 'optimal' as const, values: [Number.NaN] })
  await expect(solveLocation(line, noise)).rejects.toThrow(/breaks the model/)
})
test('negative demand, a capacity of 0, a missing cost, too many open sites and an origin out of reach are refused', () => {
  expect(() => locationModel({ ...line, demand: [-1, 1, 1] })).toThrow(/demands of 0 or more/)
  expect(() =>
    locationModel({ ...line, sites: [{ capacity: 0 }, { capacity: 1 }, { capacity: 1 }] }),
  ).toThrow(/capacities/)
  expect(() => locationModel({ ...line, cost: [1, 2] })).toThrow(/one cost for every origin and site/)
  expect(() => locationModel({ ...line, open: 4 })).toThrow(/number of open sites/)
  expect(() =>
    locationModel({ ...line, cost: line.cost && Array.from(line.cost, (x, at) => (at < 3 ? Infinity : x)) }),
  ).toThrow(/within reach of origin 0/)
  expect(() => interchange({ ...line, mostChanges: 1 }, { seed: 1 })).toThrow(/without minimum loads/)
  expect(() => lagrangianBound(line, Infinity)).toThrow(/finite cost/)
})
