import { z } from 'zod'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { handler, JobRefused } from '#modules/jobs/index.ts'
import { loadMadeUpCountry, NotFresh } from './made-up-country.ts'
import { refused } from './refused-job.ts'

/** Makes and loads the made-up Latvia of the first start. */
export function demoHandler(db: Database, keys: Keys) {
  return handler(z.object({}), async ({ signal, progress, ask }) => {
    const rows = await loadMadeUpCountry({
      db,
      keys,
      asked: { size: process.env.IKMS_DEMO_SIZE ?? 'demo' },
      goesOn: true,
      signal,
      onProgress: (done, part, read) => progress(done, { part, ...(read !== undefined && { rows: read }) }),
    }).catch((error: unknown) => {
      if (error instanceof NotFresh) throw new JobRefused('demo.not_fresh')
      return refused(error)
    })
    await ask('checks')
    return { rows }
  })
}
