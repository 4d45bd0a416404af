import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { attack, type Finding } from './attack.ts'
import { publicBounds } from './bounds.ts'
import { insidersOf, needsOf, singletons } from './protection.ts'
import { shownMoves } from './shown.ts'
import { suppress } from './suppress.ts'
import { tablesBuilder } from './tables.ts'
import { crossTable, hide, randomHierarchy } from './worlds.ts'

const solver = await highsSolver(20_000)
const protection = { lower: 2, upper: 2 }

/** A small release in words: true numbers, totals by key, other facts, and what is hidden. */
interface World {
  numbers: Record<string, number>
  totals?: Record<string, string[]>
  facts?: { cells: string[]; coefficients: number[]; low: number; high: number }[]
  primary: string[]
  secondary?: string[]
}

function leaksOf({ numbers, totals = {}, facts = [], primary, secondary = [] }: World, lower = 2, upper = 2) {
  const builder = tablesBuilder()
  const cell = (key: string) => builder.cell(key, numbers[key]!)
  for (const key of Object.keys(numbers)) cell(key)
  for (const [total, parts] of Object.entries(totals)) builder.total(cell(total), parts.map(cell))
  for (const { cells, coefficients, low, high } of facts)
    builder.fact(cells.map(cell), coefficients, low, high)
  const tables = builder.build()
  const hidden = hide(tables, primary)
  for (const key of secondary) hidden[tables.keys.indexOf(key)] = 2
  return attack(tables, hidden, { lower, upper, solver }).leaks
}

