import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { calibrateAlone, referenceAnswers } from '#test/stats/forms.ts'
import type { Item } from '../irt/index.ts'
import { philox } from '../numeric/random.ts'
import { calibratedForm } from './calibrated-form.ts'
import { calibrateOnto, calibrateTogether, type FormAnswers } from './joint-calibration.ts'
import { linkScales } from './link-scales.ts'

interface Concurrent {
  concurrent: {
    logLik: number
    items: string[]
    a: number[]
    d: number[]
    mean: number[]
    variance: number[]
  }
  separate_calibration_of_csv: {
    logLik: number
    slope_intercept: Record<string, { est: Record<string, number>; se: Record<string, number | null> }>
  }[]
}

const as2pl = (ids: readonly string[]): Item[] => ids.map((id) => ({ id, model: '2pl', categories: 2 }))

/** Answers of a made-up population to items of given difficulty, slope 1.2. */
function answers(
  ids: readonly string[],
  difficulty: readonly number[],
  mean: number,
  seed: number,
): FormAnswers {
  const random = philox(seed)
  const responses = new Int8Array(800 * ids.length)
  for (let person = 0; person < 800; person++) {
    const ability = mean + random.normal()
    ids.forEach((_, i) => {
      const p = 1 / (1 + Math.exp(-1.2 * (ability - difficulty[i]!)))
      responses[person * ids.length + i] = random.uniform() < p ? 1 : 0
    })
  }
  return { items: as2pl(ids), responses }
}

describe('calibration of several forms onto one scale', () => {
  agreement('agrees with mirt 1.45.1, concurrent calibration of the five forms, T1 as N(0, 1)', () => {
    const { concurrent } = referenceJson<Concurrent>('linking-2pl-5forms/reference.json')
    const forms = [1, 2, 3, 4, 5].map((form): FormAnswers => {
      const { ids, responses } = referenceAnswers(form)
      return { items: as2pl(ids), responses }
    })
    const ours = calibrateTogether(forms, { standardErrors: false })
    expect(ours.converged).toBe(true)
    expect(Math.abs(ours.logLikelihood - concurrent.logLik)).toBeLessThan(1e-3)
    concurrent.items.forEach((id, i) => {
      const item = ours.items.find((one) => one.id === id)!
      expect(Math.abs(item.slope - concurrent.a[i]!)).toBeLessThan(2e-4)
      expect(Math.abs(item.intercepts[0]! - concurrent.d[i]!)).toBeLessThan(2e-4)
    })
    ours.groups.forEach(({ mean, variance }, g) => {
      expect(Math.abs(mean - concurrent.mean[g]!)).toBeLessThan(2e-4)
      expect(Math.abs(variance - concurrent.variance[g]!)).toBeLessThan(2e-4)
    })
  })

  agreement(
    'agrees with mirt 1.45.1, the five forms apart, and their covariance is in the order of linking',
    () => {
      const { separate_calibration_of_csv: apart } = referenceJson<Concurrent>(
        'linking-2pl-5forms/reference.json',
      )
      apart.forEach((expected, i) => {
        const ours = calibrateAlone(i + 1)
        const { items, covariance } = calibratedForm(ours)
        expect(Math.abs(ours.logLikelihood - expected.logLik)).toBeLessThan(1e-3)
        const size = 2 * items.length
        items.forEach(({ id, slope, intercepts }, item) => {
          const { est, se } = expected.slope_intercept[id]!
          expect(Math.abs(slope - est.a1!)).toBeLessThan(1e-4)
          expect(Math.abs(intercepts[0]! - est.d!)).toBeLessThan(1e-4)
          const error = (k: number) => Math.sqrt(covariance![(2 * item + k) * (size + 1)]!)
          expect(Math.abs(error(0) / se.a1! - 1)).toBeLessThan(1e-3)
          expect(Math.abs(error(1) / se.d! - 1)).toBeLessThan(1e-3)
        })
      })
    },
  )

  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
  const difficulty = ids.map((_, i) => -1.5 + 0.25 * i)
  const first = answers(ids.slice(0, 8), difficulty.slice(0, 8), 0, 1)
  const second = answers(ids.slice(4), difficulty.slice(4), 0.7, 2)

  test('concurrent, fixed-anchor and linked calibration agree on the planted growth, within sampling error', () => {
    const together = calibrateTogether([first, second])
    const alone = [first, second].map((form) => calibrateTogether([form]))
    const onto = calibrateOnto(alone[0]!.items, second)
    const link = linkScales(calibratedForm(alone[1]!), calibratedForm(alone[0]!))
    for (const mean of [together.groups[1]!.mean, onto.groups[0]!.mean, link.shift]) {
      expect(Math.abs(mean - 0.7)).toBeLessThan(3 * link.standardErrors!.shift + 0.05)
    }
    expect(onto.items[0]!).toMatchObject({
      slope: alone[0]!.items[4]!.slope,
      intercepts: alone[0]!.items[4]!.intercepts,
    })
    expect(onto.items[0]!.errors.slope).toBeNull()
    // A form onto itself: nothing moves.
    const itself = calibrateOnto(alone[0]!.items, first)
    expect(itself.groups[0]!.mean).toBeCloseTo(0, 3)
    expect(itself.groups[0]!.variance).toBeCloseTo(1, 3)
  })

  test('forms that share nothing, changed items, half weights and ragged answers are refused', () => {
    const stranger = answers(['x', 'y', 'z'], [0, 0.5, -0.5], 0, 3)
    expect(() => calibrateTogether([first, stranger])).toThrow(RangeError)
    expect(() => calibrateOnto(calibrateTogether([first]).items, stranger)).toThrow('known items')
    expect(() => calibrateTogether([])).toThrow('one or more forms')
    expect(() =>
      calibrateTogether([first, { ...second, items: second.items.map((i) => ({ ...i, categories: 3 })) }]),
    ).toThrow('same model')
    expect(() => calibrateTogether([first, { ...second, weights: new Float64Array(800).fill(1) }])).toThrow(
      'weights',
    )
    expect(() => calibrateTogether([{ ...first, responses: first.responses.subarray(1) }])).toThrow(
      'persons × items',
    )
    expect(() =>
      calibrateTogether([{ ...first, items: as2pl(['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g']) }]),
    ).toThrow('at most once')
  })
})
