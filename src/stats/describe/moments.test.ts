import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import {
  addMoments,
  difference,
  differenceFromWhole,
  effectiveSize,
  meanOf,
  momentsOf,
  noMoments,
  subtractMoments,
  varianceOf,
} from './index.ts'

const marks = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 40 })

test('a mean of 2, 4, 4, 4, 5, 5, 7, 9 worked by hand: 5, sd √(32/7), t with 7 degrees of freedom', () => {
  const found = meanOf(momentsOf([2, 4, 4, 4, 5, 5, 7, 9]))
  expect(found.mean).toBe(5)
  expect(found.sd).toBeCloseTo(Math.sqrt(32 / 7), 14)
  expect(found.standardError).toBeCloseTo(Math.sqrt(32 / 7 / 8), 14)
  expect((found.high! - 5) / found.standardError!).toBeCloseTo(2.36462425159278, 12)
  expect(found.low! + found.high!).toBeCloseTo(10, 12)
})

test('groups added have the figures of all persons together, and taken apart again those of the rest', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      const whole = addMoments(momentsOf(a), momentsOf(b))
      expect(whole).toEqual(momentsOf([...a, ...b]))
      expect(subtractMoments(whole, momentsOf(a))).toEqual(momentsOf(b))
      expect(addMoments(whole, noMoments)).toEqual(whole)
    }),
  )
})

test('the order of persons does not matter to a mark, nor does a shift to the spread', () => {
  fc.assert(
    fc.property(marks, (values) => {
      expect(momentsOf([...values].reverse())).toEqual(momentsOf(values))
      const moved = varianceOf(momentsOf(values.map((value) => value + 500)))!
      expect(moved).toBeCloseTo(varianceOf(momentsOf(values))!, 8)
    }),
  )
})

test('sums of fractions are the same to the last bit in every order of persons', () => {
  const points = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1000, noNaN: true }), fc.double({ min: 0.1, max: 9, noNaN: true })),
  )
  fc.assert(
    fc.property(points, fc.nat(99), (rows, seed) => {
      const order = philox(seed).shuffle([...rows])
      const moments = (list: typeof rows) =>
        momentsOf(
          list.map(([y]) => y),
          list.map(([, w]) => w),
        )
      expect(moments(order)).toEqual(moments(rows))
    }),
  )
})

test('equal weights change nothing but the sums; unequal ones shrink the effective size', () => {
  fc.assert(
    fc.property(marks, fc.double({ min: 0.1, max: 9, noNaN: true }), (values, weight) => {
      const plain = meanOf(momentsOf(values))
      const weighted = meanOf(
        momentsOf(
          values,
          values.map(() => weight),
        ),
      )
      expect(weighted.absent).toBe(plain.absent)
      expect(weighted.mean!).toBeCloseTo(plain.mean!, 9)
      if (plain.absent === null) expect(weighted.standardError!).toBeCloseTo(plain.standardError!, 9)
    }),
  )
  expect(effectiveSize(momentsOf([1, 2, 3], [1, 1, 2]))).toBeCloseTo(16 / 6, 14)
  expect(momentsOf([1, 2, 3], [1, 0, 2]).n).toBe(2)
})

test('nobody, one person and all the same give the reason instead of an interval', () => {
  expect(meanOf(noMoments)).toMatchObject({ n: 0, mean: null, low: null, absent: 'empty' })
  expect(meanOf(momentsOf([7]))).toMatchObject({ n: 1, mean: 7, sd: null, high: null, absent: 'single' })
  expect(meanOf(momentsOf([0.1, 0.1, 0.1]))).toMatchObject({ sd: 0, standardError: null, absent: 'constant' })
})

test('a Welch difference worked by hand: 1, 2, 3 against 2, 4, 6, 8', () => {
  const found = difference(momentsOf([1, 2, 3]), momentsOf([2, 4, 6, 8]))
  expect(found.value).toBe(-3)
  expect(found.standardError).toBeCloseTo(Math.sqrt(1 / 3 + 5 / 3), 14)
  expect(found.df).toBeCloseTo(4 / ((1 / 3) ** 2 / 2 + (5 / 3) ** 2 / 3), 12)
  expect(found.clear).toBe(false)
})

