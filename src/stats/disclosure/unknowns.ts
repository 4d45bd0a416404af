import { tabulate } from './growing.ts'
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
  const numberOf = new Int32Array(hidden.length).fill(-1)
  let count = 0
  hidden.forEach((mark, cell) => {
    if (mark) numberOf[cell] = count++
  })
  // counted first, written afterwards: in large systems nothing is copied
  let facts = 0
  let members = 0
  const unknownsIn = (fact: number): number => {
    let own = 0
    for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
      if (hidden[tables.factCell[at]!]) own++
    }
    return own
  }
  for (let fact = 0; fact < tables.low.length; fact++) {
    const own = unknownsIn(fact)
    members += own
    if (own > 0) facts++
  }
  const factStart = new Int32Array(facts + 1)
  const factUnknown = new Int32Array(members)
  const coefficient = new Float64Array(members)
  const low = new Float64Array(facts)
  const high = new Float64Array(facts)
  let row = 0
  let to = 0
  for (let fact = 0; fact < tables.low.length; fact++) {
    let known = 0
    for (let at = tables.factStart[fact]!; at < tables.factStart[fact + 1]!; at++) {
      const cell = tables.factCell[at]!
      if (hidden[cell] === 0) known += tables.coefficient[at]! * tables.values[cell]!
      else {
        factUnknown[to] = numberOf[cell]!
        coefficient[to++] = tables.coefficient[at]!
      }
    }
    if (to === factStart[row]) continue
    low[row] = tables.low[fact]! - known
    high[row] = tables.high[fact]! - known
    factStart[++row] = to
  }
  const cells = new Int32Array(count)
  numberOf.forEach((number, cell) => {
    if (number >= 0) cells[number] = cell
  })
  return { cells, factStart, factUnknown, coefficient, low, high }
}

/** Parts that share no fact: nothing known about one helps with another. In the order of their first cell. */
export function components(unknowns: Unknowns): Unknowns[] {
  const { cells, factStart, factUnknown, coefficient, low, high } = unknowns
  const parent = tabulate(new Int32Array(cells.length), (unknown) => unknown)
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
  // numbers of parts, of the unknowns within them, and of their facts
  const partOf = new Int32Array(cells.length).fill(-1)
  const within = new Int32Array(cells.length)
  const sizes: number[] = []
  for (let unknown = 0; unknown < cells.length; unknown++) {
    const top = root(unknown)
    if (partOf[top]! < 0) partOf[top] = sizes.push(0) - 1
    within[unknown] = sizes[partOf[top]!]!++
  }
  if (sizes.length === 1) return [unknowns]
  const partOfFact = tabulate(
    new Int32Array(low.length),
    (fact) => partOf[root(factUnknown[factStart[fact]!]!)]!,
  )
  const facts = sizes.map(() => 0)
  const members = sizes.map(() => 0)
  partOfFact.forEach((part, fact) => {
    facts[part]!++
    members[part]! += factStart[fact + 1]! - factStart[fact]!
  })
  const parts = sizes.map((size, part) => ({
    cells: new Int32Array(size),
    factStart: new Int32Array(facts[part]! + 1),
    factUnknown: new Int32Array(members[part]!),
    coefficient: new Float64Array(members[part]!),
    low: new Float64Array(facts[part]!),
    high: new Float64Array(facts[part]!),
  }))
  cells.forEach((cell, unknown) => {
    parts[partOf[root(unknown)]!]!.cells[within[unknown]!] = cell
  })
  const rows = sizes.map(() => 0)
  partOfFact.forEach((number, fact) => {
    const part = parts[number]!
    const row = rows[number]!++
    let to = part.factStart[row]!
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++, to++) {
      part.factUnknown[to] = within[factUnknown[at]!]!
      part.coefficient[to] = coefficient[at]!
    }
    part.factStart[row + 1] = to
    part.low[row] = low[fact]!
    part.high[row] = high[fact]!
  })
  return parts
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
