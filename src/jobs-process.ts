import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import { type Database, openDatabase, type Place } from '#db/connection.ts'
import { type Keys, loadKeys } from '#db/keys.ts'
import { newLog } from '#http/log.ts'
import { sweepRoundFiles } from '#modules/assessments/index.ts'
import { askDueFeeds } from '#modules/feeds/index.ts'
import { sweepUploads, uploadSettings } from '#modules/intake/index.ts'
import { cancelStatements, JobWorker } from '#modules/jobs/index.ts'
import { JobKind } from '#modules/jobs/model.ts'
import { dropOldReports, endLostTrials } from '#modules/publications/index.ts'
import { askWhatIsDue } from '#modules/rights/index.ts'
import { jobHandlers } from './job-handlers.ts'
import { noRealDataVariable, placeVariable } from './web-process.ts'

const TELL = 5_000 // ms between messages to the supervisor
const CALENDAR = 10 * 60_000 // ms between two looks at the calendar
const FEEDS = 30_000 // ms between two looks for feeds whose time has come
const SWEEP = 10 * 60_000 // ms between two looks for uploads whose time is over

/**
 * Lanes: what waits for other systems or for a browser that prints stands in no way of what is worked out here, nor does one slow
 * system in that of the next. Of each lane one job is done at a time.
 */
const lanes: readonly (readonly JobKind[])[] = [
  JobKind.options.filter((kind) => kind !== 'feed' && kind !== 'reports'),
  ['feed'],
  ['feed'],
  ['reports'],
]

/** What web processes answer, for jobs that keep it; loaded only then. */
async function answering(db: Database, keys: Keys, chromium: string) {
  const { builtPortal, newServer } = await import('./server.ts')
  return newServer({ db, keys, chromium, ...(await builtPortal()) })
}

/** The jobs process: told by the supervisor where the database is, it does what waits in the queue, one job at a time in each lane. */
async function main() {
  process.on('SIGINT', () => {}) // the supervisor decides, also while we are starting
  const place = JSON.parse(process.env[placeVariable]!) as Place
  const keys = loadKeys(process.env.IKMS_KEYS!)
  const log = newLog(process.env.IKMS_LOG ?? 'warn')
  const open = (applicationName: string) =>
    openDatabase({ place, keys, log: (message) => log.warn(message), applicationName, poolSize: { job: 8 } })
  const db = await open('ikms jobs')
  const uploads = uploadSettings(process.env)
  const chromium = process.env.IKMS_CHROMIUM
  const workDbs: Database[] = []
  const startLane = async (kinds: readonly JobKind[]) => {
    const workDb = await open('ikms work') // of its own, so that a job can be stopped by stopping what happens in it
    workDbs.push(workDb)
    const serverProcesses = new Set<number>()
    workDb.jobPool.on('connect', (client) => serverProcesses.add(processOf(client)))
    workDb.jobPool.on('remove', (client) => serverProcesses.delete(processOf(client)))
    return JobWorker.start({
      db,
      kinds,
      handlers: jobHandlers(workDb, keys, {
        uploads: uploads ?? { folder: '' },
        refusesRealData: process.env[noRealDataVariable] === '1',
        personKeys: process.env.IKMS_PERSON_KEYS!,
        feeds: process.env.IKMS_FEEDS ?? join(tmpdir(), `ikms-feeds-${process.pid}`),
        answering: chromium ? () => answering(workDb, keys, chromium) : null,
      }),
      cancelWork: () => asJob(db, (tx) => cancelStatements(tx, [...serverProcesses])),
      ...(kinds.includes('rule-trial') && { tidy: endLostTrials }),
      log,
    })
  }
  const workers = await Promise.all(lanes.map(startLane))
  const stop = () => {
    for (const worker of workers) void worker.stop().catch(() => {})
  }
  if (uploads) {
    const sweep = () =>
      Promise.all([sweepUploads(db, uploads), sweepRoundFiles(db, uploads)]).catch((error) =>
        log.warn({ name: error.name }, 'uploads not swept'),
      )
    setInterval(sweep, SWEEP).unref()
  }
  const drop = () =>
    asJob(db, dropOldReports).catch((error) => log.warn({ name: error.name }, 'reports not swept'))
  setInterval(drop, SWEEP).unref()
  const ask = () =>
    asJob(db, askWhatIsDue).catch((error) => log.warn({ name: error.name }, 'the calendar was not looked at'))
  setInterval(ask, CALENDAR).unref()
  void ask()
  const askFeeds = () =>
    asJob(db, askDueFeeds).catch((error) => log.warn({ name: error.name }, 'feeds were not looked at'))
  setInterval(askFeeds, FEEDS).unref()
  void askFeeds()
  const tell = () => process.send?.({ ikms: 'jobs', memory: process.memoryUsage.rss() })
  tell()
  setInterval(tell, TELL).unref()
  process.on('SIGTERM', stop)
  process.on('disconnect', stop) // the supervisor is gone
  if (process.connected === false) stop()
  try {
    await Promise.all(workers.map(({ ended }) => ended)) // one that is lost takes the process with it
    await Promise.all([db, ...workDbs].map((each) => each.close()))
    process.exit(0)
  } catch (error) {
    log.error({ name: (error as Error).name }, 'the jobs process ends; another goes on')
    process.exit(1)
  }
}

/** The server process behind a connection. */
function processOf(client: object): number {
  return (client as { processID: number }).processID
}

if (import.meta.main) await main()
