import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import { apart } from '#test/stats/irt-fits.ts'
import { philox } from '../numeric/random.ts'
import { calibrate } from './calibrate.ts'
import type { Calibration } from './calibration.ts'
import type { ItemModel } from './item.ts'

const models: ItemModel[] = ['2pl', 'gpcm', 'graded', '2pl', '3pl', 'gpcm', '2pl', 'graded']

function madeUp(persons: number, seed: number, kinds = models) {
  const items = madeUpItems(kinds, seed)
  const responses = madeUpAnswers(items, madeUpAbilities(persons, 0, 1, seed), seed)
  return { known: items, items: toCalibrate(items), responses }
}

const numbers = ({ items }: Calibration) => items.flatMap(({ slope, intercepts }) => [slope, ...intercepts])

test('people may change places: every number stays exactly the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.boolean(), (seed, weighted) => {
      const { items, responses } = madeUp(150, seed)
      const order = philox(seed).shuffle(Int32Array.from({ length: 150 }, (_, i) => i))
      const shuffled = Int8Array.from({ length: responses.length }, (_, at) => {
        const i = Math.floor(at / items.length)
        return responses[order[i]! * items.length + (at % items.length)]!
      })
      const weight = (i: number) => 0.1 + (i % 7) / 3
      const weights = weighted ? Array.from(order, (_, i) => weight(i)) : undefined
      const moved = weighted ? Array.from(order, weight) : undefined
      const before = calibrate({ responses, items, weights })
      const after = calibrate({ responses: shuffled, items, weights: moved })
      expect(after.logLikelihood).toBe(before.logLikelihood)
      expect(numbers(after)).toEqual(numbers(before))
      expect(after.items.map(({ errors }) => errors)).toEqual(before.items.map(({ errors }) => errors))
      expect(Array.from(order, (i) => before.abilities.mean[i])).toEqual([...after.abilities.mean])
    }),
    { numRuns: 6 },
  )
})

test('items may change places', () => {
  const { items, responses } = madeUp(400, 3)
  const turned = responses.map((_, at) => {
    const i = Math.floor(at / items.length)
    return responses[i * items.length + items.length - 1 - (at % items.length)]!
  })
  const before = calibrate({ responses, items })
  const after = calibrate({ responses: turned, items: items.toReversed() })
  expect(Math.abs(after.logLikelihood - before.logLikelihood)).toBeLessThan(1e-8)
  expect(apart(numbers({ ...after, items: after.items.toReversed() }), numbers(before))).toBeLessThan(1e-5)
})

test('a weight of 2 is two people', () => {
  const { items, responses } = madeUp(200, 4)
  const twice = new Int8Array(2 * responses.length)
  twice.set(responses)
  twice.set(responses, responses.length)
  const weighted = calibrate({ responses, items, weights: new Array<number>(200).fill(2) })
  const doubled = calibrate({ responses: twice, items })
  expect(Math.abs(weighted.logLikelihood - doubled.logLikelihood)).toBeLessThan(1e-9)
  expect(apart(numbers(weighted), numbers(doubled))).toBeLessThan(1e-7)
  expect(weighted.people).toBe(200)
})

test('people with weight 0 or without any answer change nothing', () => {
  const { items, responses } = madeUp(200, 5)
  const more = new Int8Array(responses.length + 2 * items.length)
  more.set(responses)
  more.fill(-1, responses.length, responses.length + items.length)
  more.fill(1, responses.length + items.length)
  const weights = [...new Array<number>(201).fill(1), 0]
  const before = calibrate({ responses, items })
  const after = calibrate({ responses: more, items, weights })
  expect(after.logLikelihood).toBeCloseTo(before.logLikelihood, 9)
  expect(apart(numbers(after), numbers(before))).toBeLessThan(1e-7)
  expect(after.abilities.mean[200]).toBe(0)
  expect(after.warnings.map(({ code }) => code)).toContain('people-without-answers')
})

test('with two scores 2pl, gpcm and graded are one model', () => {
  const { items, responses } = madeUp(300, 6, ['2pl', '2pl', '2pl', '2pl', '2pl'])
  const [first, ...others] = (['2pl', 'gpcm', 'graded'] as const).map((model) =>
    calibrate({ responses, items: items.map((item) => ({ ...item, model })) }),
  )
  for (const other of others) {
    expect(apart(numbers(other), numbers(first!))).toBeLessThan(1e-6)
    expect(apart([other.logLikelihood], [first!.logLikelihood])).toBeLessThan(1e-8)
    const errors = (fit: Calibration) => fit.items.map((item) => item.errors.difficulties[0]!)
    expect(apart(errors(other), errors(first!))).toBeLessThan(1e-6)
  }
})

test('scores counted backwards mirror difficulties and keep their errors, first steps of gpcm items too', () => {
  const { items, responses } = madeUp(500, 7, ['gpcm', 'graded', 'gpcm', 'graded', '2pl', 'gpcm'])
  const turned = responses.map((x, at) => items[at % items.length]!.categories - 1 - x)
  const before = calibrate({ responses, items })
  const after = calibrate({ responses: turned, items })
  expect(Math.abs(after.logLikelihood - before.logLikelihood)).toBeLessThan(1e-7)
  before.items.forEach((item, j) => {
    const other = after.items[j]!
    expect(apart([other.slope], [item.slope])).toBeLessThan(1e-5)
    expect(
      apart(
        other.difficulties.toReversed(),
        item.difficulties.map((b) => -b),
      ),
    ).toBeLessThan(1e-4)
    expect(apart(other.errors.difficulties.toReversed(), item.errors.difficulties)).toBeLessThan(1e-4)
  })
})

