import { componentBounds } from './bounds.ts'
import type { Move } from './moves.ts'
import { neighbourhoods } from './neighbourhood.ts'
import { type ProgrammeSolver, SolverGaveUp } from './programme.ts'
import type { Bounds } from './propagate.ts'
import type { Unknowns } from './unknowns.ts'

/**
 * Unknowns of the neighbourhoods in which programmes look for a proof, one after the other, and whether whole numbers are asked
 * for: in thousands of unknowns that can take hours; without, an answer proves only where it happens to be whole. A cell of a larger component that is not proved safe in the last one
 * counts as a leak.
 */
const NEIGHBOURHOODS = [
  { size: 300, whole: true },
  { size: 1000, whole: true },
  { size: 3000, whole: false },
]

export interface ProgrammeMover {
  /**
   * A table with the unknown moved by `change` and the cells that somebody knows as they are. Null: none was found.
   *
   * @param isNearEnough  only the smallest neighbourhood is looked at
   */
  search(at: number, change: number, isKnown: (cell: number) => boolean, isNearEnough?: boolean): Move | null
  /** The narrowest bounds that somebody finds who knows some cells; in large components those of `known` propagation. */
  bounds(at: number, isKnown: (cell: number) => boolean, known: Bounds): { low: number; high: number }
  /** programmes solved so far */
  readonly programmes: number
}

/** Programmes that all components together may still solve; a large one counts as several of a few hundred unknowns. */
export interface ProgrammeBudget {
  left: number
}

/** Proofs and bounds by linear programmes, near an unknown first; none where the budget is used up. */
export function programmeMover(
  part: Unknowns,
  values: Float64Array,
  solver: ProgrammeSolver,
  budget: ProgrammeBudget,
): ProgrammeMover {
  const near = neighbourhoods(part, values)
  let programmes = 0
  const pay = (solved: number, unknowns: number) => {
    programmes += solved
    budget.left -= solved * Math.max(1, Math.round(unknowns / NEIGHBOURHOODS[0]!.size))
  }

  /** As `componentBounds`; a solver that gives up proves nothing, so that only what was shown on the way counts. */
  const boundsOrTruth = (
    within: Unknowns,
    place: number,
    start: Bounds,
    watched: ProgrammeSolver,
    whole: boolean,
  ): { low: number; high: number } => {
    try {
      const isWanted = (cell: number) => cell === within.cells[place]
      const found = componentBounds(within, values, watched, isWanted, start, whole)
      pay(found.programmes, within.cells.length)
      return { low: found.low[place]!, high: found.high[place]! }
    } catch (error) {
      if (!(error instanceof SolverGaveUp)) throw error
      pay(1, within.cells.length)
      const truth = values[within.cells[place]!]!
      return { low: truth, high: truth }
    }
  }
  return {
    get programmes() {
      return programmes
    },
    search(at, change, isKnown, isNearEnough = false) {
      const cell = part.cells[at]!
      const wanted = values[cell]! + change
      for (const { size, whole } of NEIGHBOURHOODS) {
        if (budget.left <= 0) return null
        const within = near(at, size)
        const place = within.cells.indexOf(cell)
        const start = startBounds(within, values, isKnown)
        // between the true number and the one to be shown: reached or not, nothing farther is looked for
        start.low[place] = Math.max(start.low[place]!, Math.min(values[cell]!, wanted))
        start.high[place] = Math.min(start.high[place]!, Math.max(values[cell]!, wanted))
        let reached: Move | null = null
        const watched = watch(solver, (answer) => {
          if ((Math.round(answer[place]!) - wanted) * change >= 0) reached = moveOf(within, values, answer)
        })
        const { low, high } = boundsOrTruth(within, place, start, watched, whole)
        // bounds without an answer to show (no upper bound, a tree): then every person in the neighbourhood is asked
        const isReached = whole && (change > 0 ? high >= wanted : low <= wanted)
        const all = { cells: within.cells, changes: new Float64Array(within.cells.length) }
        if (reached ?? isReached) return reached ?? all
        if (isNearEnough || within.cells.length === part.cells.length) return null
      }
      return null
    },
    bounds(at, isKnown, known) {
      const isTooLarge = part.cells.length > NEIGHBOURHOODS[0]!.size
      if (isTooLarge || budget.left <= 0) return { low: known.low[at]!, high: known.high[at]! }
      return boundsOrTruth(part, at, startBounds(part, values, isKnown), solver, true)
    },
  }
}

/** The same solver, and somebody who sees every answer in whole numbers. */
function watch(solver: ProgrammeSolver, see: (answer: Float64Array) => void): ProgrammeSolver {
  return {
    open(programme) {
      const open = solver.open(programme)
      return {
        solve(column, sense, whole) {
          const answer = open.solve(column, sense, whole)
          if (answer?.every((x) => Math.abs(x - Math.round(x)) < 1e-6)) see(answer)
          return answer
        },
        close: () => open.close(),
      }
    },
  }
}

/** What somebody knows beforehand: nothing, but the true number of known cells. */
function startBounds(part: Unknowns, values: Float64Array, isKnown: (cell: number) => boolean) {
  return {
    low: Float64Array.from(part.cells, (cell) => (isKnown(cell) ? values[cell]! : 0)),
    high: Float64Array.from(part.cells, (cell) => (isKnown(cell) ? values[cell]! : Infinity)),
  }
}

function moveOf(part: Unknowns, values: Float64Array, answer: Float64Array): Move {
  const moved = [...part.cells.keys()].filter((at) => Math.round(answer[at]!) !== values[part.cells[at]!])
  return {
    cells: Int32Array.from(moved, (at) => part.cells[at]!),
    changes: Float64Array.from(moved, (at) => Math.round(answer[at]!) - values[part.cells[at]!]!),
  }
}
