import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import { apart, readAnswers } from '#test/stats/irt-fits.ts'
import { calibrate } from './calibrate.ts'
import { calibrateConditionally } from './conditional.ts'

agreement(
  'agrees with R 4.2.2, eRm 1.0.2 on LSAT6, Science and the reading test: conditional Rasch and partial credit',
  () => {
    interface Theirs {
      eta_easiness?: number[]
      betapar?: number[] | Record<string, number>
      se: number[]
      condLogLik: number
    }
    const files: [string, string, number][] = [
      ['lsat6', 'eRm_cml', 1e-4],
      ['science', 'eRm_pcm_cml', 2e-4],
      ['read-reliability', 'eRm', 2e-4],
    ]
    for (const [folder, key, tolerance] of files) {
      const { names, responses } = readAnswers(`${folder}/data.csv`)
      const theirs = referenceJson<Record<string, Theirs>>(`${folder}/reference.json`)[key]!
      const ours = calibrateConditionally(responses, names)
      expect(ours.converged).toBe(true)
      expect(Math.abs(ours.logLikelihood - theirs.condLogLik)).toBeLessThan(1e-4)
      const easiness = Object.values(theirs.eta_easiness ?? theirs.betapar!)
      expect(
        apart(
          ours.items.flatMap((item) => item.easiness),
          easiness,
        ),
      ).toBeLessThan(tolerance)
      expect(
        apart(
          ours.items.flatMap((item) => item.errors),
          theirs.se,
        ),
      ).toBeLessThan(tolerance)
    }
  },
)

test('agrees with marginal estimates up to a shift, within a tenth of their error, when ability is normal', () => {
  const items = madeUpItems(['rasch', 'rasch', 'pcm', 'rasch', 'pcm', 'rasch', 'rasch'])
  const responses = madeUpAnswers(items, madeUpAbilities(3000))
  const conditional = calibrateConditionally(
    responses,
    items.map(({ id }) => id),
  )
  const marginal = calibrate({ responses, items: toCalibrate(items) })
  const scores = items.flatMap((item) => item.scores.slice(1))
  const ours = marginal.items.flatMap(({ intercepts }) => intercepts)
  const shift = ours.reduce((sum, d) => sum + d, 0) / scores.reduce((sum, s) => sum + s, 0)
  const easiness = conditional.items.flatMap((item) => item.easiness)
  const errors = conditional.items.flatMap((item) => item.errors)
  ours.forEach((d, k) => {
    expect(Math.abs(d - shift * scores[k]! - easiness[k]!)).toBeLessThan(0.4 * errors[k]!)
  })
})

test('agrees with two items worked by hand: their difference is the log odds of solving one but not the other', () => {
  const rows = [
    [1, 0],
    [1, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 0],
    [1, -1],
  ]
  const { items, people, logLikelihood } = calibrateConditionally(Int8Array.from(rows.flat()), ['a', 'b'])
  expect(people).toBe(4)
  expect(items[0]!.easiness[0]! - items[1]!.easiness[0]!).toBeCloseTo(Math.log(3), 10)
  expect(logLikelihood).toBeCloseTo(3 * Math.log(3 / 4) + Math.log(1 / 4), 10)
})

test('one item, nobody to go by, or a score nobody has is refused', () => {
  expect(() => calibrateConditionally(Int8Array.of(1, 0), ['a'])).toThrow('two or more items')
  expect(() => calibrateConditionally(new Int8Array(0), ['a', 'b'])).toThrow(RangeError)
  expect(() => calibrateConditionally(Int8Array.of(1, -2), ['a', 'b'])).toThrow('at least 0')
  expect(() => calibrateConditionally(Int8Array.of(1, 1, 0, 0), ['a', 'b'])).toThrow('every score of item a')
  expect(() => calibrateConditionally(Int8Array.of(1, 0, 1, 0, 1, 0), ['a', 'b'])).toThrow(RangeError)
  expect(() => calibrateConditionally(Int8Array.of(2, 0, 0, 1, 0, 2, 2, 1), ['a', 'b'])).toThrow(
    'every score of item a',
  )
})
