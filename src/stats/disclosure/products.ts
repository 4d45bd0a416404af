import type { Coordinates } from './coordinates.ts'
import { tabulate } from './growing.ts'
import type { LinkedTables } from './tables.ts'

/** What a product is looked for. */
export interface Wanted {
  readonly cell: number
  /** whole amounts by which the cell must be able to rise and to fall along the same product */
  readonly up: number
  readonly down: number
  /** may cells take part that are not hidden yet? */
  readonly mayPay: boolean
  /** may the search take a hundred times as long? */
  readonly isPatient?: boolean
  /** cells that must keep their number */
  isBarred(cell: number): boolean
}

/** Cells that rise (+1) and fall (−1) together by any multiple that leaves no number below 0. */
export interface Product {
  /** ascending */
  readonly cells: Int32Array
  readonly signs: Int8Array
}

export interface Producer {
  /** The cheapest product found, or null. It keeps all facts that run along an axis; others are for the caller to check. */
  search(wanted: Wanted): Product | null
}

/** Cells of the largest product: 2 per axis in eight axes, or longer lines in fewer. */
const MOST_CELLS = 256
/** Cells that change on one line: a school up, another down, with their municipalities, regions, and a part of each. */
const LONGEST_LINE = 9
/** Choices followed at every step, cheapest first. */
const WIDTH = 8
/** Copies of the product tried in one search; a copy costs about 0.1 µs. */
const COPIES = { free: 400, paid: 1200, patient: 40_000 }

/**
 * Products keep all totals of crossed tables: take changes along one axis that keep the totals there (one school up, its
 * sister down; or a school up with everything that contains it), copy them along the next axis with the opposite sign (boys up,
 * girls down), and so on. Two cells per axis mostly: 16 for school × grade × sex × status, the corners of a box.
 *
 * Axes with few choices come first, so that the axis with most choices is decided when everything else is known.
 *
 * @param price   per cell, read anew in every search: 0 hidden, Infinity must stay
 * @param values  numbers that the product starts from, read anew in every search
 * @see            Giessing, Repsilber (2002), Tools and strategies to protect multiple tables with the GHQUAR cell suppression
 *                 engine, in: Inference Control in Statistical Databases, https://doi.org/10.1007/3-540-47804-3
 */
