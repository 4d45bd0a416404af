const MOST = 250 // questions in one transaction

interface Waiting<Question, Answer> {
  question: Question
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

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject })
      if (this.#isAsking) return
      this.#isAsking = true
      // After what else has arrived was read.
      setImmediate(() => this.#askAll())
    })
  }

  async #askAll() {
    while (this.#waiting.length > 0) await this.#askSome(this.#waiting.splice(0, MOST))
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
