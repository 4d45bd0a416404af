import { expect, test } from 'vitest'
import {
  completePersons,
  correlationOf,
  fromResponses,
  itemCovariance,
  scoreMatrix,
  without,
} from './score-matrix.ts'

test('responses become scores, without an answer where there is −1', () => {
  const { persons, items, scores } = fromResponses(Int8Array.of(0, -1, 2, 1), 2)
  expect([persons, items, ...Array.from(scores)]).toEqual([2, 2, 0, Number.NaN, 2, 1])
  expect(() => fromResponses(Int8Array.of(0, 1, 2), 2)).toThrow('whole rows')
  expect(() => fromResponses(Int8Array.of(0, -2), 2)).toThrow('whole rows')
})

test('only persons who answered everything are complete', () => {
  const matrix = scoreMatrix([
    [1, 2],
    [Number.NaN, 3],
    [4, 5],
  ])
  expect(completePersons(matrix)).toEqual(
    scoreMatrix([
      [1, 2],
      [4, 5],
    ]),
  )
})

test('covariances and correlations of a case worked by hand', () => {
  const { means, covariance } = itemCovariance(
    scoreMatrix([
      [1, 10],
      [2, 30],
      [3, 20],
    ]),
  )
  expect(Array.from(means)).toEqual([2, 20])
  expect(Array.from(covariance)).toEqual([1, 5, 5, 100])
  expect(Array.from(correlationOf(covariance, 2))).toEqual([1, 0.5, 0.5, 1])
  expect(Array.from(without([1, 2, 3, 2, 4, 5, 3, 5, 6], 3, 1))).toEqual([1, 3, 3, 6])
})
