import { describe, expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { correctedNorms } from './corrected-norms.ts'
import { growthNorms } from './growth-norms.ts'
import { growthPercentiles } from './growth-percentiles.ts'

/** Persons whose true start is known: the earlier score has a reliability of about 0.8. */
function persons(n: number, error: number) {
  const random = philox(1)
  const truth = Float64Array.from({ length: n }, () => 500 + 100 * random.normal())
  const prior = truth.map((t) => t + error * random.normal())
  const current = truth.map((t) => 540 + 0.9 * (t - 500) + 45 * random.normal())
  return { truth, scores: { current, priors: [prior] }, errors: [new Float64Array(n).fill(error)] }
}

/** How much percentiles rise over a standard deviation of the true start. */
function tilt(percentiles: Uint8Array, truth: Float64Array): number {
  return truth.reduce((total, t, i) => total + ((t - 500) / 100) * percentiles[i]!, 0) / truth.length
}

describe('norms for starting points measured with error', () => {
  const { truth, scores, errors } = persons(2500, 50)

  test('without correction who really started high seems to grow more; with it most of that is gone', () => {
    const before = tilt(growthPercentiles(growthNorms(scores), scores), truth)
    const norms = correctedNorms(scores, errors, { seed: 7, draws: 4 })
    const after = tilt(growthPercentiles(norms, scores), truth)
    expect(before).toBeGreaterThan(4)
    expect(Math.abs(after)).toBeLessThan(before / 2)
    expect(norms.converged).toBe(true)
  })

  test('scores without error need no correction', () => {
    const taus = [0.1, 0.5, 0.9]
    const exact = correctedNorms(scores, [new Float64Array(2500)], { seed: 7, draws: 1, taus })
    const plain = growthNorms(scores, taus)
    for (const [c, b] of plain.coefficients.entries()) expect(exact.coefficients[c]).toBeCloseTo(b, 8)
  })

  test('one seed gives one result, whatever the order of persons', () => {
    const options = { seed: 9, draws: 1, taus: [0.5] }
    const turned = {
      current: scores.current.toReversed(),
      priors: scores.priors.map((prior) => prior.toReversed()),
    }
    expect(correctedNorms(turned, errors, options)).toEqual(correctedNorms(scores, errors, options))
  })

  test.each([
    ['an error that is missing', [], scores],
    ['a negative error', [new Float64Array(2500).fill(-1)], scores],
    [
      'a scale of few values',
      errors,
      { ...scores, priors: [scores.priors[0]!.map((s) => (s > 500 ? 1 : 0))] },
    ],
  ])('%s is refused', (_, bad, of) => {
    expect(() => correctedNorms(of, bad, { seed: 1, draws: 1, taus: [0.5] })).toThrow(RangeError)
  })
})
