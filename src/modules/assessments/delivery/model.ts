import { z } from 'zod'
import { isStorable } from '#terms/text.ts'
import { Content } from '../content/item.ts'

/** Shapes of the test day: what a child's device is told and sends, and what who leads the session sees. */

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const Name = z.object({ lv: z.string(), en: z.string() })

export const SittingState = z
  .enum(['waiting', 'running', 'time_over', 'finished', 'ended', 'elsewhere'])
  .describe('ended: the session is over; elsewhere: the work goes on at another device')
export type SittingState = z.infer<typeof SittingState>

/** How an item is shown to a child who needs it otherwise. */
export const Adjusted = z.object({
  size: z
    .union([z.literal(100), z.literal(125), z.literal(150), z.literal(200)])
    .describe('% of the usual letters'),
  colours: z.enum(['plain', 'contrast', 'dark', 'cream']),
  wide: z.boolean().describe('more room between letters, words and lines'),
  support: z.boolean().describe('shows alternative content, e.g. what is read aloud'),
})
export type Adjusted = z.infer<typeof Adjusted>

export const SittingPulse = z
  .object({
    state: SittingState,
    participant: z.uuid(),
    endsAt: instant.nullable().describe('null: it has not begun'),
    now: instant.describe('by the clock that counts'),
  })
  .meta({ id: 'SittingPulse' })
export type SittingPulse = z.infer<typeof SittingPulse>

export const Sitting = SittingPulse.extend({
  label: z.string().describe('of the session, e.g. 6.b'),
  name: Name.describe('of the round'),
  minutes: count.describe('to work, with what this child gets in addition'),
  places: count.describe('how many items there are'),
  adjusted: Adjusted,
  saved: z
    .array(z.object({ position: count, revision: count, isEmpty: z.boolean() }))
    .describe('places that were answered, with the revision in force'),
}).meta({ id: 'Sitting' })
export type Sitting = z.infer<typeof Sitting>

const plain = z.string().max(6000).refine(isStorable, 'not text')
export const SentAnswers = z
  .record(
    z.string().max(32),
    z.union([plain, z.array(plain).max(60), z.array(z.object({ left: plain, right: plain })).max(200)]),
  )
  .describe('by response, in the names shown')
export type SentAnswers = z.infer<typeof SentAnswers>

export const SittingItem = z
  .object({
    position: count,
    revision: count.describe('in force; 0: not answered yet'),
    answers: SentAnswers,
    item: Content.describe('without keys'),
  })
  .meta({ id: 'SittingItem' })
export type SittingItem = z.infer<typeof SittingItem>

export const EntryCode = z
  .object({
    code: z.string().max(40),
    attempt: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional()
      .describe('made up by the device and sent again with the same entering: then it gets the same sitting'),
  })
  .meta({ id: 'EntryCode' })

export const NewAnswer = z
  .object({
    participant: z.uuid().describe('whose answer it is; of nobody else it is taken'),
    revision: z.number().int().min(1).max(2_000_000_000).describe('above the one in force'),
    answers: SentAnswers,
  })
  .meta({ id: 'NewAnswer' })
export type NewAnswer = z.infer<typeof NewAnswer>

export const SavedAnswer = z.object({ position: count, revision: count }).meta({ id: 'SavedAnswer' })
export type SavedAnswer = z.infer<typeof SavedAnswer>

export const RoomState = z.enum(['planned', 'waiting', 'running', 'ended'])
export type RoomState = z.infer<typeof RoomState>

/** A session in the list of who may lead it. */
export const Room = z
  .object({
    id: z.uuid(),
    label: z.string(),
    state: RoomState,
    name: Name,
    roundState: z.string(),
    plannedAt: instant.nullable(),
    opensAt: instant,
    closesAt: instant,
    minutes: count,
    expected: count.describe('pupils who are not exempt'),
    present: count.describe('of them, who have entered'),
    done: count,
  })
  .meta({ id: 'Room' })
export type Room = z.infer<typeof Room>

export const BoardRow = z.object({
  participant: z.uuid(),
  state: z.enum(['expected', 'absent', 'exempt', 'waiting', 'working', 'time_over', 'done']),
  endsAt: instant.nullable(),
  extraMinutes: count.describe('by the profile of the child and by who leads'),
  seenAt: instant.nullable().describe('when its device was last heard'),
  isConnected: z.boolean().describe('heard within half a minute'),
  devices: count.describe('on how many it was opened'),
  answered: count,
  places: count,
  last: z.object({ position: count, at: instant }).nullable().describe('answer saved last'),
  refused: count.describe('answers that were not taken'),
})
export type BoardRow = z.infer<typeof BoardRow>

/** A session as who leads it sees it, without names. */
export const Board = z
  .object({
    id: z.uuid(),
    label: z.string(),
    name: Name,
    state: RoomState,
    roundState: z.string(),
    mayStart: z.boolean().describe('the round is open at this hour'),
    plannedAt: instant.nullable(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    closesAt: instant,
    minutes: count,
    now: instant,
    rows: z.array(BoardRow),
  })
  .meta({ id: 'Board' })
export type Board = z.infer<typeof Board>

export const BoardNames = z
  .object({ items: z.array(z.object({ participant: z.uuid(), name: z.string().nullable() })) })
  .meta({ id: 'BoardNames' })
export type BoardNames = z.infer<typeof BoardNames>

export const LeadStep = z.object({ step: z.enum(['open', 'start', 'end']) }).meta({ id: 'LeadStep' })
export type LeadStep = z.infer<typeof LeadStep>

export const LeadOne = z
  .discriminatedUnion('step', [
    z.object({ step: z.literal('minutes'), minutes: z.number().int().min(1).max(60) }),
    z.object({ step: z.literal('admit') }),
  ])
  .meta({ id: 'LeadOne' })
export type LeadOne = z.infer<typeof LeadOne>
