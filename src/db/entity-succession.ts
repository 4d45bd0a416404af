import type { Tx } from './actor.ts'
import { mergeFacts } from './entity-facts.ts'

/**
 * Notes who came after whom, as the file says: everything it says of a predecessor is all there is. Needs `id_of` and `own_code`
 * of the staged rows.
 *
 * @param column  of the staged rows: codes of successors, with spaces between them
 * @param until   of the staged rows: last day of the predecessor
 */
export async function mergeSuccessions(
  tx: Tx,
  importId: number,
  { kind, column, until }: { kind: 'territory' | 'institution'; column: string; until: string },
) {
  await tx.query(
    `update registry.succession t set superseded_by = $1
      where t.superseded_by is null and t.kind = '${kind}'
        and t.predecessor_id in (select o.id from id_of o join staged_row s using (code) where s."${column}" is null)
        and t.predecessor_id not in (select o.id from id_of o join staged_row s using (code) where s."${column}" is not null)`,
    [importId],
  )
  await mergeFacts(tx, importId, {
    table: 'registry.succession',
    key: ['predecessor_id', 'successor_id', 'kind'],
    said: ['since'],
    complete: ['predecessor_id', 'kind'],
    from: `select min(s.line) as line, o.id as predecessor_id, c.id as successor_id, '${kind}' as kind,
                  max(s."${until}") + 1 as since
             from staged_row s join id_of o using (code)
            cross join unnest(string_to_array(s."${column}", ' ')) as named (code)
             join own_code c on c.code = named.code
            where c.id <> o.id
            group by o.id, c.id`,
  })
}
