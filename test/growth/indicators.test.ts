import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { type CubeCell, compute } from '#modules/indicators/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { catalogue } from '../../src/catalogue.ts'
import { computeFigures } from '../../src/compute-figures.ts'
import { cubeCells, currentCube } from '../../src/modules/indicators/store.ts'
import { newDatabase } from '../database.ts'
import { type PlantedPair, plantPairs } from './plant.ts'

/** Thirty schools that differ, learners in fifths of circumstances that matter; numeracy for all, reading for those of some schools. */
const random = philox(20)
const pairs: PlantedPair[] = []
for (let school = 1; school <= 30; school++) {
  const level = 40 * random.normal()
  for (let i = 0, n = 6 + random.integer(20); i < n; i++) {
    const quintile = 1 + random.integer(5)
    const from = Math.round(340 + level + 18 * quintile + 80 * random.normal())
    const to = Math.round(480 + 0.8 * (from - 400) + 50 * random.normal())
    pairs.push({ learner: 1 + pairs.length, school, from, to, quintile, sex: i % 3 ? 'female' : 'male' })
  }
}
const some = pairs.filter(({ school }) => school % 2 === 0)
const db = await newDatabase()
await plantPairs(db, pairs)
await plantPairs(
  db,
  some.map((pair) => ({ ...pair, quintile: undefined as never })),
  { domain: 'reading', status: 'preliminary' },
)

const cellsNow = async (): Promise<CubeCell[]> => {
  await computeFigures(db)
  return asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, { borders: 'all' }))
}
const cells = await cellsNow()
const of = (code: string, more: Partial<CubeCell>, among = cells) =>
  among.filter(
    (cell) =>
      cell.indicator === code &&
      Object.entries(more).every(([key, value]) => cell[key as keyof CubeCell] === value),
  )
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

test('ACH-04 is the mean of the percentiles of learners, by sex too, and adds up from schools to the country', async () => {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ learner: number; percentile: number }>(
      `select learner_id as learner, in_groups as percentile from growth.progress where domain = 'numeracy'`,
    ),
  )
  const percentile = new Map(rows.map(({ learner, percentile }) => [learner, percentile]))
  expect(percentile.size).toBe(pairs.length)
  const told = (those: readonly PlantedPair[]) => ({
    n: those.length,
    sumY: those.reduce((sum, { learner }) => sum + percentile.get(learner)!, 0),
  })
  const at = { subject: 'numeracy-6', schoolYear: 2026 }
  expect(of('ACH-04', { ...at, level: 'state', breakdown: '-' })).toMatchObject([told(pairs)])
  for (const sex of ['female', 'male'] as const) {
    expect(of('ACH-04', { ...at, level: 'state', category: sex })).toMatchObject([
      told(pairs.filter((pair) => pair.sex === sex)),
    ])
  }
  for (let school = 1; school <= 30; school++) {
    const own = pairs.filter((pair) => pair.school === school)
    expect(of('ACH-04', { ...at, level: 'school', unitId: school, breakdown: '-' })).toMatchObject([
      told(own),
    ])
  }
  const levels = ['school', 'municipality', 'region', 'state'] as const
  const sums = levels.map((level) =>
    of('ACH-04', { ...at, level, breakdown: '-' }).reduce((sum, { sumY }) => sum + sumY!, 0),
  )
  expect(new Set(sums).size).toBe(1)
})

test('what is preliminary is in no cube', () => {
  expect(of('ACH-04', { subject: 'literacy-6' })).toEqual([])
  expect(of('EQU-02', { subject: 'literacy-6' })).toEqual([])
})

/** Share between schools by a one-way analysis of variance. */
function intraclass(values: readonly { school: number; score: number }[]): number {
  const schools = [...Map.groupBy(values, ({ school }) => school).values()].map((own) =>
    own.map(({ score }) => score),
  )
  const [n, j, all] = [values.length, schools.length, mean(values.map(({ score }) => score))]
  const between = schools.reduce((sum, own) => sum + own.length * (mean(own) - all) ** 2, 0) / (j - 1)
  const within =
    schools.reduce((sum, own) => sum + own.reduce((s, x) => s + (x - mean(own)) ** 2, 0), 0) / (n - j)
  const size = (n - schools.reduce((sum, own) => sum + own.length ** 2, 0) / n) / (j - 1)
  const tau = (between - within) / size
  return tau / (tau + within)
}

test('EQU-02 is the share of variance between schools, of the country only', () => {
  for (const [subject, score, year] of [
    ['numeracy-6', 'to', 2026],
    ['numeracy-3', 'from', 2023],
  ] as const) {
    const [cell, ...others] = of('EQU-02', { subject, schoolYear: year })
    expect(others).toEqual([])
    expect(cell).toMatchObject({ level: 'state', n: pairs.length, facts: 30 })
    const expected = intraclass(pairs.map((pair) => ({ school: pair.school, score: pair[score] })))
    expect(expected).toBeGreaterThan(0.05)
    expect(cell!.sumY! / cell!.sumW!).toBeCloseTo(expected, 9)
  }
})

test('EQU-03 is the slope on fifths of circumstances once that linkage is on, and is not there before', async () => {
  expect(of('EQU-03', {})).toEqual([])
  await asJob(db, (tx) =>
    tx.query(`insert into rights.linkage_switch (linkage, is_on) values ('context', true)`),
  )
  const [cell] = of('EQU-03', { subject: 'numeracy-6' }, await cellsNow())
  const [x, y] = [mean(pairs.map(({ quintile }) => quintile!)), mean(pairs.map(({ to }) => to))]
  const slope =
    pairs.reduce((sum, { quintile, to }) => sum + (quintile! - x) * (to - y), 0) /
    pairs.reduce((sum, { quintile }) => sum + (quintile! - x) ** 2, 0)
  expect(slope).toBeGreaterThan(5)
  expect(cell).toMatchObject({ level: 'state', n: pairs.length })
  expect(cell!.sumY! / cell!.sumW!).toBeCloseTo(slope, 9)
})

test('who objects is in none of them, also where results are read through a view', async () => {
  await asJob(db, (tx) =>
    tx.query(
      `insert into rights.objection (learner_id, kind, ground, valid, recorded_by) values (1, 'objection', 'test', '(,)', 1)`,
    ),
  )
  const without = pairs.filter(({ learner }) => learner !== 1)
  const now = await cellsNow()
  for (const code of ['ACH-04', 'EQU-02', 'EQU-03'])
    expect(of(code, { subject: 'numeracy-6', level: 'state', breakdown: '-' }, now)).toMatchObject([
      { n: without.length },
    ])
  const [cell] = of('EQU-02', { subject: 'numeracy-6' }, now)
  const expected = intraclass(without.map(({ school, to }) => ({ school, score: to })))
  expect(cell!.sumY! / cell!.sumW!).toBeCloseTo(expected, 9)
})

test('the same bank gives the same parts again', async () => {
  await computeFigures(db)
  expect(await compute(db, catalogue)).toMatchObject({ changed: false, newParts: 0 })
})
