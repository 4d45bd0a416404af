import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Log } from '#http/log.ts'
import { withoutWords } from '#http/refuse.ts'
import { Bell } from './bell.ts'
import {
  beginTry,
  type Claim,
  claimStands,
  claimsUnderWay,
  forgetOldJobs,
  giveBack,
  isCancelled,
  noteFailure,
} from './claim-store.ts'
import { faultOf } from './failures.ts'
import { type JobHandlers, JobRefused } from './handler.ts'
import { type Hold, openHold } from './hold.ts'
import { JobKind, type JobResult } from './model.ts'
import { ProgressNotes } from './progress.ts'
import { openQueue, type Queue } from './queue-store.ts'
import { askForJob } from './store.ts'

export interface WorkerOptions {
  db: Database
  handlers: JobHandlers
  /** the kinds it does, its lane; default: all */
  kinds?: readonly JobKind[]
  /** stops the statements the handlers are at */
  cancelWork: () => Promise<void>
  /** puts in order what jobs that ended for good have left; done while nothing waits */
  tidy?: (tx: Tx) => Promise<void>
  log: Log
  /** ms a running job gets to come to its end by itself when the worker is stopped; default 3 s */
  grace?: number
}

const LOOK = 5_000 // ms between looks, in case a notification was lost
const AFTERWARDS = 5 // s until a job that another process still holds is tried again
const NAG = 500 // ms between attempts to stop a job that does not notice
const PATIENCE = 10_000 // ms a job gets to notice that it was cancelled; then the process ends under it

/** A job does not notice that it is to end, or the connection is lost: the process must end, and another goes on. */
export class WorkerLost extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'WorkerLost'
  }
}

/** Why a job ends before its time: its process is to stop, a person cancelled it, the queue has given the try up. */
type Ending = 'stopped' | 'cancelled' | 'given up'
type Outcome = { result: JobResult } | { error: unknown }

/**
 * Does one job of its lane after the other, whichever waits, as long as it is not stopped. A job is held by a lock of its process's
 * connection: no two processes do the same at once, and one whose process died is found at once and done by the next.
 */
export class JobWorker {
  /** Resolves when the worker was stopped; rejects when its process must end. */
  readonly ended: Promise<void>
  readonly #options: WorkerOptions
  readonly #queue: Queue
  readonly #bell = new Bell()
  /** Does work outside the transaction of the job. */
  readonly #outside = AsyncLocalStorage.snapshot()
  #hold!: Hold
  #isStopping = false
  #isLost = false

  private constructor(options: WorkerOptions, queue: Queue) {
    this.#options = options
    this.#queue = queue
    this.ended = this.#run()
    this.ended.catch(() => {}) // whoever started it hears of it
  }

  static async start(options: WorkerOptions): Promise<JobWorker> {
    return new JobWorker(options, await openQueue(options.db, options.log, options.kinds ?? JobKind.options))
  }

  /** Ends the job under way, or gives it back, then the worker. */
  stop(): Promise<void> {
    this.#isStopping = true
    this.#bell.ring()
    return this.ended
  }

