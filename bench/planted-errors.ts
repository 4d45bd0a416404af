/**
 * Planted faults come back: `node bench/planted-errors.ts [small|demo|country] [seed, 2026]`. A country is made with faults of every kind,
 * imported into a database of its own, and all checks are asked. Told: kinds with fewer than twenty faults, faults that were not found, and
 * how many findings were no planted fault (at most one answer in a hundred). Ends with 1 where a fault was not found or too much was.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { migrate } from '#db/migrate.ts'
import { runChecks } from '#modules/checks/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { checks } from '../src/catalogue.ts'
import { writePackage } from '../src/synth/package.ts'
import { planOf, type Size } from '../src/synth/size.ts'
import { foundFaults, plantedFaults } from '../test/synth/found-faults.ts'

const size = (process.argv[2] ?? 'demo') as Size
const seed = Number(process.argv[3] ?? 2026)
const DAY = '2026-10-26' // when what is missed after some days is missed
const ENOUGH = 20 // faults of a kind
const MOST_FALSE = 0.01 // of answers

const folder = mkdtempSync(join(tmpdir(), 'ikms-planted-'))
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const out = join(folder, size)
const seconds = async <T>(what: string, work: () => T | Promise<T>): Promise<T> => {
  const since = performance.now()
  const result = await work()
  console.log(`${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`)
  return result
}

await seconds('made', () => writePackage(planOf(size, seed, undefined, true), out))
const db = await openDatabase({ folder: join(folder, 'data') })
try {
  await migrate(db)
  const keys: Keys = { current: '1', keys: { 1: randomBytes(32) } }
  const { state, refusals } = await seconds('imported', () => importPackage({ db, keys, file: out }))
  if (state !== 'merged') throw new Error(`the import is ${state}, ${refusals} rows refused`)
  const { asked, faults } = await seconds('checked', () => runChecks(db, checks, { day: DAY }))
  const planted = await plantedFaults(out)
  const found = await foundFaults(db, out)
  const kinds = [...Map.groupBy(planted, ({ check }) => check)]
  const known = new Set(planted.map(({ check, key }) => `${check} ${key}`))
  const lost = planted.filter(({ check, key }) => !found.has(`${check} ${key}`))
  const others = [...found].filter((each) => !known.has(each))
  const few = kinds.filter(([, faults]) => faults.length < ENOUGH)
  console.log(`${size}: ${planted.length} faults of ${kinds.length} kinds, ${lost.length} not found`)
  console.log(
    `fewer than ${ENOUGH} of a kind: ${few.map(([kind, { length }]) => `${kind} ${length}`).join(', ') || 'none'}`,
  )
  console.log(
    `${asked} answers, ${faults} bad, ${others.length} findings were not planted (${((100 * others.length) / asked).toFixed(3)} %)`,
  )
  const byCheck = Map.groupBy(others, (each) => each.split(' ')[0]!)
  console.log(
    [...byCheck]
      .map(([check, { length }]) => `  ${check} ${length}`)
      .sort()
      .join('\n'),
  )
  for (const { check, key } of lost.slice(0, 20)) console.log(`  not found: ${check} ${key}`)
  if (lost.length > 0 || others.length > MOST_FALSE * asked) process.exitCode = 1
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}
