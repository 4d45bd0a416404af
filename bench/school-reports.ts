/**
 * Reports of many schools at once, as the job makes them: what each takes on the clock and of processors, by the program, the browser and
 * the database. A copy of a released bank must be given: what is asked for stays in it. The portal has to be built.
 *
 *     IKMS_DATA=FOLDER node bench/school-reports.ts [schools, 600]
 */
import { join, resolve } from 'node:path'
import { asActor, asJob } from '#db/actor.ts'
import { migrate } from '#db/migrate.ts'
import { openBank } from '../src/open-bank.ts'
import { reportHandler } from '../src/report-handler.ts'
import { builtPortal, newServer } from '../src/server.ts'
import { chromiumPath } from '../test/pages/chromium.ts'
import { meterOf } from './national/meter.ts'

const folder = resolve(process.env.IKMS_DATA ?? '')
const most = Number(process.argv[2] ?? 600)
const { db, keys } = await openBank({ folder, url: undefined, keysPath: join(folder, 'keys.json') }, 'guest')

/** Asks for the reports of all schools as an analyst of the bank does. */
async function ask(): Promise<{ id: number; uuid: string }> {
  const { rows: people } = await asJob(db, (tx) =>
    tx.query<{ personId: number; mandateId: number; year: number }>(
      `select person_id as "personId", mandate_id as "mandateId", (select max(school_year) from records.marks) as year
         from access.mandate where tier = 'analyst' and valid @> access.today() and revoked_at is null limit 1`,
    ),
  )
  const { year, ...who } = people[0]!
  await asJob(db, async (tx) => {
    await tx.query(`update publications.report_set set asked_at = asked_at - interval '2 days'`)
    await tx.query(`delete from pgboss.job where name = 'reports'`)
  })
  const uuid = await asActor(db, { tier: 'analyst', ...who, requestId: crypto.randomUUID() }, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `select publications.ask_report_set($1::smallint, 'own', 'lv') as id`,
      [year],
    )
    return rows[0]!.id
  })
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ id: number }>(
      'select report_set_id as id from publications.report_set where report_set_uuid = $1',
      [uuid],
    ),
  )
  return { id: rows[0]!.id, uuid }
}

/** Makes as many as are wanted; the job is stopped behind them, as when it is cancelled. */
async function make(reportSetId: number, wanted: number) {
  const stop = new AbortController()
  let made = 0
  const { parse, work } = reportHandler(db, async () =>
    newServer({ db, keys, chromium: chromiumPath, ...(await builtPortal()) }),
  )
  const parsed = parse({ reportSetId })
  if (!parsed.success) throw new Error('the job has another shape')
  await work({
    payload: parsed.data as never,
    signal: stop.signal,
    progress: () => {
      made += 1
      if (made === wanted) stop.abort(new Error('enough'))
    },
    ask: async () => {},
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  return made
}

try {
  await migrate(db)
  const { id } = await ask()
  const done = meterOf(db.embedded!.pid)
  done(`the first: ${await make(id, 1)}`) // the program and the browser start, and what they keep is not there yet
  const made = await make(id, most)
  done(`reports of schools, PDF and XLSX: ${made}`)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ pdf: number; xlsx: number }>(
      'select avg(length(pdf))::float8 as pdf, avg(length(xlsx))::float8 as xlsx from publications.report_file where report_set_id = $1',
      [id],
    ),
  )
  const kB = (bytes: number) => `${Math.round(bytes / 1024)} kB`
  console.log(`a PDF ${kB(rows[0]!.pdf)}, a workbook ${kB(rows[0]!.xlsx)}`)
} finally {
  await db.close()
}
process.exit(0)
