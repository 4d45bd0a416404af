import type { CopyRows } from '#db/copy.ts'
import type { stagedCrowded } from '#modules/registry/index.ts'

/**
 * Learners of whom a file says more than one thing about the same slot (a school year in a place, a round): only they can
 * overlap with themselves. Where all lines of a learner stand together, which is the rule, the check over all rows then looks
 * at these few; otherwise at everybody.
 */
export class Crowd {
  readonly #to: CopyRows<(typeof stagedCrowded)['columns']>
  #learner = -1
  #slots: number[] = []
  #noted = -1

  /** Lines of some learner do not stand together. */
  isScattered = false

  constructor(to: CopyRows<(typeof stagedCrowded)['columns']>) {
    this.#to = to
  }

  /** Learners are numbered as they are met: a lower number than the last one comes back from earlier. */
  note(learner: number, slot: number) {
    if (learner !== this.#learner) {
      if (learner < this.#learner) this.isScattered = true
      this.#learner = learner
      this.#slots = [slot]
    } else if (!this.#slots.includes(slot)) {
      this.#slots.push(slot)
    } else if (this.#noted !== learner) {
      this.#noted = learner
      this.#to.add([learner])
    }
  }
}
