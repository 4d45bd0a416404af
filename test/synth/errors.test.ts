import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks } from '#modules/checks/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { checks } from '../../src/catalogue.ts'
import { writePackage } from '../../src/synth/package.ts'
import { planOf } from '../../src/synth/size.ts'
import { newDatabase } from '../database.ts'
import { testKeys } from '../world.ts'
import { foundFaults, plantedFaults } from './found-faults.ts'

/** Faults are planted in a small country, it is imported, and the checks are asked. Larger ones: `bench/planted-errors.ts`. */
const db = await newDatabase()
const folder = mkdtempSync(join(tmpdir(), 'ikms-synth-errors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Long enough after the tests of April and the departures of September for both to be missed. */
const DAY = '2026-10-26'
/** What a package cannot say: a class of one grade with pupils of another, and a pupil in no class. */
const CANNOT_BE_SAID = ['class.pupils_of_other_grades', 'enrolment.no_class']

const out = join(folder, 'small')
writePackage(planOf('small', 2026, undefined, true), out)
const planted = await plantedFaults(out)

let found: ReadonlySet<string>
let asked = 0

beforeAll(async () => {
  const report = await importPackage({ db, keys: testKeys, file: out })
  expect([report.state, report.refusals]).toEqual(['merged', 0])
  asked = (await runChecks(db, checks, { day: DAY })).asked
  found = await foundFaults(db, out)
}, 240_000)

test('there is a fault for every check that a package can speak to', () => {
  const kinds = new Set(planted.map(({ check }) => check))
  expect(
    checks.map(({ code }) => code).filter((code) => !kinds.has(code) && !CANNOT_BE_SAID.includes(code)),
  ).toEqual([])
})

test('every fault that was planted is found', () => {
  expect(planted.length).toBeGreaterThan(1_300)
  expect(planted.filter(({ check, key }) => !found.has(`${check} ${key}`))).toEqual([])
})

test('of classes, learners and staff there are twenty faults of every kind or more', () => {
  const counts = new Map<string, number>()
  for (const { check, subject } of planted) {
    if (subject !== 'institution' && subject !== 'site') counts.set(check, (counts.get(check) ?? 0) + 1)
  }
  expect([...counts].filter(([, many]) => many < 20)).toEqual([])
})

test('what is found and was not planted is less than one in a hundred of what was asked', () => {
  const known = new Set(planted.map(({ check, key }) => `${check} ${key}`))
  const others = [...found].filter((each) => !known.has(each))
  expect(others.length / asked).toBeLessThan(0.01)
})
