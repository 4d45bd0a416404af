import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { detectableInClusters, detectableInPersons } from './minimum-detectable-effect.ts'
import { robustRegression } from './robust-regression.ts'
import { differenceOfChanges } from './two-by-two.ts'

agreement('agrees with Card and Krueger (1994), Table 3: 2.76 (1.36) jobs per store', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: Record<'NJ' | 'PA', { before: number; after: number; change_se: number }>
    expected: Record<
      | 'change_NJ'
      | 'change_PA'
      | 'did_from_rounded_means'
      | 'did_published'
      | 'se_from_change_ses'
      | 'se_published',
      number
    >
    tolerance: number
  }>('methods/09_card_krueger.json')
  const change = ({ before, after, change_se }: (typeof inputs)['NJ']) => ({
    before,
    after,
    changeError: change_se,
  })
  const found = differenceOfChanges(change(inputs.NJ), change(inputs.PA))
  const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
  close(found.treatedChange, expected.change_NJ)
  close(found.controlChange, expected.change_PA)
  close(found.effect, expected.did_from_rounded_means)
  close(found.effect, expected.did_published)
  close(found.standardError, expected.se_from_change_ses)
  close(found.standardError, expected.se_published)
})
agreement(
  'agrees with the formulas of Bloom, Dong and Maynard computed apart: two cluster designs, one of persons',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: ({ design: 'cluster' | 'individual' } & Record<
        'J' | 'n' | 'icc' | 'P' | 'R2_1' | 'R2_2' | 'R2' | 'g',
        number
      >)[]
      expected: { multiplier: number; mdes: number }[]
      tolerance: number
    }>('methods/09_mde.json')
    for (const [at, row] of inputs.entries()) {
      const shared = { treatedShare: row.P, covariates: row.g }
      const found =
        row.design === 'cluster'
          ? detectableInClusters({
              ...shared,
              clusters: row.J,
              perCluster: row.n,
              correlation: row.icc,
              explainedWithin: row.R2_1,
              explainedBetween: row.R2_2,
            })
          : detectableInPersons({ ...shared, persons: row.n, explained: row.R2 })
      expect(Math.abs(found.multiplier - expected[at]!.multiplier)).toBeLessThan(tolerance)
      expect(Math.abs(found.effect - expected[at]!.mdes)).toBeLessThan(tolerance)
    }
  },
)

const share = fc.double({ min: 0, max: 0.95, noNaN: true })
test('more schools, more pupils, better covariates and a more even split never make the smallest visible effect larger', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      share,
      share,
      (clusters, perCluster, correlation, explained) => {
        const base = { clusters, perCluster, correlation, explainedWithin: explained, treatedShare: 0.3 }
        const of = (change: object) => detectableInClusters({ ...base, ...change }).effect
        const now = of({})
        expect(of({ clusters: clusters + 10 })).toBeLessThanOrEqual(now)
        expect(of({ perCluster: perCluster + 10 })).toBeLessThanOrEqual(now + 1e-12)
        expect(of({ explainedBetween: 0.5 })).toBeLessThanOrEqual(now + 1e-12)
        expect(of({ treatedShare: 0.5 })).toBeLessThanOrEqual(now)
      },
    ),
  )
})
test('clusters of one person are persons', () => {
  const one = detectableInClusters({ clusters: 100, perCluster: 1, correlation: 0.4 })
  expect(one.effect).toBeCloseTo(detectableInPersons({ persons: 100 }).effect, 12)
})
test('three rows worked by hand: slope 1.5 with a classical error of √(1/12); errors by row are those of one-row clusters', () => {
  const x = Float64Array.of(1, 0, 1, 1, 1, 2)
  const { coefficients, classical, robust, clustered } = robustRegression({
    x,
    y: [0, 2, 3],
    rows: 3,
    columns: 2,
    clusters: [1, 2, 3],
  })
  expect(coefficients[1]).toBeCloseTo(1.5, 12)
  // Residuals −1/6, 1/3, −1/6: Σe² = 1/6 on one degree of freedom, Σ(x − 1)² = 2.
  expect(classical[1]).toBeCloseTo(Math.sqrt(1 / 12), 12)
  expect(robust[1]).toBeCloseTo(Math.sqrt((3 / 1) * ((1 / 36 + 1 / 36) / 4)), 12)
  expect(clustered![1]).toBeCloseTo(robust[1]!, 12)
})
test('too few schools, shares outside 0–1, negative errors and a regression without spare rows are refused', () => {
  expect(() => detectableInClusters({ clusters: 2, perCluster: 20, correlation: 0.1 })).toThrow(
    /3 units more/,
  )
  expect(() => detectableInClusters({ clusters: 20, perCluster: 20, correlation: 1.1 })).toThrow(
    /shares from 0 to 1/,
  )
  expect(() => detectableInPersons({ persons: 20, power: 1 })).toThrow(/between 0 and 1/)
  const change = { before: 1, after: 2, changeError: 0.1 }
  expect(() => differenceOfChanges(change, { ...change, changeError: -1 })).toThrow(/errors of 0 or more/)
  expect(() =>
    robustRegression({ x: Float64Array.of(1, 1), y: [1, 2], rows: 2, columns: 1, clusters: [1, 1] }),
  ).toThrow(/two or more clusters/)
  expect(() => robustRegression({ x: Float64Array.of(1), y: [1], rows: 1, columns: 1 })).toThrow(
    /more rows than parameters/,
  )
})
