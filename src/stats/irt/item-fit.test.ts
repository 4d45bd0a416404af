import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { madeUpAbilities, madeUpAnswers, madeUpItems } from '#test/stats/irt-answers.ts'
import { apart, knownFrom, type MirtFit, readAnswers } from '#test/stats/irt-fits.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { estimateAbilities } from './abilities.ts'
import { calibrateConditionally } from './conditional.ts'
import type { ItemModel } from './item.ts'
import { localDependence } from './local-dependence.ts'
import { personFit } from './person-fit.ts'
import { residualFit } from './residual-fit.ts'
import { scoreFit } from './score-fit.ts'

function reference(folder: string, key: string, model: ItemModel) {
  const fit = referenceJson<Record<string, MirtFit>>(`${folder}/reference.json`)[key]!
  const { names, responses } = readAnswers(`${folder}/data.csv`, (all) =>
    all.filter((name) => name in fit.slope_intercept),
  )
  return {
    fit,
    items: knownFrom(fit, names, model),
    responses: key.startsWith('dichotomised') ? responses.map((x) => Math.min(x, 1)) : responses,
    population: { mean: 0, variance: fit.slope_intercept.GroupPars!.est.COV_11! },
  }
}

const withInfit: [string, string, ItemModel][] = [
  ['lsat6', 'rasch', 'rasch'],
  ['science', 'pcm', 'pcm'],
  ['sat12', 'rasch', 'rasch'],
  ['verbagg', 'pcm', 'pcm'],
  ['verbagg', 'dichotomised_rasch', 'rasch'],
  ['read-reliability', 'rasch', 'rasch'],
]

for (const [folder, key, model] of withInfit) {
  agreement(`agrees with R 4.2.2, mirt 1.45.1 on ${folder}, ${key}: infit and outfit at the WLE`, () => {
    const { fit, items, responses } = reference(folder, key, model)
    const { estimate } = estimateAbilities({ responses, items, method: 'wle' })
    const ours = residualFit(responses, items, estimate).items
    const theirs = fit.infit_outfit
    expect(apart(ours.outfit, theirs.outfit!)).toBeLessThan(1e-4)
    expect(apart(ours.infit, theirs.infit!)).toBeLessThan(1e-4)
    expect(apart(ours.outfitZ, theirs['z.outfit']!)).toBeLessThan(1e-4)
    expect(apart(ours.infitZ, theirs['z.infit']!)).toBeLessThan(1e-4)
  })
}

agreement(
  'agrees with R 4.2.2, eRm 1.0.2 on the reading test: infit and outfit at the ML of conditional difficulties',
  () => {
    const { names, responses } = readAnswers('read-reliability/data.csv')
    const theirs = referenceJson<{ eRm: { infit: number[]; outfit: number[]; infit_t: number[] } }>(
      'read-reliability/reference.json',
    ).eRm
    const items = calibrateConditionally(responses, names).items.map(({ id, easiness }) => ({
      id,
      model: 'rasch' as const,
      scores: [0, 1],
      slope: 1,
      intercepts: easiness,
      guessing: 0,
    }))
    const { estimate } = estimateAbilities({ responses, items, method: 'ml' })
    const ours = residualFit(responses, items, estimate).items
    expect(apart(ours.infit, theirs.infit)).toBeLessThan(2e-4)
    expect(apart(ours.outfit, theirs.outfit)).toBeLessThan(2e-4)
    expect(apart(ours.infitZ, theirs.infit_t)).toBeLessThan(2e-4)
  },
)

agreement('agrees with R 4.2.2, mirt 1.45.1 on SAT12: fit of people at the EAP of the 2PL', () => {
  const { items, responses } = reference('sat12', '2pl', '2pl')
  const theirs = referenceJson<{ personfit: Record<string, number[]> }>('sat12/reference.json').personfit
  const { estimate } = estimateAbilities({
    responses,
    items,
    method: 'eap',
    quadrature: normalGrid(121, -6, 6),
  })
  const { people } = residualFit(responses, items, estimate)
  expect(apart(personFit(responses, items, estimate), theirs.Zh!)).toBeLessThan(1e-8)
  expect(apart(people.outfit, theirs.outfit!)).toBeLessThan(1e-8)
  expect(apart(people.infit, theirs.infit!)).toBeLessThan(1e-8)
  expect(apart(people.outfitZ, theirs['z.outfit']!)).toBeLessThan(1e-8)
  expect(apart(people.infitZ, theirs['z.infit']!)).toBeLessThan(1e-8)
})

const withScoreFit: [string, string, ItemModel][] = [
  ...withInfit,
  ['lsat6', '2pl', '2pl'],
  ['lsat6', 'threepl_prior', '3pl'],
  ['science', 'gpcm', 'gpcm'],
  ['science', 'graded', 'graded'],
  ['sat12', '2pl', '2pl'],
  ['sat12', 'threepl_beta_prior', '3pl'],
  ['verbagg', 'gpcm', 'gpcm'],
  ['verbagg', 'dichotomised_2pl', '2pl'],
  ['read-reliability', '2pl', '2pl'],
]

