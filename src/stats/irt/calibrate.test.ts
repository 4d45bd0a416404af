import { expect } from 'vitest'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import {
  apart,
  expectFit,
  expectItems,
  itemsOf,
  type MirtFit,
  readAnswers,
  relativelyApart,
} from '#test/stats/irt-fits.ts'
import { gaussHermite, normalGrid } from '../numeric/quadrature.ts'
import { logistic } from '../numeric/special.ts'
import { mean } from '../numeric/sum.ts'
import { calibrate } from './calibrate.ts'

type Fits = Record<string, MirtFit>

agreement('agrees with R 4.2.2, mirt 1.45.1 on LSAT6: Rasch, 2PL and 3PL with a prior on logit(g)', () => {
  const { names, responses } = readAnswers('lsat6/data.csv')
  const fits = referenceJson<Fits>('lsat6/reference.json')
  const tolerance = { parameters: 1e-4, logLikelihood: 1e-4, errors: 1e-3 }
  expectFit(calibrate({ responses, items: itemsOf(names, 'rasch', 2) }), fits.rasch!, tolerance)
  expectFit(calibrate({ responses, items: itemsOf(names, '2pl', 2) }), fits['2pl']!, tolerance)
  const items = itemsOf(names, '3pl', 2).map((item) => ({
    ...item,
    guessingPrior: { kind: 'normal', mean: -1.1, sd: 0.5 } as const,
  }))
  const flat = calibrate({ responses, items })
  expectFit(flat, fits.threepl_prior!, { parameters: 1e-2, logLikelihood: 1e-2, errors: 1e-2 })
  const { logLik, logPrior } = fits.threepl_prior as MirtFit & { logPrior: number }
  expect(flat.logLikelihood + flat.logPrior).toBeGreaterThan(logLik + logPrior - 1e-6)
})

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 and ltm 1.2.0 on LSAT6: a common slope is the Rasch model in other units',
  () => {
    const { names, responses } = readAnswers('lsat6/data.csv')
    const { onepl_common_slope: theirs, ltm_rasch: ltm } = referenceJson<
      Fits & { ltm_rasch: { logLik: number; coef: number[][] } }
    >('lsat6/reference.json')
    const ours = calibrate({ responses, items: itemsOf(names, 'rasch', 2) })
    const { variance, varianceError } = ours.groups[0]!
    const slope = Math.sqrt(variance)
    expect(Math.abs(ours.logLikelihood - theirs!.logLik)).toBeLessThan(1e-4)
    expect(Math.abs(ours.logLikelihood - ltm.logLik)).toBeLessThan(1e-4)
    for (const [j, item] of ours.items.entries()) {
      const { est, se } = theirs!.slope_intercept[item.id]!
      expect(Math.abs(slope - est.a1!)).toBeLessThan(1e-4)
      expect(Math.abs(item.intercepts[0]! - est.d!)).toBeLessThan(1e-4)
      expect(Math.abs(varianceError! / (2 * slope) / se.a1! - 1)).toBeLessThan(1e-3)
      expect(Math.abs(item.errors.intercepts[0]! / se.d! - 1)).toBeLessThan(1e-3)
      expect(Math.abs(item.difficulties[0]! / slope - ltm.coef[j]![0]!)).toBeLessThan(1e-3)
    }
  },
)

