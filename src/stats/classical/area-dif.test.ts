import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { answersByGender } from '#test/stats/reference-items.ts'
import { calibrate, type Item, type KnownItem } from '../irt/index.ts'
import { calibratedForm } from '../linking/calibrated-form.ts'
import type { CalibratedForm } from '../linking/link-scales.ts'
import { gaussHermite } from '../numeric/quadrature.ts'
import { areaDif } from './area-dif.ts'

const covarianceOf = (variances: readonly number[]) =>
  Float64Array.from(variances.flatMap((v, i) => variances.map((_, j) => (i === j ? v : 0))))

/** Items of the two-parameter model, slope and difficulty, each number with the same error variance. */
function form(parameters: readonly (readonly [number, number])[], variance = 0.01): CalibratedForm {
  const items = parameters.map(([slope, b], i): KnownItem => {
    return { id: `I${i}`, model: '2pl', scores: [0, 1], slope, intercepts: [-slope * b], guessing: 0 }
  })
  return { items, covariance: covarianceOf(items.flatMap(() => [variance, variance])) }
}

describe('areas between the curves of two groups', () => {
  agreement('agrees with difR 5.1 on dif-verbal: Lord and Raju of the Rasch model', () => {
    const reference = referenceJson<{ lord_1pl: { chi2: number[] }; raju_1pl: { z: number[] } }>(
      'dif-verbal/reference.json',
    )
    const { answers, focal } = answersByGender('dif-verbal')
    // As difR does by ltm: slope 1, ability N(0, 1) in each group, 21 Gauss–Hermite nodes.
    const calibrated = [0, 1].map((group) => {
      const persons = Array.from(focal).flatMap((g, p) => (g === group ? [p] : []))
      const responses = persons.flatMap((p) =>
        Array.from({ length: 24 }, (_, i) => answers.scores[p * 24 + i]!),
      )
      const calibration = calibrate({
        responses: Int8Array.from(responses),
        items: Array.from({ length: 24 }, (_, i): Item => ({ id: `${i}`, model: 'rasch', categories: 2 })),
        reference: { mean: 'fixed', variance: 'fixed' },
        quadrature: gaussHermite(21),
      })
      return calibratedForm(calibration)
    })
    const ours = areaDif(calibrated[0]!, calibrated[1]!, { rounds: 0 }).results
    ours.forEach((item, i) => {
      expect(item.df).toBe(1)
      expect(Math.abs(item.chiSquare - reference.lord_1pl.chi2[i]!)).toBeLessThan(1e-2)
      expect(Math.abs(item.signed!.z - reference.raju_1pl.z[i]!)).toBeLessThan(1e-2)
    })
  })

  test('groups that differ only in their scale show nothing; an item that moved is found after purification', () => {
    const items = Array.from({ length: 10 }, (_, i) => [0.8 + 0.1 * i, (i - 4.5) / 3] as const)
    const reference = form(items, 0.002)
    const focal = form(
      items.map(([a, b]) => [a * 1.25, (b - 0.5) / 1.25] as const),
      0.002,
    )
    for (const { chiSquare } of areaDif(reference, focal).results) expect(chiSquare).toBeLessThan(1e-6)
    const moved = form(
      items.map(([a, b], i) => [a, b + (i === 3 ? 1 : 0)] as const),
      0.002,
    )
    const ours = areaDif(reference, moved)
    expect(ours.flagged).toEqual([3])
    expect(ours.results[3]!.signed!.area).toBeCloseTo(1, 6)
    expect(ours.results[3]!.unsigned!.area).toBeCloseTo(1, 6)
  })

  test('items in another order, missing covariances and singular ones are refused', () => {
    const one = form([
      [1, 0],
      [1, 1],
      [1, 2],
    ])
    expect(() => areaDif(one, { ...one, items: one.items.toReversed() })).toThrow('same order')
    expect(() => areaDif({ items: one.items }, one)).toThrow('covariances')
    expect(() =>
      areaDif(
        form(
          [
            [1, 0],
            [1, 1],
          ],
          0,
        ),
        form(
          [
            [1, 0],
            [1, 1],
          ],
          0,
        ),
      ),
    ).toThrow('positive definite')
    expect(() => areaDif(one, one, { level: 0 })).toThrow('level')
  })
})
