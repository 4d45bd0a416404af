import type { LinkedTables } from './tables.ts'

/**
 * What is left to guess: the hidden cells and the facts that mention them, with everything published moved to the
 * other side. low ≤ Σ coefficient × unknown ≤ high.
 */
export interface Unknowns {
  /** the cell behind each unknown, ascending */
  readonly cells: Int32Array
  readonly factStart: Int32Array
  /** number of the unknown, not of the cell */
  readonly factUnknown: Int32Array
  readonly coefficient: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** @param hidden  a mark per cell, 0 = published */
export function unknownsOf(tables: LinkedTables, hidden: Uint8Array): Unknowns {
  if (hidden.length !== tables.values.length) throw new RangeError('unknownsOf requires one mark per cell')
  const cells = Int32Array.from(hidden.keys()).filter((cell) => hidden[cell] !== 0)
  const numberOf = new Int32Array(hidden.length).fill(-1)
  cells.forEach((cell, at) => {
    numberOf[cell] = at
  })
  const starts: number[] = [0]
  const members: number[] = []
  const coefficients: number[] = []
  const lows: number[] = []
  const highs: number[] = []
  for (let fact = 0; fact < tables.low.length; fact++) {
    let known = 0
    const before = members.length
    for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
      const cell = tables.factCell[at]!
      if (hidden[cell] === 0) known += tables.coefficient[at]! * tables.values[cell]!
      else {
        members.push(numberOf[cell]!)
        coefficients.push(tables.coefficient[at]!)
      }
    }
    if (members.length === before) continue
    starts.push(members.length)
    lows.push(tables.low[fact]! - known)
    highs.push(tables.high[fact]! - known)
  }
  return {
    cells,
    factStart: Int32Array.from(starts),
    factUnknown: Int32Array.from(members),
    coefficient: Float64Array.from(coefficients),
    low: Float64Array.from(lows),
    high: Float64Array.from(highs),
  }
}

/** Parts that share no fact: nothing known about one helps with another. In the order of their first cell. */
export function components(unknowns: Unknowns): Unknowns[] {
  const { cells, factStart, factUnknown, coefficient, low, high } = unknowns
  const parent = Int32Array.from(cells.keys())
  const root = (x: number): number => {
    let at = x
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  for (let fact = 0; fact < low.length; fact++) {
    const first = root(factUnknown[factStart[fact]!]!)
    for (let at = factStart[fact]! + 1; at < factStart[fact + 1]!; at++) {
      parent[root(factUnknown[at]!)] = first
    }
  }
  const groupOf = new Int32Array(cells.length).fill(-1)
  const within = new Int32Array(cells.length)
  const members: number[][] = []
  for (let unknown = 0; unknown < cells.length; unknown++) {
    const top = root(unknown)
    if (groupOf[top]! < 0) groupOf[top] = members.push([]) - 1
    within[unknown] = members[groupOf[top]!]!.push(unknown) - 1
  }
  const facts: number[][] = members.map(() => [])
  for (let fact = 0; fact < low.length; fact++) {
    facts[groupOf[root(factUnknown[factStart[fact]!]!)]!]!.push(fact)
  }
  return members.map((group, at) => {
    const own = facts[at]!
    const starts = new Int32Array(own.length + 1)
    own.forEach((fact, i) => {
      starts[i + 1] = starts[i]! + factStart[fact + 1]! - factStart[fact]!
    })
    const ownUnknown = new Int32Array(starts[own.length]!)
    const ownCoefficient = new Float64Array(starts[own.length]!)
    own.forEach((fact, i) => {
      for (let from = factStart[fact]!, to = starts[i]!; from < factStart[fact + 1]!; from++, to++) {
        ownUnknown[to] = within[factUnknown[from]!]!
        ownCoefficient[to] = coefficient[from]!
      }
    })
    return {
      cells: Int32Array.from(group, (unknown) => cells[unknown]!),
      factStart: starts,
      factUnknown: ownUnknown,
      coefficient: ownCoefficient,
      low: Float64Array.from(own, (fact) => low[fact]!),
      high: Float64Array.from(own, (fact) => high[fact]!),
    }
  })
}

/**
 * Address of a component by its content: keys, true numbers, what is asked of each cell, and facts. The same content
 * in another release has the same address, so what was found out about it can be kept.
 *
 * @param about  numbers per cell that the kept answer depends on, e.g. protection and marks
 * @returns      32 hexadecimal digits
 */
export function contentAddress(
  component: Unknowns,
  tables: LinkedTables,
  about: readonly ArrayLike<number>[] = [],
): string {
  const hash = hasher()
  hash.number(component.cells.length)
  for (const cell of component.cells) {
    hash.text(tables.keys[cell]!)
    hash.number(tables.values[cell]!)
    for (const numbers of about) hash.number(numbers[cell]!)
  }
  for (const numbers of [component.factStart, component.factUnknown, component.coefficient]) {
    hash.number(numbers.length)
    for (const number of numbers) hash.number(number)
  }
  for (const number of component.low) hash.number(number)
  for (const number of component.high) hash.number(number)
  return hash.digits()
}

/** Four lanes of 32 bits, mixed as MurmurHash3 does. Against accidents, not against somebody who wants a collision. */
function hasher() {
  const lanes = Uint32Array.of(0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f)
  const view = new DataView(new ArrayBuffer(8))
  const word = (value: number) => {
    for (let lane = 0; lane < 4; lane++) {
      let mixed = Math.imul(value ^ (lane * 0x165667b1), 0xcc9e2d51 + 2 * lane)
      mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
      const state = lanes[lane]! ^ mixed
      lanes[lane] = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64 + lanes[(lane + 1) & 3]!
    }
  }
  return {
    number(value: number) {
      view.setFloat64(0, value)
      word(view.getInt32(0))
      word(view.getInt32(4))
    },
    text(value: string) {
      word(value.length)
      for (let at = 0; at < value.length; at++) word(value.charCodeAt(at))
    },
    digits: () =>
      Array.from(lanes, (lane) => {
        let mixed = lane ^ (lane >>> 16)
        mixed = Math.imul(mixed, 0x85ebca6b)
        mixed ^= mixed >>> 13
        mixed = Math.imul(mixed, 0xc2b2ae35)
        return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0')
      }).join(''),
  }
}
