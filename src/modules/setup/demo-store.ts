import type { Tx } from '#db/actor.ts'
import { type JobFailure, type JobStep, stateOfJob } from '#modules/jobs/index.ts'

export interface DemoJob {
  state: ReturnType<typeof stateOfJob>
  done: number
  step: JobStep | null
  failure: JobFailure | null
}

/** Whether nobody is here, nothing was released, and nothing imported but a made-up country. */
export async function isFresh(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ fresh: boolean }>('select setup.is_fresh() as fresh')
  return rows[0]!.fresh
}

/** Whether a made-up country was imported; it is whole then. */
export async function hasMadeUpCountry(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ there: boolean }>(
    `select exists (select from intake.import where state = 'merged' and source = 'synth') as there`,
  )
  return rows[0]!.there
}

/** The latest job that makes and loads it; null where there was none. */
export async function demoJob(tx: Tx): Promise<DemoJob | null> {
  const { rows } = await tx.query<Omit<DemoJob, 'state'> & { state: string }>(
    'select state, done, step, failure from setup.demo()',
  )
  return rows[0] ? { ...rows[0], state: stateOfJob(rows[0].state) } : null
}

/** Asks for it; false where the bank is not fresh any more. */
export async function askDemo(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ id: string | null }>('select setup.ask_demo() as id')
  return rows[0]!.id !== null
}

/** Stops it; false where there is nothing to stop. */
export async function cancelDemo(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ cancelled: boolean }>('select setup.cancel_demo() as cancelled')
  return rows[0]!.cancelled
}
