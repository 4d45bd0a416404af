import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { type Aggregation, byExposure, byGroup, byPeriod, simpleAverage } from './aggregate-effects.ts'
import { baconWeights } from './bacon.ts'
import { preTrendTest, simultaneousBands } from './bands.ts'
import { type GroupTime, type GroupTimeOptions, groupTimeEffects } from './group-time.ts'
import type { Panel } from './panel.ts'
import { twoByTwo } from './two-by-two.ts'
import { twoWayFixedEffects } from './two-way-fixed-effects.ts'

interface Summary {
  overall: number
  overall_se: number
  egt: number[] | null
  att: number[] | null
  se: number[]
}
interface Fitted {
  group: number[]
  t: number[]
  att: number[]
  se: number[]
  aggte: Record<'simple' | 'dynamic' | 'group' | 'calendar', Summary>
}

/** County teen employment: 500 counties, 2003–2007. */
function counties(path: string): Panel & { readonly rows: Record<string, number[]> } {
  const rows = Object.fromEntries(
    Object.entries(referenceColumns(path)).map(([name, values]) => [name, values.map(Number)]),
  )
  const units = [...new Set(rows.countyreal)]
  const periods = [...new Set(rows.year)].sort((a, b) => a - b)
  const at = new Map(units.map((unit, i) => [unit, i]))
  const outcome = new Float64Array(units.length * periods.length)
  const firstTreated = new Float64Array(units.length)
  const covariates = new Float64Array(units.length)
  for (const [row, unit] of rows.countyreal!.entries()) {
    const i = at.get(unit)!
    outcome[i * periods.length + periods.indexOf(rows.year![row]!)] = rows.lemp![row]!
    firstTreated[i] = rows['first.treat']![row]!
    covariates[i] = rows.lpop![row]!
  }
  return { periods, outcome, firstTreated, covariates, rows }
}
const close = (found: number, expected: number, tolerance: number) =>
  expect(Math.abs(found - expected)).toBeLessThan(tolerance)

agreement(
  'agrees with R 4.2.2, did 2.1.2: 3 methods × 2 control groups × with and without covariate, and 4 aggregations',
  () => {
    const expected = referenceJson<Record<string, Fitted>>('did-mpdta/reference.json')
    const { covariates, ...plain } = counties('did-mpdta/data.csv')
    const methods = { dr: 'doubly robust', ipw: 'weighting', reg: 'regression' } as const
    let cases = 0
    for (const [short, method] of Object.entries(methods)) {
      for (const formula of ['~1', '~lpop']) {
        for (const [name, control] of [
          ['nevertreated', 'never'],
          ['notyettreated', 'not yet'],
        ] as const) {
          const reference = expected[`${short} ${formula} ${name}`]!
          const options = { method, control } satisfies GroupTimeOptions
          const found = groupTimeEffects(formula === '~1' ? plain : { ...plain, covariates }, options)
          expect(found.effects.length).toBe(reference.att.length)
          for (const [k, effect] of found.effects.entries()) {
            expect([effect.group, effect.period]).toEqual([reference.group[k], reference.t[k]])
            close(effect.effect, reference.att[k]!, 1e-7)
            close(effect.standardError, reference.se[k]!, 1e-6)
          }
          const { simple, dynamic, group, calendar } = reference.aggte
          const average = simpleAverage(found)
          close(average.effect, simple.overall, 1e-7)
          close(average.standardError, simple.overall_se, 1e-6)
          const agree = ({ parts, overall }: Aggregation, summary: Summary) => {
            close(overall.effect, summary.overall, 1e-7)
            close(overall.standardError, summary.overall_se, 1e-6)
            expect(parts.map((part) => part.key)).toEqual(summary.egt)
            for (const [k, part] of parts.entries()) {
              close(part.effect, summary.att![k]!, 1e-7)
              close(part.standardError, summary.se[k]!, 1e-6)
            }
          }
          agree(byExposure(found), dynamic)
          agree(byGroup(found), { ...group, overall_se: byGroup(found).overall.standardError })
          close(errorOfDid212(found), group.overall_se, 1e-6)
          agree(byPeriod(found), calendar)
          cases++
        }
      }
    }
    expect(cases).toBe(12)
  },
)
agreement(
  'agrees with R 4.2.2, lm and sandwich 3.0.2: 2×2 with three kinds of errors, two-way fixed effects by county',
  () => {
    const expected = referenceJson<{
      twfe: { att: number; se_cluster: number }
      two_by_two: Record<'coef' | 'se_ols' | 'se_HC1' | 'se_cluster_HC1', Record<string, number>>
    }>('did-mpdta/reference.json')
    const { rows } = counties('did-mpdta/data.csv')
    const first = rows['first.treat']!
    const post = first.map((g, i) => (g > 0 && rows.year![i]! >= g ? 1 : 0))
    const twfe = twoWayFixedEffects({
      y: rows.lemp!,
      x: post,
      columns: 1,
      unit: rows.countyreal!,
      period: rows.year!,
    })
    close(twfe.coefficients[0]!, expected.twfe.att, 1e-7)
    close(twfe.clustered[0]!, expected.twfe.se_cluster, 1e-6)
    const kept = [...first.keys()].filter(
      (i) => (first[i] === 0 || first[i] === 2004) && rows.year![i]! <= 2004,
    )
    const take = (values: number[]) => kept.map((i) => values[i]!)
    const found = twoByTwo(
      take(rows.lemp!),
      take(first).map((g) => g === 2004),
      take(rows.year!).map((year) => year === 2004),
      take(rows.countyreal!),
    )
    for (const [j, name] of ['(Intercept)', 'tr', 'po', 'tr:po'].entries()) {
      close(found.coefficients[j]!, expected.two_by_two.coef[name]!, 1e-7)
      close(found.classical[j]!, expected.two_by_two.se_ols[name]!, 1e-6)
      close(found.robust[j]!, expected.two_by_two.se_HC1[name]!, 1e-6)
      close(found.clustered![j]!, expected.two_by_two.se_cluster_HC1[name]!, 1e-6)
    }
  },
)

