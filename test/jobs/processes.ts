import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { askForJob, type Job, type JobKind, jobById, listJobs } from '#modules/jobs/index.ts'
import { afterFile } from '../after-file.ts'
import { until } from '../serve/serving.ts'

/** Where the keys of the jobs processes of a test file lie. */
let folder: string | undefined

function keysFolder(): string {
  if (folder) return folder
  const made = mkdtempSync(join(tmpdir(), 'ikms-jobs-'))
  afterFile(() => {
    rmSync(made, { recursive: true, force: true })
    folder = undefined
  })
  folder = made
  return made
}

/**
 * A jobs process as the supervisor starts it, or another program that works on the same queue.
 *
 * @param more  what else the supervisor tells it, e.g. where uploads wait
 */
export function startJobs(db: Database, program = 'src/jobs-process.ts', more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      IKMS_PLACE: JSON.stringify(db.place),
      IKMS_KEYS: join(keysFolder(), 'keys.json'),
      IKMS_LOG: 'info',
      ...more,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = { log: '' }
  child.stderr!.on('data', (chunk) => {
    said.log += chunk
  })
  afterFile(() => child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  return { child, said, ended }
}

const LONG = 60_000 // ms; nothing here takes so long on a quiet machine

/** The queue of a database, as tests look at it. */
export function queueOf(db: Database) {
  const rows = async <Row>(sql: string, values: readonly unknown[] = []) =>
    (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows
  const job = (id: string) => asJob(db, async (tx) => (await jobById(tx, id))!)
  return {
    rows,
    job,
    jobs: () => asJob(db, listJobs),
    ask: (kind: JobKind, payload: object = {}, key?: string) =>
      asJob(db, (tx) => askForJob(tx, kind, payload, key)),
    /** Waits until a job stands so, and returns it. */
    async untilJob(id: string, isSo: (job: Job) => boolean): Promise<Job> {
      await until(async () => isSo(await job(id)), LONG)
      return job(id)
    },
    /** Waits until a query finds something. */
    untilFound: (sql: string, values: readonly unknown[] = []) =>
      until(async () => (await rows(sql, values)).length > 0, LONG),
  }
}

/** Keeps whoever works on a table waiting in the middle of it, until let go. */
export async function holdTable(db: Database, table: string) {
  const holder = await db.ownerPool.connect()
  await holder.query(`begin; lock table ${table} in access exclusive mode`)
  return {
    /** what finds the server process of a job that waits for the table */
    held: `select pid from pg_stat_activity where datname = current_database() and application_name = 'ikms work job'
              and wait_event_type = 'Lock'`,
    letGo: async () => {
      await holder.query('rollback')
      holder.release()
    },
  }
}
