import { type Interaction, interactionsOf, placesOf } from '../content/body.ts'
import { choiceIds } from '../content/item.ts'
import { type Key, mostPoints } from '../content/key.ts'
import type { Answer, Answers } from '../content/response.ts'
import { bestAnswers, score } from '../content/scoring.ts'
import type { ItemText } from '../model.ts'
import { writtenAnswers } from './written.ts'

/** What may be answered to one question of an item, by the points it is worth; what is likelier first. */
export interface Tries {
  response: string
  most: number
  /** somebody has to read it */
  isWritten: boolean
  byPoints: ReadonlyMap<number, readonly Answer[]>
}

/**
 * Right and plausible wrong answers to each question of an item, in the item's own names. What rules can score has been scored by them;
 * of long texts it is known what they were written for.
 */
export function triesOf(code: string, text: ItemText): Tries[] {
  const best = bestAnswers(text)
  return interactionsOf(text.body).map((interaction): Tries => {
    const { response } = interaction
    const key = text.keys[response]!
    if (key.kind === 'rubric')
      return { response, most: key.points, isWritten: true, byPoints: writtenAnswers(code, key) }
    const byPoints = new Map<number, Answer[]>()
    const known = new Set<string>()
    for (const answer of guesses(interaction, key, best[response]!)) {
      const points = pointsOf(text, response, answer)
      const name = JSON.stringify(answer)
      if (points === null || known.has(name)) continue
      known.add(name)
      byPoints.set(points, [...(byPoints.get(points) ?? []), answer])
    }
    return { response, most: mostPoints(key), isWritten: false, byPoints }
  })
}

/** null: nobody can have answered so. */
function pointsOf(text: ItemText, response: string, answer: Answer): number | null {
  const { state, parts } = score(text, { [response]: answer } satisfies Answers)
  return state === 'invalid' ? null : parts.find((part) => part.response === response)!.points
}

function guesses(interaction: Interaction, key: Key, best: Answer): Answer[] {
  switch (interaction.kind) {
    case 'choice':
    case 'inlineChoice':
    case 'hotText': {
      const right = best as string[]
      const wrong = choiceIds(interaction).filter((id) => !right.includes(id))
      if (right.length === 1) return [right, ...wrong.map((id) => [id])]
      return [
        right,
        ...right.map((id) => right.filter((each) => each !== id)), // one not seen
        ...right.flatMap((id) => wrong.map((other) => right.map((each) => (each === id ? other : each)))),
        ...wrong.map((id) => [id]),
        ...right.map((id) => [id]),
      ]
    }
    case 'order': {
      const right = best as string[]
      return [right, ...right.slice(1).map((_, at) => swapped(right, at)), right.toReversed()]
    }
    case 'match': {
      const right = best as { left: string; right: string }[]
      const crossed = right.slice(1).map((_, at) => crossedAt(right, at))
      const turned = right.map((pair, at) => ({
        left: pair.left,
        right: right[(at + 1) % right.length]!.right,
      }))
      const others = interaction.right.map(({ id }) => right.map(({ left }) => ({ left, right: id })))
      const onlyFirst = right.map((_, at) => right.slice(0, at + 1))
      return [right, ...crossed, turned, ...onlyFirst, ...others]
    }
    case 'numberLine':
      return placesOf(interaction)
        .toSorted((a, b) => Math.abs(a - Number(best)) - Math.abs(b - Number(best)))
        .slice(0, 5)
        .map(String)
    case 'textEntry':
      return key.kind === 'number' ? numbersNear(key) : wordsNear(key, best as string)
    case 'extendedText':
      return []
  }
}

const swapped = (order: readonly string[], at: number): string[] => {
  const next = [...order]
  next[at] = order[at + 1]!
  next[at + 1] = order[at]!
  return next
}

function crossedAt<Pair extends { left: string; right: string }>(pairs: readonly Pair[], at: number) {
  const [one, two] = [pairs[at]!, pairs[at + 1]!]
  return pairs.map(({ left, right }) => ({
    left,
    right: left === one.left ? two.right : left === two.left ? one.right : right,
  }))
}

const written = (value: number) => String(Number(value.toPrecision(10))).replace('.', ',')

/** The right numbers, and slips: one off, a digit too many or too few, digits in another order, half or twice as much. */
function numbersNear({ accepted }: Extract<Key, { kind: 'number' }>): string[] {
  const { value } = accepted[0]!
  const step = Number.isInteger(value) ? 1 : 0.1
  const turned = Number([...String(Math.abs(value))].reverse().join(''))
  const slips = [value + step, value - step, value * 10, value / 10, value * 2, value / 2, value + 10 * step]
  return [
    ...accepted.map((each) => written(each.value)),
    ...slips.map(written),
    ...(Number.isFinite(turned) ? [written(turned)] : []),
  ]
}

/** The right words, and what is written instead: the end left off, two letters in another order, the beginning only. */
function wordsNear(key: Key, best: string): string[] {
  const accepted = key.kind === 'text' ? key.accepted.map(({ text }) => text) : [best]
  const middle = Math.floor(best.length / 2)
  const crossed = best.slice(0, middle - 1) + best[middle]! + best[middle - 1]! + best.slice(middle + 1)
  return [...accepted, best.slice(0, -1), crossed, best.slice(0, Math.max(1, middle)), 'nezinu']
}
