import type { Unknowns } from './unknowns.ts'

/** How often one fact is looked at: whole numbers can creep, and every bound on the way is true already. */
const VISITS = 40
/** Facts and unknowns up to which facts are solved against each other. */
const ELIMINATION = { facts: 160, unknowns: 400 }

/** What is known about each unknown: whole numbers, `high` may be Infinity. */
export interface Bounds {
  readonly low: Float64Array
  readonly high: Float64Array
}

/**
 * Bounds of unknowns by whole-number propagation: each fact narrows each of its unknowns by what the others can
 * be, until nothing moves. True bounds, but not always the narrowest; `isTree` says when they are.
 *
 * @throws  RangeError if the facts contradict each other
 */
export function propagate(unknowns: Unknowns, start?: Bounds): Bounds {
  const count = unknowns.cells.length
  const bounds = {
    low: start ? start.low.slice() : new Float64Array(count),
    high: start ? start.high.slice() : new Float64Array(count).fill(Infinity),
  }
  const of = factsByUnknown(unknowns)
  tighten(unknowns, of, bounds)
  const { facts, unknowns: most } = ELIMINATION
  if (!isTree(unknowns) && unknowns.low.length <= facts && count <= most) {
    const derived = eliminate(unknowns)
    if (derived) tighten(derived, factsByUnknown(derived), bounds)
    tighten(unknowns, of, bounds)
  }
  return bounds
}

/**
 * What somebody finds out by propagation who knows some unknowns besides: only what follows is looked at again.
 *
 * @param bounds  what propagation told everybody; left as it is
 */
export function narrowedBy(
  known: readonly number[],
  unknowns: Unknowns,
  of: FactsByUnknown,
  bounds: Bounds,
  values: Float64Array,
): Bounds {
  const own = { low: bounds.low.slice(), high: bounds.high.slice() }
  const facts = new Set<number>()
  for (const at of known) {
    own.low[at] = own.high[at] = values[unknowns.cells[at]!]!
    for (let i = of.start[at]!; i < of.start[at + 1]!; i++) facts.add(of.fact[i]!)
  }
  tighten(unknowns, of, own, [...facts])
  return own
}

/**
 * As `narrowedBy`, for one person after the other: only what a person learns beyond everybody is looked at, and forgotten for the next.
 *
 * @returns  function of the unknowns that a person knows; tells each unknown that is narrower for this person, in no order
 */
export function narrower(
  unknowns: Unknowns,
  of: FactsByUnknown,
  bounds: Bounds,
  values: Float64Array,
): (known: readonly number[], see: (unknown: number, low: number, high: number) => void) => void {
  const own = { low: bounds.low.slice(), high: bounds.high.slice() }
  return (known, see) => {
    const touched = new Set<number>()
    const facts = new Set<number>()
    for (const at of known) {
      touched.add(at)
      own.low[at] = own.high[at] = values[unknowns.cells[at]!]!
      for (let i = of.start[at]!; i < of.start[at + 1]!; i++) facts.add(of.fact[i]!)
    }
    tighten(unknowns, of, own, [...facts], (unknown) => touched.add(unknown))
    for (const unknown of touched) {
      see(unknown, own.low[unknown]!, own.high[unknown]!)
      own.low[unknown] = bounds.low[unknown]!
      own.high[unknown] = bounds.high[unknown]!
    }
  }
}

/** Facts and unknowns form a tree: then propagation alone finds the narrowest bounds. */
export function isTree(unknowns: Unknowns): boolean {
  const edges = unknowns.factUnknown.length
  return (
    edges === unknowns.cells.length + unknowns.low.length - 1 &&
    unknowns.coefficient.every((c) => Math.abs(c) === 1)
  )
}

/**
 * @param from  facts to begin with; all when left out
 * @param tell  is told each unknown that gets narrower
 */
