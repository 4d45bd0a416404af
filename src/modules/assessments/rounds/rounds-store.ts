import type { Tx } from '#db/actor.ts'
import { NewForm, NewRound } from './model.ts'
import { RoundRefused } from './refused.ts'

/** The functions of the database that run rounds; each refuses with a code, whoever asks. */

async function call(tx: Tx, sql: string, values: readonly unknown[]): Promise<void> {
  const { rows } = await tx.query<{ fault: string | null }>(`select ${sql} as fault`, values)
  if (rows[0]!.fault) throw new RoundRefused(rows[0]!.fault)
}

/** Puts a form together; a draft of that code is written anew. @throws RoundRefused */
export async function writeForm(tx: Tx, form: NewForm): Promise<void> {
  await call(tx, 'assessments.write_form($1)', [JSON.stringify(NewForm.parse(form))])
}

/** From now on the form stays as it is. @throws RoundRefused */
export async function fixForm(tx: Tx, id: string): Promise<void> {
  await call(tx, 'assessments.fix_form($1)', [id])
}

/** Plans a round with fixed forms. @throws RoundRefused */
export async function planRound(tx: Tx, round: NewRound): Promise<void> {
  await call(tx, 'assessments.plan_round($1)', [JSON.stringify(NewRound.parse(round))])
}

/** Queues the job that makes the roster. @throws RoundRefused */
export async function askRoster(tx: Tx, id: string): Promise<void> {
  await call(tx, 'assessments.ask_roster($1)', [id])
}

/** @param reason  required to cancel, and to close before the end. @throws RoundRefused */
export async function moveRound(
  tx: Tx,
  id: string,
  next: 'open' | 'closed' | 'cancelled',
  reason = '',
): Promise<void> {
  await call(tx, 'assessments.move_round($1, $2, $3)', [id, next, reason])
}

/** Sessions may be started from now on (from the day the round opens). */
export async function openRound(tx: Tx, code: string): Promise<void> {
  await moveRound(tx, await roundId(tx, code), 'open')
}

/** No more answers are taken; who never began was absent. */
export async function closeRound(tx: Tx, code: string, reason = ''): Promise<void> {
  await moveRound(tx, await roundId(tx, code), 'closed', reason)
}

/** @throws RoundRefused not_there */
export async function roundId(tx: Tx, code: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'select round_uuid as id from assessments.round where code = $1',
    [code],
  )
  if (!rows[0]) throw new RoundRefused('not_there')
  return rows[0].id
}

/** @throws RoundRefused not_there */
export async function formId(tx: Tx, code: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'select form_uuid as id from assessments.form where code = $1',
    [code],
  )
  if (!rows[0]) throw new RoundRefused('not_there')
  return rows[0].id
}
