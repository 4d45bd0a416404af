import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { madeUpAbilities, madeUpAnswers, madeUpItems } from '#test/stats/irt-answers.ts'
import {
  apart,
  itemsOf,
  knownFrom,
  type MirtFit,
  readAnswers,
  relativelyApart,
} from '#test/stats/irt-fits.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { type AbilityInput, estimateAbilities } from './abilities.ts'
import { calibrate } from './calibrate.ts'
import { priorOf } from './calibrated-prior.ts'
import type { ItemModel } from './item.ts'

/** folder, fit, model, columns before the items, highest score, tolerance of the README */
const fits: [string, string, ItemModel, number, number, number][] = [
  ['lsat6', 'rasch', 'rasch', 0, 1, 1e-4],
  ['lsat6', '2pl', '2pl', 0, 1, 1e-4],
  ['lsat6', 'onepl_common_slope', '2pl', 0, 1, 1e-4],
  ['lsat6', 'threepl_prior', '3pl', 0, 1, 1e-4],
  ['science', 'gpcm', 'gpcm', 0, 3, 2e-4],
  ['science', 'pcm', 'pcm', 0, 3, 2e-4],
  ['science', 'graded', 'graded', 0, 3, 2e-4],
  ['sat12', 'rasch', 'rasch', 0, 1, 2e-4],
  ['sat12', '2pl', '2pl', 0, 1, 2e-4],
  ['sat12', 'threepl_beta_prior', '3pl', 0, 1, 2e-4],
  ['verbagg', 'pcm', 'pcm', 3, 2, 2e-4],
  ['verbagg', 'gpcm', 'gpcm', 3, 2, 2e-4],
  ['verbagg', 'graded', 'graded', 3, 2, 2e-4],
  ['verbagg', 'dichotomised_rasch', 'rasch', 3, 1, 2e-4],
  ['verbagg', 'dichotomised_2pl', '2pl', 3, 1, 2e-4],
  ['timss-aus-twn', 'gpcm_mirt', 'gpcm', 0, 2, 5e-4],
  ['read-reliability', 'rasch', 'rasch', 0, 1, 2e-4],
  ['read-reliability', '2pl', '2pl', 0, 1, 2e-4],
]

for (const [folder, key, model, before, most, tolerance] of fits) {
  agreement(`agrees with R 4.2.2, mirt 1.45.1 on the people of ${folder}, ${key}: EAP, MAP, ML, WLE`, () => {
    const fit = referenceJson<Record<string, MirtFit>>(`${folder}/reference.json`)[key]!
    const chosen = (all: string[]) => all.slice(before).filter((name) => name in fit.slope_intercept)
    const { names, responses: given } = readAnswers(
      `${folder}/data.csv`,
      chosen,
      folder === 'verbagg' ? 9 : most,
    )
    const responses = given.map((x) => Math.min(x, most))
    const items = knownFrom(fit, names, model)
    const prior = { mean: 0, variance: fit.slope_intercept.GroupPars!.est.COV_11! }
    // mirt scores people on 121 nodes, whatever it was calibrated on.
    const quadrature = normalGrid(121, -6, 6)
    for (const [name, theirs] of Object.entries(fit.persons)) {
      const method = name.toLowerCase() as AbilityInput['method']
      const ours = estimateAbilities({ responses, items, method, prior, quadrature })
      expect(apart(ours.estimate, theirs.theta)).toBeLessThan(tolerance)
      // Without a maximum theirs is null, ours infinite.
      expect(Array.from(ours.estimate, Number.isFinite)).toEqual(theirs.theta.map((x) => x !== null))
      // Errors of WLE are 1/√information here and in TAM, another curvature in mirt.
      if (method === 'wle') continue
      const errors = Array.from(ours.error, (x) => (Number.isFinite(x) ? x : null))
      expect(
        relativelyApart(
          errors,
          theirs.se.map((x, i) => (errors[i] === null ? null : x)),
        ),
      ).toBeLessThan(1e-3)
    }
  })
}

interface TamPeople {
  readonly wle: number[]
  readonly wle_se: number[]
}

agreement('agrees with R 4.2.2, TAM 4.3.25 on Science and TIMSS 2007: WLE and its errors', () => {
  const science = referenceJson<{ pcm: MirtFit; tam_pcm: TamPeople }>('science/reference.json')
  const { names, responses } = readAnswers('science/data.csv')
  const ours = estimateAbilities({ responses, items: knownFrom(science.pcm, names, 'pcm'), method: 'wle' })
  expect(apart(ours.estimate, science.tam_pcm.wle)).toBeLessThan(2e-4)
  expect(relativelyApart(ours.error, science.tam_pcm.wle_se)).toBeLessThan(1e-3)

  const timss = referenceJson<{ pcm_two_groups: TamPeople }>('timss-aus-twn/reference.json').pcm_two_groups
  const answers = readAnswers('timss-aus-twn/data.csv', (all) => all.slice(0, 11), 2)
  const items = answers.names.map((id, j) => ({
    id,
    model: 'pcm' as const,
    categories: answers.responses.some((x, at) => at % 11 === j && x === 2) ? 3 : 2,
  }))
  const groups = answers.columns.IDCNTRY!.map((country) => (country === '158' ? 0 : 1))
  const fitted = calibrate({ responses: answers.responses, items, groups })
  const people = estimateAbilities({ responses: answers.responses, items: fitted.items, method: 'wle' })
  expect(apart(people.estimate, timss.wle)).toBeLessThan(5e-4)
  expect(relativelyApart(people.error, timss.wle_se)).toBeLessThan(1e-3)
})

