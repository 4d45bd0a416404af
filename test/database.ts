import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, type DatabaseOptions, OWNER, openDatabase } from '#db/connection.ts'
import { databaseGrants } from '#db/roles.ts'
import { afterFile } from './after-file.ts'
import { TEMPLATE } from './setup/cluster.ts'

/** A statement of the superuser outside every test database. */
export async function asSuperuser(statements: readonly string[], database = 'postgres') {
  const { socketFolder, port } = inject('cluster')
  const client = new pg.Client({ host: socketFolder, port, user: 'postgres', database })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** What a test may decide about its database. */
export type TestDatabaseOptions = Pick<DatabaseOptions, 'poolSize' | 'log'> & {
  /** `migrated` (a copy of the template, the default) or `empty`: roles exist, no schema. */
  content?: 'migrated' | 'empty'
  /** a copy of this database instead (templates.ts) */
  template?: string
}

/**
 * A database of its own for a test file: real PostgreSQL, migrated, empty of data; dropped after the file.
 */
export async function newDatabase({
  content = 'migrated',
  template = TEMPLATE,
  ...options
}: TestDatabaseOptions = {}): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const origin = content === 'migrated' ? `${template} strategy file_copy` : 'template1'
  await asSuperuser([`create database ${name} owner ${OWNER} template ${origin}`, ...databaseGrants(name)])
  const db = await openDatabase({
    place: { ...inject('cluster'), database: name },
    poolSize: { public: 4, app: 4, job: 4 },
    ...options,
  })
  afterFile(async () => {
    await db.close()
    await asSuperuser([`drop database ${db.name} with (force)`])
  })
  return db
}
