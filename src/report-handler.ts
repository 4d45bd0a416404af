import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { handler, type JobHandlers, JobRefused } from '#modules/jobs/index.ts'
import { makeReportSet } from '#modules/publications/index.ts'

/**
 * Makes the reports of all schools of whoever asked. The API and the portal answer in this process, while it is at it, as they answer in
 * a web process.
 */
export function reportHandler(
  db: Database,
  keys: Keys,
  chromium = process.env.IKMS_CHROMIUM,
): JobHandlers['reports'] {
  return handler(
    z.object({ reportSetId: z.int().positive() }),
    async ({ payload: { reportSetId }, signal, progress }) => {
      if (!chromium) throw new JobRefused('reports.refused')
      const { builtPortal, newServer } = await import('./server.ts')
      const server = await newServer({ db, keys, chromium, ...(await builtPortal()) })
      try {
        const made = await makeReportSet(
          db,
          reportSetId,
          async (path, as) =>
            server.app.request(`/api/v1${path}`, {}, { requestId: randomUUID(), isLocal: false, ...as }),
          { signal, onProgress: (done, of) => progress(done / of) },
        )
        if (!made) throw new JobRefused('reports.refused')
        return made
      } finally {
        await server.close()
      }
    },
  )
}
