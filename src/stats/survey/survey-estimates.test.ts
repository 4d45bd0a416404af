import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { mean, variance } from '#stats/numeric/sum.ts'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { surveyDesign } from './design.ts'
import { combine, estimateAt } from './estimate.ts'
import { groupGap } from './group-gap.ts'
import { replicateMeans } from './replicate-estimates.ts'
import { jackknife1 } from './replicates.ts'
import { surveyMean, surveyMeansByGroup, surveyRatio, surveyTotal } from './survey-estimates.ts'

interface Value {
  est: number
  se: number
}
interface Apiclus1 {
  expected: {
    mean_api00_taylor_fpc: Value
    total_enroll_taylor_fpc: Value
    mean_api00_taylor_nofpc: Value
    mean_api00_JK1_nofpc: Value
    ratio_api00_api99: Value
    by_stype: { stype: string; api00: number; se: number }[]
    gap_E_minus_H: Value
    deff_mean_api00: number
  }
  tolerance: number
}

agreement(
  'agrees with R 4.2.2, survey: svymean, svytotal, svyratio, svyby, svycontrast, deff and JK1 of apiclus1',
  () => {
    const { expected, tolerance } = referenceJson<Apiclus1>('methods/08_survey_apiclus1_expected.json')
    const data = referenceColumns('methods/08_survey_apiclus1.csv')
    const column = (name: string) => data[name]!.map(Number)
    const weights = column('pw')
    const clusters = column('dnum')
    const design = surveyDesign({ weights, clusters, clustersInPopulation: column('fpc') })
    const endless = surveyDesign({ weights, clusters })
    const api00 = column('api00')
    const agree = (found: { value: number; standardError: number }, { est, se }: Value) => {
      expect(Math.abs(found.value - est)).toBeLessThan(tolerance)
      expect(Math.abs(found.standardError - se)).toBeLessThan(tolerance)
    }
    const found = surveyMean(design, api00)
    agree(found, expected.mean_api00_taylor_fpc)
    expect(Math.abs(found.designEffect - expected.deff_mean_api00)).toBeLessThan(tolerance)
    agree(surveyTotal(design, column('enroll')), expected.total_enroll_taylor_fpc)
    agree(surveyMean(endless, api00), expected.mean_api00_taylor_nofpc)
    agree(
      estimateAt(replicateMeans(jackknife1(endless, 'replicates'), [api00]), 0),
      expected.mean_api00_JK1_nofpc,
    )
    agree(surveyRatio(design, api00, column('api99')), expected.ratio_api00_api99)
    const byType = surveyMeansByGroup(design, api00, data.stype!)
    for (const { stype, api00: est, se } of expected.by_stype) {
      agree(estimateAt(byType, byType.groups.indexOf(stype)), { est, se })
      agree(
        surveyMean(
          design,
          api00,
          data.stype!.map((type) => type === stype),
        ),
        { est, se },
      )
    }
    agree(
      combine(
        byType,
        byType.groups.map((g) => (g === 'E' ? 1 : g === 'H' ? -1 : 0)),
      ),
      expected.gap_E_minus_H,
    )
    agree(groupGap(design, api00, data.stype!, 'E', 'H'), expected.gap_E_minus_H)
  },
)

const sample = fc.array(
  fc.record({
    y: fc.integer({ min: -50, max: 50 }),
    w: fc.integer({ min: 1, max: 9 }),
    school: fc.integer({ min: 0, max: 4 }),
    stratum: fc.integer({ min: 0, max: 1 }),
  }),
  { minLength: 2, maxLength: 25 },
)
type Row = { y: number; w: number; school: number; stratum: number }
/** Two clusters are put into each stratum so that every drawn sample is a design. */
const whole = (rows: Row[]): Row[] =>
  rows.concat([0, 1].flatMap((stratum) => [8, 9].map((school) => ({ y: school, w: 1, school, stratum }))))
const designOf = (rows: Row[]) =>
  surveyDesign({
    weights: rows.map((row) => row.w),
    strata: rows.map((row) => row.stratum),
    clusters: rows.map((row) => row.school),
  })
const meanOf = (rows: Row[]) =>
  surveyMean(
    designOf(rows),
    rows.map((row) => row.y),
  )

