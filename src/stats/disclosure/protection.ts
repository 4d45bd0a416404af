import type { LinkedTables } from './tables.ts'

/** How wide the public interval of each primary cell must be: from value − lower (not below 0) to value + upper. */
export interface Protection {
  readonly lower: number | ArrayLike<number>
  readonly upper: number | ArrayLike<number>
}

/** Whole amounts that must be possible below and above the true number of a cell. */
export function needsOf(protection: Protection, cell: number, value: number): { down: number; up: number } {
  const at = (amount: number | ArrayLike<number>) => (typeof amount === 'number' ? amount : amount[cell]!)
  const [down, up] = [at(protection.lower), at(protection.upper)]
  if (!(Number.isInteger(down) && down >= 0 && Number.isInteger(up) && up >= 0)) {
    throw new RangeError('protection requires whole amounts of at least 0')
  }
  return { down: Math.min(down, value), up }
}

/**
 * People who are alone in a cell know its number, and that of every cell that holds nobody else: a total of one and
 * its part of one are the same person.
 *
 * @param alone  a mark per cell behind which one contributor stands
 * @returns      per cell the number of its person, −1 where nobody is alone
 */
export function insidersOf(tables: LinkedTables, alone: Uint8Array): Int32Array {
  const person = Int32Array.from(alone, (mark, cell) => (mark ? cell : -1))
  const root = (cell: number): number => {
    let at = cell
    while (person[at] !== at) at = person[at]!
    return at
  }
  for (let fact = 0; fact < tables.low.length; fact++) {
    if (tables.low[fact] !== 0 || tables.high[fact] !== 0) continue
    const members: number[] = []
    let balance = 0
    for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
      const cell = tables.factCell[at]!
      if (tables.values[cell] === 0) continue
      members.push(alone[cell] ? cell : -1)
      balance += tables.coefficient[at]!
    }
    const [a, b] = members
    if (members.length !== 2 || balance !== 0 || a === -1 || b === -1) continue
    const [first, second] = [root(a!), root(b!)]
    person[Math.max(first, second)] = Math.min(first, second)
  }
  return person.map((_, cell) => (alone[cell] ? root(cell) : -1))
}

/** Cells with the number 1: one person stands behind the count. */
export function singletons(tables: LinkedTables): Uint8Array {
  return Uint8Array.from(tables.values, (value) => (value === 1 ? 1 : 0))
}
