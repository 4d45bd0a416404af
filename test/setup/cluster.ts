import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeOwnDatabase, openDatabase } from '#db/connection.ts'
import { processStart } from '#db/embedded/processes.ts'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'

/** The migrated database every test file gets a copy of. */
export const TEMPLATE = 'ikms_template'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { socketFolder: string; port: number }
    /** master key of every database of the run, base64: what one file has sealed another can open */
    masterKey: string
  }
}

/** Fast and forgetful: the cluster lives as long as the run. */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
  autovacuum_naptime: '10min',
}

/** One PostgreSQL for the whole run, in a temporary folder: roles made, template database migrated. */
export default async function setup(project: TestProject) {
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), `ikms-test-${process.pid}-`))
  const server = await startEmbedded({ folder, settings })
  const { socketFolder, port } = server
  const teardown = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await makeOwnDatabase(socketFolder, port, TEMPLATE)
    const db = await openDatabase({ place: { socketFolder, port, database: TEMPLATE } })
    await migrate(db).finally(() => db.close())
  } catch (error) {
    await teardown()
    throw error
  }
  project.provide('cluster', { socketFolder, port })
  project.provide('masterKey', randomBytes(32).toString('base64'))
  return teardown
}

/** Stops and removes what runs that were killed left behind. */
async function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^ikms-test-(\d+)-/.exec(name)?.[1]
    if (!pid || processStart(Number(pid))) continue
    const folder = join(tmpdir(), name)
    const left = await startEmbedded({ folder, settings }).catch(() => undefined)
    await left?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) // another run may be sweeping the same one
  }
}
