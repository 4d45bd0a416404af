import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { Words } from '#terms/locale.ts'
import { connectors } from './connectors.ts'
import { FeedKind } from './model.ts'
import { putFeed } from './store.ts'

/** A description of a feed is wrong; nothing was kept. */
export class FeedRefused extends Error {
  constructor(fields: string) {
    super(`The feed is described wrongly: ${fields}`)
    this.name = 'FeedRefused'
  }
}

const Described = z.strictObject({
  name: z
    .string()
    .max(50)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'expected small letters, digits and dashes' }),
  title: Words,
  kind: FeedKind,
  schedule: z
    .union([
      z.strictObject({ everyMinutes: z.int().min(1).max(44_640) }),
      z.strictObject({ dailyAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected HH:MM' }) }),
    ])
    .nullable()
    .default(null)
    .describe('null: only when somebody says so'),
  settings: z.unknown(),
})

/**
 * Keeps a feed as it is described, as a new one or in place of the one of its name.
 *
 * @returns  true when it is new
 * @throws   FeedRefused with path and expectation of each field
 */
export async function newFeed(tx: Tx, description: unknown): Promise<boolean> {
  const { schedule, settings, ...rest } = read(Described, description, '')
  const times = { everyMinutes: null, dailyAt: null, ...schedule }
  return putFeed(tx, {
    ...rest,
    ...times,
    settings: read(connectors[rest.kind].settings, settings, 'settings.'),
  })
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, within: string): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new FeedRefused(
    result.error.issues.map(({ path, message }) => `${within}${path.join('.')}: ${message}`).join('; '),
  )
}
