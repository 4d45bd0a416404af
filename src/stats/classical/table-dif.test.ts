import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { answersByGender } from '#test/stats/reference-items.ts'
import type { DifData } from './dif-tables.ts'
import { etsClass } from './ets-class.ts'
import { breslowDay, mantelHaenszel, standardisedDifference } from './mantel-haenszel.ts'
import { scoreMatrix } from './score-matrix.ts'
import { tableDif } from './table-dif.ts'

interface MhReference {
  MH: Record<
    'chi2_corrected' | 'chi2_uncorrected' | 'alphaMH' | 'varLambda' | 'delta_ETS' | 'p_corrected' | 'flagged',
    number[]
  >
}
interface GenderReference {
  no_purification: MhReference
  purified: MhReference
}

function mhAgrees(data: DifData, expected: MhReference, rounds: number) {
  const corrected = tableDif(data, { rounds })
  const plain = tableDif(data, { rounds, continuity: 0 })
  expect(corrected.flagged.map((item) => item + 1)).toEqual(expected.MH.flagged)
  expect(corrected.converged).toBe(true)
  const close = (ours: number | null, theirs: number) => expect(Math.abs(ours! - theirs)).toBeLessThan(1e-8)
  corrected.results.forEach((item, i) => {
    close(item.chiSquare, expected.MH.chi2_corrected[i]!)
    close(plain.results[i]!.chiSquare, expected.MH.chi2_uncorrected[i]!)
    close(item.oddsRatio, expected.MH.alphaMH[i]!)
    close(item.logVariance, expected.MH.varLambda[i]!)
    close(item.delta, expected.MH.delta_ETS[i]!)
    close(item.p, expected.MH.p_corrected[i]!)
  })
}

