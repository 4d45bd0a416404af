import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { runChecks } from '#modules/checks/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { checks } from '../../src/catalogue.ts'
import { writePackage } from '../../src/synth/package.ts'
import { planOf, SNAPSHOT } from '../../src/synth/size.ts'
import { newDatabase } from '../database.ts'
import { testKeys } from '../world.ts'

const db = await newDatabase()
const folder = mkdtempSync(join(tmpdir(), 'ikms-synth-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const out = join(folder, 'small')
const written = writePackage(planOf('small', 2026), out)
const importIt = () => importPackage({ db, keys: testKeys, file: out })
let report: Awaited<ReturnType<typeof importIt>>

beforeAll(async () => {
  report = await importIt()
}, 240_000)

/** The first column of the first row. */
async function one(sql: string): Promise<unknown> {
  const [row] = (await asJob(db, (tx) => tx.query(sql))).rows as Record<string, unknown>[]
  return Object.values(row!)[0]
}

test('a made-up country is taken over whole: nothing of it is refused', () => {
  expect(report.state).toBe('merged')
  expect(report.refusals).toBe(0)
})

test('what stands in the bank is what was written', async () => {
  const counts: [table: string, rows: number | undefined][] = [
    ['registry.enrolment', written.enrolments],
    ['registry.learner', written.learners],
    ['registry.class_group', written.class_groups],
    ['registry.staff_member', written.staff],
    ['registry.employment', written.employments],
    ['registry.programme', written.programmes],
    ['records.result', written.results],
    ['records.marks', written.marks],
    ['records.absence', written.absences],
    ['records.lesson_delivery', written.lessons],
    ['records.sample_plan', written.sample_plans],
    ['records.finance', written.finance],
    ['records.population', written.population],
    ['records.destination', written.destinations],
    ['registry.vacancy', written.vacancies],
  ]
  for (const [table, rows] of counts) {
    expect(Number(await one(`select count(*) from ${table}`)), table).toBe(rows)
  }
})

test('Varakļāni is followed by Madona, and a school that was closed by its heir', async () => {
  expect(Number(await one(`select count(*) from registry.succession where kind = 'territory'`))).toBe(1)
  expect(
    Number(await one(`select count(*) from registry.succession where kind = 'institution'`)),
  ).toBeGreaterThan(0)
})

test('the context that the statistics office links comes as a package of its own', async () => {
  const linked = await importPackage({ db, keys: testKeys, file: `${out}-context` })
  expect([linked.state, linked.refusals]).toEqual(['merged', 0])
  expect(Number(await one('select count(*) from records.context'))).toBe(written.context)
})

test('the same package again changes nothing', async () => {
  expect((await importIt()).state).toBe('unchanged')
})

test('the checks of the bank find less than one fault among a hundred records asked', async () => {
  const { asked, faults } = await runChecks(db, checks, { day: SNAPSHOT })
  expect(asked).toBeGreaterThan(10_000)
  expect(faults / asked).toBeLessThan(0.01)
})
