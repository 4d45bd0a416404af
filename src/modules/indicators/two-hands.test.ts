import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { openDatabase } from '#db/connection.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { afterFile } from '#test/after-file.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRecords, plantRecords } from '#test/planted-records.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { catalogue as whole } from '../../catalogue.ts'
import { cellsIn, keepCells } from './cells-store.ts'
import { compute } from './compute.ts'
import { asOfImport, beginCompute, keepDefinition } from './compute-store.ts'
import type { Definition } from './define.ts'
import { Maker } from './maker.ts'
import { PartsToMake, type PartToMake } from './parts-to-make.ts'
import { type HandedPart, SecondHand } from './second-hand.ts'

const db = await newDatabase()
const register = plantRegister(2026)
await makePlantedRegister(db, register)
await makePlantedRecords(db, plantRecords(7, register))
await asJob(db, async (tx) => {
  await tx.query('update registry.enrolment set transport_minutes = 5 + learner_id % 50')
  await tx.query('update registry.site_version set lat = 56.5 + institution_id % 10 * 0.1, lon = 24.5')
})
/** One connection for jobs: nobody to help. */
const alone = await openDatabase({ place: db.place, poolSize: { job: 1 } })
afterFile(() => alone.close())

/** Sums of whole numbers, sums of any, distributions, and facts that share a part. */
const codes = ['CTX-01', 'SAF-03', 'ACH-09', 'STF-03', 'NET-01', 'NET-09', 'NET-10', 'NET-21']
const catalogue = whole.filter(({ code }) => codes.includes(code))
const day = '2026-11-23'
const first = await compute(db, catalogue, { day })

test('one connection makes the same cube as two', async () => {
  expect(await compute(alone, catalogue, { day, full: true })).toMatchObject({
    cube: { id: first.cube!.id },
    changed: false,
    newParts: 0,
    cells: first.cells,
  })
})

test('what several indicators share says the same where each asks for itself', async () => {
  const shared = catalogue.filter(({ once = [] }) => once.length > 0)
  expect(shared.map(({ code }) => code).sort()).toEqual(['NET-01', 'NET-10', 'NET-21'])
  for (const { facts, once } of shared) for (const { stands } of once!) expect(facts).toContain(stands)
  const { rows } = await db.jobPool.query<{ code: string }>(
    'select distinct code from indicators.part where code = any ($1)',
    [codes],
  )
  expect(rows.map(({ code }) => code).sort()).toEqual([...codes].sort())
  const each = catalogue.map((definition): Definition => ({ ...definition, once: undefined }))
  expect(await compute(db, each, { day, full: true })).toMatchObject({
    cube: { id: first.cube!.id },
    newParts: 0,
  })
})

test('cells that the second connection made arrive at the first as it makes them itself', async () => {
  const definition = catalogue.find(({ code }) => code === 'ACH-09')!
  const part = { definition: { ...definition, version: 99, hash: 'raised' }, year: 2026, cells: 0 }
  const second = new SecondHand(db)
  await asJob(db, async (tx) => {
    await beginCompute(tx)
    await keepDefinition(tx, part.definition)
    const asOf = (await asOfImport(tx))!
    const making = { asOf, register: await placeRegister(tx, asOf), day, mostCells: 1000 }
    await second.begin(tx, making)
    second.parts.add(part)
    const handed: HandedPart[] = []
    await expect.poll(() => handed.push(...second.handed()), { timeout: 60_000 }).toBe(1)
    const { made, rows } = handed[0]!
    expect(made).toMatchObject({ known: null })
    await cellsIn(tx, rows)
    const arrived = await tx.query('select * from pg_temp.new_cell order by 1, 2, 3, 4, 5, 6')
    expect(arrived.rowCount).toBe(made!.cells)
    const maker = await Maker.of(tx, making)
    expect((await maker.make(part)).made).toEqual(made)
    const own = await tx.query('select * from pg_temp.new_cell order by 1, 2, 3, 4, 5, 6')
    expect(arrived.rows).toEqual(own.rows)
    expect(await keepCells(tx, part.definition, 2026, made!)).toBeGreaterThan(0)
  }).finally(() => second.end())
})

test('where facts cannot be read nothing is made, and nobody is left at work', async () => {
  const broken = catalogue.map(
    (each): Definition => ({
      ...each,
      version: each.version + 50,
      hash: 'broken',
      facts: `${each.facts} limit 1 / 0`,
    }),
  )
  await expect(compute(db, broken, { day })).rejects.toThrow('division by zero')
  await expect.poll(() => db.jobPool.totalCount - db.jobPool.idleCount).toBe(0)
  expect(await compute(db, catalogue, { day })).toMatchObject({ changed: false, reused: first.parts })
})

test('two take parts from both ends of the years, of a year the largest first, and nobody waits once there will be none', async () => {
  const parts = new PartsToMake()
  const definition = catalogue[0]!
  const part = (year: number, cells: number): PartToMake => ({ definition, year, cells })
  const waiting = parts.next('first')
  parts.add(part(2026, 1))
  expect(await waiting).toEqual(part(2026, 1))
  for (const each of [part(2025, 2), part(2026, 3), part(2025, 5), part(2026, 7)]) parts.add(each)
  expect(parts.take('last')).toEqual(part(2026, 7))
  expect(await parts.next('first')).toEqual(part(2025, 5))
  expect(await parts.next('first')).toEqual(part(2025, 2))
  expect(await parts.next('first')).toEqual(part(2026, 3))
  expect(parts.take('last')).toBeUndefined()
  const none = parts.next('first')
  parts.close()
  expect(await none).toBeUndefined()
})
