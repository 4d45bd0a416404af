import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Log } from '#http/log.ts'
import { type Claim, claimStands, noteFailure, noteResult, spendTries } from './claim-store.ts'
import { faultOf } from './failures.ts'
import type { JobFailure, JobKind, JobResult } from './model.ts'

/** The queue as the jobs process works with it. Asking, cancelling and listing need none of it (store.ts). */
export interface Queue {
  /** The next job of the lane that may start now, from now on under way. Kinds come in the order of JobKind. */
  next(): Promise<(Claim & { data: unknown }) | undefined>
  /** Ends a try that succeeded. Nothing happens where the claim does not stand any more. */
  complete(claim: Claim, result: JobResult): Promise<void>
  /** Ends a try that did not: the job waits longer and longer for the next one, and is given up after the last. */
  fail(claim: Claim, failure: JobFailure, fault?: string): Promise<void>
  /** Ends a try that will never succeed: the job is given up. */
  giveUp(claim: Claim, failure: JobFailure): Promise<void>
  stop(): Promise<void>
}

/** Opens the queue that the migrations made: nothing is created or altered here. */
export async function openQueue(db: Database, log: Log, kinds: readonly JobKind[]): Promise<Queue> {
  const { PgBoss } = await import('pg-boss') // here, because web processes come this way and never need it
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.jobPool.query(text, values) },
    migrate: false,
    createSchema: false,
    schedule: false,
    registerInstance: false,
    // It is the owner's to rebuild indexes, and the server's to vacuum a table of a few hundred rows.
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', (error) => log.warn({ fault: faultOf(error) }, 'the job queue met an error'))
  await boss.start()

  const settle = (claim: Claim, work: (tx: Tx) => Promise<unknown>) =>
    asJob(db, async (tx) => {
      if (await claimStands(tx, claim)) await work(tx)
    })
  const fail = async (tx: Tx, claim: Claim, failure: JobFailure, fault?: string) => {
    await boss.fail(claim.name, claim, { code: failure }, { db: within(tx) })
    await noteFailure(tx, claim.id, failure, fault ?? null)
  }
  return {
    async next() {
      for (const kind of kinds) {
        const [job] = await boss.fetch(kind, { includeMetadata: true })
        if (job) return { id: job.id, name: job.name, retryCount: job.retryCount, data: job.data }
      }
      return undefined
    },
    complete: (claim, result) =>
      settle(claim, async (tx) => {
        await boss.complete(claim.name, claim, null, { db: within(tx) })
        await noteResult(tx, claim.id, result)
      }),
    fail: (claim, failure, fault) => settle(claim, (tx) => fail(tx, claim, failure, fault)),
    giveUp: (claim, failure) =>
      settle(claim, async (tx) => {
        await spendTries(tx, claim)
        await fail(tx, claim, failure)
      }),
    stop: () => boss.stop({ graceful: false, close: false }),
  }
}

/** The queue's statements in a transaction of ours. */
function within(tx: Tx) {
  return { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) }
}
