import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { closedFolderAbove, privateFolder, serverAccount } from './embedded/account.ts'
import { type Binaries, usableBinaries } from './embedded/binaries.ts'
import { findRunning, initialise, launch, stopPostmaster } from './embedded/postmaster.ts'
import { postgresProcessesIn, processStart, waitUntilGone } from './embedded/processes.ts'
import { hostRules, serverSettings } from './embedded/settings.ts'
import { SOCKET_PORT, socketFolderFor } from './embedded/socket.ts'
import { enter, holdingDoor, livingUsers } from './embedded/users.ts'

export type EmbeddedOptions = {
  /** Folder of the server: data, socket, logs and, where needed, a copy of the programs. Made when missing, 0700. */
  folder: string
  /** `serve` may be there once; a `guest` (a command beside a running `serve`) joins or starts. Default `serve`. */
  kind?: 'serve' | 'guest'
  /** PostgreSQL settings over ours, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
  /** PostgreSQL's programs; default those that came with `npm install`. */
  programs?: Binaries
  /** Lines of pg_hba.conf after the one for the socket. */
  hostRules?: readonly string[]
  log?: (message: string) => void
}

export type EmbeddedServer = {
  socketFolder: string
  port: number
  superuser: 'postgres'
  /** `nobody` when we are root: real data are then refused. */
  account: 'own' | 'nobody'
  /** True when the server ran already: left by a killed process, or used by another one now. */
  adopted: boolean
  /** Process of the server; another one after a `revive`. */
  readonly pid: number
  /** Starts the server again where its process has died (killed for want of memory, say); true when it had to. */
  revive(): Promise<boolean>
  /** Ends our use, after the caller's connections are closed; the last user stops the server. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL in a folder, or joins the one that runs there. Only its Unix socket is open.
 *
 * @throws  when another process serves from this folder, when the folder cannot be reached by the account that
 *          PostgreSQL runs under, when its data are of another major version, or when the server does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { kind = 'serve', log = () => {} } = options
  const account = serverAccount()
  const wanted = resolve(options.folder)
  privateFolder(wanted, account)
  const folder = realpathSync(wanted) // the server reports its real path; we compare
  const closed = closedFolderAbove(folder, account)
  if (closed) {
    throw new Error(
      `PostgreSQL does not run as root, and the account "nobody" cannot pass through ${closed}: ` +
        'set IKMS_DATA to a folder it can reach (for example /var/lib/ikms), or run IKMS as another user',
    )
  }
  const dataFolder = join(folder, 'data')
  const users = join(folder, 'users')
  const door = join(folder, 'door')

  return holdingDoor(door, async () => {
    const others = livingUsers(users)
    const serving = others.find((user) => user.kind === 'serve')
    if (kind === 'serve' && serving) throw new DatabaseInUse(folder, serving.pid)
    const running = await findRunning(dataFolder)
    let server = running ?? (await start())
    if (running)
      log(others.length > 0 ? 'joined the running database' : 'took over the database left running')
    const leave = enter(users, kind)
    let stopped: Promise<void> | undefined
    return {
      socketFolder: server.socketFolder,
      port: server.port,
      superuser: 'postgres',
      account: account.name,
      adopted: running !== undefined,
      get pid() {
        return server.pid
      },
      revive,
      stop: () => (stopped ??= stop()),
    }

    async function revive() {
      if (stopped || processStart(server.pid) === server.start) return false
      return holdingDoor(door, async () => {
        if (stopped) return false
        server = (await findRunning(dataFolder)) ?? (await start()) // another user may have been quicker
        return true
      })
    }

    async function stop() {
      await holdingDoor(door, async () => {
        leave()
        if (livingUsers(users).length > 0) return
        await stopPostmaster(server)
        // The writer of its log goes after it, once nobody holds its pipe any more.
        for (const pid of postgresProcessesIn(dataFolder)) await waitUntilGone(pid, 2_000)
        if (!server.socketFolder.startsWith(folder))
          rmSync(server.socketFolder, { recursive: true, force: true })
      })
    }
  })

  async function start() {
    const binaries = await usableBinaries(folder, account, options.programs)
    const socketFolder = socketFolderFor(folder, account)
    if (!existsSync(dataFolder)) {
      log('preparing the database folder')
      await initialise(binaries, dataFolder, account, options.settings?.fsync !== 'off')
    }
    const major = Number.parseInt(readFileSync(join(dataFolder, 'PG_VERSION'), 'utf8'))
    if (major !== binaries.major) {
      throw new Error(
        `${dataFolder} was made by PostgreSQL ${major}, this IKMS brings ${binaries.major}: make a backup with the ` +
          'IKMS version that ran before (export-bank), and bring it into a new folder with this one (import-bank)',
      )
    }
    const { settings = {} } = options
    const port = Number(settings.port ?? SOCKET_PORT)
    const own = join(folder, 'operator.conf')
    const operator = existsSync(own) ? readFileSync(own, 'utf8') : ''
    writeFileSync(join(dataFolder, 'postgresql.conf'), serverSettings(socketFolder, port, settings, operator))
    writeFileSync(join(dataFolder, 'pg_hba.conf'), hostRules(options.hostRules))
    const server = await launch(binaries, dataFolder, account, socketFolder, port)
    log(`started PostgreSQL ${binaries.version} in ${folder}`)
    return server
  }
}

/** Another living process serves from the folder. */
export class DatabaseInUse extends Error {
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(
      `IKMS is already running on ${folder} (process ${pid}): stop it, or set IKMS_DATA to another folder`,
    )
    this.name = 'DatabaseInUse'
    this.pid = pid
  }
}

/**
 * Where IKMS keeps its data when nobody says otherwise: `.ikms` in the checkout, or `/var/lib/ikms` when we are root and the
 * checkout is closed to the account that PostgreSQL then runs under (a clone in /root).
 */
export function defaultDataFolder(checkout: string): string {
  const inCheckout = join(checkout, '.ikms')
  return closedFolderAbove(inCheckout, serverAccount()) ? '/var/lib/ikms' : inCheckout
}
