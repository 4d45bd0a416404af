import type { Tx } from '#db/actor.ts'
import type { ReadableResult } from './readable.ts'

/** Official results of one learner; null where the learner is not the caller's. The database writes the reading down. */
export async function learnerResults(
  tx: Tx,
  wanted: string,
): Promise<{ id: string; name: Buffer | null; results: ReadableResult[] } | null> {
  const { rows } = await tx.query<{ id: string; name: Buffer | null; results: ReadableResult[] }>(
    'select learner_uuid as id, sealed_name as name, results from assessments.read_learner_results($1)',
    [wanted],
  )
  return rows[0] ?? null
}
