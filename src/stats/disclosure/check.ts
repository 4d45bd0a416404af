import type { Move } from './moves.ts'
import type { Slack } from './slack.ts'
import type { LinkedTables } from './tables.ts'

/**
 * Is a move what it says it is, another table that fits everything published? Plain addition over the facts of its cells,
 * whoever constructed it.
 *
 * @param isHidden  a mark per cell that may change, read anew each time
 * @returns         what is wrong with a move, or null
 */
export function moveChecker(
  tables: LinkedTables,
  isHidden: Uint8Array,
  slack: Slack,
): (move: Move) => 'leaves the table' | 'breaks a fact' | null {
  const { values, cellStart, cellFact, cellCoefficient } = tables
  const shift = new Float64Array(tables.low.length)
  return ({ cells, changes }) => {
    let isWithin = true
    let isBalanced = true
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!
      const isTwice = at > 0 && cells[at - 1]! >= cell
      if (!isHidden[cell] || isTwice || values[cell]! + changes[at]! < 0) isWithin = false
      for (let i = cellStart[cell]!; i < cellStart[cell + 1]!; i++) {
        shift[cellFact[i]!]! += cellCoefficient[i]! * changes[at]!
      }
    }
    for (const cell of cells) {
      for (let i = cellStart[cell]!; i < cellStart[cell + 1]!; i++) {
        const fact = cellFact[i]!
        if (shift[fact]! < slack.down[fact]! || shift[fact]! > slack.up[fact]!) isBalanced = false
      }
    }
    for (const cell of cells) {
      for (let i = cellStart[cell]!; i < cellStart[cell + 1]!; i++) shift[cellFact[i]!] = 0
    }
    return !isWithin ? 'leaves the table' : !isBalanced ? 'breaks a fact' : null
  }
}
