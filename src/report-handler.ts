import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '#db/connection.ts'
import { handler, type JobHandlers, JobRefused } from '#modules/jobs/index.ts'
import { makeReportSet } from '#modules/publications/index.ts'

/** The API and the portal, answering within this process. */
export interface Answering {
  app: { request(path: string, init: RequestInit, caller: object): Response | Promise<Response> }
  close(): Promise<unknown>
}

/**
 * Makes the reports of all schools of whoever asked. The API and the portal answer in this process, while it is at it, as they answer in
 * a web process.
 *
 * @param answering  begins to answer; null: nothing prints here
 */
export function reportHandler(
  db: Database,
  answering: (() => Promise<Answering>) | null,
): JobHandlers['reports'] {
  return handler(
    z.object({ reportSetId: z.int().positive() }),
    async ({ payload: { reportSetId }, signal, progress }) => {
      if (!answering) throw new JobRefused('reports.refused')
      const server = await answering()
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