for (const [folder, key, model] of withScoreFit) {
  agreement(`agrees with R 4.2.2, mirt 1.45.1 on ${folder}, ${key}: S-X²`, () => {
    const { fit, items, responses, population } = reference(folder, key, model)
    const ours = scoreFit({ responses, items, population })
    const theirs = fit.itemfit_S_X2
    expect(ours.map((item) => item?.df ?? 0)).toEqual(theirs['df.S_X2'])
    expect(
      apart(
        ours.map((item) => item?.statistic ?? null),
        theirs.S_X2!,
      ),
    ).toBeLessThan(1e-8)
    expect(
      apart(
        ours.map((item) => item?.p ?? null),
        theirs['p.S_X2']!,
      ),
    ).toBeLessThan(1e-8)
    expect(
      apart(
        ours.map((item) => item?.rmsea ?? null),
        theirs['RMSEA.S_X2']!,
      ),
    ).toBeLessThan(1e-8)
  })
}

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 on lsat6 with a common slope: S-X² counts the slope for every item',
  () => {
    const { fit, items, responses } = reference('lsat6', 'onepl_common_slope', '2pl')
    const ours = scoreFit({ responses, items })
    expect(ours.map((item) => item?.df ?? 0)).toEqual(fit.itemfit_S_X2['df.S_X2'])
    expect(
      apart(
        ours.map((item) => item?.statistic ?? null),
        fit.itemfit_S_X2.S_X2!,
      ),
    ).toBeLessThan(1e-8)
  },
)

const known = madeUpItems(['2pl', 'gpcm', 'graded', '2pl', 'rasch', 'pcm', '2pl', '3pl', '2pl', 'gpcm'])
const abilities = madeUpAbilities(4000)
const answers = madeUpAnswers(known, abilities)

test('answers made up from the model fit it: mean squares around 1, S-X² around its degrees of freedom', () => {
  const { items, people } = residualFit(answers, known, abilities)
  for (const mean of [...items.infit, ...items.outfit]) expect(Math.abs(mean - 1)).toBeLessThan(0.1)
  for (const z of [...items.infitZ, ...items.outfitZ]) expect(Math.abs(z)).toBeLessThan(4)
  expect(items.answers.every((n) => n === 4000)).toBe(true)
  expect(people.answers.every((n) => n === known.length)).toBe(true)
  for (const fit of scoreFit({ responses: answers, items: known })) {
    expect(fit!.p).toBeGreaterThan(1e-4)
    expect(fit!.rmsea).toBeLessThan(0.03)
  }
  const lz = personFit(answers, known, abilities)
  const mean = lz.reduce((sum, z) => sum + z, 0) / lz.length
  expect(Math.abs(mean)).toBeLessThan(0.08)
})

test('an item answered by dice is found by infit, outfit and S-X²; dice-throwing people by lz', () => {
  const dice = answers.map((x, at) => (at % known.length === 3 ? Math.floor(at / known.length) % 2 : x))
  const { infit, outfit, infitZ } = residualFit(dice, known, abilities).items
  expect(infit.indexOf(Math.max(...infit))).toBe(3)
  expect(outfit[3]!).toBeGreaterThan(1.2)
  expect(infitZ[3]!).toBeGreaterThan(5)
  expect(scoreFit({ responses: dice, items: known })[3]!.p).toBeLessThan(1e-6)
  const turned = answers.map((x, at) => {
    const top = known[at % known.length]!.scores.at(-1)!
    return at < known.length * 50 ? top - x : x
  })
  const { estimate } = estimateAbilities({ responses: turned, items: known, method: 'eap' })
  const lz = personFit(turned, known, estimate)
  const worst = lz.subarray(0, 50).reduce((sum, z) => sum + z, 0) / 50
  const others = lz.subarray(50).reduce((sum, z) => sum + z, 0) / (lz.length - 50)
  expect(worst).toBeLessThan(others - 0.5)
})

test('Q3 is a little below 0 for independent items, and high for two items that share an answer', () => {
  const { estimate } = estimateAbilities({ responses: answers, items: known, method: 'eap' })
  const plain = localDependence(answers, known, estimate)
  expect(plain.mean).toBeLessThan(0)
  expect(plain.mean).toBeGreaterThan(-0.2)
  const n = known.length
  const copied = answers.map((x, at) => (at % n === 6 && at % 3 === 0 ? Math.min(1, answers[at - 6]!) : x))
  const found = localDependence(copied, known, estimate)
  let most = 0
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) if (found.q3[a * n + b]! > found.q3[most]! || most === 0) most = a * n + b
  expect(most).toBe(6 * n)
  expect(found.q3[most]! - found.mean).toBeGreaterThan(0.2)
  expect(found.q3[6]).toBe(found.q3[6 * n])
  expect(found.people[6 * n]).toBe(4000)
})

test('people without a finite ability are left out, and what counts nothing is 1 or 0', () => {
  const row = answers.slice(0, known.length)
  const none = residualFit(row, known, [Number.POSITIVE_INFINITY])
  expect([...none.items.infit, ...none.people.outfit].every((x) => x === 1)).toBe(true)
  expect([...none.items.infitZ].every((x) => x === 0)).toBe(true)
  expect(personFit(row, known, [Number.NEGATIVE_INFINITY])[0]).toBe(0)
  expect(localDependence(row, known, [0]).mean).toBe(0)
})

test('abilities for other people, broken answers and broken populations are refused', () => {
  expect(() => residualFit(answers, known, [0])).toThrow('one ability for each person')
  expect(() => personFit(answers, known, [0])).toThrow('one ability for each person')
  expect(() => localDependence(answers, known, [0])).toThrow('one ability for each person')
  expect(() => scoreFit({ responses: Int8Array.of(1), items: known })).toThrow('persons × items')
  expect(() => scoreFit({ responses: answers, items: known, population: { mean: 0, variance: -1 } })).toThrow(
    'positive variance',
  )
})
