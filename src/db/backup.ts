import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { ClientBase } from 'pg'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Manifest, writeManifest } from './backup/manifest.ts'
import { keysOfPeople, type PeopleHere } from './backup/people.ts'
import { personKeysBeside } from './backup/person-keys.ts'
import { sealPeople } from './backup/person-seal.ts'
import type { Database } from './connection.ts'
import { appliedMigrations } from './migrate.ts'
import { asBackupReader, foreignSchemas, qualified, type Table } from './tables.ts'

export type BackupOptions = {
  /** Folder that collects backups; made when missing, 0700. Keys must not lie in it. */
  to: string
  /** File with the keys of single people, apart from the backups; default beside their folder. */
  personKeys?: string
  /** Moment that names the backup; default now. */
  now?: Date
  onTable?: (table: string, rows: number) => void
}

/**
 * Writes everything the database holds, as one moment shows it, into a new folder `ikms-<moment>`: a gzip file per table
 * and a manifest with counts and hashes. It appears under its name only when it is whole and on the disk. Nothing waits
 * for a backup; memory stays small whatever the size. What identifies somebody is sealed once more with a key of that
 * person, kept apart: destroyed there, nobody can read it in any backup. The job queue is left out: its jobs are started again by hand.
 *
 * @returns  path of the backup
 */
export async function backup(
  db: Database,
  { to, personKeys = personKeysBeside(to), now = new Date(), onTable }: BackupOptions,
): Promise<string> {
  const name = `ikms-${now.toISOString().replace(/[-:]/g, '').replace('.', '-')}` // sorts by time
  const making = join(to, `.${name}.part`)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await mkdir(making, { mode: 0o700 })
  try {
    const manifest = await asBackupReader(db, async (client, tables): Promise<Manifest> => {
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      const migrations = await appliedMigrations(client)
      const people = await keysOfPeople(client, personKeys)
      const written: Manifest['tables'] = []
      for (const table of tables) {
        const done = await writeTable(client, table, making, people)
        onTable?.(`${table.schema}.${table.name}`, done.rows)
        written.push(done)
      }
      return {
        format: 'ikms-backup/1',
        madeAt: now.toISOString(),
        database: db.name,
        postgres: rows[0]!.server_version,
        migrations,
        tables: written,
        sequences: await sequences(client), // last: a sequence is never behind the rows that used it
      }
    })
    await writeManifest(making, manifest)
    await syncFolder(making)
    await rename(making, join(to, name))
    await syncFolder(to)
    return join(to, name)
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw error
  }
}

/** Whole backups in a folder, oldest first. */
export async function listBackups(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.startsWith('ikms-'))
    .toSorted()
    .map((name) => join(folder, name))
}

async function writeTable(
  client: ClientBase,
  table: Table,
  folder: string,
  { keys, columnsOf }: PeopleHere,
): Promise<Manifest['tables'][number]> {
  const { schema, name, columns, partitions } = table
  const file = `${schema}.${name}.gz`
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const rows = client.query(copyTo(`copy (select ${list(columns)} from ${table.sql}) to stdout`))
  // Level 1: twice as fast as the default for a tenth more bytes, and the processor is what a backup waits for.
  const output = createWriteStream(join(folder, file), { mode: 0o600, flush: true })
  const people = columnsOf(`${schema}.${name}`)
  const sealing = people ? [sealPeople(columns, people, keys)] : []
  await pipeline([rows, ...sealing, createGzip({ level: 1 }), count, output])
  const sha256 = hash.digest('hex')
  return { schema, name, columns, partitions, rows: rows.rowCount, file, bytes, sha256, people }
}

/** Columns as SQL. */
export const list = (columns: readonly string[]) =>
  columns.map((column) => pg.escapeIdentifier(column)).join(', ')

async function sequences(client: ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select nspname as schema, relname as name from pg_class join pg_namespace n on n.oid = relnamespace
      where relkind = 'S' and relpersistence <> 't' and not ${foreignSchemas} order by 1, 2`,
  )
  const found: Manifest['sequences'] = []
  for (const sequence of rows) {
    const { rows: values } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${qualified(sequence)}`,
    )
    found.push({ ...sequence, ...values[0]! })
  }
  return found
}

/** A name or a file in a folder is on the disk only when the folder is. */
async function syncFolder(path: string) {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
