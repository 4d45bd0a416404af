import pg from 'pg'
import { inject } from 'vitest'
import { type Database, OWNER, openDatabase } from '#db/connection.ts'
import { databaseGrants } from '#db/roles.ts'
import { TEMPLATE } from './setup/cluster.ts'

/**
 * The name of a database that was filled once in this run, to make copies of: the first who asks fills it, everybody else
 * waits for that. What it holds must not depend on who asks.
 *
 * @param content  short name of what it holds, a-z
 */
export async function templateOf(content: string, fill: (db: Database) => Promise<void>): Promise<string> {
  const { socketFolder, port } = inject('cluster')
  const name = `${TEMPLATE}_${content}`
  const client = new pg.Client({ host: socketFolder, port, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 1) return name
    const unfinished = `${name}_unfinished`
    await client.query(`drop database if exists ${unfinished} with (force)`)
    await client.query(`create database ${unfinished} owner ${OWNER} template ${TEMPLATE} strategy file_copy`)
    for (const grant of databaseGrants(unfinished)) await client.query(grant)
    const db = await openDatabase({ place: { socketFolder, port, database: unfinished } })
    await fill(db).finally(() => db.close())
    await client.query(`alter database ${unfinished} rename to ${name}`)
    return name
  } finally {
    await client.end()
  }
}
