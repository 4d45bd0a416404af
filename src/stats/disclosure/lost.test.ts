import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { attack } from './attack.ts'
import { publicBounds } from './bounds.ts'
import { hiding, lossWeights } from './hiding.ts'
import { lostAnyway } from './lost.ts'
import { insidersOf, needsOf, singletons } from './protection.ts'
import { suppress } from './suppress.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'
import { randomHierarchy } from './worlds.ts'

const solver = await highsSolver(20_000)
const protection = { lower: 1, upper: 2 }

/** What is lost of a table, by programmes alone: everything hidden that is not fixed, seen with the eyes of one person (−1: of everybody). */
function isLostTo(
  tables: LinkedTables,
  fixed: Uint8Array,
  who: number,
  person: Int32Array,
): (cell: number) => boolean {
  const hidden = person.map((own, cell) => (fixed[cell] || (who >= 0 && own === who) ? 0 : 1))
  const { low, high } = publicBounds(tables, Uint8Array.from(hidden), solver)
  return (cell) => {
    const value = tables.values[cell]!
    const { down, up } = needsOf(protection, cell, value)
    return low[cell]! > value - down || high[cell]! < value + up
  }
}

const small = { regions: 1, towns: 2, schools: 3, groups: 3 }

test('what is called lost is found out by that person even where everything is hidden that may be', () => {
  let found = 0
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const tables = randomHierarchy(seed, small)
      const primary = Uint8Array.from(tables.values, (value) => (value < 4 ? 1 : 0))
      const fixed = Uint8Array.from(tables.values, (value) => (value > 8 ? 1 : 0))
      const person = insidersOf(tables, singletons(tables))
      const everything = hiding(primary, tables.values, lossWeights(tables), { fixed })
      everything.allowZeros()
      const lost = lostAnyway(tables, primary, everything, person, protection)
      for (const who of new Set([-1, ...person])) {
        const isLost = isLostTo(tables, fixed, who, person)
        for (const cell of primary.keys()) {
          if (!primary[cell] || !lost.knows(cell, who) || person[cell] === who) continue
          found++
          expect(isLost(cell)).toBe(true)
        }
      }
    }),
    { numRuns: 15 },
  )
  expect(found).toBeGreaterThan(10)
})
test('with programmes a small table loses no more protection than with chains alone, and everybody stays outside', () => {
  let [byProgrammes, byChains] = [0, 0]
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const tables = randomHierarchy(seed, { ...small, groups: 4 })
      const primary = Uint8Array.from(tables.values, (value) => (value > 0 && value < 8 ? 1 : 0))
      const asked = { lower: 2, upper: 3 }
      const { hidden, unprotected } = suppress(tables, primary, { ...asked, solver })
      byChains += suppress(tables, primary, asked).unprotected.length
      byProgrammes += unprotected.length
      const { leaks } = attack(tables, hidden, { ...asked, solver })
      const named = new Set(unprotected.map((cell) => tables.keys[cell]))
      expect(leaks.filter(({ key }) => !named.has(key))).toEqual([])
    }),
    { numRuns: 12 },
  )
  expect(byProgrammes).toBeLessThanOrEqual(byChains)
})
test('one more that must be taken from two cells at once is found by programmes', () => {
  const builder = tablesBuilder()
  const cells = [3, 1, 1, 9].map((n, at) => builder.cell('abcd'[at]!, n))
  builder.fact(cells.slice(0, 3), [2, 1, 1], 8, 8)
  builder.fact(cells.slice(1), [1, 1, 1], 11, 11)
  const asked = { lower: 0, upper: 1, alone: new Uint8Array(4) }
  const tables = builder.build()
  const primary = Uint8Array.of(1, 0, 0, 0)
  expect(suppress(tables, primary, asked).unprotected).toEqual([0])
  const { hidden, unprotected } = suppress(tables, primary, { ...asked, solver })
  expect(unprotected).toEqual([])
  expect([...hidden]).toEqual([1, 2, 2, 2])
  expect(attack(tables, hidden, { ...asked, solver }).leaks).toEqual([])
})
test('what somebody alone finds out anyway is still kept from everybody else', () => {
  // the one who failed in ash knows that all others passed; nobody else may know how many did
  const builder = tablesBuilder()
  const parts = { 'ash|f': 1, 'ash|p': 2, 'birch|f': 4, 'birch|p': 30, 'oak|f': 6, 'oak|p': 25 }
  const cells = Object.fromEntries(Object.entries(parts).map(([key, n]) => [key, builder.cell(key, n)]))
  for (const school of ['ash', 'birch', 'oak'] as const) {
    const both = [cells[`${school}|f`]!, cells[`${school}|p`]!]
    builder.total(builder.cell(`${school}|n`, parts[`${school}|f`] + parts[`${school}|p`]), both)
  }
  for (const part of ['f', 'p'] as const) {
    const sum = parts[`ash|${part}`] + parts[`birch|${part}`] + parts[`oak|${part}`]
    const all = [cells[`ash|${part}`]!, cells[`birch|${part}`]!, cells[`oak|${part}`]!]
    builder.total(builder.cell(`town|${part}`, sum), all)
  }
  const tables = builder.build()
  const at = (key: string) => tables.keys.indexOf(key)
  const primary = Uint8Array.from(tables.keys, (key) => (key.startsWith('ash|') && key !== 'ash|n' ? 1 : 0))
  const fixed = Uint8Array.from(tables.keys, (key) => (/n$|town/.test(key) ? 1 : 0))
  const { hidden, unprotected } = suppress(tables, primary, { lower: 1, upper: 1, fixed, solver })
  expect(unprotected).toContain(at('ash|p'))
  const { leaks } = attack(tables, hidden, { lower: 1, upper: 1, solver })
  expect(leaks.filter(({ insider }) => insider === null)).toEqual([])
  expect(leaks.map(({ key, insider }) => [key, insider])).toContainEqual(['ash|p', 'ash|f'])
})
