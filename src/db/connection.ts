import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { serverAccount } from './embedded/account.ts'
import { refreshCollations } from './embedded/collations.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import type { Keys } from './keys.ts'
import { type LoginRole, loginRoles, rolePassword } from './roles.ts'
import { types } from './values.ts'

/** The owner of the database on the embedded server; elsewhere it is the role of DATABASE_URL, whatever its name. */
export const OWNER = 'ikms_owner'

/** Where a database is reached; plain data, so that it can be handed to another process of ours. */
export type Place =
  | { socketFolder: string; port: number; database: string }
  | { url: string; database: string }

export type DatabaseOptions = {
  /** A PostgreSQL server (DATABASE_URL): its role owns the database, its name is the database's. */
  url?: string
  /** Else the data folder of IKMS: the embedded server in its subfolder `postgres` is started or joined. */
  folder?: string
  /** Else a server that runs already: `place` of the process that opened it. */
  place?: Place
  /** Name of the database; default `ikms`. With `url` it replaces the one in the address. */
  database?: string
  /** With `folder`: `serve` may be there once, a `guest` beside it. Default `serve`. */
  kind?: 'serve' | 'guest'
  /** With `url`: the passwords of our login roles are derived from them. Left out, no password is sent. */
  keys?: Keys
  /** Connections per pool; default public 8, app 8, job 4. */
  poolSize?: Partial<Record<'public' | 'app' | 'job', number>>
  /** What the server shows as the client's name; default `ikms`. */
  applicationName?: string
  log?: (message: string) => void
}

export type Database = {
  name: string
  place: Place
  keys: Keys | undefined
  /** The server in our folder; undefined when it is somebody else's. */
  embedded: EmbeddedServer | undefined
  publicPool: pg.Pool
  appPool: pg.Pool
  jobPool: pg.Pool
  /** Migrations, roles, backups; made when first asked for. */
  readonly ownerPool: pg.Pool
  log: (message: string) => void
  /** Waits a while for open transactions, ends the pools, then our use of the embedded server. May be called twice. */
  close(): Promise<void>
}

/**
 * Opens the database: three pools with a login role each. The connection decides nothing about what may be seen; see
 * actor.ts. Nothing is made or changed here except an embedded server's empty database.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { log = () => {}, keys, poolSize = {}, applicationName = 'ikms' } = options
  const { place, embedded } = await findPlace(options, log)
  const open: pg.Pool[] = []
  let closed: Promise<void> | undefined
  const pool = (role: LoginRole | 'owner', max: number) => {
    const made = new pg.Pool({
      ...address(place, role, keys),
      max,
      types,
      application_name: `${applicationName} ${role === 'owner' ? 'owner' : role.slice('ikms_'.length)}`,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: false,
      keepAlive: true,
      options: sessionSettings(role),
      // Statements of one request are sent without waiting for the answer to the one before; COPY cannot be.
      pipeline: role === 'ikms_public' || role === 'ikms_app',
    })
    // An idle connection that breaks (server restarted, network) is replaced at the next use; unheard it ends the process.
    made.on('error', (error) => {
      if (!closed) log(`lost an idle database connection: ${error.message}`)
    })
    open.push(made)
    return made
  }
  let ownerPool: pg.Pool | undefined
  return {
    name: place.database,
    place,
    keys,
    embedded,
    publicPool: pool('ikms_public', poolSize.public ?? 8),
    appPool: pool('ikms_app', poolSize.app ?? 8),
    jobPool: pool('ikms_job', poolSize.job ?? 4),
    get ownerPool() {
      ownerPool ??= pool('owner', 3)
      return ownerPool
    },
    log,
    close: () => {
      closed ??= Promise.race([Promise.all(open.map((each) => each.end())), patience()]).then(() =>
        embedded?.stop(),
      )
      return closed
    },
  }
}

const PATIENCE = 15_000 // ms that open transactions get at a stop; then the server or the end of the process ends them

const patience = () => new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref())

async function findPlace(options: DatabaseOptions, log: (message: string) => void) {
  const { url, folder, place, database } = options
  if (place) return { place: { ...place, database: database ?? place.database }, embedded: undefined }
  if (url) {
    const named = database ?? decodeURIComponent(new URL(url).pathname.slice(1))
    if (!named) throw new Error('DATABASE_URL names no database: add one, as in postgresql://user@host/ikms')
    return { place: { url, database: named }, embedded: undefined }
  }
  if (!folder) throw new Error('openDatabase needs a url, a folder or a place')
  mkdirSync(folder, { recursive: true })
  if (serverAccount().name === 'nobody') chmodSync(folder, statSync(folder).mode | 0o011) // PostgreSQL must pass
  const embedded = await startEmbedded({ folder: join(folder, 'postgres'), kind: options.kind, log })
  const { socketFolder, port } = embedded
  try {
    await makeOwnDatabase(socketFolder, port, database ?? 'ikms', log)
  } catch (error) {
    await embedded.stop()
    throw error
  }
  return { place: { socketFolder, port, database: database ?? 'ikms' }, embedded }
}

/** Where and as whom a pool connects. */
function address(place: Place, role: LoginRole | 'owner', keys: Keys | undefined): pg.PoolConfig {
  if ('socketFolder' in place) {
    const { socketFolder, port, database } = place
    return { host: socketFolder, port, database, user: role === 'owner' ? OWNER : role }
  }
  const url = new URL(place.url)
  url.pathname = `/${encodeURIComponent(place.database)}`
  if (role !== 'owner') {
    // As parameters they outrank user:password@ and also work in an address without a host.
    url.searchParams.set('user', role)
    url.searchParams.set('password', keys ? rolePassword(keys, role) : '')
  }
  return { connectionString: url.href }
}

/** Settings every session starts with and returns to. */
function sessionSettings(role: LoginRole | 'owner'): string {
  const limits =
    role === 'owner' || role === 'ikms_job'
      ? { statement_timeout: '0', client_connection_check_interval: '5s' } // ends with its program, however that died
      : {
          statement_timeout: loginRoles[role].statementTimeout,
          lock_timeout: '5s',
          idle_in_transaction_session_timeout: '30s', // a request that hangs must not hold its locks
        }
  const settings = { TimeZone: 'UTC', DateStyle: 'ISO', IntervalStyle: 'iso_8601', ...limits }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

/**
 * Makes the owner role and its database on an embedded server. The owner may create roles but is no superuser and obeys
 * row-level security, exactly as on somebody else's server.
 */
export async function makeOwnDatabase(
  socketFolder: string,
  port: number,
  database: string,
  log = (_: string) => {},
) {
  const connectTo = async (name: string) => {
    const client = new pg.Client({ host: socketFolder, port, user: 'postgres', database: name })
    await client.connect()
    return client
  }
  const client = await connectTo('postgres')
  try {
    const { rows } = await client.query<{ owner: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as owner,
              exists (select from pg_database where datname = $2) as database`,
      [OWNER, database],
    )
    if (!rows[0]!.owner) await client.query(`create role ${OWNER} login createrole`)
    if (!rows[0]!.database) {
      await client.query(`create database ${pg.escapeIdentifier(database)} owner ${OWNER}`)
      return
    }
  } finally {
    await client.end()
  }
  const inside = await connectTo(database)
  try {
    if (await refreshCollations(inside, database)) log('the rules of sorting changed: indexes were made anew')
  } finally {
    await inside.end()
  }
}
