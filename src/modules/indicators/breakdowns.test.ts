import { beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { publish } from '#modules/publications/index.ts'
import { registryIndicators } from '#modules/registry/indicators.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { compute } from './compute.ts'
import type { CubeCell } from './model.ts'
import { cubeCells, currentCube, listIndicators } from './store.ts'

/** The fifth of family circumstances of a planted learner; of some it is not known. */
const fifthOf = (id: number) => (id % 7 === 0 ? null : 1 + (id % 5))
const db = await newDatabase()
const planted = plantRegister(2026)
const pupils = registryIndicators.filter(({ code }) => code === 'CTX-01')

const cells = async () =>
  (
    await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, { breakdown: 'context' }))
  ).filter(({ schoolYear }) => schoolYear === 2026)
const turn = (on: boolean) =>
  asJob(db, (tx) =>
    tx.query(`insert into rights.linkage_switch (linkage, is_on, reason) values ('context', $1, 'Pamats')`, [
      on,
    ]),
  )
const told = async () =>
  (await asJob(db, listIndicators)).find(({ code }) => code === 'CTX-01')!.breakdownsOff
let on: CubeCell[]

beforeAll(async () => {
  await makePlantedRegister(db, planted)
  await asJob(db, (tx) =>
    tx.query(
      `insert into records.context (learner_id, school_year, quintile, import_id, line, row_hash)
       select id, 2026, fifth, 1, id, id from jsonb_to_recordset($1) as x (id bigint, fifth smallint) where fifth is not null`,
      [JSON.stringify(planted.learners.map(({ id }) => ({ id, fifth: fifthOf(id) })))],
    ),
  )
})

test('while the linkage of family circumstances is off nobody is counted by them, and it is said why', async () => {
  await compute(db, pupils, { day: '2026-11-22' })
  expect(await cells()).toEqual([])
  expect(await told()).toMatchObject([{ breakdown: 'context', reason: null }])
})

test('switched on, every fifth has as many pupils as were planted, and the fifths add up at every place', async () => {
  await turn(true)
  await compute(db, pupils, { day: '2026-11-22' })
  on = await cells()
  expect(await told()).toEqual([])
  const there = planted.enrolments.filter(
    (each) => each.year === 2026 && each.from <= '2025-10-01' && '2025-10-01' < each.until,
  )
  for (const category of ['1', '2', '3', '4', '5', 'unknown']) {
    const planned = there.filter(({ learner }) => String(fifthOf(learner) ?? 'unknown') === category)
    const at = (level: string) =>
      on
        .filter((cell) => cell.level === level && cell.category === category)
        .reduce((sum, { n }) => sum + n, 0)
    expect([at('state'), at('region'), at('municipality')]).toEqual(Array(3).fill(planned.length))
  }
})

test('no breakdown of a sensitive matter has a figure of a single school', () => {
  expect(on.filter(({ level }) => level === 'school')).toEqual([])
  expect(on.length).toBeGreaterThan(10)
})

test('in a release the parts of a sensitive matter obey the stricter of both rules', async () => {
  await publish(db, 'public', '2026-11-22')
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ breakdown: string; least: number; rules: { topic: string; minimum: number }[] }>(
      `select c.breakdown, min(c.n)::int as least, (select r.rules from publications.release r order by release_id desc limit 1) as rules
         from publications.release_cell c where c.code = 'CTX-01' and c.absent is null group by 1`,
    ),
  )
  const least = new Map(rows.map((row) => [row.breakdown, row.least]))
  for (const breakdown of ['context', 'special_needs'])
    expect(least.get(breakdown)).toBeGreaterThanOrEqual(10)
  const rules = rows[0]!.rules.filter(({ topic }) => ['income', 'special_needs'].includes(topic))
  expect(rules.length).toBeGreaterThan(0)
  expect(rules.every(({ minimum }) => minimum >= 10)).toBe(true)
})

test('switched off again, the figures of before are gone from the cube', async () => {
  await turn(false)
  await compute(db, pupils, { day: '2026-11-22' })
  expect(await cells()).toEqual([])
})