agreement(
  'agrees with R 4.2.2, ltm 1.2.0 on LSAT6: 2PL on Gauss–Hermite nodes; and with Bock and Aitkin (1981)',
  () => {
    const { names, responses } = readAnswers('lsat6/data.csv')
    const { ltm, published } = referenceJson<{
      ltm: { logLik: number; coef: number[][]; se: number[] }
      published: { twoPL_logLik: number; rasch_common_slope_logLik: number }
    }>('lsat6/reference.json')
    const ours = calibrate({ responses, items: itemsOf(names, '2pl', 2), quadrature: gaussHermite(41) })
    expect(Math.abs(ours.logLikelihood - ltm.logLik)).toBeLessThan(1e-4)
    // ltm stops earlier: its likelihood is lower, its slopes are off by 4e-4, difficulties by half a per cent of their error.
    expect(ours.logLikelihood).toBeGreaterThan(ltm.logLik)
    expect(
      apart(
        ours.items.map(({ slope }) => slope),
        ltm.coef.map((c) => c[1]!),
      ),
    ).toBeLessThan(1e-3)
    expect(
      apart(
        ours.items.map(({ difficulties }) => difficulties[0]!),
        ltm.coef.map((c) => c[0]!),
      ),
    ).toBeLessThan(5e-3)
    const errors = [
      ...ours.items.map((item) => item.errors.difficulties[0]!),
      ...ours.items.map((item) => item.errors.slope),
    ]
    expect(relativelyApart(errors, ltm.se)).toBeLessThan(5e-3)
    expect(Math.abs(ours.logLikelihood - published.twoPL_logLik)).toBeLessThan(1e-3)
    const rasch = calibrate({ responses, items: itemsOf(names, 'rasch', 2) })
    expect(Math.abs(rasch.logLikelihood - published.rasch_common_slope_logLik)).toBeLessThan(1e-3)
  },
)

agreement('agrees with R 4.2.2, mirt 1.45.1 and TAM 4.3.25 on Science: GPCM, PCM, graded', () => {
  const { names, responses } = readAnswers('science/data.csv')
  const fits = referenceJson<Fits & { tam_pcm: TamFit }>('science/reference.json')
  const tolerance = { parameters: 2e-4, logLikelihood: 1e-4, errors: 1e-3 }
  expectFit(calibrate({ responses, items: itemsOf(names, 'gpcm', 4) }), fits.gpcm!, tolerance)
  expectFit(calibrate({ responses, items: itemsOf(names, 'graded', 4) }), fits.graded!, tolerance)
  const pcm = calibrate({ responses, items: itemsOf(names, 'pcm', 4) })
  expectFit(pcm, fits.pcm!, tolerance)
  const tam = fits.tam_pcm
  expect(Math.abs(-2 * pcm.logLikelihood - tam.deviance)).toBeLessThan(2e-4)
  expect(
    apart(
      pcm.items.flatMap(({ difficulties }) => difficulties),
      tam.xsi.xsi,
    ),
  ).toBeLessThan(2e-4)
  expect(Math.abs(pcm.groups[0]!.variance - tam.variance)).toBeLessThan(2e-4)
  expect(apart(pcm.abilities.mean, tam.EAP)).toBeLessThan(2e-4)
  expect(apart(pcm.abilities.sd, tam.EAP_SD)).toBeLessThan(2e-4)
})

interface TamFit {
  readonly deviance: number
  readonly xsi: { readonly xsi: number[] }
  readonly variance: number
  readonly EAP: number[]
  readonly EAP_SD: number[]
}

agreement('agrees with the fit of Science printed in the documentation of mirt: graded response', () => {
  const file = referenceJson<{
    inputs: { items: string[]; response_patterns: { pattern: number[]; count: number }[] }
    expected: {
      loglik: number
      a: Record<string, number>
      d: Record<string, number[]>
      b_difficulty: Record<string, number[]>
      eap_examples: { pattern: number[]; eap: number; sd: number }[]
      marginal_reliability: number
    }
    tolerance: { loglik: number; params: number; eap: number }
  }>('methods/07_grm_science.json')
  const { inputs, expected, tolerance } = file
  const responses = Int8Array.from(
    inputs.response_patterns.flatMap(({ pattern }) => pattern.map((x) => x - 1)),
  )
  const weights = inputs.response_patterns.map(({ count }) => count)
  const ours = calibrate({ responses, items: itemsOf(inputs.items, 'graded', 4), weights })
  expect(Math.abs(ours.logLikelihood - expected.loglik)).toBeLessThan(tolerance.loglik)
  for (const item of ours.items) {
    expect(Math.abs(item.slope - expected.a[item.id]!)).toBeLessThan(tolerance.params)
    expect(apart(item.intercepts, expected.d[item.id]!)).toBeLessThan(tolerance.params)
    expect(apart(item.difficulties, expected.b_difficulty[item.id]!)).toBeLessThan(tolerance.params)
  }
  for (const { pattern, eap, sd } of expected.eap_examples) {
    const i = inputs.response_patterns.findIndex((row) => row.pattern.join() === pattern.join())
    expect(Math.abs(ours.abilities.mean[i]! - eap)).toBeLessThan(tolerance.eap)
    expect(Math.abs(ours.abilities.sd[i]! - sd)).toBeLessThan(tolerance.eap)
  }
  const people = weights.reduce((sum, w) => sum + w, 0)
  const error = weights.reduce((sum, w, i) => sum + w * ours.abilities.sd[i]! ** 2, 0) / people
  expect(Math.abs(1 - error - expected.marginal_reliability)).toBeLessThan(tolerance.eap)
})

