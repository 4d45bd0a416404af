import { createReadStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { BackupDamaged, type Manifest, readVerified } from './backup/manifest.ts'
import { peopleLost, replayForgetting } from './backup/people.ts'
import { type PersonKeys, personKeysBeside, readPersonKeys } from './backup/person-keys.ts'
import { openPeople } from './backup/person-seal.ts'
import { list } from './backup.ts'
import type { Database } from './connection.ts'
import { asMigrator, ensureLedger, migrate, openToRoles, record, refuseMisfit } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { ensureRoles } from './roles.ts'
import { foreignSchemas, listTables, qualified } from './tables.ts'

export type RestoreOptions = {
  /** The backup: a folder made by `backup`. */
  from: string
  /** File with the keys of single people; default beside the folder of the backups. */
  personKeys?: string
  /** Without that file: go on, with nobody identified. */
  withoutPeople?: boolean
  /** Folder of the migrations of this code; default IKMS's own. */
  migrations?: string
  /** Looks at what was brought in, as the role of backups, and throws when it must not stay. */
  prove?: (client: PoolClient) => Promise<unknown>
  onTable?: (table: string, rows: number) => void
}

/**
 * Brings a backup into an empty database, whole or not at all, then migrates it to this code's schema. An older backup
 * is welcome: it carries the migrations it was made under. People whose identity was destroyed since stay forgotten: their
 * keys are gone, and what was destroyed is destroyed again before anybody can read it.
 *
 * @throws  `BackupDamaged` before anything is written when a file is missing or altered; `MigrationRefused` when the backup
 *          is newer than this code; `PersonKeysMissing`; `DatabaseFilled`
 */
export async function restore(
  db: Database,
  {
    from,
    personKeys = personKeysBeside(dirname(from)),
    withoutPeople,
    migrations,
    prove,
    onTable,
  }: RestoreOptions,
): Promise<Manifest> {
  const manifest = await readVerified(from)
  refuseMisfit(manifest.migrations, readMigrations(migrations))
  const people = await readPersonKeys(personKeys)
  if (!people && !withoutPeople && peopleLost(manifest) > 0) throw new PersonKeysMissing(personKeys)
  await asMigrator(db, async (client) => {
    await refuseFilled(client)
    await ensureRoles(client, 'url' in db.place ? db.keys : undefined)
    await client.query('begin')
    await ensureLedger(client)
    for (const migration of manifest.migrations) await record(client, migration)
    await client.query('set constraints all immediate')
    await makePartitions(client, manifest)
    const close = await openTables(client)
    for (const table of manifest.tables) {
      await load(client, table, from, people)
      onTable?.(`${table.schema}.${table.name}`, table.rows)
    }
    if (people) await replayForgetting(client, people)
    await close()
    for (const sequence of manifest.sequences) {
      const { value, called } = sequence
      await client.query('select setval($1::regclass, $2::bigint, $3)', [qualified(sequence), value, called])
    }
    await openToRoles(client)
    if (prove) {
      await client.query('set local role ikms_backup')
      await prove(client)
      await client.query('reset role')
    }
    await client.query('commit')
    await client.query('analyze')
  })
  await migrate(db, { folder: migrations })
  return manifest
}

async function refuseFilled(client: PoolClient) {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p') and (nspname = 'migration' or not ${foreignSchemas}) limit 1`,
  )
  if (rows[0]) {
    throw new DatabaseFilled(rows[0].name)
  }
}

/** Partitions that came after the migrations, such as one for each school year. */
async function makePartitions(client: PoolClient, manifest: Manifest) {
  for (const partition of manifest.tables.flatMap(({ partitions }) => partitions)) {
    const name = qualified(partition)
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      name,
    ])
    if (rows[0]!.there) continue
    const by = partition.by ? ` partition by ${partition.by}` : ''
    await client.query(`create table ${name} partition of ${partition.above} ${partition.bound}${by}`)
    await client.query(
      `alter table ${name} enable row level security; alter table ${name} force row level security`,
    )
  }
}