describe('planted leaks of ten kinds are found, and nothing is cried where they are not', () => {
  test('one hidden school in a town whose total is told', () => {
    const numbers = { town: 43, birch: 3, oak: 18, elm: 22 }
    const totals = { town: ['birch', 'oak', 'elm'] }
    expect(leaksOf({ numbers, totals, primary: ['birch'] })).toEqual([
      { key: 'birch', value: 3, low: 3, high: 3, insider: null },
    ])
    expect(leaksOf({ numbers, totals, primary: ['birch'], secondary: ['oak'] })).toEqual([])
  })
  test('two hidden cells of one person each: each knows the other', () => {
    const world = {
      numbers: { town: 22, birch: 1, oak: 1, elm: 20 },
      totals: { town: ['birch', 'oak', 'elm'] },
      primary: ['birch', 'oak'],
    }
    const leaks = leaksOf(world, 1, 1)
    expect(leaks.map(({ key, insider, low, high }) => [key, insider, low, high])).toEqual([
      ['birch', 'oak', 1, 1],
      ['oak', 'birch', 1, 1],
    ])
    expect(leaksOf({ ...world, secondary: ['elm'] }, 1, 1)).toEqual([])
  })
  test('a hidden cell that a linked table tells: boys of the school from boys of the town', () => {
    const numbers = { birch: 13, 'birch boys': 3, 'birch girls': 10, boys: 30, 'oak boys': 27 }
    const totals = { birch: ['birch boys', 'birch girls'] }
    const marks = { primary: ['birch boys'], secondary: ['birch girls'] }
    expect(leaksOf({ numbers, totals, ...marks })).toEqual([])
    const linked = { ...totals, boys: ['birch boys', 'oak boys'] }
    expect(leaksOf({ numbers, totals: linked, ...marks }).map((leak) => leak.key)).toEqual(['birch boys'])
  })
  test('a hidden cell that an earlier release tells: it had grades 1–3 together', () => {
    const numbers = { all: 60, g1: 20, g2: 18, g3: 4, g4: 18, 'g1–3': 42 }
    const totals = { all: ['g1', 'g2', 'g3', 'g4'] }
    const marks = { primary: ['g3'], secondary: ['g4'] }
    expect(leaksOf({ numbers, totals, ...marks })).toEqual([])
    const earlier = { ...totals, 'g1–3': ['g1', 'g2', 'g3'] }
    expect(leaksOf({ numbers, totals: earlier, ...marks })).toMatchObject([{ key: 'g3', low: 4, high: 4 }])
  })
  test('a hidden cell that a subtotal tells: two hidden schools in two halves of the town', () => {
    const numbers = { town: 40, north: 23, south: 17, a: 3, b: 20, c: 6, d: 11 }
    const marks = { primary: ['a'], secondary: ['c'] }
    expect(leaksOf({ numbers, totals: { town: ['a', 'b', 'c', 'd'] }, ...marks })).toEqual([])
    const halves = { town: ['north', 'south'], north: ['a', 'b'], south: ['c', 'd'] }
    expect(leaksOf({ numbers, totals: halves, ...marks })).toMatchObject([{ key: 'a', low: 3, high: 3 }])
  })
  test('a hidden cell that the complement of a filter tells: everybody without special needs', () => {
    const numbers = { pupils: 50, 'without special needs': 46, 'special needs': 4 }
    const marks = { primary: ['special needs'] }
    expect(leaksOf({ numbers: { ...numbers }, ...marks })).toEqual([])
    const totals = { pupils: ['special needs', 'without special needs'] }
    expect(leaksOf({ numbers, totals, ...marks })).toMatchObject([{ key: 'special needs', low: 4, high: 4 }])
  })
  test('a hidden count that a share of 100 % tells', () => {
    const numbers = { pupils: 12, passed: 12, failed: 0 }
    const totals = { pupils: ['failed', 'passed'] }
    const marks = { primary: ['passed'], secondary: ['failed'] }
    expect(leaksOf({ numbers, totals, ...marks }, 2, 0)).toEqual([])
    // told in whole per cent: between 99.5 % and 100 %
    const share = { cells: ['passed', 'pupils'], coefficients: [200, -199], low: 0, high: 12 }
    expect(leaksOf({ numbers, totals, facts: [share], ...marks }, 2, 0)).toMatchObject([
      { key: 'passed', low: 12, high: 12 },
    ])
  })
  test('a hidden sum that a rounded mean times n tells', () => {
    const numbers = { points: 10, pupils: 3 }
    expect(leaksOf({ numbers, primary: ['points'] })).toEqual([])
    // a mean of 3.3 lies between 3.25 and 3.35; times three pupils and hundred
    const mean = { cells: ['points'], coefficients: [100], low: 975, high: 1005 }
    expect(leaksOf({ numbers, facts: [mean], primary: ['points'] })).toMatchObject([
      { key: 'points', low: 10, high: 10 },
    ])
  })
  test('a hidden cell that merged territories tell: the new town less the old one', () => {
    const numbers = { 'new town': 64, 'old town': 61, 'old parish': 3 }
    expect(leaksOf({ numbers, primary: ['old parish'] })).toEqual([])
    const totals = { 'new town': ['old town', 'old parish'] }
    expect(leaksOf({ numbers, totals, primary: ['old parish'] })).toMatchObject([{ low: 3, high: 3 }])
  })
  test('a hidden cell that its noisy twin of the table builder tells', () => {
    const numbers = { town: 34, birch: 4, oak: 30 }
    const totals = { town: ['birch', 'oak'] }
    const marks = { primary: ['birch'], secondary: ['oak'] }
    expect(leaksOf({ numbers, totals, ...marks })).toEqual([])
    // the builder answers 7, and its noise is known to be at most 3
    const twin = { cells: ['birch'], coefficients: [1], low: 4, high: 10 }
    expect(leaksOf({ numbers, totals, facts: [twin], ...marks })).toMatchObject([{ low: 4, high: 10 }])
  })
})

