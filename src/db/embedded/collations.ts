import type { Client } from 'pg'
import pg from 'pg'

/**
 * Makes the indexes of a database anew when the rules of sorting changed under them. An update of IKMS may bring another
 * ICU, in which Latvian words stand in a slightly different order; an index built by the old order then misses rows.
 *
 * @returns  true when indexes were made anew
 */
export async function refreshCollations(client: Client, database: string): Promise<boolean> {
  const { rows: stale } = await client.query<{ name: string }>(
    `select format('%I.%I', nspname, collname) as name from pg_collation join pg_namespace n on n.oid = collnamespace
      where collversion <> pg_collation_actual_version(pg_collation.oid)`,
  )
  const { rows } = await client.query<{ stale: boolean }>(
    `select coalesce(datcollversion <> pg_database_collation_actual_version(oid), false) as stale
       from pg_database where datname = current_database()`,
  )
  if (stale.length === 0 && !rows[0]!.stale) return false
  const name = pg.escapeIdentifier(database)
  await client.query(`reindex database ${name}`)
  for (const collation of stale) await client.query(`alter collation ${collation.name} refresh version`)
  await client.query(`alter database ${name} refresh collation version`)
  return true
}
