import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { holding } from '#db/held.ts'
import type { Keys } from '#db/keys.ts'
import {
  ImportProblem,
  type ImportReport,
  importFile,
  importPackage,
  parseMapping,
  readManifest,
} from '#modules/intake/index.ts'
import type { ImportedKind } from '#modules/intake/model.ts'
import type { AnyConnector, Delivery } from './connector.ts'
import { connectors } from './connectors.ts'
import { holdFeed, letFeedGo } from './hold-store.ts'
import { agreed, Http } from './http.ts'
import type { FeedOutcome } from './model.ts'
import { outboxOf } from './outbox.ts'
import { backOff, type Patience } from './patience.ts'
import type { Secrets } from './secrets.ts'
import { SourceFault } from './source-fault.ts'
import {
  beginRun,
  endRun,
  type FeedToRun,
  mappingByName,
  noteState,
  type RunCounts,
  type RunEnd,
} from './store.ts'

export interface RunFeedOptions {
  db: Database
  keys: Keys
  feedId: number
  /** where what comes lies until it is imported; 0700, outside of the database and its backups */
  folder: string
  secrets: Secrets
  signal: AbortSignal
  now: () => Date
  patience: Patience
  /** Called before a delivery is imported; throws ImportProblem to refuse. */
  before: (kind: ImportedKind) => Promise<void>
  /** ms one answer of a source may take; default 30 s */
  answerWithin?: number
}

export interface FeedReport {
  outcome: Exclude<FeedOutcome, 'running'>
  counts: RunCounts
}

const FIRST_WAIT = 60 // s after the first failure
const LONGEST_WAIT = 6 * 3600 // s, before it is spread

/**
 * Asks a source for what is new and imports it, delivery after delivery; after each the feed has got further, so that what is cut off
 * goes on from there. What went wrong at the source is no failure of ours: it is noted and told.
 *
 * @returns  undefined when another process runs the feed, or it is not there any more
 * @throws   the reason of the signal; what the database says; errors of ours, once the run is closed
 */
export async function runFeed(options: RunFeedOptions): Promise<FeedReport | undefined> {
  const { db, feedId, folder } = options
  return holding(db.jobPool, async (client, spoil) => {
    if (!(await holdFeed(client, feedId))) return undefined
    const own = join(folder, `feed-${feedId}`)
    try {
      const begun = await asJob(db, (tx) => beginRun(tx, feedId))
      if (!begun) return undefined
      await rm(own, { recursive: true, force: true }) // what a process that was killed has left
      await mkdir(own, { recursive: true, mode: 0o700 })
      const run = new Run(options, own, begun.feed, begun.runId)
      const end = await run.toItsEnd()
      await asJob(db, (tx) => endRun(tx, feedId, begun.runId, end))
      if (run.error !== undefined) throw run.error
      return { outcome: end.outcome, counts: end.counts }
    } finally {
      await rm(own, { recursive: true, force: true })
      await letFeedGo(client, feedId).catch(spoil)
    }
  })
}

class Run {
  readonly #options: RunFeedOptions
  readonly #folder: string
  readonly #feed: FeedToRun
  readonly #runId: number
  /** an error of ours, after which the run was closed */
  error: unknown
  readonly #counts: RunCounts = { deliveries: 0, rows: 0, changes: 0, refusals: 0, importId: null }

  constructor(options: RunFeedOptions, folder: string, feed: FeedToRun, runId: number) {
    this.#options = options
    this.#folder = folder
    this.#feed = feed
    this.#runId = runId
  }

