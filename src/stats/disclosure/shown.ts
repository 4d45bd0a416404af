import { growing } from './growing.ts'
import type { Move } from './moves.ts'

/**
 * Groups of moves, one after the other in four arrays: a release shows a hundred thousand of them, and as objects they
 * would need more memory than the release.
 */
export interface ShownMoves {
  /** first move of each group, and the number of moves */
  readonly groupStart: Int32Array
  /** first cell of each move, and the number of cells */
  readonly moveStart: Int32Array
  readonly cells: Int32Array
  readonly changes: Int32Array
}

/** Changes are kept in 32 bits. */
const LARGEST = 2 ** 31 - 1

export interface MoveStore {
  readonly length: number
  /** Enters a group; false where a change is too large to be kept. */
  push(moves: readonly Move[]): boolean
  /** the cells of all moves of a group; a cell may come in several of them */
  cellsOf(group: number): Int32Array
  /** Ends the store with the wanted groups, moved together in place. */
  keep(isWanted: (group: number) => boolean): ShownMoves
}

export function moveStore(): MoveStore {
  const int32 = (length: number) => new Int32Array(length)
  const groupStart = growing(int32)
  const moveStart = growing(int32)
  const cells = growing(int32)
  const changes = growing(int32)
  groupStart.push(0)
  moveStart.push(0)
  const push = (moves: readonly Move[]): boolean => {
    for (const move of moves) {
      for (let at = 0; at < move.cells.length; at++) {
        if (Math.abs(move.changes[at]!) > LARGEST) return false
      }
    }
    for (const move of moves) {
      for (let at = 0; at < move.cells.length; at++) {
        cells.push(move.cells[at]!)
        changes.push(move.changes[at]!)
      }
      moveStart.push(cells.length)
    }
    groupStart.push(moveStart.length - 1)
    return true
  }
  const all = (): ShownMoves => ({
    groupStart: groupStart.all(),
    moveStart: moveStart.all(),
    cells: cells.all(),
    changes: changes.all(),
  })
  return {
    get length() {
      return groupStart.length - 1
    },
    push,
    cellsOf(group) {
      const { groupStart, moveStart, cells } = all()
      return cells.subarray(moveStart[groupStart[group]!]!, moveStart[groupStart[group + 1]!]!)
    },
    keep(isWanted) {
      const whole = all()
      let groups = 0
      let moves = 0
      let to = 0
      for (let group = 0; group + 1 < whole.groupStart.length; group++) {
        const [firstMove, lastMove] = [whole.groupStart[group]!, whole.groupStart[group + 1]!]
        whole.groupStart[groups] = moves
        if (!isWanted(group)) continue
        groups++
        for (let move = firstMove; move < lastMove; move++) {
          const [from, end] = [whole.moveStart[move]!, whole.moveStart[move + 1]!]
          whole.moveStart[moves++] = to
          whole.cells.copyWithin(to, from, end)
          whole.changes.copyWithin(to, from, end)
          to += end - from
        }
      }
      whole.groupStart[groups] = moves
      whole.moveStart[moves] = to
      return {
        groupStart: whole.groupStart.subarray(0, groups + 1),
        moveStart: whole.moveStart.subarray(0, moves + 1),
        cells: whole.cells.subarray(0, to),
        changes: whole.changes.subarray(0, to),
      }
    },
  }
}

/** The moves of one group. */
export function groupAt({ groupStart, moveStart, cells, changes }: ShownMoves, group: number): Move[] {
  const moves: Move[] = []
  for (let move = groupStart[group]!; move < groupStart[group + 1]!; move++) {
    const [from, to] = [moveStart[move]!, moveStart[move + 1]!]
    moves.push({ cells: cells.subarray(from, to), changes: changes.subarray(from, to) })
  }
  return moves
}

/** Groups of moves as the attack takes them. */
export function shownMoves(groups: readonly (readonly Move[])[]): ShownMoves {
  const store = moveStore()
  for (const moves of groups) store.push(moves)
  return store.keep(() => true)
}
