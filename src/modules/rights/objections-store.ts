import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Objection } from './model.ts'

/** Objections and restrictions, those in force first. Whose they are is not among them. */
export async function listObjections(tx: Tx): Promise<Objection[]> {
  const { rows } = await tx.query<Objection>(
    `select objection_uuid as id, kind, ground, lower(valid)::text as from, (upper(valid) - 1)::text as until,
            ${utc('recorded_at')} as "recordedAt", ${utc('withdrawn_at')} as "withdrawnAt", withdrawn_why as "withdrawnWhy",
            withdrawn_at is null and valid @> access.today() as "inForce"
       from rights.objection order by withdrawn_at is null and valid @> access.today() desc, recorded_at desc, objection_id`,
  )
  return rows
}

/** @returns  its number; null when nobody here has or had the code */
export async function recordObjection(
  tx: Tx,
  {
    codeHash,
    kind,
    ground,
    from,
    until,
  }: Pick<Objection, 'kind' | 'ground' | 'from' | 'until'> & { codeHash: Buffer },
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>(
    `select rights.record_objection($1, $2, $3, daterange($4::date, $5::date, '[]')) as id`,
    [codeHash, kind, ground, from, until],
  )
  return rows[0]!.id
}

/** False when it is not there or withdrawn already. */
export async function withdrawObjection(tx: Tx, id: string, why: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select rights.withdraw_objection($1, $2) as done', [
    id,
    why,
  ])
  return rows[0]!.done
}
