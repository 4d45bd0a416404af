import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { Words } from '#terms/locale.ts'

/** From when on the time runs in which something is kept. */
export const RetentionEvent = z.enum([
  'end_of_studies',
  'employment_ended',
  'superseded',
  'import_ended',
  'arrived',
  'representation_ended',
  'expired',
  'written',
  'mandate_ended',
  'ended',
  'never',
])
export type RetentionEvent = z.infer<typeof RetentionEvent>

/** How long one kind of record is kept, and what then happens. */
export const Retention = z
  .object({
    kind: z.string(),
    name: Words,
    event: RetentionEvent,
    keeps: z
      .string()
      .nullable()
      .describe(
        'from the event on, as an ISO 8601 duration, e.g. P1Y; null: as long as the system is needed',
      ),
    after: Words.describe('what happens when the time is over'),
    basis: Words,
    tables: z.array(z.string()),
    from: Day.nullable().describe('first day of the rule; null: from the beginning'),
  })
  .meta({ id: 'Retention' })
export type Retention = z.infer<typeof Retention>

/** What a run counted or destroyed; never whom. */
export const RetentionRun = z
  .object({
    id: z.uuid(),
    day: Day.describe('what was due on this day'),
    dry: z.boolean().describe('only counted'),
    state: z.enum(['asked', 'running', 'done']),
    askedBy: z.string().nullable().describe('null: the calendar or the command line'),
    askedAt: z.iso.datetime({ offset: true }),
    finishedAt: z.iso.datetime({ offset: true }).nullable(),
    counts: z
      .array(z.object({ kind: z.string(), table: z.string(), rows: z.number().int() }))
      .describe('by kind of record and table; only what is more than none'),
  })
  .meta({ id: 'RetentionRun' })
export type RetentionRun = z.infer<typeof RetentionRun>

export const ObjectionKind = z.enum(['objection', 'restriction'])

/** Somebody is not to be counted. */
export const Objection = z
  .object({
    id: z.uuid(),
    kind: ObjectionKind,
    ground: z.string(),
    from: Day,
    until: Day.nullable().describe('last day; null: until it is withdrawn'),
    recordedAt: z.iso.datetime({ offset: true }),
    withdrawnAt: z.iso.datetime({ offset: true }).nullable(),
    withdrawnWhy: z.string().nullable(),
    inForce: z.boolean().describe('obeyed today'),
  })
  .meta({ id: 'Objection' })
export type Objection = z.infer<typeof Objection>

/** What stands in a field: as it is held, or in words where a code means something. */
export const HeldValue = z.union([z.string(), z.number(), z.boolean(), Words, z.null()])
export type HeldValue = z.infer<typeof HeldValue>

/** One kind of thing that is held about a learner, as a table. */
export const HeldSection = z
  .object({
    key: z.string(),
    title: Words,
    tables: z.array(z.string()).describe('where it lies: schema.table'),
    correct: Words.describe('where a mistake in it is corrected'),
    columns: z.array(z.object({ key: z.string(), name: Words })),
    rows: z.array(z.array(HeldValue)),
  })
  .meta({ id: 'HeldSection' })
export type HeldSection = z.infer<typeof HeldSection>

/** Everything held about one learner. */
export const Held = z
  .object({
    learner: z.object({ id: z.uuid(), name: z.string().nullable() }),
    madeAt: z.iso.datetime(),
    sections: z.array(HeldSection),
    retention: z.array(Retention).describe('how long what is kept'),
    pdf: z.boolean().describe('it can be had as a PDF here'),
  })
  .meta({ id: 'Held' })
export type Held = z.infer<typeof Held>

/** An entry of the register of processing (GDPR, Article 30). */
export const Processing = z
  .object({
    code: z.string(),
    purpose: Words,
    basis: Words,
    people: Words.describe('whose data'),
    data: Words,
    recipients: Words,
    retention: z.array(z.string()).describe('kinds of rules of retention'),
  })
  .meta({ id: 'Processing' })
export type Processing = z.infer<typeof Processing>

/** Data about the same person that came for different purposes and may be joined, or not. */
export const Linkage = z
  .object({
    code: z.string(),
    name: Words,
    purpose: Words,
    basis: Words,
    on: z.boolean(),
    reason: z
      .string()
      .nullable()
      .describe('why it stands so, as the officer wrote it; null: as it was delivered'),
    since: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Linkage' })
export type Linkage = z.infer<typeof Linkage>
