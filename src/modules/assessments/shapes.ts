import { z } from 'zod'
import { Content, Item, ItemLanguage, ItemText, Place } from './content/item.ts'
import { Suggested } from './drafting/model.ts'
import { Duty, ItemState } from './lifecycle.ts'

/** What the API of the item bank says. */

const instant = z.iso.datetime({ offset: true })
const code = z.string()

export const ItemSummary = z
  .object({
    id: z.uuid(),
    code,
    place: Place,
    state: ItemState,
    title: z.string().nullable().describe('null: a secret item, for everybody but its keeper'),
    version: z.number().int(),
    languages: z.array(ItemLanguage),
    interactions: z.array(z.string()).describe('kinds of what is answered'),
    points: z.number().int().describe('the most it can give'),
    signedOff: z.number().int().min(0).max(2).describe('people who signed off this version'),
    changedAt: instant,
  })
  .meta({ id: 'ItemSummary' })
export type ItemSummary = z.infer<typeof ItemSummary>

export const ItemEvent = z
  .object({
    at: instant,
    person: z.string().nullable(),
    kind: z.enum(['version', 'moved', 'comment', 'signed_off']),
    version: z.number().int(),
    state: ItemState.nullable().describe('where it was moved to'),
    text: z.string().nullable(),
  })
  .meta({ id: 'ItemEvent' })
export type ItemEvent = z.infer<typeof ItemEvent>

/** Results of a calibration, in logits; θ has mean 0 and standard deviation 1 in the round that calibrated it. */
export const ItemParameters = z
  .object({
    round: z.string().describe('the round that calibrated it'),
    model: z.enum(['rasch', '2pl', '3pl', 'pcm', 'gpcm', 'graded']),
    slope: z.number(),
    intercepts: z.array(z.number()),
    guessing: z.number().min(0).max(1),
    pupils: z.number().int(),
    calibratedAt: instant,
  })
  .meta({ id: 'ItemParameters' })
export type ItemParameters = z.infer<typeof ItemParameters>

export const ItemDetail = ItemSummary.extend({
  accessibility: z.string(),
  events: z.array(ItemEvent).describe('newest first'),
  parameters: z.array(ItemParameters),
  suggested: Suggested.nullable().describe('where it came from a model; null: people wrote it'),
  isSecret: z.boolean(),
  mayRead: z.boolean().describe('whether the caller may read words and key'),
  maySignOff: z.boolean(),
  moves: z.array(ItemState).describe('where the caller may move it now'),
}).meta({ id: 'ItemDetail' })
export type ItemDetail = z.infer<typeof ItemDetail>

/** What the caller may do, and what the lists can be narrowed by. */
export const Bench = z.object({ duties: z.array(Duty) }).meta({ id: 'ItemBench' })

export const ItemView = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    seed: z.number().int(),
    item: z.strictObject(Content.shape),
  })
  .meta({ id: 'ItemView' })
export type ItemView = z.infer<typeof ItemView>

export const ItemSolution = z
  .object({ id: z.uuid(), version: z.number().int(), text: ItemText })
  .meta({ id: 'ItemSolution' })
export type ItemSolution = z.infer<typeof ItemSolution>

export const NewItem = Item.safeExtend({
  note: z.string().max(500).default('').describe('what is new in this version'),
}).meta({ id: 'NewItem' })

/** Something of a package that could not be carried over, or was refused. */
export const PackageFinding = z.object({
  file: z.string(),
  element: z.string().describe('e.g. qti-media-interaction, or an attribute as qti-item-body@class'),
  line: z.number().int().nullable(),
  reason: z.string().describe('stable code'),
  outcome: z.enum(['item_refused', 'left_out', 'package_refused']),
})
export type PackageFinding = z.infer<typeof PackageFinding>

export const PackageReport = z
  .object({
    items: z.array(z.object({ code, id: z.uuid(), title: z.string() })),
    forms: z.array(z.object({ code, id: z.uuid() })).describe('drafts of forms'),
    findings: z.array(PackageFinding),
  })
  .meta({ id: 'ItemPackageReport' })
export type PackageReport = z.infer<typeof PackageReport>

export const TriedAnswer = z
  .object({
    state: z.enum(['scored', 'needs_marker', 'invalid']),
    points: z.number().nullable(),
    most: z.number(),
    parts: z.array(z.object({ response: z.string(), points: z.number().nullable(), most: z.number() })),
    fault: z.string().nullable(),
  })
  .meta({ id: 'TriedAnswer' })
export type TriedAnswer = z.infer<typeof TriedAnswer>
