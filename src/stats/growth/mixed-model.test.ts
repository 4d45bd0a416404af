import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { type MixedModel, type MixedModelData, mixedModel, mixedModelFromSums } from './mixed-model.ts'

interface Lme4 {
  n: number
  criterion: number
  logLik: number
  fixef: Record<string, number>
  fixef_se: Record<string, number>
  vcov_fixef: number[][]
  varcor: Record<string, number[][]>
  sigma: number
  ranef: Record<string, { id: string[]; est: number[][]; var: number[] | number[][][] }>
}

/** Numbers 0 … for the names in a column, in the order of `ids`. */
function codes(names: readonly string[], ids: readonly string[]): Int32Array {
  const place = new Map(ids.map((id, k) => [id, k]))
  return Int32Array.from(names, (name) => place.get(name)!)
}

function rowsOf(...columns: readonly (readonly number[])[]): Float64Array {
  const rows = columns[0]!.length
  return Float64Array.from({ length: rows * columns.length }, (_, k) => {
    return columns[k % columns.length]![Math.floor(k / columns.length)]!
  })
}

/** Largest difference, relative where the expected number is above 1. */
function off(found: number, expected: number): number {
  return Math.abs(found - expected) / Math.max(1, Math.abs(expected))
}

function compare(model: MixedModel, expected: Lme4, tolerance: number) {
  const names = Object.keys(expected.fixef)
  let worst = Math.max(off(model.criterion, expected.criterion), off(model.logLikelihood, expected.logLik))
  for (const [j, name] of names.entries()) {
    worst = Math.max(worst, off(model.coefficients[j]!, expected.fixef[name]!))
    worst = Math.max(worst, off(model.standardErrors[j]!, expected.fixef_se[name]!))
    for (let k = 0; k < names.length; k++) {
      worst = Math.max(worst, off(model.covariance[j * names.length + k]!, expected.vcov_fixef[j]![k]!))
    }
  }
  worst = Math.max(worst, off(Math.sqrt(model.residualVariance), expected.sigma))
  for (const term of model.terms) {
    const variance = expected.varcor[term.name]!.flat()
    for (const [k, v] of term.variance.entries()) worst = Math.max(worst, off(v, variance[k]!))
    const { est, var: conditional } = expected.ranef[term.name]!
    for (let g = 0; g < term.groups; g++) {
      for (let a = 0; a < term.width; a++)
        worst = Math.max(worst, off(term.effects[g * term.width + a]!, est[a]![g]!))
    }
    for (const [k, v] of conditional.flat(2).entries()) {
      worst = Math.max(worst, off(term.conditionalVariance[k]!, v))
    }
  }
  expect(model.converged).toBe(true)
  expect(model.rows).toBe(expected.n)
  expect(worst).toBeLessThan(tolerance)
}