agreement('agrees with R 4.2.2, mirt 1.45.1 on SAT12: Rasch and 2PL', () => {
  const { names, responses } = readAnswers('sat12/data.csv')
  const fits = referenceJson<Fits>('sat12/reference.json')
  const tolerance = { parameters: 2e-4, logLikelihood: 1e-3, errors: 2e-3 }
  expectFit(calibrate({ responses, items: itemsOf(names, 'rasch', 2) }), fits.rasch!, tolerance)
  expectFit(calibrate({ responses, items: itemsOf(names, '2pl', 2) }), fits['2pl']!, tolerance)
})

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 on SAT12: 3PL, once the prior has the derivative that mirt takes it to have',
  () => {
    const { names, responses } = readAnswers('sat12/data.csv')
    const theirs = referenceJson<Fits>('sat12/reference.json').threepl_beta_prior as MirtFit & {
      logPrior: number
    }
    // mirt adds the derivative of ln Beta(g; 5, 17) by g to the derivative of the likelihood by logit(g): docs/methods.
    const prior = {
      kind: 'density',
      at: (x: number) => {
        const g = logistic(x)
        return {
          value: 4 * (x - Math.exp(-x)) - 16 * (x + Math.exp(x)),
          slope: 4 / g - 16 / (1 - g),
          curvature: 4 / g ** 2 + 16 / (1 - g) ** 2,
        }
      },
    } as const
    const items = itemsOf(names, '3pl', 2)
    const same = calibrate({ responses, items: items.map((item) => ({ ...item, guessingPrior: prior })) })
    expectFit(same, theirs, { parameters: 1e-3, logLikelihood: 1e-3, errors: 2e-3 })
    // With the derivative by logit(g) the posterior density that both aim at is higher.
    const ours = calibrate({ responses, items })
    expect(ours.converged).toBe(true)
    expect(ours.logLikelihood + ours.logPrior).toBeGreaterThan(theirs.logLik + theirs.logPrior)
  },
)

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 on verbal aggression: PCM, GPCM, graded; Rasch and 2PL when cut',
  () => {
    const { names, responses } = readAnswers('verbagg/data.csv', (all) => all.slice(3))
    const fits = referenceJson<Fits>('verbagg/reference.json')
    const tolerance = { parameters: 2e-4, logLikelihood: 1e-3, errors: 2e-3 }
    for (const model of ['pcm', 'gpcm', 'graded'] as const) {
      expectFit(calibrate({ responses, items: itemsOf(names, model, 3) }), fits[model]!, tolerance)
    }
    const cut = responses.map((x) => Math.min(x, 1))
    expectFit(
      calibrate({ responses: cut, items: itemsOf(names, 'rasch', 2) }),
      fits.dichotomised_rasch!,
      tolerance,
    )
    expectFit(
      calibrate({ responses: cut, items: itemsOf(names, '2pl', 2) }),
      fits.dichotomised_2pl!,
      tolerance,
    )
  },
)

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 on verbal aggression: two groups with free mean and variances',
  () => {
    const { names, responses, columns } = readAnswers('verbagg/data.csv', (all) => all.slice(3))
    const theirs = referenceJson<{
      multigroup_rasch_gender: {
        logLik: number
        par: Record<'F' | 'M', MirtFit['slope_intercept']>
      }
    }>('verbagg/reference.json').multigroup_rasch_gender
    const ours = calibrate({
      responses: responses.map((x) => Math.min(x, 1)),
      items: itemsOf(names, 'rasch', 2),
      groups: columns.Gender!.map((sex) => (sex === 'F' ? 0 : 1)),
    })
    expect(Math.abs(ours.logLikelihood - theirs.logLik)).toBeLessThan(1e-3)
    expectItems(ours, theirs.par.F, undefined, { parameters: 2e-4, logLikelihood: 1e-3, errors: 1e-3 })
    for (const [g, name] of (['F', 'M'] as const).entries()) {
      const { est, se } = theirs.par[name].GroupPars!
      const group = ours.groups[g]!
      expect(apart([group.mean, group.variance], [est.MEAN_1!, est.COV_11!])).toBeLessThan(2e-4)
      const errors = [group.meanError, group.varianceError]
      expect(relativelyApart(errors, [se.MEAN_1!, se.COV_11!])).toBeLessThan(3e-3)
    }
  },
)

