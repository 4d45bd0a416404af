import type { Tx } from './actor.ts'
import type { FoundInRows, FoundTogether } from './entity-checks.ts'

/** Where a thing is referred to. */
export interface Use {
  table: string
  column: string
  where?: string
}

const isUsed = (uses: readonly Use[], id: string) =>
  uses
    .map(
      ({ table, column, where }) =>
        `exists (select from ${table} u where u.superseded_by is null and u.${column} = ${id}${where ? ` and ${where}` : ''})`,
    )
    .join(' or ') || 'false'

/** What a staged deletion is about: `target` (line, id) of a table, and what is wrong with it. */
export async function checkDeletions(
  tx: Tx,
  { uses, column, most }: { uses: readonly Use[]; column: string; most: number },
): Promise<FoundTogether> {
  const { rows } = await tx.query<FoundInRows & { total: number }>(
    `select line, $2::text as "column", rule, null::text as value, '{}'::jsonb as detail, count(*) over () as total
       from (select line, case when id is null then 'deletion.unknown'
                               when is_current and (${isUsed(uses, 't.id')}) then 'deletion.still_used' end as rule
               from target t) found
      where rule is not null order by line limit $1`,
    [most, column],
  )
  return { found: rows.map(({ total: _, ...each }) => each), total: rows[0]?.total ?? 0 }
}

/** Withdraws the targets; what was withdrawn already stays so. */
export async function withdrawTargets(
  tx: Tx,
  importId: number,
  { table, id }: { table: string; id: string },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update ${table} v set superseded_by = $1 where v.superseded_by is null and v.${id} in (select id from target)`,
    [importId],
  )
  return rowCount
}

/** Withdraws things a complete file lacks and nothing refers to any more. `scope`: columns of the table the file speaks for. */
export async function withdrawLacking(
  tx: Tx,
  importId: number,
  { table, id, scope, uses }: { table: string; id: string; scope: readonly string[]; uses: readonly Use[] },
): Promise<number> {
  const within = scope.map((column) => `v.${column} in (select s."${column}" from staged_row s)`)
  const { rowCount } = await tx.query(
    `update ${table} v set superseded_by = $1
      where ${['v.superseded_by is null', ...within].join(' and ')}
        and not exists (select from id_of o where o.id = v.${id}) and not (${isUsed(uses, `v.${id}`)})`,
    [importId],
  )
  return rowCount
}
