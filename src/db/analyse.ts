import type { Database } from './connection.ts'
import { qualified, type Table } from './tables.ts'

/**
 * Tells the planner what the tables of some schemas hold now. Right after a large import it still believes them empty and
 * would walk millions of rows one by one; PostgreSQL notices by itself only minutes later. Tables of which less than a tenth has changed
 * since it was last told are left alone: with many millions of rows, reading samples of all of them takes seconds.
 */
export async function analyse(db: Database, schemas: readonly string[]): Promise<void> {
  // by pages as well as by counted changes: counts are told some seconds late
  const { rows } = await db.ownerPool.query<Pick<Table, 'schema' | 'name'>>(
    `with changed as (
       select coalesce(pg_partition_root(c.oid), c.oid) as oid
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = any ($1)
          and (c.reltuples < 0 or pg_stat_get_mod_since_analyze(c.oid) > c.reltuples / 10
               or abs(pg_relation_size(c.oid) / current_setting('block_size')::int - c.relpages) > c.relpages / 10)
     )
     select distinct n.nspname as schema, c.relname as name
       from changed join pg_class c using (oid) join pg_namespace n on n.oid = c.relnamespace order by 1, 2`,
    [schemas],
  )
  if (rows.length > 0) await db.ownerPool.query(`analyze ${rows.map((table) => qualified(table)).join(', ')}`)
}
