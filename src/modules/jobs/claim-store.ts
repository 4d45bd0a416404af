import type { ClientBase } from 'pg'
import type { Tx } from '#db/actor.ts'
import type { JobFailure, JobResult, JobStep } from './model.ts'

/** A try of a job by one process. `retryCount` tells it from every other try of the same job. */
export interface Claim {
  id: string
  name: string
  retryCount: number
}

/** Whether the try is still the one the queue knows of: not cancelled, not given to somebody else. Holds it so for the rest of the transaction. */
export async function claimStands(tx: Tx, { id, name, retryCount }: Claim): Promise<boolean> {
  const { rows } = await tx.query(
    `select from pgboss.job where id = $1 and name = $2 and state = 'active' and retry_count = $3 for update`,
    [id, name, retryCount],
  )
  return rows.length > 0
}

/** Whether a job was cancelled by a person. */
export async function isCancelled(tx: Tx, { id, name }: Claim): Promise<boolean> {
  const { rows } = await tx.query<{ cancelled: boolean }>(
    `select exists (select from pgboss.job where id = $1 and name = $2 and state = 'cancelled') as cancelled`,
    [id, name],
  )
  return rows[0]!.cancelled
}

/** Tries that the queue believes to be under way. */
export async function claimsUnderWay(tx: Tx): Promise<Claim[]> {
  const { rows } = await tx.query<Claim>(
    `select id, name, retry_count as "retryCount" from pgboss.job where state = 'active'`,
  )
  return rows
}

/**
 * Puts a job whose try was broken off back to the front of the queue.
 *
 * @param counts  whether the broken-off try counts: a job that ends its process each time must be given up some day
 * @param after   seconds it waits; default 0
 * @returns       false when it has no tries left, or is not this claim's any more
 */
export async function giveBack(
  tx: Tx,
  { id, name, retryCount }: Claim,
  { counts, after = 0 }: { counts: boolean; after?: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update pgboss.job
        set state = 'retry', start_after = now() + $5 * interval '1s', heartbeat_on = null,
            started_on = case when $4 then started_on end
      where id = $1 and name = $2 and state = 'active' and retry_count = $3 and (not $4 or retry_count < retry_limit)`,
    [id, name, retryCount, counts, after],
  )
  return rowCount > 0
}

export async function beginTry(tx: Tx, id: string): Promise<void> {
  await tx.query('update jobs.job set done = 0, step = null, result = null where job_id = $1', [id])
}

export async function tellProgress(tx: Tx, id: string, done: number, step: JobStep): Promise<void> {
  await tx.query('update jobs.job set done = $2, step = $3 where job_id = $1', [
    id,
    done,
    JSON.stringify(step),
  ])
}

export async function noteResult(tx: Tx, id: string, result: JobResult): Promise<void> {
  await tx.query(
    'update jobs.job set done = 1, step = null, result = $2, failure = null, fault = null where job_id = $1',
    [id, JSON.stringify(result)],
  )
}

export async function noteFailure(tx: Tx, id: string, failure: JobFailure, fault: string | null) {
  await tx.query('update jobs.job set failure = $2, fault = $3 where job_id = $1', [id, failure, fault])
}

/** Leaves a job without further tries. */
export async function spendTries(tx: Tx, { id, name }: Claim): Promise<void> {
  await tx.query('update pgboss.job set retry_limit = retry_count where id = $1 and name = $2', [id, name])
}

/** What the queue has forgotten is forgotten here too. */
export async function forgetOldJobs(tx: Tx): Promise<void> {
  await tx.query('delete from jobs.job j where not exists (select from pgboss.job q where q.id = j.job_id)')
}

/** Hears of new and cancelled jobs on a connection. */
export async function listenForJobs(client: ClientBase): Promise<void> {
  await client.query('listen ikms_jobs')
}

const lockOf = `hashtextextended('job ' || $1, 0)`

/** Holds a job for as long as the connection lives; false when another process holds it. */
export async function holdJob(client: ClientBase, id: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${lockOf}) as held`, [
    id,
  ])
  return rows[0]!.held
}

export async function letJobGo(client: ClientBase, id: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(${lockOf})`, [id])
}

/** Stops the statements that server processes are at. */
export async function cancelStatements(tx: Tx, pids: readonly number[]): Promise<void> {
  await tx.query('select pg_cancel_backend(pid) from unnest($1::int[]) as pid', [pids])
}
