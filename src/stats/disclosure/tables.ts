/**
 * Linked tables as one system: cells with whole numbers, and facts that everybody knows about them. A cell that stands
 * in several tables (or releases, years, territories) is one cell, known by its key.
 *
 * Cells stand in the order of their keys and facts in the order of their cells, so that nothing computed from the
 * system depends on the order in which it was described.
 */
export interface LinkedTables {
  readonly keys: readonly string[]
  /** true numbers, whole, ≥ 0 */
  readonly values: Float64Array
  /** facts, compressed by row: low ≤ Σ coefficient × value ≤ high over the cells of the fact */
  readonly factStart: Int32Array
  readonly factCell: Int32Array
  readonly coefficient: Int32Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** the facts of each cell, compressed by cell */
  readonly cellStart: Int32Array
  readonly cellFact: Int32Array
  readonly cellCoefficient: Int32Array
  /** number of a cell given when it was described → its number here */
  readonly order: Int32Array
}

/** Describes linked tables piece by piece; what does not hold for the true numbers is refused. */
export interface TablesBuilder {
  /** A cell; the same key again is the same cell. Returns its number for the other calls of this builder. */
  cell(key: string, value: number): number
  /** A total is the sum of its parts. */
  total(total: number, parts: ArrayLike<number>): void
  /** low ≤ Σ coefficient × value ≤ high is known to everybody, with whole coefficients. */
  fact(cells: ArrayLike<number>, coefficients: ArrayLike<number>, low: number, high: number): void
  build(): LinkedTables
}

/**
 * @throws  RangeError where a number is not whole and ≥ 0, where a key comes with two numbers, or where a fact is
 *          malformed or not true
 */
export function tablesBuilder(): TablesBuilder {
  const numberOf = new Map<string, number>()
  const values: number[] = []
  const starts: number[] = [0]
  const cells: number[] = []
  const coefficients: number[] = []
  const lows: number[] = []
  const highs: number[] = []

  const add = (
    count: number,
    cellAt: (i: number) => number,
    coefficientAt: (i: number) => number,
    low: number,
    high: number,
  ) => {
    let activity = 0
    const seen = new Set<number>()
    for (let i = 0; i < count; i++) {
      const [cell, coefficient] = [cellAt(i), coefficientAt(i)]
      const isCell = Number.isInteger(cell) && cell >= 0 && cell < values.length && !seen.has(cell)
      if (!isCell || !Number.isInteger(coefficient) || coefficient === 0) {
        throw new RangeError(
          'a fact requires different described cells and whole coefficients that are not 0',
        )
      }
      seen.add(cell)
      activity += coefficient * values[cell]!
    }
    if (!(activity >= low && activity <= high)) {
      const about = Array.from({ length: Math.min(count, 3) }, (_, i) => keyOf(cellAt(i))).join(', ')
      throw new RangeError(`a fact requires true numbers: ${activity} is not in ${low}–${high} for ${about}`)
    }
    for (let i = 0; i < count; i++) {
      cells.push(cellAt(i))
      coefficients.push(coefficientAt(i))
    }
    starts.push(cells.length)
    lows.push(low)
    highs.push(high)
  }
  const keyOf = (cell: number) => [...numberOf.keys()][cell]

  return {
    cell(key, value) {
      if (!(Number.isSafeInteger(value) && value >= 0)) {
        throw new RangeError(`a cell requires a whole number of at least 0: ${key}`)
      }
      const known = numberOf.get(key)
      if (known !== undefined) {
        if (values[known] !== value) {
          throw new RangeError(`a cell requires one number: ${key} has ${values[known]} and ${value}`)
        }
        return known
      }
      numberOf.set(key, values.length)
      return values.push(value) - 1
    },
    total(total, parts) {
      const at = (i: number) => (i === 0 ? total : parts[i - 1]!)
      add(parts.length + 1, at, (i) => (i === 0 ? -1 : 1), 0, 0)
    },
    fact(which, factors, low, high) {
      add(
        which.length,
        (i) => which[i]!,
        (i) => factors[i]!,
        low,
        high,
      )
    },
    build: () => arrange(numberOf, values, starts, cells, coefficients, lows, highs),
  }
}

