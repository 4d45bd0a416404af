import { z } from 'zod'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { type DemoPart, handler, JobRefused, type JobStep } from '#modules/jobs/index.ts'
import { loadMadeUpCountry, NotFresh } from './made-up-country.ts'
import { refused } from './refused-job.ts'

/** Makes and loads the made-up Latvia of the first start. */
export function demoHandler(db: Database, keys: Keys) {
  return handler(z.object({}), async ({ signal, progress, ask }) => {
    const watch = new PartWatch()
    const rows = await loadMadeUpCountry({
      db,
      keys,
      asked: { size: process.env.IKMS_DEMO_SIZE ?? 'demo' },
      goesOn: true,
      signal,
      onProgress(done, part, read) {
        const took = watch.at(part, performance.now())
        progress(done, { part, took, ...(read !== undefined && { rows: read }) })
      },
    }).catch((error: unknown) => {
      if (error instanceof NotFresh) throw new JobRefused('demo.not_fresh')
      return refused(error)
    })
    await ask('checks')
    return { rows }
  })
}

/** How long the parts took that are done. */
class PartWatch {
  #part: DemoPart | null = null
  #since = 0
  readonly #took: NonNullable<JobStep['took']> = []

  at(part: DemoPart, now: number): NonNullable<JobStep['took']> {
    if (part !== this.#part) {
      if (this.#part) this.#took.push({ part: this.#part, seconds: Math.round((now - this.#since) / 1000) })
      this.#part = part
      this.#since = now
    }
    return [...this.#took]
  }
}
