import { z } from 'zod'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import {
  ImportProblem,
  importUpload,
  type Progress,
  UploadRefused,
  type Uploads,
} from '#modules/intake/index.ts'
import { handler, JobRefused } from '#modules/jobs/index.ts'
import { proveFirstKey } from '#modules/keys/index.ts'
import { tellOfData } from '#modules/publications/index.ts'

/** What the import of an upload needs besides the database. */
export interface ImportPlace {
  uploads: Pick<Uploads, 'folder'>
  /** real data may not come into this database (docs/operations.md) */
  refusesRealData: boolean
}

/** Checks or takes over an upload. Payloads name the upload and its mapping by their numbers. */
export function importHandler(db: Database, keys: Keys, { uploads, refusesRealData }: ImportPlace) {
  return handler(
    z.object({
      uploadId: z.int().positive(),
      mappingId: z.int().positive().nullable(),
      dryRun: z.boolean(),
    }),
    async ({ payload, signal, progress, ask }) => {
      const { state, rowsRead, refusals, counts } = await importUpload({
        db,
        keys,
        uploads,
        asked: payload,
        signal,
        async before(kind) {
          if (refusesRealData && kind === 'real') throw new ImportProblem('database.not_for_real_data')
          await asJob(db, (tx) => proveFirstKey(tx, keys))
        },
        onProgress: (at) => progress(shareDone(at), { phase: at.phase, rows: at.rows }),
      }).catch((error: unknown) => {
        throw error instanceof UploadRefused ? new JobRefused(error.why) : error
      })
      if (state === 'merged') {
        await asJob(db, makeDemoPeople)
        await asJob(db, tellOfData)
        await ask('checks')
      }
      const sum = (key: 'added' | 'changed' | 'withdrawn') =>
        Object.values(counts).reduce((total, each) => total + each[key], 0)
      return {
        rows: rowsRead,
        refusals,
        ...(state === 'merged' && {
          added: sum('added'),
          changed: sum('changed'),
          withdrawn: sum('withdrawn'),
        }),
      }
    },
  )
}

/** Reading takes the larger part of the time; how long the rest takes cannot be told while it lasts. */
function shareDone({ phase, bytes, ofBytes }: Progress): number {
  if (phase === 'waiting') return 0
  if (phase === 'reading') return 0.7 * (ofBytes > 0 ? bytes / ofBytes : 1)
  return phase === 'checking' ? 0.72 : 0.8
}
