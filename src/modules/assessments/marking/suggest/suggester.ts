import type { ModelCall } from '../../outside/call.ts'

/** Suggests points for a written answer; a person always decides. */
export interface Suggester {
  /** kept with every suggestion, e.g. `nearest` */
  readonly name: string
  /**
   * @param note  is told of a call of a model elsewhere, so that it can be written down
   * @returns null where it has nothing to say
   */
  suggest(asked: AskedPoints, note?: (call: ModelCall) => void): Promise<SuggestedPoints | null>
}

/** What a suggester is told: the question, what is asked for, the answer. Never who wrote it, where or when. */
export interface AskedPoints {
  language: string
  /** the question as plain text */
  question: string
  criteria: readonly { points: number; text: string }[]
  most: number
  answer: string
  /** answers to the same question with the points people settled on */
  learnt: readonly MarkedAnswer[]
}

export interface MarkedAnswer {
  text: string
  points: number
}

export interface SuggestedPoints {
  points: number
  /** 0–1: how much of what it knows says so */
  support: number
  /** answers it comes from, the most alike first */
  neighbours: readonly (MarkedAnswer & { likeness: number })[]
  /** in own words, of a model that has some */
  why: string | null
}
