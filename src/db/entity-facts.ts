import type { Tx } from './actor.ts'
import type { Merged } from './entity-versions.ts'

export interface Facts {
  table: string
  /** Columns that say which fact it is; empty ones are equal. The first is never empty. */
  key: readonly string[]
  /** Others of them that are never empty: the database can find by these. */
  sure?: readonly string[]
  /** The other columns of what is said, `valid` among them where there is one. */
  said: readonly string[]
  /** Query of what the file says: line, is_new where it is known, and the columns. */
  from: string
  /** Column by which files come, as the school year: where the bank has nothing of the same, everything is new. */
  cameBy?: string | undefined
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
  { table, key, sure = [], said, from, cameBy, complete }: Facts,
): Promise<Merged> {
  const columns = [...key, ...said]
  const hashed = `select f.*, hash_record_extended(row(${columns.map((each) => `f.${each}`).join(', ')}), 0) as row_hash from (${from}) f`
  const into = `insert into ${table} (${columns.join(', ')}, line, row_hash, import_id)
     select ${columns.map((each) => `f.${each}`).join(', ')}, f.line, f.row_hash, $1`
  if (cameBy && !(await isKnown(tx, table, cameBy))) {
    const { rowCount } = await tx.query(`${into} from (${hashed}) f`, [importId])
    return { added: rowCount, changed: 0, withdrawn: 0, unchanged: 0 }
  }
  const same = (columns_: readonly string[]) =>
    columns_
      .map(
        (each, at) => `f.${each} ${at === 0 || sure.includes(each) ? '=' : 'is not distinct from'} t.${each}`,
      )
      .join(' and ')
  await tx.query(`create temporary table fact on commit drop as ${hashed}`)
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
    `${into} from fact f
      where not exists (select from ${table} t where t.superseded_by is null and ${same(key)})`,
    [importId],
  )
  const { rows } = await tx.query<{ all: number }>('select count(*) as all from fact')
  await tx.query('drop table fact')
  return { added: made - changed, changed, withdrawn, unchanged: rows[0]!.all - made }
}

/** Whether the bank has facts of any value of this column that stands in the staged rows. */
async function isKnown(tx: Tx, table: string, column: string): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>(
    `select exists (select from ${table} t
                     where t.superseded_by is null and t.${column} in (select distinct s.${column} from staged_row s)) as known`,
  )
  return rows[0]!.known
}
