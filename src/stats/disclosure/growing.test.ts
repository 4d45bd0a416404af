import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coordinates } from './coordinates.ts'
import { growing, keyIndex, where } from './growing.ts'
import { tablesBuilder } from './tables.ts'

test('every key has one number, whatever keys there are, and finds it again when there are many', () => {
  const key = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[ab]{0,3}$/),
    fc.nat().map((n) => `school ${n}`),
  )
  fc.assert(
    fc.property(fc.array(key, { maxLength: 3000, size: 'max' }), (keys) => {
      const index = keyIndex()
      const numbers = new Map<string, number>()
      for (const each of keys) {
        if (!numbers.has(each)) numbers.set(each, numbers.size)
        expect(index.numberOf(each)).toBe(numbers.get(each))
      }
      expect(index.keys).toEqual([...numbers.keys()])
    }),
    { numRuns: 30 },
  )
})
test('numbers are kept however many there are', () => {
  const numbers = growing((length) => new Float64Array(length))
  for (let at = 0; at < 5000; at++) numbers.push(at / 2)
  expect(numbers.length).toBe(5000)
  expect([...numbers.all()]).toEqual(Array.from({ length: 5000 }, (_, at) => at / 2))
  expect([...where(5, (at) => at % 2 === 0)]).toEqual([0, 2, 4])
})
test('cells are found by their coordinates, close together or far apart, and facts know their axis', () => {
  for (const grades of [3, 400]) {
    const builder = tablesBuilder()
    // far apart: each school has other grades, so that few of all combinations are there
    const gradeOf = (school: number, g: number) => (grades === 3 ? g : 1 + ((school * 7 + g) % 399))
    const cells = Array.from({ length: 60 }, (_, school) =>
      [1, 2].map((g) => builder.cell(`s${school}|g${gradeOf(school, g)}`, school + g)),
    )
    cells.forEach((parts, school) => {
      builder.total(builder.cell(`s${school}|all`, 2 * school + 3), parts)
    })
    builder.fact([cells[0]![0]!, cells[1]![1]!], [1, 1], 4, 4)
    builder.fact([cells[0]![0]!, cells[0]![1]!], [1, 1], 0, 9)
    const tables = builder.build()
    const { code, axis, find } = coordinates(tables)
    tables.keys.forEach((_, cell) => {
      expect(find(code[cell]!)).toBe(cell)
    })
    expect(find(Math.max(...code) + 1)).toBe(-1)
    // totals run along the second part of the key; the other equation and the interval along none
    expect([...axis].sort()).toEqual([-1, -1, ...Array(60).fill(1)])
  }
})
