import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeUpForm } from '#test/stats/forms.ts'
import { sumDistribution } from '../linking/equating.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { philox } from '../numeric/random.ts'
import { logBeta, logGamma } from '../numeric/special.ts'
import {
  classifyBeta,
  decisionsFromErrors,
  decisionsFromReliability,
  decisionsFromScores,
} from './decision-consistency.ts'

/** Shares of the pairs (x, y) of two binomial tests with one true share, closed form (beta-binomial). */
function pairShare(n: number, x: number, y: number, alpha: number, beta: number): number {
  const choose = (k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  return Math.exp(choose(x) + choose(y) + logBeta(alpha + x + y, beta + 2 * n - x - y) - logBeta(alpha, beta))
}

describe('decisions at cut scores', () => {
  test('with a beta distribution of true shares, consistency is the closed form of two beta-binomial tests', () => {
    const [n, alpha, beta] = [20, 6, 3]
    const needed = [8, 14]
    const ours = classifyBeta({ alpha, beta, low: 0, high: 1 }, n, [8 / 20, 14 / 20])
    const level = (x: number) => needed.filter((cut) => x >= cut).length
    let same = 0
    const shares = [0, 0, 0]
    for (let x = 0; x <= n; x++) {
      for (let y = 0; y <= n; y++) {
        const p = pairShare(n, x, y, alpha, beta)
        shares[level(x)]! += p
        if (level(x) === level(y)) same += p
      }
    }
    expect(ours.consistency).toBeCloseTo(same, 6)
    ours.shares.forEach((share, i) => {
      expect(share).toBeCloseTo(shares[i]!, 6)
    })
    expect(ours.cuts).toHaveLength(2)
  })

  test('what one test promises is what a second test shows, in a made-up population', () => {
    // 30 items right with a person's own probability, drawn from a beta distribution stretched over 0.2 to 1.
    const random = philox(3)
    const one: number[] = []
    let same = 0
    let right = 0
    const persons = 20_000
    for (let p = 0; p < persons; p++) {
      const share = 0.2 + 0.8 * meanOfSorted(random)
      const test = () =>
        Array.from({ length: 30 }, () => (random.uniform() < share ? 1 : 0)).reduce<number>(
          (a, b) => a + b,
          0,
        )
      const [x, y] = [test(), test()]
      one.push(x)
      if (x >= 18 === y >= 18) same += 1
      if (x >= 18 === share >= 0.6) right += 1
    }
    const mean = one.reduce((a, b) => a + b) / persons
    const variance = one.reduce((a, b) => a + (b - mean) ** 2, 0) / (persons - 1)
    const reliability = (30 / 29) * (1 - (mean * (30 - mean)) / (30 * variance)) // KR-21, exact for binomial error
    const ours = decisionsFromReliability(one, reliability, [0, 30], [18])
    expect(ours.effectiveLength).toBe(30)
    expect(Math.abs(ours.consistency - same / persons)).toBeLessThan(0.012)
    expect(Math.abs(ours.accuracy - right / persons)).toBeLessThan(0.012)
    expect(ours.kappa).toBeGreaterThan(0.4)
  })

  /** A beta(2, 2) draw: the middle one of three uniform draws. */
  function meanOfSorted(random: { uniform(): number }): number {
    return [random.uniform(), random.uniform(), random.uniform()].sort((a, b) => a - b)[1]!
  }

  test('an estimate on the cut is right and repeated half of the time, far from it always', () => {
    expect(decisionsFromErrors([0], [0.3], [0])).toMatchObject({ accuracy: 0.5, consistency: 0.5 })
    const far = decisionsFromErrors([-9, 9], [0.3, 0.3], [0])
    expect(far.accuracy).toBeCloseTo(1, 12)
    expect(far.kappa).toBeCloseTo(1, 12)
    expect(decisionsFromErrors([9], [0.1], [0]).kappa).toBeNull()
  })

  test('smaller errors never lower accuracy; false decisions and accuracy of a single cut add to one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (estimates, error) => {
          const wide = decisionsFromErrors(
            estimates,
            estimates.map(() => error),
            [-0.5, 0.5],
          )
          const narrow = decisionsFromErrors(
            estimates,
            estimates.map(() => error / 2),
            [-0.5, 0.5],
          )
          wide.cuts.forEach((cut, i) => {
            expect(narrow.cuts[i]!.accuracy).toBeGreaterThanOrEqual(cut.accuracy - 1e-12)
            expect(cut.accuracy + cut.falsePositive + cut.falseNegative).toBeCloseTo(1, 12)
            expect(cut.consistency).toBeLessThanOrEqual(1 + 1e-12)
          })
          expect(wide.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 10)
        },
      ),
    )
  })

  test('from scores of a model: two abilities, two scores, by hand', () => {
    const ours = decisionsFromScores([1, 3], Float64Array.of(0.8, 0.2, 0.1, 0.9), [0.2, 0.9], [0.5])
    expect(ours.accuracy).toBeCloseTo(0.25 * 0.8 + 0.75 * 0.9, 12)
    expect(ours.consistency).toBeCloseTo(0.25 * (0.64 + 0.04) + 0.75 * (0.01 + 0.81), 12)
    expect(ours.cuts[0]).toMatchObject({
      falseNegative: expect.closeTo(0.075, 12),
      falsePositive: expect.closeTo(0.05, 12),
    })
  })

  test('from scores of a calibrated form, the promise is kept by two administrations to the same persons', () => {
    const random = philox(14)
    const form = madeUpForm(philox(15), 16)
    const grid = normalGrid(61, -6, 6)
    const expected = (ability: number) => {
      const shares = sumDistribution(form, Float64Array.of(ability))
      return shares.reduce((total, p, score) => total + p * score, 0)
    }
    const trueScores = Float64Array.from(grid.nodes, expected)
    const ours = decisionsFromScores(grid.weights, sumDistribution(form, grid.nodes), trueScores, [9, 15])
    let [same, right] = [0, 0]
    const persons = 6000
    for (let person = 0; person < persons; person++) {
      const ability = random.normal()
      const shares = sumDistribution(form, Float64Array.of(ability))
      const draw = () => {
        let u = random.uniform()
        let score = 0
        while (score < shares.length - 1 && u >= shares[score]!) u -= shares[score++]!
        return score
      }
      const level = (score: number) => [9, 15].filter((cut) => score >= cut).length
      const [x, y] = [draw(), draw()]
      if (level(x) === level(y)) same += 1
      if (level(x) === level(expected(ability))) right += 1
    }
    expect(Math.abs(ours.consistency - same / persons)).toBeLessThan(0.02)
    expect(Math.abs(ours.accuracy - right / persons)).toBeLessThan(0.02)
  })

  test('two levels need two moments when four give no distribution, and it is seen in the bounds', () => {
    const ours = decisionsFromReliability([0, 0, 0, 10, 10, 10, 5], 0.9, [0, 10], [5])
    expect(ours.trueScores).toMatchObject({ low: 0, high: 1 })
    expect(ours.accuracy).toBeGreaterThan(0.8)
  })

  test('cuts that do not rise, a reliability of 1, scores outside the range or alike are refused', () => {
    expect(() => decisionsFromErrors([1], [0.1], [])).toThrow('cut scores')
    expect(() => decisionsFromErrors([1], [0.1], [1, 1])).toThrow('rising')
    expect(() => decisionsFromErrors([1], [0], [1])).toThrow('above 0')
    expect(() => decisionsFromErrors([], [], [1])).toThrow(RangeError)
    expect(() => decisionsFromReliability([1, 2], 1, [0, 3], [1])).toThrow('reliability')
    expect(() => decisionsFromReliability([1, 9], 0.8, [0, 3], [1])).toThrow('inside the range')
    expect(() => decisionsFromReliability([2, 2], 0.8, [0, 3], [1])).toThrow('differ')
    expect(() => decisionsFromReliability([1, 2], 0.8, [0, 3], [4])).toThrow('range')
    expect(() => decisionsFromScores([1], Float64Array.of(0.5, 0.4), [1], [1])).toThrow('add to 1')
    expect(() => decisionsFromScores([-1, 2], Float64Array.of(1, 0, 0, 1), [0, 1], [1])).toThrow('weights')
  })
})
