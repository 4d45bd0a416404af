/** A sparse linear programme without an objective; the objective is always one column. */
export interface Programme {
  /** bounds per column; high may be Infinity */
  readonly columnLow: Float64Array
  readonly columnHigh: Float64Array
  /** rows, compressed: low ≤ Σ coefficient × column ≤ high; either may be infinite */
  readonly rowStart: Int32Array
  readonly rowColumn: Int32Array
  readonly coefficient: Float64Array
  readonly rowLow: Float64Array
  readonly rowHigh: Float64Array
  /** true: there may be no answer at all, and `solve` says so with null; left out: that is an error */
  readonly mayHaveNone?: boolean
}

/** A programme that a solver holds; it is asked many times and must be closed. */
export interface OpenProgramme {
  /**
   * Smallest or largest value of one column.
   *
   * @param whole  every column must be a whole number
   * @returns      the whole answer, one number per column; null where a column is unbounded, or where there may be none and is none
   * @throws       SolverGaveUp where it needs longer than it may; Error where it fails: the true table is always an answer
   */
  solve(column: number, sense: 'smallest' | 'largest', whole: boolean): Float64Array | null
  close(): void
}

/** A solver may stop after a number of steps of its own; then nothing is proved. */
export class SolverGaveUp extends Error {}

/** The solver comes in as an argument: this folder imports no package. */
export interface ProgrammeSolver {
  open(programme: Programme): OpenProgramme
}
