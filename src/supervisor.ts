import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asJob } from '#db/actor.ts'
import { backup } from '#db/backup.ts'
import type { Database } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { type Log, newLog } from '#http/log.ts'
import { answerScrapes } from '#http/scrape.ts'
import { feedTotals } from '#modules/feeds/index.ts'
import { closeInterruptedImports, importTotals, sweepUploads, type Uploads } from '#modules/intake/index.ts'
import { jobTotals } from '#modules/jobs/index.ts'
import { type JobsKeeper, keepJobsProcess } from './jobs-keeper.ts'
import { openBank } from './open-bank.ts'
import { refuseRealData } from './real-data.ts'
import { type Starts, supervisorMetrics } from './supervisor-metrics.ts'
import {
  CANNOT_LISTEN,
  noRealDataVariable,
  offersDemoVariable,
  PORT_TAKEN,
  placeVariable,
} from './web-process.ts'

export interface ServeOptions {
  folder: string
  url: string | undefined
  keysPath: string
  /** file with the keys of single people */
  personKeys: string
  backups: string
  uploads: Uploads
  /** where what feeds bring lies until it is imported */
  feeds: string
  port: number
  host: string
}

const YOUNG = 5000 // ms; a web process that ends before is not started again at once
const PAUSE = 2000 // ms before the next try
const TRIES = 3 // web processes that may end before any of them ever answered
const LOOK = 1000 // ms between looks whether the database lives
const PATIENCE = 8000 // ms that web processes get to finish what they are doing

/**
 * Runs the system: opens and migrates the database, then keeps one web process per spare core alive behind one port. A
 * process that dies is replaced; one that dies at once again waits longer. Beside them one jobs process does long work.
 * Ends cleanly at SIGINT and SIGTERM: web processes finish their requests, the jobs process finishes its job or gives it
 * back, then the database stops.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { keysPath, personKeys, backups, uploads } = options
  const log = newLog(process.env.IKMS_LOG ?? 'warn')
  // Words for whoever starts it; from then on lines for programs that read logs, as the other processes write them.
  let isStarted = false
  const opening = openBank(options, 'serve', (message) =>
    isStarted ? log.warn(message) : console.error(message),
  )
  let isEnding = false
  let jobs: JobsKeeper | undefined
  const stop = async (code: number) => {
    if (isEnding) return
    isEnding = true
    await Promise.all([jobs?.end(), ...Object.values(cluster.workers ?? {}).map((worker) => end(worker!))])
    await opening.then(
      ({ db }) => db.close(),
      () => {},
    )
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

  const { db } = await opening
  try {
    await migrate(db, { backupBefore: async () => void (await backup(db, { to: backups, personKeys })) })
    await refuseRealData(db)
    await closeInterruptedImports(db)
    await sweepUploads(db, uploads, true)
  } catch (error) {
    if (isEnding) return
    await db.close()
    throw error
  }
  if (isEnding) return
  isStarted = true
  const ours = {
    [placeVariable]: JSON.stringify(db.place),
    IKMS_KEYS: keysPath,
    IKMS_PERSON_KEYS: personKeys,
    IKMS_UPLOADS: uploads.folder,
    IKMS_FEEDS: options.feeds,
    IKMS_UPLOAD_LIMIT: String(uploads.most / 1024 ** 2),
    [offersDemoVariable]: db.embedded ? '1' : '',
    [noRealDataVariable]: db.embedded?.account === 'nobody' ? '1' : '',
    NODE_ENV: 'production', // else React runs its slow checks for developers
  }
  jobs = keepJobsProcess(ours, log)
  const database = keepDatabase(db, log, () => isEnding)
  const reads = {
    imports: () => asJob(db, importTotals),
    jobs: () => asJob(db, jobTotals),
    feeds: () => asJob(db, feedTotals),
  }
  const web = keepWebProcesses(ours, options, { log, isEnding: () => isEnding, stop })
  answerScrapes(supervisorMetrics({ data: options.folder, backups }, reads, { jobs, web, database }))
}

/** Starts an embedded database again that was killed. Until it answers, everything says so and waits for it. */
function keepDatabase({ embedded }: Database, log: Log, isEnding: () => boolean): Starts {
  let starts = 1
  let isBusy = false
  const look = async () => {
    if (!embedded || isBusy || isEnding()) return
    isBusy = true
    try {
      if (!(await embedded.revive())) return
      starts += 1
      log.error('The database had ended; it was started again.')
    } catch (error) {
      log.error(`The database ended and does not start again: ${(error as Error).message}`)
    } finally {
      isBusy = false
    }
  }
  setInterval(look, LOOK).unref()
  return { starts: () => starts }
}

async function end(worker: Worker): Promise<void> {
  const gone = new Promise<void>((done) => worker.once('exit', () => done()))
  worker.process.kill('SIGTERM')
  const late = sleep(PATIENCE, undefined, { ref: false }).then(() => worker.process.kill('SIGKILL'))
  await Promise.race([gone, late.then(() => gone)])
}

function keepWebProcesses(
  ours: Record<string, string>,
  { port, host }: ServeOptions,
  { log, isEnding, stop }: { log: Log; isEnding: () => boolean; stop: (code: number) => Promise<void> },
): Starts {
  // Web processes accept for themselves. Handed out by the supervisor, a connection on its way to a process that dies just
  // then would be held open for ever, its client waiting.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  cluster.setupPrimary({
    exec: join(import.meta.dirname, 'server.ts'),
    execArgv: ['--max-old-space-size=200', '--max-semi-space-size=16'], // MB; together below 300 MB a process
  })
  const environment = { ...ours, PORT: String(port), HOST: host }
  const wanted = Number(process.env.IKMS_WEB_PROCESSES) || Math.max(1, availableParallelism() - 1)
  const born = new Map<number, number>()
  let listening = 0
  let ended = 0

  const fork = () => {
    if (!isEnding()) born.set(cluster.fork(environment).id, Date.now())
  }
  const giveUp = (why: string) => {
    console.error(why)
    void stop(1)
  }
  cluster.on('listening', () => {
    listening += 1
    if (listening !== wanted) return
    console.log(`IKMS is ready: http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`)
  })
  cluster.on('exit', (worker, code, signal) => {
    if (isEnding()) return
    ended += 1
    if (listening === 0) {
      if (code === PORT_TAKEN) return giveUp(`Port ${port} is taken. Choose another: PORT=3001 npm start`)
      if (code === CANNOT_LISTEN)
        return giveUp(`IKMS may not listen on ${host}, port ${port}: set HOST, PORT.`)
      if (ended === TRIES) return giveUp('The web processes do not start; the reason stands above.')
    }
    log.error(`A web process ended (${signal ?? code}); starting another.`)
    setTimeout(fork, Date.now() - born.get(worker.id)! < YOUNG ? PAUSE : 0)
  })
  for (let at = 0; at < wanted; at += 1) fork()
  return { starts: () => born.size }
}
