import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { answersByGender } from '#test/stats/reference-items.ts'
import { philox } from '../numeric/random.ts'
import type { DifData } from './dif-tables.ts'
import { type LogisticQuestion, logisticDif } from './logistic-dif.ts'
import { scoreMatrix } from './score-matrix.ts'

type Run = { stat: number[]; flagged: number[] | string; deltaR2?: number[]; coef?: number[][] }
interface LogisticReference {
  no_purification: { logistic: Record<LogisticQuestion, Run> }
  purified: { logistic: Record<LogisticQuestion, Run> }
}

function agrees(data: DifData, { logistic }: { logistic: Record<LogisticQuestion, Run> }, rounds: number) {
  for (const question of ['uniform', 'nonuniform', 'both'] as const) {
    const expected = logistic[question]
    const ours = logisticDif(data, question, { rounds })
    const flagged = typeof expected.flagged === 'string' ? [] : [expected.flagged].flat()
    expect(ours.flagged.map((item) => item + 1)).toEqual(flagged)
    ours.results.forEach((item, i) => {
      expect(Math.abs(item.chiSquare! - expected.stat[i]!)).toBeLessThan(1e-5)
      if (expected.deltaR2) expect(Math.abs(item.gain! - expected.deltaR2[i]!)).toBeLessThan(1e-5)
      if (!expected.coef) return
      // difR prints the larger model for flagged items and the smaller for the others.
      const shown = flagged.includes(i + 1) ? item.coefficients : item.withoutDifference
      const { intercept, score, group, interaction } = shown
      ;[intercept, score, group, interaction].forEach((value, k) => {
        expect(Math.abs(value - expected.coef![i]![k]!)).toBeLessThan(1e-5)
      })
    })
  }
}

/** Answers of two groups, equal in ability, to 12 items; the sixth is harder by `shift` for the focal group. */
function madeUp(persons: number, shift: number, seed: number): DifData {
  const random = philox(seed)
  const focal = Array.from({ length: persons }, (_, p) => p % 2)
  const rows = focal.map((group) => {
    const ability = random.normal()
    return Array.from({ length: 12 }, (_, i) => {
      const b = (i - 5.5) / 4 + (i === 5 && group === 1 ? shift : 0)
      return random.uniform() < 1 / (1 + Math.exp(-1.3 * (ability - b))) ? 1 : 0
    })
  })
  return { answers: scoreMatrix(rows), focal }
}

describe('differential functioning by logistic regression', () => {
  agreement(
    'agrees with difR 5.1 on dif-verbal: uniform, non-uniform, both, without and with purification',
    () => {
      const { gender_focal_1 } = referenceJson<{ gender_focal_1: LogisticReference }>(
        'dif-verbal/reference.json',
      )
      agrees(answersByGender('dif-verbal'), gender_focal_1.no_purification, 0)
      agrees(answersByGender('dif-verbal'), gender_focal_1.purified, 10)
    },
  )

  agreement('agrees with difR 5.1 on verbagg cut above 0, without and with purification', () => {
    const { dif_gender } = referenceJson<{ dif_gender: LogisticReference }>('verbagg/reference.json')
    agrees(answersByGender('verbagg'), dif_gender.no_purification, 0)
    agrees(answersByGender('verbagg'), dif_gender.purified, 10)
  })

  test('the two questions add up to the whole', () => {
    const data = madeUp(600, 0.6, 4)
    const [uniform, nonuniform, both] = (['uniform', 'nonuniform', 'both'] as const).map(
      (question) => logisticDif(data, question, { rounds: 0 }).results,
    )
    both!.forEach((item, i) => {
      expect(uniform![i]!.chiSquare! + nonuniform![i]!.chiSquare!).toBeCloseTo(item.chiSquare!, 8)
      expect(uniform![i]!.gain! + nonuniform![i]!.gain!).toBeCloseTo(item.gain!, 8)
    })
  })

  test('finds the planted item, and swapping groups turns its coefficient around', () => {
    const data = madeUp(2000, 0.8, 7)
    const ours = logisticDif(data, 'uniform')
    expect(ours.flagged).toContain(5)
    expect(ours.results[5]!.coefficients.group).toBeLessThan(-0.6)
    const swapped = logisticDif({ ...data, focal: Array.from(data.focal, (g) => 1 - g) }, 'uniform')
    expect(swapped.results[5]!.coefficients.group).toBeCloseTo(-ours.results[5]!.coefficients.group, 6)
  })

  test('without a difference about one item in twenty is flagged', () => {
    let flagged = 0
    for (let seed = 1; seed <= 40; seed++)
      flagged += logisticDif(madeUp(400, 0, seed), 'both', { rounds: 0 }).flagged.length
    expect(flagged / (40 * 12)).toBeGreaterThan(0.02)
    expect(flagged / (40 * 12)).toBeLessThan(0.09)
  })

  test('an item solved by all has no test, and answers a score decides completely are called so', () => {
    const rows = [
      [1, 0, 0],
      [1, 0, 0],
      [1, 1, 1],
      [1, 1, 1],
      [1, 0, 0],
      [1, 1, 1],
    ]
    const ours = logisticDif({ answers: scoreMatrix(rows), focal: [0, 1, 0, 1, 0, 1] }, 'both', { rounds: 0 })
    expect(ours.results[0]).toMatchObject({ chiSquare: null, warning: 'no variation' })
    expect(ours.results[1]!.warning).toBe('separation')
    expect(ours.results[1]!.chiSquare).toBeCloseTo(0, 5)
    expect(() => logisticDif(madeUp(20, 0, 1), 'both', { level: 1 })).toThrow('level')
  })
})
