import type { z } from 'zod'
import type { JobFailure, JobKind, JobResult, JobStep } from './model.ts'

/** What the work of a job is given. */
export interface JobContext<Payload> {
  payload: Payload
  /** aborted when the job is cancelled or the process is told to stop; statements under way are cancelled as well */
  signal: AbortSignal
  /** Tells how far it is: the share that is done, 0–1, and what is being done. May be called often. */
  progress: (done: number, step?: JobStep) => void
  /** Queues another job. */
  ask: (kind: JobKind, payload?: object) => Promise<void>
}

/**
 * The work of one kind of job. It happens whole or not at all, and doing it twice is the same as doing it once: a process
 * may die between the work and the note that it is done.
 */
export interface JobHandler {
  parse: (data: unknown) => { success: true; data: unknown } | { success: false }
  work: (context: JobContext<never>) => Promise<JobResult>
}

/** Ties a shape of payload to the work that takes it. */
export function handler<Schema extends z.ZodType>(
  payload: Schema,
  work: (context: JobContext<z.output<Schema>>) => Promise<JobResult>,
): JobHandler {
  return { parse: (data) => payload.safeParse(data), work: work as JobHandler['work'] }
}

/** Thrown by the work of a job that would be refused again however often it is tried: it is given up at once. */
export class JobRefused extends Error {
  readonly failure: JobFailure

  constructor(failure: JobFailure) {
    super(failure)
    this.name = 'JobRefused'
    this.failure = failure
  }
}

export type JobHandlers = Readonly<Record<JobKind, JobHandler>>
