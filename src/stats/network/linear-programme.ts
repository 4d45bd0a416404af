/**
 * A linear or mixed-integer programme as plain data: minimise costs · x subject to
 * rowLow ≤ A x ≤ rowHigh, low ≤ x ≤ high, x whole where `integer` says so. A has its rows one after the
 * other: row r holds the entries rowStarts[r] … rowStarts[r + 1] − 1 of `columns` and `coefficients`.
 * Bounds may be infinite. No entry of a row is repeated.
 */
export interface LinearProgramme {
  readonly names: readonly string[]
  readonly costs: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly integer: Uint8Array
  readonly rowStarts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Float64Array
  readonly rowLow: Float64Array
  readonly rowHigh: Float64Array
}

/** What a solver found. `values` has one number per variable and is read only when there is a solution. */
export interface SolverAnswer {
  /** optimal: proved within the solver's gap; limit: a solution, not proved; none: stopped without one */
  readonly status: 'optimal' | 'limit' | 'infeasible' | 'unbounded' | 'none'
  readonly values: ArrayLike<number>
  /** proved lower bound of the objective, when the solver gives one */
  readonly bound?: number
}

/** The solver comes in as an argument; it may answer at once or later (a worker, WASM). */
export type Solver = (programme: LinearProgramme) => SolverAnswer | Promise<SolverAnswer>

export interface VariableOptions {
  /** default 0 */
  readonly cost?: number
  /** default 0 */
  readonly low?: number
  /** default Infinity */
  readonly high?: number
  /** default false */
  readonly integer?: boolean
}

/** Collects variables and rows one by one; `build()` gives the programme. */
export function programmeBuilder() {
  const names: string[] = []
  const costs: number[] = []
  const low: number[] = []
  const high: number[] = []
  const integer: number[] = []
  const rowStarts = [0]
  const columns: number[] = []
  const coefficients: number[] = []
  const rowLow: number[] = []
  const rowHigh: number[] = []
  return {
    /** Adds a variable and returns its number. */
    variable(name: string, options: VariableOptions = {}): number {
      const { cost = 0, low: least = 0, high: most = Infinity } = options
      if (!Number.isFinite(cost) || !(least <= most)) {
        throw new RangeError(`variable ${name} requires a finite cost and bounds in order`)
      }
      names.push(name)
      costs.push(cost)
      low.push(least)
      high.push(most)
      integer.push(options.integer ? 1 : 0)
      return names.length - 1
    },
    /** Adds the row low ≤ Σ coefficient · variable ≤ high. */
    row(terms: readonly (readonly [variable: number, coefficient: number])[], least: number, most: number) {
      if (!(least <= most)) throw new RangeError('a row requires bounds in order')
      for (const [variable, coefficient] of terms) {
        if (!(variable >= 0 && variable < names.length) || !Number.isFinite(coefficient)) {
          throw new RangeError('a row requires known variables and finite coefficients')
        }
        columns.push(variable)
        coefficients.push(coefficient)
      }
      rowStarts.push(columns.length)
      rowLow.push(least)
      rowHigh.push(most)
    },
    build(): LinearProgramme {
      return {
        names,
        costs: Float64Array.from(costs),
        low: Float64Array.from(low),
        high: Float64Array.from(high),
        integer: Uint8Array.from(integer),
        rowStarts: Int32Array.from(rowStarts),
        columns: Int32Array.from(columns),
        coefficients: Float64Array.from(coefficients),
        rowLow: Float64Array.from(rowLow),
        rowHigh: Float64Array.from(rowHigh),
      }
    },
  }
}

/**
 * By how much an answer breaks the programme: the largest amount by which a bound, a row or a whole
 * number is missed, in the unit of that bound or row. 0 or a rounding error means that the answer holds.
 */
export function largestViolation(programme: LinearProgramme, values: ArrayLike<number>): number {
  let worst = 0
  const note = (amount: number) => {
    if (!(amount <= worst)) worst = Number.isNaN(amount) ? Infinity : amount
  }
  for (let v = 0; v < programme.costs.length; v++) {
    const x = values[v] ?? Number.NaN
    note(programme.low[v]! - x)
    note(x - programme.high[v]!)
    if (programme.integer[v]) note(Math.abs(x - Math.round(x)))
  }
  for (let r = 0; r < programme.rowLow.length; r++) {
    let total = 0
    for (let at = programme.rowStarts[r]!; at < programme.rowStarts[r + 1]!; at++) {
      total += programme.coefficients[at]! * values[programme.columns[at]!]!
    }
    note(programme.rowLow[r]! - total)
    note(total - programme.rowHigh[r]!)
  }
  return worst
}
