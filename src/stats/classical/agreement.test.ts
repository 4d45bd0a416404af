import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { cohenKappa, fleissKappa } from './agreement.ts'

interface AgreementReference {
  inputs: { fleiss: number[][]; cohen: number[][]; self_vs_expert_4_levels: number[][] }
  expected: Record<string, number>
}

const table = (levels: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: levels, maxLength: levels }), {
    minLength: levels,
    maxLength: levels,
  })

describe('agreement of raters', () => {
  agreement('agrees with the worked kappa tables of methods/11_agreement', () => {
    const { inputs, expected } = referenceJson<AgreementReference>('methods/11_agreement.json')
    expect(fleissKappa(inputs.fleiss).kappa).toBeCloseTo(expected.fleiss!, 4)
    expect(cohenKappa(inputs.cohen).kappa).toBeCloseTo(expected.cohen!, 12)
    const levels = inputs.self_vs_expert_4_levels
    expect(cohenKappa(levels).kappa).toBeCloseTo(expected.q_none!, 4)
    expect(cohenKappa(levels, 'linear').kappa).toBeCloseTo(expected.q_linear!, 4)
    expect(cohenKappa(levels, 'quadratic').kappa).toBeCloseTo(expected.q_quadratic!, 4)
    expect(cohenKappa(levels).bias).toBeCloseTo(expected.q_mean_bias_levels!, 12)
    expect(cohenKappa(levels).exact).toBeCloseTo(expected.q_exact!, 12)
  })

  test('the standard error is the one of a case worked by hand: √(po(1 − po)) / ((1 − pe)√n) with equal margins', () => {
    // For [[40, 10], [10, 40]]: po 0.8, pe 0.5, and the general formula reduces to the simple one.
    const { kappa, standardError } = cohenKappa([
      [40, 10],
      [10, 40],
    ])
    expect(kappa).toBeCloseTo(0.6, 12)
    expect(standardError).toBeCloseTo(Math.sqrt(0.8 * 0.2) / (0.5 * 10), 12)
  })

  test('swapping the raters changes the sign of the bias and nothing else', () => {
    fc.assert(
      fc.property(
        table(4),
        fc.constantFrom('none' as const, 'linear' as const, 'quadratic' as const),
        (counts, weights) => {
          fc.pre(counts.flat().some((x) => x > 0))
          const turned = counts.map((_, i) => counts.map((row) => row[i]!))
          const one = cohenKappa(counts, weights)
          const other = cohenKappa(turned, weights)
          expect(other.bias).toBeCloseTo(-one.bias, 10)
          if (one.kappa === null) expect(other.kappa).toBeNull()
          else {
            expect(other.kappa).toBeCloseTo(one.kappa, 10)
            expect(other.standardError).toBeCloseTo(one.standardError!, 10)
          }
        },
      ),
    )
  })

  test('raters who never disagree have kappa 1, and none when they use one level only', () => {
    expect(
      cohenKappa(
        [
          [3, 0],
          [0, 9],
        ],
        'linear',
      ),
    ).toMatchObject({ kappa: 1, standardError: 0 })
    expect(
      cohenKappa([
        [12, 0],
        [0, 0],
      ]),
    ).toMatchObject({ kappa: null, standardError: null, exact: 1 })
    expect(
      fleissKappa([
        [4, 0],
        [0, 4],
      ]).kappa,
    ).toBe(1)
    expect(
      fleissKappa([
        [4, 0],
        [4, 0],
      ]).kappa,
    ).toBeNull()
  })

  test('tables that are not square, empty or negative are refused', () => {
    expect(() => cohenKappa([[1, 2]])).toThrow(RangeError)
    expect(() =>
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toThrow('at least one case')
    expect(() =>
      cohenKappa([
        [1, -1],
        [0, 2],
      ]),
    ).toThrow(RangeError)
    expect(() =>
      cohenKappa([
        [1, Number.NaN],
        [0, 2],
      ]),
    ).toThrow(RangeError)
    expect(() =>
      fleissKappa([
        [2, 2],
        [3, 2],
      ]),
    ).toThrow('as many raters')
    expect(() => fleissKappa([])).toThrow(RangeError)
    expect(() => fleissKappa([[1, 0]])).toThrow(RangeError)
  })
})
