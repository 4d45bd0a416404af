import { philox } from '../numeric/random.ts'
import { type LinkedTables, tablesBuilder } from './tables.ts'

/** A two-way table with all its totals; keys `row|column`, `row|*`, `*|column`, `*|*`. For tests. */
export function crossTable(interior: readonly (readonly number[])[]): LinkedTables {
  const builder = tablesBuilder()
  const rows = interior.map((row, r) => row.map((value, c) => builder.cell(`${r}|${c}`, value)))
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const columns = interior[0]!.map((_, c) => rows.map((row) => row[c]!))
  const rowTotals = interior.map((row, r) => builder.cell(`${r}|*`, sum(row)))
  const columnTotals = columns.map((_, c) => builder.cell(`*|${c}`, sum(interior.map((row) => row[c]!))))
  const grand = builder.cell('*|*', sum(interior.map(sum)))
  rows.forEach((row, r) => {
    builder.total(rowTotals[r]!, row)
  })
  columns.forEach((column, c) => {
    builder.total(columnTotals[c]!, column)
  })
  builder.total(grand, rowTotals)
  builder.total(grand, columnTotals)
  return builder.build()
}

/** A mark for each cell with one of the keys. */
export function hide(tables: LinkedTables, keys: readonly string[]): Uint8Array {
  const wanted = new Set(keys)
  return Uint8Array.from(tables.keys, (key) => (wanted.has(key) ? 1 : 0))
}

/**
 * Bounds of hidden cells by trying every table with numbers 0 … most that fits what is published. Exact and slow: it
 * shares no idea with the programme it checks.
 */
export function enumerateBounds(tables: LinkedTables, hidden: Uint8Array, most: number) {
  const low = tables.values.slice()
  const high = tables.values.slice()
  const values = tables.values.slice()
  const unknown = [...hidden.keys()].filter((cell) => hidden[cell])
  const place = new Map(unknown.map((cell, at) => [cell, at]))
  // a fact is decided when the last of its unknowns is set
  const decidedBy: number[][] = unknown.map(() => [])
  for (let fact = 0; fact < tables.low.length; fact++) {
    const members = [...tables.factCell.subarray(tables.factStart[fact]!, tables.factStart[fact + 1]!)]
    const last = Math.max(-1, ...members.map((cell) => place.get(cell) ?? -1))
    if (last >= 0) decidedBy[last]!.push(fact)
  }
  const holds = (fact: number) => {
    let activity = 0
    for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
      activity += tables.coefficient[at]! * values[tables.factCell[at]!]!
    }
    return activity >= tables.low[fact]! && activity <= tables.high[fact]!
  }
  const set = (at: number) => {
    if (at === unknown.length) {
      for (const cell of unknown) {
        low[cell] = Math.min(low[cell]!, values[cell]!)
        high[cell] = Math.max(high[cell]!, values[cell]!)
      }
      return
    }
    for (let value = 0; value <= most; value++) {
      values[unknown[at]!] = value
      if (decidedBy[at]!.every(holds)) set(at + 1)
    }
  }
  set(0)
  return { low, high }
}

/**
 * A made-up country: regions, towns and schools with groups inside, all totals linked; many numbers are small. For tests.
 *
 * @param backwards  describes the same tables in another order
 */
export function randomHierarchy(
  seed: number,
  size: { regions: number; towns: number; schools: number; groups: number },
  backwards = false,
): LinkedTables {
  const random = philox(seed)
  const counts = new Map<string, number>()
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count)
  const facts = new Map<string, Set<string>>()
  const part = (total: string, key: string) => facts.set(total, (facts.get(total) ?? new Set()).add(key))
  for (let r = 0; r < size.regions; r++) {
    for (let t = 0; t < size.towns; t++) {
      const schools = 1 + random.integer(size.schools)
      for (let s = 0; s < schools; s++) {
        for (let g = 0; g < size.groups; g++) {
          const count = random.integer(3) === 0 ? random.integer(5) : random.integer(40)
          const path = ['state', `${r}`, `${r}.${t}`, `${r}.${t}.${s}`]
          for (const [depth, place] of path.entries()) {
            add(`${place}|${g}`, count)
            add(`${place}|all`, count)
            part(`${place}|all by group`, `${place}|${g}`)
            if (depth === 0) continue
            for (const group of [`${g}`, 'all']) {
              part(`${path[depth - 1]}|${group} by place`, `${place}|${group}`)
            }
          }
        }
      }
    }
  }
  const builder = tablesBuilder()
  const cells = [...counts]
  const numberOf = new Map(
    (backwards ? cells.reverse() : cells).map(([key, n]) => [key, builder.cell(key, n)]),
  )
  const totals = [...facts]
  for (const [name, parts] of backwards ? totals.reverse() : totals) {
    const members = Array.from(parts, (key) => numberOf.get(key)!)
    builder.total(numberOf.get(name.split(' ')[0]!)!, backwards ? members.reverse() : members)
  }
  return builder.build()
}

/**
 * Towns with schools × grades × sex, every breakdown crossed with every other, all totals linked; many numbers are
 * small. For tests.
 *
 * @param least  fewest cells
 */
export function randomCube(seed: number, least = 0): LinkedTables {
  const random = philox(seed)
  const trees = [
    // the parent of each node, −1 for the top; parents come first
    [-1, 0, 0, ...Array.from({ length: 3 + random.integer(4) }, () => 1 + random.integer(2))],
    [-1, ...Array<number>(3 + random.integer(2)).fill(0)],
    [-1, 0, 0],
  ]
  const sizeOf = () => trees.reduce((size, { length }) => size * length, 1)
  while (sizeOf() < least) trees[0]!.push(1 + random.integer(2))
  const places = trees.reduce<number[][]>(
    (before, tree) => before.flatMap((place) => tree.map((_, node) => [...place, node])),
    [[]],
  )
  const key = (place: readonly number[]) => place.map((node) => String.fromCharCode(97 + node)).join('|')
  const count = new Map(places.map((place) => [key(place), 0]))
  const isAtom = (place: readonly number[]) => place.every((node, tree) => !trees[tree]!.includes(node))
  for (const place of places.filter(isAtom)) {
    const n = random.integer(3) === 0 ? random.integer(5) : random.integer(30)
    const above = place.map((node, tree) => {
      const path = [node]
      while (trees[tree]![path[0]!]! >= 0) path.unshift(trees[tree]![path[0]!]!)
      return path
    })
    for (const a of above[0]!) {
      for (const b of above[1]!) {
        for (const c of above[2]!) count.set(key([a, b, c]), count.get(key([a, b, c]))! + n)
      }
    }
  }
  const builder = tablesBuilder()
  const cellOf = new Map([...count].map(([name, n]) => [name, builder.cell(name, n)]))
  for (const place of places) {
    trees.forEach((tree, at) => {
      const parts = tree.flatMap((parent, node) => (parent === place[at] ? [place.with(at, node)] : []))
      if (parts.length > 0) {
        builder.total(
          cellOf.get(key(place))!,
          parts.map((part) => cellOf.get(key(part))!),
        )
      }
    })
  }
  return builder.build()
}
