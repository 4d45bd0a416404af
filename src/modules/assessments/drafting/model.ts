import { z } from 'zod'
import { isStorable } from '#terms/text.ts'
import { Item, ItemLanguage, ItemText, Place } from '../content/item.ts'
import { CallOutcome } from '../outside/call.ts'

/** Shapes of drafts of items that a model elsewhere suggests. */

const instant = z.iso.datetime({ offset: true })

/** What is answered in an item, by kind. */
export const InteractionKind = z.enum([
  'choice',
  'inlineChoice',
  'textEntry',
  'match',
  'order',
  'hotText',
  'numberLine',
  'extendedText',
])
export type InteractionKind = z.infer<typeof InteractionKind>

export const Difficulty = z.enum(['easy', 'medium', 'hard'])

/** Codes of persons, new and old, and addresses of mail: what is sent away must not be about anybody. */
const namesNobody = (text: string) => !/\b\d{6}-?\d{5}\b|\S@\S+\.\S/.test(text)

/** What an author asks a model for: nothing about anybody. */
export const DraftRequest = z
  .object({
    place: Place,
    interaction: InteractionKind,
    language: ItemLanguage,
    difficulty: Difficulty.nullable().describe('null: as it comes'),
    instruction: z
      .string()
      .trim()
      .max(2000)
      .refine(isStorable)
      .refine(namesNobody, 'no personal codes and no addresses of people')
      .describe('in the words of the author; sent as it is'),
    count: z.number().int().min(1).max(3).describe('drafts in one answer'),
  })
  .meta({ id: 'ItemDraftRequest' })
export type DraftRequest = z.infer<typeof DraftRequest>

/** Words of an item without its code and place: those are the author's. */
export const DraftedItem = z
  .object({
    accessibility: Item.shape.accessibility.default(''),
    texts: z.array(ItemText).min(1).max(1).describe('in the language that was asked for'),
  })
  .meta({ id: 'DraftedItem' })
export type DraftedItem = z.infer<typeof DraftedItem>

/** What is wrong with a draft, and where in it. */
export const DraftFault = z.object({ field: z.string().describe('e.g. texts.0.keys.R1'), fault: z.string() })
export type DraftFault = z.infer<typeof DraftFault>

/** How asking ended; `waiting`: not yet, `lost`: the answer will not come any more. */
export const AskOutcome = z.enum([...CallOutcome.options, 'waiting', 'lost'])

export const ItemAsk = z
  .object({
    id: z.uuid(),
    askedAt: instant,
    askedBy: z.string().nullable(),
    isOwn: z.boolean(),
    host: z.string(),
    model: z.string().nullable().describe('as it names itself'),
    request: DraftRequest,
    outcome: AskOutcome,
    drafts: z.number().int().describe('in the answer'),
    faulty: z.number().int().describe('of them not in order'),
    accepted: z.number().int(),
    declined: z.number().int(),
  })
  .meta({ id: 'ItemAsk' })
export type ItemAsk = z.infer<typeof ItemAsk>

export const SuggestedDraft = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    content: DraftedItem.nullable().describe('null: not in order, or an item already'),
    faults: z.array(DraftFault),
    decision: z.enum(['accepted', 'declined']).nullable(),
    decidedAt: instant.nullable(),
    reason: z.string().nullable(),
    item: z.object({ id: z.uuid(), code: z.string() }).nullable().describe('what it became'),
  })
  .meta({ id: 'SuggestedDraft' })
export type SuggestedDraft = z.infer<typeof SuggestedDraft>

export const ItemAskDetail = ItemAsk.extend({ items: z.array(SuggestedDraft) }).meta({ id: 'ItemAskDetail' })
export type ItemAskDetail = z.infer<typeof ItemAskDetail>

/** That an item came from a model. */
export const Suggested = z
  .object({
    version: z.number().int(),
    host: z.string(),
    model: z.string().nullable(),
    askedAt: instant,
    askedBy: z.string().nullable(),
    request: DraftRequest.nullable().describe('null: the item is secret'),
  })
  .meta({ id: 'SuggestedItem' })
export type Suggested = z.infer<typeof Suggested>