describe('items compared between groups of the same score', () => {
  agreement(
    'agrees with difR 5.1 on dif-verbal: Mantel–Haenszel, ETS delta, flags, without and with purification',
    () => {
      const reference = referenceJson<{ gender_focal_1: GenderReference }>(
        'dif-verbal/reference.json',
      ).gender_focal_1
      mhAgrees(answersByGender('dif-verbal'), reference.no_purification, 0)
      mhAgrees(answersByGender('dif-verbal'), reference.purified, 10)
    },
  )

  agreement(
    'agrees with difR 5.1 on verbagg cut above 0: Mantel–Haenszel, without and with purification',
    () => {
      const reference = referenceJson<{ dif_gender: GenderReference }>('verbagg/reference.json').dif_gender
      mhAgrees(answersByGender('verbagg'), reference.no_purification, 0)
      mhAgrees(answersByGender('verbagg'), reference.purified, 10)
    },
  )

  agreement('agrees with difR 5.1 on dif-verbal: standardised difference and Breslow–Day', () => {
    const reference = referenceJson<{
      standardisation: { PDIF: number[] }
      breslow_day: { stat: number[]; df: number[] }
    }>('dif-verbal/reference.json')
    const ours = tableDif(answersByGender('dif-verbal'), { rounds: 0 }).results
    expect(reference.breslow_day.stat).toHaveLength(ours.length)
    ours.forEach((item, i) => {
      expect(Math.abs(item.standardisedDifference! - reference.standardisation.PDIF[i]!)).toBeLessThan(1e-8)
      expect(Math.abs(item.breslowDay!.chiSquare - reference.breslow_day.stat[i]!)).toBeLessThan(5.1e-5) // printed to 4 decimals
      expect(item.breslowDay!.df).toBe(reference.breslow_day.df[i])
    })
  })

  const table = (right: number, wrong: number, focalRight: number, focalWrong: number, score = 1) => ({
    score,
    referenceRight: right,
    referenceWrong: wrong,
    focalRight,
    focalWrong,
  })

  test('one score worked by hand: odds ratio 4, difference 5, and a third fewer right answers of the focal group', () => {
    const one = [table(20, 10, 10, 20)]
    const ours = mantelHaenszel(one, 0)
    expect(ours.oddsRatio).toBeCloseTo(4, 14)
    expect(ours.chiSquare).toBeCloseTo(25 / ((30 ** 4 / 60 ** 2) * (1 / 59)), 12)
    expect(ours.logVariance).toBeCloseTo(1 / 20 + 1 / 10 + 1 / 10 + 1 / 20, 12) // Woolf's, with one table
    expect(standardisedDifference(one)).toBeCloseTo(-1 / 3, 14)
    expect(breslowDay([...one, table(40, 20, 10, 20, 2)])!.chiSquare).toBeCloseTo(0, 12)
  })

  test('swapping the groups turns delta and the standardised sign around and leaves the tests as they are', () => {
    const counts = fc.array(fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 15 }))), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(counts, (rows) => {
        const tables = rows.map(([a, b, c, d], score) => table(a!, b!, c!, d!, score))
        const swapped = rows.map(([a, b, c, d], score) => table(c!, d!, a!, b!, score))
        const [one, other] = [mantelHaenszel(tables), mantelHaenszel(swapped)]
        for (const value of Object.values(one)) expect(value).not.toBeNaN()
        expect(other.warning).toBe(one.warning)
        if (one.chiSquare !== null) expect(other.chiSquare).toBeCloseTo(one.chiSquare, 8)
        if (one.delta !== null) {
          expect(other.delta).toBeCloseTo(-one.delta, 8)
          expect(other.logVariance).toBeCloseTo(one.logVariance!, 8)
        }
        const [heterogeneity, turned] = [breslowDay(tables), breslowDay(swapped)]
        expect(turned === null).toBe(heterogeneity === null)
        if (heterogeneity) {
          const gap = Math.abs(turned!.chiSquare - heterogeneity.chiSquare)
          expect(gap).toBeLessThan(1e-6 * (1 + heterogeneity.chiSquare))
        }
      }),
    )
  })

  test('classes follow delta and its error: a large but uncertain delta is not C', () => {
    expect(etsClass(-0.9, 0.1)).toBe('A')
    expect(etsClass(1.8, 1)).toBe('A') // not different from 0
    expect(etsClass(-1.8, 0.6)).toBe('B') // different from 0, not by chance above 1
    expect(etsClass(-1.8, 0.3)).toBe('C')
    expect(etsClass(1.2, 0.1)).toBe('B')
    expect(() => etsClass(1, 0)).toThrow(RangeError)
  })

  test('no overlap of the groups, or an odds ratio without bound, is said and not computed', () => {
    expect(mantelHaenszel([table(3, 2, 0, 0), table(0, 0, 4, 1, 2)])).toMatchObject({
      chiSquare: null,
      warning: 'no overlap',
    })
    const unbounded = mantelHaenszel([table(5, 0, 3, 4)])
    expect(unbounded).toMatchObject({ oddsRatio: null, ets: null, warning: 'odds ratio unbounded' })
    expect(unbounded.chiSquare).toBeGreaterThan(0)
    expect(breslowDay([table(5, 0, 3, 4)])).toBeNull()
    expect(standardisedDifference([table(3, 2, 0, 0)])).toBeNull()
  })

  test('matched on a given score, items need not be presented to all, and nothing is purified', () => {
    const gap = Number.NaN
    const answers = scoreMatrix([
      [1, gap],
      [0, 1],
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
      [1, gap],
      [0, 1],
    ])
    const focal = [0, 0, 1, 1, 0, 0, 1, 1]
    const ours = tableDif({ answers, focal, matching: [1, 1, 1, 1, 2, 2, 2, 2] })
    expect(ours.rounds).toBe(0)
    expect(ours.results[0]!.oddsRatio).toBeCloseTo(1, 12)
    expect(() => tableDif({ answers, focal })).toThrow('match on')
  })

  test('an empty group, answers other than 0 and 1 and groups other than 0 and 1 are refused', () => {
    const answers = scoreMatrix([
      [1, 0],
      [0, 1],
    ])
    expect(() => tableDif({ answers, focal: [1, 1] })).toThrow('both')
    expect(() => tableDif({ answers, focal: [1, 2] })).toThrow('groups must be')
    expect(() => tableDif({ answers, focal: [1] })).toThrow('one group')
    expect(() =>
      tableDif({
        answers: scoreMatrix([
          [2, 0],
          [0, 1],
        ]),
        focal: [0, 1],
      }),
    ).toThrow('0 or 1')
    expect(() => tableDif({ answers, focal: [0, 1] }, { level: 0 })).toThrow('level')
    expect(() => tableDif({ answers, focal: [0, 1] }, { rounds: -1 })).toThrow('rounds')
    expect(() => mantelHaenszel([table(-1, 0, 0, 0)])).toThrow(RangeError)
  })
})
