import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weightedStep } from './weighted-step.ts'

const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 })), {
  minLength: 1,
  maxLength: 60,
})

test('the step found is the smallest at which the weights reach the goal', () => {
  fc.assert(
    fc.property(steps, fc.double({ min: 0.01, max: 1, noNaN: true }), (pairs, share) => {
      const lengths = Float64Array.from(pairs, ([length]) => length)
      const weights = Float64Array.from(pairs, ([, weight]) => weight)
      const labels = Int32Array.from(pairs.keys())
      const goal = share * weights.reduce((total, w) => total + w, 0)
      const found = weightedStep(lengths, weights, labels, pairs.length, goal)
      const length = lengths[found]!
      const upTo = (test: (l: number) => boolean) =>
        pairs.filter(([l]) => test(l)).reduce((total, [, w]) => total + w, 0)
      expect(upTo((l) => l < length)).toBeLessThan(goal)
      expect(upTo((l) => l <= length)).toBeGreaterThanOrEqual(goal - 1e-12)
      expect(pairs[labels[found]!]![0]).toBe(length)
    }),
  )
})

test('a goal that rounding keeps just out of reach is reached by the largest step', () => {
  const lengths = Float64Array.of(3, 1, 2)
  const found = weightedStep(lengths, Float64Array.of(1, 1, 1), Int32Array.of(0, 1, 2), 3, 3 + 1e-9)
  expect(lengths[found]).toBe(3)
})
