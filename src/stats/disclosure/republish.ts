import type { Hiding } from './hiding.ts'
import type { Proofs } from './proofs.ts'

/**
 * Publishes secondary cells again, dearest first: those on which no proof leans, and those whose proofs can be replaced by
 * others.
 *
 * @param prove  looks for another proof of a cell among what is hidden; where `most` cells or more lean on a secondary cell
 *               it is not tried
 */
export function publishAgain(
  { hidden, hide, publish, groupOf }: Hiding,
  known: Proofs,
  weights: Float64Array,
  prove: (cell: number) => boolean,
  most: number,
): void {
  const proofsOn = new Map<number, number[]>()
  let read = 0
  /** Enters what new proofs lean on. */
  const readProofs = () => {
    for (; read < known.groups.length; read++) {
      for (const { cells } of known.groups[read]!) {
        for (const cell of cells) {
          if (hidden[cell] !== 2) continue
          const own = proofsOn.get(cell)
          if (!own) proofsOn.set(cell, [read])
          else if (own.at(-1) !== read) own.push(read)
        }
      }
    }
  }
  const membersOf = (proof: number) => new Set(known.groups[proof]!.flatMap(({ cells }) => [...cells]))

  readProofs()
  const secondary = Int32Array.from(hidden.keys()).filter((cell) => hidden[cell] === 2)
  secondary.sort((a, b) => weights[b]! - weights[a]! || a - b)
  for (const cell of secondary) {
    const group = groupOf(cell)
    if (group[0] !== cell || group.some((member) => hidden[member] === 1)) continue
    const up: [cell: number, proof: number][] = []
    const down: [cell: number, proof: number][] = []
    for (const proof of new Set([...group].flatMap((member) => proofsOn.get(member) ?? []))) {
      for (const member of membersOf(proof)) {
        if (known.up[member] === proof) up.push([member, proof])
        if (known.down[member] === proof) down.push([member, proof])
      }
    }
    if (up.length + down.length > most) continue
    publish(cell)
    for (const [member] of up) known.up[member] = -1
    for (const [member] of down) known.down[member] = -1
    const leaning = new Set([...up, ...down].map(([member]) => member))
    const isReplaced = [...leaning].every(prove)
    if (!isReplaced) {
      hide(cell)
      for (const [member, proof] of up) known.up[member] = proof
      for (const [member, proof] of down) known.down[member] = proof
    }
    readProofs()
  }
}
