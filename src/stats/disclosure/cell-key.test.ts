import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { philox } from '../numeric/random.ts'
import { cellKey, noisyCount, noisyInterval, recordKey } from './cell-key.ts'
import { noiseTable } from './ptable.ts'

interface Fixture {
  inputs: { D: number; V: number; js: number }
  expected: Record<string, Record<string, number>>
  example: { record_keys: number[]; cell_key: number; true_count: number; perturbation: number }
  tolerance: number
}

agreement('agrees with rows of largest entropy by a root finder, and with the worked look-up', () => {
  const { inputs, expected, example, tolerance } = referenceJson<Fixture>('methods/10_cell_key_ptable.json')
  const table = noiseTable({ most: inputs.D, variance: inputs.V, smallest: inputs.js })
  for (const [count, chances] of Object.entries(expected)) {
    const { changes, chance } = table.rows[Math.min(Number(count), table.rows.length - 1)]!
    expect(changes.length).toBe(Object.keys(chances).length)
    for (const [at, change] of changes.entries()) {
      expect(Math.abs(chance[at]! - chances[`${change}`]!)).toBeLessThan(tolerance)
    }
  }
  const key = cellKey(example.record_keys)
  expect(key).toBeCloseTo(example.cell_key, 12)
  expect(noisyCount(example.true_count, key, table) - example.true_count).toBe(example.perturbation)
})
test('every row has mean 0 and the variance asked for, and no forbidden answer', () => {
  for (const options of [
    { most: 3, variance: 1, smallest: 0 },
    { most: 5, variance: 2.5, smallest: 2 },
    { most: 8, variance: 6, smallest: 3 },
  ]) {
    for (const [count, { changes, chance }] of noiseTable(options).rows.entries()) {
      const moment = (power: number) => chance.reduce((sum, p, at) => sum + p * changes[at]! ** power, 0)
      expect(moment(0)).toBeCloseTo(1, 10)
      expect(moment(1)).toBeCloseTo(0, 9)
      expect(moment(2)).toBeCloseTo(count === 0 ? 0 : options.variance, 8)
      for (const change of changes) {
        const answer = count + change
        expect(answer === 0 || answer > options.smallest).toBe(true)
        expect(Math.abs(change)).toBeLessThanOrEqual(options.most)
      }
    }
  }
})
test('nobody stays nobody', () => {
  const table = noiseTable({ most: 3, variance: 1 })
  expect([0, 0.3, 0.999].map((key) => noisyCount(0, key, table))).toEqual([0, 0, 0])
})
test('the same people have the same key in every order, and parts join to the key of their total', () => {
  const bytes = fc.array(fc.uint8Array({ minLength: 4, maxLength: 32 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(bytes, fc.nat(), (hashes, seed) => {
      const keys = hashes.map(recordKey)
      const whole = cellKey(keys)
      expect(cellKey(philox(seed).shuffle([...keys]))).toBe(whole)
      const cut = seed % keys.length
      expect(cellKey([cellKey(keys.slice(0, cut)), cellKey(keys.slice(cut))])).toBe(whole)
    }),
  )
})
test('over many cells the answers have the mean and the variance of the table', () => {
  const table = noiseTable({ most: 3, variance: 1 })
  const random = philox(7)
  const changes = Array.from({ length: 40_000 }, () => noisyCount(2, random.uniform(), table) - 2)
  const mean = changes.reduce((a, b) => a + b, 0) / changes.length
  const variance = changes.reduce((a, b) => a + (b - mean) ** 2, 0) / changes.length
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(Math.abs(variance - 1)).toBeLessThan(0.03)
})
test('the interval that an answer tells holds the true count', () => {
  const table = noiseTable({ most: 5, variance: 2.5, smallest: 2 })
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (count, key) => {
      const { low, high } = noisyInterval(noisyCount(count, key, table), table)
      expect(low).toBeLessThanOrEqual(count)
      expect(high).toBeGreaterThanOrEqual(count)
    }),
  )
})
test('a variance that cannot be had, and malformed keys and counts are refused', () => {
  expect(() => noiseTable({ most: 5, variance: 1, smallest: 2 })).toThrow('variance that can be had')
  expect(() => noiseTable({ most: 1, variance: 2 })).toThrow(RangeError)
  expect(() => noiseTable({ most: 0, variance: 1 })).toThrow(RangeError)
  expect(() => cellKey([1])).toThrow(RangeError)
  expect(() => recordKey(new Uint8Array(3))).toThrow(RangeError)
  const table = noiseTable({ most: 3, variance: 1 })
  expect(() => noisyCount(1.5, 0, table)).toThrow(RangeError)
  expect(() => noisyCount(1, 1, table)).toThrow(RangeError)
  expect(() => noisyInterval(-1, table)).toThrow(RangeError)
})
