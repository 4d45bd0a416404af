import { arrange, type Description } from './arrange.ts'
import { growing, keyIndex } from './growing.ts'

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
  /** Ends the description; once. */
  build(): LinkedTables
}

/**
 * @throws  RangeError where a number is not whole and ≥ 0, where a key comes with two numbers, or where a fact is
 *          malformed or not true
 */
export function tablesBuilder(): TablesBuilder {
  const index = keyIndex()
  const values = growing((length) => new Float64Array(length))
  const starts = growing((length) => new Int32Array(length))
  const cells = growing((length) => new Int32Array(length))
  const coefficients = growing((length) => new Int32Array(length))
  const lows = growing((length) => new Float64Array(length))
  const highs = growing((length) => new Float64Array(length))
  // the call in which a cell was last mentioned: twice in one fact is a mistake
  const mentioned = growing((length) => new Int32Array(length))
  let calls = 0
  let isBuilt = false
  starts.push(0)

  const add = (
    count: number,
    cellAt: (i: number) => number,
    coefficientAt: (i: number) => number,
    low: number,
    high: number,
  ) => {
    const numbers = values.all()
    const lastIn = mentioned.all()
    calls++
    let activity = 0
    for (let i = 0; i < count; i++) {
      const [cell, coefficient] = [cellAt(i), coefficientAt(i)]
      const isCell = Number.isInteger(cell) && cell >= 0 && cell < numbers.length && lastIn[cell] !== calls
      if (!isCell || !Number.isInteger(coefficient) || coefficient === 0) {
        throw new RangeError(
          'a fact requires different described cells and whole coefficients that are not 0',
        )
      }
      lastIn[cell] = calls
      activity += coefficient * numbers[cell]!
    }
    if (!(activity >= low && activity <= high)) {
      const about = Array.from({ length: Math.min(count, 3) }, (_, i) => index.keys[cellAt(i)]).join(', ')
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

  return {
    cell(key, value) {
      if (!(Number.isSafeInteger(value) && value >= 0)) {
        throw new RangeError(`a cell requires a whole number of at least 0: ${key}`)
      }
      const number = index.numberOf(key)
      if (number === values.length) {
        values.push(value)
        mentioned.push(0)
      } else if (values.all()[number] !== value) {
        throw new RangeError(`a cell requires one number: ${key} has ${values.all()[number]} and ${value}`)
      }
      return number
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
    build() {
      if (isBuilt) throw new Error('tablesBuilder requires a new builder for other tables')
      isBuilt = true
      const described: Description = {
        keys: index.keys,
        values: values.all(),
        starts: starts.all(),
        cells: cells.all(),
        coefficients: coefficients.all(),
        lows: lows.all(),
        highs: highs.all(),
      }
      return arrange(described)
    },
  }
}
