import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'
import { failureWords } from './failures.ts'
import { type Job, type JobFailure, type JobKind, JobState } from './model.ts'

/**
 * Queues a job, as the steward of the transaction or as a job. Where one of the kind and key waits already, it is that
 * one: it does the work of both.
 *
 * @param payload  ids only, never anything about a person
 * @param key      what the job is about, where several of a kind may wait side by side
 * @returns        id of the job that waits
 */
export async function askForJob(tx: Tx, kind: JobKind, payload: object = {}, key?: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>('select jobs.ask($1, $2, $3) as id', [
    kind,
    JSON.stringify(payload),
    key ?? null,
  ])
  return rows[0]!.id
}

/** Takes a job out of the queue, or stops it; false when it has ended already. */
export async function cancelJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ cancelled: boolean }>('select jobs.cancel($1) as cancelled', [id])
  return rows[0]!.cancelled
}

/** Puts a failed or cancelled job back into the queue; false when it has not failed, or another of its kind waits. */
export async function retryJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ back: boolean }>('select jobs.retry($1) as back', [id])
  return rows[0]!.back
}

type JobRow = Omit<Job, 'failure' | 'state'> & {
  state: string
  failure: JobFailure | null
  fault: string | null
}

const columns = `
  job_id as id, kind, state,
  case when started_at is null and attempt = 0 then 0 else attempt + 1 end as tries, attempts + 1 as "mostTries",
  asked_by as "askedBy", ${utcExact('asked_at')} as "askedAt",
  case when state in ('created', 'retry') then ${utcExact('starts_at')} end as "startsAt",
  ${utcExact('started_at')} as "startedAt", ${utcExact('ended_at')} as "endedAt", done, step, result, failure, fault`

/** Jobs that run or wait, then those that ended, the latest first. */
export async function listJobs(tx: Tx, most = 200): Promise<Job[]> {
  const { rows } = await tx.query<JobRow>(`select ${columns} from jobs.list($1)`, [most])
  return rows.map(jobOf)
}

export async function jobById(tx: Tx, id: string): Promise<Job | null> {
  const { rows } = await tx.query<JobRow>(`select ${columns} from jobs.list(null) where job_id = $1`, [id])
  return rows[0] ? jobOf(rows[0]) : null
}

/** What the queue calls a state, in our words. */
export function stateOfJob(queued: string): JobState {
  const ours = { created: 'waiting', retry: 'waiting', active: 'running', completed: 'done' } as const
  return queued in ours ? ours[queued as keyof typeof ours] : JobState.parse(queued)
}

function jobOf({ failure, fault, state, ...row }: JobRow): Job {
  return {
    ...row,
    state: stateOfJob(state),
    failure: failure && { code: failure, fault, message: failureWords[failure] },
  }
}

/** Jobs by kind and state, and how long the oldest that could run has waited, for the metrics of the system. */
export interface JobTotals {
  jobs: { kind: string; state: string; count: number }[]
  /** seconds; 0: none waits */
  oldestWaiting: number
}

export async function jobTotals(tx: Tx): Promise<JobTotals> {
  const { rows: jobs } = await tx.query<JobTotals['jobs'][number]>(
    'select name as kind, state::text as state, count(*) as count from pgboss.job group by name, state',
  )
  const { rows } = await tx.query<{ oldest: number }>(
    `select coalesce(extract(epoch from now() - min(start_after)), 0)::float8 as oldest from pgboss.job
      where state in ('created', 'retry') and start_after <= now()`,
  )
  return { jobs, oldestWaiting: rows[0]!.oldest }
}
