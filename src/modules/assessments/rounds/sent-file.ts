import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { destroyUpload, KEPT_FOR, sweepFolder, type Uploads, uploadPath } from '#modules/intake/index.ts'
import { type FileReport, takeFile } from './file-store.ts'
import type { SentFileReport } from './model.ts'
import { RoundRefused } from './refused.ts'
import { filesThatWait, fileToDo, noteFile } from './sent-file-store.ts'

const SHOWN = 500 // refusals kept with the report
const YOUNG = 10 * 60_000 // ms; a file that has just arrived has no row yet

/** Where files of rounds wait: beside the other uploads, swept on their own. */
export const roundFolder = ({ folder }: Pick<Uploads, 'folder'>) => ({ folder: join(folder, 'rounds') })

/**
 * Tries a file that was sent, or takes it over where that was decided. The same again changes nothing: a process may die at any moment.
 *
 * @returns  what became of it; null: it was decided meanwhile; 'gone': its bytes are not there any more
 */
export async function workOnFile(
  db: Database,
  keys: Keys,
  uploads: Pick<Uploads, 'folder'>,
  fileId: number,
): Promise<SentFileReport | null | 'gone'> {
  const { folder } = roundFolder(uploads)
  const file = await asJob(db, (tx) => fileToDo(tx, fileId))
  if (!file) return null
  const bytes = await readFile(uploadPath(folder, file.id)).catch(() => null)
  if (!bytes) {
    await asJob(db, (tx) =>
      noteFile(tx, fileId, 'refused', { ...nothing, refused: 1, refusals: [{ line: 0, reason: 'gone' }] }),
    )
    return 'gone'
  }
  const text = textOf(bytes)
  const report =
    text === null
      ? { ...nothing, refused: 1, refusals: [{ line: 0, reason: 'no_text' as const }] }
      : await takeFile(db, keys, file.round, text, { dryRun: file.dryRun, person: file.person }).then(
          told,
          refusedWhole,
        )
  const state = report.refused > 0 ? 'refused' : file.dryRun ? 'checked' : 'applied'
  await asJob(db, (tx) => noteFile(tx, fileId, state, report))
  if (state !== 'checked') await destroyUpload(folder, file.id)
  return report
}

/** Destroys files that nobody decided about within a day, and what processes that were killed left behind. */
export async function sweepRoundFiles(db: Database, uploads: Pick<Uploads, 'folder'>): Promise<number> {
  const waiting = await asJob(db, (tx) => filesThatWait(tx, KEPT_FOR))
  return sweepFolder(roundFolder(uploads).folder, new Set(waiting), YOUNG)
}

const nothing = { kind: null, lines: 0, pupils: 0, taken: 0, unchanged: 0 }

function told({ lines, pupils, taken, unchanged, refusals, kind }: FileReport): SentFileReport {
  return {
    kind,
    lines,
    pupils,
    taken,
    unchanged,
    refused: refusals.length,
    refusals: refusals.slice(0, SHOWN),
  }
}

/** The round moved on while the file waited. */
function refusedWhole(error: unknown): SentFileReport {
  if (!(error instanceof RoundRefused)) throw error
  return { ...nothing, refused: 1, refusals: [{ line: 0, reason: 'wrong_state' }] }
}

/** Null: no text in UTF-8 (a workbook, a picture, another encoding). */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