/**
 * did before 2.2 paired the sizes of the groups with the first entries of the list of all group-time effects
 * (corrected by its pull request 223): its error of the overall group effect is too small. This makes the same
 * mistake with our influences, to show that nothing else differs; the right error is compared with did 2.5.1 below.
 */
function errorOfDid212(found: GroupTime): number {
  const { parts } = byGroup(found)
  const { n, firstTreated } = found.panel
  const isIn = (i: number, group: number) => (firstTreated[i] === group ? 1 : 0)
  const sizes = parts.map((part) => firstTreated.reduce((sum, _, i) => sum + isIn(i, part.key) / n, 0))
  const total = sizes.reduce((a, b) => a + b, 0)
  let squares = 0
  for (let i = 0; i < n; i++) {
    const drift = sizes.map((size, k) => isIn(i, found.effects[k]!.group) - size)
    const sum = drift.reduce((a, b) => a + b, 0)
    const influence = parts.reduce((whole, part, k) => {
      const weight = sizes[k]! / total
      return whole + weight * part.influence[i]! + part.effect * (drift[k]! / total - (weight * sum) / total)
    }, 0)
    squares += influence ** 2
  }
  return Math.sqrt(squares) / n
}

interface Printed {
  n_units: number
  att_gt: { group: number; time: number; att: number; se_analytic: number }[]
  simple: { att: number; se: number }
  dynamic: { e: number; att: number; se: number }[]
  dynamic_overall: { att: number; se: number }
  group: { g: number; att: number; se: number }[]
  group_overall: { att: number; se: number }
}
agreement(
  'agrees with the printed results of Callaway and Sant’Anna (did 2.5.1) for both control groups',
  () => {
    const expected = referenceJson<{
      expected_never_treated: Printed
      expected_not_yet_treated: Printed
      tolerance: { att: number; se: number }
    }>('methods/09_mpdta_expected.json')
    const { covariates: _, ...panel } = counties('methods/09_mpdta.csv')
    for (const [control, printed] of [
      ['never', expected.expected_never_treated],
      ['not yet', expected.expected_not_yet_treated],
    ] as const) {
      const found = groupTimeEffects(panel, { control })
      const agree = (a: { effect: number; standardError: number }, att: number, se: number) => {
        close(a.effect, att, expected.tolerance.att)
        close(a.standardError, se, expected.tolerance.se)
      }
      expect(found.panel.n).toBe(printed.n_units)
      for (const [k, row] of printed.att_gt.entries()) {
        expect([found.effects[k]!.group, found.effects[k]!.period]).toEqual([row.group, row.time])
        agree(found.effects[k]!, row.att, row.se_analytic)
      }
      agree(simpleAverage(found), printed.simple.att, printed.simple.se)
      const study = byExposure(found)
      for (const [k, row] of printed.dynamic.entries()) agree(study.parts[k]!, row.att, row.se)
      agree(study.overall, printed.dynamic_overall.att, printed.dynamic_overall.se)
      const groups = byGroup(found)
      for (const [k, row] of printed.group.entries()) agree(groups.parts[k]!, row.att, row.se)
      agree(groups.overall, printed.group_overall.att, printed.group_overall.se)
      if (control === 'never') {
        close(groups.overall.standardError, printed.group_overall.se, 1e-6)
        close(preTrendTest(found)!.p, 0.16812, 5e-6) // as printed in the documentation of did
      }
    }
  },
)

