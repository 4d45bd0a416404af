import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { sweepFolder, type Uploads } from './upload-folder.ts'
import { uploadsThatWait } from './upload-store.ts'

const YOUNG = 10 * 60_000 // ms; a sender silent for longer is gone, and a file just arrived has its row by then

/**
 * Destroys uploads that nobody imported within a day, and what processes that were killed left behind.
 *
 * @param isStart  nothing of ours runs yet, so nothing can still be arriving
 * @returns        how many files were destroyed
 */
export async function sweepUploads(
  db: Database,
  { folder }: Pick<Uploads, 'folder'>,
  isStart = false,
): Promise<number> {
  const waiting = await asJob(db, uploadsThatWait)
  return sweepFolder(folder, new Set(waiting), isStart ? 0 : YOUNG)
}
