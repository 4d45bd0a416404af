import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Tx } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import { growAll } from '#modules/growth/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import { newDatabase } from '#test/database.ts'
import { testKeys } from '#test/world.ts'
import { catalogue } from '../../catalogue.ts'
import { writePackage } from '../../synth/package.ts'
import { planOf } from '../../synth/size.ts'
import { keepPlaces } from './compute-store.ts'
import { atOwnYear, type Definition, type Looks } from './define.ts'
import { readBy, yearsOf } from './inputs-store.ts'

/**
 * What a definition says of the school years it looks at decides what is made anew. Said too narrowly, figures would stay as they were
 * though something they are made from has changed, and nobody would notice. So everything outside of what is said is deleted here, and
 * the facts must be the same.
 */
const db = await newDatabase()
const folder = mkdtempSync(join(tmpdir(), 'ikms-looks-'))
const superuser = new pg.Client({ ...clusterOf(), user: 'postgres', database: db.name })
const tx = superuser as unknown as Tx
const years = [2022, 2024, 2026]
const looking = catalogue.filter(({ facts, looks }) => facts !== null && looks !== undefined)
let asOf: number

function clusterOf() {
  const { socketFolder, port } = inject('cluster')
  return { host: socketFolder, port }
}

beforeAll(async () => {
  writePackage(planOf('small', 2026), folder)
  expect((await importPackage({ db, keys: testKeys, file: folder })).state).toBe('merged')
  await growAll(db)
  await analyse(db, ['registry', 'records', 'growth'])
  await superuser.connect()
  const { rows } = await tx.query<{ latest: number }>('select max(import_id) as latest from intake.import')
  asOf = rows[0]!.latest
}, 300_000)
afterAll(async () => {
  await superuser.end()
  rmSync(folder, { recursive: true, force: true })
})

/** The facts of a year, as how many there are and their hash. */
async function factsOf(facts: string, year: number): Promise<string> {
  const { rows } = await tx.query<{ told: string }>(
    `select concat_ws(' ', count(*), md5(string_agg(fact::text, '|' order by fact::text collate "C"))) as told
       from (${facts}) as fact where $1::bigint is not null and $2::int is not null`,
    [asOf, year],
  )
  return rows[0]!.told
}

async function deleteOutside({ back, forward }: Looks, year: number, tables: Iterable<string>) {
  await tx.query('set local session_replication_role = replica') // references to what is deleted may stay
  for (const table of tables) {
    const told = await yearsOf(tx, table)
    if (!told) continue
    await tx.query(
      `delete from ${table} where ctid in (
         select row from (select ${['t.ctid as row', ...told.by.map((sql, at) => `${sql} as k${at + 1}`)].join(', ')} from ${table} t ${told.join ?? ''}) r
          where coalesce(${told.first}, 0)::int > $1 or coalesce(${told.last}, 9999)::int < $2)`,
      [year + forward, year - back],
    )
  }
}

/** Codes whose facts of a year are others where only what `looks` says is known. */
async function othersWithin(
  definitions: readonly Definition[],
  looks: Looks,
  year: number,
  whole: ReadonlyMap<string, string>,
): Promise<string[]> {
  const tables = new Set<string>()
  for (const { facts } of definitions)
    for (const table of (await readBy(tx, facts!)).tables) if (!table.startsWith('pg_temp')) tables.add(table)
  await tx.query('savepoint all_known')
  await deleteOutside(looks, year, tables)
  const others: string[] = []
  for (const { code, facts } of definitions)
    if ((await factsOf(facts!, year)) !== whole.get(code)) others.push(`${code} ${year}`)
  await tx.query('rollback to savepoint all_known')
  return others
}

test('facts are the same where only the school years that a definition looks at are known', async () => {
  const windows = Map.groupBy(looking, ({ looks }) => `${looks!.back} ${looks!.forward}`)
  const seen = new Set<string>()
  const others: string[] = []
  const narrowed: string[] = []
  for (const year of years) {
    await tx.query('begin')
    await tx.query('set local enable_nestloop = off') // as compute reads them
    const register = await placeRegister(tx, asOf)
    await keepPlaces(tx, 'place', register, dayOfPlaces(year))
    await keepPlaces(tx, 'place_today', register, '2026-11-23')
    const whole = new Map<string, string>()
    for (const { code, facts } of looking) {
      const told = await factsOf(facts!, year)
      whole.set(code, told)
      if (!/^0\b/.test(told)) seen.add(code)
    }
    for (const definitions of windows.values())
      others.push(...(await othersWithin(definitions, definitions[0]!.looks!, year, whole)))
    const wide = looking.filter(({ looks }) => looks!.back > 0 || looks!.forward > 0)
    narrowed.push(...(await othersWithin(wide, atOwnYear, year, whole)))
    await tx.query('rollback')
  }
  expect(others).toEqual([])
  // Were they said to be of their own year alone, the same question would find it out.
  expect(narrowed.length).toBeGreaterThan(10)
  // The made-up country has no facts for them before it sits tests here, is checked, or its families' circumstances are known.
  expect(looking.map(({ code }) => code).filter((code) => !seen.has(code))).toEqual([
    'ACH-12',
    'ACH-13',
    'ACH-14',
    'ACH-15',
    'EQU-03',
    'ADM-03',
    'NET-15',
  ])
})
