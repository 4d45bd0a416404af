import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import { openDatabase, type Place } from '#db/connection.ts'
import { loadKeys } from '#db/keys.ts'
import { newLog } from '#http/log.ts'
import { sweepRoundFiles } from '#modules/assessments/index.ts'
import { askDueFeeds } from '#modules/feeds/index.ts'
import { sweepUploads, uploadSettings } from '#modules/intake/index.ts'
import { cancelStatements, JobWorker } from '#modules/jobs/index.ts'
import { endLostTrials } from '#modules/publications/index.ts'
import { askWhatIsDue } from '#modules/rights/index.ts'
import { jobHandlers } from './job-handlers.ts'
import { noRealDataVariable, placeVariable } from './web-process.ts'

const TELL = 5_000 // ms between messages to the supervisor
const CALENDAR = 10 * 60_000 // ms between two looks at the calendar
const FEEDS = 30_000 // ms between two looks for feeds whose time has come
const SWEEP = 10 * 60_000 // ms between two looks for uploads whose time is over

/** The jobs process: told by the supervisor where the database is, it does what waits in the queue, one job at a time. */
async function main() {
  process.on('SIGINT', () => {}) // the supervisor decides, also while we are starting
  const place = JSON.parse(process.env[placeVariable]!) as Place
  const keys = loadKeys(process.env.IKMS_KEYS!)
  const log = newLog(process.env.IKMS_LOG ?? 'warn')
  const open = (applicationName: string) =>
    openDatabase({ place, keys, log: (message) => log.warn(message), applicationName })
  const db = await open('ikms jobs')
  const workDb = await open('ikms work') // of its own, so that a job can be stopped by stopping what happens in it
  const serverProcesses = new Set<number>()
  workDb.jobPool.on('connect', (client) => serverProcesses.add(processOf(client)))
  workDb.jobPool.on('remove', (client) => serverProcesses.delete(processOf(client)))

  const uploads = uploadSettings(process.env)
  const worker = await JobWorker.start({
    db,
    handlers: jobHandlers(workDb, keys, {
      uploads: uploads ?? { folder: '' },
      refusesRealData: process.env[noRealDataVariable] === '1',
      personKeys: process.env.IKMS_PERSON_KEYS!,
      feeds: process.env.IKMS_FEEDS ?? join(tmpdir(), `ikms-feeds-${process.pid}`),
    }),
    cancelWork: () => asJob(db, (tx) => cancelStatements(tx, [...serverProcesses])),
    tidy: endLostTrials,
    log,
  })
  if (uploads) {
    const sweep = () =>
      Promise.all([sweepUploads(db, uploads), sweepRoundFiles(db, uploads)]).catch((error) =>
        log.warn({ name: error.name }, 'uploads not swept'),
      )
    setInterval(sweep, SWEEP).unref()
  }
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
  process.on('SIGTERM', () => void worker.stop().catch(() => {}))
  process.on('disconnect', () => void worker.stop().catch(() => {})) // the supervisor is gone
  if (process.connected === false) void worker.stop().catch(() => {})
  try {
    await worker.ended
    await Promise.all([db.close(), workDb.close()])
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
