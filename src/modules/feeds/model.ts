import { z } from 'zod'
import { Words } from '#terms/locale.ts'

/** How a source is asked. */
export const FeedKind = z
  .enum(['drop', 'changes', 'oneroster', 'pxweb', 'ckan', 'outbox'])
  .describe('drop: packages put into a folder; changes: our change feed over HTTP')
export type FeedKind = z.infer<typeof FeedKind>

export const FeedOutcome = z
  .enum(['running', 'taken', 'nothing', 'refused', 'failed', 'interrupted'])
  .describe(
    'taken: what came is in the bank; nothing: there was nothing new; refused: what came is wrong and nothing of it was kept; failed: the source did not answer as it should; interrupted: the system stopped meanwhile',
  )
export type FeedOutcome = z.infer<typeof FeedOutcome>

const Instant = z.iso.datetime({ offset: true })

/** One asking of a source. */
export const FeedRun = z
  .object({
    id: z.uuid(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    outcome: FeedOutcome,
    deliveries: z
      .number()
      .int()
      .describe('packages that were imported; of an outbox: messages that were sent'),
    rows: z.number().int().describe('lines that came, deletions among them'),
    changes: z.number().int().describe('facts added, changed or withdrawn'),
    refusals: z.number().int(),
    problem: z
      .object({ code: z.string(), message: Words.describe('what happened and what to do') })
      .nullable(),
    import: z
      .object({ id: z.uuid(), number: z.number().int() })
      .nullable()
      .describe('report of the latest import it led to'),
  })
  .meta({ id: 'FeedRun' })
export type FeedRun = z.infer<typeof FeedRun>

/** A feed and how it stands. */
export const Feed = z
  .object({
    id: z.uuid(),
    name: z.string().describe('short name: small letters, digits, dashes'),
    title: Words,
    kind: FeedKind,
    place: z.string().describe('address or folder that is asked'),
    everyMinutes: z.number().int().nullable(),
    dailyAt: z.string().nullable().describe('time of the day in Latvia, HH:MM'),
    paused: z.boolean(),
    busy: z.boolean().describe('it runs, or waits for its turn'),
    failures: z.number().int().describe('runs one after the other that did not succeed'),
    nextAt: Instant.nullable().describe('null: not by itself'),
    lastAttemptAt: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    last: FeedRun.nullable().describe('the latest run'),
  })
  .meta({ id: 'Feed' })
export type Feed = z.infer<typeof Feed>

/** Something that is told to another system. */
export const FeedMessage = z
  .object({
    id: z.uuid().describe('by which the other system knows that it has it already'),
    kind: z
      .string()
      .describe('correction: something to be corrected at the source; level: a result; link: a page'),
    event: z.string().nullable().describe('of a correction found or gone; else given or withdrawn'),
    madeAt: Instant,
    state: z
      .enum(['waiting', 'sent', 'dead', 'overtaken'])
      .describe(
        'dead: the other system refused it, or it was given up; overtaken: not sent, a later one about the same counts',
      ),
    tries: z.number().int(),
    endedAt: Instant.nullable(),
    receipt: z.string().nullable().describe('as the other system calls it'),
    problem: z.object({ code: z.string(), message: Words }).nullable(),
  })
  .meta({ id: 'FeedMessage' })
export type FeedMessage = z.infer<typeof FeedMessage>

/** What is told to a system, counted, with those that wait or were given up first. */
export const FeedMessages = z
  .object({
    waiting: z.number().int(),
    sent: z.number().int(),
    dead: z.number().int(),
    items: z.array(FeedMessage).describe('given up first, then waiting, then the latest sent; 100'),
  })
  .meta({ id: 'FeedMessages' })
export type FeedMessages = z.infer<typeof FeedMessages>