describe('agreement with lme4', () => {
  agreement('agrees with R 4.2.2, lme4 1.1-31: six models of 4059 pupils in 65 schools', () => {
    const data = referenceColumns('mixed-exam/data.csv')
    const expected = referenceJson<Record<string, Lme4>>('mixed-exam/reference.json')
    const number = (name: string) => data[name]!.map(Number)
    const is = (name: string, value: string) => data[name]!.map((v) => (v === value ? 1 : 0))
    const y = number('normexam')
    const one = y.map(() => 1)
    const ids = expected.null!.ranef.school!.id
    const school = { name: 'school', group: codes(data.school!, ids), groups: ids.length }
    const model = (
      columns: readonly (readonly number[])[],
      term: MixedModelData['terms'][number] = school,
    ): MixedModelData => ({
      x: rowsOf(...columns),
      y,
      rows: y.length,
      columns: columns.length,
      terms: [term],
    })
    const lrt = number('standLRT')
    const context = [
      one,
      lrt,
      is('sex', 'M'),
      is('schgend', 'boys'),
      is('schgend', 'girls'),
      number('schavg'),
    ]
    compare(mixedModel(model([one])), expected.null!, 1e-5)
    compare(mixedModel(model([one, lrt])), expected.vam_reml!, 1e-5)
    compare(mixedModel(model([one, lrt]), 'ML'), expected.vam_ml!, 1e-5)
    compare(mixedModel(model(context)), expected.contextual!, 1e-5)
    const sloped = { ...school, slopes: [lrt] }
    compare(mixedModel(model([one, lrt], sloped)), expected.random_slope!, 1e-4)
    compare(mixedModel(model([one, lrt], sloped), 'ML'), expected.random_slope_ml!, 1e-4)
  })

  agreement('agrees with R 4.2.2, lme4 1.1-31: slopes, crossed and nested groups, Dutch classes', () => {
    const expected = referenceJson<Record<string, Lme4>>('mixed-small/reference.json')
    const term = (name: string, names: readonly string[], of: Lme4) => {
      const ids = of.ranef[name]!.id
      return { name, group: codes(names, ids), groups: ids.length }
    }
    const sleep = referenceColumns('mixed-small/sleepstudy.csv')
    const days = sleep.Days!.map(Number)
    const subject = { ...term('Subject', sleep.Subject!, expected.sleepstudy!), slopes: [days] }
    const reaction = {
      x: rowsOf(
        days.map(() => 1),
        days,
      ),
      y: sleep.Reaction!.map(Number),
      rows: days.length,
      columns: 2,
      terms: [subject],
    }
    compare(mixedModel(reaction), expected.sleepstudy!, 1e-5)
    compare(mixedModel(reaction, 'ML'), expected.sleepstudy_ml!, 1e-5)
    const penicillin = referenceColumns('mixed-small/penicillin.csv')
    const level = (of: Record<string, string[]>, outcome: string, terms: MixedModelData['terms']) => {
      const y = of[outcome]!.map(Number)
      return { x: new Float64Array(y.length).fill(1), y, rows: y.length, columns: 1, terms }
    }
    const crossed = expected.penicillin_crossed!
    const plates = [term('plate', penicillin.plate!, crossed), term('sample', penicillin.sample!, crossed)]
    compare(mixedModel(level(penicillin, 'diameter', plates)), crossed, 1e-5)
    const pastes = referenceColumns('mixed-small/pastes.csv')
    const nested = expected.pastes_nested!
    const casks = [term('batch', pastes.batch!, nested), term('sample', pastes.sample!, nested)]
    compare(mixedModel(level(pastes, 'strength', casks)), nested, 1e-5)
    const dutch = referenceColumns('mixed-small/nlschools.csv')
    const language = dutch.lang!.map(Number)
    const classes = {
      x: rowsOf(
        language.map(() => 1),
        dutch.IQ!.map(Number),
        dutch.SES!.map(Number),
        dutch.COMB!.map(Number),
      ),
      y: language,
      rows: language.length,
      columns: 4,
      terms: [term('class', dutch.class!, expected.nlschools!)],
    }
    compare(mixedModel(classes), expected.nlschools!, 1e-5)
  })

  agreement('agrees with R 4.2.2, lme4 1.1-31: 31,022 pupils of 2,410 schools in 131 municipalities', () => {
    interface Chem {
      valueAdded: {
        fixed: Record<string, number>
        se: Record<string, number>
        varSchool: number
        varLea: number
        varResidual: number
        remlCriterion: number
        schoolEffects: { school: string; effect: number; se: number }[]
      }
      nullModel: { intercept: number; varSchool: number; varResidual: number; icc: number }
    }
    const data = referenceColumns('chem97/results.csv')
    const { valueAdded, nullModel } = referenceJson<Chem>('chem97/reference.json')
    const y = data.alevel_chemistry!.map(Number)
    const gcse = data.gcse_mean!.map(Number)
    const centre = gcse.reduce((total, v) => total + v, 0) / gcse.length
    const one = y.map(() => 1)
    const girl = data.sex!.map((sex) => (sex === 'F' ? 1 : 0))
    const schools = valueAdded.schoolEffects.map(({ school }) => school)
    const areas = [...new Set(data.lea!)]
    const school = { name: 'school', group: codes(data.school!, schools), groups: schools.length }
    const area = { name: 'lea', group: codes(data.lea!, areas), groups: areas.length }
    const x = rowsOf(
      one,
      gcse.map((v) => v - centre),
      girl,
    )
    const model = mixedModel({ x, y, rows: y.length, columns: 3, terms: [school, area] })
    expect(model.converged).toBe(true)
    for (const [j, name] of Object.keys(valueAdded.fixed).entries()) {
      expect(off(model.coefficients[j]!, valueAdded.fixed[name]!)).toBeLessThan(1e-3)
      expect(off(model.standardErrors[j]!, valueAdded.se[name]!)).toBeLessThan(1e-3)
    }
    expect(model.terms[0]!.variance[0]! / valueAdded.varSchool).toBeCloseTo(1, 3)
    expect(Math.abs(model.terms[1]!.variance[0]! / valueAdded.varLea - 1)).toBeLessThan(1e-3)
    expect(model.residualVariance / valueAdded.varResidual).toBeCloseTo(1, 3)
    expect(Math.abs(model.criterion - valueAdded.remlCriterion)).toBeLessThan(1e-3)
    for (const [g, { effect, se }] of valueAdded.schoolEffects.entries()) {
      expect(Math.abs(model.terms[0]!.effects[g]! - effect)).toBeLessThan(1e-3)
      expect(Math.abs(Math.sqrt(model.terms[0]!.conditionalVariance[g]!) - se)).toBeLessThan(1e-3)
    }
    const level = mixedModel({ x: Float64Array.from(one), y, rows: y.length, columns: 1, terms: [school] })
    const between = level.terms[0]!.variance[0]!
    expect(level.coefficients[0]).toBeCloseTo(nullModel.intercept, 3)
    expect(Math.abs(between / nullModel.varSchool - 1)).toBeLessThan(1e-3)
    expect(Math.abs(level.residualVariance / nullModel.varResidual - 1)).toBeLessThan(1e-3)
    expect(between / (between + level.residualVariance)).toBeCloseTo(nullModel.icc, 4)
  })

  agreement('agrees with MLwiN and lme4 on 65 London schools from sums by school alone', () => {
    interface Expected {
      expected: {
        ml: { beta: number[]; se: number[]; var_school: number; var_pupil: number; minus2LL: number }
        reml: { beta: number[]; var_school: number; var_pupil: number }
        null_ml: { beta: number; var_school: number; var_pupil: number; minus2LL: number }
        blup: { school: string; u: number; cond_se: number }[]
      }
      tolerance: number
    }
    const { expected, tolerance } = referenceJson<Expected>(
      'methods/06_value_added_london_exam_expected.json',
    )
    const of = referenceColumns('methods/06_value_added_london_exam_sufficient_stats.csv')
    const sums = Object.fromEntries(Object.entries(of).map(([name, values]) => [name, values.map(Number)]))
    const whole = (name: string) => sums[name]!.reduce((total, v) => total + v, 0)
    const [n, sx, sy, sxx, sxy, syy] = ['n', 'sx', 'sy', 'sxx', 'sxy', 'syy'].map(whole) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const schools = sums.n!.map((count, s) => ({ count, x: [count, sums.sx![s]!], y: sums.sy![s]! }))
    const products = Float64Array.of(n, sx, sy, sx, sxx, sxy, sy, sxy, syy)
    const near = (found: number, wanted: number) => expect(Math.abs(found - wanted)).toBeLessThan(tolerance)
    const ml = mixedModelFromSums('school', schools, products, 'ML')
    near(ml.criterion, expected.ml.minus2LL)
    near(ml.terms[0]!.variance[0]!, expected.ml.var_school)
    near(ml.residualVariance, expected.ml.var_pupil)
    for (const j of [0, 1]) {
      near(ml.coefficients[j]!, expected.ml.beta[j]!)
      near(ml.standardErrors[j]!, expected.ml.se[j]!)
    }
    const reml = mixedModelFromSums('school', schools, products)
    near(reml.terms[0]!.variance[0]!, expected.reml.var_school)
    near(reml.residualVariance, expected.reml.var_pupil)
    for (const j of [0, 1]) near(reml.coefficients[j]!, expected.reml.beta[j]!)
    for (const { school, u, cond_se } of expected.blup) {
      const s = of.school!.indexOf(school)
      near(ml.terms[0]!.effects[s]!, u)
      near(Math.sqrt(ml.terms[0]!.conditionalVariance[s]!), cond_se)
    }
    const level = schools.map(({ count, y }) => ({ count, x: [count], y }))
    const alone = mixedModelFromSums('school', level, Float64Array.of(n, sy, sy, syy), 'ML')
    near(alone.criterion, expected.null_ml.minus2LL)
    near(alone.coefficients[0]!, expected.null_ml.beta)
    near(alone.terms[0]!.variance[0]!, expected.null_ml.var_school)
    near(alone.residualVariance, expected.null_ml.var_pupil)
  })
})

