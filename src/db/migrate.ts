import type { PoolClient } from 'pg'
import pg from 'pg'
import type { Database } from './connection.ts'
import { holding } from './held.ts'
import { type Migration, readMigrations } from './migrations.ts'
import { ensureRoles } from './roles.ts'

export type MigrateOptions = {
  /** Folder of the migrations; default IKMS's own. */
  folder?: string
  /** Called before a database that holds something is changed: the place for a backup. */
  backupBefore?: () => Promise<void>
}

/**
 * Brings the database to the newest schema: roles, then every migration not yet applied, all in one transaction: where one
 * fails the database is as before, and the release before can be started again. Several processes may do it at once; one
 * does the work and the others wait.
 *
 * @returns  names of the migrations applied now
 * @throws   `MigrationRefused` when the database is newer than this code or a migration was changed after it was applied;
 *           what the database says when a migration fails
 */
export async function migrate(db: Database, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = readMigrations(options.folder)
  return asMigrator(db, async (client) => {
    await ensureRoles(client, 'url' in db.place ? db.keys : undefined)
    await ensureLedger(client)
    const pending = await pendingMigrations(client, migrations)
    if (pending.length > 0 && pending.length < migrations.length) await options.backupBefore?.()
    if (pending.length > 0) await apply(client, pending)
    for (const migration of pending) db.log(`applied migration ${label(migration)}`)
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
  return holding(db.ownerPool, async (client) => (await pendingMigrations(client, migrations)).map(label))
}

/** The database and this code do not fit together. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

const label = ({ number, name }: { number: number; name: string }) =>
  `${String(number).padStart(4, '0')}-${name}`

const LOCK = 7_219_004_518 // any number that nobody else uses

/** Work of the owner under the lock that one process at a time holds in this database. */
export function asMigrator<T>(db: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return holding(db.ownerPool, async (client, spoil) => {
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    )
    const major = Math.floor(rows[0]!.version / 10_000)
    if (major < 16) throw new MigrationRefused(`IKMS needs PostgreSQL 16 or newer; this server has ${major}`)
    await client.query(`select pg_advisory_lock(${LOCK})`)
    try {
      const result = await work(client)
      await client.query(`select pg_advisory_unlock(${LOCK})`)
      return result
    } catch (error) {
      spoil(error as Error) // the lock belongs to the session and ends with it, and so does an open transaction
      throw error
    }
  })
}

/** The list of applied migrations; needs the roles. */
export async function ensureLedger(client: PoolClient) {
  await client.query(`
    create schema if not exists migration;
    create table if not exists migration.applied (
      number     integer     primary key,
      name       text        not null,
      checksum   text        not null,  -- SHA-256 of sql, hexadecimal
      sql        text        not null,  -- as applied: a backup brings it along, so that it restores under newer code
      applied_at timestamptz not null default now()
    );
    grant usage on schema migration to ikms_backup;
    grant select on migration.applied to ikms_backup`)
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
  refuseMisfit(applied, migrations)
  return migrations.slice(applied.length)
}

/** Refuses what was applied (to a database, or to the one a backup was made of) when this code does not go on from there. */
export function refuseMisfit(applied: readonly Migration[], migrations: readonly Migration[]) {
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
}

async function apply(client: PoolClient, migrations: readonly Migration[]) {
  try {
    await client.query('begin')
    for (const migration of migrations) {
      await record(client, migration)
      await client.query('set constraints all immediate; set constraints all deferred') // else the next could not alter their tables
    }
    await openToRoles(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Runs one migration inside the open transaction and notes it. */
export async function record(client: PoolClient, { number, name, sql, checksum }: Migration) {
  const transaction = async () => (await client.query('select pg_current_xact_id()::text as id')).rows[0].id
  const before = await transaction()
  try {
    await client.query(sql)
  } catch (error) {
    if (error instanceof pg.DatabaseError) throw named(error, label({ number, name }), sql)
    throw error
  }
  if ((await transaction()) !== before) {
    throw new MigrationRefused(
      `Migration ${label({ number, name })} ends its own transaction: leave out commit`,
    )
  }
  await client.query('insert into migration.applied (number, name, sql, checksum) values ($1, $2, $3, $4)', [
    number,
    name,
    sql,
    checksum,
  ])
}

/** The database's message with the migration and the line it is about. */
function named(error: pg.DatabaseError, migration: string, sql: string): Error {
  const line = error.position ? `, line ${sql.slice(0, Number(error.position)).split('\n').length}` : ''
  return new Error(`Migration ${migration}${line}: ${error.message}`, { cause: error })
}

/** What is given to roles wholesale, after the migrations have made what there is. */
export async function openToRoles(client: PoolClient) {
  await openToBackups(client)
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regproc('migration.open_to_tiers') is not null as there`,
  )
  if (rows[0]!.there) await client.query('select migration.open_to_tiers()')
}

/** Sequences and schemas for the role that reads backups; rights to tables come with the tables. */
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
