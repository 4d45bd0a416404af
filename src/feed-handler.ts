import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { readSecrets, runFeed } from '#modules/feeds/index.ts'
import { ImportProblem } from '#modules/intake/index.ts'
import { askForJob, handler } from '#modules/jobs/index.ts'
import { proveFirstKey } from '#modules/keys/index.ts'
import { tellOfData } from '#modules/publications/index.ts'

/** What the run of a feed needs besides the database. */
export interface FeedPlace {
  /** where what comes lies until it is imported */
  folder: string
  /** real data may not come into this database (docs/operations.md) */
  refusesRealData: boolean
}

/** Runs a feed and, where the bank has changed by it, tells whoever has to know. */
export async function takeFeed(
  db: Database,
  keys: Keys,
  { folder, refusesRealData }: FeedPlace,
  { feedId, signal }: { feedId: number; signal: AbortSignal },
) {
  const report = await runFeed({
    db,
    keys,
    feedId,
    folder,
    secrets: readSecrets(process.env),
    signal,
    now: () => new Date(),
    patience: {
      random: Math.random,
      pause: (ms, until) => sleep(ms, undefined, { signal: until }),
    },
    async before(kind) {
      if (refusesRealData && kind === 'real') throw new ImportProblem('database.not_for_real_data')
      await asJob(db, (tx) => proveFirstKey(tx, keys))
    },
  })
  if (report && report.counts.changes > 0) {
    await asJob(db, makeDemoPeople)
    await asJob(db, tellOfData)
    await asJob(db, (tx) => askForJob(tx, 'checks'))
  }
  return report
}

/** Runs a feed as a job; its payload names the feed by its number. */
export function feedHandler(db: Database, keys: Keys, place: FeedPlace) {
  return handler(z.object({ feedId: z.int().positive() }), async ({ payload, signal }) => {
    const report = await takeFeed(db, keys, place, { ...payload, signal })
    return { rows: report?.counts.rows ?? 0, refusals: report?.counts.refusals ?? 0 }
  })
}
