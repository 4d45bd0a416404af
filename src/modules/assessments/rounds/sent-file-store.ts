import type { Tx } from '#db/actor.ts'
import type { SentFile } from './model.ts'
import { RoundRefused } from './refused.ts'

/** Files of answers and points that a coordinator sent: what is known of them. Their bytes lie in the folder of uploads. */

async function call(tx: Tx, sql: string, values: readonly unknown[]): Promise<void> {
  const { rows } = await tx.query<{ fault: string | null }>(`select ${sql} as fault`, values)
  if (rows[0]!.fault) throw new RoundRefused(rows[0]!.fault)
}

/** Notes that a file is there, and has it tried. @throws RoundRefused not_there, wrong_state, file_waits */
export async function sendFile(
  tx: Tx,
  round: string,
  { id, name, bytes }: { id: string; name: string; bytes: number },
): Promise<void> {
  await call(tx, 'assessments.send_round_file($1, $2, $3, $4)', [round, id, name, bytes])
}

/** Has a file without faults taken over, or gives it up. @throws RoundRefused not_there, wrong_state */
export async function decideFile(tx: Tx, round: string, id: string, take: boolean): Promise<void> {
  await call(tx, 'assessments.decide_round_file($1, $2, $3)', [round, id, take])
}

/** The latest twenty files of a round, the newest first. */
export async function filesOf(tx: Tx, roundId: number): Promise<SentFile[]> {
  const { rows } = await tx.query<SentFile>(
    `select file_uuid as id, name, bytes, sent_by as "sentBy", to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "sentAt",
            state, report
       from assessments.round_files($1)`,
    [roundId],
  )
  return rows
}

/** A file that a job is to try or take over; null: it was decided already. */
export async function fileToDo(
  tx: Tx,
  fileId: number,
): Promise<{ id: string; round: string; person: number | null; dryRun: boolean } | null> {
  const { rows } = await tx.query<{ id: string; round: string; person: number | null; dryRun: boolean }>(
    `select f.file_uuid as id, r.code as round, f.sent_by as person, f.state = 'checking' as "dryRun"
       from assessments.round_file f join assessments.round r using (round_id)
      where f.file_id = $1 and f.state in ('checking', 'applying')`,
    [fileId],
  )
  return rows[0] ?? null
}

/** What became of a file. Where somebody gave it up meanwhile, nothing is written. */
export async function noteFile(
  tx: Tx,
  fileId: number,
  state: 'checked' | 'refused' | 'applied',
  report: SentFile['report'],
): Promise<void> {
  await tx.query(
    `update assessments.round_file set state = $2, report = $3, ended_at = case when $2 <> 'checked' then now() end
      where file_id = $1 and state in ('checking', 'applying')`,
    [fileId, state, JSON.stringify(report)],
  )
}

/**
 * Gives up files that nobody decided about for so long.
 *
 * @returns  ids of those whose bytes are still needed
 */
export async function filesThatWait(tx: Tx, milliseconds: number): Promise<string[]> {
  await tx.query(
    `update assessments.round_file set state = 'removed', ended_at = now()
      where state in ('checking', 'checked') and sent_at < now() - $1 * interval '1 millisecond'`,
    [milliseconds],
  )
  const { rows } = await tx.query<{ id: string }>(
    `select file_uuid as id from assessments.round_file where ended_at is null`,
  )
  return rows.map(({ id }) => id)
}
