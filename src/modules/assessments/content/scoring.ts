import type { ItemText } from '../model.ts'
import { interactionsOf } from './body.ts'
import { mostOf } from './item.ts'
import { type Key, mostPoints } from './key.ts'
import { forPupil, fromPupil } from './pupil.ts'
import { type Answer, type AnswerFault, type Answers, checkAnswers, isEmpty, numberIn } from './response.ts'

/** What an answer is worth. */
export interface Score {
  state: 'scored' | 'needs_marker' | 'invalid'
  /** of what a rule can decide; null: invalid */
  points: number | null
  most: number
  parts: { response: string; points: number | null; most: number }[]
  /** why nothing was scored */
  fault: AnswerFault | null
}

/**
 * Points for the answers to one item, by its keys. Nothing outside its arguments counts: the same answers always get the same.
 * An empty answer gets 0; a long text that is not empty waits for a marker, and `points` is then the sum of the rest.
 *
 * @param sent  from outside, not checked yet
 */
export function score(text: Pick<ItemText, 'body' | 'keys'>, sent: unknown): Score {
  const most = mostOf(text)
  const { answers, fault } = checkAnswers(text, sent)
  if (fault) return { state: 'invalid', points: null, most, parts: [], fault }
  const parts = interactionsOf(text.body).map(({ response }) => {
    const key = text.keys[response]!
    return { response, points: pointsFor(key, answers[response]), most: mostPoints(key) }
  })
  const waits = parts.some(({ points }) => points === null)
  return {
    state: waits ? 'needs_marker' : 'scored',
    points: parts.reduce((sum, { points }) => sum + (points ?? 0), 0),
    most,
    parts,
    fault: null,
  }
}

/** The same for answers to an item as a pupil saw it under a seed: they name choices by where they were shown. */
export function scoreShown(text: ItemText, seed: number, sent: unknown): Score {
  const { answers, fault } = checkAnswers(forPupil(text, seed), sent)
  if (fault) return { state: 'invalid', points: null, most: mostOf(text), parts: [], fault }
  return score(text, fromPupil(text, seed, answers))
}

/** null: a marker has to decide. */
function pointsFor(key: Key, answer: Answer | undefined): number | null {
  if (answer === undefined || isEmpty(answer)) return 0
  switch (key.kind) {
    case 'choice': {
      const chosen = answer as string[]
      if (key.rule === 'all') return isSameSet(chosen, key.correct) ? key.points : 0
      return within(sum(chosen.map((id) => key.map.find((each) => each.id === id)?.points ?? 0)), key.points)
    }
    case 'match': {
      const name = ({ left, right }: { left: string; right: string }) => `${left} ${right}`
      const pairs = (answer as { left: string; right: string }[]).map(name)
      if (key.rule === 'all') return isSameSet(pairs, key.correct.map(name)) ? key.points : 0
      return within(
        sum(pairs.map((pair) => key.map.find((each) => name(each) === pair)?.points ?? 0)),
        key.points,
      )
    }
    case 'order': {
      const given = answer as string[]
      const right = key.correct.filter((id, at) => given[at] === id).length
      if (key.rule === 'parts') return right
      return right === key.correct.length ? key.points : 0
    }
    case 'number': {
      const value = numberIn(answer as string)
      if (value === null) return 0
      const rounding = 1e-9 * Math.max(1, Math.abs(value))
      return (
        key.accepted.find((each) => Math.abs(each.value - value) <= each.tolerance + rounding)?.points ?? 0
      )
    }
    case 'text': {
      const plain = (text: string) => simplified(text, key)
      const given = plain(answer as string)
      return Math.max(
        0,
        ...key.accepted.filter(({ text }) => plain(text) === given).map(({ points }) => points),
      )
    }
    case 'rubric':
      return null
  }
}

/** Spaces never count; case and diacritics where the key says so. */
function simplified(text: string, rules: { ignoreCase: boolean; ignoreDiacritics: boolean }): string {
  let plain = text.trim().replace(/\s+/g, ' ').normalize('NFC')
  if (rules.ignoreCase) plain = plain.toLocaleLowerCase('lv')
  return rules.ignoreDiacritics ? plain.normalize('NFD').replace(/\p{M}/gu, '') : plain
}

/** Answers that get the most points a rule can give; a long text only says that it is one. */
export function bestAnswers({ body, keys }: Pick<ItemText, 'body' | 'keys'>): Answers {
  return Object.fromEntries(
    interactionsOf(body).map(({ response }): [string, Answer] => [response, bestAnswer(keys[response]!)]),
  )
}

function bestAnswer(key: Key): Answer {
  switch (key.kind) {
    case 'number':
      return String(best(key.accepted).value)
    case 'text':
      return best(key.accepted).text
    case 'rubric':
      return key.criteria[0]!.text
    default:
      return key.correct
  }
}

const best = <Each extends { points: number }>(accepted: readonly Each[]): Each =>
  accepted.reduce((found, each) => (each.points > found.points ? each : found))
const sum = (points: readonly number[]) => points.reduce((total, each) => total + each, 0)
const within = (points: number, most: number) => Math.min(most, Math.max(0, points))
const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id) => b.includes(id))