  async toItsEnd(): Promise<RunEnd> {
    const { signal } = this.#options
    try {
      const refusal = await this.#takeAll()
      if (refusal) return this.#end('refused', refusal)
      return this.#end(this.#counts.deliveries > 0 ? 'taken' : 'nothing', null)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ImportProblem) {
        return this.#end('refused', { code: error.code, detail: error.detail })
      }
      if (!(error instanceof SourceFault)) {
        this.error = error
        return this.#failed({ code: 'feed.error', detail: {} }, 0)
      }
      const { code, detail, retryAfter = 0 } = error
      if (settled.has(code)) return this.#end('refused', { code, detail })
      return this.#failed({ code, detail }, retryAfter)
    }
  }

  #failed(problem: RunEnd['problem'], retryAfter: number): RunEnd {
    const wait = backOff(this.#feed.failures + 1, FIRST_WAIT, LONGEST_WAIT, this.#options.patience.random())
    return { ...this.#end('failed', problem), after: Math.max(wait, retryAfter) }
  }

  #end(outcome: RunEnd['outcome'], problem: RunEnd['problem']): RunEnd {
    return { outcome, problem, counts: this.#counts, after: null }
  }

  /** Takes what came; why something of it was refused, the first of it. */
  async #takeAll(): Promise<RunEnd['problem']> {
    const { db, keys, signal, secrets, now, patience, answerWithin } = this.#options
    const connector = connectors[this.#feed.kind] as AnyConnector
    const deliveries = connector.deliveries({
      settings: settingsOf(connector, this.#feed.settings),
      state: agreed(connector.state, this.#feed.state),
      http: new Http({ signal, patience, ...(answerWithin !== undefined && { within: answerWithin }) }),
      secrets,
      signal,
      now: now(),
      folder: this.#folder,
      mapping: async (name) => {
        const content = await asJob(db, (tx) => mappingByName(tx, name))
        if (content === undefined) throw new SourceFault('feed.mapping', { name })
        return parseMapping(content)
      },
      outbox: outboxOf(db, keys, this.#feed.feedId),
    })
    let first: RunEnd['problem'] = null
    for await (const delivery of deliveries) {
      signal.throwIfAborted()
      const refusal = await this.#take(delivery)
      if (!refusal) {
        await asJob(db, (tx) => noteState(tx, this.#feed.feedId, this.#runId, delivery.state, this.#counts))
        continue
      }
      first ??= refusal
      if (!delivery.mayBeRefused) break
    }
    return first
  }

  /** Imports a delivery; why it was refused, or null when the bank holds it now. */
  async #take(delivery: Delivery<unknown>): Promise<RunEnd['problem']> {
    const { file, settle, sent = 0 } = delivery
    this.#counts.deliveries += sent
    if (file === undefined) return null
    const report = await this.#import(file, delivery).catch((error: unknown) => {
      if (error instanceof ImportProblem) return error
      throw error
    })
    if (report instanceof ImportProblem) {
      await settle?.(report)
      return { code: report.code, detail: report.detail }
    }
    const { state, rowsRead, refusals, counts, id } = report
    const isTaken = state === 'merged' || state === 'unchanged'
    this.#counts.rows += rowsRead
    this.#counts.refusals += refusals
    this.#counts.importId = id
    if (isTaken) this.#counts.deliveries += 1
    if (state === 'merged') {
      for (const each of Object.values(counts))
        this.#counts.changes += each.added + each.changed + each.withdrawn
    }
    await settle?.(report)
    return isTaken ? null : { code: 'feed.rows_refused', detail: {} }
  }

  async #import(file: string, { name, mapping }: Delivery<unknown>): Promise<ImportReport> {
    const { db, keys, signal, before } = this.#options
    const common = { db, keys, file, signal, name: name ?? this.#feed.name }
    if (mapping) {
      await before(mapping.dataKind)
      return importFile({ ...common, mapping })
    }
    await before((await readManifest(file)).dataKind)
    return importPackage(common)
  }
}

/** Faults that stay until somebody has settled them: there is no use in asking sooner than the schedule says. */
const settled = new Set(['source.schema', 'source.cursor_gone', 'feed.mapping', 'feed.settings'])

function settingsOf(connector: AnyConnector, settings: unknown): unknown {
  const read = connector.settings.safeParse(settings)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  throw new SourceFault('feed.settings', { fields: fields.slice(0, 500) })
}
