import { stat } from 'node:fs/promises'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { importFile } from '../import.ts'
import { parseMapping } from '../mapping/load-mapping.ts'
import type { ImportedKind, ImportReport } from '../model.ts'
import { importPackage, readManifest } from '../package/import-package.ts'
import { ImportProblem } from '../rules.ts'
import type { Progress } from '../run.ts'
import { importByUuid } from '../store.ts'
import { destroyUpload, type Uploads, uploadPath } from './upload-folder.ts'
import {
  importOfUpload,
  noteImported,
  noteProblem,
  uploadForJob,
  type WaitingUpload,
} from './upload-store.ts'

/** The import of an upload will be refused again however often it is tried. */
export class UploadRefused extends Error {
  readonly why: 'upload.gone' | 'import.not_begun'

  constructor(why: UploadRefused['why']) {
    super(why)
    this.name = 'UploadRefused'
    this.why = why
  }
}

export interface UploadImport {
  db: Database
  keys: Keys
  uploads: Pick<Uploads, 'folder'>
  /** what the job was told: ids only */
  asked: { uploadId: number; mappingId: number | null; dryRun: boolean }
  signal: AbortSignal
  onProgress: (progress: Progress) => void
  /** Called before anything is read; throws ImportProblem to refuse. */
  before: (kind: ImportedKind) => Promise<void>
}

type Outcome = Pick<ImportReport, 'state' | 'rowsRead' | 'refusals' | 'counts'>

/**
 * Imports an upload, whole or not at all. Once the import has come to its end, whatever it says, the file is destroyed; an import that
 * was cut off can be asked for again, and one that was noted already is not done twice.
 *
 * @throws  UploadRefused; the reason of the signal; what the database says
 */
export async function importUpload(options: UploadImport): Promise<Outcome> {
  const { db, uploads, asked } = options
  const upload = await asJob(db, (tx) => uploadForJob(tx, asked.uploadId, asked.mappingId))
  if (!upload) throw new UploadRefused('upload.gone')
  const file = uploadPath(uploads.folder, upload.id)
  if (upload.state === 'imported') {
    await destroyUpload(uploads.folder, upload.id)
    return earlier(db, upload)
  }
  if (upload.state !== 'waiting' || !(await isThere(file))) throw new UploadRefused('upload.gone')
  const report = await attempt(options, upload, file).catch(async (error: unknown) => {
    if (!(error instanceof ImportProblem)) throw error
    const { code, detail } = error
    await asJob(db, (tx) => noteProblem(tx, asked.uploadId, { code, detail }))
    throw new UploadRefused('import.not_begun')
  })
  await asJob(db, (tx) => noteImported(tx, asked.uploadId, report.id, !asked.dryRun))
  if (!asked.dryRun) await destroyUpload(uploads.folder, upload.id)
  return report
}

async function attempt(options: UploadImport, upload: WaitingUpload, file: string): Promise<ImportReport> {
  const { db, keys, asked, signal, onProgress, before } = options
  const common = {
    db,
    keys,
    file,
    startedBy: upload.uploadedBy,
    signal,
    name: upload.file,
    dryRun: asked.dryRun,
    onProgress,
  }
  if (upload.format === 'zip') {
    await before((await readManifest(file)).dataKind)
    return importPackage(common)
  }
  const mapping = parseMapping(upload.mapping)
  await before(mapping.dataKind)
  return importFile({ ...common, mapping })
}

/** What an import of the same upload came to whose job was cut off before it could say so. */
async function earlier(db: Database, { importId }: WaitingUpload): Promise<Outcome> {
  const found = await asJob(db, async (tx) => {
    const uuid = importId === null ? null : await importOfUpload(tx, importId)
    return uuid === null ? null : importByUuid(tx, uuid)
  })
  if (!found) throw new UploadRefused('upload.gone')
  return found
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
}
