import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { publicBounds } from './bounds.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'
import { components, contentAddress, unknownsOf } from './unknowns.ts'
import { crossTable, enumerateBounds, hide } from './worlds.ts'

const solver = await highsSolver()

interface Fixture {
  inputs: { interior: number[][]; primary: number[][] }
  expected: {
    audit_primary_only: { cell: number[]; lo: number; hi: number }[]
    audit_given_pattern: { suppressed: number[][]; bounds: { cell: number[]; lo: number; hi: number }[] }
  }
}

agreement('agrees with exact intervals of a two-way table before and after secondary suppression', () => {
  const { inputs, expected } = referenceJson<Fixture>('methods/10_secondary_suppression.json')
  const tables = crossTable(inputs.interior)
  const key = (cell: number[]) => `${cell[0]}|${cell[1]}`
  for (const [suppressed, intervals] of [
    [inputs.primary, expected.audit_primary_only],
    [expected.audit_given_pattern.suppressed, expected.audit_given_pattern.bounds],
  ] as const) {
    const { low, high } = publicBounds(tables, hide(tables, suppressed.map(key)), solver)
    for (const { cell, lo, hi } of intervals) {
      const at = tables.keys.indexOf(key(cell))
      expect({ cell, lo: low[at], hi: high[at] }).toEqual({ cell, lo, hi })
    }
  }
})
test('one hidden number in a row is what the total leaves', () => {
  const tables = crossTable([
    [3, 10],
    [20, 30],
  ])
  const at = tables.keys.indexOf('0|0')
  const { low, high, programmes } = publicBounds(tables, hide(tables, ['0|0']), solver)
  expect([low[at], high[at], programmes]).toEqual([3, 3, 0])
})
test('a hidden number that no fact mentions has no upper bound', () => {
  const builder = tablesBuilder()
  builder.cell('alone', 7)
  const { low, high } = publicBounds(builder.build(), Uint8Array.of(1), solver)
  expect([low[0], high[0]]).toEqual([0, Infinity])
})

const numbers = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 3,
})

test('the bounds are those of trying every table that fits what is published', () => {
  const some = fc.uniqueArray(fc.nat(14), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(numbers, some, (interior, marks) => {
      const tables = crossTable(interior)
      const grand = tables.keys.indexOf('*|*')
      const hidden = new Uint8Array(tables.keys.length)
      for (const at of marks) if (at !== grand && at < hidden.length) hidden[at] = 1
      const found = publicBounds(tables, hidden, solver)
      const exact = enumerateBounds(tables, hidden, tables.values[grand]!)
      expect([found.low, found.high]).toEqual([exact.low, exact.high])
    }),
    { numRuns: 60 },
  )
})
test('the order in which cells and facts are described changes nothing', () => {
  const describeTables = (backwards: boolean): LinkedTables => {
    const builder = tablesBuilder()
    const cells: [string, number][] = [
      ['a', 1],
      ['b', 2],
      ['c', 4],
      ['ab', 3],
      ['all', 7],
    ]
    const numberOf = Object.fromEntries(
      (backwards ? cells.reverse() : cells).map(([key, value]) => [key, builder.cell(key, value)]),
    )
    const totals = [
      ['ab', 'a', 'b'],
      ['all', 'ab', 'c'],
    ]
    for (const [total, ...parts] of backwards ? totals.reverse() : totals) {
      builder.total(
        numberOf[total!]!,
        parts.map((part) => numberOf[part]!),
      )
    }
    return builder.build()
  }
  const { order: _, ...forwards } = describeTables(false)
  const { order: __, ...backwards } = describeTables(true)
  expect(backwards).toEqual(forwards)
})
test('a component has the same address in another release, and another one when a number changes', () => {
  const address = (interior: number[][], keys: string[]) => {
    const tables = crossTable(interior)
    return components(unknownsOf(tables, hide(tables, keys))).map((part) => contentAddress(part, tables))
  }
  const keys = ['0|0', '0|1', '1|0', '1|1']
  const [first] = address(
    [
      [1, 2, 9],
      [3, 4, 9],
      [5, 6, 9],
    ],
    keys,
  )
  expect(
    address(
      [
        [1, 2, 8],
        [3, 4, 9],
        [5, 6, 7],
      ],
      keys,
    ),
  ).toEqual([first])
  expect(
    address(
      [
        [1, 2, 9],
        [3, 5, 9],
        [5, 6, 9],
      ],
      keys,
    ),
  ).not.toEqual([first])
})
test('what is not true, not whole or not described is refused', () => {
  const builder = tablesBuilder()
  const a = builder.cell('a', 1)
  const b = builder.cell('b', 2)
  expect(builder.cell('a', 1)).toBe(a)
  expect(() => builder.cell('a', 2)).toThrow('one number')
  expect(() => builder.cell('c', 0.5)).toThrow(RangeError)
  expect(() => builder.total(a, [b])).toThrow('true numbers')
  expect(() => builder.total(a, [b, 9])).toThrow(RangeError)
  expect(() => builder.fact([a, a], [1, -1], 0, 0)).toThrow(RangeError)
  expect(() => publicBounds(builder.build(), new Uint8Array(1), solver)).toThrow(RangeError)
})