agreement('agrees with R 4.2.2, TAM 4.3.25 on verbal aggression: latent regression', () => {
  const { names, responses, columns } = readAnswers('verbagg/data.csv', (all) => all.slice(3))
  const theirs = referenceJson<{
    latent_regression_rasch: TamFit & { beta: number[][] }
  }>('verbagg/reference.json').latent_regression_rasch
  const male = columns.Gender!.map((sex) => (sex === 'M' ? 1 : 0))
  const anger = columns.Anger!.map(Number)
  const beta = theirs.beta.flat()
  // TAM's ability is 0 where covariates are 0, ours where they are average: its nodes and numbers lie this far off.
  const shift = beta[1]! * mean(male) + beta[2]! * mean(anger)
  const quadrature = normalGrid(61, -6 - shift, 6 - shift)
  const ours = calibrate({
    responses: responses.map((x) => Math.min(x, 1)),
    items: itemsOf(names, 'rasch', 2),
    covariates: {
      names: ['male', 'anger'],
      values: Float64Array.from(male.flatMap((m, i) => [m, anger[i]!])),
    },
    quadrature,
  })
  expect(ours.converged).toBe(true)
  const shifted = (x: number) => x + shift
  expect(
    apart(
      ours.coefficients.map(({ value }) => value),
      beta.slice(1),
    ),
  ).toBeLessThan(2e-4)
  expect(Math.abs(ours.groups[0]!.variance - theirs.variance)).toBeLessThan(2e-4)
  expect(
    apart(
      ours.items.map(({ difficulties: [b] }) => shifted(b!)),
      theirs.xsi.xsi,
    ),
  ).toBeLessThan(2e-4)
  expect(apart(ours.abilities.mean.map(shifted), theirs.EAP)).toBeLessThan(2e-4)
  expect(apart(ours.abilities.sd, theirs.EAP_SD)).toBeLessThan(2e-4)
  const masses = male.map((m, i) => {
    const centre =
      ours.coefficients[0]!.value * (m - mean(male)) + ours.coefficients[1]!.value * (anger[i]! - mean(anger))
    return logMass(quadrature.nodes, centre, ours.groups[0]!.variance)
  })
  const deviance = -2 * (ours.logLikelihood + masses.reduce((sum, x) => sum + x, 0))
  expect(Math.abs(deviance - theirs.deviance)).toBeLessThan(1e-3)
})

/** TAM leaves priors as they fall on the nodes, mirt and we scale them to sum 1: ln of that sum. */
function logMass(nodes: Float64Array, centre: number, variance: number): number {
  const width = nodes[1]! - nodes[0]!
  const density = nodes.map((x) => Math.exp((-0.5 * (x - centre) ** 2) / variance))
  return Math.log((width * density.reduce((sum, x) => sum + x, 0)) / Math.sqrt(2 * Math.PI * variance))
}

