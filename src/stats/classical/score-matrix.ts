import { sum } from '../numeric/sum.ts'

/**
 * Scored answers of one test: persons × items, row by row; points, higher is better; NaN = not presented or no
 * answer counted. What is counted as 0 (omitted, not reached) is decided before.
 */
export interface ScoreMatrix {
  readonly persons: number
  readonly items: number
  readonly scores: ArrayLike<number>
}

/**
 * A score matrix from one row of points per person.
 * @throws RangeError if rows differ in length
 */
export function scoreMatrix(rows: readonly ArrayLike<number>[]): ScoreMatrix {
  const items = rows[0]?.length ?? 0
  const scores = new Float64Array(rows.length * items)
  rows.forEach((row, person) => {
    if (row.length !== items) throw new RangeError('scoreMatrix requires rows of the same length')
    for (let item = 0; item < items; item++) scores[person * items + item] = row[item]!
  })
  return { persons: rows.length, items, scores }
}

/**
 * A score matrix from responses as `calibrate` takes them.
 *
 * @param responses  persons × items, row by row; −1 where there is no answer
 * @throws           RangeError if there is no item, rows are not whole or a response is below −1
 */
export function fromResponses(responses: Int8Array, items: number): ScoreMatrix {
  const persons = responses.length / items
  if (
    !(Number.isInteger(items) && items >= 1 && Number.isInteger(persons)) ||
    responses.some((x) => x < -1)
  ) {
    throw new RangeError('fromResponses requires whole rows of scores, −1 for no answer')
  }
  // Not Float64Array.from: with a function it goes through an iterator, ten times slower.
  const scores = new Float64Array(responses.length)
  for (let at = 0; at < scores.length; at++) scores[at] = responses[at] === -1 ? Number.NaN : responses[at]!
  return { persons, items, scores }
}

/** Refuses, in the name of `who`, a matrix whose size is wrong or that holds an infinite score. */
export function checkMatrix(matrix: ScoreMatrix, who: string): void {
  const { persons, items, scores } = matrix
  if (persons < 1 || items < 1 || scores.length !== persons * items) {
    throw new RangeError(`${who} requires a matrix of persons × items scores, at least one of each`)
  }
  for (let i = 0; i < scores.length; i++) {
    const x = scores[i]!
    if (x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY) {
      throw new RangeError(`${who} requires finite scores (NaN for no answer)`)
    }
  }
}

/** The persons who answered every item; the same matrix when all did. */
export function completePersons(matrix: ScoreMatrix): ScoreMatrix {
  const { items, scores } = matrix
  const kept: number[] = []
  for (let person = 0; person < matrix.persons; person++) {
    let complete = true
    for (let item = 0; item < items; item++)
      if (Number.isNaN(scores[person * items + item]!)) complete = false
    if (complete) kept.push(person)
  }
  if (kept.length === matrix.persons) return matrix
  const rows = new Float64Array(kept.length * items)
  kept.forEach((person, to) => {
    for (let item = 0; item < items; item++) rows[to * items + item] = scores[person * items + item]!
  })
  return { persons: kept.length, items, scores: rows }
}

/**
 * Means and covariances (divisor n − 1) of the items over persons who answered all of them.
 *
 * @returns  means: k; covariance: k × k, row-major, symmetric; persons: n who answered everything
 * @throws   RangeError if fewer than two persons answered everything
 */
export function itemCovariance(matrix: ScoreMatrix): {
  means: Float64Array
  covariance: Float64Array
  persons: number
} {
  checkMatrix(matrix, 'itemCovariance')
  const { persons, items: k, scores } = completePersons(matrix)
  if (persons < 2) throw new RangeError('itemCovariance requires two or more persons who answered every item')
  const column = new Float64Array(persons)
  const means = new Float64Array(k)
  for (let item = 0; item < k; item++) {
    for (let person = 0; person < persons; person++) column[person] = scores[person * k + item]!
    means[item] = sum(column) / persons
  }
  const covariance = new Float64Array(k * k)
  const centred = new Float64Array(k)
  for (let person = 0; person < persons; person++) {
    for (let item = 0; item < k; item++) centred[item] = scores[person * k + item]! - means[item]!
    for (let i = 0; i < k; i++) {
      const x = centred[i]!
      if (x !== 0) for (let j = 0; j <= i; j++) covariance[i * k + j]! += x * centred[j]!
    }
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      const value = covariance[i * k + j]! / (persons - 1)
      covariance[i * k + j] = value
      covariance[j * k + i] = value
    }
  }
  return { means, covariance, persons }
}

/**
 * Correlations from covariances.
 * @throws RangeError naming the first item (counted from 1) without variance: it has no correlation
 */
export function correlationOf(covariance: ArrayLike<number>, k: number): Float64Array {
  const correlation = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    const variance = covariance[i * k + i]!
    if (!(variance > 0))
      throw new RangeError(`correlations require items that differ between persons; item ${i + 1} does not`)
    for (let j = 0; j < i; j++) {
      const r = covariance[i * k + j]! / Math.sqrt(variance * covariance[j * k + j]!)
      correlation[i * k + j] = r
      correlation[j * k + i] = r
    }
    correlation[i * k + i] = 1
  }
  return correlation
}

/** A symmetric k × k matrix without row and column `left`. */
export function without(matrix: ArrayLike<number>, k: number, left: number): Float64Array {
  const rest = new Float64Array((k - 1) * (k - 1))
  let at = 0
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) if (i !== left && j !== left) rest[at++] = matrix[i * k + j]!
  }
  return rest
}
