import { z } from 'zod'
import type { Words } from '#terms/locale.ts'
import type { Framework } from '../framework.ts'
import { DraftedItem, type DraftRequest } from './model.ts'

/** How a model elsewhere is asked for drafts of items, and how it answers: one POST, JSON both ways. */

const Named = z.object({ id: z.string(), name: z.string().describe('in Latvian') })

/** What is sent. */
export const DraftQuestion = z.object({
  task: z.literal('item'),
  count: z.number().int().describe('at most so many drafts are wanted'),
  language: z.string(),
  interaction: z.string().describe('the kind of interaction that has to be in the item'),
  domain: Named,
  grade: z.number().int().describe('0: preschool'),
  strand: Named,
  process: Named,
  outcome: Named.nullable(),
  difficulty: z.enum(['easy', 'medium', 'hard']).nullable(),
  instruction: z.string().nullable(),
})
export type DraftQuestion = z.infer<typeof DraftQuestion>

/** What has to come back. Each draft is then checked by itself; this says only that there are some. */
export const DraftAnswer = z.object({
  model: z.string().trim().min(1).max(100).nullish().describe('name and version, kept with the draft'),
  items: z.array(z.unknown()).min(1),
})

/** The same in full, for whoever writes a model’s side. */
export const protocol = {
  question: z.toJSONSchema(DraftQuestion),
  answer: z.toJSONSchema(DraftAnswer.extend({ items: z.array(DraftedItem).min(1).max(3) }), {
    reused: 'ref',
    io: 'input',
  }),
}

/** A request of an author in the words of the framework. Its place is in it. */
export function questionOf(
  { place, interaction, language, difficulty, instruction, count }: DraftRequest,
  { domains, processes }: Framework,
): Omit<DraftQuestion, 'task'> {
  const domain = domains.find(({ id }) => id === place.domain)
  const named = (list: readonly { id: string; name: Words }[] | undefined, id: string) => ({
    id,
    name: list?.find((each) => each.id === id)?.name.lv ?? id,
  })
  return {
    count,
    language,
    interaction,
    domain: named(domains, place.domain),
    grade: place.grade,
    strand: named(domain?.strands, place.strand),
    process: named(processes, place.process),
    outcome: place.outcome === null ? null : named(domain?.outcomes, place.outcome),
    difficulty,
    instruction: instruction || null,
  }
}
