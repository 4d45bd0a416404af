import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { standardisedChange, standardisedDifference } from './effect-size.ts'
import { gapWithinBetween } from './group-gap.ts'
import { kitagawa } from './kitagawa.ts'
import { oaxaca } from './oaxaca.ts'

agreement('agrees with Borenstein et al. (2009): d .5970, g .5924 of two groups of 50', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: Record<'mean1' | 'mean2' | 'sd1' | 'sd2' | 'n1' | 'n2', number>
    expected: Record<'d' | 'vd' | 'J' | 'g' | 'vg', number>
    tolerance: number
  }>('methods/02_effect_size_borenstein.json')
  const found = standardisedDifference(
    { mean: inputs.mean1, sd: inputs.sd1, n: inputs.n1 },
    { mean: inputs.mean2, sd: inputs.sd2, n: inputs.n2 },
  )
  expect(Math.abs(found.d - expected.d)).toBeLessThan(tolerance)
  expect(Math.abs(found.varianceD - expected.vd)).toBeLessThan(tolerance)
  expect(Math.abs(found.correction - expected.J)).toBeLessThan(tolerance)
  expect(Math.abs(found.g - expected.g)).toBeLessThan(tolerance)
  expect(Math.abs(found.varianceG - expected.vg)).toBeLessThan(tolerance)
})
agreement('agrees with a Kitagawa decomposition computed apart, in every part', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: Record<'n_A' | 'rate_A' | 'n_B' | 'rate_B', number[]>
    expected: Record<'rate_A' | 'rate_B' | 'difference' | 'composition' | 'rate_effect', number> & {
      detail_composition: number[]
      detail_rate: number[]
    }
    tolerance: number
  }>('methods/08_kitagawa.json')
  const found = kitagawa(
    inputs.n_A.map((n, at) => ({ n, rate: inputs.rate_A[at]! })),
    inputs.n_B.map((n, at) => ({ n, rate: inputs.rate_B[at]! })),
  )
  const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
  close(found.rateA, expected.rate_A)
  close(found.rateB, expected.rate_B)
  close(found.difference, expected.difference)
  close(found.composition, expected.composition)
  close(found.rate, expected.rate_effect)
  for (const [at, part] of expected.detail_composition.entries()) close(found.compositionParts[at]!, part)
  for (const [at, part] of expected.detail_rate.entries()) close(found.rateParts[at]!, part)
})
agreement(
  'agrees with an Oaxaca–Blinder decomposition computed apart: threefold and three references',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: { A: number[][]; B: number[][] }
      expected: Record<
        | 'gap'
        | 'endowments_threefold'
        | 'coefficients_threefold'
        | 'interaction'
        | 'explained_ref_B'
        | 'explained_ref_A'
        | 'explained_pooled_with_group_dummy'
        | 'unexplained_pooled',
        number
      >
      tolerance: number
    }>('methods/08_oaxaca.json')
    const group = (rows: number[][]) => ({
      x: rows.flatMap((row) => row.slice(0, 2)),
      y: rows.map((row) => row[2]!),
    })
    const by = (reference: 'first' | 'second' | 'pooled') =>
      oaxaca(group(inputs.A), group(inputs.B), { columns: 2, reference })
    const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
    const pooled = by('pooled')
    close(pooled.gap, expected.gap)
    close(pooled.endowments, expected.endowments_threefold)
    close(pooled.coefficients, expected.coefficients_threefold)
    close(pooled.interaction, expected.interaction)
    close(pooled.explained, expected.explained_pooled_with_group_dummy)
    close(pooled.unexplained, expected.unexplained_pooled)
    close(by('first').explained, expected.explained_ref_A)
    close(by('second').explained, expected.explained_ref_B)
  },
)

const categories = fc.array(fc.tuple(fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: 3,
  maxLength: 3,
})
test('the parts of Kitagawa sum to the difference and change sign with the sides', () => {
  fc.assert(
    fc.property(categories, categories, (a, b) => {
      const first = a.map(([n, rate], at) => ({ n: n + (at === 0 ? 1 : 0), rate }))
      const second = b.map(([n, rate], at) => ({ n: n + (at === 0 ? 1 : 0), rate }))
      const there = kitagawa(first, second)
      const back = kitagawa(second, first)
      expect(there.composition + there.rate).toBeCloseTo(there.difference, 12)
      expect(back.composition).toBeCloseTo(-there.composition, 12)
      expect(back.rate).toBeCloseTo(-there.rate, 12)
    }),
  )
})

