import type { CopyRows } from '#db/copy.ts'
import type { stagedCrowded } from '#modules/registry/index.ts'

const BITS = 26 // 2^26 bits are 8 MB: with 3 M facts one in a thousand is taken for a second one
const LOOKS = 3

/**
 * Learners of whom a file says more than one thing about the same slot (a school year in a place, a round): only they can
 * overlap with themselves, and the check over all rows then looks at these few. Where all lines of a learner stand together, which is
 * the rule, they are known for certain. Of those who come again later, what was said is remembered in a Bloom filter
 * (https://doi.org/10.1145/362686.362692): in constant memory, it forgets nobody; the fuller it is the more it names who need not be.
 */
export class Crowd {
  readonly #to: CopyRows<(typeof stagedCrowded)['columns']>
  readonly #said = new Int32Array(2 ** (BITS - 5))
  #met = new Uint8Array(1 << 16) // a bit for each learner
  #learner = -1
  #isBack = false // the learner stood further up, too
  #slots = new Set<number>() // of the learner at hand
  #noted = -1

  constructor(to: CopyRows<(typeof stagedCrowded)['columns']>) {
    this.#to = to
  }

  /**
   * @param learner  number within the file
   * @param slot     a whole number below 2^53
   */
  note(learner: number, slot: number) {
    if (learner !== this.#learner) {
      this.#learner = learner
      this.#isBack = this.#isMet(learner)
      this.#slots.clear()
    }
    const isSaid = this.#isSaid(learner, slot)
    if (isSaid && (this.#isBack || this.#slots.has(slot)) && this.#noted !== learner) {
      this.#noted = learner
      this.#to.add([learner])
    }
    this.#slots.add(slot)
  }

  /** Whether the learner was met before; now it is. */
  #isMet(learner: number): boolean {
    const at = learner >>> 3
    if (at >= this.#met.length) {
      const longer = new Uint8Array(Math.max(at + 1, this.#met.length * 2))
      longer.set(this.#met)
      this.#met = longer
    }
    const mask = 1 << (learner & 7)
    const isMet = (this.#met[at]! & mask) !== 0
    this.#met[at]! |= mask
    return isMet
  }

  /** Whether it was said before, perhaps; now it was. */
  #isSaid(learner: number, slot: number): boolean {
    const first = mixed(Math.imul(learner, 0x9e3779b1) ^ mixed(slot | 0) ^ Math.floor(slot / 2 ** 32))
    const step = mixed(first ^ 0x2545f491) | 1
    let isSaid = true
    for (let look = 0; look < LOOKS; look++) {
      const bit = (first + Math.imul(look, step)) >>> (32 - BITS)
      const mask = 1 << (bit & 31)
      const word = this.#said[bit >>> 5]!
      if ((word & mask) === 0) {
        isSaid = false
        this.#said[bit >>> 5] = word | mask
      }
    }
    return isSaid
  }
}

/** Spreads the bits of a whole number of 32 bits (finaliser of MurmurHash3, public domain). */
function mixed(bits: number): number {
  let hash = bits
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
