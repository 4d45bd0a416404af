import type { Tx } from '#db/actor.ts'
import { CopyRows, createStaging } from '#db/copy.ts'
import { findLearners, prepareLearners, recallLearners, stagedLearner } from '#modules/registry/index.ts'
import { Learners } from '../mapping/learners.ts'
import type { PackageWork } from './contract-part.ts'
import type { LineReader } from './entity-rows.ts'

/** What files that refer to learners share. */
type Shared = Pick<PackageWork, 'sealer' | 'rememberedLearners' | 'described'>

/**
 * Learners a file of the contract only refers to: the register must know them. Those the package's own file describes are known by
 * their code without hashing it again.
 */
export class ReferredLearners {
  readonly #tx: Tx
  readonly #shared: Shared
  #learners: Learners | undefined

  private constructor(tx: Tx, shared: Shared) {
    this.#tx = tx
    this.#shared = shared
  }

  static async prepare(tx: Tx, shared: Shared): Promise<ReferredLearners> {
    await createStaging(tx, stagedLearner)
    if (shared.described) await recallLearners(tx)
    else await prepareLearners(tx)
    return new ReferredLearners(tx, shared)
  }

  /** Whether one learner may stand under several numbers. */
  get mayRepeat() {
    return this.#learners?.mayRepeat ?? false
  }

  /** Looks them up, once all lines are staged. */
  find(): Promise<void> {
    return findLearners(this.#tx)
  }

  open(reader: LineReader) {
    const tx = this.#tx
    const to = new CopyRows(stagedLearner)
    const { sealer, rememberedLearners: most, described: known } = this.#shared
    const learner = { code: { column: 'learner_uid' } }
    const learners = new Learners({ learner }, reader.places, sealer, to, { most, known })
    this.#learners = learners
    return {
      read: (row: readonly string[], line: number) => learners.read(row, line, reader.refuse),
      get size() {
        return to.size
      },
      send: () => to.send(tx),
    }
  }
}

/** Numbers 0, 1, 2, … for ids in the order in which they are met. */
export class Numbers {
  readonly #numbers = new Map<number, number>()

  of(id: number): number {
    const known = this.#numbers.get(id) ?? this.#numbers.size
    this.#numbers.set(id, known)
    return known
  }

  get ids(): number[] {
    return [...this.#numbers.keys()]
  }
}
