import type { Interaction } from '../content/body.ts'
import { interactionsOf } from '../content/body.ts'
import { choiceIds } from '../content/item.ts'
import { type Answer, type Answers, checkAnswers } from '../content/response.ts'
import type { Content } from '../model.ts'

/**
 * An answer as it is typed in from paper. On paper choices stand in the order of the item itself and are lettered from A (on the
 * right side of a match too; its left side is numbered): `B`, several `A C`, an order `C A B`, pairs `1B 2A`; words and numbers as they
 * were written. Answers to several questions of one item are divided by `|`, in the order of reading; one that is empty was left out.
 *
 * @returns  in the item's own names; null where it cannot be an answer to this item
 */
export function paperAnswer(content: Pick<Content, 'body'>, typed: string): Answers | null {
  const asked = interactionsOf(content.body)
  const parts = asked.length === 1 ? [typed] : typed.split('|')
  if (parts.length !== asked.length) return null
  const answers: Answers = {}
  for (const [at, part] of parts.entries()) {
    if (part.trim() === '') continue
    const answer = answerTo(asked[at]!, part)
    if (answer === null) return null
    answers[asked[at]!.response] = answer
  }
  return checkAnswers(content, answers).answers
}

function answerTo(interaction: Interaction, typed: string): Answer | null {
  switch (interaction.kind) {
    case 'textEntry':
    case 'extendedText':
    case 'numberLine':
      return typed.trim()
    case 'match': {
      const pairs = marks(typed).map((mark) => {
        const [, number, letter] = /^(\d{1,2})([A-Z])$/.exec(mark) ?? []
        const left = number && interaction.left[Number(number) - 1]?.id
        const right = letter && interaction.right[place(letter)]?.id
        return left && right ? { left, right } : null
      })
      return pairs.includes(null) ? null : (pairs as { left: string; right: string }[])
    }
    default: {
      const ids = choiceIds(interaction)
      const chosen = marks(typed).map((mark) => (/^[A-Z]$/.test(mark) ? ids[place(mark)] : undefined))
      return chosen.includes(undefined) ? null : (chosen as string[])
    }
  }
}

const marks = (typed: string) =>
  typed
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((mark) => mark !== '')
const place = (letter: string) => letter.charCodeAt(0) - 65
