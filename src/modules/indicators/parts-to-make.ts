import type { Definition } from './define.ts'

/** A part that must be made: an indicator in a school year. */
export interface PartToMake {
  definition: Definition
  year: number
  /** how many cells it had before; what tells best how long it will take */
  cells: number
}

/** Where who takes from it begins: with the first school year or with the last. */
export type End = 'first' | 'last'

/**
 * Parts that must be made, for two connections that take from it at once. One begins with the first school year, the other with the last:
 * what is made once a year is made twice only in the year where they meet. Of a year the largest part is taken first, so that
 * nobody waits long for the other at the end.
 */
export class PartsToMake {
  readonly #waiting: PartToMake[] = []
  #isClosed = false
  #wake = () => {}

  add(part: PartToMake): void {
    this.#waiting.push(part)
    this.#wake()
  }

  /** No more will come, and what nobody has taken is nobody's. */
  close(): void {
    this.#isClosed = true
    this.#waiting.length = 0
    this.#wake()
  }

  /** The next part; undefined: there is none at the moment. */
  take(end: End): PartToMake | undefined {
    const sign = end === 'first' ? 1 : -1
    let best = -1
    for (const [at, { year, cells }] of this.#waiting.entries()) {
      const other = this.#waiting[best]
      if (!other || (year - other.year) * sign < 0 || (year === other.year && cells > other.cells)) best = at
    }
    return best < 0 ? undefined : this.#waiting.splice(best, 1)[0]
  }

  /** The next part, waiting for it; undefined: there will be none. Only one may wait. */
  async next(end: End): Promise<PartToMake | undefined> {
    while (this.#waiting.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.take(end)
  }
}
