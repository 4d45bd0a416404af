import type { Slack } from './slack.ts'
import type { LinkedTables } from './tables.ts'

/** Longest chain of changed cells that is followed. */
const DEPTH = 64

/** Another table that fits everything published: the cells that differ from the true one, ascending, and by how much. */
export interface Move {
  readonly cells: Int32Array
  readonly changes: ArrayLike<number>
}

/** How far a search goes; more of both costs time and finds cheaper moves. */
export interface Effort {
  /** cells tried for each fact that must be balanced again */
  readonly width: number
  /** steps of one search */
  readonly steps: number
}

export interface Mover {
  /** Steps of all searches so far. */
  steps(): number
  /**
   * Looks for a table that differs from the true one by `change` in `cell` and fits all facts, changing only cells
   * whose price is finite. A chain: each fact thrown out of balance is balanced by another of its cells. What is found is
   * a proof; finding nothing proves nothing.
   *
   * @param isBarred  cells that must keep their number
   * @param mayPay    false: only cells whose price is 0
   */
  search(
    cell: number,
    change: number,
    effort: Effort,
    isBarred: (cell: number) => boolean,
    mayPay: boolean,
  ): Move | null
}

/**
 * @param price  per cell, read anew in every search: 0 for cells that are hidden anyway, what hiding costs for others,
 *               Infinity for cells that must stay
 */
export function mover(tables: LinkedTables, price: Float64Array, slack: Slack): Mover {
  const { values, factStart, factCell, coefficient, cellStart, cellFact, cellCoefficient } = tables
  const facts = tables.low.length
  const { down, up } = slack
  const shift = new Float64Array(values.length)
  const factShift = new Float64Array(facts)
  const inChain = new Uint8Array(values.length)
  const placeOf = new Int32Array(facts).fill(-1)
  const unbalanced: number[] = []
  let chain: number[] = []
  let taken = 0

  const isOff = (fact: number, moved: number) => moved < down[fact]! || moved > up[fact]!
  const mark = (fact: number) => {
    const off = isOff(fact, factShift[fact]!)
    const place = placeOf[fact]!
    if (off && place < 0) placeOf[fact] = unbalanced.push(fact) - 1
    else if (!off && place >= 0) {
      const last = unbalanced.pop()!
      if (last !== fact) {
        unbalanced[place] = last
        placeOf[last] = place
      }
      placeOf[fact] = -1
    }
  }
  const apply = (cell: number, change: number) => {
    shift[cell]! += change
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      const fact = cellFact[at]!
      factShift[fact]! += cellCoefficient[at]! * change
      mark(fact)
    }
  }
  /** How many more facts are off balance after the change. */
  const newlyOff = (cell: number, change: number): number => {
    let count = 0
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      const fact = cellFact[at]!
      const after = isOff(fact, factShift[fact]! + cellCoefficient[at]! * change)
      count += (after ? 1 : 0) - (placeOf[fact]! >= 0 ? 1 : 0)
    }
    return count
  }

  /** One chain that moves `cell` by `change`; left applied when found. Returns its cells with changes, or null. */
  const closeChain = (
    cell: number,
    change: number,
    effort: Effort,
    isBarred: (cell: number) => boolean,
    perFact: number,
    dearest: number,
  ): [number, number][] | null => {
    if (values[cell]! + shift[cell]! + change < 0) return null
    let steps = 0
    let bestPrice = Infinity
    let best: [number, number][] | null = null
    const changes: number[] = []
    chain = []
    const push = (next: number, by: number) => {
      apply(next, by)
      inChain[next] = 1
      chain.push(next)
      changes.push(by)
    }
    const pop = () => {
      const last = chain.pop()!
      inChain[last] = 0
      apply(last, -changes.pop()!)
    }
    const follow = (paid: number): void => {
      if (unbalanced.length === 0) {
        bestPrice = paid
        best = chain.map((member, at) => [member, changes[at]!])
        return
      }
      taken += 1
      if (++steps > effort.steps || chain.length >= DEPTH) return
      const fact = shortest(unbalanced, factStart)
      const moved = factShift[fact]!
      const need = moved > up[fact]! ? up[fact]! - moved : down[fact]! - moved
      const candidates: [score: number, cell: number, by: number][] = []
      for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
        const next = factCell[at]!
        const cost = price[next]!
        if (cost > dearest || inChain[next] === 1) continue
        const by = need / coefficient[at]!
        const after = values[next]! + shift[next]! + by
        if (after < 0 || !Number.isInteger(by) || isBarred(next)) continue
        const score = cost + perFact * newlyOff(next, by)
        insert(candidates, [score, next, by], effort.width)
      }
      for (const [, next, by] of candidates) {
        const total = paid + price[next]!
        if (total >= bestPrice) continue
        push(next, by)
        follow(total)
        pop()
        if (steps > effort.steps) return
      }
    }
    push(cell, change)
    follow(0)
    pop()
    const found = best as [number, number][] | null // set in follow
    for (const [member, by] of found ?? []) apply(member, by)
    return found
  }

  return {
    steps: () => taken,
    search(cell, change, effort, isBarred, mayPay) {
      const sign = Math.sign(change)
      const touched: number[] = []
      const paid: [number, number][] = []
      let left = Math.abs(change)
      let step = left
      // what a chain costs per fact it must still balance: a guess from the prices around
      const perFact = mayPay ? priceAround(cell) : 1
      const dearest = mayPay ? Number.MAX_VALUE : 0
      while (left > 0) {
        step = Math.min(step, left)
        const found = closeChain(cell, sign * step, effort, isBarred, perFact, dearest)
        if (!found) {
          if (step === 1) break
          step = Math.floor(step / 2)
          continue
        }
        left -= step
        for (const [member] of found) {
          touched.push(member)
          if (price[member]! > 0) {
            paid.push([member, price[member]!])
            price[member] = 0
          }
        }
      }
      for (const [member, cost] of paid) price[member] = cost
      const cells = [...new Set(touched)].filter((member) => shift[member] !== 0).sort((a, b) => a - b)
      const move = { cells: Int32Array.from(cells), changes: Float64Array.from(cells, (at) => shift[at]!) }
      for (const member of cells) apply(member, -shift[member]!)
      return left > 0 ? null : move
    },
  }

  function priceAround(cell: number): number {
    let least = Infinity
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      const fact = cellFact[at]!
      for (let i = factStart[fact]!; i < factStart[fact + 1]!; i++) {
        const cost = price[factCell[i]!]!
        if (cost > 0 && cost < least) least = cost
      }
    }
    return least === Infinity ? 1 : least
  }
}

/** The fact with the fewest cells; of equal ones the first. */
function shortest(facts: readonly number[], start: Int32Array): number {
  let best = facts[0]!
  let length = start[best + 1]! - start[best]!
  for (const fact of facts) {
    const own = start[fact + 1]! - start[fact]!
    if (own < length || (own === length && fact < best)) {
      best = fact
      length = own
    }
  }
  return best
}

/** Keeps the few best, ascending; of equal ones the one that came first. */
function insert<Entry extends readonly [number, number, number]>(list: Entry[], entry: Entry, most: number) {
  if (list.length === most && entry[0] >= list[most - 1]![0]) return
  let at = Math.min(list.length, most - 1)
  for (; at > 0 && list[at - 1]![0] > entry[0]; at--) list[at] = list[at - 1]!
  list[at] = entry
}
