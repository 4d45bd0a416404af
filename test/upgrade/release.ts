import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '#db/connection.ts'
import type { EmbeddedServer } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'

const migrations = join(import.meta.dirname, '..', '..', 'src', 'db', 'migrations')

/**
 * Fills a data folder as a release of IKMS left it: its schema, made by the migrations there were then, and rows in all
 * of its tables, written by that release itself (write-release.ts), with the key file that sealed them.
 *
 * @param release  how many migrations it had, e.g. `0018`
 */
export async function asLeftBy(release: string, folder: string): Promise<void> {
  const left = join(import.meta.dirname, `release-${release}`)
  const keys = join(folder, 'keys.json')
  copyFileSync(join(left, 'keys.json'), keys)
  chmodSync(keys, 0o600)
  const db = await openDatabase({ folder })
  try {
    await migrate(db, { folder: migrationsUntil(release, join(folder, 'migrations')) })
    await asSuperuser(db.embedded!, async (client) => {
      const names = (await tablesOf(client)).map(({ name }) => name)
      await client.query(`truncate ${names.join(', ')}`) // of what migrations put there
      await client.query('set session_replication_role = replica') // no triggers, rows in any order
      await client.query(readFileSync(join(left, 'bank.sql'), 'utf8'))
    })
  } finally {
    await db.close()
  }
}

/** A folder with the migrations up to a number, and more of one's own. */
export function migrationsUntil(release: string, folder: string, more: Record<string, string> = {}): string {
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(migrations).filter((name) => name.slice(0, 4) <= release)) {
    copyFileSync(join(migrations, file), join(folder, file))
  }
  for (const [file, sql] of Object.entries(more)) writeFileSync(join(folder, file), sql)
  return folder
}

export interface OldTable {
  name: string
  schema: string
  /** columns that are stored, quoted */
  columns: string[]
}

/** Tables with rows of ours and of the queue; the list of migrations is not among them. */
export async function tablesOf(client: pg.ClientBase): Promise<OldTable[]> {
  const { rows } = await client.query<OldTable>(`
    select format('%I.%I', nspname, relname) as name, nspname as schema,
           (select array_agg(quote_ident(attname) order by attnum) from pg_attribute
             where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and not relispartition and nspname !~ '^pg_'
       and nspname not in ('information_schema', 'migration')
     order by 1`)
  return rows
}

export async function asSuperuser<T>(
  server: EmbeddedServer,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { socketFolder: host, port } = server
  const client = new pg.Client({ host, port, user: 'postgres', database: 'ikms' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Number of rows of tables, and their hashes over the columns given, in whatever order the rows lie. */
export async function hashesOf(client: pg.ClientBase, tables: readonly OldTable[]) {
  const hashes: Record<string, { rows: number; hashes: string[] }> = {}
  for (const { name, columns } of tables) {
    const { rows } = await client.query<{ rows: number; hashes: string[] }>(
      `select count(*)::int as rows, coalesce(array_agg(hash order by hash), '{}') as hashes
         from (select hashtextextended(row(${columns.join(', ')})::text, 0)::text as hash from ${name}) as r`,
    )
    hashes[name] = rows[0]!
  }
  return hashes
}
