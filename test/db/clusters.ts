import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { Binaries } from '#db/embedded/binaries.ts'
import { type EmbeddedServer, startEmbedded } from '#db/embedded.ts'
import { afterFile } from '../after-file.ts'

/** A folder of its own for one test, under a name that the sweep of test/setup/cluster.ts knows; removed after the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `ikms-test-${process.pid}-`))
  chmodSync(folder, 0o711) // as root, PostgreSQL must be able to pass
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Another process that serves from the folder. */
export async function serveInChild(folder: string): Promise<{ child: ChildProcess; server: EmbeddedServer }> {
  const script = join(import.meta.dirname, 'serve-child.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout!), 'line')
  return { child, server: JSON.parse(line) }
}

/** kill -9, and waits until the process is gone. */
export async function killHard(child: ChildProcess) {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** A connection of the superuser; the caller ends it. */
export async function connect(server: EmbeddedServer, database = 'postgres'): Promise<pg.Client> {
  const client = new pg.Client({ host: server.socketFolder, port: server.port, user: 'postgres', database })
  client.on('error', () => {}) // tests kill servers
  await client.connect()
  return client
}

/** Asks the superuser of a server. */
export async function ask<Row>(server: EmbeddedServer, sql: string, database?: string): Promise<Row[]> {
  const client = await connect(server, database)
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

/** A PostgreSQL server as somebody else runs it, of our version or another: reached over TCP, with a password. */
export async function startTcpServer(programs?: Binaries): Promise<{ server: EmbeddedServer; port: number }> {
  const port = await freePort()
  const server = await startEmbedded({
    folder: newFolder(),
    ...(programs && { programs }),
    settings: { listen_addresses: '127.0.0.1', port: String(port), fsync: 'off', shared_buffers: '32MB' },
    hostRules: ['host all all 127.0.0.1/32 scram-sha-256'],
  })
  afterFile(() => server.stop())
  return { server, port }
}
