import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import type { DifData } from './dif-tables.ts'
import { orderedDif } from './ordered-dif.ts'
import { scoreMatrix } from './score-matrix.ts'
import { tableDif } from './table-dif.ts'

/** Two equal groups, eight items of 0–2 points; the third gives the focal group fewer points by `shift` logits. */
function madeUp(persons: number, shift: number, seed: number): DifData {
  const random = philox(seed)
  const focal = Array.from({ length: persons }, (_, p) => p % 2)
  const rows = focal.map((group) => {
    const ability = random.normal()
    return Array.from({ length: 8 }, (_, i) => {
      const b = (i - 3.5) / 3 + (i === 2 && group === 1 ? shift : 0)
      const u = random.uniform()
      return [b - 0.5, b + 0.5].filter((step) => u < 1 / (1 + Math.exp(-1.4 * (ability - step)))).length
    })
  })
  return { answers: scoreMatrix(rows), focal }
}

describe('items with several points compared between groups', () => {
  test('for items of one point it is the Mantel–Haenszel test without correction', () => {
    const answers = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }), {
      minLength: 6,
      maxLength: 40,
    })
    fc.assert(
      fc.property(answers, (rows) => {
        const data = { answers: scoreMatrix(rows), focal: rows.map((_, p) => p % 2) }
        const ordered = orderedDif(data, { rounds: 0 }).results
        tableDif(data, { rounds: 0, continuity: 0 }).results.forEach((item, i) => {
          if (item.chiSquare === null) expect(ordered[i]!.chiSquare).toBeNull()
          else expect(ordered[i]!.chiSquare).toBeCloseTo(item.chiSquare, 8)
          if (item.standardisedDifference === null) expect(ordered[i]!.meanDifference).toBeNull()
          else expect(ordered[i]!.meanDifference).toBeCloseTo(item.standardisedDifference, 10)
        })
      }),
    )
  })

  test('finds the planted item with its sign, and few others', () => {
    const ours = orderedDif(madeUp(3000, 0.7, 3))
    expect(ours.flagged).toContain(2)
    expect(ours.results[2]!.meanDifference).toBeLessThan(-0.1)
    expect(ours.results[2]!.ets).not.toBe('A')
    expect(ours.flagged.length).toBeLessThanOrEqual(3)
  })

  test('doubling the points of every item changes means and nothing else', () => {
    const data = madeUp(400, 0.5, 5)
    const doubled = {
      ...data,
      answers: { ...data.answers, scores: Float64Array.from(data.answers.scores, (x) => 2 * x) },
    }
    const [one, two] = [orderedDif(data).results, orderedDif(doubled).results]
    two.forEach((item, i) => {
      expect(item.chiSquare).toBeCloseTo(one[i]!.chiSquare!, 8)
      expect(item.meanDifference).toBeCloseTo(2 * one[i]!.meanDifference!, 8)
      expect(item.effectSize).toBeCloseTo(one[i]!.effectSize!, 8)
    })
  })

  test('an item alike for all has no test; halves and negative points are refused', () => {
    const rows = [
      [1, 0],
      [1, 2],
      [1, 0],
      [1, 2],
    ]
    const ours = orderedDif({ answers: scoreMatrix(rows), focal: [0, 0, 1, 1] }, { rounds: 0 })
    expect(ours.results[0]).toMatchObject({ chiSquare: null, effectSize: null, ets: null, meanDifference: 0 })
    expect(() => orderedDif({ answers: scoreMatrix([[0.5], [1]]), focal: [0, 1] })).toThrow('whole scores')
    expect(() => orderedDif({ answers: scoreMatrix([[-1], [1]]), focal: [0, 1] })).toThrow('whole scores')
    expect(() => orderedDif(madeUp(10, 0, 1), { level: 2 })).toThrow('level')
  })
})
