import { tabulate, where } from './growing.ts'
import type { Hiding } from './hiding.ts'
import type { Proofs } from './proofs.ts'
import type { MoveStore } from './shown.ts'

/**
 * Publishes secondary cells again, dearest first: those on which no proof leans, and those whose proofs can be replaced by
 * others.
 *
 * @param prove  looks for another proof of a cell among what is hidden
 * @param most   secondary cells on which more sides of primary cells lean than this are not tried
 */
export function publishAgain(
  { hidden, hide, publish, groupOf }: Hiding,
  known: Proofs,
  shown: MoveStore,
  weights: Float64Array,
  prove: (cell: number) => boolean,
  most: number,
): void {
  const count = leaning(hidden, known, shown)
  const isTried = tabulate(new Uint8Array(count.length), (cell) => (count[cell]! <= most ? 1 : 0))
  const proofsOn = new Map<number, number[]>()
  let read = 0
  /** Enters on what new proofs lean. */
  const readProofs = () => {
    for (; read < shown.length; read++) {
      for (const cell of shown.cellsOf(read)) {
        if (hidden[cell] !== 2 || !isTried[cell]) continue
        const own = proofsOn.get(cell)
        if (!own) proofsOn.set(cell, [read])
        else if (own.at(-1) !== read) own.push(read)
      }
    }
  }
  /** The sides of primary cells that lean on a group of cells. */
  const sidesOn = (group: Int32Array): Side[] => {
    const sides: Side[] = []
    for (const proof of new Set([...group].flatMap((member) => proofsOn.get(member) ?? []))) {
      for (const member of new Set(shown.cellsOf(proof))) {
        for (const end of [known.up, known.down])
          if (end[member] === proof) sides.push({ end, member, proof })
      }
    }
    return sides
  }

  readProofs()
  const secondary = where(hidden.length, (cell) => hidden[cell] === 2)
  secondary.sort((a, b) => weights[b]! - weights[a]! || a - b)
  for (const cell of secondary) {
    const group = groupOf(cell)
    if (group[0] !== cell || group.some((member) => hidden[member] === 1 || !isTried[member])) continue
    const sides = sidesOn(group)
    if (sides.length > most) continue
    publish(cell)
    for (const { end, member } of sides) end[member] = -1
    const isReplaced = sides.every(({ member }) => prove(member))
    if (!isReplaced) {
      hide(cell)
      for (const { end, member, proof } of sides) end[member] = proof
    }
    readProofs()
  }
}

/** A side of a primary cell, and the proof that it leans on. */
interface Side {
  /** proofs of the upper or of the lower sides */
  readonly end: Int32Array
  readonly member: number
  readonly proof: number
}

/** Per secondary cell how many sides of primary cells lean on it. */
function leaning(hidden: Uint8Array, { up, down }: Proofs, shown: MoveStore): Int32Array {
  const sides = new Int32Array(shown.length)
  for (const end of [up, down]) for (const proof of end) if (proof >= 0) sides[proof]!++
  const count = new Int32Array(hidden.length)
  const seen = new Int32Array(hidden.length).fill(-1)
  for (let proof = 0; proof < shown.length; proof++) {
    if (sides[proof] === 0) continue
    for (const cell of shown.cellsOf(proof)) {
      if (hidden[cell] !== 2 || seen[cell] === proof) continue
      seen[cell] = proof
      count[cell]! += sides[proof]!
    }
  }
  return count
}
