import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#http/problem.ts'

const MOST = 250 // questions in one transaction
const GATHERS = 10 // ms that questions are waited for where several came at a time: fewer transactions for the same many
const PATIENCE = 5_000 // ms; where the first in the row has waited for longer, nobody joins it any more

interface Waiting<Question, Answer> {
  question: Question
  /** by the clock of the process */
  since: number
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Asks the database about those who wait at the same moment in one transaction: a lone question is asked at once, and those of a whole
 * country cost one commit for many instead of one for each. An answer is given when its transaction is committed.
 */
export class Together<Question, Answer> {
  readonly #ask: (questions: Question[]) => Promise<Answer[]>
  #waiting: Waiting<Question, Answer>[] = []
  #isAsking = false

  /** @param ask  in one transaction; answers stand in the order of the questions */
  constructor(ask: (questions: Question[]) => Promise<Answer[]>) {
    this.#ask = ask
  }

  /** @throws Problem busy, at once, where the row does not move */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const since = performance.now()
      const [first] = this.#waiting
      if (first && since - first.since > PATIENCE) throw new Problem('busy', { retryAfter: 3 })
      this.#waiting.push({ question, since, resolve, reject })
      if (this.#isAsking) return
      this.#isAsking = true
      // After what else has arrived was read.
      setImmediate(() => this.#askAll())
    })
  }

  async #askAll() {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, MOST)
      await this.#askSome(some)
      if (some.length > 1 && this.#waiting.length < MOST) await sleep(GATHERS)
    }
    this.#isAsking = false
  }

  async #askSome(some: Waiting<Question, Answer>[]) {
    try {
      const answers = await this.#ask(some.map(({ question }) => question))
      some.forEach(({ resolve }, at) => {
        resolve(answers[at]!)
      })
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (some.length > 1 && isFaultOfOne(error)) for (const each of some) await this.#askSome([each])
      else for (const { reject } of some) reject(error)
    }
  }
}

/** Data exceptions and broken constraints are about a row; everything else is about the database. */
function isFaultOfOne(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}
