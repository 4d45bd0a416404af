import { asApp } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { type OnItsWay, type Outcome, takeAnswers } from './sitting-store.ts'

const MOST = 250 // answers in one transaction
const TRIES = 4

interface Waiting {
  answer: OnItsWay
  tries: number
  resolve: (result: { outcome: Outcome; latest: number }) => void
  reject: (error: unknown) => void
}

/**
 * Saves answers, those that wait at the same moment in one transaction: a lone answer is written at once, and a whole country's answers
 * cost a commit for many instead of one for each. Resolves when the database has them for good.
 */
export class AnswerWriter {
  readonly #db: Database
  #waiting: Waiting[] = []
  #isWriting = false

  constructor(db: Database) {
    this.#db = db
  }

  save(answer: OnItsWay): Promise<{ outcome: Outcome; latest: number }> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ answer, tries: 0, resolve, reject })
      if (!this.#isWriting) {
        this.#isWriting = true
        // After what else has arrived was read.
        setImmediate(() => this.#writeAll())
      }
    })
  }

  async #writeAll() {
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, MOST))
    this.#isWriting = false
  }

  async #write(batch: Waiting[]) {
    try {
      const results = await asApp(this.#db, 'answers', (tx) =>
        takeAnswers(
          tx,
          batch.map(({ answer }) => answer),
        ),
      )
      batch.forEach((each, at) => {
        const result = results[at]!
        each.tries += 1
        // Somebody else wrote this very place in the same moment: now it can be told who was first.
        if (result.outcome === 'again' && each.tries < TRIES) this.#waiting.push(each)
        else each.resolve(result)
      })
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (batch.length > 1 && isFaultOfOne(error)) for (const each of batch) await this.#write([each])
      else for (const { reject } of batch) reject(error)
    }
  }
}

/** Data exceptions and broken constraints are about a row; everything else is about the database. */
function isFaultOfOne(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}
