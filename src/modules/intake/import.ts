import { AsyncLocalStorage } from 'node:async_hooks'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { findAssessments } from '#modules/records/index.ts'
import { type Sealer, sealer, stateCode } from '#modules/registry/index.ts'
import { FileFault } from './file-fault.ts'
import type { Mapping } from './mapping.ts'
import { merge } from './merge.ts'
import type { ImportReport } from './model.ts'
import { Refusals } from './refusals.ts'
import { Rows } from './rows.ts'
import { ImportProblem, type Rule } from './rules.ts'
import { checkTogether, makeStaging, stage } from './stage.ts'
import {
  type Begun,
  beginImport,
  cancelStatement,
  closeInterrupted,
  endImport,
  importByUuid,
  keepRefusals,
  otherKind,
  prepareMerge,
  takeTurn,
} from './store.ts'

export type ImportOptions = {
  db: Database
  keys: Keys
  file: string
  mapping: Mapping
  /** access.person; the command line when left out */
  startedBy?: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
  /** How many learners are remembered at once: memory against sealing one twice. Default 300,000. */
  rememberedLearners?: number
}

export type Progress = {
  phase: 'waiting' | 'reading' | 'checking' | 'merging'
  bytes: number
  ofBytes: number
  /** lines read, the header not counted */
  rows: number
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
  const { db, keys, file, mapping, onProgress, signal } = options
  if (mapping.dataKind === 'real' && db.embedded?.account === 'nobody') {
    throw new ImportProblem('database.not_for_real_data')
  }
  const ofBytes = await sizeOf(file)
  const seals = sealer(keys)
  // Refuses constants that do not fit before anything is read.
  new Rows(mapping, new Map(mapping.file.columns.map((name, at) => [name, at])), seals, new Refusals())
  for (;;) {
    const report = await attempt({ ...options, ofBytes })
    if (report) return report
    onProgress?.({ phase: 'waiting', bytes: 0, ofBytes, rows: 0 })
    await pause(200, undefined, { signal })
  }
  async function attempt(given: ImportOptions & { ofBytes: number }): Promise<ImportReport | undefined> {
    const run = new Run(given, seals)
    try {
      const isTurn = await asJob(db, async (tx) => (await takeTurn(tx)) && (await run.work(tx)))
      if (!isTurn) return undefined
    } catch (error) {
      if (!(await run.endUnmerged(error))) throw signal?.aborted ? signal.reason : error
    }
    return run.report()
  }
}

/** Closes imports whose program was killed; when one is running, it does nothing. For the start of the service. */
export function closeInterruptedImports(db: Database): Promise<number> {
  return asJob(db, async (tx) => ((await takeTurn(tx)) ? closeInterrupted(tx) : 0))
}

/** Ends the transaction of a file that is refused; caught in `importFile`. */
class Refused extends Error {}

class Run {
  readonly #options: ImportOptions & { ofBytes: number }
  readonly #seals: Sealer
  readonly #refusals = new Refusals()
  /** Does work outside the transaction of the import, so that it stays when that is rolled back. */
  readonly #outside = AsyncLocalStorage.snapshot()
  readonly #started = performance.now()
  #begun: Begun | undefined
  #rows: Rows | undefined
  #sha256: Buffer | undefined
  #fault: Rule | undefined

  constructor(options: ImportOptions & { ofBytes: number }, seals: Sealer) {
    this.#options = options
    this.#seals = seals
  }