test('the report names components, the largest of them and the tightest cell', () => {
  const tables = crossTable([
    [3, 10, 12],
    [11, 14, 40],
    [20, 30, 41],
  ])
  const hidden = hide(tables, ['0|0'])
  for (const key of ['0|1', '1|0', '1|1']) hidden[tables.keys.indexOf(key)] = 2
  expect(attack(tables, hidden, { ...protection, solver })).toEqual({
    leaks: [],
    unknowns: 4,
    components: 1,
    largest: 4,
    programmes: 0,
    constructed: 2,
    fromKept: 0,
    tightest: { key: '0|0', value: 3, low: 0, high: 13 },
  })
})
test('tables shown to the attack are checked: one that does not fit what is published is refused', () => {
  const tables = crossTable([
    [3, 10, 12],
    [11, 14, 40],
  ])
  const hidden = hide(tables, ['0|0', '0|1'])
  const cells = Int32Array.from(hidden.keys()).filter((cell) => hidden[cell] === 1)
  const show = (changes: number[]) => shownMoves([[{ cells, changes }]])
  const asked = { ...protection, solver }
  // the columns tell both cells, whatever is said
  expect(() => attack(tables, hidden, { ...asked, shown: show([2, -2]) })).toThrow('breaks a fact')
  expect(attack(tables, hidden, asked).leaks.map((leak) => leak.key)).toEqual(['0|0', '0|1'])
})
test('what was found out about a component is kept, and found anew when a number changes', () => {
  const kept = new Map<string, Finding>()
  const release = (corner: number) => {
    const tables = crossTable([
      [3, 10],
      [11, corner],
    ])
    const hidden = hide(tables, ['0|0'])
    for (const key of ['0|1', '1|0', '1|1']) hidden[tables.keys.indexOf(key)] = 2
    return attack(tables, hidden, { ...protection, solver, kept })
  }
  const first = release(40)
  expect(release(40)).toEqual({ ...first, fromKept: 1, programmes: 0 })
  expect(release(41).fromKept).toBe(0)
})
test('with no programme left, a cell that only programmes prove safe counts as a leak', () => {
  const builder = tablesBuilder()
  const cells = [3, 1, 1].map((n, at) => builder.cell('abc'[at]!, n))
  // one more in a takes one from b and one from c: no chain of single changes does that
  builder.fact(cells, [2, 1, 1], 8, 8)
  const tables = builder.build()
  const asked = { lower: 0, upper: 1, solver, alone: new Uint8Array(3) }
  const hidden = Uint8Array.of(1, 2, 2)
  expect(attack(tables, hidden, asked)).toMatchObject({ leaks: [], programmes: 1 })
  const kept = new Map<string, Finding>()
  const poor = attack(tables, hidden, { ...asked, programmes: 0, kept })
  expect(poor).toMatchObject({ leaks: [{ key: 'a', value: 3 }], programmes: 0 })
  expect(kept.size).toBe(0)
})
test('no person alone in a hidden cell learns another primary cell, by programmes alone', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const tables = randomHierarchy(seed, { regions: 1, towns: 2, schools: 3, groups: 3 })
      const primary = Uint8Array.from(tables.values, (value) => (value > 0 && value < 4 ? 1 : 0))
      const { hidden, unprotected } = suppress(tables, primary, protection)
      if (unprotected.length > 0) return
      const person = insidersOf(tables, singletons(tables))
      const people = new Set(
        [...hidden.keys()].filter((cell) => hidden[cell] && person[cell]! >= 0).map((c) => person[c]),
      )
      for (const insider of people) {
        const seen = hidden.map((mark, cell) => (person[cell] === insider ? 0 : mark))
        const { low, high } = publicBounds(tables, seen, solver)
        for (const cell of seen.keys()) {
          if (seen[cell] !== 1) continue
          const { down, up } = needsOf(protection, cell, tables.values[cell]!)
          expect(low[cell]).toBeLessThanOrEqual(tables.values[cell]! - down)
          expect(high[cell]).toBeGreaterThanOrEqual(tables.values[cell]! + up)
        }
      }
    }),
    { numRuns: 25 },
  )
})
test('a published secondary cell more is a leak that the attack finds whenever the programmes do', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (seed, which) => {
      const tables = randomHierarchy(seed, { regions: 1, towns: 2, schools: 3, groups: 3 })
      const primary = Uint8Array.from(tables.values, (value) => (value > 0 && value < 4 ? 1 : 0))
      const { hidden } = suppress(tables, primary, protection)
      const secondary = [...hidden.keys()].filter((cell) => hidden[cell] === 2)
      if (secondary.length === 0) return
      hidden[secondary[which % secondary.length]!] = 0
      const { low, high } = publicBounds(tables, hidden, solver)
      const narrow = tables.keys.filter((_, cell) => {
        const { down, up } = needsOf(protection, cell, tables.values[cell]!)
        const isNarrow = low[cell]! > tables.values[cell]! - down || high[cell]! < tables.values[cell]! + up
        return hidden[cell] === 1 && isNarrow
      })
      const { leaks } = attack(tables, hidden, { ...protection, solver })
      expect(leaks.filter((leak) => leak.insider === null).map((leak) => leak.key)).toEqual(narrow)
    }),
    { numRuns: 60 },
  )
})
