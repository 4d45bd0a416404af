import { crc32 } from 'node:zlib'
import { philox, type Random } from '#stats/numeric/random.ts'
import type { Answer, Answers } from '../content/response.ts'
import type { ItemText } from '../model.ts'
import { type Tries, triesOf } from './tries.ts'

/** Logits that one standard deviation of a grade is worth. */
export const LOGITS = 1.1
/** Logits between two steps to more points of one question. */
const STEP = 0.5
/** Who knows nothing leaves a gap so often; where something is to be written, more often. */
const LEAVES = { chosen: 0.05, written: 0.3 }
/** Pupils who do not get to the end, and the share of the places they reach at least. */
const SLOW = { share: 0.015, reaches: 0.8 }
const STREAM = 1 << 24

/** A question with its planted parameters: generalised partial credit. */
interface Question extends Tries {
  difficulty: number
}
export interface MadeUpItem {
  position: number
  slope: number
  questions: readonly Question[]
}

/** An item whose parameters follow from its code and the seed only: the same in every round and form. */
export function madeUpItem(position: number, code: string, text: ItemText, seed: number): MadeUpItem {
  const random = philox(seed, STREAM - 1 - (crc32(code) % (1 << 23)))
  const slope = Math.exp(0.15 * random.normal())
  const questions = triesOf(code, text).map((tries) => ({
    ...tries,
    difficulty: -0.35 + 0.85 * random.normal(),
  }))
  return { position, slope, questions }
}

/** What a pupil gives at one place: answers in the item's own names, and what long texts among them deserve. */
export interface GivenPlace {
  position: number
  answers: Answers
  deserved: Record<string, number>
}

/**
 * What a pupil answers, place by place. Everything follows from its arguments: asked again, the pupil answers the same.
 *
 * @param ability  standard deviations of the grade
 * @param pupil    number of the pupil; whole, from 0
 */
export function sit(
  items: readonly MadeUpItem[],
  { seed, ability, pupil }: { seed: number; ability: number; pupil: number },
): GivenPlace[] {
  const random = philox(seed, STREAM + pupil)
  const isSlow = random.uniform() < SLOW.share
  const reached = Math.ceil(
    items.length * (isSlow ? SLOW.reaches + (1 - SLOW.reaches) * random.uniform() : 1),
  )
  return items.slice(0, reached).flatMap(({ position, slope, questions }) => {
    const answers: Answers = {}
    const deserved: Record<string, number> = {}
    for (const question of questions) {
      const points = drawnPoints(question, slope * (LOGITS * ability - question.difficulty), slope, random)
      const answer = chosen(question, points, random)
      if (answer === null) continue
      answers[question.response] = answer
      if (question.isWritten) deserved[question.response] = points
    }
    return Object.keys(answers).length === 0 ? [] : [{ position, answers, deserved }]
  })
}

/** Points by partial credit, among those that some answer gets. */
function drawnPoints({ byPoints, most }: Question, distance: number, slope: number, random: Random): number {
  const reachable = [...byPoints.keys()].sort((a, b) => a - b)
  const weights = reachable.map((points) => {
    let log = 0
    for (let k = 1; k <= points; k++) log += distance - slope * STEP * (k - (most + 1) / 2)
    return Math.exp(log)
  })
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [at, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return reachable[at]!
  }
  return reachable.at(-1)!
}

/** One of the answers that get these points, the first ones oftener; null: nothing at all. */
function chosen({ byPoints, isWritten }: Question, points: number, random: Random): Answer | null {
  const [leaves, place] = [random.uniform(), random.uniform()]
  if (points === 0 && leaves < LEAVES[isWritten ? 'written' : 'chosen']) return null
  const answers = byPoints.get(points)!
  return answers[Math.floor((isWritten ? place : place ** 1.5) * answers.length)]!
}
