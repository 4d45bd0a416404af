import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { isAlive, postgresProcessesIn, processStart, signal, waitUntilGone } from './processes.ts'
import { socketFile } from './socket.ts'

/** A running server: its process and the socket it listens on. */
export type Postmaster = { pid: number; start: string; socketFolder: string; port: number }

const RECOVERY = 600_000 // ms; after kill -9 in a bulk load the server first replays up to 4 GB of log
const FAST = 60_000 // ms that open transactions get to roll back in at a stop
const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } // none of PGDATA, PGPORT … of the caller's shell

/** Makes a new data folder, under a passing name first: an interrupted initdb is never taken for a database. */
export async function initialise(
  binaries: Binaries,
  dataFolder: string,
  { uid, gid }: Account,
  durable: boolean,
) {
  const making = `${dataFolder}.new`
  await rm(making, { recursive: true, force: true })
  const made = spawnSync(
    join(binaries.folder, 'bin', 'initdb'),
    ['--pgdata', making, '--username', 'postgres', '--encoding', 'UTF8', '--locale', 'C', '--auth', 'trust']
      .concat('--locale-provider', 'icu', '--icu-locale', 'lv')
      .concat('--no-instructions', durable ? [] : '--no-sync'),
    { uid, gid, cwd: '/', env: environment, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`)
  await rename(making, dataFolder)
}

/**
 * The server that runs on this data folder already, if any: one whose starter was killed, or another process's.
 * What a dead server left behind (its pid file, backends still computing) is cleared away.
 */
export async function findRunning(dataFolder: string): Promise<Postmaster | undefined> {
  const file = join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pidLine, folder, , portLine, socketFolder] = readFileSync(file, 'utf8').split('\n')
  const [pid, port] = [Number(pidLine), Number(portLine)]
  const start = processStart(pid)
  // The number may belong to another program by now; ours stands in its data folder.
  const ours = start && (process.platform !== 'linux' || postgresProcessesIn(dataFolder).includes(pid))
  if (ours && folder === dataFolder && socketFolder) {
    const found = { pid, start, socketFolder, port }
    if (await answers(found, dataFolder)) return found
    await stopPostmaster(found)
  }
  if (!ours || !isAlive(pid)) {
    for (const backend of postgresProcessesIn(dataFolder)) signal(backend, 'SIGKILL')
    rmSync(file, { force: true })
    if (socketFolder) {
      rmSync(socketFile(socketFolder, port), { force: true })
      rmSync(`${socketFile(socketFolder, port)}.lock`, { force: true })
    }
  }
  return undefined
}

/**
 * Starts a server. It gets a session of its own, so that Ctrl-C reaches us alone and we end connections first, and a
 * file instead of our pipes, so that it outlives us when we are killed and can be taken over.
 */
export async function launch(
  binaries: Binaries,
  dataFolder: string,
  { uid, gid }: Account,
  socketFolder: string,
  port: number,
): Promise<Postmaster> {
  const news = join(dataFolder, '..', 'start.log')
  const output = openSync(news, 'w')
  const child = spawn(join(binaries.folder, 'bin', 'postgres'), ['-D', dataFolder], {
    uid,
    gid,
    cwd: dataFolder,
    env: environment,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  const failed = new Promise<string>((tell) => {
    child.once('error', (error) => tell(error.message))
    child.once('exit', () =>
      tell(existsSync(news) ? readFileSync(news, 'utf8').trim() : 'its folder is gone'),
    )
  })
  const started = await Promise.race([untilReady(child, dataFolder, socketFolder, port), failed])
  if (typeof started === 'string') throw new Error(`The database did not start: ${started}`)
  return started
}

async function untilReady(child: ChildProcess, dataFolder: string, socketFolder: string, port: number) {
  if (child.pid === undefined) return new Promise<never>(() => {}) // never began; the error event tells why
  const server = { pid: child.pid, start: processStart(child.pid) ?? '', socketFolder, port }
  if (await answers(server, dataFolder)) return server
  // Why it ended by itself is told by its exit event, which a busy computer hears after the end was seen.
  while (!isAlive(server.pid) && child.exitCode === null && child.signalCode === null) await sleep(20)
  await stopPostmaster(server)
  return `no answer within ${RECOVERY / 60_000} minutes`
}

/** Waits while the server starts or recovers; true when it answers and works on our data folder. */
async function answers(server: Postmaster, dataFolder: string): Promise<boolean> {
  for (const end = Date.now() + RECOVERY; Date.now() < end; await sleep(20)) {
    if (!isAlive(server.pid)) return false
    const client = new pg.Client({
      host: server.socketFolder,
      port: server.port,
      user: 'postgres',
      database: 'postgres',
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', () => {}) // the connection may break while we wait; the next round sees it
    try {
      await client.connect()
      const { rows } = await client.query<{ data_directory: string }>('show data_directory')
      return rows[0]?.data_directory === dataFolder
    } catch {
      // not there yet: no socket, or "the database system is starting up"
    } finally {
      await client.end().catch(() => {})
    }
  }
  return false
}

/** Stops a server: fast first (transactions roll back), then immediate, then by force. */
export async function stopPostmaster({ pid, start }: Postmaster) {
  if (processStart(pid) !== start) return
  signal(pid, 'SIGINT')
  if (await waitUntilGone(pid, FAST)) return
  signal(pid, 'SIGQUIT')
  if (await waitUntilGone(pid, 10_000)) return
  signal(pid, 'SIGKILL')
  await waitUntilGone(pid, 10_000)
}
