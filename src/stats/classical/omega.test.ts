import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { referenceItems } from '#test/stats/reference-items.ts'
import { philox } from '../numeric/random.ts'
import { coefficientAlpha } from './alpha.ts'
import { factorAnalysis } from './factor-analysis.ts'
import { omegaHierarchical, omegaOneFactor } from './omega.ts'
import { scoreMatrix } from './score-matrix.ts'

interface OneFactor {
  loadings: number[]
  residual: number[]
  omega_model: number
  omega_observed: number
}

describe('omega', () => {
  for (const folder of ['lsat6', 'science', 'sat12', 'verbagg', 'read-reliability']) {
    agreement(`agrees with lavaan 0.6-14 on ${folder}: one factor by maximum likelihood, both omegas`, () => {
      const { reliability } = referenceJson<{ reliability: { one_factor: OneFactor } }>(
        `${folder}/reference.json`,
      )
      const ours = omegaOneFactor(referenceItems(`${folder}/data.csv`))
      const { loadings, residual, omega_model, omega_observed } = reliability.one_factor
      expect(ours.converged).toBe(true)
      expect(ours.heywood).toEqual([])
      expect(Math.abs(ours.omega - omega_model)).toBeLessThan(1e-5)
      expect(Math.abs(ours.omegaObserved - omega_observed)).toBeLessThan(1e-5)
      loadings.forEach((loading, i) => {
        expect(Math.abs(ours.loadings[i]! - loading)).toBeLessThan(1e-5)
        expect(Math.abs(ours.residualVariances[i]! - residual[i]!)).toBeLessThan(1e-5)
      })
    })
  }

  agreement(
    'agrees with factanal on the attitude data: standardised loadings and omega (methods/07_reliability)',
    () => {
      const { expected } = referenceJson<{
        expected: { ml_1factor_loadings: number[]; omega_total_1factor_std: number }
      }>('methods/07_reliability_attitude_expected.json')
      const ours = omegaOneFactor(referenceItems('methods/07_attitude.csv'))
      expected.ml_1factor_loadings.forEach((loading, i) => {
        expect(Math.abs(ours.standardisedLoadings[i]! - loading)).toBeLessThan(1e-4)
      })
      expect(Math.abs(ours.standardised - expected.omega_total_1factor_std)).toBeLessThan(1e-4)
    },
  )

  agreement('agrees with psych 2.2.9 on read-reliability: omega of one factor by minimum residuals', () => {
    const { omega_one_factor_minres: expected } = referenceJson<{
      omega_one_factor_minres: { omega_total: number }
    }>('read-reliability/reference.json')
    const ours = omegaOneFactor(referenceItems('read-reliability/data.csv'), 'minimum residual')
    expect(Math.abs(ours.standardisedObserved - expected.omega_total)).toBeLessThan(1e-5)
  })

  agreement('agrees with psych 2.2.9 on read-reliability: Schmid–Leiman omegas of three factors', () => {
    const { omega_schmid_leiman: expected } = referenceJson<{
      omega_schmid_leiman: { omega_h: number; omega_total: number; alpha: number; G6: number }
    }>('read-reliability/reference.json')
    const matrix = referenceItems('read-reliability/data.csv')
    const ours = omegaHierarchical(matrix, 3)
    expect(ours.converged).toBe(true)
    expect(Math.abs(ours.hierarchical - expected.omega_h)).toBeLessThan(5e-3)
    expect(Math.abs(ours.total - expected.omega_total)).toBeLessThan(5e-3)
    const { standardised, lambda6 } = coefficientAlpha(matrix)
    expect(standardised).toBeCloseTo(expected.alpha, 10)
    expect(lambda6).toBeCloseTo(expected.G6, 10)
  })

  /** Persons with one general and three group abilities behind nine items. */
  function madeUp(general: number, group: number, persons: number) {
    const random = philox(17)
    const rest = Math.sqrt(1 - general ** 2 - group ** 2)
    return scoreMatrix(
      Array.from({ length: persons }, () => {
        const g = random.normal()
        const parts = [random.normal(), random.normal(), random.normal()]
        return Array.from(
          { length: 9 },
          (_, i) => general * g + group * parts[i % 3]! + rest * random.normal(),
        )
      }),
    )
  }

  test('a planted general factor is found with its share of the total', () => {
    const ours = omegaHierarchical(madeUp(0.6, 0.5, 8000), 3)
    const total = 81 * 0.36 + 27 * 0.25 + 9 * (1 - 0.36 - 0.25)
    expect(ours.hierarchical).toBeCloseTo((81 * 0.36) / total, 1)
    expect(ours.total).toBeCloseTo((81 * 0.36 + 27 * 0.25) / total, 1)
  })

  test('items that load alike have omega equal to alpha', () => {
    const matrix = madeUp(0.7, 0, 6000)
    expect(omegaOneFactor(matrix).omega).toBeCloseTo(coefficientAlpha(matrix).alpha, 3)
  })

  test('correlations made from loadings give the loadings back, by either extraction', () => {
    const loadings = [0.8, 0.7, 0.6, 0.5, 0.4, 0.9]
    const r = Float64Array.from(loadings.flatMap((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b))))
    for (const extraction of ['maximum likelihood', 'minimum residual'] as const) {
      const ours = factorAnalysis(r, 6, 1, extraction)
      ours.loadings.forEach((x, i) => {
        expect(x).toBeCloseTo(loadings[i]!, 5)
      })
    }
  })

  test('a stretched item changes no standardised loading, a Heywood case is named, too few items are refused', () => {
    const matrix = madeUp(0.6, 0.3, 300)
    const stretched = {
      ...matrix,
      scores: Float64Array.from(matrix.scores, (x, at) => (at % 9 === 2 ? 100 * x : x)),
    }
    expect(omegaOneFactor(stretched).standardised).toBeCloseTo(omegaOneFactor(matrix).standardised, 6)
    const impossible = Float64Array.of(1, 0.9, 0.9, 0.9, 1, 0.5, 0.9, 0.5, 1)
    expect(factorAnalysis(impossible, 3, 1, 'minimum residual').heywood).toEqual([0])
    expect(() =>
      omegaOneFactor(
        scoreMatrix([
          [1, 2],
          [2, 1],
          [3, 3],
        ]),
      ),
    ).toThrow('three items per factor')
    expect(() => omegaHierarchical(matrix, 1)).toThrow('two or more factors')
    expect(() => omegaHierarchical(matrix, 4)).toThrow('three items per factor')
    const twins = scoreMatrix([
      [1, 1, 2],
      [2, 2, 1],
      [3, 3, 3],
      [4, 4, 1],
    ])
    expect(() => omegaOneFactor(twins)).toThrow('positive definite')
  })
})