  /** Everything that happens in the transaction of the import. */
  async work(tx: Tx): Promise<true> {
    const { db, mapping, file, ofBytes, startedBy, signal } = this.#options
    const pid = await prepareMerge(tx)
    const held = await otherKind(tx, mapping.dataKind)
    if (held) throw new ImportProblem('database.other_kind', { held, given: mapping.dataKind })
    const state = await stateCode(tx)
    if (state !== undefined && state !== mapping.state.code) {
      throw new ImportProblem('state.other', { held: state, given: mapping.state.code })
    }
    this.#begun = await this.#journal(async (journal) => {
      await closeInterrupted(journal)
      const { name: source, dataKind } = mapping
      return beginImport(journal, {
        source,
        mapping,
        dataKind,
        file: basename(file),
        bytes: ofBytes,
        startedBy,
      })
    })
    const cancel = () => {
      this.#outside(() => asJob(db, (other) => cancelStatement(other, pid))).catch((error: Error) => {
        db.log(`could not cancel an import: ${error.message}`)
      })
    }
    signal?.addEventListener('abort', cancel)
    try {
      await this.#stageAndMerge(tx, this.#begun.number)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
    return true
  }

  async #stageAndMerge(tx: Tx, number: number) {
    const { mapping, signal } = this.#options
    await makeStaging(tx)
    const difference = await findAssessments(tx, number, mapping.scales, mapping.assessments)
    if (difference) throw new ImportProblem('assessment.differs', difference)
    await this.#read(tx, number)
    this.#progress('checking')
    await checkTogether(tx, mapping, this.#rows!, this.#refusals)
    if (this.#refusals.total > 0) throw new Refused()
    this.#progress('merging')
    const counts = await merge(tx, number, this.#rows!)
    signal?.throwIfAborted()
    const changes = Object.values(counts).some((each) => each.added + each.changed + each.withdrawn > 0)
    await endImport(tx, number, { ...this.#outcome(), state: changes ? 'merged' : 'unchanged', counts })
  }

  async #read(tx: Tx, number: number) {
    const { file, mapping, signal, rememberedLearners } = this.#options
    try {
      this.#sha256 = await stage(tx, number, {
        file,
        mapping,
        signal,
        newRows: (columns) => {
          this.#rows = new Rows(mapping, columns, this.#seals, this.#refusals, rememberedLearners)
          return this.#rows
        },
        onPiece: (bytes) => this.#progress('reading', bytes),
      })
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      const { line, rule, detail } = error
      this.#refusals.add(null, { line, column: null, rule, value: null, detail })
      this.#fault = rule
      throw new Refused()
    }
  }

  /**
   * Writes down that nothing was merged, and why.
   *
   * @returns  true when the file was refused and there is a report of it
   */
  async endUnmerged(error: unknown): Promise<boolean> {
    const { db, signal } = this.#options
    const begun = this.#begun
    const isRefused = error instanceof Refused
    if (!begun) return false
    const counts = Object.fromEntries(
      Object.entries(this.#refusals.byEntity).map(([entity, refused]) => [entity, { ...nothing, refused }]),
    )
    const ended = isRefused
      ? { state: 'refused' as const, failure: this.#fault ?? 'import.rows_refused' }
      : error instanceof ImportProblem
        ? { state: 'refused' as const, failure: error.code }
        : { state: 'failed' as const, failure: signal?.aborted ? 'import.cancelled' : 'import.failed' }
    const written = asJob(db, async (tx) => {
      await keepRefusals(tx, begun.number, this.#refusals.list())
      await endImport(tx, begun.number, { ...this.#outcome(), ...ended, counts })
    })
    if (isRefused) await written
    // The first error tells more; the import is closed by the next one when the database cannot be reached.
    else await written.catch((failure: Error) => db.log(`could not note a failed import: ${failure.message}`))
    return isRefused
  }

  async report(): Promise<ImportReport> {
    const { db } = this.#options
    const seconds = (performance.now() - this.#started) / 1000
    const detail = await asJob(db, (tx) => importByUuid(tx, this.#begun!.id))
    return { ...detail!, seconds, rowsPerSecond: Math.round(detail!.rowsRead / seconds) }
  }

  #outcome() {
    const { total: refusals, lines: rowsRefused } = this.#refusals
    return { sha256: this.#sha256, rowsRead: this.#rows?.read ?? 0, rowsRefused, refusals }
  }

  #journal<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#outside(() => asJob(this.#options.db, work))
  }

  #progress(phase: Progress['phase'], bytes = this.#options.ofBytes) {
    const { onProgress, ofBytes } = this.#options
    onProgress?.({ phase, bytes, ofBytes, rows: this.#rows?.read ?? 0 })
  }
}

const nothing = { read: 0, added: 0, changed: 0, withdrawn: 0, unchanged: 0 }

/** @throws ImportProblem when there is no such plain file */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => {
    throw new ImportProblem('file.missing', { file })
  })
  if (!found.isFile()) throw new ImportProblem('file.not_a_file', { file })
  return found.size
}
