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
  const person = tabulate(new Int32Array(alone.length), (cell) => (alone[cell] ? cell : -1))
  const root = (cell: number): number => {
    let at = cell
    while (person[at] !== at) at = person[at]!
    return at
  }
  const pairs = pairsOfOne(tables, alone)
  for (const { cells } of pairs) {
    const [first, second] = [root(cells[0]), root(cells[1])]
    person[Math.max(first, second)] = Math.min(first, second)
  }
  for (let cell = 0; cell < person.length; cell++) if (alone[cell]) person[cell] = root(cell)
  for (const { cells, fact } of pairs) {
    for (const zero of zerosIn(tables, fact)) if (person[zero]! < 0) person[zero] = person[cells[0]]!
  }
  return person
}

/**
 * Cells with 0 that another person knows too than the one named by `insidersOf`: whatever is hidden, that person knows, so
 * they cannot be protected from above.
 */
export function zerosOfSeveral(tables: LinkedTables, alone: Uint8Array, person: Int32Array): Set<number> {
  const told = new Set<number>()
  for (const { cells, fact } of pairsOfOne(tables, alone)) {
    for (const zero of zerosIn(tables, fact)) if (person[zero] !== person[cells[0]]) told.add(zero)
  }
  return told
}

/**
 * Does a stranger who is alone in a part of a total know that the total is not 0? Whatever is hidden, it cannot be kept possible
 * from that person.
 */
export function isKnownNotEmpty(tables: LinkedTables, total: number, person: Int32Array): boolean {
  const { values, low, high, cellStart, cellFact, cellCoefficient, factStart, factCell, coefficient } = tables
  for (let i = cellStart[total]!; i < cellStart[total + 1]!; i++) {
    const fact = cellFact[i]!
    const own = cellCoefficient[i]!
    if (low[fact] !== 0 || high[fact] !== 0) continue
    let isSum = true
    let stranger = false
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const cell = factCell[at]!
      if (cell === total) continue
      if (coefficient[at]! * own > 0) isSum = false
      if (values[cell]! > 0 && person[cell]! >= 0 && person[cell] !== person[total]) stranger = true
    }
    if (isSum && stranger) return true
  }
  return false
}

/** Facts that say that two cells of one person each are the same person: nobody else is in them. */
function pairsOfOne(
  { values, low, high, factStart, factCell, coefficient }: LinkedTables,
  alone: Uint8Array,
): { fact: number; cells: readonly [number, number] }[] {
  const pairIn = (fact: number): [number, number] | null => {
    if (low[fact] !== 0 || high[fact] !== 0) return null
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
  const pairs: { fact: number; cells: readonly [number, number] }[] = []
  for (let fact = 0; fact < low.length; fact++) {
    const cells = pairIn(fact)
    if (cells) pairs.push({ fact, cells })
  }
  return pairs
}

function zerosIn({ values, factStart, factCell }: LinkedTables, fact: number): Int32Array {
  return factCell.subarray(factStart[fact], factStart[fact + 1]).filter((cell) => values[cell] === 0)
}

/** Cells with the number 1: one person stands behind the count. */
export function singletons(tables: LinkedTables): Uint8Array {
  return tabulate(new Uint8Array(tables.values.length), (cell) => (tables.values[cell] === 1 ? 1 : 0))
}
