import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countValues,
  medianOf,
  medianRanks,
  mergeCounts,
  momentsOf,
  momentsOfCounts,
  proportion,
  proportionDifference,
  proportionDifferenceFromWhole,
  quantileOf,
  sharesOf,
  totalCount,
  weightedProportion,
} from './index.ts'

const marks = fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 40 })

test('counts of two schools merged are the counts of all their pupils', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      const merged = mergeCounts(countValues(a), countValues(b))
      expect(merged).toEqual(countValues([...b, ...a]))
      expect(totalCount(merged)).toBe(a.length + b.length)
      expect(momentsOfCounts(merged)).toEqual(momentsOf([...a, ...b]))
    }),
  )
})

test('shares sum to 1 and the median splits the pupils', () => {
  const group = countValues([4, 4, 7, 9])
  expect(sharesOf(group)).toEqual([0.5, 0.25, 0.25])
  expect(medianOf(group)).toBe(5.5)
  expect(quantileOf(group, 1)).toBe(9)
})

test('where nobody is counted there are no shares and no median', () => {
  expect(sharesOf({ values: [1, 2], counts: [0, 0] })).toBeNull()
  expect(medianOf(countValues([]))).toBeNull()
  expect(proportion({ hits: 0, n: 0 })).toMatchObject({ value: null, low: null, absent: 'empty' })
})

test('counts that fall, are broken or negative are refused', () => {
  expect(() => totalCount({ values: [2, 1], counts: [1, 1] })).toThrow('rising')
  expect(() => totalCount({ values: [1], counts: [0.5] })).toThrow('whole')
  expect(() => totalCount({ values: [1, 2], counts: [1] })).toThrow(RangeError)
  expect(() => countValues([Number.NaN])).toThrow('finite')
})

test('a share is inside its interval, and none or all have an exact end', () => {
  const hits = fc
    .tuple(fc.nat(200), fc.nat(200))
    .map(([a, b]) => ({ hits: Math.min(a, b), n: Math.max(a, b) + 1 }))
  fc.assert(
    fc.property(hits, (group) => {
      const { value, low, high } = proportion(group)
      expect(low! <= value! && value! <= high!).toBe(true)
      expect(low! >= 0 && high! <= 1).toBe(true)
    }),
  )
  expect(proportion({ hits: 0, n: 20 }).low).toBe(0)
  expect(proportion({ hits: 20, n: 20 }).high).toBe(1)
})

test('a weighted share with equal weights is the plain one; unequal weights widen its interval', () => {
  const answers = [1, 0, 0, 1, 1, 0, 0, 0]
  const plain = proportion({ hits: 3, n: 8 })
  const equal = weightedProportion(
    momentsOf(
      answers,
      answers.map(() => 2.5),
    ),
  )
  expect(equal.value).toBe(plain.value)
  expect(equal.low).toBeCloseTo(plain.low!, 12)
  const unequal = weightedProportion(momentsOf(answers, [1, 3, 1, 3, 1, 1, 3, 1]))
  expect(unequal.high! - unequal.low!).toBeGreaterThan(plain.high! - plain.low!)
  expect(weightedProportion(momentsOf([1, 1, 1], [0.1, 0.2, 0.3]))).toMatchObject({ value: 1, high: 1 })
  expect(weightedProportion(momentsOf([])).absent).toBe('empty')
  expect(() => weightedProportion(momentsOf([1, 2]))).toThrow('0 or 1')
})

test('a share in a part against the whole follows from the rest', () => {
  const part = { hits: 6, n: 10 }
  const whole = { hits: 36, n: 110 }
  const found = proportionDifferenceFromWhole(part, whole)
  const apart = proportionDifference(part, { hits: 30, n: 100 })
  expect(found.value).toBeCloseTo(0.6 - 36 / 110, 14)
  expect(found.low).toBeCloseTo((100 / 110) * apart.low!, 14)
  expect(found.clear).toBe(apart.clear)
  expect(proportionDifferenceFromWhole(whole, whole)).toMatchObject({ value: 0, absent: 'whole' })
  expect(proportionDifferenceFromWhole({ hits: 0, n: 0 }, whole).absent).toBe('empty')
  expect(() => proportionDifferenceFromWhole({ hits: 7, n: 10 }, { hits: 6, n: 20 })).toThrow(
    'lies in the whole',
  )
  expect(() => proportion({ hits: 3, n: 2 })).toThrow(RangeError)
})

test('with five values not even the extremes enclose the median at 95 per cent; with six they do', () => {
  expect(medianRanks(5)).toBeNull()
  expect(medianRanks(0)).toBeNull()
  expect(medianRanks(6)).toEqual({ lower: 1, upper: 6, coverage: 1 - 2 / 64 })
  expect(() => medianRanks(2.5)).toThrow(RangeError)
})

test('ranks keep the coverage asked for and a narrower pair would not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 3000 }), (n) => {
      const { lower, upper, coverage } = medianRanks(n)!
      expect(coverage).toBeGreaterThanOrEqual(0.95 - 1e-12)
      expect(lower + upper).toBe(n + 1)
    }),
  )
})
