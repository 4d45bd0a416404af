import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { answersByGender } from '#test/stats/reference-items.ts'
import type { Item } from '../irt/index.ts'
import { philox } from '../numeric/random.ts'
import { likelihoodRatioDif, type TwoGroupAnswers } from './likelihood-dif.ts'

/** Two groups, the focal one less able, six items; the third harder by `shift` for it; a tenth of answers missing. */
function madeUp(
  persons: number,
  shift: number,
  seed: number,
  model: '2pl' | 'gpcm' = '2pl',
): TwoGroupAnswers {
  const random = philox(seed)
  const steps = model === 'gpcm' ? [-0.4, 0.4] : [0]
  const focal = Array.from({ length: persons }, (_, p) => p % 2)
  const responses = Int8Array.from(
    focal.flatMap((group) => {
      const ability = random.normal() - 0.4 * group
      return Array.from({ length: 6 }, (_, i) => {
        if (random.uniform() < 0.1) return -1
        const b = (i - 2.5) / 2 + (i === 2 && group === 1 ? shift : 0)
        const weights = [1]
        for (const step of steps) weights.push(weights.at(-1)! * Math.exp(1.3 * (ability - b - step)))
        let u = random.uniform() * weights.reduce((x, y) => x + y)
        let score = 0
        while (u > weights[score]! && score < steps.length) u -= weights[score++]!
        return score
      })
    }),
  )
  const items = Array.from(
    { length: 6 },
    (_, i): Item => ({ id: `I${i}`, model, categories: steps.length + 1 }),
  )
  return { items, responses, focal }
}

describe('differential functioning by likelihood ratio', () => {
  agreement(
    'agrees with mirt 1.45.1 on verbagg: the log-likelihood of equal Rasch items in both groups, from which every test starts',
    () => {
      const { multigroup_rasch_gender: expected } = referenceJson<{
        multigroup_rasch_gender: { logLik: number }
      }>('verbagg/reference.json')
      const { answers, focal } = answersByGender('verbagg')
      const items = Array.from(
        { length: 24 },
        (_, i): Item => ({ id: `${i}`, model: 'rasch', categories: 2 }),
      )
      const data = { items, responses: Int8Array.from(answers.scores), focal }
      for (const { logLikelihood, chiSquare, df } of likelihoodRatioDif(data, { rounds: 0 }).results) {
        expect(Math.abs(logLikelihood.together - expected.logLik)).toBeLessThan(1e-3)
        expect(chiSquare).toBeCloseTo(2 * (logLikelihood.apart - logLikelihood.together), 10)
        expect(df).toBe(1)
      }
    },
  )

  test('finds the planted item on the scale of the reference group, with answers missing', () => {
    const ours = likelihoodRatioDif(madeUp(3000, 0.8, 5))
    expect(ours.flagged).toEqual([2])
    expect(ours.converged).toBe(true)
    const item = ours.results[2]!
    expect(item.df).toBe(2)
    expect(item.focal!.difficulties[0]! - item.reference!.difficulties[0]!).toBeGreaterThan(0.5)
    expect(item.focal!.difficulties[0]! - item.reference!.difficulties[0]!).toBeLessThan(1.1)
    expect(item.meanDifference).toBeLessThan(-0.08)
    expect(item.absoluteDifference).toBeGreaterThanOrEqual(-item.meanDifference! - 1e-12)
  })

  test('without purification a bad item drags good ones along; with too few rounds it is said', () => {
    const data = madeUp(3000, 0.8, 5)
    const once = likelihoodRatioDif(data, { rounds: 0 })
    expect(once.flagged.length).toBeGreaterThan(1)
    expect(once).toMatchObject({ rounds: 0, converged: true })
    const spoilt = (at: number) => at % 6 === 3 && data.focal[Math.floor(at / 6)] === 1 && at % 4 === 1
    const worse = { ...data, responses: data.responses.map((x, at) => (spoilt(at) && x === 1 ? 0 : x)) }
    expect(likelihoodRatioDif(worse, { rounds: 1 })).toMatchObject({ rounds: 1, converged: false })
  })

  test('works alike for items of several points', () => {
    const ours = likelihoodRatioDif(madeUp(2000, 0.9, 8, 'gpcm'), { rounds: 1 })
    expect(ours.results[2]!.df).toBe(3)
    expect(ours.flagged).toContain(2)
    for (const { chiSquare } of ours.results) expect(chiSquare).toBeGreaterThanOrEqual(0)
  })

  test('without a difference the statistic is about chi-square with its degrees of freedom', () => {
    const values = [1, 2, 3, 4, 5, 6].flatMap((seed) =>
      likelihoodRatioDif(madeUp(800, 0, seed), { rounds: 0 }).results.map(({ chiSquare }) => chiSquare!),
    )
    const mean = values.reduce((a, b) => a + b) / values.length
    expect(mean).toBeGreaterThan(1.2) // expected 2, 36 values, standard error 0.33
    expect(mean).toBeLessThan(2.9)
  })

  test('an item one group answered alike is not tested, and says so', () => {
    const data = madeUp(600, 0, 3)
    const responses = data.responses.map((x, at) =>
      at % 6 === 4 && data.focal[Math.floor(at / 6)] === 1 && x > 0 ? 0 : x,
    )
    const { results } = likelihoodRatioDif({ ...data, responses }, { rounds: 0 })
    expect(results[4]).toMatchObject({ chiSquare: null, p: null, warning: 'not estimable in both groups' })
  })

  test('an empty group, sizes that do not fit and a single item are refused', () => {
    const data = madeUp(40, 0, 1)
    expect(() => likelihoodRatioDif({ ...data, focal: Array.from(data.focal, () => 0) })).toThrow('both')
    expect(() => likelihoodRatioDif({ ...data, focal: Array.from(data.focal, () => 2) })).toThrow(
      'groups must be',
    )
    expect(() => likelihoodRatioDif({ ...data, focal: [0, 1] })).toThrow('persons × items')
    expect(() => likelihoodRatioDif(data, { level: 2 })).toThrow('level')
  })
})
