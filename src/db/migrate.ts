import type { PoolClient } from 'pg'
import pg from 'pg'
import type { Database } from './connection.ts'
import { type Migration, readMigrations } from './migrations.ts'
import { ensureRoles } from './roles.ts'

export type MigrateOptions = {
  /** Folder of the migrations; default IKMS's own. */
  folder?: string
  /** Called before a database that holds something is changed: the place for a backup. */
  backupBefore?: () => Promise<void>
}

/**
 * Brings the database to the newest schema: roles, then every migration not yet applied, each in its own transaction.
 * Several processes may do it at once; one does the work and the others wait.
 *
 * @returns  names of the migrations applied now
 * @throws   `MigrationRefused` when the database is newer than this code or a migration was changed after it was applied;
 *           what the database says when a migration fails (nothing of it stays)
 */
export async function migrate(db: Database, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = readMigrations(options.folder)
  return asMigrator(db, async (client) => {
    await ensureRoles(client, 'url' in db.place ? db.keys : undefined)
    await ensureLedger(client)
    const pending = await pendingMigrations(client, migrations)
    if (pending.length > 0 && pending.length < migrations.length) await options.backupBefore?.()
    for (const migration of pending) {
      await apply(client, migration)
      db.log(`applied migration ${label(migration)}`)
    }
    if (pending.length > 0) await openToBackups(client)
    return pending.map(label)
  })
}

/** The migrations this code would apply to the database, without applying any. Same refusals as `migrate`. */
export async function unappliedMigrations(db: Database, folder?: string): Promise<string[]> {
  const { rows } = await db.ownerPool.query<{ there: boolean }>(
    `select to_regclass('migration.applied') is not null as there`,
  )
  const migrations = readMigrations(folder)
  if (!rows[0]!.there) return migrations.map(label)
  const client = await db.ownerPool.connect()
  try {
    return (await pendingMigrations(client, migrations)).map(label)
  } finally {
    client.release()
  }
}

/** The database and this code do not fit together. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

export const label = ({ number, name }: { number: number; name: string }) =>
  `${String(number).padStart(4, '0')}-${name}`

const LOCK = 7_219_004_518 // any number that nobody else uses

/** Work of the owner under the lock that one process at a time holds in this database. */
export async function asMigrator<T>(db: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await db.ownerPool.connect()
  const version = Number((await client.query(`show server_version_num`)).rows[0].server_version_num)
  let broken: Error | undefined
  try {
    if (version < 160_000) {
      throw new MigrationRefused(
        `IKMS needs PostgreSQL 16 or newer; this server has ${Math.floor(version / 10_000)}`,
      )
    }
    await client.query(`select pg_advisory_lock(${LOCK})`)
    return await work(client)
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    // The lock belongs to the session; a connection that failed is closed with its lock and its open transaction.
    if (!broken) await client.query(`select pg_advisory_unlock(${LOCK})`)
    client.release(broken)
  }
}

async function ensureLedger(client: PoolClient) {
  await client.query(`
    begin;
    create schema if not exists migration;
    create table if not exists migration.applied (
      number     integer     primary key,
      name       text        not null,
      checksum   text        not null,  -- SHA-256 of sql, hexadecimal
      sql        text        not null,  -- as applied: a backup brings it along, so that it restores under newer code
      applied_at timestamptz not null default now()
    );
    grant usage on schema migration to ikms_backup;
    grant select on migration.applied to ikms_backup;
    commit`)
}

/** The migrations applied to the database, in order. */
export async function appliedMigrations(client: pg.ClientBase): Promise<Migration[]> {
  const { rows } = await client.query<Migration>(
    'select number, name, sql, checksum from migration.applied order by number',
  )
  return rows
}

async function pendingMigrations(client: PoolClient, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await appliedMigrations(client)
  for (const [at, before] of applied.entries()) {
    const now = migrations[at]
    if (!now) {
      throw new MigrationRefused(
        `The database is newer than this IKMS: it holds migration ${label(before)}. Use the newer version, or restore a ` +
          'backup made before the update',
      )
    }
    if (now.checksum !== before.checksum) {
      throw new MigrationRefused(
        `Migration ${label(now)} was changed after it was applied (as ${label(before)}). Put the old text back and write ` +
          'the change as a new migration',
      )
    }
  }
  return migrations.slice(applied.length)
}

/** Runs one migration whole or not at all, and notes it. */
export async function apply(client: PoolClient, { number, name, sql, checksum }: Migration) {
  const transaction = async () => (await client.query(`select pg_current_xact_id()::text as id`)).rows[0].id
  try {
    await client.query('begin')
    const before = await transaction()
    await client.query(sql)
    if ((await transaction()) !== before) {
      throw new MigrationRefused(
        `Migration ${label({ number, name })} ends its own transaction: leave out commit`,
      )
    }
    await client.query(
      'insert into migration.applied (number, name, sql, checksum) values ($1, $2, $3, $4)',
      [number, name, sql, checksum],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    if (error instanceof pg.DatabaseError) throw named(error, label({ number, name }), sql)
    throw error
  }
}

/** The database's message with the migration and the line it is about. */
function named(error: pg.DatabaseError, migration: string, sql: string): Error {
  const line = error.position ? `, line ${sql.slice(0, Number(error.position)).split('\n').length}` : ''
  return new Error(`Migration ${migration}${line}: ${error.message}`, { cause: error })
}

/** Sequences and tables outside row-level security, for the role that reads backups; policies come with the tables. */
async function openToBackups(client: PoolClient) {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(nspname) as name from pg_namespace
      where nspname !~ '^pg_' and nspname not in ('information_schema', 'pgboss')
        and pg_has_role(nspowner, 'usage')`,
  )
  for (const { name } of rows) {
    await client.query(`grant usage on schema ${name} to ikms_backup`)
    await client.query(`grant select on all sequences in schema ${name} to ikms_backup`)
  }
}
