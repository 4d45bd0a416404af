import type { Tx } from '#db/actor.ts'
import type { ModelCall } from './call.ts'

/** Writes a call of a model down, for the marker or author it was made for. */
export async function noteCall(tx: Tx, call: ModelCall): Promise<void> {
  await tx.query('select assessments.note_model_call($1, $2, $3, $4, $5, $6)', [
    call.task,
    call.host,
    call.outcome,
    call.milliseconds,
    call.sentBytes,
    call.gotBytes,
  ])
}
