import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { stateCode } from '#modules/registry/index.ts'
import type { ImportedKind, ImportState } from './model.ts'
import { beginPackage, type PackageGiven } from './package/package-store.ts'
import { type Part, type PartCounts, refusedCounts } from './part.ts'
import { FileFault } from './read/file-fault.ts'
import { ImportProblem, type Rule } from './rules.ts'
import {
  type Begun,
  beginImport,
  cancelStatement,
  closeInterrupted,
  endImport,
  keepRefusals,
  otherKind,
  prepareMerge,
  takeTurn,
} from './store.ts'

export type Progress = {
  phase: 'waiting' | 'reading' | 'checking' | 'merging'
  bytes: number
  ofBytes: number
  /** lines read, headers not counted */
  rows: number
}

export interface RunOptions {
  db: Database
  dataKind: ImportedKind
  /** code of the state the files are about */
  state: string
  parts: readonly Part[]
  /** what the files have in common; left out: one file that came alone */
  package?: PackageGiven
  /** check and count only, keep nothing but the report */
  isTrial: boolean
  startedBy?: number | undefined
  onProgress?: ((progress: Progress) => void) | undefined
  signal?: AbortSignal | undefined
}

/** How each file ended. */
export interface Ended {
  begun: readonly Begun[]
  packageId: number | null
  seconds: number
}

/**
 * Imports files whole or not at all, in one transaction; one run at a time, a second one waits for its turn.
 *
 * @throws  ImportProblem when it could not be begun; the reason of the signal; what the database says
 */
export async function run(options: RunOptions): Promise<Ended> {
  const { db, dataKind, parts, onProgress, signal } = options
  if (dataKind === 'real' && db.embedded?.account === 'nobody') {
    throw new ImportProblem('database.not_for_real_data')
  }
  const ofBytes = parts.reduce((sum, { content }) => sum + content.bytes, 0)
  for (;;) {
    const attempt = new Run(options, ofBytes)
    if (await attempt.isDone()) return attempt.ended
    onProgress?.({ phase: 'waiting', bytes: 0, ofBytes, rows: 0 })
    await pause(200, undefined, { signal })
  }
}

/** Ends a transaction of which nothing is kept though nothing failed: files that are refused, and trials. */
class NotKept extends Error {}

class Run {
  readonly #options: RunOptions
  readonly #ofBytes: number
  /** Does work outside the transaction of the import, so that it stays when that is rolled back. */
  readonly #outside = AsyncLocalStorage.snapshot()
  readonly #started = performance.now()
  readonly #counts = new Map<Part, PartCounts>()
  readonly #faults = new Map<Part, Rule>()
  #begun: readonly Begun[] = []
  #packageId: number | null = null
  #bytesBefore = 0

  constructor(options: RunOptions, ofBytes: number) {
    this.#options = options
    this.#ofBytes = ofBytes
  }