const rows = (least: number) =>
  fc.array(
    fc.record({
      x: fc.integer({ min: -9, max: 9 }),
      region: fc.integer({ min: 0, max: 2 }),
      y: fc.integer({ min: 0, max: 99 }),
    }),
    {
      minLength: least,
      maxLength: 20,
    },
  )
const spread = [0, 1, 2].flatMap((region) => [-1, 0, 2].map((x) => ({ x, region, y: 10 * region + x })))
test('the parts of Oaxaca sum to the gap, with weights and factors too, whichever category is left out', () => {
  fc.assert(
    fc.property(rows(0), rows(0), (a, b) => {
      const group = (drawn: typeof a, omitted: number) => {
        const all = drawn.concat(spread)
        const kept = [0, 1, 2].filter((region) => region !== omitted)
        return {
          x: all.flatMap((row) => [row.x, ...kept.map((region) => (row.region === region ? 1 : 0))]),
          y: all.map((row) => row.y),
          weights: all.map((_, at) => 1 + (at % 3)),
        }
      }
      const by = (omitted: number) =>
        oaxaca(group(a, omitted), group(b, omitted), { columns: 3, factors: [[1, 2]] })
      const found = by(0)
      const total = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0)
      expect(found.explained + found.unexplained).toBeCloseTo(found.gap, 8)
      expect(found.endowments + found.coefficients + found.interaction).toBeCloseTo(found.gap, 8)
      expect(total(found.unexplainedParts) + found.unexplainedIntercept).toBeCloseTo(found.unexplained, 8)
      const other = by(2)
      expect(other.explainedParts[1]).toBeCloseTo(found.explainedParts[1]!, 7)
      expect(other.unexplainedParts[1]).toBeCloseTo(found.unexplainedParts[1]!, 7)
      expect(other.unexplainedIntercept).toBeCloseTo(found.unexplainedIntercept, 7)
    }),
  )
})
test('a gap splits into schools: equal inside every school, all of it lies between them', () => {
  const y = [10, 10, 10, 30, 30, 30]
  const girls = [1, 0, 0, 1, 1, 0]
  const school = ['a', 'a', 'a', 'b', 'b', 'b']
  const { gap, within, between } = gapWithinBetween(y, [1, 1, 1, 1, 1, 1], girls, school)
  expect(within).toBeCloseTo(0, 12)
  expect(between).toBeCloseTo(gap, 12)
  const same = gapWithinBetween([12, 10, 10, 32, 32, 30], [1, 1, 1, 1, 1, 1], girls, school)
  expect(same.within).toBeCloseTo(2, 12)
  expect(() => gapWithinBetween([1, 2], [1, 1], [1, 0], ['a', 'b'])).toThrow(/members of both groups/)
})
test('agrees with a case worked by hand: a change of 5 with spread 8 at r = .5 is d = .625', () => {
  const { d, varianceD } = standardisedChange(5, 8, 0.5, 25)
  expect(d).toBeCloseTo(0.625, 12)
  expect(varianceD).toBeCloseTo(1 / 25 + 0.625 ** 2 / 50, 12)
})
test('empty populations, groups smaller than the model, repeated columns and groups without spread are refused', () => {
  expect(() => kitagawa([], [])).toThrow(/same categories/)
  expect(() => kitagawa([{ n: 0, rate: 1 }], [{ n: 1, rate: 1 }])).toThrow(/members in both/)
  expect(() => oaxaca({ x: [1], y: [1] }, { x: [1], y: [1] }, { columns: 1 })).toThrow(
    /more units than coefficients/,
  )
  const twin = { x: [1, 1, 2, 2, 3, 3, 4, 4], y: [1, 2, 3, 5] }
  expect(() => oaxaca(twin, twin, { columns: 2 })).toThrow(/combinations of each other/)
  expect(() => standardisedDifference({ mean: 1, sd: 0, n: 5 }, { mean: 2, sd: 0, n: 5 })).toThrow(
    /differ within a group/,
  )
  expect(() => standardisedChange(1, 1, 1, 10)).toThrow(/correlation below 1/)
})
