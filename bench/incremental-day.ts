/**
 * A day of changes in a bank that has its cubes: some thousand rows of the latest school year are corrected in one import, and what they
 * touch is made anew. A copy of the data folder must be given: the changes stay in it.
 *
 *     IKMS_DATA=FOLDER node bench/incremental-day.ts [rows, 5000] [school year]
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { asJob, type Tx } from '#db/actor.ts'
import { migrate } from '#db/migrate.ts'
import { computeFigures } from '../src/compute-figures.ts'
import { openBank } from '../src/open-bank.ts'
import { correct } from '../test/changed-bank.ts'

const folder = resolve(process.env.IKMS_DATA ?? '')
const rows = Number(process.argv[2] ?? 5000)
const { db } = await openBank({ folder, url: undefined, keysPath: join(folder, 'keys.json') }, 'guest')
const day = '2026-11-23'

/** Seconds of a processor that a process has used. */
function used(pid: number): number {
  const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = rest!.split(' ').slice(11, 13).map(Number)
  return (user! + system!) / 100
}

/** What some work takes: on the clock, and of processors by the program and the connections of the database that work for it. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const backends = async () =>
    (
      await db.jobPool.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = 'ikms_job' and backend_type = 'client backend'`,
      )
    ).rows.map(({ pid }) => pid)
  const before = new Map((await backends()).map((pid) => [pid, used(pid)]))
  const [own, started] = [process.cpuUsage(), performance.now()]
  const result = await work()
  const { user, system } = process.cpuUsage(own)
  const database = (await backends()).reduce((sum, pid) => sum + used(pid) - (before.get(pid) ?? 0), 0)
  console.log(
    `${what}: ${((performance.now() - started) / 1000).toFixed(1)} s; processors: program ${((user + system) / 1e6).toFixed(1)} s, database ${database.toFixed(1)} s`,
  )
  return result
}

/** Makes the cubes and says which figures and years took longest, in seconds of the clock. */
async function make(what: string) {
  const took: [figure: string, seconds: number][] = []
  const onProgress = (_done: number, _of: number, code: string, year: number, seconds: number) =>
    took.push([`${code} ${year}`, seconds])
  const report = await timed(what, () => computeFigures(db, { day, onProgress }))
  const longest = took
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .filter(([, seconds]) => seconds > 0.2)
  console.log(
    `  ${report.parts} parts, ${report.reused} as they were, ${report.newParts} new; ${report.cells} cells`,
  )
  if (longest.length > 0)
    console.log(
      `  longest: ${longest.map(([figure, seconds]) => `${figure} ${seconds.toFixed(1)}`).join(', ')}`,
    )
  return report
}

/** Marks and absence of the year, a few learners who moved, and a few corrections of three years before. */
async function changeSome(tx: Tx, year: number): Promise<number> {
  const each = Math.round(rows * 0.45)
  const few = Math.ceil(rows / 250)
  const before = `school_year = ${year - 3} and learner_id % 7 = 4`
  const of = (share: number) => `school_year = ${year} and learner_id % 7 = ${share}`
  return (
    (await correct(tx, 'records.marks', of(1), { second_term: 'first_term' }, each)) +
    (await correct(tx, 'records.absence', of(2), { unexcused: 'excused', excused: 'unexcused' }, each)) +
    (await correct(
      tx,
      'registry.enrolment',
      of(3),
      { institution_id: '(select min(institution_id) from registry.enrolment)' },
      rows - 2 * each - 2 * few,
    )) +
    (await correct(tx, 'records.marks', before, { second_term: 'first_term' }, few)) +
    (await correct(tx, 'records.absence', before, { unexcused: 'excused', excused: 'unexcused' }, few))
  )
}

try {
  await migrate(db)
  const { rows: years } = await db.jobPool.query<{ year: number }>(
    'select max(school_year) as year from records.marks',
  )
  const year = Number(process.argv[3] ?? years[0]!.year)
  const { rows: made } = await db.jobPool.query('select from indicators.part_input limit 1')
  if (made.length === 0) await make('all made for the first time')
  await make('nothing has changed')
  const changed = await timed('rows changed', () => asJob(db, (tx) => changeSome(tx, year)))
  console.log(`  ${changed} rows of ${year} and ${year - 3}`)
  await make('made anew')
  console.log(`memory of the program: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
} finally {
  await db.close()
}
