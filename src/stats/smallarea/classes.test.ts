import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalCumulative } from '../numeric/distributions.ts'
import { decideClass, valueAbove } from './index.ts'

const enough = { n: 50, width: 0.1 }
const thresholds = [0.1, 0.2]
const above = (mean: number, sd: number) => (threshold: number) => valueAbove({ mean, sd }, threshold)

test('a class is given when its threshold is exceeded with 80 per cent', () => {
  expect(decideClass(thresholds, above(0.05, 0.02), enough).decided).toBe(0)
  expect(decideClass(thresholds, above(0.15, 0.02), enough).decided).toBe(1)
  expect(decideClass(thresholds, above(0.25, 0.02), enough).decided).toBe(2)
  expect(decideClass(thresholds, above(0.11, 0.02), enough).decided).toBe(0)
})

test('what is more likely than not above the top threshold is at least in the class before it', () => {
  const found = decideClass(thresholds, above(0.201, 0.15), enough)
  expect(found.decided).toBe(1)
  expect(found.probabilities[2]).toBeGreaterThan(0.5)
})

test('with nine persons, or an interval four thresholds wide, there is no class', () => {
  expect(decideClass(thresholds, above(0.25, 0.02), { n: 9, width: 0.1 }).decided).toBeNull()
  expect(decideClass(thresholds, above(0.25, 0.02), { n: 50, width: 0.41 }).decided).toBeNull()
  expect(decideClass([0.1], above(0.25, 0.02), { n: 50, width: 9 }).decided).toBe(1)
})

test('probabilities of the classes are not negative and sum to 1', () => {
  const setting = fc.tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: 0.01, max: 3, noNaN: true }),
  )
  fc.assert(
    fc.property(setting, ([mean, sd]) => {
      const { probabilities } = decideClass([-1, 0, 1], above(mean, sd), { n: 100, width: 0 })
      expect(probabilities.every((p) => p >= 0)).toBe(true)
      expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
      expect(probabilities[0]).toBeCloseTo(normalCumulative((-1 - mean) / sd), 12)
    }),
  )
})

test('a worse value never gets a better class', () => {
  const mean = fc.double({ min: 0, max: 0.4, noNaN: true })
  fc.assert(
    fc.property(mean, mean, fc.double({ min: 0.005, max: 0.1, noNaN: true }), (a, b, sd) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)]
      const decide = (value: number) => decideClass(thresholds, above(value, sd), enough).decided!
      expect(decide(more)).toBeGreaterThanOrEqual(decide(less))
    }),
  )
})

test('thresholds that do not rise, odd certainties and impossible probabilities are refused', () => {
  expect(() => decideClass([], above(0, 1), enough)).toThrow('rising')
  expect(() => decideClass([0.2, 0.1], above(0, 1), enough)).toThrow('rising')
  expect(() => decideClass(thresholds, () => 1.5, enough)).toThrow('0 to 1')
  expect(() => decideClass(thresholds, above(0, 1), enough, { certainty: 0.4 })).toThrow('certainty')
})
