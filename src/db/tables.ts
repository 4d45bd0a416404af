import type { ClientBase } from 'pg'
import pg from 'pg'
import type { Database } from './connection.ts'
import { holding } from './held.ts'

/** A partition below a table: its own name, the table right above it, and the bound as SQL. */
type Partition = { schema: string; name: string; above: string; bound: string; by: string | null }

/** A table of ours that holds rows; a partitioned one stands for all of its partitions. */
export type Table = {
  schema: string
  name: string
  /** Quoted and with its schema, ready for SQL. */
  sql: string
  /** Columns that are stored as given, in order; generated ones are computed again. */
  columns: string[]
  partitions: Partition[]
}

/** Schemas that hold no rows of ours: the server's own, the list of migrations, and the job queue. */
export const foreignSchemas = `(nspname ~ '^pg_' or nspname in ('information_schema', 'migration', 'pgboss'))`

/** Every table of ours, by schema and name. */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Omit<Table, 'sql'>>(`
    select nspname as schema, relname as name,
           coalesce((select array_agg(attname::text order by attnum) from pg_attribute
                      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''), '{}') as columns,
           coalesce((select json_agg(json_build_object(
                         'schema', below_schema.nspname, 'name', below.relname, 'above', parentrelid::regclass::text,
                         'bound', pg_get_expr(below.relpartbound, below.oid),
                         'by', case when not isleaf then pg_get_partkeydef(relid) end) order by level, relid::text)
                       from pg_partition_tree(c.oid)
                       join pg_class below on below.oid = relid
                       join pg_namespace below_schema on below_schema.oid = below.relnamespace
                      where level > 0 and c.relkind = 'p'), '[]') as partitions
      from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and not relispartition and relpersistence <> 't' and not ${foreignSchemas}
     order by nspname, relname`)
  return rows.map((row) => ({ ...row, sql: qualified(row) }))
}

export const qualified = ({ schema, name }: { schema: string; name: string }) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

/**
 * Number and order-independent hash of the rows of every table: two databases that hold the same have the same. Reads
 * everything, so it is for drills and tests.
 */
export async function tableHashes(db: Database): Promise<Record<string, { rows: number; hash: string }>> {
  return asBackupReader(db, async (client, tables) => {
    const hashes: Record<string, { rows: number; hash: string }> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ rows: number; hash: string }>(
        `select count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash from ${table.sql} t`,
      )
      hashes[`${table.schema}.${table.name}`] = rows[0]!
    }
    return hashes
  })
}

/**
 * Reads every table as one moment shows it, as the role that backups use.
 *
 * @throws  when row-level security would hide rows of a table from that role: the backup would lack them in silence
 */
export function asBackupReader<T>(
  db: Database,
  work: (client: pg.PoolClient, tables: Table[]) => Promise<T>,
): Promise<T> {
  return holding(db.ownerPool, async (client, spoil) => {
    try {
      await client.query('begin isolation level repeatable read, read only; set local role ikms_backup')
      const tables = await listTables(client)
      await refuseHiddenRows(client)
      const names = tables.map(({ sql }) => sql).join(', ')
      if (names) await client.query(`lock table ${names} in access share mode`)
      const result = await work(client, tables)
      await client.query('commit')
      return result
    } catch (error) {
      spoil(error as Error) // a COPY may have been broken off
      throw error
    }
  })
}

async function refuseHiddenRows(client: ClientBase) {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name
      from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and not relispartition and relrowsecurity and not ${foreignSchemas}
       and (not exists (select from pg_policy where polrelid = c.oid and polpermissive and polcmd in ('r', '*')
                           and 'ikms_backup'::regrole = any(polroles) and pg_get_expr(polqual, polrelid) = 'true')
            or exists (select from pg_policy where polrelid = c.oid and not polpermissive))
     order by 1`)
  if (rows.length > 0) {
    throw new Error(
      `A backup would miss rows: no policy shows ikms_backup all of ${rows.map((r) => r.name).join(', ')}`,
    )
  }
}
