import type { Database } from './connection.ts'
import { qualified, type Table } from './tables.ts'

/**
 * Tells the planner what the tables of some schemas hold now. Right after a large import it still believes them empty and
 * would walk millions of rows one by one; PostgreSQL notices by itself only minutes later.
 */
export async function analyse(db: Database, schemas: readonly string[]): Promise<void> {
  const { rows } = await db.ownerPool.query<Pick<Table, 'schema' | 'name'>>(
    `select schemaname as schema, tablename as name from pg_tables where schemaname = any ($1)`,
    [schemas],
  )
  if (rows.length > 0) await db.ownerPool.query(`analyze ${rows.map((table) => qualified(table)).join(', ')}`)
}
