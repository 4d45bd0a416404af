import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { lifeTable, lifeTableOfPersons } from './life-table.ts'

agreement('agrees with Singer and Willett (2003), Table 10.1: 3,941 special educators over 12 years', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: { n_at_risk: number[]; n_left: number[] }
    expected: {
      hazard: number[]
      survivor: number[]
      greenwood_se_survivor: number[]
      median_lifetime_years: number
    }
    tolerance: number
  }>('methods/04_teacher_attrition_life_table.json')
  const found = lifeTable(inputs.n_at_risk, inputs.n_left)
  for (let t = 0; t < inputs.n_left.length; t++) {
    expect(Math.abs(found.hazard[t]! - expected.hazard[t]!)).toBeLessThan(tolerance)
    expect(Math.abs(found.survivor[t]! - expected.survivor[t]!)).toBeLessThan(tolerance)
    expect(Math.abs(found.standardError[t]! - expected.greenwood_se_survivor[t]!)).toBeLessThan(tolerance)
  }
  expect(Math.abs(found.medianLifetime! - expected.median_lifetime_years)).toBeLessThan(0.005)
})

const persons = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), {
  minLength: 1,
  maxLength: 60,
})
test('fewer and fewer stay, and where everybody is followed to the end the share is the plain share', () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const found = lifeTableOfPersons(
        drawn.map(([t]) => t),
        drawn.map(([, left]) => left),
      )
      let before = 1
      for (const [t, stays] of found.survivor.entries()) {
        expect(stays).toBeLessThanOrEqual(before)
        expect(found.standardError[t]).toBeGreaterThanOrEqual(0)
        before = stays
      }
      const all = lifeTableOfPersons(
        drawn.map(([t]) => t),
        drawn.map(() => true),
      )
      for (const [t, stays] of all.survivor.entries()) {
        const share = drawn.filter(([duration]) => duration > t + 1).length / drawn.length
        expect(stays).toBeCloseTo(share, 12)
        // Without anybody lost from sight Greenwood's error is the binomial one.
        expect(all.standardError[t]).toBeCloseTo(Math.sqrt((share * (1 - share)) / drawn.length), 12)
      }
    }),
  )
})
test('persons who are lost from sight leave the group at risk but do not leave', () => {
  const found = lifeTableOfPersons([1, 2, 2, 3], [false, true, false, true])
  expect([...found.atRisk]).toEqual([4, 3, 1])
  expect([...found.left]).toEqual([0, 1, 1])
  expect(found.medianLifetime).toBeCloseTo(2.25, 12)
  expect(lifeTable([10], [1]).medianLifetime).toBeUndefined()
})
test('no persons, more leavers than persons, persons who come back and broken durations are refused', () => {
  expect(() => lifeTable([], [])).toThrow(/one or more periods/)
  expect(() => lifeTable([5], [6])).toThrow(/no more leavers than persons/)
  expect(() => lifeTable([5, 5], [1, 1])).toThrow(RangeError)
  expect(() => lifeTable([0], [0])).toThrow(RangeError)
  expect(() => lifeTableOfPersons([0.5], [true])).toThrow(/durations of 1 or more/)
  expect(() => lifeTableOfPersons([], [])).toThrow(/one or more persons/)
})