test('a simple random sample has the textbook error: standard deviation ÷ √n, t with n − 1', () => {
  const y = [3, 7, 8, 12]
  const { value, standardError, low, high, degreesOfFreedom } = surveyMean(
    surveyDesign({ weights: [5, 5, 5, 5] }),
    y,
  )
  const expected = Math.sqrt(41 / 3 / 4)
  expect(value).toBe(7.5)
  expect(standardError).toBeCloseTo(expected, 12)
  expect(degreesOfFreedom).toBe(3)
  expect(high - value).toBeCloseTo(3.182446305284263 * expected, 9)
  expect(value - low).toBeCloseTo(3.182446305284263 * expected, 9)
})
test('rows may change places, weights may be multiplied, values shifted and stretched', () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: 1, max: 5 }), (drawn, factor) => {
      const rows = whole(drawn)
      const once = meanOf(rows)
      const other = meanOf(rows.map((row) => ({ ...row, w: factor * row.w, y: 3 * row.y - 20 })).reverse())
      expect(other.value).toBeCloseTo(3 * once.value - 20, 9)
      expect(other.standardError).toBeCloseTo(3 * once.standardError, 9)
    }),
  )
})
test('a unit of double weight counts as two equal units of the same cluster', () => {
  fc.assert(
    fc.property(sample, (drawn) => {
      const rows = whole(drawn)
      const doubled = meanOf(rows.map((row) => ({ ...row, w: 2 * row.w })))
      const twice = meanOf(rows.concat(rows))
      expect(twice.value).toBeCloseTo(doubled.value, 9)
      expect(twice.standardError).toBeCloseTo(doubled.standardError, 9)
    }),
  )
})
test('a census has no sampling error, and a total is the mean times the population', () => {
  const design = surveyDesign({ weights: [1, 1, 1], clustersInPopulation: [3, 3, 3] })
  expect(surveyMean(design, [1, 2, 9]).standardError).toBe(0)
  const half = surveyDesign({ weights: [2, 2, 2, 2] })
  expect(surveyTotal(half, [1, 2, 3, 4]).value).toBe(8 * surveyMean(half, [1, 2, 3, 4]).value)
})
test('a gap inside the same schools has the error of the differences, not of two separate means', () => {
  const school = [0, 0, 1, 1, 2, 2]
  const y = [10, 12, 20, 22, 33, 34]
  const design = surveyDesign({ weights: [1, 1, 1, 1, 1, 1], clusters: school })
  const gap = groupGap(design, y, ['b', 'a', 'b', 'a', 'b', 'a'], 'a', 'b')
  // Differences of the three schools: 2, 2, 1.
  expect(gap.value).toBeCloseTo(5 / 3, 12)
  expect(gap.standardError).toBeCloseTo(Math.sqrt(1 / 3 / 3), 12)
  expect(gap.first.standardError).toBeGreaterThan(5)
  expect(gap.effectSize).toBeCloseTo(
    gap.value / Math.sqrt((variance([12, 22, 34]) + variance([10, 20, 33])) / 2),
    12,
  )
})
test('the 95 % interval of a clustered sample holds the mean of the population in about 95 of 100 samples', () => {
  const random = philox(2026)
  const schools = Array.from({ length: 400 }, () => {
    const level = random.normal()
    return Array.from({ length: 10 }, () => level + 2 * random.normal())
  })
  const all = schools.flat()
  const truth = mean(all)
  let held = 0
  const samples = 2000
  for (let sample = 0; sample < samples; sample++) {
    const drawn = random.shuffle([...schools.keys()]).slice(0, 25)
    const design = surveyDesign({
      weights: new Array(250).fill(16),
      clusters: drawn.flatMap((school) => new Array(10).fill(school)),
      clustersInPopulation: new Array(250).fill(400),
    })
    const { low, high } = surveyMean(
      design,
      drawn.flatMap((school) => schools[school]!),
    )
    if (low <= truth && truth <= high) held++
  }
  expect(held / samples).toBeGreaterThan(0.935)
  expect(held / samples).toBeLessThan(0.965)
})
test('a stratum of one cluster is measured against the mean of all, when that is asked for', () => {
  const input = { weights: [1, 1, 1], strata: ['a', 'a', 'b'] }
  expect(() => surveyDesign(input)).toThrow(/two or more clusters in every stratum/)
  const design = surveyDesign({ ...input, singleCluster: 'grand mean' })
  expect(surveyMean(design, [1, 3, 8]).standardError).toBeGreaterThan(0)
})
test('values outside the domain are not looked at; missing values inside it are refused', () => {
  const design = surveyDesign({ weights: [1, 1, 1] })
  expect(surveyMean(design, [1, Number.NaN, 3], [true, false, true]).value).toBe(2)
  expect(() => surveyMean(design, [1, Number.NaN, 3])).toThrow(/finite values inside its domain/)
  expect(() => surveyMean(design, [1, 2, 3], [false, false, false])).toThrow(/at least one unit/)
})
test('negative weights, no weights, one unit, too small a population and a group without members are refused', () => {
  expect(() => surveyDesign({ weights: [1, -1] })).toThrow(/weights of 0 or more/)
  expect(() => surveyDesign({ weights: [0, 0] })).toThrow(/not all 0/)
  expect(() => surveyDesign({ weights: [] })).toThrow(RangeError)
  expect(() => surveyDesign({ weights: [1] })).toThrow(/two or more clusters/)
  expect(() => surveyDesign({ weights: [1, 1], clustersInPopulation: [1, 1] })).toThrow(
    /no smaller than the sample/,
  )
  expect(() => surveyDesign({ weights: [1, 1], strata: [1] })).toThrow(/as many entries as weights/)
  const design = surveyDesign({ weights: [1, 1] })
  expect(() => groupGap(design, [1, 2], ['a', 'a'], 'a', 'b')).toThrow(/each with members/)
  expect(() => groupGap(design, [1, 2], ['a', 'b'], 'a', 'b')).toThrow(/differ within the groups/)
  expect(() => surveyRatio(design, [1, 2], [0, 0])).toThrow(/other than 0/)
})
