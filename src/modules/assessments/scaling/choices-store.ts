import type { Tx } from '#db/actor.ts'
import { interactionsOf } from '../content/body.ts'
import { choiceIds } from '../content/item.ts'
import { forPupil, fromPupil } from '../content/pupil.ts'
import { type Answers, checkAnswers } from '../content/response.ts'
import { Content, Keys } from '../model.ts'
import type { Choices } from './item-report.ts'

/** An item that asks for one choice and nothing else. */
interface SingleChoice {
  content: Content
  response: string
  key: string
  offered: string[]
}

/** What people chose on items that ask for one choice, in the order of the people given; by the latest answer of each. */
export async function readChoices(
  tx: Tx,
  roundId: number,
  people: Float64Array,
  versionIds: readonly number[],
): Promise<Choices[]> {
  const single = await singleChoices(tx, versionIds)
  if (single.size === 0) return []
  const { rows } = await tx.query<{
    person: number
    version: number
    seed: number
    answer: unknown
    reached: boolean
  }>(
    `select p.participant_id as person, x.item_version_id as version, p.seed,
            (select a.answer from assessments.answer a where a.participant_id = p.participant_id and a.position = x.position
              order by a.revision desc limit 1) as answer, s.state <> 'not_reached' as reached
       from assessments.participant p
       join assessments.form_item x using (form_id)
       join assessments.item_score s on s.participant_id = p.participant_id and s.position = x.position
      where p.round_id = $1 and p.status = 'tested' and x.item_version_id = any ($2::bigint[]) and s.state <> 'given'`,
    [roundId, [...single.keys()]],
  )
  const placeOf = new Map(Array.from(people, (id, at) => [id, at]))
  const chosen = new Map(
    [...single].map(([version]) => [
      version,
      new Array<string | null | undefined>(people.length).fill(undefined),
    ]),
  )
  for (const { person, version, seed, answer, reached } of rows) {
    const place = placeOf.get(person)
    if (place === undefined || !reached) continue
    chosen.get(version)![place] = choiceOf(single.get(version)!, seed, answer)
  }
  // Points may have come without answers: then nobody's choice is known.
  return [...single].flatMap(([versionId, { key, offered }]) => {
    const own = chosen.get(versionId)!
    return own.some((choice) => typeof choice === 'string') ? [{ versionId, key, offered, chosen: own }] : []
  })
}

async function singleChoices(tx: Tx, versionIds: readonly number[]): Promise<Map<number, SingleChoice>> {
  const { rows } = await tx.query<{ id: number; content: unknown; keys: unknown }>(
    `select v.item_version_id as id, t.content, k.keys
       from assessments.item_version v
       join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
       join assessments.item_key k on k.item_version_id = t.item_version_id and k.language = t.language
      where v.item_version_id = any ($1::bigint[]) and v.interactions = array['choice'] order by 1`,
    [versionIds],
  )
  const found = new Map<number, SingleChoice>()
  for (const row of rows) {
    const content = Content.parse(row.content)
    const keys = Keys.parse(row.keys)
    const [interaction, ...others] = interactionsOf(content.body)
    if (interaction?.kind !== 'choice' || others.length > 0) continue
    const { response } = interaction
    const own = keys[response]
    if (own?.kind !== 'choice' || own.correct.length !== 1) continue
    found.set(row.id, { content, response, key: own.correct[0]!, offered: choiceIds(interaction) })
  }
  return found
}

/** The choice by the item's own name; null where the answer is empty, several or none that can be read. */
function choiceOf({ content, response }: SingleChoice, seed: number, answer: unknown): string | null {
  const { answers } = checkAnswers(forPupil(content, seed), answer)
  const own: Answers | null = answers && fromPupil(content, seed, answers)
  const chosen = own?.[response]
  return Array.isArray(chosen) && chosen.length === 1 && typeof chosen[0] === 'string' ? chosen[0] : null
}
