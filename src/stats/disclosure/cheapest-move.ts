import type { Move } from './moves.ts'
import { type ProgrammeSolver, SolverGaveUp } from './programme.ts'
import type { Slack } from './slack.ts'
import type { LinkedTables } from './tables.ts'

/** Prices are whole in a programme of whole numbers: hundredths, and one more for every change, so that none is made for nothing. */
const FINENESS = 100

export interface CheapestMover {
  /** programmes solved so far */
  readonly programmes: number
  /**
   * The cheapest table that differs from the true one by `change` in `cell` and fits all facts, as far as a linear programme finds
   * it: each cell costs its price for every unit that it changes by.
   *
   * @returns  'none': there is none, whatever is hidden; null: the solver gave up
   */
  search(cell: number, change: number, isBarred: (cell: number) => boolean): Move | 'none' | null
}

/** @param price  per cell, read anew in every search; Infinity for cells that must stay */
export function cheapestMover(
  tables: LinkedTables,
  price: Float64Array,
  slack: Slack,
  solver: ProgrammeSolver,
): CheapestMover {
  const { values, factStart, factCell, coefficient, cellStart, cellFact } = tables
  let programmes = 0

  /** Cells that a change of one can reach through facts, it among them, ascending; and those facts. */
  const around = (cell: number, isBarred: (cell: number) => boolean) => {
    const cells = new Set([cell])
    const facts = new Set<number>()
    for (const here of cells) {
      for (let i = cellStart[here]!; i < cellStart[here + 1]!; i++) {
        const fact = cellFact[i]!
        if (facts.has(fact)) continue
        facts.add(fact)
        for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
          const other = factCell[at]!
          if (price[other]! < Infinity && !isBarred(other)) cells.add(other)
        }
      }
    }
    const ascending = (a: number, b: number) => a - b
    return { cells: [...cells].sort(ascending), facts: [...facts].sort(ascending) }
  }

  /** Two columns a cell, how much it rises and how much it falls; the last column is the cost. */
  const describe = (cell: number, change: number, isBarred: (cell: number) => boolean) => {
    const { cells, facts } = around(cell, isBarred)
    const place = new Map(cells.map((member, at) => [member, at]))
    const cost = 2 * cells.length
    const columnLow = new Float64Array(cost + 1)
    const columnHigh = new Float64Array(cost + 1).fill(Infinity)
    cells.forEach((member, at) => {
      columnHigh[2 * at + 1] = values[member]!
    })
    const own = place.get(cell)!
    columnLow[2 * own] = columnHigh[2 * own] = Math.max(0, change)
    columnLow[2 * own + 1] = columnHigh[2 * own + 1] = Math.max(0, -change)
    const starts = [0]
    const columns: number[] = []
    const coefficients: number[] = []
    for (const fact of facts) {
      for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
        const member = place.get(factCell[at]!)
        if (member === undefined) continue
        columns.push(2 * member, 2 * member + 1)
        coefficients.push(coefficient[at]!, -coefficient[at]!)
      }
      starts.push(columns.length)
    }
    cells.forEach((member, at) => {
      const each = Math.round(FINENESS * price[member]!) + 1
      columns.push(2 * at, 2 * at + 1)
      coefficients.push(each, each)
    })
    columns.push(cost)
    coefficients.push(-1)
    starts.push(columns.length)
    const programme = {
      columnLow,
      columnHigh,
      rowStart: Int32Array.from(starts),
      rowColumn: Int32Array.from(columns),
      coefficient: Float64Array.from(coefficients),
      rowLow: Float64Array.from([...facts.map((fact) => slack.down[fact]!), 0]),
      rowHigh: Float64Array.from([...facts.map((fact) => slack.up[fact]!), 0]),
      mayHaveNone: true,
    }
    return { cells, cost, programme }
  }

  return {
    get programmes() {
      return programmes
    },
    search(cell, change, isBarred) {
      const { cells, cost, programme } = describe(cell, change, isBarred)
      const open = solver.open(programme)
      try {
        for (const whole of [false, true]) {
          programmes++
          const answer = open.solve(cost, 'smallest', whole)
          if (!answer) return 'none'
          if (answer.subarray(0, cost).every(isWhole)) return moveOf(cells, answer)
        }
        return null
      } catch (error) {
        if (error instanceof SolverGaveUp) return null
        throw error
      } finally {
        open.close()
      }
    },
  }
}

function isWhole(x: number): boolean {
  return Math.abs(x - Math.round(x)) < 1e-6
}

function moveOf(cells: readonly number[], answer: Float64Array): Move {
  const changeAt = (at: number) => Math.round(answer[2 * at]!) - Math.round(answer[2 * at + 1]!)
  const changed = [...cells.keys()].filter((at) => changeAt(at) !== 0)
  return {
    cells: Int32Array.from(changed, (at) => cells[at]!),
    changes: Float64Array.from(changed, changeAt),
  }
}
