import { tabulate } from './growing.ts'
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
 * its part of one are the same person, who knows of the other parts that they are 0.
 *
 * @param alone  a mark per cell behind which one contributor stands
 * @returns      per cell the number of the person who knows it, −1 where nobody is alone. Of several who know the same 0 the first
 *               is named: the others' own cells leave it no room either.
 */
export function insidersOf(tables: LinkedTables, alone: Uint8Array): Int32Array {
  const { values, factStart, factCell, coefficient } = tables
  const person = new Int32Array(alone.length).fill(-1)
  for (let cell = 0; cell < person.length; cell++) if (alone[cell]) person[cell] = cell
  const root = (cell: number): number => {
    let at = cell
    while (person[at] !== at) at = person[at]!
    return at
  }
  /** The two cells that a fact shows to be the same person; null where there is more or less in it. */
  const pairIn = (fact: number): [number, number] | null => {
    if (tables.low[fact] !== 0 || tables.high[fact] !== 0) return null
    let [one, other] = [-1, -1]
    let balance = 0
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const cell = factCell[at]!
      if (values[cell] === 0) continue
      if (other >= 0 || !alone[cell]) return null
      if (one < 0) one = cell
      else other = cell
      balance += coefficient[at]!
    }
    return other >= 0 && balance === 0 ? [one, other] : null
  }
  const facts = tables.low.length
  for (let fact = 0; fact < facts; fact++) {
    const pair = pairIn(fact)
    if (!pair) continue
    const [first, second] = [root(pair[0]), root(pair[1])]
    person[Math.max(first, second)] = Math.min(first, second)
  }
  for (let cell = 0; cell < person.length; cell++) if (alone[cell]) person[cell] = root(cell)
  for (let fact = 0; fact < facts; fact++) {
    const pair = pairIn(fact)
    if (!pair) continue
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const cell = factCell[at]!
      if (values[cell] === 0 && person[cell]! < 0) person[cell] = person[pair[0]]!
    }
  }
  return person
}

/** Cells with the number 1: one person stands behind the count. */
export function singletons(tables: LinkedTables): Uint8Array {
  return tabulate(new Uint8Array(tables.values.length), (cell) => (tables.values[cell] === 1 ? 1 : 0))
}
