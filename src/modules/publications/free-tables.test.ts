import { expect, test, vi } from 'vitest'
import { Problem } from '#http/problem.ts'
import { computeFreeTables } from '#modules/disclosure/index.ts'
import { registryFreeData } from '#modules/registry/index.ts'
import { makeMovingPupils, movingCountry } from '#test/moving-pupils.ts'
import { newWorld, testKeys } from '#test/world.ts'
import { questionOf, requireAtMost } from './free-table-question.ts'
import type { FreeDataSet, FreeTable } from './model.ts'

const world = await newWorld({ data: 'none' })
await makeMovingPupils(world.db)
const versionNow = async () => (await world.read<{ dataVersion: { id: string } }>('/config')).dataVersion.id
/** Counts what is in the bank and waits until the server reads from it. */
async function count() {
  const before = await versionNow()
  await computeFreeTables(world.db, testKeys, registryFreeData)
  await vi.waitUntil(async () => (await versionNow()) !== before, { timeout: 10_000 })
}
await count()

const year = movingCountry.schoolYear
const changes = '/free-tables/school-changes'
const table = (query: string) => world.read<FreeTable>(`${changes}?year=${year}&${query}`)
const refused = async (query: string) => {
  const answer = await world.get(`/api/v1${changes}?year=${year}&${query}`)
  const { errors } = (await answer.json()) as { errors?: { field: string; message: string }[] }
  return [answer.status, errors?.map(({ field }) => field)]
}
const { items: territories } = await world.read<{
  items: { id: string; kind: string; name: { lv: string } }[]
}>('/territories')

test('the data sets say who is counted, by what they can be cut, and with what noise they are told', async () => {
  const { items } = await world.read<{ items: FreeDataSet[] }>('/free-tables')
  expect(items.map(({ code, schoolYears, sensitive }) => ({ code, schoolYears, sensitive }))).toEqual([
    { code: 'repeated-grades', schoolYears: [year], sensitive: true },
    { code: 'school-changes', schoolYears: [year], sensitive: false },
  ])
  expect(items[1]!.dimensions.map(({ code }) => code)).toEqual(['sex', 'grade'])
  expect(items[1]!.noise).toMatchObject([{ most: 5, smallest: 2, minimum: 5 }])
})

test('an answer lists units by name with every category, says that it does not add up, and between what the truth lies', async () => {
  const answer = await table('level=municipality&by=sex')
  expect(answer).toMatchObject({ dataSet: 'school-changes', addsUp: false, by: ['sex'], where: {} })
  expect(answer.rows.map(({ unit, cell }) => `${unit.name.lv} ${cell.categories.sex}`)).toEqual(
    [4, 5, 6, 7].flatMap((place) => ['female', 'male', 'unknown'].map((sex) => `Vieta ${place} ${sex}`)),
  )
  for (const { cell } of answer.rows) {
    if (cell.n === null) expect(cell).toMatchObject({ absent: 'too_few', low: null, high: null })
    else expect(cell.n - cell.low! + (cell.high! - cell.n)).toBeLessThanOrEqual(2 * answer.noise!.most)
  }
})

test('a table can be held to a category, to a territory and to a unit', async () => {
  const [region] = territories.filter(({ kind }) => kind === 'region')
  const schools = await table(`level=school&where=sex:female,grade:9&parent=${region!.id}`)
  expect(schools.rows.length).toBe(movingCountry.schools / 2)
  const [one] = schools.rows
  const alone = await table(`level=school&where=grade:9,sex:female&unit=${one!.unit.id}`)
  expect(alone.rows).toEqual([one])
  expect(alone.where).toEqual({ sex: 'female', grade: '9' })
})

test('questions that cannot be asked are refused by field; sums of several categories are among them', async () => {
  expect(await refused('level=school&by=age')).toEqual([400, ['by']])
  expect(await refused('level=school&by=sex,sex')).toEqual([400, ['by']])
  expect(await refused('level=school&where=grade:9|10')).toEqual([400, ['where']])
  expect(await refused('level=school&where=grade:9,grade:10')).toEqual([400, ['where']])
  expect(await refused('level=school&where=sex')).toEqual([400, ['where']])
  expect(await refused('level=class')).toEqual([400, ['level']])
  const none = await world.get(`/api/v1/free-tables/enrolment?year=${year}&level=state`)
  expect(none.status).toBe(404)
})

test('an answer too large is refused with how large it would be, never cut', async () => {
  const { items } = await world.read<{ items: FreeDataSet[] }>('/free-tables')
  const dataSet = items.find(({ code }) => code === 'school-changes')!
  const question = questionOf(dataSet, { year, level: 'school', by: 'sex,grade', where: '' })
  expect(() => requireAtMost(39 * 664, question, 664)).not.toThrow()
  const refusal = (() => {
    try {
      requireAtMost(25_000, question, 664)
    } catch (error) {
      return error as Problem
    }
    return null
  })()
  expect(refusal).toBeInstanceOf(Problem)
  expect(refusal!.errors![0]!.fault.en).toContain(`${39 * 664} rows`)
  const narrower = questionOf(dataSet, { year, level: 'school', by: 'sex', where: 'grade:9' })
  expect(() => requireAtMost(25_000, narrower, 664)).not.toThrow()
})

test('the same table comes as CSV, with the symbol where a number is not told', async () => {
  const answer = await world.get(`/api/v1${changes}/table.csv?year=${year}&level=school&by=sex,grade`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const [header, ...lines] = (await answer.text()).replace('\uFEFF', '').trimEnd().split('\n')
  expect(header).toBe('data_set,school_year,level,code,name,sex,grade,n_with_noise,low,high,absent')
  expect(lines.length).toBe(movingCountry.schools * 3 * 13)
  expect(lines.filter((line) => line.endsWith(',c,c,c,too_few')).length).toBeGreaterThan(0)
  const { rows } = await table('level=school&by=sex,grade')
  const told = lines.filter((line) => line.endsWith(',')).map((line) => Number(line.split(',')[7]))
  expect(told).toEqual(rows.flatMap(({ cell: { n } }) => (n === null ? [] : [n])))
})

test('a year that is not known is told as unavailable, not as nobody', async () => {
  const { rows, noise } = await world.read<FreeTable>(`${changes}?year=2020&level=state`)
  expect(rows).toMatchObject([{ cell: { n: null, absent: 'unavailable' } }])
  expect(noise).not.toBeNull()
})

test('a program that has the answer already is told so; a new version of the data is a new answer', async () => {
  const path = `/api/v1${changes}?year=${year}&level=state`
  const first = await world.get(path)
  const ask = () => world.get(path, undefined, { headers: { 'if-none-match': first.headers.get('etag')! } })
  expect((await ask()).status).toBe(304)
  await world.db.jobPool.query(
    `with correction as (
       insert into intake.import (source, mapping, data_kind, file_name, state)
       values ('correction', '{}', 'made_up', 'correction.csv', 'merged') returning import_id
     )
     update registry.enrolment set superseded_by = correction.import_id from correction
      where school_year = 2025 and learner_id % 10 = 0`,
  )
  await count()
  const later = await ask()
  expect(later.status).toBe(200)
  const [row] = ((await later.json()) as FreeTable).rows
  expect(row!.cell.n).toBeLessThan(((await first.json()) as FreeTable).rows[0]!.cell.n!)
})
