import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { attack } from './attack.ts'
import { publicBounds } from './bounds.ts'
import { coordinates } from './coordinates.ts'
import { producer } from './products.ts'
import { insidersOf, needsOf, singletons } from './protection.ts'
import { shownMoves } from './shown.ts'
import { suppress } from './suppress.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'
import { crossTable, hide, randomCube, randomHierarchy } from './worlds.ts'

const solver = await highsSolver(20_000)
const protection = { lower: 1, upper: 2 }
const few = (tables: LinkedTables) => Uint8Array.from(tables.values, (n) => (n > 0 && n < 4 ? 1 : 0))

/** How far a fact is thrown off balance. */
function imbalance(tables: LinkedTables, fact: number, changeOf: (cell: number) => number): number {
  let sum = 0
  for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
    sum += tables.coefficient[at]! * changeOf(tables.factCell[at]!)
  }
  return sum
}

test('a product keeps every total of crossed tables, and goes up and down as far as it says', () => {
  let found = 0
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (seed, which) => {
      const tables = randomCube(seed)
      const { values } = tables
      const price = values.map((n) => (n === 0 ? Infinity : n % 3 === 0 ? 0 : n))
      const cell = which % values.length
      const barred = (which * 7) % values.length
      const wanted = { cell, up: 2, down: 1, mayPay: true, isBarred: (other: number) => other === barred }
      const product = producer(tables, coordinates(tables), price, values).search(wanted)
      if (!product) return
      found++
      const signOf = new Map([...product.cells].map((member, at) => [member, product.signs[at]!]))
      expect(signOf.get(cell)).toBe(1)
      for (let fact = 0; fact < tables.low.length; fact++) {
        expect(imbalance(tables, fact, (member) => signOf.get(member) ?? 0)).toBe(0)
      }
      for (const [member, sign] of signOf) {
        expect(values[member]! + 2 * sign).toBeGreaterThanOrEqual(0)
        expect(values[member]! - sign).toBeGreaterThanOrEqual(0)
        expect(member === cell || price[member]! < Infinity).toBe(true)
        expect(member === cell || member !== barred).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
  expect(found).toBeGreaterThan(50)
})
test('the cheapest box in a table of two dimensions is found', () => {
  const tables = crossTable([
    [2, 40, 300],
    [30, 8, 310],
    [35, 9, 290],
  ])
  const at = (key: string) => tables.keys.indexOf(key)
  const price = Float64Array.from(tables.values)
  price[at('0|0')] = 0
  const wanted = { cell: at('0|0'), up: 2, down: 2, mayPay: true, isBarred: () => false }
  const product = producer(tables, coordinates(tables), price, tables.values).search(wanted)
  expect(Array.from(product!.cells, (cell) => tables.keys[cell])).toEqual(['0|0', '0|1', '1|0', '1|1'])
  expect([...product!.signs]).toEqual([1, -1, -1, 1])
})
test('keys that are no coordinates, and facts across axes, cost time but no protection', () => {
  const builder = tablesBuilder()
  const schools = Array.from({ length: 450 }, (_, at) =>
    builder.cell(`school ${at}`, at % 9 === 0 ? 2 : 7 + at),
  )
  const all = builder.cell(
    'all',
    schools.reduce((sum, _, at) => sum + (at % 9 === 0 ? 2 : 7 + at), 0),
  )
  builder.total(all, schools)
  // the first two together are known from elsewhere
  builder.total(builder.cell('known|elsewhere', 10), schools.slice(0, 2))
  const tables = builder.build()
  const pattern = suppress(tables, few(tables), protection)
  expect(pattern.unprotected).toEqual([])
  expect(attack(tables, pattern.hidden, { ...protection, solver }).leaks).toEqual([])
})

/** By programmes alone: what everybody, or one person, can narrow too far. */
function narrowed(tables: LinkedTables, hidden: Uint8Array, primary: Uint8Array, own: Uint8Array): string[] {
  const seen = hidden.map((mark, cell) => (own[cell] ? 0 : mark))
  const asked = [...primary.keys()].filter((cell) => primary[cell] && seen[cell])
  const { low, high } = publicBounds(tables, seen, solver, asked)
  return asked
    .filter((cell) => {
      const { down, up } = needsOf(protection, cell, tables.values[cell]!)
      return low[cell]! > tables.values[cell]! - down || high[cell]! < tables.values[cell]! + up
    })
    .map((cell) => tables.keys[cell]!)
}

test('larger tables are protected by products, and programmes alone find no way in, nor does any person', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, isCube) => {
      const size = { regions: 2, towns: 4, schools: 18, groups: 8 }
      const tables = isCube ? randomCube(seed, 450) : randomHierarchy(seed, size)
      const primary = few(tables)
      const { hidden, unprotected, shown } = suppress(tables, primary, protection)
      const refused = new Set(unprotected.map((cell) => tables.keys[cell]!))
      const open = (keys: string[]) => keys.filter((key) => !refused.has(key))
      expect(open(narrowed(tables, hidden, primary, new Uint8Array(hidden.length)))).toEqual([])
      const person = insidersOf(tables, singletons(tables))
      const people = [...new Set(person)].filter((p) => p >= 0 && hidden[p])
      for (const insider of people.slice(seed % 7, (seed % 7) + 3)) {
        const own = Uint8Array.from(person, (p) => (p === insider ? 1 : 0))
        expect(open(narrowed(tables, hidden, primary, own))).toEqual([])
      }
      // what is shown is a proof of everything: no chain is followed and no programme solved
      const report = attack(tables, hidden, { ...protection, solver, shown })
      expect(open(report.leaks.map((leak) => leak.key))).toEqual([])
      if (unprotected.length === 0) expect([report.programmes, report.constructed]).toEqual([0, 0])
      // nor is there a leak where nothing is shown and the attack constructs its own
      const own = attack(tables, hidden, { ...protection, solver })
      expect(open(own.leaks.map((leak) => leak.key))).toEqual([])
    }),
    { numRuns: 12 },
  )
})
test('the order in which a large table is described changes nothing in the pattern', () => {
  const size = { regions: 2, towns: 4, schools: 18, groups: 8 }
  for (const seed of [1, 2]) {
    const one = randomHierarchy(seed, size)
    const other = randomHierarchy(seed, size, true)
    expect(one.keys.length).toBeGreaterThan(400)
    expect(other.order).not.toEqual(one.order)
    expect(suppress(other, few(other), protection)).toEqual(suppress(one, few(one), protection))
  }
})
test('a table said to be a proof is refused where it leaves what is hidden', () => {
  const tables = crossTable([
    [3, 10],
    [11, 14],
  ])
  const cells = Int32Array.from(['0|0', '0|1', '1|0', '1|1'].map((key) => tables.keys.indexOf(key))).sort()
  const shown = shownMoves([[{ cells, changes: [1, -1, -1, 1] }]])
  const hidden = hide(tables, ['0|0', '0|1', '1|0'])
  expect(() => attack(tables, hidden, { ...protection, solver, shown })).toThrow('leaves the table')
})
