import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillLikelihood, newExpectation, rowPosterior } from './expectation.ts'
import { jointPatterns } from './joint-patterns.ts'

const position = Int8Array.from({ length: 4 }, (_, k) => k)

/** Answers 0 … 3 of 1–14 items, some missing. */
const tables = fc.integer({ min: 1, max: 14 }).chain((columns) =>
  fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: columns, maxLength: columns }), {
    minLength: 2,
    maxLength: 40,
  }),
)

function laidOut(rows: readonly (readonly number[])[]) {
  const columns = rows[0]!.length
  const used = Array.from({ length: columns }, (_, column) => ({ column, position, scores: 4 }))
  return jointPatterns({
    responses: Int8Array.from(rows.flat()),
    persons: rows.length,
    columns,
    used,
    priorClass: new Int32Array(rows.length),
    weights: undefined,
  })
}

test('the likelihood of a row is the product of its probabilities, however items fall into blocks', () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const patterns = laidOut(rows)
      const columns = rows[0]!.length
      const work = newExpectation(patterns, 2, 4 * columns, 1)
      work.probability.forEach((_, k) => {
        work.probability[k] = 0.05 + ((k * 37) % 90) / 100
      })
      work.prior.set([0.25, 0.75])
      fillLikelihood(work)
      const posterior = new Float64Array(2)
      rows.forEach((row, i) => {
        const at = patterns.rowOf[i]!
        expect(at < 0).toBe(row.every((x) => x < 0))
        if (at < 0) return
        const product = [0, 1].map((q) =>
          row.reduce(
            (total, x, j) => (x < 0 ? total : total * work.probability[(4 * j + x) * 2 + q]!),
            work.prior[q]!,
          ),
        )
        const marginal = rowPosterior(work, at, 0, 2, posterior)
        expect(marginal).toBeCloseTo(Math.log(product[0]! + product[1]!), 10)
        expect(posterior[0]).toBeCloseTo(product[0]! / (product[0]! + product[1]!), 10)
        expect([...patterns.answer.subarray(at * columns, (at + 1) * columns)]).toEqual(row)
      })
    }),
  )
})

test('rows stand for people: weights add up to those who answered, and everyone finds their row', () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const patterns = laidOut([...rows, ...rows])
      const answered = rows.filter((row) => row.some((x) => x >= 0)).length
      expect(patterns.weight.reduce((sum, w) => sum + w, 0)).toBe(2 * answered)
      rows.forEach((_, i) => {
        expect(patterns.rowOf[i]).toBe(patterns.rowOf[i + rows.length])
      })
    }),
  )
})

test('hundreds of items do not leave the range of numbers', () => {
  const columns = 700
  const patterns = laidOut([new Array<number>(columns).fill(1), new Array<number>(columns).fill(2)])
  const work = newExpectation(patterns, 2, 4 * columns, 1)
  work.probability.fill(0.1)
  work.prior.set([0.5, 0.5])
  fillLikelihood(work)
  const posterior = new Float64Array(2)
  expect(rowPosterior(work, 0, 0, 2, posterior)).toBeCloseTo(columns * Math.log(0.1), 8)
  expect(posterior[0]).toBeCloseTo(0.5, 12)
})