test('a larger model is never less likely: Rasch, 2pl, 3pl without prior', () => {
  const { items, responses } = madeUp(800, 8, ['3pl', '3pl', '3pl', '3pl', '3pl', '3pl'])
  const logLikelihood = (model: ItemModel) =>
    calibrate({
      responses,
      items: items.map((item) => ({ ...item, model, guessingPrior: model === '3pl' ? 'none' : undefined })),
    }).logLikelihood
  const [rasch, twoPl, threePl] = [logLikelihood('rasch'), logLikelihood('2pl'), logLikelihood('3pl')]
  expect(twoPl).toBeGreaterThan(rasch - 1e-6)
  expect(threePl).toBeGreaterThan(twoPl - 1e-6)
})

test('items fixed at their estimates give the same likelihood, and mean and variance of the people come back', () => {
  const { items, responses } = madeUp(600, 9)
  const first = calibrate({ responses, items })
  const anchored = calibrate({
    responses,
    items: items.map((item, j) => ({ ...item, fixed: first.items[j]! })),
  })
  expect(anchored.logLikelihood).toBeCloseTo(first.logLikelihood, 4)
  expect(anchored.parameterCount).toBe(2)
  expect(Math.abs(anchored.groups[0]!.mean)).toBeLessThan(1e-2)
  expect(Math.abs(anchored.groups[0]!.variance - 1)).toBeLessThan(2e-2)
  expect(anchored.groups[0]!.meanError).toBeGreaterThan(0)
})

test('made-up truth is found: three groups with own means and spreads, booklets linked by anchors', () => {
  const kinds: ItemModel[] = [
    '2pl',
    'gpcm',
    '2pl',
    'graded',
    '2pl',
    'gpcm',
    '2pl',
    'graded',
    '2pl',
    'gpcm',
    '2pl',
    '2pl',
  ]
  const known = madeUpItems(kinds, 10)
  const per = 1500
  const truth = [
    { mean: 0, sd: 1 },
    { mean: 0.6, sd: 1.3 },
    { mean: -0.5, sd: 0.8 },
  ]
  const abilities = Float64Array.from(
    truth.flatMap(({ mean, sd }, g) => [...madeUpAbilities(per, mean, sd, 20 + g)]),
  )
  const responses = madeUpAnswers(known, abilities, 30)
  const groups = abilities.map((_, i) => Math.floor(i / per))
  // Items 0 … 3 are anchors; 4 … 11 go to one group only, at least two to each.
  responses.forEach((_, at) => {
    const j = at % known.length
    if (j >= 4 && j % 3 !== groups[Math.floor(at / known.length)]) responses[at] = -1
  })
  const {
    items,
    groups: found,
    converged,
    warnings,
  } = calibrate({ responses, items: toCalibrate(known), groups })
  expect(converged).toBe(true)
  expect(warnings).toEqual([])
  found.forEach((group, g) => {
    expect(group.people).toBe(per)
    if (g === 0) return
    expect(Math.abs(group.mean - truth[g]!.mean)).toBeLessThan(4 * group.meanError!)
    expect(Math.abs(group.variance - truth[g]!.sd ** 2)).toBeLessThan(4 * group.varianceError!)
  })
  items.forEach((item, j) => {
    expect(Math.abs(item.slope - known[j]!.slope)).toBeLessThan(4.5 * item.errors.slope!)
    item.intercepts.forEach((d, k) => {
      expect(Math.abs(d - known[j]!.intercepts[k]!)).toBeLessThan(4.5 * item.errors.intercepts[k]!)
    })
  })
})

test('made-up truth is found: regression on covariates, whatever their units', () => {
  const known = madeUpItems(['rasch', 'rasch', 'pcm', 'rasch', 'pcm', 'rasch'], 11)
  const persons = 2000
  const x = Float64Array.from({ length: persons }, (_, i) => 2000 + (i % 9))
  const y = Float64Array.from({ length: persons }, (_, i) => (i % 2) * 1e-3)
  const noise = madeUpAbilities(persons, 0, 1, 12)
  const abilities = noise.map((z, i) => z + 0.15 * (x[i]! - 2004) + 400 * (y[i]! - 5e-4))
  const responses = madeUpAnswers(known, abilities, 13)
  const values = Float64Array.from({ length: 2 * persons }, (_, k) => (k % 2 === 0 ? x : y)[k >> 1]!)
  const { coefficients, groups } = calibrate({
    responses,
    items: toCalibrate(known),
    covariates: { names: ['x', 'y'], values },
  })
  expect(coefficients.map(({ name }) => name)).toEqual(['x', 'y'])
  expect(Math.abs(coefficients[0]!.value - 0.15)).toBeLessThan(4 * coefficients[0]!.error!)
  expect(Math.abs(coefficients[1]!.value - 400)).toBeLessThan(4 * coefficients[1]!.error!)
  expect(coefficients[0]!.average).toBeCloseTo(x.reduce((a, b) => a + b, 0) / persons, 9)
  expect(Math.abs(groups[0]!.variance - 1)).toBeLessThan(4 * groups[0]!.varianceError!)
})

test('without standard errors the fit is the same', () => {
  const { items, responses } = madeUp(300, 14)
  const plain = calibrate({ responses, items, standardErrors: false })
  const full = calibrate({ responses, items })
  expect(apart([plain.logLikelihood], [full.logLikelihood])).toBeLessThan(1e-6)
  expect(plain.covariance).toBeNull()
  expect(plain.items.every(({ errors }) => errors.slope === null)).toBe(true)
})