export function producer(
  tables: LinkedTables,
  { code, axis, find }: Coordinates,
  price: Float64Array,
  values: Float64Array,
): Producer {
  const { factStart, factCell, coefficient, cellStart, cellFact, cellCoefficient } = tables
  // the product so far, and the best whole one
  const cells = new Int32Array(MOST_CELLS)
  const signs = new Int8Array(MOST_CELLS)
  let best: Product | null = null
  let bestCost = Infinity
  // cells that change on the line through the wanted cell, axis after axis
  const line: number[] = []
  const onLine = new Uint8Array(values.length)
  const off = new Int32Array(axis.length)
  let copies = 0
  let wanted: Wanted
  let axes: readonly number[] = []

  const put = (cell: number, sign: number, along: number) => {
    onLine[cell] = sign === 0 ? 0 : 1
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      const fact = cellFact[at]!
      if (axis[fact] === along) off[fact]! += cellCoefficient[at]! * sign
    }
  }
  const take = (cell: number, sign: number, along: number) => {
    put(cell, -sign, along)
    onLine[cell] = 0
  }
  /** The first fact of the line along this axis that is off balance, or −1. */
  const openFact = (from: number, along: number): number => {
    for (let place = from; place < line.length; place++) {
      const cell = line[place]!
      for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
        const fact = cellFact[at]!
        if (axis[fact] === along && off[fact] !== 0) return fact
      }
    }
    return -1
  }
  const canChange = (cell: number, sign: number): boolean =>
    values[cell]! >= (sign > 0 ? wanted.down : wanted.up) && !wanted.isBarred(cell)

  /**
   * Copies the first `base` cells of the product to another place of the line, behind the first `count`. Returns what it costs;
   * Infinity where a copy is missing, must stay, is too small, or costs more than allowed.
   */
  const copy = (base: number, count: number, step: number, sign: number, allowed: number): number => {
    copies--
    let cost = 0
    for (let at = 0; at < base; at++) {
      const to = find(code[cells[at]!]! + step)
      if (to < 0) return Infinity
      const own = signs[at]! * sign
      cost += price[to]!
      if (!(cost < allowed || cost === 0) || !canChange(to, own)) return Infinity
      cells[count + at] = to
      signs[count + at] = own
    }
    return cost
  }

  const nextAxis = (number: number, count: number, cost: number): void => {
    const along = axes[number]
    if (along === undefined) {
      bestCost = cost
      best = sorted(cells, signs, count)
      return
    }
    const from = line.length
    line.push(wanted.cell)
    put(wanted.cell, 1, along)
    closeLine(number, count, count, cost, from)
    take(wanted.cell, 1, along)
    line.length = from
  }
  const closeLine = (number: number, base: number, count: number, cost: number, from: number): void => {
    const along = axes[number]!
    const fact = openFact(from, along)
    if (fact < 0) {
      nextAxis(number + 1, count, cost)
      return
    }
    if (line.length - from >= LONGEST_LINE || count + base > MOST_CELLS || copies <= 0) return
    const choices: Choice[] = []
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      const member = factCell[at]!
      const sign = -off[fact]! / coefficient[at]!
      if (onLine[member] || (sign !== 1 && sign !== -1)) continue
      const step = code[member]! - code[wanted.cell]!
      const asked = copy(base, count, step, sign, bestCost - cost)
      if (asked === Infinity) continue
      // what is thrown off balance costs again
      const rank = asked * (1 + factsAlong(member, along)) + (factsAlong(member, along) - 1) * 1e-6
      insert(choices, { member, sign, step, rank })
      if (copies <= 0) break
    }
    for (const { member, sign, step } of choices) {
      const asked = copy(base, count, step, sign, bestCost - cost)
      if (asked === Infinity) continue
      if (cost + asked >= bestCost) continue
      line.push(member)
      put(member, sign, along)
      closeLine(number, base, count + base, cost + asked, from)
      take(member, sign, along)
      line.pop()
      if (bestCost === 0) return
    }
  }
  const factsAlong = (cell: number, along: number): number => {
    let count = 0
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      if (axis[cellFact[at]!] === along) count++
    }
    return count
  }
  /** Axes on which a cell stands in facts, those with few choices first; null where a fact runs along none. */
  const axesOf = (cell: number): number[] | null => {
    const choices: number[] = []
    for (let at = cellStart[cell]!; at < cellStart[cell + 1]!; at++) {
      const fact = cellFact[at]!
      const along = axis[fact]!
      if (along < 0) {
        if (tables.low[fact] === tables.high[fact]) return null
        continue
      }
      choices[along] = (choices[along] ?? 0) + factStart[fact + 1]! - factStart[fact]!
    }
    return Object.keys(choices)
      .map(Number)
      .sort((a, b) => choices[a]! - choices[b]! || a - b)
  }

  return {
    search(asked) {
      const found = axesOf(asked.cell)
      if (!found || values[asked.cell]! < asked.down) return null
      wanted = asked
      axes = found
      best = null
      // nothing that costs anything is looked at where nothing may be paid
      bestCost = asked.mayPay ? Infinity : Number.MIN_VALUE
      copies = asked.isPatient ? COPIES.patient : asked.mayPay ? COPIES.paid : COPIES.free
      cells[0] = asked.cell
      signs[0] = 1
      nextAxis(0, 1, 0)
      return best
    },
  }
}

interface Choice {
  readonly member: number
  readonly sign: number
  /** difference of codes from the wanted cell */
  readonly step: number
  readonly rank: number
}

/** Keeps the few best, ascending; of equal ones the one that came first. */
function insert(choices: Choice[], choice: Choice): void {
  if (choices.length === WIDTH && choice.rank >= choices[WIDTH - 1]!.rank) return
  let at = Math.min(choices.length, WIDTH - 1)
  for (; at > 0 && choices[at - 1]!.rank > choice.rank; at--) choices[at] = choices[at - 1]!
  choices[at] = choice
}

function sorted(cells: Int32Array, signs: Int8Array, count: number): Product {
  // twice the cell, and one more where it rises
  const packed = cells.slice(0, count)
  for (let at = 0; at < count; at++) packed[at] = 2 * packed[at]! + (signs[at]! > 0 ? 1 : 0)
  packed.sort()
  return {
    cells: packed.map((both) => both >> 1),
    signs: tabulate(new Int8Array(count), (at) => (packed[at]! & 1 ? 1 : -1)),
  }
}
