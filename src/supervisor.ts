import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { backup } from '#db/backup.ts'
import { openDatabase } from '#db/connection.ts'
import { loadKeys } from '#db/keys.ts'
import { migrate } from '#db/migrate.ts'

export interface ServeOptions {
  folder: string
  url: string | undefined
  keysPath: string
  backups: string
  port: number
  host: string
}

/** What a web process is told by its environment. */
export const placeVariable = 'IKMS_PLACE'

/**
 * Runs the system: opens and migrates the database, then keeps one web process per spare core alive behind one port. A
 * process that dies is replaced; one that dies at once again waits longer. Ends cleanly at SIGINT and SIGTERM: web
 * processes finish their requests, then the database stops.
 */
export async function serve({ folder, url, keysPath, backups, port, host }: ServeOptions): Promise<void> {
  const keys = loadKeys(keysPath)
  const db = await openDatabase({ ...(url ? { url } : { folder }), keys, log: console.error })
  await migrate(db, { backupBefore: async () => void (await backup(db, { to: backups })) })

  cluster.setupPrimary({
    exec: join(import.meta.dirname, 'server.ts'),
    execArgv: ['--max-old-space-size=200'],
  })
  const environment = {
    [placeVariable]: JSON.stringify(db.place),
    IKMS_KEYS: keysPath,
    PORT: String(port),
    HOST: host,
    NODE_ENV: 'production', // else React runs its slow checks for developers
  }
  let stopping = false
  const fork = () => cluster.fork(environment)
  const processes = Number(process.env.IKMS_WEB_PROCESSES ?? Math.max(1, availableParallelism() - 1))
  for (let at = 0; at < processes; at += 1) fork()

  const born = new Map<number, number>()
  cluster.on('online', (worker: Worker) => born.set(worker.id, Date.now()))
  let listening = 0
  cluster.on('listening', () => {
    listening += 1
    if (listening === processes)
      console.log(`IKMS is ready: http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`)
  })
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return
    const lived = Date.now() - (born.get(worker.id) ?? 0)
    if (listening === 0 && code === PORT_TAKEN) {
      console.error(`Port ${port} is taken. Choose another: PORT=3001 npm start`)
      void stop(1)
      return
    }
    console.error(`A web process ended (${signal ?? code}); starting another.`)
    setTimeout(fork, lived < 5000 ? 2000 : 0)
  })

  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    await Promise.all(
      Object.values(cluster.workers ?? {}).map(
        (worker) =>
          new Promise<void>((done) => {
            worker!.once('exit', () => done())
            worker!.process.kill('SIGTERM')
            setTimeout(() => worker!.process.kill('SIGKILL'), 8000).unref()
          }),
      ),
    )
    await db.close()
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
}

/** Exit code by which a web process says that its port is taken. */
export const PORT_TAKEN = 98
