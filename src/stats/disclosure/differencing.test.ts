import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { differencing } from './differencing.ts'

const solver = await highsSolver()

interface Fixture {
  inputs: {
    true: number[]
    threshold: number
    published: { name: string; atoms: number[]; value: number }[]
    candidate: { name: string; atoms: number[]; value: number }
  }
  expected: {
    unsafe_pairs: [string, string][]
    derived: { school1_SEN: number; school4_SEN_if_candidate_released: number }
  }
}

agreement('agrees with a constructed case of two tables and a candidate', () => {
  const { inputs, expected } = referenceJson<Fixture>('methods/10_differencing.json')
  const now = differencing(inputs.true, inputs.published, inputs.threshold, solver)
  expect(now.unsafe.map(({ larger, smaller }) => [larger, smaller])).toEqual(expected.unsafe_pairs)
  expect([...now.derived]).toEqual([[0, expected.derived.school1_SEN]])
  const later = differencing(inputs.true, [...inputs.published, inputs.candidate], inputs.threshold, solver)
  expect(later.derived.get(3)).toBe(expected.derived.school4_SEN_if_candidate_released)
})
test('a pupil who leaves between two months is the difference of two counts', () => {
  const september = { name: 'September', atoms: [0, 1] }
  const october = { name: 'October', atoms: [0] }
  expect(differencing([57, 1], [september, october], 5, solver).unsafe).toEqual([
    { larger: 'September', smaller: 'October', difference: 1 },
  ])
})
test('counts that overlap without one lying in the other are safe as a pair', () => {
  const found = differencing(
    [9, 3, 9],
    [
      { name: 'a', atoms: [0, 1] },
      { name: 'b', atoms: [1, 2] },
    ],
    5,
    solver,
  )
  expect(found.unsafe).toEqual([])
  expect([...found.derived]).toEqual([])
})
test('three overlapping counts together tell every atom, though no pair does', () => {
  const queries = [
    { name: 'a', atoms: [0, 1] },
    { name: 'b', atoms: [1, 2] },
    { name: 'c', atoms: [0, 2] },
  ]
  const found = differencing([9, 3, 9], queries, 5, solver)
  expect(found.unsafe).toEqual([])
  expect([...found.derived]).toEqual([
    [0, 9],
    [1, 3],
    [2, 9],
  ])
})
test('queries over nobody, over unknown atoms or with one name twice are refused', () => {
  expect(() => differencing([1], [{ name: 'a', atoms: [] }], 5, solver)).toThrow(RangeError)
  expect(() => differencing([1], [{ name: 'a', atoms: [1] }], 5, solver)).toThrow(RangeError)
  expect(() => differencing([1], [{ name: 'a', atoms: [0, 0] }], 5, solver)).toThrow(RangeError)
  const twice = [
    { name: 'a', atoms: [0] },
    { name: 'a', atoms: [0] },
  ]
  expect(() => differencing([1], twice, 5, solver)).toThrow(RangeError)
})
