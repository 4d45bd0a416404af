import type { BlockInteraction, Content, Interaction } from '#modules/assessments/model.ts'
import { interactionsOf } from '#modules/assessments/model.ts'

/** Answers by response, as the API takes them. */
export type Answers = Record<string, string | string[] | { left: string; right: string }[]>

/** How a field of a part of a question is called: `R1.l2`. */
export const partName = (response: string, part: string) => `${response}.${part}`

/** Answers as the fields of the form say them. What was left empty is not there. */
export function answersOf({ body }: Pick<Content, 'body'>, form: FormData): Answers {
  const all = (name: string) =>
    form
      .getAll(name)
      .map(String)
      .filter((value) => value !== '')
  const answers: Answers = {}
  for (const interaction of interactionsOf(body)) {
    const { response } = interaction
    const answer = answerOf(interaction, all)
    if (answer.length > 0) answers[response] = answer
  }
  return answers
}

function answerOf(interaction: Interaction, all: (name: string) => string[]): Answers[string] {
  const { response } = interaction
  switch (interaction.kind) {
    case 'textEntry':
    case 'numberLine':
    case 'extendedText':
      return (all(response)[0] ?? '').replaceAll('\r\n', '\n')
    case 'match':
      return interaction.left.flatMap(({ id }) =>
        all(partName(response, id)).map((right) => ({ left: id, right })),
      )
    case 'order':
      return interaction.choices
        .map(({ id }) => ({ id, place: Number(all(partName(response, id))[0] ?? Number.NaN) }))
        .filter(({ place }) => Number.isInteger(place))
        .toSorted((a, b) => a.place - b.place)
        .map(({ id }) => id)
    default:
      return all(response)
  }
}

/** Whether two were put at one place of an order: what was meant cannot be known. */
export function hasTie({ body }: Pick<Content, 'body'>, form: FormData): boolean {
  return interactionsOf(body).some((each) => {
    if (each.kind !== 'order') return false
    const places = each.choices
      .map(({ id }) => String(form.get(partName(each.response, id)) ?? ''))
      .filter(Boolean)
    return new Set(places).size < places.length
  })
}

/** Where a choice stands in an order that was answered; empty where it was not placed. */
export function placeIn({ response }: BlockInteraction, id: string, answers: Answers): string {
  const at = (answers[response] as string[] | undefined)?.indexOf(id) ?? -1
  return at === -1 ? '' : String(at + 1)
}