function tighten(
  unknowns: Unknowns,
  of: FactsByUnknown,
  { low, high }: Bounds,
  from?: number[],
  tell?: (unknown: number) => void,
): void {
  const { factStart, factUnknown, coefficient } = unknowns
  const facts = unknowns.low.length
  const visits = new Uint8Array(facts)
  const waiting = new Uint8Array(facts)
  const queue = from ?? [...Array(facts).keys()]
  for (const fact of queue) waiting[fact] = 1
  for (let head = 0; head < queue.length; head++) {
    const fact = queue[head]!
    waiting[fact] = 0
    if (visits[fact]! >= VISITS) continue
    visits[fact]!++
    const [from, to] = [factStart[fact]!, factStart[fact + 1]!]
    let least = 0
    let most = 0
    let openBelow = 0
    let openAbove = 0
    for (let at = from; at < to; at++) {
      const c = coefficient[at]!
      const [small, large] = c > 0 ? [low, high] : [high, low]
      const [a, b] = [small[factUnknown[at]!]!, large[factUnknown[at]!]!]
      if (a === Infinity) openBelow++
      else least += c * a
      if (b === Infinity) openAbove++
      else most += c * b
    }
    for (let at = from; at < to; at++) {
      const unknown = factUnknown[at]!
      const c = coefficient[at]!
      const [small, large] = c > 0 ? [low[unknown]!, high[unknown]!] : [high[unknown]!, low[unknown]!]
      const othersOpenBelow = openBelow - (small === Infinity ? 1 : 0)
      const othersOpenAbove = openAbove - (large === Infinity ? 1 : 0)
      const others = {
        least: least - (small === Infinity ? 0 : c * small),
        most: most - (large === Infinity ? 0 : c * large),
      }
      const upTo = othersOpenBelow > 0 ? Infinity : unknowns.high[fact]! - others.least
      const downTo = othersOpenAbove > 0 ? -Infinity : unknowns.low[fact]! - others.most
      const newHigh = Math.floor((c > 0 ? upTo : downTo) / c + 1e-9)
      const newLow = Math.ceil((c > 0 ? downTo : upTo) / c - 1e-9)
      if (newHigh >= high[unknown]! && newLow <= low[unknown]!) continue
      tell?.(unknown)
      if (newHigh < high[unknown]!) high[unknown] = newHigh + 0
      if (newLow > low[unknown]!) low[unknown] = newLow + 0 // never −0
      if (low[unknown]! > high[unknown]!) {
        throw new RangeError('propagate requires facts that do not contradict each other')
      }
      for (let i = of.start[unknown]!; i < of.start[unknown + 1]!; i++) {
        const next = of.fact[i]!
        if (waiting[next] === 0) {
          waiting[next] = 1
          queue.push(next)
        }
      }
      // the sums of this fact have changed: look at it again from the start
      if (waiting[fact] === 0) {
        waiting[fact] = 1
        queue.push(fact)
      }
      break
    }
  }
}

export interface FactsByUnknown {
  readonly start: Int32Array
  readonly fact: Int32Array
}

/** The facts of each unknown, compressed. */
export function factsByUnknown(unknowns: Unknowns): FactsByUnknown {
  const start = new Int32Array(unknowns.cells.length + 1)
  for (const unknown of unknowns.factUnknown) start[unknown + 1]!++
  for (let at = 0; at + 1 < start.length; at++) start[at + 1]! += start[at]!
  const next = start.slice()
  const fact = new Int32Array(unknowns.factUnknown.length)
  for (let row = 0; row < unknowns.low.length; row++) {
    for (let at = unknowns.factStart[row]!; at < unknowns.factStart[row + 1]!; at++) {
      fact[next[unknowns.factUnknown[at]!]!++] = row
    }
  }
  return { start, fact }
}

/**
 * Solves the equations against each other (Gauss–Jordan): what follows from them as shorter facts, in particular every
 * unknown that they determine. Facts whose numbers are no longer whole are left out.
 */
function eliminate(unknowns: Unknowns): Unknowns | null {
  const count = unknowns.cells.length
  const rows: Float64Array[] = []
  for (let fact = 0; fact < unknowns.low.length; fact++) {
    if (unknowns.low[fact] !== unknowns.high[fact]) continue
    const row = new Float64Array(count + 1)
    for (let at = unknowns.factStart[fact]!; at < unknowns.factStart[fact + 1]!; at++) {
      row[unknowns.factUnknown[at]!] = unknowns.coefficient[at]!
    }
    row[count] = unknowns.low[fact]!
    rows.push(row)
  }
  let rank = 0
  for (let column = 0; column < count && rank < rows.length; column++) {
    let pivot = rank
    for (let r = rank; r < rows.length; r++) {
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r
    }
    const row = rows[pivot]!
    const divisor = row[column]!
    if (Math.abs(divisor) < 1e-9) continue
    rows[pivot] = rows[rank]!
    rows[rank] = row
    for (let at = 0; at <= count; at++) row[at]! /= divisor
    for (let r = 0; r < rows.length; r++) {
      const factor = rows[r]![column]!
      if (r === rank || factor === 0) continue
      const other = rows[r]!
      for (let at = 0; at <= count; at++) {
        if (row[at] !== 0) other[at]! -= factor * row[at]!
      }
    }
    rank++
  }
  const starts: number[] = [0]
  const members: number[] = []
  const coefficients: number[] = []
  const values: number[] = []
  for (const row of rows.slice(0, rank)) {
    const isWhole = row.every((x) => Math.abs(x - Math.round(x)) < 1e-7)
    if (!isWhole) continue
    for (let at = 0; at < count; at++) {
      const c = Math.round(row[at]!)
      if (c === 0) continue
      members.push(at)
      coefficients.push(c)
    }
    starts.push(members.length)
    values.push(Math.round(row[count]!))
  }
  if (values.length === 0) return null
  return {
    cells: unknowns.cells,
    factStart: Int32Array.from(starts),
    factUnknown: Int32Array.from(members),
    coefficient: Float64Array.from(coefficients),
    low: Float64Array.from(values),
    high: Float64Array.from(values),
  }
}