test('a difference turned round is the same with the other sign', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      const forth = difference(momentsOf(a), momentsOf(b))
      const back = difference(momentsOf(b), momentsOf(a))
      expect(back.value! + forth.value!).toBeCloseTo(0, 12)
      expect(back.standardError).toEqual(forth.standardError)
      expect(back.clear).toBe(forth.clear)
    }),
  )
})

test('part and whole differ by the share of the rest times part against rest, and so does the interval', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      const [part, rest] = [momentsOf(a), momentsOf(b)]
      const whole = addMoments(part, rest)
      const found = differenceFromWhole(part, whole)
      const apart = difference(part, rest)
      const share = b.length / (a.length + b.length)
      expect(found.value!).toBeCloseTo(meanOf(part).mean! - meanOf(whole).mean!, 12)
      expect(found.value!).toBeCloseTo(share * apart.value!, 10)
      expect(found.clear).toBe(apart.clear)
      if (apart.low !== null) expect(found.low!).toBeCloseTo(share * apart.low, 10)
    }),
  )
})

test('the error of part against whole is that of the difference, seen in 20,000 draws', () => {
  const random = philox(5)
  const differences = Float64Array.from({ length: 20_000 }, () => {
    const draw = (n: number) => Float64Array.from({ length: n }, () => random.normal())
    const part = momentsOf(draw(5))
    const whole = addMoments(part, momentsOf(draw(15)))
    return meanOf(part).mean! - meanOf(whole).mean!
  })
  const spread = meanOf(momentsOf(differences)).sd!
  const byFormula = (15 / 20) * Math.sqrt(1 / 5 + 1 / 15)
  expect(Math.abs(spread / byFormula - 1)).toBeLessThan(5 / Math.sqrt(2 * 20_000))
})

test('a rest of a few persons with value 0 survives the rounding of a large whole', () => {
  const random = philox(6)
  const part = momentsOf(Float64Array.from({ length: 5000 }, () => random.normal()))
  const rest = subtractMoments(addMoments(part, momentsOf([0, 0, 0], [0.1, 0.2, 0.3])), part)
  expect(rest.n).toBe(3)
  expect(meanOf(rest).mean!).toBeCloseTo(0, 9)
})

test('a part that is the whole, nobody, single persons and constant groups give the reason', () => {
  const whole = momentsOf([1, 2, 3])
  expect(differenceFromWhole(whole, whole)).toMatchObject({ value: 0, absent: 'whole', clear: null })
  expect(differenceFromWhole(noMoments, whole)).toMatchObject({ value: null, absent: 'empty' })
  expect(difference(momentsOf([1]), whole)).toMatchObject({ value: -1, low: null, absent: 'single' })
  expect(difference(momentsOf([1, 1]), momentsOf([2, 2]))).toMatchObject({ value: -1, absent: 'constant' })
  expect(() => differenceFromWhole(momentsOf([1, 2, 3, 4]), whole)).toThrow('lies in the whole')
})

test('moments that cannot be are refused', () => {
  expect(() => meanOf({ ...noMoments, n: -1 })).toThrow(RangeError)
  expect(() => meanOf({ ...momentsOf([1, 2]), sum: Number.NaN })).toThrow(RangeError)
  expect(() => meanOf({ ...momentsOf([1, 2]), sumWeights: 0 })).toThrow(RangeError)
  expect(() => momentsOf([1, 2], [1])).toThrow('one weight')
  expect(() => momentsOf([1, 2], [1, -1])).toThrow('not negative')
  expect(() => momentsOf([Number.NaN])).toThrow(RangeError)
  expect(() => meanOf(momentsOf([1, 2]), 1)).toThrow('level')
})
