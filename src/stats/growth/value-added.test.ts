import { describe, expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { differentialEffect, valueAdded } from './value-added.ts'

agreement(
  'agrees with R 4.2.2, lme4 1.1-31 on the value added of 65 London schools, and MLwiN in print',
  () => {
    interface Lme4 {
      criterion: number
      fixef: Record<string, number>
      varcor: Record<string, number[][]>
      sigma: number
      ranef: Record<string, { id: string[]; est: number[][]; var: number[] }>
    }
    interface Published {
      intercept: number
      standLRT: number
      school_variance: number
      residual_variance: number
    }
    const reference = referenceJson<Record<string, Lme4> & { published: Published }>(
      'mixed-exam/reference.json',
    )
    const data = referenceColumns('mixed-exam/data.csv')
    const { id } = reference.vam_reml!.ranef.school!
    const group = data.school!.map((school) => id.indexOf(school))
    const prior = data.standLRT!.map(Number)
    const input = {
      outcome: data.normexam!.map(Number),
      priors: [prior],
      degree: 1 as const,
      levels: [{ name: 'school', group, groups: id.length }],
    }
    const { est, var: variances } = reference.vam_reml!.ranef.school!
    const typeA = valueAdded(input)
    for (const [g, unit] of typeA.levels[0]!.units.entries()) {
      expect(Math.abs(unit.estimate! - est[0]![g]!)).toBeLessThan(1e-5)
      expect(Math.abs(unit.standardError! ** 2 - variances[g]!)).toBeLessThan(1e-5)
    }
    const { published } = reference
    const ml = valueAdded(input, 'ML').model
    const centre = prior.reduce((total, x) => total + x, 0) / prior.length
    const spread = Math.sqrt(prior.reduce((total, x) => total + (x - centre) ** 2, 0) / prior.length)
    expect(ml.coefficients[1]! / spread).toBeCloseTo(published.standLRT, 3)
    expect(ml.coefficients[0]! - (ml.coefficients[1]! * centre) / spread).toBeCloseTo(published.intercept, 3)
    expect(ml.terms[0]!.variance[0]).toBeCloseTo(published.school_variance, 3)
    expect(ml.residualVariance).toBeCloseTo(published.residual_variance, 3)
    // Type B: the school mean of the intake score stands in the data to 7 decimals, as `schavg`.
    const girl = data.sex!.map((sex) => (sex === 'M' ? 1 : 0))
    const boys = data.schgend!.map((kind) => (kind === 'boys' ? 1 : 0))
    const girls = data.schgend!.map((kind) => (kind === 'girls' ? 1 : 0))
    const typeB = valueAdded({ ...input, covariates: [girl, boys, girls], composition: true })
    const contextual = reference.contextual!
    expect(typeB.model.residualVariance).toBeCloseTo(contextual.sigma ** 2, 5)
    expect(typeB.model.terms[0]!.variance[0]).toBeCloseTo(contextual.varcor.school![0]![0]!, 5)
    for (const [g, unit] of typeB.levels[0]!.units.entries()) {
      expect(Math.abs(unit.estimate! - contextual.ranef.school!.est[0]![g]!)).toBeLessThan(1e-5)
    }
    const different = differentialEffect(input)
    const gained = reference.vam_reml!.criterion - reference.random_slope!.criterion
    expect(different.statistic).toBeCloseTo(gained, 4)
    expect(different.pValue).toBeLessThan(1e-8)
  },
)

/** Units with planted effects in municipalities with planted effects; about half have fewer than 30 rows. */
function planted(seed: number) {
  const random = philox(seed)
  const schools = 120
  const truth = Array.from({ length: schools }, () => 0.3 * random.normal())
  const areas = Array.from({ length: 12 }, () => 0.2 * random.normal())
  const group: number[] = []
  const prior: number[] = []
  const outcome: number[] = []
  for (let s = 0; s < schools; s++) {
    for (let i = 0; i < 5 + random.integer(50); i++) {
      const start = random.normal()
      group.push(s)
      prior.push(500 + 100 * start)
      outcome.push(0.7 * start + 0.1 * start * start + truth[s]! + areas[s % 12]! + 0.6 * random.normal())
    }
  }
  const levels = [
    { name: 'school', group, groups: schools },
    { name: 'area', group: group.map((s) => s % 12), groups: 12 },
  ]
  return { truth, areas, input: { outcome, priors: [prior], levels } }
}

describe('laws', () => {
  test('planted effects are found: correlation above 0.8, and 95 % of intervals hold the truth', () => {
    let held = 0
    let intervals = 0
    for (const seed of [1, 2, 3, 4, 5]) {
      const { truth, areas, input } = planted(seed)
      const { totals } = valueAdded(input)
      const sums = truth.map((t, s) => t + areas[s % 12]!)
      expect(
        correlation(
          totals!.map((unit) => unit.estimate!),
          sums,
        ),
      ).toBeGreaterThan(0.8)
      const level = areas.reduce((total, a) => total + a, 0) / areas.length
      for (const [s, { low, high }] of totals!.entries()) {
        intervals++
        if (low! <= sums[s]! - level && sums[s]! - level <= high!) held++
      }
    }
    expect(held / intervals).toBeGreaterThan(0.92)
    expect(held / intervals).toBeLessThan(0.98)
  })

  test('shares of the variance, the way up and the intervals hang together', () => {
    const { input } = planted(9)
    const { levels, totals, shares, model, columns } = valueAdded(input)
    expect(columns).toEqual(['constant', 'earlier score 1', 'earlier score 1 squared'])
    expect(shares[0]! + shares[1]!).toBeLessThan(1)
    expect(shares[0]).toBeGreaterThan(shares[1]!)
    expect(model.converged).toBe(true)
    for (const [s, unit] of levels[0]!.units.entries()) {
      expect(totals![s]!.estimate).toBeCloseTo(unit.estimate! + levels[1]!.units[s % 12]!.estimate!, 9)
      expect(unit.high! - unit.low!).toBeCloseTo(2 * 1.96 * unit.standardError!, 9)
      expect(unit.pairHigh! - unit.pairLow!).toBeCloseTo(2 * 1.39 * unit.standardError!, 9)
    }
  })

  test('a unit where slopes do not differ is not said to do differently for some', () => {
    const { input } = planted(11)
    expect(differentialEffect(input).pValue).toBeGreaterThan(0.05)
  })

  test('a unit without rows has no estimate', () => {
    const { input } = planted(12)
    const [school, area] = input.levels
    const { levels } = valueAdded({ ...input, levels: [{ ...school!, groups: 121 }, area!] })
    expect(levels[0]!.units[120]).toMatchObject({ count: 0, estimate: null, standardError: null, low: null })
  })

  test('the order of rows does not matter, to the last digit', () => {
    const { input } = planted(13)
    const turned = <T>(values: readonly T[]) => [...values].reverse()
    const moved = {
      outcome: turned(input.outcome),
      priors: input.priors.map(turned),
      levels: input.levels.map((level) => ({ ...level, group: turned(level.group) })),
      composition: true,
    }
    expect(valueAdded(moved)).toEqual(valueAdded({ ...input, composition: true }))
  })
})

describe('what is refused', () => {
  const { input } = planted(14)

  test.each([
    ['no earlier score', { ...input, priors: [] }],
    ['no units', { ...input, levels: [] }],
    [
      'an earlier score that is always the same',
      { ...input, priors: [new Float64Array(input.outcome.length)] },
    ],
    ['an earlier score that is missing', { ...input, priors: [[1, 2, 3]] }],
    ['a characteristic that is not finite', { ...input, covariates: [input.outcome.map(() => Number.NaN)] }],
    ['a characteristic that all share', { ...input, covariates: [input.outcome.map(() => 1)] }],
    ['no rows', { outcome: [], priors: [[]], levels: [{ name: 'school', group: [], groups: 2 }] }],
  ])('%s', (_, bad) => {
    expect(() => valueAdded(bad)).toThrow(RangeError)
  })
})

function correlation(a: readonly number[], b: readonly number[]): number {
  const of = (v: readonly number[]) => v.reduce((total, x) => total + x, 0) / v.length
  const [ma, mb] = [of(a), of(b)]
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((total, v, i) => total + (v - mx) * (y[i]! - my), 0)
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb))
}
