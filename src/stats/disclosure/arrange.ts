import { tabulate } from './growing.ts'
import type { LinkedTables } from './tables.ts'

/** Cells and facts as they were described, in any order. */
export interface Description {
  readonly keys: readonly string[]
  readonly values: Float64Array
  readonly starts: Int32Array
  readonly cells: Int32Array
  readonly coefficients: Int32Array
  readonly lows: Float64Array
  readonly highs: Float64Array
}

/** Members up to which a fact is put in order by insertion, which is fastest for few and for those in order already. */
const FEW = 64

/** Cells in the order of their keys, facts in the order of their cells, equal facts once. The description is used up. */
export function arrange(described: Description): LinkedTables {
  const { values, starts, lows, highs } = described
  const count = described.keys.length
  const byKey = inOrder(described.keys)
  const order = new Int32Array(count)
  const sortedKeys = new Array<string>(count)
  byKey.forEach((cell, at) => {
    order[cell] = at
    sortedKeys[at] = described.keys[cell]!
  })

  const memberCell = tabulate(described.cells, (at) => order[described.cells[at]!]!)
  const memberCoefficient = described.coefficients
  const facts = lows.length
  for (let f = 0; f < facts; f++) sortMembers(memberCell, memberCoefficient, starts[f]!, starts[f + 1]!)

  const compare = (f: number, g: number): number => {
    const [fs, gs] = [starts[f]!, starts[g]!]
    const [fn, gn] = [starts[f + 1]! - fs, starts[g + 1]! - gs]
    for (let i = 0; i < fn && i < gn; i++) {
      const byCell = memberCell[fs + i]! - memberCell[gs + i]!
      if (byCell !== 0) return byCell
      const byCoefficient = memberCoefficient[fs + i]! - memberCoefficient[gs + i]!
      if (byCoefficient !== 0) return byCoefficient
    }
    if (fn !== gn) return fn - gn
    return ascending(lows[f]!, lows[g]!) || ascending(highs[f]!, highs[g]!)
  }
  const sorted = inOrderOfFirst(facts, count, (f) => memberCell[starts[f]!] ?? 0, compare)
  const kept = sorted.filter((f, at) => at === 0 || compare(sorted[at - 1]!, f) !== 0)

  const factStart = new Int32Array(kept.length + 1)
  kept.forEach((f, at) => {
    factStart[at + 1] = factStart[at]! + starts[f + 1]! - starts[f]!
  })
  const factCell = new Int32Array(factStart[kept.length]!)
  const coefficient = new Int32Array(factCell.length)
  kept.forEach((f, at) => {
    factCell.set(memberCell.subarray(starts[f]!, starts[f + 1]!), factStart[at]!)
    coefficient.set(memberCoefficient.subarray(starts[f]!, starts[f + 1]!), factStart[at]!)
  })
  return {
    keys: sortedKeys,
    values: tabulate(new Float64Array(count), (at) => values[byKey[at]!]!),
    factStart,
    factCell,
    coefficient,
    low: tabulate(new Float64Array(kept.length), (at) => lows[kept[at]!]!),
    high: tabulate(new Float64Array(kept.length), (at) => highs[kept[at]!]!),
    ...byCell(count, factStart, factCell, coefficient),
    order,
  }
}

/** Numbers of keys, ascending by key. */
function inOrder(keys: readonly string[]): Int32Array {
  const numbers = tabulate(new Int32Array(keys.length), (at) => at)
  const isOrdered = keys.every((key, at) => at === 0 || keys[at - 1]! < key)
  return isOrdered ? numbers : numbers.sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
}

/** Facts by their first cell, which is fast, and by the whole comparison among the few with the same first cell. */
function inOrderOfFirst(
  facts: number,
  cells: number,
  firstOf: (fact: number) => number,
  compare: (f: number, g: number) => number,
): Int32Array {
  const start = new Int32Array(cells + 2)
  for (let f = 0; f < facts; f++) start[firstOf(f) + 2]!++
  for (let at = 2; at < start.length; at++) start[at]! += start[at - 1]!
  const sorted = new Int32Array(facts)
  for (let f = 0; f < facts; f++) sorted[start[firstOf(f) + 1]!++] = f
  for (let cell = 0; cell < cells; cell++) {
    if (start[cell + 1]! - start[cell]! > 1) sorted.subarray(start[cell], start[cell + 1]).sort(compare)
  }
  return sorted
}

/** The same members, read by cell. */
function byCell(
  cells: number,
  factStart: Int32Array,
  factCell: Int32Array,
  coefficient: Int32Array,
): Pick<LinkedTables, 'cellStart' | 'cellFact' | 'cellCoefficient'> {
  const cellStart = new Int32Array(cells + 1)
  for (const cell of factCell) cellStart[cell + 1]!++
  for (let cell = 0; cell < cells; cell++) cellStart[cell + 1]! += cellStart[cell]!
  const next = cellStart.slice()
  const cellFact = new Int32Array(factCell.length)
  const cellCoefficient = new Int32Array(factCell.length)
  for (let fact = 0; fact + 1 < factStart.length; fact++) {
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const to = next[factCell[at]!]!++
      cellFact[to] = fact
      cellCoefficient[to] = coefficient[at]!
    }
  }
  return { cellStart, cellFact, cellCoefficient }
}

/** Members of one fact in the order of their cells. */
function sortMembers(cells: Int32Array, coefficients: Int32Array, from: number, to: number): void {
  if (to - from > FEW) {
    const own = cells.slice(from, to)
    const ownCoefficients = coefficients.slice(from, to)
    const places = tabulate(new Int32Array(to - from), (at) => at).sort((a, b) => own[a]! - own[b]!)
    places.forEach((place, at) => {
      cells[from + at] = own[place]!
      coefficients[from + at] = ownCoefficients[place]!
    })
    return
  }
  for (let at = from + 1; at < to; at++) {
    const [cell, coefficient] = [cells[at]!, coefficients[at]!]
    let hole = at
    for (; hole > from && cells[hole - 1]! > cell; hole--) {
      cells[hole] = cells[hole - 1]!
      coefficients[hole] = coefficients[hole - 1]!
    }
    cells[hole] = cell
    coefficients[hole] = coefficient
  }
}

function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
