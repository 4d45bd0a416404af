import { where } from './growing.ts'
import type { LinkedTables } from './tables.ts'

/** What may be hidden, and what is hidden with what. */
export interface HidingRules {
  /** a mark per cell that stays published whatever happens, because somebody has seen it: an earlier release */
  readonly fixed?: Uint8Array
  /**
   * Group of each cell, −1 for none: hiding one cell of a group hides all of it, e.g. a share with its numerator and
   * denominator. A group with a fixed cell is not hidden for the sake of others.
   */
  readonly together?: Int32Array
}

/** A pattern in the making: the marks, and what it costs to hide more. */
export interface Hiding {
  /** per cell: 0 published, 1 primary, 2 secondary */
  readonly hidden: Uint8Array
  /** per cell: 0 where hidden, what hiding costs, Infinity where that is not allowed */
  readonly price: Float64Array
  /** Hides a cell with its group; primary cells stay primary. */
  hide(cell: number): void
  /** Publishes a secondary cell with its group; `hide` takes it back. */
  publish(cell: number): void
  /** The cells hidden together with one, itself among them. */
  groupOf(cell: number): Int32Array
  /** Cells with the number 0 may be hidden from now on, dearer than everything else. */
  allowZeros(): void
}

/**
 * A total of cells costs what its cells cost; each cell of a group carries an equal part of it.
 *
 * @param primary  a mark per cell that must be hidden; with it goes its group. A fixed cell stays published all the same.
 * @param weights  what hiding each cell costs
 * @throws         RangeError if there is not one mark and one group per cell
 */
export function hiding(
  primary: Uint8Array,
  values: Float64Array,
  weights: Float64Array,
  { fixed, together }: HidingRules,
): Hiding {
  const count = values.length
  if ((fixed ?? primary).length !== count || (together ?? primary).length !== count) {
    throw new RangeError('hiding requires one mark and one group per cell')
  }
  const groupOf = groups(count, together)
  const hidden = new Uint8Array(count)
  const price = new Float64Array(count)
  /** price that comes back when a secondary cell is published again */
  const asked = new Float64Array(count)

  for (let cell = 0; cell < count; cell++) {
    const group = groupOf(cell)
    if (group[0] !== cell) continue
    let sum = 0
    let isFixed = false
    let isZero = true
    for (const member of group) {
      sum += weights[member]!
      if (fixed?.[member]) isFixed = true
      if (values[member]! > 0) isZero = false
    }
    const each = isFixed || isZero ? Infinity : sum / group.length
    for (const member of group) asked[member] = each
  }
  price.set(asked)

  const mark = (cell: number, as: number) => {
    if (hidden[cell] === 1 || fixed?.[cell]) return
    hidden[cell] = as
    price[cell] = as === 0 ? asked[cell]! : 0
  }
  const hide = (cell: number) => {
    for (const member of groupOf(cell)) mark(member, 2)
  }
  primary.forEach((isPrimary, cell) => {
    if (isPrimary) mark(cell, 1)
  })
  primary.forEach((isPrimary, cell) => {
    if (isPrimary) hide(cell)
  })

  return {
    hidden,
    price,
    hide,
    publish(cell) {
      for (const member of groupOf(cell)) mark(member, 0)
    },
    groupOf,
    allowZeros() {
      const dearest = weights.reduce((a, b) => Math.max(a, b), 0)
      for (let cell = 0; cell < count; cell++) {
        if (asked[cell] !== Infinity || groupOf(cell).some((member) => fixed?.[member])) continue
        asked[cell] = 10 * dearest + weights[cell]!
        if (price[cell] === Infinity) price[cell] = asked[cell]!
      }
    },
  }
}

/** The members of each cell's group, ascending; a cell without a group stands alone. */
function groups(count: number, together?: Int32Array): (cell: number) => Int32Array {
  if (!together) return (cell) => Int32Array.of(cell)
  const grouped = where(count, (cell) => together[cell]! >= 0)
  grouped.sort((a, b) => together[a]! - together[b]! || a - b)
  const from = new Int32Array(count)
  const to = new Int32Array(count)
  for (let start = 0, end = 0; start < grouped.length; start = end) {
    while (end < grouped.length && together[grouped[end]!] === together[grouped[start]!]) end++
    for (let at = start; at < end; at++) {
      from[grouped[at]!] = start
      to[grouped[at]!] = end
    }
  }
  return (cell) => (to[cell]! > 0 ? grouped.subarray(from[cell], to[cell]) : Int32Array.of(cell))
}

/**
 * What is lost by hiding a cell: more for large numbers, more for totals, so that large schools and totals go last.
 * (1 + log(1 + number)) × (1 + number of tables in which the cell is the total)
 */
export function lossWeights(tables: LinkedTables): Float64Array {
  const totals = new Float64Array(tables.values.length)
  for (let at = 0; at < tables.factCell.length; at++) {
    if (tables.coefficient[at]! < 0) totals[tables.factCell[at]!]!++
  }
  return tables.values.map((value, cell) => (1 + Math.log1p(value)) * (1 + totals[cell]!))
}