/**
 * Lets the owner fill the tables: COPY refuses row-level security, triggers would act a second time on what they wrote,
 * and foreign keys would ask for an order that circles do not have. Also empties them of what migrations put there. All
 * inside the transaction: no other session ever sees a table open.
 *
 * @returns  what puts everything back; foreign keys are then checked once over all rows
 */
async function openTables(client: PoolClient): Promise<() => Promise<void>> {
  const before: string[] = []
  const after: string[] = []
  const { rows: triggers } = await client.query<{ target: string; name: string; state: string }>(`
    select tgrelid::regclass::text as target, quote_ident(tgname) as name, tgenabled as state
      from pg_trigger join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
     where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and not ${foreignSchemas}`)
  for (const { target, name, state } of triggers) {
    before.push(`alter table ${target} disable trigger ${name}`)
    after.push(
      `alter table ${target} enable ${state === 'A' ? 'always ' : state === 'R' ? 'replica ' : ''}trigger ${name}`,
    )
  }
  const { rows: keys } = await client.query<{ target: string; name: string; definition: string }>(`
    select conrelid::regclass::text as target, quote_ident(conname) as name, pg_get_constraintdef(f.oid) as definition
      from pg_constraint f join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = relnamespace
     where contype = 'f' and conparentid = 0 and not ${foreignSchemas}`)
  for (const { target, name, definition } of keys) {
    before.push(`alter table ${target} drop constraint ${name}`)
    after.push(`alter table ${target} add constraint ${name} ${definition}`)
  }
  // Indexes that enforce nothing are made once over all rows, which halves the time of a restore.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    select c.oid::regclass::text as name, pg_get_indexdef(c.oid) as definition
      from pg_index join pg_class c on c.oid = indexrelid join pg_namespace n on n.oid = relnamespace
     where not indisunique and not indisexclusion and not relispartition and not ${foreignSchemas}`)
  for (const { name, definition } of indexes) {
    before.push(`drop index ${name}`)
    after.push(definition.replace(' ON ONLY ', ' ON ')) // the partitions' indexes too
  }
  const { rows: forced } = await client.query<{ target: string }>(`
    select c.oid::regclass::text as target from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and relforcerowsecurity and not ${foreignSchemas}`)
  for (const { target } of forced) {
    before.push(`alter table ${target} no force row level security`)
    after.push(`alter table ${target} force row level security`) // last: checking a key reads as the owner
  }
  const tables = (await listTables(client)).map(({ sql }) => sql)
  if (tables.length > 0) before.push(`truncate ${tables.join(', ')}`)
  for (const statement of before) await client.query(statement)
  return async () => {
    for (const statement of after) await client.query(statement)
  }
}

async function load(
  client: PoolClient,
  table: Manifest['tables'][number],
  folder: string,
  keys: PersonKeys | null,
) {
  const { columns, file, rows, people } = table
  const into = client.query(copyFrom(`copy ${qualified(table)} (${list(columns)}) from stdin`))
  let lost = 0
  const opening = people ? [openPeople(columns, people, keys ?? nobody, () => (lost += 1))] : []
  await pipeline([createReadStream(join(folder, file)), createGunzip(), ...opening, into])
  const expected = people?.lost === 'drop' ? rows - lost : rows
  if (into.rowCount !== expected) {
    throw new BackupDamaged(
      `${file} holds ${into.rowCount} rows of ${table.schema}.${table.name}, not ${expected}`,
    )
  }
}

const nobody = { keys: new Map<string, string>() }

/** The keys of people are not where they should be: names and codes of a backup cannot be read without them. */
export class PersonKeysMissing extends Error {
  constructor(path: string) {
    super(
      `There is no file ${path} with the keys of people: bring it back, or restore with --without-people: names and codes then come again with the next import`,
    )
    this.name = 'PersonKeysMissing'
  }
}

/** There is something already where a backup is to be restored. */
export class DatabaseFilled extends Error {
  constructor(table: string) {
    super(
      `A backup is restored into an empty database only; this one holds ${table}: name another IKMS_DATA, or an empty database`,
    )
    this.name = 'DatabaseFilled'
  }
}