agreement('agrees with R 4.2.2, mirt 1.45.1 on verbal aggression: EAP in two groups', () => {
  const { names, responses, columns } = readAnswers('verbagg/data.csv', (all) => all.slice(3))
  const { EAP } = referenceJson<{
    multigroup_rasch_gender: { EAP: { theta: number[]; se: number[] } }
  }>('verbagg/reference.json').multigroup_rasch_gender
  const cut = responses.map((x) => Math.min(x, 1))
  const groups = columns.Gender!.map((sex) => (sex === 'F' ? 0 : 1))
  const fit = calibrate({ responses: cut, items: itemsOf(names, 'rasch', 2), groups })
  const ours = estimateAbilities({
    responses: cut,
    items: fit.items,
    method: 'eap',
    prior: priorOf(fit, groups.length, groups),
    quadrature: normalGrid(121, -6, 6),
  })
  expect(apart(ours.estimate, EAP.theta)).toBeLessThan(2e-4)
  expect(apart(ours.error, EAP.se)).toBeLessThan(2e-4)
})

const items = madeUpItems(['2pl', 'gpcm', 'graded', '3pl', 'rasch', 'pcm', '2pl'])

test('a calibration and scoring with its items and priors give the same EAP', () => {
  const responses = madeUpAnswers(items, madeUpAbilities(200))
  const fit = calibrate({
    responses,
    items: items.map((item) => ({ ...item, categories: item.scores.length })),
  })
  const scored = estimateAbilities({ responses, items: fit.items, method: 'eap', prior: priorOf(fit, 200) })
  expect(apart(scored.estimate, fit.abilities.mean)).toBeLessThan(1e-10)
  expect(apart(scored.error, fit.abilities.sd)).toBeLessThan(1e-10)
})

test('one more point never lowers EAP or WLE, and a prior moves EAP and MAP towards itself', () => {
  const ordered = madeUpItems(['2pl', 'gpcm', 'pcm', 'rasch', '2pl', 'gpcm'])
  fc.assert(
    fc.property(
      fc.tuple(...ordered.map(({ scores }) => fc.integer({ min: 0, max: scores.length - 1 }))),
      fc.integer({ min: 0, max: 5 }),
      (row, j) => {
        const more = row.map((x, k) => (k === j ? Math.min(x + 1, ordered[k]!.scores.length - 1) : x))
        const responses = Int8Array.from([...row, ...more])
        for (const method of ['eap', 'wle', 'map'] as const) {
          const [low, high] = estimateAbilities({ responses, items: ordered, method }).estimate
          expect(high!).toBeGreaterThanOrEqual(low! - 1e-9)
          if (method === 'wle') continue
          const prior = { mean: 1, variance: 1 }
          const pulled = estimateAbilities({ responses, items: ordered, method, prior }).estimate[0]!
          expect(pulled).toBeGreaterThan(low!)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('all points earned: ML is infinite, WLE and EAP are finite; no answer: what was known before', () => {
  const best = items.map(({ scores }) => scores.at(-1)!)
  const responses = Int8Array.from([...best, ...items.map(() => 0), ...items.map(() => -1)])
  const ml = estimateAbilities({ responses, items, method: 'ml' })
  expect(ml.estimate[0]).toBe(Number.POSITIVE_INFINITY)
  expect(ml.estimate[1]).toBe(Number.NEGATIVE_INFINITY)
  expect([...ml.error]).toEqual([Infinity, Infinity, Infinity])
  const wle = estimateAbilities({ responses, items, method: 'wle' })
  expect(Array.from(wle.estimate.subarray(0, 2), Number.isFinite)).toEqual([true, true])
  expect(wle.estimate[2]).toBe(0)
  expect(wle.error[2]).toBe(Number.POSITIVE_INFINITY)
  for (const method of ['eap', 'map'] as const) {
    const ours = estimateAbilities({ responses, items, method, prior: { mean: 0.7, variance: 4 } })
    expect(ours.estimate[2]).toBe(0.7)
    expect(ours.error[2]).toBe(2)
  }
})

test('answers no item has a parameter for are read as none and counted', () => {
  const known = [
    { ...items[0]!, scores: [0, 1] },
    { ...items[1]!, scores: [0, 1, 3], intercepts: [1, 0] },
  ]
  const responses = Int8Array.from([1, 2, 1, -1])
  const ours = estimateAbilities({ responses, items: known, method: 'eap' })
  expect(ours.unread).toBe(1)
  expect(ours.estimate[0]).toBe(ours.estimate[1])
})

test('responses, items and priors that are none are refused', () => {
  const good: AbilityInput = { responses: Int8Array.of(1, 0), items: items.slice(0, 2), method: 'eap' }
  const bad: Partial<AbilityInput>[] = [
    { items: [] },
    { responses: Int8Array.of(1) },
    { responses: Int8Array.of(1, -2) },
    { prior: { mean: Number.NaN, variance: 1 } },
    { prior: { mean: 0, variance: 0 } },
    { prior: { mean: [0, 0], variance: 1 } },
    { items: [items[0]!, { ...items[1]!, slope: Number.POSITIVE_INFINITY }] },
    { items: [items[0]!, { ...items[2]!, intercepts: [0, 1, 2] }] },
    { items: [items[0]!, { ...items[3]!, guessing: 0 }] },
  ]
  for (const change of bad) expect(() => estimateAbilities({ ...good, ...change })).toThrow(RangeError)
})
