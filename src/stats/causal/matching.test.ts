import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { balance } from './balance.ts'
import { entropyBalance } from './entropy-balance.ts'
import { matchedChange, signFlipTest } from './matched-change.ts'
import { matchNearest } from './matching.ts'
import { propensityScores, treatedWeights } from './propensity.ts'

agreement(
  'agrees with a matched difference in changes computed apart: effect, t interval, effect size',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: Record<'treated_pre_post' | 'matched_control_pre_post', [number, number][]>
      expected: Record<'mean_dd' | 'se' | 't' | 'effect_size_pre_sd' | 'pre_sd_pooled', number> & {
        ci95: [number, number]
      }
      tolerance: number
    }>('methods/02_matched_pair_change.json')
    const found = matchedChange(
      inputs.treated_pre_post.map(([before, after], at) => {
        const [earlier, later] = inputs.matched_control_pre_post[at]!
        return { treated: { before, after }, controls: [{ before: earlier, after: later }] }
      }),
    )
    const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
    close(found.effect, expected.mean_dd)
    close(found.standardError, expected.se)
    close(found.t, expected.t)
    close(found.low, expected.ci95[0])
    close(found.high, expected.ci95[1])
    close(found.spreadBefore, expected.pre_sd_pooled)
    close(found.effectSize!, expected.effect_size_pre_sd)
  },
)

/** n pupils with two covariates; the treated tend to have high ones. */
function pupils(seed: number, n: number, pull: number) {
  const random = philox(seed)
  const x = new Float64Array(2 * n)
  const treated = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    x[2 * i] = random.normal()
    x[2 * i + 1] = 10 + 3 * random.normal()
    treated[i] = random.uniform() < 1 / (1 + Math.exp(1 - pull * x[2 * i]!)) ? 1 : 0
  }
  treated.set([1, 0])
  return { x, treated }
}
const seeds = fc.nat(10_000)

