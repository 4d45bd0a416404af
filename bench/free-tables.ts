/**
 * Speed of tables that anybody may cut: 252,000 pupils in 664 schools, a third of whom changed school. Counting them into
 * atoms, then questions, each asked as the public; and what of it is the noise.
 *
 *     node bench/free-tables.ts [pupils]
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asActor } from '#db/actor.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import {
  askFreeTable,
  computeFreeTables,
  currentFreeVersion,
  type FreeQuestion,
  listFreeDataSets,
} from '#modules/disclosure/index.ts'
import { registryFreeData } from '#modules/registry/index.ts'
import { noiseTable, noisyCount } from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { makeMovingPupils } from '#test/moving-pupils.ts'

const pupils = Number(process.argv[2] ?? 252_000)
const schools = 664
const TIMES = 20

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1]!
async function timed(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return median(times)
}

const folder = await mkdtemp(join(tmpdir(), 'ikms-bench-'))
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const db = await openDatabase({ folder: join(folder, 'data') })
try {
  await migrate(db)
  await makeMovingPupils(db, { pupils, schools, municipalities: 42 })
  await db.ownerPool.query('analyze')
  const keys = { current: '1', keys: { 1: randomBytes(32) } }
  const started = performance.now()
  const { people } = await computeFreeTables(db, keys, registryFreeData)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { maxRSS } = process.resourceUsage()
  console.log(`${people} people counted into atoms in ${seconds} s, peak ${Math.round(maxRSS / 1024)} MB`)

  const asPublic = <T>(work: Parameters<typeof asActor<T>>[2]) =>
    asActor(db, { tier: 'public', requestId: 'bench' }, work)
  const version = (await asPublic(currentFreeVersion))!.id
  const dataSets = await asPublic((tx) => listFreeDataSets(tx, version, '2026-11-22'))
  const dataSet = dataSets.find(({ code }) => code === 'school-changes')!
  const units = Array.from({ length: schools }, (_, at) => at + 1)
  for (const [level, by] of [
    ['state', ['sex', 'grade']],
    ['municipality', ['sex', 'grade']],
    ['school', []],
    ['school', ['sex', 'grade']],
  ] as const) {
    const question: FreeQuestion = { dataSet, schoolYear: 2026, level, by, where: {} }
    const ids = level === 'school' ? units : level === 'state' ? [1] : units.slice(3, 45)
    const ask = () => asPublic((tx) => askFreeTable(tx, version, question, ids))
    const { length: rows } = await ask()
    console.log(
      `${level} by ${by.join(', ') || 'nothing'}: ${rows} rows in ${(await timed(ask)).toFixed(1)} ms`,
    )
  }

  // the noise alone: the same cells looked up, and only read
  const cells = `generate_series(1, 100000) as c (n)`
  const look = `select sum(r.changes[1 + width_bucket((c.n * 40009::bigint) % 4294967296, r.thresholds)])
                  from ${cells} join disclosure.noise_row r
                    on r.data_set = 'school-changes' and r.from_year = 1990 and r.people = least(c.n % 40, 7)`
  const read = `select sum((c.n * 40009::bigint) % 4294967296) from ${cells}`
  const inDatabase = (await timed(() => db.jobPool.query(look))) - (await timed(() => db.jobPool.query(read)))
  const table = noiseTable(dataSet.noise[0]!)
  const random = philox(1)
  const drawn = Array.from({ length: 100_000 }, (_, at) => [at % 40, random.uniform()] as const)
  const inProcess = await timed(() => drawn.reduce((sum, [n, key]) => sum + noisyCount(n, key, table), 0))
  console.log(
    `noise of 1,000 cells: ${(inDatabase / 100).toFixed(3)} ms in the database, ${(inProcess / 100).toFixed(4)} ms in a process; budget 1 ms`,
  )
} finally {
  await db.close()
  await rm(folder, { recursive: true, force: true })
}
