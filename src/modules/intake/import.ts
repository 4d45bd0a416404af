import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import { MappedPart } from './mapping/mapped-part.ts'
import type { Mapping } from './mapping/mapping.ts'
import type { ImportReport } from './model.ts'
import { fileContent } from './read/content.ts'
import { ImportProblem } from './rules.ts'
import { type Progress, run } from './run.ts'
import { closeInterrupted, importByUuid, takeTurn } from './store.ts'

export type ImportOptions = {
  db: Database
  keys: Keys
  file: string
  mapping: Mapping
  /** Name in the report, where it is not that of the file. */
  name?: string
  /** Check and count only: nothing is kept but the report. */
  dryRun?: boolean
  /** access.person; the command line when left out */
  startedBy?: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
  /** How many learners are remembered at once: memory against sealing one twice. Default 300,000. */
  rememberedLearners?: number
}

/**
 * Imports a file whole or not at all: reads and checks every row, stages it, checks the rows together, and merges them in
 * one transaction. What the bank already holds stays as it is; what is said differently supersedes the earlier version. One
 * import at a time; a second one waits for its turn.
 *
 * @returns  the report, also when the file was refused
 * @throws   ImportProblem when it could not be begun (no such file, a wrong mapping, data of another kind); the reason of
 *           the signal when it was cancelled; what the database says when it failed. Nothing is kept then
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const { db, keys, file, mapping, name, dryRun = false, rememberedLearners } = options
  const content = fileContent(file, name ?? basename(file), await sizeOf(file))
  const part = new MappedPart(content, mapping, sealer(keys), rememberedLearners)
  const { begun, seconds } = await run({
    db,
    dataKind: mapping.dataKind,
    state: mapping.state.code,
    parts: [part],
    isTrial: dryRun,
    startedBy: options.startedBy,
    onProgress: options.onProgress,
    signal: options.signal,
  })
  const detail = await asJob(db, (tx) => importByUuid(tx, begun[0]!.id))
  return { ...detail!, seconds, rowsPerSecond: Math.round(detail!.rowsRead / seconds) }
}

/** Closes imports whose program was killed; when one is running, it does nothing. For the start of the service. */
export function closeInterruptedImports(db: Database): Promise<number> {
  return asJob(db, async (tx) => ((await takeTurn(tx)) ? closeInterrupted(tx) : 0))
}

/** @throws ImportProblem when there is no such plain file */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => {
    throw new ImportProblem('file.missing', { file })
  })
  if (!found.isFile()) throw new ImportProblem('file.not_a_file', { file })
  return found.size
}