test('entropy balancing gives the controls the means (and spreads) of the treated and their weight', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(1 as const, 2 as const), (seed, moments) => {
      const { x, treated } = pupils(seed, 300, 0.6)
      const found = entropyBalance({ x, columns: 2, treated, moments })
      expect(found.converged).toBe(true)
      const { covariates, largest } = balance(x, 2, treated, found.weights)
      expect(largest).toBeLessThan(1e-7)
      if (moments === 2) for (const { varianceRatio } of covariates) expect(varianceRatio).toBeCloseTo(1, 1)
      const count = treated.reduce((a, b) => a + b, 0)
      expect(found.weights.reduce((sum, w, i) => sum + (treated[i] ? 0 : w), 0)).toBeCloseTo(count, 9)
      expect(found.weights.every((w) => w >= 0)).toBe(true)
    }),
    { numRuns: 30 },
  )
})
test('where covariates are balanced already the controls all weigh the same', () => {
  const { weights, iterations } = entropyBalance({
    x: [1, 2, 1, 2, 1, 2],
    columns: 1,
    treated: [1, 1, 0, 0, 0, 0],
  })
  expect(iterations).toBe(0)
  expect([...weights]).toEqual([1, 1, 0.5, 0.5, 0.5, 0.5])
})
test('treated outside the reach of the controls cannot be balanced, and that is said', () => {
  const found = entropyBalance({ x: [9, 1, 2, 3], columns: 1, treated: [1, 0, 0, 0] })
  expect(found.converged).toBe(false)
  expect(found.difference).toBeGreaterThan(1)
  expect(found.weights.every(Number.isFinite)).toBe(true)
  const constant = entropyBalance({ x: [2, 1, 1], columns: 1, treated: [1, 0, 0] })
  expect(constant.converged).toBe(false)
})
test('every control is within the caliper and of the same kind, and no free control would have been nearer', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 3 }), fc.boolean(), (seed, ratio, replacement) => {
      const { x, treated } = pupils(seed, 60, 0.5)
      const score = Float64Array.from({ length: 60 }, (_, i) => x[2 * i]!)
      const kind = Array.from({ length: 60 }, (_, i) => i % 2)
      const { sets, unmatched, weights } = matchNearest({
        score,
        treated,
        exact: kind,
        ratio,
        caliper: 0.5,
        replacement,
      })
      const mean = score.reduce((a, b) => a + b, 0) / 60
      const sd = Math.sqrt(score.reduce((a, b) => a + (b - mean) ** 2, 0) / 59)
      const uses = new Map<number, number>()
      for (const set of sets) {
        const distance = (i: number) => Math.abs(score[i]! - score[set.treated]!)
        const furthest = Math.max(...set.controls.map(distance))
        expect(furthest).toBeLessThanOrEqual(0.5 * sd + 1e-12)
        expect(set.controls.length).toBeLessThanOrEqual(ratio)
        for (const i of set.controls) {
          expect(treated[i]).toBe(0)
          expect(kind[i]).toBe(kind[set.treated])
          uses.set(i, (uses.get(i) ?? 0) + 1)
        }
        if (!replacement) continue
        const nearer = [...score.keys()].filter(
          (i) => !treated[i] && kind[i] === kind[set.treated] && distance(i) < furthest,
        )
        expect(nearer.every((i) => set.controls.includes(i))).toBe(true)
      }
      if (!replacement) for (const count of uses.values()) expect(count).toBe(1)
      expect(sets.length + unmatched.length).toBe(treated.reduce((a, b) => a + b, 0))
      const controlWeight = weights.reduce((sum, w, i) => sum + (treated[i] ? 0 : w), 0)
      expect(controlWeight).toBeCloseTo(sets.length, 9)
    }),
    { numRuns: 40 },
  )
})
test('propensity weights undo the selection that made the groups differ', () => {
  const { x, treated } = pupils(12, 4000, 0.8)
  const { probability, logit, separated } = propensityScores(x, 2, treated)
  expect(separated).toBe(false)
  const before = balance(x, 2, treated, new Float64Array(4000).fill(1))
  const after = balance(x, 2, treated, treatedWeights(probability, treated))
  expect(before.largest).toBeGreaterThan(0.5)
  expect(after.largest).toBeLessThan(0.1)
  expect(after.effectiveControls).toBeLessThan(before.effectiveControls)
  const matched = balance(x, 2, treated, matchNearest({ score: logit, treated, ratio: 3 }).weights)
  expect(matched.largest).toBeLessThan(0.1)
})
test('groups that can be told apart without error are called separated', () => {
  const found = propensityScores([1, 2, 3, 4, 5, 6], 1, [0, 0, 0, 1, 1, 1])
  expect(found.separated).toBe(true)
  expect(found.probability.every((p) => p > 0 && p < 1)).toBe(true)
})
test('clusters of one are plain pairs; copies within a cluster add no certainty', () => {
  const random = philox(4)
  const sets = Array.from({ length: 8 }, (_, at) => ({
    treated: { before: 50, after: 55 + random.normal() },
    controls: [
      { before: 50 + random.normal(), after: 52 },
      { before: 49, after: 51 },
    ],
    cluster: at,
  }))
  const plain = matchedChange(sets.map(({ cluster: _, ...set }) => set))
  const single = matchedChange(sets)
  expect(single.standardError).toBeCloseTo(plain.standardError, 12)
  expect(single.degreesOfFreedom).toBeCloseTo(7, 9)
  const copied = matchedChange([...sets, ...sets, ...sets])
  expect(copied.effect).toBeCloseTo(single.effect, 12)
  expect(copied.standardError).toBeCloseTo(single.standardError, 9)
  expect(copied.degreesOfFreedom).toBeCloseTo(7, 9)
  expect(copied.clusters).toBe(8)
})
test('regression to the mean shows in the naive change and not in the matched one', () => {
  const random = philox(21)
  const low = Array.from({ length: 3000 }, () => ({
    a: random.normal(),
    ability: random.normal(),
    b: random.normal(),
  }))
    .map(({ a, ability, b }) => ({ before: ability + a, after: ability + b }))
    .filter((pupil) => pupil.before < -1.5)
  const half = Math.floor(low.length / 2)
  const found = matchedChange(
    low.slice(0, half).map((treated, at) => ({ treated, controls: [low[half + at]!] })),
  )
  expect(found.naiveChange).toBeGreaterThan(0.7)
  expect(Math.abs(found.effect)).toBeLessThan(3 * found.standardError)
})
test('agrees with a case worked by hand: of the 8 sign patterns of 1, 2, 3 two are as extreme as all positive', () => {
  expect(signFlipTest([1, 2, 3], 1)).toEqual({ p: 0.25, exact: true, seed: 1 })
  const many = signFlipTest(new Array(20).fill(1), 5)
  expect(many.exact).toBe(false)
  expect(many.p).toBeLessThan(0.001)
})
test('one-sided data, wild calipers, sets without controls, one cluster and weights on one side only are refused', () => {
  expect(() => matchNearest({ score: [1, 2], treated: [1, 1] })).toThrow(/treated and control units/)
  expect(() => matchNearest({ score: [1, Number.NaN], treated: [1, 0] })).toThrow(/finite scores/)
  expect(() => matchNearest({ score: [1, 2], treated: [1, 0], caliper: 0 })).toThrow(/caliper above 0/)
  expect(() => propensityScores([1, 2], 1, [1, 1])).toThrow(/treated and control units/)
  expect(() => entropyBalance({ x: [1, 2], columns: 1, treated: [1, 1] })).toThrow(
    /treated and control units/,
  )
  expect(() => entropyBalance({ x: [1, Number.NaN], columns: 1, treated: [1, 0] })).toThrow(
    /finite covariates/,
  )
  expect(() => balance([1, 2], 1, [1, 0], [1, 0])).toThrow(/weight on both sides/)
  expect(() => treatedWeights([1], [0])).toThrow(RangeError)
  const set = { treated: { before: 1, after: 2 }, controls: [{ before: 1, after: 2 }] }
  expect(() => matchedChange([set])).toThrow(/two or more sets/)
  expect(() =>
    matchedChange([
      { ...set, cluster: 1 },
      { ...set, cluster: 1 },
    ]),
  ).toThrow(/two or more clusters/)
  expect(() => matchedChange([set, { ...set, controls: [] }])).toThrow(/a control in every set/)
  expect(() => signFlipTest([1], 1)).toThrow(RangeError)
})