agreement('agrees with R 4.2.2, TAM 4.3.25 on TIMSS 2007: PCM of two countries', () => {
  const { names, responses, columns } = timss()
  const theirs = referenceJson<{
    pcm_two_groups: Omit<TamFit, 'variance'> & { beta: number[][]; variance: number[] }
  }>('timss-aus-twn/reference.json').pcm_two_groups
  const ours = calibrate({
    responses,
    items: partialCredit(names, responses, 'pcm'),
    groups: columns.IDCNTRY!.map((country) => (country === '158' ? 0 : 1)),
  })
  const masses = ours.groups.map((g) => g.people * logMass(ours.quadrature.nodes, g.mean, g.variance))
  const deviance = -2 * (ours.logLikelihood + masses[0]! + masses[1]!)
  expect(Math.abs(deviance - theirs.deviance)).toBeLessThan(1e-2)
  expect(Math.abs(ours.groups[1]!.mean - theirs.beta[1]![0]!)).toBeLessThan(5e-4)
  expect(
    apart(
      ours.groups.map(({ variance }) => variance),
      theirs.variance,
    ),
  ).toBeLessThan(5e-4)
  expect(
    apart(
      ours.items.flatMap(({ difficulties }) => difficulties),
      theirs.xsi.xsi,
    ),
  ).toBeLessThan(5e-4)
  expect(apart(ours.abilities.mean, theirs.EAP)).toBeLessThan(5e-4)
  expect(apart(ours.abilities.sd, theirs.EAP_SD)).toBeLessThan(5e-4)
})

agreement(
  'agrees with R 4.2.2, mirt 1.45.1 and TAM 4.3.25 on TIMSS 2007: GPCM with and without weights',
  () => {
    const { names, responses } = timss()
    const fits = referenceJson<
      Fits & {
        gpcm_weighted: { deviance: number; item: Record<string, (number | null)[]> }
        gpcm_mirt_weighted: Pick<MirtFit, 'logLik' | 'slope_intercept'>
      }
    >('timss-aus-twn/reference.json')
    const items = partialCredit(names, responses, 'gpcm')
    expectFit(calibrate({ responses, items }), fits.gpcm_mirt!, {
      parameters: 5e-4,
      logLikelihood: 5e-3,
      errors: 2e-3,
    })

    const weights = referenceColumns('timss-aus-twn/weights.csv').weight!.map(Number)
    const ours = calibrate({ responses, items, weights })
    expect(Math.abs(ours.logLikelihood - fits.gpcm_mirt_weighted.logLik)).toBeLessThan(5e-3)
    const withoutErrors = Object.fromEntries(
      Object.entries(fits.gpcm_mirt_weighted.slope_intercept).map(([name, { est }]) => [
        name,
        { est, se: {} },
      ]),
    )
    expectItems(ours, withoutErrors, undefined, { parameters: 5e-4, logLikelihood: 5e-3, errors: 1 })
    // TAM rescales weights to the number of people and writes intercepts with the opposite sign.
    const share = weights.length / weights.reduce((sum, w) => sum + w, 0)
    expect(Math.abs(-2 * ours.logLikelihood * share - fits.gpcm_weighted.deviance)).toBeLessThan(1e-2)
    const table = fits.gpcm_weighted.item
    expect(
      apart(
        ours.items.map(({ slope }) => slope),
        table['B.Cat1.Dim1']!,
      ),
    ).toBeLessThan(5e-4)
    expect(
      apart(
        ours.items.map(({ intercepts }) => -intercepts[0]!),
        table['AXsi_.Cat1']!,
      ),
    ).toBeLessThan(5e-4)
    const second = ours.items.map(({ intercepts }) => (intercepts.length > 1 ? -intercepts[1]! : null))
    expect(apart(second, table['AXsi_.Cat2']!)).toBeLessThan(5e-4)
  },
)

function timss() {
  return readAnswers('timss-aus-twn/data.csv', (all) => all.slice(0, 11), 2)
}

/** Two scores or three, as the data show. */
function partialCredit(names: readonly string[], responses: Int8Array, model: 'pcm' | 'gpcm') {
  return names.map((id, j) => {
    const scores = responses.filter((_, at) => at % names.length === j)
    return { id, model, categories: scores.includes(2) ? 3 : 2 }
  })
}

agreement('agrees with R 4.2.2, mirt 1.45.1 on the reading test: Rasch and 2PL', () => {
  const { names, responses } = readAnswers('read-reliability/data.csv')
  const fits = referenceJson<Fits>('read-reliability/reference.json')
  const tolerance = { parameters: 2e-4, logLikelihood: 2e-4, errors: 1e-3 }
  expectFit(calibrate({ responses, items: itemsOf(names, 'rasch', 2) }), fits.rasch!, tolerance)
  expectFit(calibrate({ responses, items: itemsOf(names, '2pl', 2) }), fits['2pl']!, tolerance)
})