/** Units with own level and trend shared by all, treated from 3 or 5 on or never; effect by time since start. */
function made(seed: number, n: number, effect: (since: number) => number, noise: number): Panel {
  const random = philox(seed)
  const periods = [1, 2, 3, 4, 5, 6]
  const firstTreated = Array.from({ length: n }, (_, i) => [0, 3, 5][i % 3]!)
  const outcome = firstTreated.flatMap((g) => {
    const level = 10 * random.normal()
    return periods.map((t) => level + t * t + noise * random.normal() + (g > 0 && t >= g ? effect(t - g) : 0))
  })
  return { periods, outcome, firstTreated }
}

test('without noise the effects are those planted, whatever the common trend, and 0 before the start', () => {
  for (const control of ['never', 'not yet'] as const) {
    for (const base of ['varying', 'universal'] as const) {
      const found = groupTimeEffects(
        made(1, 30, (since) => 5 + since, 0),
        { control, base },
      )
      for (const { group, period, effect, isPost } of found.effects) {
        expect(effect).toBeCloseTo(isPost ? 5 + (period - group) : 0, 9)
      }
      for (const { key, effect } of byExposure(found).parts)
        expect(effect).toBeCloseTo(key >= 0 ? 5 + key : 0, 9)
    }
  }
})
test('shifting a unit, or adding the same to everybody in a period, changes no effect; doubling doubles', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: -50, max: 50 }), (seed, shift) => {
      const panel = made(seed, 24, () => 3, 1)
      const moved = Array.from(
        panel.outcome,
        (y, at) => 2 * (y + (Math.floor(at / 6) % 4) * shift + (at % 6) * shift),
      )
      const a = simpleAverage(groupTimeEffects(panel))
      const b = simpleAverage(groupTimeEffects({ ...panel, outcome: moved }))
      expect(b.effect).toBeCloseTo(2 * a.effect, 8)
      expect(b.standardError).toBeCloseTo(2 * a.standardError, 8)
    }),
    { numRuns: 25 },
  )
})
test('the 95 % interval holds the true effect in about 95 of 100 made-up countries', () => {
  let held = 0
  const runs = 400
  for (let seed = 0; seed < runs; seed++) {
    const { effect, standardError } = byExposure(groupTimeEffects(made(seed, 90, () => 2, 1))).overall
    if (Math.abs(effect - 2) <= 1.96 * standardError) held++
  }
  expect(held / runs).toBeGreaterThan(0.915)
  expect(held / runs).toBeLessThan(0.985)
})
test('the parts of a two-way fixed effects estimate sum to it, and their weights to 1', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom(0, 3, 5), (seed, left) => {
      const panel = made(seed, 30, (since) => 4 * since, 1)
      const kept = Array.from(panel.firstTreated).map((g) => g !== left)
      const some = {
        periods: panel.periods,
        firstTreated: Array.from(panel.firstTreated).filter((_, i) => kept[i]),
        outcome: Array.from(panel.outcome).filter((_, at) => kept[Math.floor(at / 6)]),
      }
      const parts = baconWeights(some)
      const n = some.firstTreated.length
      const row = (of: (i: number, t: number) => number) =>
        Array.from({ length: n * 6 }, (_, at) => of(Math.floor(at / 6), (at % 6) + 1))
      const twfe = twoWayFixedEffects({
        y: some.outcome,
        x: row((i, t) => (some.firstTreated[i]! > 0 && t >= some.firstTreated[i]! ? 1 : 0)),
        columns: 1,
        unit: row((i) => i),
        period: row((_, t) => t),
      })
      expect(parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1, 12)
      expect(parts.reduce((sum, part) => sum + part.weight * part.estimate, 0)).toBeCloseTo(
        twfe.coefficients[0]!,
        9,
      )
      expect(parts.every((part) => part.weight > 0)).toBe(true)
    }),
    { numRuns: 25 },
  )
})
test('two-way fixed effects allow gaps: a unit seen once changes nothing', () => {
  const y = [1, 3, 2, 7, 4, 5, 9]
  const x = [0, 1, 0, 0, 0, 0, 1]
  const unit = ['a', 'a', 'b', 'b', 'c', 'c', 'd']
  const period = [1, 2, 1, 2, 1, 2, 2]
  const all = twoWayFixedEffects({ y, x, columns: 1, unit, period })
  const without = twoWayFixedEffects({
    y: y.slice(0, 6),
    x: x.slice(0, 6),
    columns: 1,
    unit: unit.slice(0, 6),
    period: period.slice(0, 6),
  })
  expect(all.coefficients[0]).toBeCloseTo(without.coefficients[0]!, 12)
  expect(without.coefficients[0]).toBeCloseTo(2 - (5 + 1) / 2, 12)
})
test('bands for all effects together are wider than for one, come again with the seed, and one effect needs about 1.96', () => {
  const found = groupTimeEffects(made(4, 120, () => 1, 1))
  const { parts } = byExposure(found)
  const bands = simultaneousBands(found, parts, { seed: 8 })
  expect(bands.critical).toBeGreaterThan(2.1)
  expect(simultaneousBands(found, parts, { seed: 8 })).toEqual(bands)
  const single = simultaneousBands(found, parts.slice(0, 1), { seed: 8, draws: 4000 })
  expect(Math.abs(single.critical - 1.96)).toBeLessThan(0.12)
})
test('the test before the start stays calm without early differences and sounds when there are some', () => {
  const calm = preTrendTest(groupTimeEffects(made(2, 300, () => 1, 1)))!
  expect(calm.degreesOfFreedom).toBe(4)
  expect(calm.p).toBeGreaterThan(0.01)
  const panel = made(2, 300, () => 1, 1)
  const drifting = Array.from(
    panel.outcome,
    (y, at) => y + (panel.firstTreated[Math.floor(at / 6)]! > 0 ? at % 6 : 0),
  )
  expect(preTrendTest(groupTimeEffects({ ...panel, outcome: drifting }))!.p).toBeLessThan(1e-6)
})
test('units that belong together count as one: errors by cluster of four equal copies are twice those of single units', () => {
  const panel = made(6, 30, () => 1, 1)
  const times = <T>(xs: ArrayLike<T>, width: number) =>
    Array.from({ length: xs.length * 4 }, (_, at) => xs[Math.floor(at / (4 * width)) * width + (at % width)]!)
  const four = {
    periods: panel.periods,
    outcome: times(panel.outcome, 6),
    firstTreated: times(panel.firstTreated, 1),
  }
  const clusters = four.firstTreated.map((_, i) => Math.floor(i / 4))
  const single = simpleAverage(groupTimeEffects(panel)).standardError
  expect(simpleAverage(groupTimeEffects({ ...four, clusters })).standardError).toBeCloseTo(single, 9)
  expect(simpleAverage(groupTimeEffects(four)).standardError).toBeCloseTo(single / 2, 9)
})
test('anticipation moves the base back; units treated from the first period on are left out and counted', () => {
  const early = made(3, 30, (since) => 5 + since, 0)
  const outcome = Array.from(early.outcome, (y, at) => {
    const g = early.firstTreated[Math.floor(at / 6)]!
    return y + (g > 0 && (at % 6) + 1 === g - 1 ? 4 : 0)
  })
  const found = groupTimeEffects({ ...early, outcome }, { anticipation: 1 })
  for (const { group, period, effect } of found.effects) {
    const expected = period >= group ? 5 + (period - group) : period === group - 1 ? 4 : 0
    expect(effect).toBeCloseTo(expected, 9)
  }
  const first = Array.from(early.firstTreated, (g, i) => (i === 0 ? 1 : g))
  expect(groupTimeEffects({ ...early, firstTreated: first }).panel.alwaysTreated).toBe(1)
})
test('a group that covariates set apart is skipped and named, not estimated', () => {
  const panel = made(5, 30, () => 1, 1)
  const covariates = Array.from(panel.firstTreated, (g, i) => (g === 3 ? 100 : i % 7))
  const found = groupTimeEffects({ ...panel, covariates })
  expect(found.effects.every((effect) => effect.group === 5)).toBe(true)
  expect(found.skipped.length).toBe(5)
  expect(found.skipped.every((skip) => skip.group === 3)).toBe(true)
})
test('missing outcomes, nobody treated, nobody to compare with and periods out of order are refused', () => {
  const panel = made(1, 9, () => 1, 1)
  const hole = Array.from(panel.outcome, (y, at) => (at === 7 ? Number.NaN : y))
  expect(() => groupTimeEffects({ ...panel, outcome: hole })).toThrow(/nothing missing/)
  expect(() => groupTimeEffects({ ...panel, firstTreated: new Array(9).fill(0) })).toThrow(
    /treated after its first period/,
  )
  expect(() => groupTimeEffects({ ...panel, firstTreated: new Array(9).fill(3) })).toThrow(
    /units to compare with/,
  )
  expect(() => groupTimeEffects({ ...panel, periods: [1, 2, 2, 3, 4, 5] })).toThrow(/rising order/)
  expect(() => groupTimeEffects({ ...panel, firstTreated: [1] })).toThrow(RangeError)
  expect(() => twoByTwo([1, 2], [1, 1], [0, 1])).toThrow(RangeError)
  expect(() => twoByTwo([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], [0, 1, 0, 1, 1])).toThrow(
    /both groups in both periods/,
  )
  expect(() =>
    twoWayFixedEffects({
      y: [1, 2, 3, 4],
      x: [1, 1, 2, 2],
      columns: 1,
      unit: [1, 1, 2, 2],
      period: [1, 2, 1, 2],
    }),
  ).toThrow(RangeError)
})
