import { philox } from '#stats/numeric/random.ts'
import type { Block, Content, Inline, Interaction } from '../model.ts'
import { interactionsOf } from './body.ts'
import type { Answer, Answers } from './response.ts'

/**
 * An item as a pupil's client gets it: nothing but what is to be read and answered. Choices that may stand in any order are
 * shuffled, and every choice is named by the place where it is shown, so that neither order nor names tell what is right:
 * two items that differ in their keys only look the same.
 */
export type PupilItem = Content

/** @param seed  whole number from 0, kept with the sitting: the same seed shows the same item again */
export function forPupil({ language, title, stimulus, body, catalog }: Content, seed: number): PupilItem {
  const shown = shownIds(body, seed)
  return { language, title, stimulus, body: body.map((block) => pupilBlock(block, shown)), catalog }
}

/** Answers to an item as a pupil saw it, in the item's own names; null where something was answered that was not shown. */
export function fromPupil({ body }: Pick<Content, 'body'>, seed: number, answers: Answers): Answers | null {
  const shown = shownIds(body, seed)
  const own: Answers = {}
  for (const [response, answer] of Object.entries(answers)) {
    const names = shown.get(response)
    if (!names || typeof answer === 'string') own[response] = answer
    else {
      const back = renamed(answer, new Map([...names].map(([id, place]) => [place, id])))
      if (!back) return null
      own[response] = back
    }
  }
  return own
}

/** Answers in the item's own names, as a pupil who saw it under this seed would have given them. */
export function toPupil({ body }: Pick<Content, 'body'>, seed: number, answers: Answers): Answers {
  const shown = shownIds(body, seed)
  return Object.fromEntries(
    Object.entries(answers).map(([response, answer]) => {
      const names = shown.get(response)
      return [response, !names || typeof answer === 'string' ? answer : (renamed(answer, names) ?? answer)]
    }),
  )
}

function renamed(answer: Exclude<Answer, string>, names: ReadonlyMap<string, string>): Answer | null {
  const found = answer.map((each) => {
    if (typeof each === 'string') return names.get(each)
    const [left, right] = [names.get(each.left), names.get(each.right)]
    return left && right ? { left, right } : undefined
  })
  return found.includes(undefined) ? null : (found as Answer)
}

/** By response: the place at which each choice is shown, `c1` first; `l1`, `r1` on the two sides of a match. */
function shownIds(body: readonly Block[], seed: number): Map<string, Map<string, string>> {
  return new Map(
    interactionsOf(body).map((interaction, at) => {
      const mixed = (ids: string[]) => philox(seed, at).shuffle(ids)
      return [interaction.response, placesIn(interaction, mixed)]
    }),
  )
}

function placesIn(interaction: Interaction, mixed: (ids: string[]) => string[]): Map<string, string> {
  const places = (ids: string[], letter: string) =>
    ids.map((id, at): [string, string] => [id, `${letter}${at + 1}`])
  switch (interaction.kind) {
    case 'choice':
    case 'inlineChoice': {
      const ids = interaction.choices.map(({ id }) => id)
      return new Map(places(interaction.shuffle ? mixed(ids) : ids, 'c'))
    }
    case 'order':
      return new Map(places(mixed(interaction.choices.map(({ id }) => id)), 'c'))
    case 'match': {
      const right = interaction.right.map(({ id }) => id)
      return new Map([
        ...places(
          interaction.left.map(({ id }) => id),
          'l',
        ),
        ...places(interaction.shuffle ? mixed(right) : right, 'r'),
      ])
    }
    case 'hotText': {
      const ids = interaction.paragraphs.flatMap((line) =>
        line.flatMap((piece) => (piece.kind === 'hot' ? [piece.id] : [])),
      )
      return new Map(places(ids, 'c'))
    }
    default:
      return new Map()
  }
}

type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>

function pupilBlock(block: Block, shown: Shown): Block {
  switch (block.kind) {
    case 'paragraph':
      return { ...block, content: block.content.map((piece) => pupilInline(piece, shown)) }
    case 'table':
      return {
        ...block,
        rows: block.rows.map((row) => row.map((cell) => cell.map((piece) => pupilInline(piece, shown)))),
      }
    case 'choice':
      return { ...block, shuffle: false, choices: inPlace(block.choices, shown.get(block.response)!) }
    case 'order':
      return { ...block, choices: inPlace(block.choices, shown.get(block.response)!) }
    case 'match': {
      const names = shown.get(block.response)!
      return {
        ...block,
        shuffle: false,
        left: inPlace(block.left, names),
        right: inPlace(block.right, names),
      }
    }
    case 'hotText': {
      const names = shown.get(block.response)!
      const paragraphs = block.paragraphs.map((line) =>
        line.map((piece) => (piece.kind === 'hot' ? { ...piece, id: names.get(piece.id)! } : piece)),
      )
      return { ...block, paragraphs }
    }
    default:
      return block
  }
}

function pupilInline(piece: Inline, shown: Shown): Inline {
  if (piece.kind !== 'inlineChoice') return piece
  return { ...piece, shuffle: false, choices: inPlace(piece.choices, shown.get(piece.response)!) }
}

function inPlace<Each extends { id: string }>(
  choices: readonly Each[],
  names: ReadonlyMap<string, string>,
): Each[] {
  const number = (id: string) => Number(id.slice(1))
  return choices
    .map((choice) => ({ ...choice, id: names.get(choice.id)! }))
    .toSorted((a, b) => number(a.id) - number(b.id))
}