function arrange(
  numberOf: ReadonlyMap<string, number>,
  values: readonly number[],
  starts: readonly number[],
  cells: readonly number[],
  coefficients: readonly number[],
  lows: readonly number[],
  highs: readonly number[],
): LinkedTables {
  const keys = [...numberOf.keys()].sort()
  const order = new Int32Array(keys.length)
  keys.forEach((key, at) => {
    order[numberOf.get(key)!] = at
  })
  const sorted = new Float64Array(keys.length)
  values.forEach((value, cell) => {
    sorted[order[cell]!] = value
  })

  const count = lows.length
  const memberCell = Int32Array.from(cells, (cell) => order[cell]!)
  const memberCoefficient = Int32Array.from(coefficients)
  for (let f = 0; f < count; f++) sortMembers(memberCell, memberCoefficient, starts[f]!, starts[f + 1]!)

  const compare = (f: number, g: number): number => {
    const [fs, gs] = [starts[f]!, starts[g]!]
    const [fn, gn] = [starts[f + 1]! - fs, starts[g + 1]! - gs]
    for (let i = 0; i < fn && i < gn; i++) {
      const byCell = memberCell[fs + i]! - memberCell[gs + i]!
      if (byCell !== 0) return byCell
      const byCoefficient = memberCoefficient[fs + i]! - memberCoefficient[gs + i]!
      if (byCoefficient !== 0) return byCoefficient
    }
    if (fn !== gn) return fn - gn
    return ascending(lows[f]!, lows[g]!) || ascending(highs[f]!, highs[g]!)
  }
  const facts = Int32Array.from({ length: count }, (_, f) => f).sort(compare)
  const kept = facts.filter((f, at) => at === 0 || compare(facts[at - 1]!, f) !== 0)

  const factStart = new Int32Array(kept.length + 1)
  kept.forEach((f, at) => {
    factStart[at + 1] = factStart[at]! + starts[f + 1]! - starts[f]!
  })
  const factCell = new Int32Array(factStart[kept.length]!)
  const coefficient = new Int32Array(factCell.length)
  kept.forEach((f, at) => {
    factCell.set(memberCell.subarray(starts[f]!, starts[f + 1]!), factStart[at]!)
    coefficient.set(memberCoefficient.subarray(starts[f]!, starts[f + 1]!), factStart[at]!)
  })
  return {
    keys,
    values: sorted,
    factStart,
    factCell,
    coefficient,
    low: Float64Array.from(kept, (f) => lows[f]!),
    high: Float64Array.from(kept, (f) => highs[f]!),
    ...byCell(keys.length, factStart, factCell, coefficient),
    order,
  }
}

/** The same members, read by cell. */
function byCell(
  cells: number,
  factStart: Int32Array,
  factCell: Int32Array,
  coefficient: Int32Array,
): Pick<LinkedTables, 'cellStart' | 'cellFact' | 'cellCoefficient'> {
  const cellStart = new Int32Array(cells + 1)
  for (const cell of factCell) cellStart[cell + 1]!++
  for (let cell = 0; cell < cells; cell++) cellStart[cell + 1]! += cellStart[cell]!
  const next = cellStart.slice()
  const cellFact = new Int32Array(factCell.length)
  const cellCoefficient = new Int32Array(factCell.length)
  for (let fact = 0; fact + 1 < factStart.length; fact++) {
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const to = next[factCell[at]!]!++
      cellFact[to] = fact
      cellCoefficient[to] = coefficient[at]!
    }
  }
  return { cellStart, cellFact, cellCoefficient }
}

/** Members of one fact in the order of their cells. */
function sortMembers(cells: Int32Array, coefficients: Int32Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const [cell, coefficient] = [cells[at]!, coefficients[at]!]
    let hole = at
    for (; hole > from && cells[hole - 1]! > cell; hole--) {
      cells[hole] = cells[hole - 1]!
      coefficients[hole] = coefficients[hole - 1]!
    }
    cells[hole] = cell
    coefficients[hole] = coefficient
  }
}

function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
