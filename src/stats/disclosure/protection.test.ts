import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { attack } from './attack.ts'
import { insidersOf, needsOf, singletons, zerosOfSeveral } from './protection.ts'
import { suppress } from './suppress.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'

const solver = await highsSolver()

/** Pupils of three schools who passed and who did not; the town's numbers are told. */
function town(schools: Record<string, [passed: number, failed: number]>): LinkedTables {
  const builder = tablesBuilder()
  const rows = Object.entries(schools).map(([name, [passed, failed]]) => {
    const cells = [passed + failed, passed, failed].map((n, at) => builder.cell(`${name}|${'npf'[at]}`, n))
    builder.total(cells[0]!, cells.slice(1))
    return { cells, numbers: [passed + failed, passed, failed] }
  })
  const totals = [0, 1, 2].map((at) => {
    const sum = rows.reduce((n, { numbers }) => n + numbers[at]!, 0)
    const total = builder.cell(`town|${'npf'[at]}`, sum)
    builder.total(
      total,
      rows.map(({ cells }) => cells[at]!),
    )
    return total
  })
  builder.total(totals[0]!, totals.slice(1))
  return builder.build()
}

function peopleByKey(tables: LinkedTables): Record<string, string> {
  const person = insidersOf(tables, singletons(tables))
  return Object.fromEntries(
    tables.keys.flatMap((key, cell) => (person[cell]! < 0 ? [] : [[key, tables.keys[person[cell]!]!]])),
  )
}

test('who is the only pupil of a school knows whether that pupil passed, and that nobody else failed', () => {
  const tables = town({ ash: [1, 0], birch: [20, 9], oak: [15, 8] })
  expect(peopleByKey(tables)).toEqual({ 'ash|n': 'ash|n', 'ash|p': 'ash|n', 'ash|f': 'ash|n' })
})
test('that nobody failed beside the only pupil is no secret from that pupil, but from everybody else', () => {
  const tables = town({ ash: [1, 0], birch: [20, 9], oak: [15, 8] })
  const primary = Uint8Array.from(tables.keys, (key) => (key.startsWith('ash') ? 1 : 0))
  const protection = { lower: 1, upper: 2 }
  const { hidden, unprotected } = suppress(tables, primary, protection)
  expect(unprotected).toEqual([])
  expect(attack(tables, hidden, { ...protection, solver }).leaks).toEqual([])
  const less = Uint8Array.from(tables.keys, (key) => (/ash|birch.n/.test(key) ? 1 : 0))
  expect(attack(tables, less, { ...protection, solver }).leaks.map(({ key }) => key)).toContain('ash|f')
})
test('a 0 that two people know, each for a reason of their own, cannot be protected, and is named', () => {
  // the only pupil of ash failed; the only one of the town who passed knows that nobody of ash did
  const tables = town({ ash: [0, 1], birch: [1, 20], oak: [0, 30] })
  const alone = singletons(tables)
  const several = zerosOfSeveral(tables, alone, insidersOf(tables, alone))
  expect(Array.from(several, (cell) => tables.keys[cell])).toEqual(['ash|p'])
  const primary = Uint8Array.from(tables.keys, (key) => (/^ash|^birch.p|^town.p/.test(key) ? 1 : 0))
  const protection = { lower: 1, upper: 2 }
  const { hidden, unprotected } = suppress(tables, primary, protection)
  expect(unprotected.map((cell) => tables.keys[cell])).toContain('ash|p')
  const { leaks } = attack(tables, hidden, { ...protection, solver })
  expect(leaks.find(({ key }) => key === 'ash|p')?.insider).toMatch(/birch|town/)
})
test('two people who are a whole total each know that it is not empty, and it is named', () => {
  const builder = tablesBuilder()
  const numbers = { ash: 1, birch: 1, oak: 20, elm: 30 }
  const cells = Object.entries(numbers).map(([key, n]) => builder.cell(key, n))
  const parish = builder.cell('parish', 2)
  builder.total(parish, cells.slice(0, 2))
  builder.total(builder.cell('town', 52), [parish, ...cells.slice(2)])
  const tables = builder.build()
  const primary = Uint8Array.from(tables.keys, (key) => (['ash', 'birch', 'parish'].includes(key) ? 1 : 0))
  const unprotectedFor = (lower: number) => {
    const { hidden, unprotected } = suppress(tables, primary, { lower, upper: 1 })
    const { leaks } = attack(tables, hidden, { lower, upper: 1, solver })
    expect(leaks.map(({ key }) => key)).toEqual(unprotected.map((cell) => tables.keys[cell]))
    return leaks.map(({ key, low }) => [key, low])
  }
  expect(unprotectedFor(1)).toEqual([])
  expect(unprotectedFor(2)).toEqual([['parish', 1]])
})
test('amounts below a number that is smaller end at 0; amounts that are not whole are refused', () => {
  expect(needsOf({ lower: 3, upper: 2 }, 0, 1)).toEqual({ down: 1, up: 2 })
  expect(needsOf({ lower: [3, 1], upper: [0, 4] }, 1, 9)).toEqual({ down: 1, up: 4 })
  expect(() => needsOf({ lower: 0.5, upper: 1 }, 0, 1)).toThrow(RangeError)
})