/** Groups of 1–8 rows that differ in level, in a larger group of two or three each; a slope common to all. */
const nestedRows = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 4, maxLength: 9 }),
    seed: fc.nat(),
  })
  .map(({ sizes, seed }) => {
    const random = philox(seed)
    const group = [8, ...sizes].flatMap((size, g) => new Array<number>(size).fill(g))
    const start = group.map(() => random.normal())
    const y = group.map((g, i) => 2 + 0.5 * start[i]! + Math.sin(3 * g) + random.normal())
    const groups = sizes.length + 1
    const term = { name: 'unit', group, groups }
    const larger = { name: 'area', group: group.map((g) => g % 2), groups: 2 }
    const data = {
      x: rowsOf(
        start.map(() => 1),
        start,
      ),
      y,
      rows: y.length,
      columns: 2,
      terms: [term],
    }
    return { data, term, larger }
  })

describe('laws', () => {
  test('the variances of one grouping obey their closed form in a balanced design', () => {
    // Means 2, 6, 9, 3: the mean square between is 20, that within 2; each group has 2 rows.
    const y = [1, 3, 5, 7, 8, 10, 2, 4]
    const model = mixedModel({
      x: new Float64Array(8).fill(1),
      y,
      rows: 8,
      columns: 1,
      terms: [{ name: 'pair', group: [0, 0, 1, 1, 2, 2, 3, 3], groups: 4 }],
    })
    expect(model.residualVariance).toBeCloseTo(2, 8)
    expect(model.terms[0]!.variance[0]).toBeCloseTo((20 - 2) / 2, 6)
  })

  test('effects are drawn towards 0, and in sum they are 0', () => {
    fc.assert(
      fc.property(nestedRows, ({ data, term }) => {
        const model = mixedModel(data)
        const { effects, counts, variance } = model.terms[0]!
        const [b0, b1] = model.coefficients
        let total = 0
        for (let g = 0; g < term.groups; g++) {
          const rows = data.y.map((_, i) => i).filter((i) => term.group[i] === g)
          const raw = rows.reduce((t, i) => t + data.y[i]! - b0! - b1! * data.x[2 * i + 1]!, 0) / rows.length
          const kept = variance[0]! / (variance[0]! + model.residualVariance / counts[g]!)
          expect(effects[g]).toBeCloseTo(kept * raw, 8)
          total += effects[g]!
        }
        if (variance[0]! > 0) expect(total).toBeCloseTo(0, 7)
      }),
      { numRuns: 40 },
    )
  })

  test('the order of rows and the names of groups do not matter; the order of rows not in the last digit', () => {
    fc.assert(
      fc.property(nestedRows, ({ data, term, larger }) => {
        const model = mixedModel({ ...data, terms: [term, larger] })
        const order = data.y.map((_, i) => i).reverse()
        const turned = (group: readonly number[]) => order.map((i) => group[i]!)
        const moved = mixedModel({
          ...data,
          x: Float64Array.from(order.flatMap((i) => [1, data.x[2 * i + 1]!])),
          y: turned(data.y),
          terms: [
            { ...term, group: turned(term.group) },
            { ...larger, group: turned(larger.group) },
          ],
        })
        expect(moved).toEqual(model)
        const renamed = mixedModel({
          ...data,
          terms: [{ ...term, group: term.group.map((g) => term.groups - 1 - g) }, larger],
        })
        expect(renamed.criterion).toBeCloseTo(model.criterion, 7)
      }),
      { numRuns: 20 },
    )
  })

  test('an outcome shifted and stretched moves the constant and stretches effects and errors', () => {
    fc.assert(
      fc.property(nestedRows, ({ data }) => {
        const model = mixedModel(data)
        const moved = mixedModel({ ...data, y: data.y.map((y) => 1e4 + 10 * y) })
        expect(moved.coefficients[0]).toBeCloseTo(1e4 + 10 * model.coefficients[0]!, 3)
        expect(moved.coefficients[1]).toBeCloseTo(10 * model.coefficients[1]!, 3)
        expect(moved.residualVariance).toBeCloseTo(100 * model.residualVariance, 2)
        expect(moved.standardErrors[0]).toBeCloseTo(10 * model.standardErrors[0]!, 3)
      }),
      { numRuns: 20 },
    )
  })

  test('the uncertainty of the fixed part only adds to the variance of an effect', () => {
    fc.assert(
      fc.property(nestedRows, ({ data, term, larger }) => {
        const { terms, totals } = mixedModel({ ...data, terms: [term, larger] })
        for (const { conditionalVariance, predictionVariance, variance } of terms) {
          for (const [g, given] of conditionalVariance.entries()) {
            expect(given).toBeLessThanOrEqual(variance[0]! + 1e-12)
            expect(predictionVariance[g]).toBeGreaterThanOrEqual(given)
          }
        }
        // Groups alternate between the larger ones by their own number: each lies in one of them.
        for (let g = 0; g < term.groups; g++) {
          expect(totals!.effects[g]).toBeCloseTo(terms[0]!.effects[g]! + terms[1]!.effects[g % 2]!, 10)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('crossed groups that fall into two parts without a common group still have effects', () => {
    // Raters 0–1 saw groups 0–1 only, raters 2–3 groups 2–3 only.
    const random = philox(4)
    const pairs = [0, 1, 2, 3].flatMap((g) => [0, 1, 0, 1].map((r) => [g, 2 * (g >> 1) + r] as const))
    const y = pairs.map(([g, r]) => g + 0.7 * r + random.normal())
    const model = mixedModel({
      x: new Float64Array(16).fill(1),
      y,
      rows: 16,
      columns: 1,
      terms: [
        { name: 'unit', group: pairs.map(([g]) => g), groups: 4 },
        { name: 'rater', group: pairs.map(([, r]) => r), groups: 4 },
      ],
    })
    expect(model.converged).toBe(true)
    expect(model.totals).toBeUndefined()
    for (const { effects, conditionalVariance, predictionVariance } of model.terms) {
      expect([...effects, ...conditionalVariance, ...predictionVariance].every(Number.isFinite)).toBe(true)
    }
  })

  test('one more level above never makes the data less likely', () => {
    fc.assert(
      fc.property(nestedRows, ({ data, term, larger }) => {
        const classes = {
          name: 'class',
          group: term.group.map((g, i) => 2 * g + (i % 2)),
          groups: 2 * term.groups,
        }
        const two = mixedModel({ ...data, terms: [classes, term] })
        const three = mixedModel({ ...data, terms: [classes, term, larger] })
        expect(three.criterion).toBeLessThanOrEqual(two.criterion + 1e-6)
        expect(three.totals!.effects.length).toBe(classes.groups)
      }),
      { numRuns: 15 },
    )
  })

  test('a group without rows has no effect and the variance of all groups', () => {
    const y = [1, 3, 5, 7, 8, 10, 2, 4]
    const group = [0, 0, 1, 1, 2, 2, 4, 4]
    const { terms } = mixedModel({
      x: new Float64Array(8).fill(1),
      y,
      rows: 8,
      columns: 1,
      terms: [{ name: 'pair', group, groups: 5 }],
    })
    expect(terms[0]!.effects[3]).toBe(0)
    expect(terms[0]!.conditionalVariance[3]).toBeCloseTo(terms[0]!.variance[0]!, 12)
  })

  test('groups that do not differ have no variance, no effect, and a warning', () => {
    const y = [1, 3, 1, 3, 1, 3, 1, 3]
    const model = mixedModel({
      x: new Float64Array(8).fill(1),
      y,
      rows: 8,
      columns: 1,
      terms: [{ name: 'pair', group: [0, 0, 1, 1, 2, 2, 3, 3], groups: 4 }],
    })
    expect(model.terms[0]!.variance[0]).toBe(0)
    expect(Array.from(model.terms[0]!.effects, Math.abs)).toEqual([0, 0, 0, 0])
    expect(model.warnings).toEqual(['singular: the data show no variance of some effect of pair'])
    expect(model.residualVariance).toBeCloseTo(8 / 7, 10)
  })
})

describe('what is refused', () => {
  const y = [1, 3, 5, 7, 8, 10, 2, 4]
  const pair = { name: 'pair', group: [0, 0, 1, 1, 2, 2, 3, 3], groups: 4 }
  const good = { x: new Float64Array(8).fill(1), y, rows: 8, columns: 1, terms: [pair] }

  test.each([
    ['no rows', { ...good, x: new Float64Array(0), y: [], rows: 0 }],
    ['as many columns as rows', { ...good, x: new Float64Array(64).fill(1), columns: 8 }],
    ['no grouping', { ...good, terms: [] }],
    ['one group', { ...good, terms: [{ ...pair, group: new Int32Array(8), groups: 1 }] }],
    [
      'a group of one row each',
      { ...good, terms: [{ ...pair, group: [0, 1, 2, 3, 4, 5, 6, 7], groups: 8 }] },
    ],
    ['a group that is not numbered', { ...good, terms: [{ ...pair, group: [0, 0, 1, 1, 2, 2, 3, 4] }] }],
    ['an outcome that is not finite', { ...good, y: [1, 3, 5, 7, 8, 10, 2, Number.NaN] }],
    ['an outcome that is always the same', { ...good, y: new Float64Array(8).fill(4) }],
    ['an outcome that differs between groups only', { ...good, y: [1, 1, 3, 3, 4, 4, 9, 9] }],
    ['columns that repeat each other', { ...good, x: new Float64Array(16).fill(1), columns: 2 }],
    ['a slope that is always 0', { ...good, terms: [{ ...pair, slopes: [new Float64Array(8)] }] }],
    ['a slope of another length', { ...good, terms: [{ ...pair, slopes: [[1, 2]] }] }],
  ])('%s', (_, data) => {
    expect(() => mixedModel(data)).toThrow(RangeError)
  })

  test('sums of one group only, or sums that are not finite', () => {
    const sums = { count: 4, x: [4], y: 10 }
    const products = Float64Array.of(8, 20, 20, 90)
    expect(() => mixedModelFromSums('unit', [sums], products)).toThrow(RangeError)
    expect(() => mixedModelFromSums('unit', [sums, { ...sums, y: Number.NaN }], products)).toThrow(RangeError)
  })
})
