import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { madeUpAbilities, madeUpAnswers, madeUpItems } from '#test/stats/irt-answers.ts'
import { itemsOf, readAnswers } from '#test/stats/irt-fits.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { mean, variance } from '../numeric/sum.ts'
import { estimateAbilities } from './abilities.ts'
import { calibrate } from './calibrate.ts'
import { priorOf } from './calibrated-prior.ts'
import { plausibleValues } from './plausible-values.ts'

agreement(
  'agrees with R 4.2.2, TAM 4.3.25 on verbal aggression: moments of 200 plausible values after regression',
  () => {
    const { names, responses, columns } = readAnswers('verbagg/data.csv', (all) => all.slice(3))
    const theirs = referenceJson<{
      latent_regression_rasch: {
        beta: number[][]
        EAP: number[]
        EAP_SD: number[]
        pv200: { mean_per_person: number[]; sd_per_person: number[]; mean: number; sd_within_draw: number }
      }
    }>('verbagg/reference.json').latent_regression_rasch
    const male = columns.Gender!.map((sex) => (sex === 'M' ? 1 : 0))
    const anger = columns.Anger!.map(Number)
    const values = Float64Array.from(male.flatMap((m, i) => [m, anger[i]!]))
    const cut = responses.map((x) => Math.min(x, 1))
    // TAM's scale begins where covariates are 0, ours where they are average.
    const shift = theirs.beta[1]![0]! * mean(male) + theirs.beta[2]![0]! * mean(anger)
    const quadrature = normalGrid(61, -6 - shift, 6 - shift)
    const covariates = { names: ['male', 'anger'], values }
    const fit = calibrate({ responses: cut, items: itemsOf(names, 'rasch', 2), covariates, quadrature })
    const persons = male.length
    const draws = 200
    const prior = priorOf(fit, persons, undefined, values)
    const drawn = plausibleValues({ responses: cut, items: fit.items, prior, draws, seed: 2026, quadrature })
    const own = (i: number) => drawn.values.subarray(i * draws, (i + 1) * draws)
    // Standardised by their Monte Carlo error, means of people scatter like standard normal numbers.
    const z = theirs.EAP.map(
      (eap, i) => ((mean(own(i)) + shift - eap) / theirs.EAP_SD[i]!) * Math.sqrt(draws),
    )
    expect(Math.abs(mean(z))).toBeLessThan(4 / Math.sqrt(persons))
    expect(Math.abs(variance(z) - 1)).toBeLessThan(4 * Math.sqrt(2 / persons))
    const ratio = theirs.EAP_SD.map((sd, i) => variance(own(i)) / sd ** 2)
    expect(Math.abs(mean(ratio) - 1)).toBeLessThan(4 * Math.sqrt(2 / draws / persons))
    const within = Array.from({ length: draws }, (_, d) =>
      Math.sqrt(variance(Float64Array.from({ length: persons }, (_, i) => drawn.values[i * draws + d]!))),
    )
    const { pv200 } = theirs
    expect(Math.abs(mean(within) - pv200.sd_within_draw)).toBeLessThan(0.01)
    expect(Math.abs(mean(drawn.values) + shift - pv200.mean)).toBeLessThan(0.03)
  },
)

const items = madeUpItems(['2pl', 'gpcm', 'graded', '3pl', '2pl'])
const responses = madeUpAnswers(items, madeUpAbilities(40))

test('draws of a person have the mean and spread of the posterior, and are not bound to nodes', () => {
  const draws = 1000
  const { values } = plausibleValues({ responses, items, draws, seed: 7 })
  const { estimate, error } = estimateAbilities({ responses, items, method: 'eap' })
  for (let i = 0; i < 40; i++) {
    const own = values.subarray(i * draws, (i + 1) * draws)
    expect(Math.abs(mean(own) - estimate[i]!)).toBeLessThan((5 * error[i]!) / Math.sqrt(draws))
    expect(Math.abs(variance(own) / error[i]! ** 2 - 1)).toBeLessThan(0.35)
    expect(new Set(own).size).toBe(draws)
  }
})

test('a long test makes draws narrower than the distance of nodes without widening them', () => {
  const long = madeUpItems(new Array(120).fill('graded'))
  const answers = madeUpAnswers(long, [0.13])
  const { values } = plausibleValues({ responses: answers, items: long, draws: 1000, seed: 3 })
  const fine = estimateAbilities({
    responses: answers,
    items: long,
    method: 'eap',
    quadrature: normalGrid(2000, -6, 6),
  })
  expect(Math.abs(mean(values) - fine.estimate[0]!)).toBeLessThan(5 * fine.error[0]! * Math.sqrt(1 / 1000))
  expect(Math.abs(Math.sqrt(variance(values)) / fine.error[0]! - 1)).toBeLessThan(0.15)
})

test('seed and stream decide every draw: people may change places', () => {
  const input = { responses, items, draws: 3, seed: 11n }
  const first = plausibleValues(input)
  expect(plausibleValues(input).values).toEqual(first.values)
  expect(plausibleValues({ ...input, seed: 12n }).values).not.toEqual(first.values)
  const turned = Int8Array.from({ length: responses.length }, (_, at) => {
    const i = 39 - Math.floor(at / items.length)
    return responses[i * items.length + (at % items.length)]!
  })
  const streams = Array.from({ length: 40 }, (_, i) => 39 - i)
  const second = plausibleValues({ ...input, responses: turned, streams })
  for (let i = 0; i < 40; i++) {
    expect([...second.values.subarray(3 * i, 3 * i + 3)]).toEqual([
      ...first.values.subarray(3 * (39 - i), 3 * (40 - i)),
    ])
  }
})

test('without answers draws come from the prior; no draws and missing streams are refused', () => {
  const none = new Int8Array(2000 * items.length).fill(-1)
  const { values } = plausibleValues({
    responses: none,
    items,
    prior: { mean: 0.5, variance: 4 },
    draws: 1,
    seed: 5,
  })
  expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.2)
  expect(Math.abs(variance(values) - 4)).toBeLessThan(0.7)
  expect(() => plausibleValues({ responses, items, draws: 0, seed: 1 })).toThrow('1 to 1000 draws')
  expect(() => plausibleValues({ responses, items, draws: 1, seed: 1, streams: [1] })).toThrow('one stream')
})

test('priors come from a calibration: groups and covariates; what it does not know is refused', () => {
  const groups = Array.from({ length: 40 }, (_, i) => i % 2)
  const values = Float64Array.from({ length: 40 }, (_, i) => i)
  const fit = calibrate({
    responses,
    items: items.map((item) => ({ ...item, categories: item.scores.length, fixed: item })),
    groups,
    covariates: { names: ['x'], values },
  })
  const prior = priorOf(fit, 40, groups, values)
  const [means, variances] = [prior.mean, prior.variance].map((x) => x as Float64Array)
  const { value, average } = fit.coefficients[0]!
  expect(means![3]).toBeCloseTo(fit.groups[1]!.mean + value * (3 - average), 12)
  expect(variances![2]).toBe(fit.groups[0]!.variance)
  expect(() => priorOf(fit, 40, groups)).toThrow('every covariate')
  expect(() =>
    priorOf(
      fit,
      40,
      groups.map(() => 2),
      values,
    ),
  ).toThrow('a group of the calibration')
  expect(() =>
    priorOf(
      fit,
      40,
      groups,
      values.map(() => Number.NaN),
    ),
  ).toThrow('finite covariates')
})
