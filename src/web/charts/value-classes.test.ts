import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueClasses } from './value-classes.ts'

const ends = (classes: ReturnType<typeof valueClasses>) => classes.classes.map(({ low, high }) => [low, high])

test('figures from 64 to 78 per cent fall into classes of five, whose ends can be read off', () => {
  const map = valueClasses([64, 71.2, 78], { decimals: 0 })
  expect(ends(map)).toEqual([
    [null, 64],
    [65, 69],
    [70, 74],
    [75, null],
  ])
  expect([64, 64.4, 64.6, 70, 78].map(map.of)).toEqual([0, 0, 1, 2, 3])
})

test('with one decimal the end of a class lies a tenth before the next', () => {
  expect(ends(valueClasses([5.2, 6.1], { decimals: 1 }))).toEqual([
    [null, 5.4],
    [5.5, 5.9],
    [6, null],
  ])
})

test('differences have zero where a class begins', () => {
  expect(valueClasses([-0.5, 0.4], { decimals: 1 }).classes.map(({ low }) => low)).toContain(0)
})

test('counts fall into classes that grow, so that one large city does not put all others into one', () => {
  const map = valueClasses([180, 900, 2_100, 60_000], { decimals: 0, isCount: true })
  expect(map.classes.length).toBeGreaterThan(2)
  expect(new Set([180, 900, 2_100, 60_000].map(map.of)).size).toBeGreaterThan(2)
})

test('all figures the same are one class without ends', () => {
  expect(ends(valueClasses([5.8, 5.81], { decimals: 1 }))).toEqual([[null, null]])
})

test('no figures are no classes', () => {
  expect(() => valueClasses([], { decimals: 0 })).toThrow(RangeError)
  expect(() => valueClasses([Number.NaN], { decimals: 0 })).toThrow(RangeError)
})

test('whatever the figures: at most five classes, every figure within the ends of its own, larger ones never lower', () => {
  const figures = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(figures, fc.integer({ min: 0, max: 2 }), fc.boolean(), (whole, decimals, isCount) => {
      const values = whole.map((x) => (isCount ? Math.abs(x) : x / 1000))
      const written = (x: number) => Math.round(x * 10 ** decimals) / 10 ** decimals
      const map = valueClasses(values, { decimals, isCount })
      expect(map.classes.length).toBeLessThanOrEqual(5)
      for (const value of values) {
        const { low, high } = map.classes[map.of(value)]!
        if (low !== null) expect(written(value)).toBeGreaterThanOrEqual(low)
        if (high !== null) expect(written(value)).toBeLessThanOrEqual(high)
      }
      const rising = values.toSorted((a, b) => a - b).map(map.of)
      expect(rising).toEqual(rising.toSorted((a, b) => a - b))
    }),
  )
})
