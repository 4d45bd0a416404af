import { expect, test } from 'vitest'
import { chained, linkedAbility, reportingScale, reversed } from './scale-link.ts'

test('there and back, and one after the other, are what abilities would do', () => {
  const [one, two] = [
    { stretch: 1.3, shift: -0.4 },
    { stretch: 0.7, shift: 2 },
  ]
  expect(linkedAbility(chained(one, two), 0.6)).toBeCloseTo(linkedAbility(two, linkedAbility(one, 0.6)), 14)
  expect(linkedAbility(reversed(one), linkedAbility(one, 0.6))).toBeCloseTo(0.6, 14)
  expect(() => reversed({ stretch: 0, shift: 0 })).toThrow('above 0')
})

test('points of the reporting scale: the mean of the base year is 500, one standard deviation more is 600', () => {
  const points = reportingScale({ mean: 0.3, sd: 1.1 }, { mean: 500, sd: 100 })
  expect(linkedAbility(points, 0.3)).toBeCloseTo(500, 10)
  expect(linkedAbility(points, 1.4)).toBeCloseTo(600, 10)
  expect(() => reportingScale({ mean: 0, sd: 0 }, { mean: 500, sd: 100 })).toThrow('above 0')
})
