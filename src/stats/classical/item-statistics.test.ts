import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { referenceItems } from '#test/stats/reference-items.ts'
import { itemStatistics } from './item-statistics.ts'
import { scoreMatrix } from './score-matrix.ts'

const gap = Number.NaN

describe('difficulty and discrimination', () => {
  const maxima: [string, number][] = [
    ['lsat6', 1],
    ['sat12', 1],
    ['read-reliability', 1],
    ['verbagg', 2],
    ['science', 3],
  ]
  for (const [folder, maximum] of maxima) {
    agreement(
      `agrees with psych 2.2.9 on ${folder}: mean, deviation, correlation with total and rest`,
      () => {
        const { reliability } = referenceJson<{ reliability: { item_stats: Record<string, number[]> } }>(
          `${folder}/reference.json`,
        )
        const matrix = referenceItems(`${folder}/data.csv`)
        const ours = itemStatistics(matrix, new Array(matrix.items).fill(maximum))
        ours.forEach((item, i) => {
          expect(item.persons).toBe(reliability.item_stats.n![i])
          expect(item.mean).toBeCloseTo(reliability.item_stats.mean![i]!, 12)
          expect(item.standardDeviation).toBeCloseTo(reliability.item_stats.sd![i]!, 12)
          expect(item.itemTotal).toBeCloseTo(reliability.item_stats['raw.r']![i]!, 10)
          expect(item.itemRest).toBeCloseTo(reliability.item_stats['r.drop']![i]!, 10)
          expect(item.difficulty).toBeCloseTo(reliability.item_stats.mean![i]! / maximum, 12)
        })
      },
    )
  }

  agreement('agrees with psych on the attitude data: correlation of each item with the rest', () => {
    const { expected } = referenceJson<{ expected: { item_rest_r: number[] } }>(
      'methods/07_reliability_attitude_expected.json',
    )
    const matrix = referenceItems('methods/07_attitude.csv')
    const ours = itemStatistics(matrix, new Array(matrix.items).fill(100))
    ours.forEach((item, i) => {
      expect(item.itemRest).toBeCloseTo(expected.item_rest_r[i]!, 10)
    })
  })

  agreement('agrees with TAM 4.3-25 on read-reliability: answers in each category', () => {
    const { ctt } = referenceJson<{ ctt: { itemno: number[]; Categ: string[]; AbsFreq: number[] } }>(
      'read-reliability/reference.json',
    )
    const ours = itemStatistics(referenceItems('read-reliability/data.csv'), new Array(12).fill(1))
    ctt.AbsFreq.forEach((n, row) => {
      expect(ours[ctt.itemno[row]! - 1]!.counts[Number(ctt.Categ[row])]).toBe(n)
    })
  })

  const booklet = fc.array(fc.array(fc.constantFrom(0, 1, gap), { minLength: 4, maxLength: 4 }), {
    minLength: 3,
    maxLength: 20,
  })

  test('never gives NaN, however many gaps, and does not depend on the order of persons', () => {
    fc.assert(
      fc.property(booklet, (rows) => {
        fc.pre([0, 1, 2, 3].every((i) => rows.some((row) => !Number.isNaN(row[i]))))
        const ours = itemStatistics(scoreMatrix(rows), [1, 1, 1, 1])
        const turned = itemStatistics(scoreMatrix(rows.toReversed()), [1, 1, 1, 1])
        ours.forEach((item, i) => {
          expect(Object.values(item).some(Number.isNaN)).toBe(false)
          expect(item.counts).toEqual(turned[i]!.counts)
          if (item.itemRest !== null) expect(item.itemRest).toBeCloseTo(turned[i]!.itemRest!, 10)
          else expect(turned[i]!.itemRest).toBeNull()
        })
      }),
    )
  })

  test('an item nobody solved, or everybody, or with an unused score is named and has no discrimination', () => {
    const ours = itemStatistics(
      scoreMatrix([
        [0, 1, 0, 1],
        [0, 1, 2, 1],
        [0, 1, 0, 1],
      ]),
      [1, 1, 2, 2],
    )
    expect(ours.map((item) => item.warning)).toEqual([
      'nobody scored',
      'everybody at the maximum',
      'unused score',
      'no variation',
    ])
    expect(ours.map((item) => item.itemRest)).toEqual([null, null, null, null])
    expect(ours[2]!.itemTotal).toBeCloseTo(1, 12)
  })

  test('with booklets of different items the rest is the share reached on the items presented', () => {
    // Nobody answered all; the first item goes with the better half on either booklet.
    const rows = [
      [1, 1, 1, gap],
      [0, 0, 0, gap],
      [1, gap, 1, 1],
      [0, gap, 0, 0],
    ]
    expect(itemStatistics(scoreMatrix(rows), [1, 1, 1, 1])[0]!.itemRest).toBeCloseTo(1, 12)
  })

  test('scores above the maximum, halves, an item nobody answered and a wrong number of maxima are refused', () => {
    expect(() => itemStatistics(scoreMatrix([[2]]), [1])).toThrow('from 0 to 1 on item 1')
    expect(() => itemStatistics(scoreMatrix([[0.5]]), [1])).toThrow('whole')
    expect(() => itemStatistics(scoreMatrix([[gap]]), [1])).toThrow('an answer to item 1')
    expect(() => itemStatistics(scoreMatrix([[1]]), [1, 1])).toThrow('maximum')
    expect(() => itemStatistics(scoreMatrix([[1]]), [0])).toThrow('maxima')
    expect(() => itemStatistics(scoreMatrix([]), [])).toThrow(RangeError)
  })
})
