import { type Lost, noneLost } from './lost.ts'
import type { Move } from './moves.ts'
import { needsOf, type Protection } from './protection.ts'
import type { MoveStore } from './shown.ts'

/** What is proved so far: the number of a proof for each side of each primary cell, −1 where there is none. */
export interface Proofs {
  /** the cell can be as large as it must be */
  readonly up: Int32Array
  /** the cell can be as small as it must be */
  readonly down: Int32Array
  /**
   * Moves that fit everything published prove every primary cell that each of them moves far enough, where every
   * stranger who is alone in a cell has one among them that leaves the own cells as they are. A person to whom the cell is lost
   * is not asked.
   */
  share(moves: readonly Move[]): void
}

/**
 * @param hidden  per cell: 1 primary; read anew each time
 * @param person  who is alone in each cell, −1 nobody (`insidersOf`)
 * @param shown   takes the moves of every proof, by its number; null: they are forgotten, and all proofs have number 0
 * @param lost    who knows which cell whatever is hidden
 */
export function proofs(
  hidden: Uint8Array,
  values: Float64Array,
  person: Int32Array,
  protection: Protection,
  shown: MoveStore | null,
  lost: Lost = noneLost(),
): Proofs {
  const up = new Int32Array(hidden.length).fill(-1)
  const down = new Int32Array(hidden.length).fill(-1)
  return {
    up,
    down,
    share(moves) {
      const [first, ...others] = moves
      const most = lost.isNothing() ? 1 : Infinity
      const witnesses = peopleInAll(first!, others, person, most)
      if (witnesses.length > most) return
      const proof = shown?.length ?? 0
      const rises: number[] = []
      const falls: number[] = []
      for (let at = 0; at < first!.cells.length; at++) {
        const member = first!.cells[at]!
        if (hidden[member] !== 1 || (up[member]! >= 0 && down[member]! >= 0)) continue
        if (!witnesses.every((who) => person[member] === who || lost.knows(member, who))) continue
        const need = needsOf(protection, member, values[member]!)
        let least = first!.changes[at]!
        let most = least
        for (const other of others) {
          const change = changeOf(other, member)
          least = Math.min(least, change)
          most = Math.max(most, change)
        }
        if (up[member]! < 0 && least >= need.up) rises.push(member)
        if (down[member]! < 0 && -most >= need.down) falls.push(member)
      }
      if (rises.length + falls.length === 0 || shown?.push(moves) === false) return
      for (const member of rises) up[member] = proof
      for (const member of falls) down[member] = proof
    },
  }
}

/**
 * The people alone in a changed cell of every move: they learn from none of them that something may differ. Where there are more than
 * `most`, one more is enough.
 */
function peopleInAll(
  first: Move,
  others: readonly Move[],
  person: Int32Array,
  most: number,
): readonly number[] {
  const found = new Set<number>()
  for (const cell of first.cells) {
    const own = person[cell]!
    if (own < 0 || found.has(own)) continue
    if (!others.every(({ cells }) => cells.some((other) => person[other] === own))) continue
    found.add(own)
    if (found.size > most) break
  }
  return [...found]
}

function changeOf({ cells, changes }: Move, cell: number): number {
  const at = cells.indexOf(cell)
  return at < 0 ? 0 : changes[at]!
}
