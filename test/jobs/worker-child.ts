// A process that works on the queue like the jobs process, with jobs that only write down who did them. Told where the
// database is as the supervisor tells it.
import { z } from 'zod'
import { asJob } from '#db/actor.ts'
import { openDatabase, type Place } from '#db/connection.ts'
import { newLog } from '#http/log.ts'
import { handler, JobWorker } from '#modules/jobs/index.ts'
import { until } from '../serve/serving.ts'

const place = JSON.parse(process.env.IKMS_PLACE!) as Place
const db = await openDatabase({ place, applicationName: 'ikms jobs' })
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows

/** Writes down that this process does a piece of work, then waits until it may end: `open` holds it, or `all` does. */
const write = handler(z.object({ piece: z.string() }), async ({ payload: { piece } }) => {
  await query('insert into public.done (piece, process) values ($1, $2)', [piece, process.pid])
  await until(
    async () => (await query('select from public.open where piece in ($1, $2)', [piece, 'all'])).length > 0,
    60_000,
  )
  return {}
})

const worker = await JobWorker.start({
  db,
  handlers: {
    compute: write,
    publish: write,
    'rule-trial': write,
    import: write,
    retention: write,
    checks: write,
    feed: write,
    demo: write,
    extract: write,
    roster: write,
    'round-file': write,
    score: write,
    scale: write,
    rescore: write,
    reports: write,
  },
  cancelWork: async () => {},
  log: newLog('info'),
})
process.on('SIGTERM', () => void worker.stop())
await worker.ended
await db.close()
