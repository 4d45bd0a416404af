import type { OpenProgramme, ProgrammeSolver } from './programme.ts'
import { type Bounds, isTree, propagate } from './propagate.ts'
import type { LinkedTables } from './tables.ts'
import { components, type Unknowns, unknownsOf } from './unknowns.ts'

/** What everybody can find out about hidden cells. */
export interface PublicBounds {
  /** per cell, whole numbers; a published cell has its number twice */
  readonly low: Float64Array
  /** per cell; Infinity where nothing public bounds the cell from above */
  readonly high: Float64Array
  readonly components: number
  readonly largest: number
  /** linear programmes solved */
  readonly programmes: number
}

/**
 * The attacker: the narrowest whole-number bounds of every hidden cell that follow from everything published.
 * Propagation and elimination first; linear programmes for what they leave open; whole-number programmes where
 * those end between whole numbers.
 *
 * @param hidden  a mark per cell, 0 = published
 * @param of      cells whose bounds are wanted; all hidden cells when left out (the others get true, perhaps wider ones)
 * @throws        RangeError if there is not one mark per cell
 */
export function publicBounds(
  tables: LinkedTables,
  hidden: Uint8Array,
  solver: ProgrammeSolver,
  of?: Iterable<number>,
): PublicBounds {
  const low = tables.values.slice()
  const high = tables.values.slice()
  const wanted = of && new Set(of)
  const parts = components(unknownsOf(tables, hidden))
  let largest = 0
  let programmes = 0
  for (const part of parts) {
    largest = Math.max(largest, part.cells.length)
    const ask = wanted ? (cell: number) => wanted.has(cell) : () => true
    const found = componentBounds(part, tables.values, solver, ask)
    programmes += found.programmes
    part.cells.forEach((cell, at) => {
      low[cell] = found.low[at]!
      high[cell] = found.high[at]!
    })
  }
  return { low, high, components: parts.length, largest, programmes }
}

/**
 * The same for one component; the true numbers are one answer to every programme and save some.
 *
 * @param mayAskWhole  false: bounds may end at what programmes without whole numbers tell, true but perhaps wider
 */
export function componentBounds(
  part: Unknowns,
  values: Float64Array,
  solver: ProgrammeSolver,
  isWanted: (cell: number) => boolean,
  start?: Bounds,
  mayAskWhole = true,
): Bounds & { programmes: number } {
  const { low, high } = propagate(part, start)
  if (isTree(part)) return { low, high, programmes: 0 }
  const seenLow = Float64Array.from(part.cells, (cell) => values[cell]!)
  const seenHigh = seenLow.slice()
  let open: OpenProgramme | null = null
  let programmes = 0

  /** Solves one side; returns the bound, and remembers what the answer shows about the other unknowns. */
  const side = (at: number, sense: 'smallest' | 'largest'): number => {
    open ??= solver.open({
      columnLow: low.slice(),
      columnHigh: high.slice(),
      rowStart: part.factStart,
      rowColumn: part.factUnknown,
      coefficient: part.coefficient,
      rowLow: part.low,
      rowHigh: part.high,
    })
    for (const whole of [false, true]) {
      programmes++
      const answer = open.solve(at, sense, whole)
      if (!answer) return sense === 'smallest' ? 0 : Infinity
      if (answer.every((x) => Math.abs(x - Math.round(x)) < 1e-6)) {
        answer.forEach((x, i) => {
          seenLow[i] = Math.min(seenLow[i]!, Math.round(x))
          seenHigh[i] = Math.max(seenHigh[i]!, Math.round(x))
        })
        return Math.round(answer[at]!) + 0
      }
      const rounded =
        sense === 'smallest' ? Math.ceil(answer[at]! - 1e-6) + 0 : Math.floor(answer[at]! + 1e-6)
      const isReached = sense === 'smallest' ? seenLow[at]! <= rounded : seenHigh[at]! >= rounded
      if (isReached || !mayAskWhole) return rounded
    }
    throw new Error('componentBounds requires a solver that answers in whole numbers when asked to')
  }
  try {
    for (let at = 0; at < part.cells.length; at++) {
      if (!isWanted(part.cells[at]!)) continue
      if (seenLow[at]! > low[at]!) low[at] = side(at, 'smallest')
      if (seenHigh[at]! < high[at]!) high[at] = side(at, 'largest')
    }
  } finally {
    ;(open as OpenProgramme | null)?.close()
  }
  return { low, high, programmes }
}