  async #run(): Promise<void> {
    const { db } = this.#options
    this.#hold = await openHold(
      db,
      () => this.#bell.ring(),
      () => {
        this.#isLost = true
        this.#bell.ring()
      },
    )
    try {
      while (!this.#isStopping) {
        this.#refuseLost()
        await this.#takeOver()
        const job = await this.#queue.next()
        if (job) await this.#do(job)
        else {
          await asJob(db, async (tx) => {
            await forgetOldJobs(tx)
            await this.#options.tidy?.(tx)
          })
          await this.#bell.wait(LOOK)
        }
      }
    } finally {
      await this.#queue.stop()
      this.#hold.close()
    }
  }

  #refuseLost() {
    if (this.#isLost) throw new WorkerLost('the connection that holds jobs was lost')
  }

  /** Puts jobs whose process died back into the queue. Their broken-off try counts. */
  async #takeOver(): Promise<void> {
    const { db, log, kinds } = this.#options
    for (const claim of await asJob(db, claimsUnderWay)) {
      if (kinds && !kinds.includes(claim.name as JobKind)) continue
      if (!(await this.#hold.take(claim.id))) continue
      try {
        const isBack = await asJob(db, async (tx) => {
          if (!(await claimStands(tx, claim))) return true // its process came to the end just now
          await noteFailure(tx, claim.id, 'job.interrupted', null)
          log.warn({ job: claim.id, kind: claim.name }, 'a job is taken over from a process that died')
          return giveBack(tx, claim, { counts: true })
        }).catch(() => false) // another of its kind waits for the next try already
        if (!isBack) await this.#queue.fail(claim, 'job.interrupted')
      } finally {
        await this.#hold.letGo(claim.id)
      }
    }
  }

  async #do(job: Claim & { data: unknown }): Promise<void> {
    const { db, handlers, log } = this.#options
    // Somebody whose try was cancelled or given up still holds it: it waits until that one has noticed.
    if (!(await this.#hold.take(job.id))) {
      await asJob(db, (tx) => giveBack(tx, job, { counts: false, after: AFTERWARDS }))
      return
    }
    try {
      const isOurs = await asJob(db, async (tx) => {
        if (!(await claimStands(tx, job))) return false
        await beginTry(tx, job.id)
        return true
      })
      if (!isOurs) return
      const payload = handlers[job.name as JobKind].parse(job.data)
      if (!payload.success) return await this.#queue.giveUp(job, 'job.wrong_payload')
      const started = performance.now()
      const { outcome, ending } = await this.#attempt(job, payload.data)
      const seconds = (performance.now() - started) / 1000
      const about = { job: job.id, kind: job.name, seconds: Math.round(seconds * 10) / 10 }
      if (ending === 'cancelled' || ending === 'given up') {
        if (ending === 'given up') await asJob(db, (tx) => noteFailure(tx, job.id, 'job.too_long', null))
        log.info(about, `job ${ending}`)
      } else if ('result' in outcome) {
        await this.#queue.complete(job, outcome.result)
        log.info(about, 'job done')
      } else if (ending === 'stopped') {
        await asJob(db, (tx) => giveBack(tx, job, { counts: false })).catch(() =>
          this.#queue.fail(job, 'job.interrupted'),
        )
        log.info(about, 'job given back')
      } else if (outcome.error instanceof JobRefused) {
        log.warn({ ...about, failure: outcome.error.failure }, 'job refused')
        await this.#queue.giveUp(job, outcome.error.failure)
      } else {
        log.error({ ...about, ...withoutWords(outcome.error) }, 'job failed')
        await this.#queue.fail(job, 'job.failed', faultOf(outcome.error))
      }
    } finally {
      if (!this.#isLost) await this.#hold.letGo(job.id)
    }
  }

  /** Does the work, watching whether it is still wanted. Never rejects because of the work. */
  async #attempt(job: Claim, payload: unknown): Promise<{ outcome: Outcome; ending: Ending | undefined }> {
    const { db, grace = 3_000 } = this.#options
    const abort = new AbortController()
    let outcome: Outcome | undefined
    const working = this.#work(job, payload, abort.signal).then((reached) => {
      outcome = reached
      this.#bell.ring()
    })
    let ending: Ending | undefined
    while (!outcome && !ending) {
      await this.#bell.wait(LOOK)
      if (outcome) break
      this.#refuseLost()
      if (this.#isStopping) {
        await Promise.race([working, pause(grace, undefined, { ref: false })])
        if (!outcome) ending = 'stopped'
      } else ending = await asJob(db, (tx) => this.#unwanted(tx, job))
    }
    if (!outcome) {
      abort.abort(new Error('the job is to end'))
      await this.#insist(working, () => outcome !== undefined)
    }
    return { outcome: outcome!, ending }
  }

  /** Whether a try has become pointless, and why. */
  async #unwanted(tx: Tx, job: Claim): Promise<Ending | undefined> {
    if (await claimStands(tx, job)) return undefined
    return (await isCancelled(tx, job)) ? 'cancelled' : 'given up'
  }

  async #work(job: Claim, payload: unknown, signal: AbortSignal): Promise<Outcome> {
    const { db, handlers } = this.#options
    const notes = new ProgressNotes(db, job.id)
    try {
      const result = await handlers[job.name as JobKind].work({
        payload: payload as never,
        signal,
        progress: (done, step = {}) => this.#outside(() => notes.tell(done, step, performance.now())),
        ask: async (kind, asked) => {
          await this.#outside(() => asJob(db, (tx) => askForJob(tx, kind, asked)))
        },
      })
      return { result }
    } catch (error) {
      return { error }
    } finally {
      await notes.end()
    }
  }

  /** Stops the statements of a job until it has noticed. */
  async #insist(working: Promise<void>, isOver: () => boolean): Promise<void> {
    for (let waited = 0; !isOver(); waited += NAG) {
      if (waited >= PATIENCE) throw new WorkerLost('a job does not end')
      await this.#options.cancelWork()
      await Promise.race([working, pause(NAG, undefined, { ref: false })])
    }
  }
}
