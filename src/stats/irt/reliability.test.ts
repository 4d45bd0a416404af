import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import type { MirtFit } from '#test/stats/irt-fits.ts'
import { calibrate } from './calibrate.ts'
import { eapReliability, marginalReliability, wleReliability } from './reliability.ts'
import { scoreProbabilities, testInformation } from './test-information.ts'

agreement('agrees with R 4.2.2, TAM 4.3.25 on Science and TIMSS 2007: EAP and WLE reliability', () => {
  interface People {
    EAP: number[]
    EAP_SD: number[]
    EAP_rel: number
    wle: number[]
    wle_se: number[]
    wle_rel: number
  }
  const files: [string, string][] = [
    ['science', 'tam_pcm'],
    ['timss-aus-twn', 'pcm_two_groups'],
  ]
  for (const [folder, key] of files) {
    const theirs = referenceJson<Record<string, People>>(`${folder}/reference.json`)[key]!
    expect(Math.abs(eapReliability(theirs.EAP, theirs.EAP_SD) - theirs.EAP_rel)).toBeLessThan(1e-8)
    expect(Math.abs(wleReliability(theirs.wle, theirs.wle_se) - theirs.wle_rel)).toBeLessThan(1e-8)
  }
})

agreement(
  'agrees with R 4.2.2, mirt 1.45.1: empirical reliability is the EAP reliability with divisor n − 1',
  () => {
    for (const folder of ['lsat6', 'science', 'sat12', 'verbagg', 'read-reliability']) {
      const fits = referenceJson<Record<string, MirtFit>>(`${folder}/reference.json`)
      for (const fit of Object.values(fits).filter((one) => one.empirical_rxx !== undefined)) {
        const { theta, se } = fit.persons.EAP! as { theta: number[]; se: number[] }
        const ours = eapReliability(theta, se)
        const n = theta.length
        expect(1 / (1 + ((1 / ours - 1) * (n - 1)) / n)).toBeCloseTo(fit.empirical_rxx, 10)
      }
    }
  },
)

const items = madeUpItems(['2pl', 'gpcm', 'graded', '3pl', 'rasch', 'pcm', '2pl', '2pl', 'graded', '2pl'])

test('marginal reliability is what EAP reliability comes to in a large sample', () => {
  const responses = madeUpAnswers(items, madeUpAbilities(4000))
  const { abilities } = calibrate({ responses, items: toCalibrate(items), standardErrors: false })
  const found = eapReliability(abilities.mean, abilities.sd)
  expect(Math.abs(marginalReliability(items, { mean: 0, variance: 1 }) - found)).toBeLessThan(0.03)
})

test('information of a test is the sum of its items, its error the root of the inverse, its score rises with ability', () => {
  const abilities = [-3, -1, 0, 0.5, 2]
  const { information, error, expectedScore, byItem } = testInformation(items, abilities)
  abilities.forEach((_, i) => {
    let total = 0
    for (let j = 0; j < items.length; j++) total += byItem[j * abilities.length + i]!
    expect(information[i]).toBeCloseTo(total, 12)
    expect(error[i]).toBeCloseTo(1 / Math.sqrt(total), 12)
    if (i > 0) expect(expectedScore[i]!).toBeGreaterThan(expectedScore[i - 1]!)
  })
  // A 2pl item: slope² · P · (1 − P).
  const [, p] = scoreProbabilities(items[0]!, [0.5])
  expect(byItem[3]).toBeCloseTo(items[0]!.slope ** 2 * p! * (1 - p!), 12)
})

test('information is the variance of the slope of ln P: by differences, for every model', () => {
  for (const item of items) {
    const h = 1e-5
    for (const theta of [-2, 0.3, 1.7]) {
      const [low, here, high] = [theta - h, theta, theta + h].map((x) => scoreProbabilities(item, [x]))
      let information = 0
      here!.forEach((p, k) => {
        information += p * ((Math.log(high![k]!) - Math.log(low![k]!)) / (2 * h)) ** 2
      })
      expect(testInformation([item], [theta]).information[0]).toBeCloseTo(information, 7)
      expect(here!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    }
  }
})

test('where nothing is known the error is infinite; broken numbers are refused', () => {
  const silent = [{ ...items[0]!, scores: [0], intercepts: [], slope: 0 }]
  expect(testInformation(silent, [0]).error[0]).toBe(Number.POSITIVE_INFINITY)
  expect([...scoreProbabilities(silent[0]!, [0, 1])]).toEqual([1, 1])
  expect(() => testInformation(items, [Number.NaN])).toThrow('finite abilities')
  expect(() => scoreProbabilities(items[0]!, [Number.POSITIVE_INFINITY])).toThrow('finite abilities')
  expect(() => eapReliability([1], [1])).toThrow('two or more people')
  expect(() => eapReliability([1, 2], [1, Number.NaN])).toThrow('finite')
  expect(() => eapReliability([1, 1], [0, 0])).toThrow('people who differ')
  expect(() => wleReliability([1, 1], [1, 1])).toThrow('people who differ')
  expect(() => wleReliability([1, 2], [1, 1], [0, 0])).toThrow('not all 0')
  expect(() => marginalReliability(items, { mean: 0, variance: 0 })).toThrow('positive variance')
})

test('weights count people', () => {
  const twice = eapReliability([1, 1, 2, 3], [0.5, 0.5, 0.4, 0.3])
  expect(eapReliability([1, 2, 3], [0.5, 0.4, 0.3], [2, 1, 1])).toBeCloseTo(twice, 12)
})
