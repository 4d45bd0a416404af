import { expect, test } from 'vitest'
import { withinPossible } from './possible.ts'

test('two very different schools: no interval reaches below no pupil at all', () => {
  const two = { value: 47, low: -201, high: 294 }
  expect(withinPossible({ unit: 'people' }, two)).toEqual({ value: 47, low: 0, high: 294 })
  expect(withinPossible({ unit: 'share' }, { value: 0.13, low: -0.03, high: 0.29 }).low).toBe(0)
})

test('what may be below zero keeps its interval: deviations, differences, scores', () => {
  const around = { value: 3, low: -2, high: 8 }
  expect(withinPossible({ unit: 'people', isSigned: true }, around)).toBe(around)
  expect(withinPossible({ unit: 'points_difference' }, around)).toBe(around)
  expect(withinPossible({ unit: 'points' }, around)).toBe(around)
})

test('where nothing is known about the error nothing is made of it', () => {
  const bare = { value: 3, low: null, high: null }
  expect(withinPossible({ unit: 'people' }, bare)).toBe(bare)
})
