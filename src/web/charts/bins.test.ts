import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binsOf } from './bins.ts'

const people = (values: readonly number[]) => values.map((value) => ({ value, n: 1 }))

test('a few different values get one bar each', () => {
  expect(
    binsOf([
      { value: 0, n: 3 },
      { value: 2, n: 5 },
      { value: 10, n: 1 },
    ]).map(({ from, n }) => [from, n]),
  ).toEqual([
    [0, 3],
    [2, 5],
    [10, 1],
  ])
})

test('many values are put into equal steps of a round width, an upper end belonging to the next bar', () => {
  const bins = binsOf(people(Array.from({ length: 81 }, (_, k) => k / 10)))
  expect(bins.length).toBe(16)
  expect(bins[0]).toEqual({ from: 0, to: 0.5, single: false, n: 5 })
  expect(bins.at(-1)).toEqual({ from: 7.5, to: 8, single: false, n: 6 })
})

test('a second distribution widens the bars of the first, so that both can be laid over each other', () => {
  const own = binsOf(people([4, 5]), people([0, 1, 2, 3, 4, 5, 6]))
  expect(own.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(own.map(({ n }) => n)).toEqual([0, 0, 0, 0, 1, 1, 0])
})

test('nobody is lost or counted twice, whatever the values', () => {
  const value = fc.integer({ min: -100_000, max: 100_000 }).map((hundredths) => hundredths / 100)
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.array(value, { maxLength: 50 }),
      (own, also) => {
        const bins = binsOf(people(own), people(also))
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(own.length)
        expect(bins.length).toBeLessThanOrEqual(18)
      },
    ),
  )
})
