import { isStorable } from '#terms/text.ts'
import type { Content } from '../model.ts'
import { type Interaction, interactionsOf, placesOf } from './body.ts'
import { choiceIds } from './item.ts'

/** What was answered: words or a number as text, chosen ones (in order, where order is asked), or pairs. */
export type Answer = string | string[] | { left: string; right: string }[]
/** Answers by response. What is not there was left empty. */
export type Answers = Record<string, Answer>

/** Why answers cannot be taken. */
export type AnswerFault =
  | 'not_answers'
  | 'too_long'
  | 'no_such_response'
  | 'wrong_shape'
  | 'no_such_choice'
  | 'chosen_twice'
  | 'too_many'

const LONGEST_SHORT = 200 // characters of a short answer

/**
 * Answers from outside, taken for nothing but what they are: each of them answers something of the item, in its shape,
 * with choices that are there. Words are kept as they came: they are text, and never run or read as anything else.
 */
export function checkAnswers(
  { body }: Pick<Content, 'body'>,
  sent: unknown,
): { answers: Answers; fault: null } | { answers: null; fault: AnswerFault } {
  if (!isPlainObject(sent)) return { answers: null, fault: 'not_answers' }
  const asked = new Map(interactionsOf(body).map((interaction) => [interaction.response, interaction]))
  const entries = Object.entries(sent)
  if (entries.length > asked.size) return { answers: null, fault: 'no_such_response' }
  const answers: Answers = {}
  for (const [response, answer] of entries) {
    const interaction = asked.get(response)
    if (!interaction) return { answers: null, fault: 'no_such_response' }
    const fault = faultOf(interaction, answer)
    if (fault) return { answers: null, fault }
    answers[response] = answer as Answer
  }
  return { answers, fault: null }
}

function faultOf(interaction: Interaction, answer: unknown): AnswerFault | null {
  switch (interaction.kind) {
    case 'textEntry':
      return textFault(answer, LONGEST_SHORT)
    case 'numberLine': {
      const fault = textFault(answer, LONGEST_SHORT)
      if (fault || (answer as string).trim() === '') return fault
      return placeOn(interaction, answer as string) === null ? 'no_such_choice' : null
    }
    case 'extendedText':
      return textFault(answer, interaction.mostCharacters)
    case 'match': {
      if (!Array.isArray(answer) || answer.length > interaction.left.length * interaction.right.length)
        return 'wrong_shape'
      const pairs = answer as unknown[]
      if (!pairs.every(isPair)) return 'wrong_shape'
      const sides = [interaction.left, interaction.right] as const
      const isThere = (side: 0 | 1, id: string) => sides[side].some((each) => each.id === id)
      if (!pairs.every(({ left, right }) => isThere(0, left) && isThere(1, right))) return 'no_such_choice'
      if (new Set(pairs.map(({ left, right }) => `${left} ${right}`)).size < pairs.length)
        return 'chosen_twice'
      const isOver = sides
        .flat()
        .some(
          ({ id, most }) =>
            most !== 0 && pairs.filter(({ left, right }) => left === id || right === id).length > most,
        )
      return isOver || (interaction.most !== 0 && pairs.length > interaction.most) ? 'too_many' : null
    }
    default: {
      const ids = choiceIds(interaction)
      if (!Array.isArray(answer) || answer.length > ids.length) return 'wrong_shape'
      if (!answer.every((each) => typeof each === 'string')) return 'wrong_shape'
      if (answer.some((each) => !ids.includes(each))) return 'no_such_choice'
      if (new Set(answer).size < answer.length) return 'chosen_twice'
      const most =
        interaction.kind === 'order' ? 0 : interaction.kind === 'inlineChoice' ? 1 : interaction.most
      return most !== 0 && answer.length > most ? 'too_many' : null
    }
  }
}

function textFault(answer: unknown, longest: number): AnswerFault | null {
  if (typeof answer !== 'string') return 'wrong_shape'
  if (answer.length > longest) return 'too_long'
  return isStorable(answer) ? null : 'wrong_shape'
}

function isPair(value: unknown): value is { left: string; right: string } {
  return isPlainObject(value) && typeof value.left === 'string' && typeof value.right === 'string'
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether nothing was answered. */
export function isEmpty(answer: Answer | undefined): boolean {
  return answer === undefined || (typeof answer === 'string' ? answer.trim() === '' : answer.length === 0)
}

/**
 * A number as children write it: decimal comma or point, a true minus or a hyphen, spaces between thousands.
 *
 * @returns null where it is no number
 */
export function numberIn(written: string): number | null {
  const text = written.trim().replace(/[−–]/, '-')
  if (!/^[+-]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+([.,]\d{1,9})?$|^[+-]?\d{1,12}([.,]\d{1,9})?$/.test(text))
    return null
  const value = Number(text.replace(/[ \u00a0\u2009\u202f]/g, '').replace(',', '.'))
  return Number.isFinite(value) ? value : null
}

/** The place on a number line that was meant; null where there is none. */
function placeOn(line: { from: number; to: number; step: number }, written: string): number | null {
  const value = numberIn(written)
  return value === null ? null : (placesOf(line).find((place) => Math.abs(place - value) < 1e-9) ?? null)
}
