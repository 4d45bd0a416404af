import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { Content } from '../content/item.ts'

/** What the API of marking says. */

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const share = z.number().min(0).max(1)

/** What there is to mark of one item of a round. */
export const MarkingItem = z
  .object({
    code: z.string(),
    most: z.number().int().describe('points at most, of one answer'),
    answers: count,
    done: count.describe('answers whose points are settled'),
    mine: count.describe('marks of the caller'),
    secondLooks: count.describe('answers that a school asked to be looked at again, not decided yet'),
  })
  .meta({ id: 'MarkingItem' })
export type MarkingItem = z.infer<typeof MarkingItem>

export const MarkingRound = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: Words,
    state: z.string(),
    items: z.array(MarkingItem),
  })
  .meta({ id: 'MarkingRound' })
export type MarkingRound = z.infer<typeof MarkingRound>

export const MarkingBench = z
  .object({
    mayMark: z.boolean(),
    mayLead: z.boolean().describe('sees how far markers agree, and decides'),
    rounds: z.array(MarkingRound),
  })
  .meta({ id: 'MarkingBench' })
export type MarkingBench = z.infer<typeof MarkingBench>

/** An answer that lies before a marker: nothing of who wrote it, where, and what others gave. */
export const HeldAnswer = z
  .object({
    id: z.uuid(),
    code: z.string().describe('of the item'),
    item: z.strictObject(Content.shape).describe('as the child saw it'),
    response: z.string().describe('which question is to be marked'),
    answers: z.record(z.string(), z.unknown()).describe('everything the child answered in this item'),
    most: z.number().int(),
    criteria: z.array(z.object({ points: z.number().int(), text: z.string() })).describe('most points first'),
    until: instant.describe('after that somebody else may get it'),
  })
  .meta({ id: 'HeldAnswer' })
export type HeldAnswer = z.infer<typeof HeldAnswer>

/** What a marker works on. */
export const MarkersPlace = z
  .object({ round: MarkingRound, answer: HeldAnswer.nullable() })
  .meta({ id: 'MarkersPlace' })
export type MarkersPlace = z.infer<typeof MarkersPlace>

/** Why a mark is not taken. */
export const MarkRefusal = z.enum(['own_school', 'own_child', 'not_held', 'too_many_points'])
export type MarkRefusal = z.infer<typeof MarkRefusal>

/** A marked answer that is like the one to be marked. */
export const Neighbour = z.object({
  text: z.string(),
  points: z.number().int(),
  likeness: share.describe('1: the same words and letters'),
})
export type Neighbour = z.infer<typeof Neighbour>

/** How far suggestions nobody had looked at agreed with what people then gave. */
export const SuggestionRecord = z
  .object({
    item: z.string(),
    suggester: z.string(),
    n: count,
    exact: share.describe('share with the same points'),
    low: share.describe('lower end of the 95 % interval'),
    high: share.describe('upper end of the 95 % interval'),
    kappa: z.number().nullable().describe('quadratic weights; null: nothing to tell by'),
  })
  .meta({ id: 'SuggestionRecord' })
export type SuggestionRecord = z.infer<typeof SuggestionRecord>

export const MarkSuggestion = z
  .object({
    suggester: z.string(),
    points: z.number().int().nullable().describe('null: nothing like it has been marked'),
    support: share.describe('weight of the neighbours that say so'),
    neighbours: z.array(Neighbour),
    why: z.string().nullable().describe('in the words of an outside model'),
    record: SuggestionRecord.nullable().describe('of this item so far'),
  })
  .meta({ id: 'MarkSuggestion' })
export type MarkSuggestion = z.infer<typeof MarkSuggestion>

/** How far two marks of one answer agree; an interval is of 95 %. */
export const Agreement = z.object({
  n: count.describe('pairs of marks'),
  exact: share.nullable(),
  exactLow: share.nullable(),
  exactHigh: share.nullable(),
  kappa: z
    .number()
    .nullable()
    .describe('Cohen, quadratic weights; null: too few, or all at one number of points'),
  kappaLow: z.number().nullable(),
  kappaHigh: z.number().nullable(),
  bias: z
    .number()
    .nullable()
    .describe('points that the marker gives more than the other on average; of an item: 0'),
})
export type Agreement = z.infer<typeof Agreement>

export const ItemAgreement = z
  .object({ item: z.string(), most: z.number().int(), between: Agreement })
  .meta({ id: 'ItemAgreement' })
export type ItemAgreement = z.infer<typeof ItemAgreement>

/** One step of the watch on a marker. */
export const DriftStep = z.object({
  at: instant,
  high: z.number().describe('gathered generosity, in standard deviations'),
  low: z.number().describe('gathered severity'),
})

export const MarkerReport = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    marks: count,
    undone: count,
    again: count.describe('taken back by decision'),
    lastAt: instant.nullable(),
    between: Agreement.describe('with other markers, not knowing of each other'),
    controls: Agreement.describe('with agreed points'),
    items: z.array(z.object({ item: z.string(), between: Agreement })),
    drift: z.object({
      steps: z.array(DriftStep),
      limit: z.number(),
      alarm: z.enum(['generous', 'severe']).nullable(),
    }),
  })
  .meta({ id: 'MarkerReport' })
export type MarkerReport = z.infer<typeof MarkerReport>

export const MarkingDecision = z.object({
  marker: z.string().nullable(),
  item: z.string().nullable().describe('null: of all items'),
  reason: z.string(),
  marks: count,
  decidedBy: z.string().nullable(),
  decidedAt: instant,
})

export const ControlAnswer = z
  .object({
    id: z.uuid(),
    item: z.string(),
    text: z.string(),
    points: z.number().int(),
    most: z.number().int(),
    isControl: z.boolean(),
    marks: count.describe('markers who got it as a control'),
  })
  .meta({ id: 'ControlAnswer' })
export type ControlAnswer = z.infer<typeof ControlAnswer>

export const MarkingReport = z
  .object({
    round: MarkingRound,
    items: z.array(ItemAgreement),
    markers: z.array(MarkerReport),
    suggestions: z.array(SuggestionRecord),
    controls: z.array(ControlAnswer).describe('that are ones, and that could be'),
    decisions: z.array(MarkingDecision),
  })
  .meta({ id: 'MarkingReport' })
export type MarkingReport = z.infer<typeof MarkingReport>

/** A second look that a school asked for. */
export const SecondLook = z
  .object({
    id: z.uuid(),
    round: z.string(),
    name: Words,
    participant: z.uuid(),
    position: z.number().int(),
    reason: z.string(),
    askedAt: instant,
    pointsBefore: z.number().int(),
    pointsAfter: z.number().int().nullable().describe('null: not decided yet'),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'SecondLook' })
export type SecondLook = z.infer<typeof SecondLook>

export const SecondLookRefusal = z.enum(['wrong_state', 'by_rule', 'asked_already'])
export type SecondLookRefusal = z.infer<typeof SecondLookRefusal>
