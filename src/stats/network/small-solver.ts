import type { LinearProgramme, SolverAnswer } from './linear-programme.ts'

/**
 * Branch and bound over a dense simplex: exact and slow, for tests with at most a hundred variables. The
 * product brings a real solver; this one stands in the tests as the second opinion that needs no package.
 */
export function smallSolver(programme: LinearProgramme): SolverAnswer {
  let best: { values: Float64Array; objective: number } | undefined
  const stack = [{ low: programme.low, high: programme.high }]
  for (let nodes = 0; stack.length > 0; nodes++) {
    if (nodes > 50_000) throw new Error('smallSolver is for small programmes')
    const { low, high } = stack.pop()!
    const relaxed = simplex(programme, low, high)
    if (!relaxed || (best && relaxed.objective >= best.objective - 1e-9)) continue
    const split = mostFractional(programme, relaxed.values)
    if (split === undefined) {
      best = relaxed
      continue
    }
    const down = high.slice()
    down[split] = Math.floor(relaxed.values[split]!)
    const up = low.slice()
    up[split] = Math.ceil(relaxed.values[split]!)
    stack.push({ low, high: down }, { low: up, high })
  }
  if (!best) return { status: 'infeasible', values: [] }
  return { status: 'optimal', values: best.values, bound: best.objective }
}

function mostFractional({ integer }: LinearProgramme, values: Float64Array): number | undefined {
  let chosen: number | undefined
  let most = 1e-7
  for (let v = 0; v < values.length; v++) {
    const distance = Math.abs(values[v]! - Math.round(values[v]!))
    if (integer[v] && distance > most) {
      most = distance
      chosen = v
    }
  }
  return chosen
}

/** Two-phase tableau simplex with Bland's rule; undefined when there is no feasible point. */
function simplex(programme: LinearProgramme, low: Float64Array, high: Float64Array) {
  const n = programme.costs.length
  const rows: { terms: Float64Array; right: number; equal: boolean }[] = []
  const add = (terms: Float64Array, right: number, equal = false) => rows.push({ terms, right, equal })
  for (let r = 0; r < programme.rowLow.length; r++) {
    const terms = new Float64Array(n)
    let shift = 0
    for (let at = programme.rowStarts[r]!; at < programme.rowStarts[r + 1]!; at++) {
      const v = programme.columns[at]!
      terms[v]! += programme.coefficients[at]!
      shift += programme.coefficients[at]! * low[v]!
    }
    const least = programme.rowLow[r]!
    const most = programme.rowHigh[r]!
    if (least === most) add(terms, most - shift, true)
    else {
      if (most < Infinity) add(terms, most - shift)
      if (least > -Infinity)
        add(
          terms.map((x) => -x),
          shift - least,
        )
    }
  }
  for (let v = 0; v < n; v++) {
    if (high[v]! < low[v]!) return undefined
    if (high[v] === Infinity) continue
    const terms = new Float64Array(n)
    terms[v] = 1
    add(terms, high[v]! - low[v]!)
  }
  const m = rows.length
  const width = n + 2 * m + 1 // variables, slacks, artificials, right side
  const table = rows.map(({ terms, right, equal }, r) => {
    const sign = right < 0 ? -1 : 1
    const line = new Float64Array(width)
    for (let v = 0; v < n; v++) line[v] = sign * terms[v]!
    if (!equal) line[n + r] = sign
    if (equal || sign < 0) line[n + m + r] = 1
    line[width - 1] = sign * right
    return line
  })
  const basis = rows.map(({ right, equal }, r) => (equal || right < 0 ? n + m + r : n + r))
  const artificial = new Float64Array(width)
  artificial.fill(1, n + m, n + 2 * m)
  pivotUntilOptimal(table, basis, artificial, width - 1)
  const left = basis.reduce((total, v, r) => total + (v >= n + m ? table[r]![width - 1]! : 0), 0)
  if (left > 1e-7) return undefined
  // Artificials still in the basis at zero could grow in the second phase: they leave on any column.
  for (const [r, v] of basis.entries()) {
    if (v < n + m) continue
    const enter = table[r]!.findIndex((x, c) => c < n + m && Math.abs(x) > 1e-9)
    if (enter >= 0) pivotOn(table, basis, r, enter)
  }
  const costs = new Float64Array(width)
  costs.set(programme.costs)
  pivotUntilOptimal(table, basis, costs, n + m)
  const values = low.slice()
  for (const [r, v] of basis.entries()) if (v < n) values[v]! += table[r]![width - 1]!
  return { values, objective: values.reduce((total, x, v) => total + x * programme.costs[v]!, 0) }
}

/** Enters only the first `usable` columns. */
function pivotUntilOptimal(table: Float64Array[], basis: number[], costs: Float64Array, usable: number) {
  const last = costs.length - 1
  const reduced = costs.slice()
  for (const [r, v] of basis.entries()) {
    const price = costs[v]!
    if (price !== 0) for (let c = 0; c <= last; c++) reduced[c]! -= price * table[r]![c]!
  }
  for (let pivots = 0; pivots < 20_000; pivots++) {
    let enter = -1
    for (let c = 0; c < usable && enter < 0; c++) if (reduced[c]! < -1e-9) enter = c
    if (enter < 0) return
    let leave = -1
    let least = Infinity
    for (const [r, line] of table.entries()) {
      if (line[enter]! <= 1e-9) continue
      const ratio = line[last]! / line[enter]!
      if (ratio < least - 1e-12 || (ratio < least + 1e-12 && basis[r]! < basis[leave]!)) {
        least = ratio
        leave = r
      }
    }
    if (leave < 0) throw new Error('smallSolver met an unbounded programme')
    pivotOn([...table, reduced], basis, leave, enter)
  }
  throw new Error('smallSolver ran out of pivots')
}

function pivotOn(lines: readonly Float64Array[], basis: number[], leave: number, enter: number) {
  const pivot = lines[leave]!
  const by = pivot[enter]!
  for (let c = 0; c < pivot.length; c++) pivot[c]! /= by
  for (const line of lines) {
    const factor = line[enter]!
    if (line === pivot || factor === 0) continue
    for (let c = 0; c < pivot.length; c++) line[c]! -= factor * pivot[c]!
  }
  basis[leave] = enter
}
