import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { gapStatistic } from './group-gap.ts'
import { combinePlausibleValues, plausibleEstimates } from './plausible-values.ts'
import { replicateEstimates } from './replicate-estimates.ts'
import { balancedReplicates } from './replicates.ts'

agreement('agrees with R 4.2.2, mitools: MIcombine of five plausible values', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: { estimate_per_pv: number[]; sampling_se_per_pv: number[] }
    expected: Record<
      'estimate' | 'within_var' | 'between_var' | 'total_var' | 'se' | 'df_rubin' | 'mitools_se',
      number
    >
    tolerance: number
  }>('methods/08_plausible_values_rubin.json')
  const found = combinePlausibleValues(
    inputs.estimate_per_pv,
    inputs.sampling_se_per_pv.map((se) => se ** 2),
  )
  const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
  close(found.value, expected.estimate)
  close(found.within, expected.within_var)
  close(found.between, expected.between_var)
  close(found.standardError ** 2, expected.total_var)
  close(found.standardError, expected.se)
  close(found.standardError, expected.mitools_se)
  close(found.degreesOfFreedom, expected.df_rubin)
})
test('the combined error is never below the mean sampling error, and equal plausible values add nothing', () => {
  const number = fc.double({ min: -1e3, max: 1e3, noNaN: true })
  const variances = fc.double({ min: 1e-6, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, variances), { minLength: 2, maxLength: 10 }),
      fc.integer({ min: 1, max: 200 }),
      (pairs, df) => {
        const found = combinePlausibleValues(
          pairs.map(([x]) => x),
          pairs.map(([, v]) => v),
          df,
        )
        expect(found.standardError ** 2).toBeGreaterThanOrEqual(found.within * (1 - 1e-12))
        expect(found.degreesOfFreedom).toBeLessThanOrEqual(Math.max(1, df))
        const same = combinePlausibleValues(
          pairs.map(() => 5),
          pairs.map(([, v]) => v),
        )
        expect(same.missingShare).toBe(0)
        expect(same.degreesOfFreedom).toBe(Infinity)
      },
    ),
  )
})
test('one loop over plausible values and replicates is the combination of the parts', () => {
  const random = philox(11)
  const n = 40
  const zones = Array.from({ length: n }, (_, i) => Math.floor(i / 8))
  const halves = Array.from({ length: n }, (_, i) => Math.floor(i / 4) % 2)
  const group = Array.from({ length: n }, (_, i) => (i % 2 ? 'girl' : 'boy'))
  const plausible = Array.from({ length: 5 }, () =>
    Float64Array.from({ length: n }, () => 500 + 100 * random.normal()),
  )
  const replicates = balancedReplicates({ weights: new Array(n).fill(1), zones, halves, fay: 0.5 })
  const gap = gapStatistic(group, 'girl', 'boy')
  const found = plausibleEstimates(replicates, plausible, gap)
  const parts = plausible.map((values) => replicateEstimates(replicates, (w) => gap(values, w)))
  const byHand = combinePlausibleValues(
    parts.map((p) => p.values[2]!),
    parts.map((p) => p.covariance[2 * 4 + 2]!),
    5,
  )
  expect(found[2]!.value).toBeCloseTo(byHand.value, 12)
  expect(found[2]!.standardError).toBeCloseTo(byHand.standardError, 12)
  expect(found[2]!.value).toBeCloseTo(found[0]!.value - found[1]!.value, 9)
})
test('a single plausible value, a negative variance and unequal lengths are refused', () => {
  expect(() => combinePlausibleValues([1], [1])).toThrow(/two or more/)
  expect(() => combinePlausibleValues([1, 2], [1])).toThrow(RangeError)
  expect(() => combinePlausibleValues([1, 2], [1, -1])).toThrow(/variances of 0 or more/)
  expect(() => combinePlausibleValues([1, Number.NaN], [1, 1])).toThrow(RangeError)
})
