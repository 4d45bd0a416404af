import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement } from '#test/setup/reference.ts'
import { calibrateAlone, linkingReference, madeUpForm, referenceForm } from '#test/stats/forms.ts'
import { gaussHermite, normalGrid } from '../numeric/quadrature.ts'
import { philox } from '../numeric/random.ts'
import { calibratedForm } from './calibrated-form.ts'
import { equateObservedScores, equateTrueScores, sumDistribution, syntheticPopulation } from './equating.ts'
import { equatingErrors } from './equating-error.ts'
import { type CalibratedForm, linkScales } from './link-scales.ts'
import { linkedItem } from './scale-link.ts'

describe('equating of sums of scores', () => {
  for (const model of ['twoPL', 'threePL'] as const) {
    agreement(
      `agrees with equateIRT 2.5.1, ${model}: true and observed scores of T2 on T1 after Stocking–Lord`,
      () => {
        const reference = linkingReference(model)
        const [one, two] = [referenceForm(reference, 1), referenceForm(reference, 2)]
        const link = linkScales({ items: one }, { items: two })
        const linked = one.map((item) => linkedItem(link, item))
        const expected = reference.true_score_T1_T2
        equateTrueScores(two, linked, expected.T2).forEach(({ ability, equivalent, extended }, i) => {
          expect(equivalent).toBeCloseTo(expected['T1.as.T2'][i]!, 6)
          // The highest sum is expected by no ability; the reference gives a large one, 43 and 47.
          expect(extended).toBe(expected.T2[i] === 20)
          if (!extended) expect(ability).toBeCloseTo(expected.theta[i]!, 6)
        })
        const observed = reference.observed_score_T1_T2
        const population = syntheticPopulation(link, gaussHermite(30))
        const ours = equateObservedScores(two, linked, population)
        expect(ours.map(({ score }) => score)).toEqual(observed.T2)
        ours.forEach(({ equivalent }, i) => {
          expect(equivalent).toBeCloseTo(observed['T1.as.T2'][i]!, 6)
        })
      },
    )
  }

  agreement(
    'agrees with equateIRT 2.5.1, twoPL: errors of equated true scores, within what other answers leave',
    () => {
      // Covariances as in the test of the links: from 2,000 of the 5,000 people, measured at most 0.6 % off.
      const reference = linkingReference('twoPL')
      const form = (number: number): CalibratedForm => ({
        items: referenceForm(reference, number),
        covariance: calibratedForm(calibrateAlone(number)).covariance!.map((v) => 0.4 * v),
      })
      const [one, two] = [form(1), form(2)]
      const { T2, StdErr } = reference.true_score_T1_T2
      const errors = equatingErrors(one, two, linkScales(one, two), (linked, to) =>
        equateTrueScores(to, linked, T2).map(({ equivalent }) => equivalent),
      )
      StdErr.forEach((theirs, i) => {
        expect(Math.abs(errors[i]! - theirs)).toBeLessThan(0.015 * theirs + 1e-9)
      })
    },
  )

  const seed = fc.integer({ min: 1, max: 500 })

  test('a form equated to itself gives every score back, by either way', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const form = madeUpForm(philox(s), 6)
        for (const { score, equivalent } of equateTrueScores(form, form))
          expect(equivalent).toBeCloseTo(score, 8)
        for (const { score, equivalent } of equateObservedScores(form, form, normalGrid(31, -4, 4))) {
          expect(equivalent).toBeCloseTo(score, 6)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('equivalents rise with the score and stay within the other form; what is no model is marked', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const [from, to] = [madeUpForm(philox(s), 9), madeUpForm(philox(s + 1000), 6)]
        const rows = equateTrueScores(from, to)
        rows.forEach(({ equivalent, score }, i) => {
          if (i > 0) expect(equivalent).toBeGreaterThanOrEqual(rows[i - 1]!.equivalent - 1e-9)
          expect(equivalent).toBeGreaterThanOrEqual(0)
          expect(equivalent).toBeLessThanOrEqual(9)
          expect(score).toBe(i)
        })
        expect(rows[0]).toMatchObject({ equivalent: 0, extended: true, ability: null })
        expect(rows.at(-1)!.extended).toBe(true)
        const observed = equateObservedScores(from, to, normalGrid(31, -4, 4)).map(
          ({ equivalent }) => equivalent,
        )
        expect(observed).toEqual(observed.toSorted((a, b) => a - b))
        expect(observed[0]!).toBeGreaterThanOrEqual(-0.5)
        expect(observed.at(-1)!).toBeLessThanOrEqual(9.5)
      }),
      { numRuns: 20 },
    )
  })

  test('the distribution of sums, worked by hand for two items, adds to one and has the expected sum as mean', () => {
    const [easy, hard] = [0.2, -1].map((d, i) => ({
      id: `${i}`,
      model: '2pl' as const,
      scores: [0, 1],
      slope: 1,
      intercepts: [d],
      guessing: 0,
    }))
    const [p, q] = [1 / (1 + Math.exp(-0.2)), 1 / (1 + Math.exp(1))]
    const two = sumDistribution([easy!, hard!], Float64Array.of(0))
    expect(Array.from(two)).toEqual(
      [(1 - p) * (1 - q), p * (1 - q) + q * (1 - p), p * q].map((x) => expect.closeTo(x, 14)),
    )
    const shares = sumDistribution(madeUpForm(philox(5), 12), Float64Array.of(-2, 0, 2))
    for (let row = 0; row < 3; row++) {
      expect(shares.subarray(row * 19, (row + 1) * 19).reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    }
  })

  test('scores outside the form, empty forms, falling items and bad weights are refused', () => {
    const form = madeUpForm(philox(2), 4)
    expect(() => equateTrueScores(form, form, [7])).toThrow('from 0 to 6')
    expect(() => equateTrueScores([], form)).toThrow('one or more items')
    expect(() =>
      equateTrueScores(
        form.map((item) => ({ ...item, slope: -1 })),
        form,
      ),
    ).toThrow('above 0')
    expect(() =>
      equateObservedScores(form, form, { nodes: Float64Array.of(0), weights: Float64Array.of(0) }),
    ).toThrow('weights')
    expect(() => sumDistribution([], Float64Array.of(0))).toThrow('one or more items')
    expect(() => syntheticPopulation({ stretch: 1, shift: 0 }, gaussHermite(3), 2)).toThrow('0 to 1')
    const link = linkScales({ items: form }, { items: form })
    expect(() => equatingErrors({ items: form }, { items: form }, link, () => [1])).toThrow('covariance')
  })
})
