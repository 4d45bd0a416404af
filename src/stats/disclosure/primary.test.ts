import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import {
  isDominated,
  isGroupDisclosure,
  isSingleton,
  isTooFew,
  pPercentProtection,
  priorPosteriorProtection,
} from './primary.ts'

interface Fixture {
  inputs: Record<string, number[]>
  expected: Record<string, { freq: boolean; nk: boolean; p: boolean; pq: boolean; p_upl: number }>
}

agreement('agrees with the rules of Hundepool et al. (2012) on six cells', () => {
  const { inputs, expected } = referenceJson<Fixture>('methods/10_primary_rules.json')
  for (const [cell, amounts] of Object.entries(inputs)) {
    const found = {
      freq: isTooFew(amounts.length, 5),
      nk: isDominated(amounts, 2, 85),
      p: pPercentProtection(amounts, 10) > 0,
      pq: priorPosteriorProtection(amounts, 10, 50) > 0,
      p_upl: pPercentProtection(amounts, 10),
    }
    expect({ cell, ...found }).toEqual({ cell, ...expected[cell] })
  }
})
test('four people are too few for a minimum of five; five people and nobody are not', () => {
  expect([0, 1, 4, 5].map((count) => isTooFew(count, 5))).toEqual([false, true, true, false])
})
test('everybody, nobody, and all but one disclose the group; two exceptions do not', () => {
  expect([0, 1, 2, 8, 9, 10].map((part) => isGroupDisclosure(part, 10))).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ])
  expect(isGroupDisclosure(9, 10, 0)).toBe(false)
  expect(isGroupDisclosure(10, 10, 0)).toBe(true)
  expect(isGroupDisclosure(0, 0)).toBe(false)
})
test('a single person is a singleton', () => {
  expect([0, 1, 2].map(isSingleton)).toEqual([false, true, false])
})
test('the order of contributors and the unit of money change no decision', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(amounts, (some) => {
      const moved = some.map((amount) => amount * 1024).reverse()
      expect(isDominated(moved)).toBe(isDominated(some))
      expect(pPercentProtection(moved)).toBeCloseTo(1024 * pPercentProtection(some), 6)
    }),
  )
})
test('what is protected by the p % rule at q = 100 is the weakest case of the pq rule', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(amounts, (some) => {
      expect(priorPosteriorProtection(some, 10, 50)).toBeGreaterThanOrEqual(pPercentProtection(some, 10))
    }),
  )
})
test('numbers that are no counts, no shares and no amounts are refused', () => {
  expect(() => isTooFew(1.5, 5)).toThrow(RangeError)
  expect(() => isTooFew(1, 0)).toThrow(RangeError)
  expect(() => isGroupDisclosure(3, 2)).toThrow(RangeError)
  expect(() => isDominated([])).toThrow(RangeError)
  expect(() => isDominated([Number.NaN])).toThrow(RangeError)
  expect(() => isDominated([1], 0)).toThrow(RangeError)
  expect(() => priorPosteriorProtection([1], 50, 10)).toThrow(RangeError)
})
