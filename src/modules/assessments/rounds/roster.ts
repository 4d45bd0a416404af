import { createHash, randomUUID } from 'node:crypto'

/** A form of a round with its share against the other forms. */
export interface FormShare {
  formId: number
  share: number
}

/** Places a participant in the shuffling of one round: a number that follows from seed and learner, and tells nothing of either. */
export function chanceOf(seed: number, learner: string): number {
  return createHash('sha256').update(`${seed}\0${learner}`).digest().readUInt32BE() % 1_000_000_000
}

/**
 * Deals forms within a session so that each stays as near to its share as whole pupils allow, in an order by chance. Who has a
 * form keeps it; the same input deals the same.
 *
 * @param has     how many of the session have each form already, by form
 * @param comers  who has none yet, in the order in which they are served
 * @returns       form of each comer; null where the round has no forms
 */
export function dealForms(
  forms: readonly FormShare[],
  has: ReadonlyMap<number, number>,
  comers: readonly number[],
): (number | null)[] {
  const whole = forms.reduce((sum, { share }) => sum + share, 0)
  const dealt = new Map(has)
  let total = [...has.values()].reduce((sum, count) => sum + count, 0)
  return comers.map((chance) => {
    total++
    // What each form lacks; of equals, chance decides, so that small classes do not all begin with the first form.
    const lack = ({ formId, share }: FormShare) => (share / whole) * total - (dealt.get(formId) ?? 0)
    const most = Math.max(...forms.map(lack))
    const open = forms.filter((form) => lack(form) > most - 1e-9)
    const form = open[chance % open.length]
    if (!form) return null
    dealt.set(form.formId, (dealt.get(form.formId) ?? 0) + 1)
    return form.formId
  })
}

/** A participant under a code that nobody else has. Two in a hundred million rosters meet: then another name is drawn. */
export function newParticipant<Key>(
  taken: ReadonlySet<string>,
  keyOf: (participant: string) => { key: Key; text: string },
): { participant: string; key: Key } {
  for (;;) {
    const participant = randomUUID()
    const { key, text } = keyOf(participant)
    if (!taken.has(text)) return { participant, key }
  }
}
