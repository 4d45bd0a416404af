import type { Tx } from './actor.ts'
import type { Merged } from './entity-versions.ts'

export interface Facts {
  table: string
  /** Columns that say which fact it is; empty ones are equal. The first is never empty. */
  key: readonly string[]
  /** The other columns of what is said, `valid` among them where there is one. */
  said: readonly string[]
  /** Query of what the file says: line, is_new where it is known, and the columns. */
  from: string
  /** Columns: what the bank holds of the same values and the file lacks is withdrawn. Left out: nothing is. */
  complete?: readonly string[] | undefined
}

/**
 * Facts by natural key and row hash: said differently, a fact supersedes the earlier one, which is kept; said again, nothing
 * changes; no longer said in a file that is complete, it is withdrawn.
 */
export async function mergeFacts(
  tx: Tx,
  importId: number,
  { table, key, said, from, complete }: Facts,
): Promise<Merged> {
  const columns = [...key, ...said]
  const same = (columns_: readonly string[]) =>
    columns_.map((each, at) => `f.${each} ${at === 0 ? '=' : 'is not distinct from'} t.${each}`).join(' and ')
  await tx.query(`
    create temporary table fact on commit drop as
    select f.*, hash_record_extended(row(${columns.map((each) => `f.${each}`).join(', ')}), 0) as row_hash from (${from}) f`)
  await tx.query('analyze fact')
  const { rowCount: changed } = await tx.query(
    `update ${table} t set superseded_by = $1 from fact f
      where t.superseded_by is null and ${same(key)} and t.row_hash <> f.row_hash`,
    [importId],
  )
  const { rowCount: withdrawn } = complete
    ? await tx.query(
        `update ${table} t set superseded_by = $1
          where t.superseded_by is null and not exists (select from fact f where ${same(key)})
            ${complete.length > 0 ? `and exists (select from fact f where ${same(complete)})` : ''}`,
        [importId],
      )
    : { rowCount: 0 }
  const { rowCount: made } = await tx.query(
    `insert into ${table} (${columns.join(', ')}, line, row_hash, import_id)
     select ${columns.map((each) => `f.${each}`).join(', ')}, f.line, f.row_hash, $1 from fact f
      where not exists (select from ${table} t where t.superseded_by is null and ${same(key)})`,
    [importId],
  )
  const { rows } = await tx.query<{ all: number }>('select count(*) as all from fact')
  await tx.query('drop table fact')
  return { added: made - changed, changed, withdrawn, unchanged: rows[0]!.all - made }
}
