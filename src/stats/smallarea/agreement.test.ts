import { expect } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import {
  betaFromMoments,
  cusum,
  estimateNormalPrior,
  exactFunnelLimits,
  funnelLimits,
  jamesStein,
  mannKendall,
  normalFunnelLimits,
  normalPosterior,
  shareAbove,
  sharePosterior,
  wilson,
} from './index.ts'

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(tolerance)
}

agreement('agrees with Newcombe (1998, table I, method 3): 81/263, 15/148, 0/20, 1/29', () => {
  const file = referenceJson<{
    inputs: { x: number; n: number }[]
    expected: [number, number][]
    tolerance: number
  }>('methods/05_wilson_newcombe.json')
  file.inputs.forEach(({ x, n }, i) => {
    const { low, high } = wilson(x, n)
    expectNear([low, high], file.expected[i]!, file.tolerance)
  })
})

agreement('agrees with Gelman et al. (BDA3 5.1): rat tumours, 4 of 14 after 70 historical groups', () => {
  const file = referenceJson<{
    inputs: { hist_mean: number; hist_sd: number; y: number; n: number }
    expected: {
      alpha: number
      beta: number
      posterior_mean: number
      posterior_sd: number
      ci95: [number, number]
      prob_rate_above_0_2: number
    }
    tolerance: number
  }>('methods/01_beta_binomial_rat_tumour.json')
  const { expected, tolerance } = file
  const prior = betaFromMoments(file.inputs.hist_mean, file.inputs.hist_sd)
  expectNear([prior.a, prior.b], [expected.alpha, expected.beta], tolerance)
  const found = sharePosterior(prior, file.inputs.y, file.inputs.n)
  expectNear([found.mean, found.sd], [expected.posterior_mean, expected.posterior_sd], tolerance)
  expectNear([found.low, found.high], expected.ci95, tolerance)
  expectNear([shareAbove(found, 0.2)], [expected.prob_rate_above_0_2], tolerance)
})

agreement(
  'agrees with Rubin (1981): eight schools, common mean 7.7, and their shrinkage at tau 5 and 10',
  () => {
    const file = referenceJson<{
      inputs: { y: number[]; se: number[] }
      expected: Record<string, number> & { shrunken_given_tau5: number[]; shrunken_given_tau10: number[] }
      tolerance: number
    }>('methods/01_normal_normal_eight_schools.json')
    const { y, se } = file.inputs
    const { expected, tolerance } = file
    const fixed = estimateNormalPrior(y, se, { tau2: 0 })
    expectNear([fixed.mean, fixed.meanStandardError], [expected.fixed_mean!, expected.fixed_se!], tolerance)
    const found = estimateNormalPrior(y, se)
    expectNear(
      [found.q, found.i2, found.tau2, found.mean, found.meanStandardError],
      [expected.Q!, expected.I2!, expected.tau2_DL!, expected.random_mean!, expected.random_se!],
      tolerance,
    )
    for (const [tau, shrunken] of [
      [5, expected.shrunken_given_tau5],
      [10, expected.shrunken_given_tau10],
    ] as const) {
      const prior = estimateNormalPrior(y, se, { tau2: tau ** 2 })
      expectNear(
        y.map((value, i) => normalPosterior(prior, value, se[i]!).mean),
        shrunken,
        tolerance,
      )
    }
  },
)

agreement('agrees with Efron and Morris: 18 batters shrunk towards .265 by .212', () => {
  const file = referenceJson<{
    inputs: { hits: number[]; at_bats: number; rest_of_season_average: number[] }
    expected: { grand_mean: number; c: number; james_stein: number[]; sse_mle: number; sse_js: number }
    tolerance: number
  }>('methods/01_shrinkage_efron_morris.json')
  const { hits, at_bats, rest_of_season_average: truth } = file.inputs
  const averages = hits.map((hit) => hit / at_bats)
  const grand = hits.reduce((a, b) => a + b, 0) / at_bats / hits.length
  const found = jamesStein(averages, (grand * (1 - grand)) / at_bats)
  expectNear([found.mean, found.factor], [file.expected.grand_mean, file.expected.c], 1e-6)
  expectNear(found.shrunken, file.expected.james_stein, 1e-4)
  const missed = (estimates: ArrayLike<number>) =>
    truth.reduce((total, value, i) => total + (value - estimates[i]!) ** 2, 0)
  expectNear([missed(averages), missed(found.shrunken)], [file.expected.sse_mle, file.expected.sse_js], 1e-4)
})

agreement(
  'agrees with Spiegelhalter (2005, A.1.1): normal and exact funnel limits for n from 8 to 400',
  () => {
    const file = referenceJson<{
      inputs: { theta0: number }
      expected: { n: number; z95_norm: number[]; exact95: number[]; exact998: number[] }[]
      tolerance: number
    }>('methods/01_funnel_limits.json')
    for (const row of file.expected) {
      const ends = ({ low, high }: { low: number; high: number }) => [low, high]
      const target = file.inputs.theta0
      expectNear(ends(normalFunnelLimits(target, row.n)), row.z95_norm, file.tolerance)
      expectNear(ends(exactFunnelLimits(target, row.n)), row.exact95, file.tolerance)
      expectNear(ends(exactFunnelLimits(target, row.n, 0.998)), row.exact998, file.tolerance)
      const chosen = row.n * target * (1 - target) < 10 ? row.exact95 : row.z95_norm
      expectNear(ends(funnelLimits(target, row.n)), chosen, file.tolerance)
    }
  },
)

agreement(
  'agrees with NIST e-Handbook 6.3.2.3: cumulative sums of 20 groups, out of control at the 14th',
  () => {
    const file = referenceJson<{
      inputs: { x: number[]; target: number; k: number; h: number }
      expected: { S_hi: number[]; S_lo: number[]; first_signal_index_1based: number }
      tolerance: number
    }>('methods/01_cusum_nist.json')
    const { x, target, k, h } = file.inputs
    const found = cusum(x, { target, slack: k, limit: h })
    expectNear(found.high, file.expected.S_hi, file.tolerance)
    expectNear(found.low, file.expected.S_lo, file.tolerance)
    expect(found.firstHigh! + 1).toBe(file.expected.first_signal_index_1based)
    expect(found.firstLow).toBeNull()
  },
)

agreement('agrees with SciPy: Mann–Kendall with a tie and the Theil–Sen slope', () => {
  const file = referenceJson<{
    inputs: { x: number[] }
    expected: { S: number; varS: number; z: number; p_two_sided: number; sen_slope: number }
    tolerance: number
  }>('methods/01_mann_kendall.json')
  const found = mannKendall(file.inputs.x)
  const { S, varS, z, p_two_sided, sen_slope } = file.expected
  expect([found.s, found.varianceOfS]).toEqual([S, varS])
  expectNear([found.z, found.p, found.slope], [z, p_two_sided, sen_slope], file.tolerance)
})
