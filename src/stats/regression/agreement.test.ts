import { expect } from 'vitest'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { irls } from '../numeric/irls.ts'
import {
  atCapacity,
  calibration,
  confusionRates,
  discrimination,
  fitLogistic,
  lifeTable,
  medianLifetime,
  predictLogistic,
} from './index.ts'

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(tolerance)
}

interface BirthWeight {
  expected: {
    coef: Record<string, number>
    se: Record<string, number>
    deviance: number
    null_deviance: number
    auc: number
    brier: number
    logloss: number
    ridge_lambda5_standardised_X: { coef: number[] }
  }
  tolerance: number
}

function birthWeight() {
  const table = referenceColumns('methods/02_logistic_birthwt.csv')
  const names = Object.keys(table).filter((name) => name !== 'low')
  const y = Float64Array.from(table.low!, Number)
  const rows = y.length
  const columns = names.length
  const x = new Float64Array(rows * columns)
  names.forEach((name, j) => {
    table[name]!.forEach((value, i) => {
      x[i * columns + j] = Number(value)
    })
  })
  return {
    x,
    y,
    rows,
    columns,
    names,
    file: referenceJson<BirthWeight>('methods/02_logistic_birthwt_expected.json'),
  }
}

agreement(
  'agrees with R 4.2, glm on birth weights: coefficients, deviance, area, Brier score and log-loss',
  () => {
    const { file, names, ...data } = birthWeight()
    const { expected, tolerance } = file
    const model = fitLogistic(data)
    expect(model.converged).toBe(true)
    expectNear([model.intercept, ...model.coefficients], Object.values(expected.coef), tolerance)
    expect(Object.keys(expected.coef).slice(1)).toEqual(names)
    expectNear([model.deviance, model.nullDeviance], [expected.deviance, expected.null_deviance], tolerance)
    const p = predictLogistic(model, data.x, data.rows)
    const found = calibration(p, data.y)
    expectNear(
      [discrimination(p, data.y).auc, found.brier, found.logLoss!],
      [expected.auc, expected.brier, expected.logloss],
      tolerance,
    )
  },
)

agreement('agrees with R 4.2, glm on birth weights: standard errors', () => {
  const { file, names, ...data } = birthWeight()
  const expected = Object.values(file.expected.se)
  expect(names.length).toBe(expected.length - 1)
  // R takes its errors from the weights one step before its last; stopped there, ours are R's to 1e-8.
  const stopped = irls({ ...data, family: 'binomial', intercept: true, maximumIterations: 3 })
  const size = data.columns + 1
  const errors = Array.from({ length: size }, (_, j) => Math.sqrt(stopped.covariance[j * size + j]!))
  expectNear(errors, expected, 1e-8)
  // At the maximum itself they differ from R's by no more than that last step makes.
  fitLogistic(data).standardErrors.forEach((error, j) => {
    expect(Math.abs(error / expected[j]! - 1)).toBeLessThan(2e-5)
  })
})

agreement('agrees with R 4.2, ridge with lambda 5 on standardised columns of birth weights', () => {
  const { file, names, ...data } = birthWeight()
  const expected = file.expected.ridge_lambda5_standardised_X.coef
  const model = fitLogistic(data, 5)
  expect(names.length).toBe(expected.length - 1)
  const atMeans = model.coefficients.reduce((total, b, j) => total + b * model.means[j]!, model.intercept)
  expectNear([atMeans, ...model.standardised], expected, file.tolerance)
})

agreement('agrees with computed calibration figures (Steyerberg 2010) of 15 predictions', () => {
  const file = referenceJson<{
    inputs: { p: number[]; y: number[] }
    expected: Record<string, number>
    tolerance: number
  }>('methods/02_calibration_metrics.json')
  const { p, y } = file.inputs
  const found = calibration(p, y)
  const top = atCapacity(p, y, 3)
  expectNear(
    [
      found.brier,
      found.brierSkill!,
      found.logLoss!,
      discrimination(p, y).auc,
      found.inTheLarge!,
      found.intercept!,
      found.slope!,
      found.observedOverExpected!,
      top.precision,
      top.recall,
    ],
    [
      'brier',
      'brier_skill',
      'log_loss',
      'auc',
      'calibration_in_the_large_logit',
      'calibration_intercept',
      'calibration_slope',
      'observed_over_expected',
      'precision_at_top3',
      'recall_at_top3',
    ].map((name) => file.expected[name]!),
    file.tolerance,
  )
})

agreement('agrees with ProPublica (2016): error rates of COMPAS in two groups', () => {
  type Group = 'group_A' | 'group_B'
  const file = referenceJson<{
    inputs: Record<Group, { tp: number; fp: number; fn: number; tn: number }>
    expected: Record<Group, Record<string, number>> & {
      fpr_difference: number
      selection_ratio_B_over_A: number
    }
    tolerance: number
  }>('methods/02_fairness_compas.json')
  const [a, b] = (['group_A', 'group_B'] as const).map((group) => {
    const found = confusionRates(file.inputs[group])
    const { n, prevalence, selection_rate, TPR, FPR, FNR, PPV, NPV } = file.expected[group]
    expect(found.n).toBe(n)
    expectNear(
      [
        found.prevalence!,
        found.selectionRate!,
        found.truePositiveRate!,
        found.falsePositiveRate!,
        found.falseNegativeRate!,
        found.positivePredictiveValue!,
        found.negativePredictiveValue!,
      ],
      [prevalence!, selection_rate!, TPR!, FPR!, FNR!, PPV!, NPV!],
      file.tolerance,
    )
    return found
  })
  expectNear([a!.falsePositiveRate! - b!.falsePositiveRate!], [file.expected.fpr_difference], file.tolerance)
  expectNear(
    [b!.selectionRate! / a!.selectionRate!],
    [file.expected.selection_ratio_B_over_A],
    file.tolerance,
  )
})

agreement('agrees with Singer and Willett (2003, table 10.1): 3,941 teachers followed for 12 years', () => {
  const file = referenceJson<{
    inputs: { n_at_risk: number[]; n_left: number[] }
    expected: {
      hazard: number[]
      survivor: number[]
      greenwood_se_survivor: number[]
      median_lifetime_years: number
    }
    tolerance: number
  }>('methods/04_teacher_attrition_life_table.json')
  const table = lifeTable(file.inputs.n_at_risk, file.inputs.n_left)
  expectNear(
    table.map((row) => row.hazard),
    file.expected.hazard,
    file.tolerance,
  )
  expectNear(
    table.map((row) => row.survivor),
    file.expected.survivor,
    file.tolerance,
  )
  expectNear(
    table.map((row) => row.standardError!),
    file.expected.greenwood_se_survivor,
    file.tolerance,
  )
  expect(medianLifetime(table)!).toBeCloseTo(file.expected.median_lifetime_years, 2)
})
