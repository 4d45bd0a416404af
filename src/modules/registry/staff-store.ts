import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'

/** Hash of the code (base64) → id of every member of staff. */
export async function staffByHash(tx: Tx): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  const all = portions<{ hash: string; id: number }>(
    tx,
    `select translate(encode(code_hash, 'base64'), E'\\n', '') as hash, staff_id as id from identity.staff`,
  )
  for await (const some of all) for (const { hash, id } of some) ids.set(hash, id)
  return ids
}

/** Finds the staff of the staged rows by the hash of their codes: makes `id_of` (code_hash, id, is_new). */
export async function findStaff(tx: Tx): Promise<void> {
  await tx.query(`
    create temporary table id_of on commit drop as
    select c.code_hash, coalesce(p.staff_id, nextval('registry.staff_member_staff_id_seq')) as id, p.staff_id is null as is_new
      from (select distinct code_hash from staged_row) c left join identity.staff p using (code_hash)`)
  await tx.query('analyze id_of')
}

/**
 * Takes the staff who are new into the register, their sealed identity apart from it. A new name takes the place of the old one:
 * identity keeps no history.
 */
export async function takeStaff(tx: Tx, importId: number): Promise<void> {
  await tx.query('insert into registry.staff_member (staff_id) select id from id_of where is_new')
  await tx.query(
    `insert into identity.staff (staff_id, code_hash, sealed_code, sealed_name, name_hash, import_id, line)
     select o.id, s.code_hash, s.sealed_code, s.sealed_name, s.name_hash, $1, s.line
       from staged_row s join id_of o using (code_hash) where o.is_new`,
    [importId],
  )
  await tx.query(
    `update identity.staff p set sealed_name = s.sealed_name, name_hash = s.name_hash, import_id = $1, line = s.line
       from staged_row s join id_of o using (code_hash)
      where p.staff_id = o.id and not o.is_new and s.name_hash is not null and p.name_hash is distinct from s.name_hash`,
    [importId],
  )
}