  get ended(): Ended {
    const seconds = (performance.now() - this.#started) / 1000
    return { begun: this.#begun, packageId: this.#packageId, seconds }
  }

  /** Whether it was its turn; then it is over and written down. */
  async isDone(): Promise<boolean> {
    const { db, signal } = this.#options
    try {
      return await asJob(db, async (tx) => (await takeTurn(tx)) && (await this.#work(tx)))
    } catch (error) {
      if (!(await this.#endUnkept(error))) throw signal?.aborted ? signal.reason : error
      return true
    }
  }

  /** Everything that happens in the transaction of the import. */
  async #work(tx: Tx): Promise<true> {
    const { db, dataKind, state, signal } = this.#options
    const pid = await prepareMerge(tx)
    const held = await otherKind(tx, dataKind)
    if (held) throw new ImportProblem('database.other_kind', { held, given: dataKind })
    const known = await stateCode(tx)
    if (known !== undefined && known !== state) {
      throw new ImportProblem('state.other', { held: known, given: state })
    }
    await this.#begin()
    const cancel = () => {
      this.#outside(() => asJob(db, (other) => cancelStatement(other, pid))).catch((error: Error) => {
        db.log(`could not cancel an import: ${error.message}`)
      })
    }
    signal?.addEventListener('abort', cancel)
    try {
      await this.#takeAll(tx)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
    return true
  }

  async #begin() {
    const { db, dataKind, parts, isTrial, startedBy } = this.#options
    const common = { dataKind, startedBy, isTrial }
    await this.#outside(() =>
      asJob(db, async (journal) => {
        await closeInterrupted(journal)
        const given = this.#options.package
        this.#packageId = given ? await beginPackage(journal, { ...given, ...common }) : null
        const begun: Begun[] = []
        for (const { source, declared, content, entity } of parts) {
          begun.push(
            await beginImport(journal, {
              ...common,
              source,
              mapping: declared,
              file: content.name,
              bytes: content.bytes,
              entity,
              packageId: this.#packageId,
            }),
          )
        }
        this.#begun = begun
      }),
    )
  }

  async #takeAll(tx: Tx) {
    const { parts, signal, isTrial } = this.#options
    for (const [at, part] of parts.entries()) {
      const counts = await this.#take(tx, part, this.#begun[at]!.number)
      if (counts) this.#counts.set(part, counts)
      this.#bytesBefore += part.content.bytes
    }
    signal?.throwIfAborted()
    if (this.#isRefused || isTrial) throw new NotKept()
    for (const [at, part] of parts.entries()) {
      const counts = this.#counts.get(part)!
      await endImport(tx, this.#begun[at]!.number, { ...outcome(part), state: stateOf(counts), counts })
    }
  }

  async #take(tx: Tx, part: Part, importId: number): Promise<PartCounts | null> {
    this.#progress(part, 'reading', 0)
    try {
      return await part.take(tx, {
        importId,
        signal: this.#options.signal,
        onPiece: (bytes) => this.#progress(part, 'reading', bytes),
        onPhase: (phase) => this.#progress(part, phase, part.content.bytes),
        mayMerge: !this.#isRefused,
      })
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      const { line, rule, detail } = error
      part.refusals.add(part.entity, { line, column: null, rule, value: null, detail })
      this.#faults.set(part, rule)
      return null
    }
  }

  get #isRefused() {
    return this.#options.parts.some(({ refusals }) => refusals.total > 0)
  }

  /**
   * Writes down that nothing was kept, and why.
   *
   * @returns  true when there is a report of it: files were refused, or it was a trial
   */
  async #endUnkept(error: unknown): Promise<boolean> {
    const { db, parts } = this.#options
    const begun = this.#begun
    if (begun.length === 0) return false
    const written = asJob(db, async (tx) => {
      for (const [at, part] of parts.entries()) {
        await keepRefusals(tx, begun[at]!.number, part.refusals.list())
        await endImport(tx, begun[at]!.number, { ...outcome(part), ...this.#howEnded(part, error) })
      }
    })
    const isTold = error instanceof NotKept
    if (isTold) await written
    // The first error tells more; the import is closed by the next one when the database cannot be reached.
    else await written.catch((failure: Error) => db.log(`could not note a failed import: ${failure.message}`))
    return isTold
  }

  #howEnded(
    part: Part,
    error: unknown,
  ): { state: Exclude<ImportState, 'running'>; failure?: string; counts: PartCounts } {
    const { signal } = this.#options
    const counts = refusedCounts(part.refusals)
    if (error instanceof NotKept) {
      if (!this.#isRefused) return { state: 'checked', counts: this.#counts.get(part)! }
      const failure = part.refusals.total > 0 ? 'import.rows_refused' : 'import.package_refused'
      return { state: 'refused', failure: this.#faults.get(part) ?? failure, counts }
    }
    if (error instanceof ImportProblem) return { state: 'refused', failure: error.code, counts }
    return { state: 'failed', failure: signal?.aborted ? 'import.cancelled' : 'import.failed', counts }
  }

  #progress(part: Part, phase: Progress['phase'], bytes: number) {
    const { onProgress, parts } = this.#options
    onProgress?.({
      phase,
      bytes: this.#bytesBefore + Math.min(bytes, part.content.bytes),
      ofBytes: this.#ofBytes,
      rows: parts.reduce((sum, { read }) => sum + read, 0),
    })
  }
}

function outcome({ sha256, read, refusals }: Part) {
  return { sha256, rowsRead: read, rowsRefused: refusals.lines, refusals: refusals.total }
}

/** Whether the bank held all of it already. */
function stateOf(counts: PartCounts): 'merged' | 'unchanged' {
  const changes = Object.values(counts).some((each) => each.added + each.changed + each.withdrawn > 0)
  return changes ? 'merged' : 'unchanged'
}
