import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { differenceFromWhole, verdict, welchDifference } from './difference.ts'
import { addMoments, type Moments, sampleVariance, summarise } from './moments.ts'

const moments = (values: readonly number[]): Moments => ({
  n: values.length,
  sum: values.reduce((a, b) => a + b, 0),
  sumOfSquares: values.reduce((a, b) => a + b * b, 0),
})
const group = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 3, maxLength: 40 })

test('a case worked by hand: 1, 2, 3, 4 has mean 2.5, variance 5/3, interval 2.5 ± 3.182 · 0.6455', () => {
  const found = summarise(moments([1, 2, 3, 4]))
  expect(found.mean).toBe(2.5)
  expect(found.sd).toBeCloseTo(Math.sqrt(5 / 3), 12)
  expect(found.low).toBeCloseTo(2.5 - 3.182446305284263 * Math.sqrt(5 / 12), 9)
})

test('one pupil has a mean and no error; nobody has neither', () => {
  expect(summarise(moments([7]))).toEqual({ n: 1, mean: 7, sd: null, se: null, low: null, high: null })
  expect(() => summarise(moments([]))).toThrow(/at least one value/)
  expect(welchDifference(moments([7]), moments([1, 2, 3]))).toBeNull()
})

interface Chem {
  bySex: Record<'M' | 'F', { n: number; mean: number; sd: number }>
  genderDifference_M_minus_F: { estimate: number; se: number; ci95: [number, number] }
}

agreement('agrees with R 4.2.2, t.test: difference between boys and girls in chem97', () => {
  const { bySex, genderDifference_M_minus_F: expected } = referenceJson<Chem>('chem97/reference.json')
  const of = ({ n, mean, sd }: { n: number; mean: number; sd: number }): Moments => ({
    n,
    sum: n * mean,
    sumOfSquares: (n - 1) * sd * sd + n * mean * mean,
  })
  const found = welchDifference(of(bySex.M), of(bySex.F))!
  expect(found.difference).toBeCloseTo(expected.estimate, 9)
  expect(found.se).toBeCloseTo(expected.se, 9)
  expect(found.low).toBeCloseTo(expected.ci95[0], 9)
  expect(found.high).toBeCloseTo(expected.ci95[1], 9)
})

test('moments of the parts add up to those of the whole', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      expect(addMoments([moments(a), moments(b)])).toEqual(moments([...a, ...b]))
    }),
  )
})

test('a part differs from its whole by (1 − share) of what it differs from the rest', () => {
  fc.assert(
    fc.property(group, group, (part, rest) => {
      const whole = moments([...part, ...rest])
      const found = differenceFromWhole(moments(part), whole)!
      expect(found.difference).toBeCloseTo(summarise(moments(part)).mean - summarise(whole).mean, 9)
      const apart = welchDifference(moments(part), moments(rest))!
      expect(verdict(found)).toBe(verdict(apart))
    }),
  )
})

test('groups that change places change the sign and nothing else', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const there = welchDifference(moments(a), moments(b))!
      const back = welchDifference(moments(b), moments(a))!
      expect(there.difference).toBeCloseTo(-back.difference, 12)
      expect(there.se).toBeCloseTo(back.se, 12)
      expect(there.low).toBeCloseTo(-back.high, 9)
    }),
  )
})

test('variance is never below zero, even where all values are the same large number', () => {
  expect(sampleVariance(moments([1e8, 1e8, 1e8]))).toBe(0)
})
