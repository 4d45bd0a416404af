import type { LinkedTables } from './tables.ts'

/**
 * Where cells stand in a release that crosses its breakdowns: the parts of a key, separated by `|`, are coordinates, and
 * a fact whose cells differ in one part only runs along that axis. Keys of another kind do no harm: their facts run
 * along no axis.
 */
export interface Coordinates {
  /** a number per cell; two steps from a cell along different axes add up */
  readonly code: Float64Array
  /** per fact the part of the key along which it runs; −1 where it is no equation or runs along none */
  readonly axis: Int8Array
  /** the cell with this code, or −1 */
  find(code: number): number
}

/** Parts of a key that are looked at; Int8 holds their number. */
const MOST_PARTS = 100

export function coordinates(tables: LinkedTables): Coordinates {
  const { keys, low, high, factStart, factCell } = tables
  const { labels, sizes } = labelsOf(keys)
  const axis = new Int8Array(low.length).fill(-1)
  const code = new Float64Array(keys.length)
  if (sizes.reduce((a, b) => a * b, 1) >= 2 ** 52) return { code, axis, find: () => -1 }

  let stride = 1
  labels.forEach((label, part) => {
    for (let cell = 0; cell < code.length; cell++) code[cell]! += stride * label[cell]!
    stride *= sizes[part]!
  })
  for (let fact = 0; fact < axis.length; fact++) {
    const [from, to] = [factStart[fact]!, factStart[fact + 1]!]
    if (low[fact] !== high[fact] || to - from < 2) continue
    const first = factCell[from]!
    let along = -1
    for (let part = 0; part < labels.length && along > -2; part++) {
      const label = labels[part]!
      let at = from + 1
      while (at < to && label[factCell[at]!] === label[first]) at++
      if (at < to) along = along === -1 ? part : -2
    }
    if (along >= 0) axis[fact] = along
  }
  return { code, axis, find: finder(code, stride) }
}

/** Numbers of the labels of every cell, part by part; short keys have empty parts at the end. */
function labelsOf(keys: readonly string[]): { labels: Int32Array[]; sizes: number[] } {
  const labels: Int32Array[] = []
  const known: Map<string, number>[] = []
  keys.forEach((key, cell) => {
    let from = 0
    for (let part = 0; from <= key.length && part < MOST_PARTS; part++) {
      const bar = key.indexOf('|', from)
      const label = key.slice(from, bar < 0 ? key.length : bar)
      from = bar < 0 ? key.length + 1 : bar + 1
      if (part === labels.length) {
        labels.push(new Int32Array(keys.length))
        known.push(new Map([['', 0]]))
      }
      const numbers = known[part]!
      const number = numbers.get(label) ?? numbers.size
      if (number === numbers.size) numbers.set(label, number)
      labels[part]![cell] = number
    }
  })
  return { labels, sizes: known.map((numbers) => numbers.size) }
}

/** Codes are looked up directly where they lie close together, otherwise by open addressing. */
function finder(code: Float64Array, codes: number): (code: number) => number {
  if (codes <= 8 * code.length) {
    const cellOf = new Int32Array(codes).fill(-1)
    for (let cell = 0; cell < code.length; cell++) cellOf[code[cell]!] = cell
    return (wanted) => (wanted >= 0 && wanted < codes ? cellOf[wanted]! : -1)
  }
  const size = 2 ** Math.ceil(Math.log2(2 * code.length + 2))
  const slots = new Int32Array(size).fill(-1)
  const slotOf = (wanted: number) => {
    const mixed = Math.imul((wanted % 4294967296) ^ Math.imul(wanted / 4294967296, 0x9e3779b1), 0x85ebca6b)
    let slot = (mixed ^ (mixed >>> 15)) & (size - 1)
    while (slots[slot]! >= 0 && code[slots[slot]!] !== wanted) slot = (slot + 1) & (size - 1)
    return slot
  }
  for (let cell = 0; cell < code.length; cell++) slots[slotOf(code[cell]!)] = cell
  return (wanted) => slots[slotOf(wanted)]!
}
