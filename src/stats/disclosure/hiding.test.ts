import { expect, test } from 'vitest'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { attack } from './attack.ts'
import { suppress } from './suppress.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'
import { crossTable, hide } from './worlds.ts'

const solver = await highsSolver()
const protection = { lower: 2, upper: 2 }

const interior = [
  [2, 40, 300],
  [30, 8, 310],
  [35, 9, 290],
]

function keysOf(tables: LinkedTables, hidden: Uint8Array): string[] {
  return tables.keys.filter((_, cell) => hidden[cell])
}

test('a number that was published before stays published, and others are hidden in its place', () => {
  const tables = crossTable(interior)
  const primary = hide(tables, ['0|0'])
  expect(keysOf(tables, suppress(tables, primary, protection).hidden)).toContain('1|1')
  const fixed = hide(tables, ['1|1', '1|0'])
  const { hidden, unprotected } = suppress(tables, primary, { ...protection, fixed })
  expect(unprotected).toEqual([])
  expect(keysOf(tables, hidden)).toEqual(['0|0', '0|1', '2|0', '2|1'])
  expect(attack(tables, hidden, { ...protection, solver }).leaks).toEqual([])
})
test('a primary number that was published before cannot be protected, and is named', () => {
  const tables = crossTable(interior)
  const primary = hide(tables, ['0|0'])
  const { hidden, unprotected } = suppress(tables, primary, { ...protection, fixed: primary })
  expect(unprotected).toEqual([tables.keys.indexOf('0|0')])
  expect([...hidden].every((mark) => mark === 0)).toBe(true)
})
test('what is left published before may leave a number without protection, and it is named', () => {
  const tables = crossTable(interior)
  const primary = hide(tables, ['0|0'])
  const fixed = primary.map((mark) => 1 - mark)
  const { unprotected } = suppress(tables, primary, { ...protection, fixed })
  expect(unprotected).toEqual([tables.keys.indexOf('0|0')])
})

/** Pupils of four schools, those who passed and those who did not, with the totals of the town. */
function passed(): { tables: LinkedTables; together: Int32Array } {
  const builder = tablesBuilder()
  const groups: number[][] = []
  const figure = (place: string, hits: number, misses: number) => {
    const cells = [hits + misses, hits, misses].map((n, at) => builder.cell(`${place}|${'nhm'[at]}`, n))
    builder.total(cells[0]!, cells.slice(1))
    groups.push(cells)
    return cells
  }
  const schools = [figure('ash', 2, 1), figure('birch', 20, 15), figure('oak', 30, 4), figure('yew', 60, 9)]
  const town = figure('town', 112, 29)
  town.forEach((total, at) => {
    builder.total(
      total,
      schools.map((cells) => cells[at]!),
    )
  })
  const tables = builder.build()
  const together = new Int32Array(tables.keys.length)
  groups.forEach((cells, group) => {
    for (const cell of cells) together[tables.order[cell]!] = group
  })
  return { tables, together }
}

test('a figure is hidden whole: number, hits and misses together, and published whole', () => {
  const { tables, together } = passed()
  const primary = hide(tables, ['ash|m'])
  const { hidden, unprotected } = suppress(tables, primary, { ...protection, together })
  expect(unprotected).toEqual([])
  const places = keysOf(tables, hidden).map((key) => key.split('|')[0])
  for (const place of places) expect(places.filter((other) => other === place)).toHaveLength(3)
  expect([...new Set(places)]).toHaveLength(2)
  expect(attack(tables, hidden, { ...protection, solver }).leaks).toEqual([])
})
test('a figure of which one number was published before stays', () => {
  const { tables, together } = passed()
  const primary = hide(tables, ['ash|n', 'ash|h', 'ash|m'])
  const fixed = hide(tables, ['birch|n', 'oak|h'])
  const { hidden, unprotected } = suppress(tables, primary, { ...protection, together, fixed })
  expect(unprotected).toEqual([])
  expect([...new Set(keysOf(tables, hidden).map((key) => key.split('|')[0]))]).toEqual(['ash', 'yew'])
})
test('marks and groups for other tables are refused', () => {
  const { tables } = passed()
  const primary = new Uint8Array(tables.keys.length)
  const wrong = [{ fixed: new Uint8Array(2) }, { together: new Int32Array(2) }]
  for (const rules of wrong)
    expect(() => suppress(tables, primary, { ...protection, ...rules })).toThrow(RangeError)
})
