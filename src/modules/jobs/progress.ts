import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { tellProgress } from './claim-store.ts'
import type { JobStep } from './model.ts'

const OFTEN = 500 // ms between notes; a page is not looked at more often

/** Notes how far a job is, outside of its transaction: not more often than anybody looks, and never in its way. */
export class ProgressNotes {
  readonly #db: Database
  readonly #id: string
  #noted = 0
  #writing: Promise<void> | undefined

  constructor(db: Database, id: string) {
    this.#db = db
    this.#id = id
  }

  /** @param now  ms, of a clock that only goes forward */
  tell(done: number, step: JobStep, now: number): void {
    if (this.#writing || now - this.#noted < OFTEN) return
    this.#noted = now
    const share = Math.min(1, Math.max(0, done))
    this.#writing = asJob(this.#db, (tx) => tellProgress(tx, this.#id, share, step))
      .catch(() => {}) // a lost note is made up for by the next; a lost database is noticed elsewhere
      .finally(() => {
        this.#writing = undefined
      })
  }

  /** The last note is written. */
  async end(): Promise<void> {
    await this.#writing
  }
}
