import type { Hiding } from './hiding.ts'
import { factsByUnknown, narrowedBy, propagate } from './propagate.ts'
import { needsOf, type Protection } from './protection.ts'
import type { LinkedTables } from './tables.ts'
import { components, type Unknowns, unknownsOf } from './unknowns.ts'

/** Who finds out too much of a cell whatever is hidden: from these people it cannot be kept, from all others it can. */
export interface Lost {
  /** nothing is lost */
  isNothing(): boolean
  /** the cell is lost to somebody */
  has(cell: number): boolean
  /** the cell is lost to this person, or to everybody */
  knows(cell: number, person: number): boolean
  /** Enters a person who was found to know; −1 stands for everybody. */
  add(cell: number, person: number): void
}

/** Nothing is lost yet. */
export function noneLost(): Lost {
  const people = new Map<number, Set<number>>()
  return {
    isNothing: () => people.size === 0,
    has: (cell) => people.has(cell),
    knows: (cell, person) => {
      const known = people.get(cell)
      return known !== undefined && (known.has(person) || known.has(-1))
    },
    add(cell, person) {
      const known = people.get(cell)
      if (known) known.add(person)
      else people.set(cell, new Set([person]))
    },
  }
}

/**
 * What is lost already, found by propagation where everything is hidden that may be: hiding less can only narrow what somebody
 * finds out. Not all that is lost is found. One look for each person: for small systems.
 */
export function lostAnyway(
  tables: LinkedTables,
  primary: Uint8Array,
  { hidden, price }: Pick<Hiding, 'hidden' | 'price'>,
  person: Int32Array,
  protection: Protection,
): Lost {
  const { values } = tables
  const lost = noneLost()
  const most = hidden.map((mark, cell) => (mark || price[cell]! < Infinity ? 1 : 0))
  for (const part of components(unknownsOf(tables, most))) {
    const asked = [...part.cells.keys()].filter((at) => primary[part.cells[at]!])
    const enter = (who: number, { low, high }: { low: Float64Array; high: Float64Array }) => {
      for (const at of asked) {
        const cell = part.cells[at]!
        if (who >= 0 && person[cell] === who) continue
        const { down, up } = needsOf(protection, cell, values[cell]!)
        if (low[at]! > values[cell]! - down || high[at]! < values[cell]! + up) lost.add(cell, who)
      }
    }
    const bounds = propagate(part)
    enter(-1, bounds)
    const of = factsByUnknown(part)
    for (const [who, known] of cellsByPerson(part, person)) {
      enter(who, narrowedBy(known, part, of, bounds, values))
    }
  }
  return lost
}

function cellsByPerson(part: Unknowns, person: Int32Array): Map<number, number[]> {
  const known = Map.groupBy(part.cells.keys(), (at) => person[part.cells[at]!]!)
  known.delete(-1)
  return known
}
