/**
 * What a country costs by its size: made, imported and computed in a folder of its own that is gone afterwards. Of every part the
 * seconds of the clock and of processors (the program; the connection of the database that works), and memory at the end.
 *
 *     node bench/cost-of-size.ts [share of the country, 0.1: 0.01|0.1|1] [school years back, 6]
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { importPackage } from '#modules/intake/index.ts'
import { computeFigures } from '../src/compute-figures.ts'
import { writePackage } from '../src/synth/package.ts'
import { LAST_YEAR, planOf, type Size } from '../src/synth/size.ts'

const sizes: Readonly<Record<string, Size>> = { '0.01': 'small', '0.1': 'demo', '1': 'country' }
const [share = '0.1', years = '6'] = process.argv.slice(2)
const size = sizes[share]
if (!size) throw new RangeError(`a share is one of ${Object.keys(sizes).join(', ')}, not ${share}`)

const folder = await mkdtemp(join(tmpdir(), 'ikms-bench-'))
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const file = join(folder, 'package')
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`

/** What a process holds for itself, without memory it shares, now. */
function own(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0)
}
function processors(pid: number): number {
  const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = rest!.split(' ').slice(11, 13).map(Number)
  return (user! + system!) / 100
}

let started = performance.now()
const begun = process.cpuUsage()
writePackage(planOf(size, 2026, LAST_YEAR - Number(years)), file)
const made = process.cpuUsage(begun)
console.log(
  `made: ${((performance.now() - started) / 1000).toFixed(0)} s, of a processor ${((made.user + made.system) / 1e6).toFixed(0)} s`,
)

const db = await openDatabase({ folder: join(folder, 'data'), log: () => {} })
try {
  await migrate(db)
  const jobs = async () =>
    (
      await db.jobPool.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = 'ikms_job' and backend_type = 'client backend'`,
      )
    ).rows.map(({ pid }) => pid)
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const before = new Map((await jobs()).map((pid) => [pid, processors(pid)]))
    const cpu = process.cpuUsage()
    started = performance.now()
    const result = await work()
    const { user, system } = process.cpuUsage(cpu)
    const there = await jobs()
    const database = there.reduce((sum, pid) => sum + processors(pid) - (before.get(pid) ?? 0), 0)
    const { rows } = await db.jobPool.query<{ bytes: number }>(
      'select pg_database_size(current_database()) as bytes',
    )
    console.log(
      `${what}: ${((performance.now() - started) / 1000).toFixed(0)} s; processors: program ${((user + system) / 1e6).toFixed(0)} s, ` +
        `database ${database.toFixed(0)} s; database ${megabytes(rows[0]!.bytes)}, its connection ${megabytes(Math.max(...there.map(own)))}, ` +
        `program at most ${megabytes(1024 * process.resourceUsage().maxRSS)}`,
    )
    return result
  }
  const keys = { current: '1', keys: { 1: randomBytes(32) } }
  const report = await timed('imported', () => importPackage({ db, keys, file }))
  console.log(`  ${report.state}, ${report.rowsRead.toLocaleString('en')} rows`)
  const first = await timed('computed', () => computeFigures(db))
  console.log(`  ${first.cells.toLocaleString('en')} cells in ${first.parts} parts`)
  const idle = await timed('computed again, where nothing has changed', () => computeFigures(db))
  console.log(`  ${idle.reused} of ${idle.parts} parts as they were`)
} finally {
  await db.close()
  await rm(folder, { recursive: true, force: true })
}
