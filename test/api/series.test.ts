import { expect, test } from 'vitest'
import type { Profile, Series, UnitFigure } from '#modules/publications/model.ts'
import type { Territory } from '#modules/registry/index.ts'
import { makeMergedCountry } from '../merged-country.ts'
import { newWorld, type Signed } from '../world.ts'

const world = await newWorld({ data: 'merged' })
const { items: territories } = await world.read<{ items: Territory[] }>('/territories')
const { rows: schools } = await world.db.jobPool.query<{ id: number; uuid: string }>(
  'select institution_id as id, institution_uuid as uuid from registry.institution',
)
const { rows: gone } = await world.db.jobPool.query<{ uuid: string }>(
  'select territory_uuid as uuid from registry.territory where territory_id = 12',
)
const territory = (name: string) => territories.find((territory) => territory.name.lv === name)!.id
const school = (id: number) => schools.find((each) => each.id === id)!.uuid
const read = (unit: string, question: string, person?: Signed) =>
  world.read<Series>(`/series?unit=${unit}&${question}`, person)
const told = ({ points }: Series) => points.map(({ schoolYear, cell }) => [schoolYear, cell.n ?? cell.absent])

test('a municipality in the borders of its time: two schools, then those of Varakļāni too, and the series says that it breaks', async () => {
  const series = await read(territory('Madonas novads'), 'indicator=CTX-01')
  expect(told(series)).toEqual([
    [2024, 100],
    [2025, 100],
    [2026, 61 + 41 + 45 + 3 + 26],
  ])
  expect(series.points.map(({ breaks }) => breaks)).toEqual([[], [], ['borders']])
  expect(series).toMatchObject({
    borders: 'then',
    bordersDiffer: true,
    audience: 'public',
    borderChanges: [
      { day: '2025-07-01', schoolYear: 2026, joined: [{ name: { lv: 'Varakļānu novads' } }], left: [] },
    ],
  })
})

test('the same in today’s borders counts the same schools in every year, and nothing breaks', async () => {
  const series = await read(territory('Madonas novads'), 'indicator=CTX-01&borders=today')
  expect(told(series)).toEqual([
    [2024, 100 + 33 + 12 + 4 + 25],
    [2025, 100 + 44 + 4 + 24],
    [2026, 176],
  ])
  expect(series.points.every(({ breaks }) => breaks.length === 0)).toBe(true)
})

test('where nothing happened both borders tell the same', async () => {
  const [then, today] = await Promise.all(
    ['then', 'today'].map((borders) => read(territory('Cēsu novads'), `indicator=CTX-01&borders=${borders}`)),
  )
  expect(then!.bordersDiffer).toBe(false)
  expect(then!.points).toEqual(today!.points)
})

test('a municipality that is gone has a series of its time, and none of today', async () => {
  const analyst = await world.signIn('analyst')
  expect(told(await read(gone[0]!.uuid, 'indicator=CTX-01', analyst))).toEqual([
    [2024, 49],
    [2025, 48],
  ])
  expect(told(await read(gone[0]!.uuid, 'indicator=CTX-01&borders=today', analyst))).toEqual([])
})

test('a result is called higher only in the year that is plainly higher', async () => {
  const { points } = await read(school(21), 'indicator=ACH-05&subject=maths')
  expect(points.map(({ change }) => change?.verdict ?? null)).toEqual([null, 'no_clear_difference', 'higher'])
  const { low, high, difference } = points[2]!.change!
  expect(low).toBeGreaterThan(0)
  expect(difference).toBeGreaterThan(low)
  expect(high).toBeGreaterThan(difference)
})

test('a count has no interval, so no change is judged', async () => {
  const { points } = await read(school(21), 'indicator=CTX-01')
  expect(points.map(({ change }) => change)).toEqual([null, null, null])
})

test('another scale of the test breaks the series: no change is told across it', async () => {
  const { points } = await read(school(21), 'indicator=ACH-05&subject=science')
  expect(points.map(({ breaks }) => breaks)).toEqual([[], [], ['scale']])
  expect(points[2]!.change).toBeNull()
  expect(points[2]!.assessment?.scale.maximum).toBe(100)
})

test('a gap between girls and boys has a series too', async () => {
  const { points } = await read(territory('Madonas novads'), 'indicator=EQU-01&subject=maths&borders=today')
  expect(points.map(({ schoolYear }) => schoolYear)).toEqual([2024, 2025, 2026])
  for (const { cell } of points) expect([cell.breakdown, cell.absent]).toEqual(['-', null])
})

test('four pupils are not told to everybody, but to the analyst', async () => {
  const everybody = await read(school(33), 'indicator=ACH-05&subject=maths')
  expect(everybody.points.map(({ cell }) => [cell.value, cell.absent])).toEqual(
    Array.from({ length: 3 }, () => [null, 'too_few']),
  )
  const analyst = await read(school(33), 'indicator=ACH-05&subject=maths', await world.signIn('analyst'))
  expect(told(analyst)).toEqual([
    [2024, 4],
    [2025, 4],
    [2026, 3],
  ])
  expect(analyst.audience).toBe('analyst')
})

test('the file says the same as the answer, one row a year', async () => {
  const file = await world.get(
    `/api/v1/series.csv?unit=${territory('Madonas novads')}&indicator=CTX-01&borders=today`,
    undefined,
    { headers: { 'accept-language': 'lv' } },
  )
  const [header, ...rows] = (await file.text()).trim().split('\n')
  expect(header).toContain('borders,school_year,n,value')
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('today,2024,174,174')
})

test('what is not there is refused in words', async () => {
  const ask = (question: string) => world.get(`/api/v1/series?${question}`)
  expect((await ask(`unit=${territory('Cēsu novads')}&indicator=NOPE-01`)).status).toBe(400)
  expect((await ask(`unit=00000000-0000-4000-8000-000000000000&indicator=CTX-01`)).status).toBe(404)
  expect((await ask(`unit=${territory('Cēsu novads')}&indicator=CTX-01&borders=yesterday`)).status).toBe(400)
})

test('the page of a school in a year stands beside the municipality and region of that year', async () => {
  const of = async (year: number) => {
    const { path, figures } = await world.read<Profile>(`/profiles/${school(31)}?year=${year}`)
    const learners = figures.find(({ indicator }) => indicator === 'ACH-05')!
    return [path.map(({ name }) => name.lv), learners.against.map(({ unit }) => unit.name.lv)]
  }
  const before = ['Latvija', 'Latgales reģions', 'Varakļānu novads']
  const after = ['Latvija', 'Vidzemes reģions', 'Madonas novads']
  expect(await of(2025)).toEqual([before, before.toReversed()])
  expect(await of(2026)).toEqual([after, after.toReversed()])
})

test('a municipality lists the schools that lay in it in that year, and counts those that were open', async () => {
  const of = async (year: number) => {
    const { items } = await world.read<{ items: UnitFigure[] }>(
      `/cells?indicator=CTX-01&year=${year}&level=school&parent=${territory('Madonas novads')}`,
    )
    const { children } = await world.read<Profile>(`/profiles/${territory('Madonas novads')}?year=${year}`)
    return [items.map(({ unit }) => unit.name.lv), children?.count]
  }
  expect(await of(2025)).toEqual([['Kalsnavas pamatskola', 'Madonas pamatskola'], 2])
  expect(await of(2026)).toEqual([
    [
      'Atašienes vidusskola',
      'Kalsnavas pamatskola',
      'Madonas pamatskola',
      'Stirnienes pamatskola',
      'Varakļānu vidusskola',
    ],
    5,
  ])
})

test('without a year, the page of what is gone shows the last year in which it was there', async () => {
  expect((await world.read<Profile>(`/profiles/${gone[0]!.uuid}`)).schoolYear).toBe(2025)
  expect((await world.read<Profile>(`/profiles/${school(32)}`)).schoolYear).toBe(2024)
  expect((await world.read<Profile>(`/profiles/${school(21)}`)).schoolYear).toBe(2026)
})

test('a figure is walked back to the lines of the schools of its year', async () => {
  const analyst = await world.signIn('analyst')
  const of = async (year: number) => {
    const asked = `/trace?indicator=CTX-01&year=${year}&unit=${territory('Madonas novads')}`
    const { files } = await world.read<{ files: { lines: number }[] }>(asked, analyst)
    return files[0]!.lines
  }
  expect([await of(2025), await of(2026)]).toEqual([100, 176])
})

test('in autumn a page leads with the year of the last tests, while the new year has nothing but pupils', async () => {
  const autumn = await newWorld({
    data: async (db) => {
      await makeMergedCountry(db)
      await db.jobPool.query('delete from records.result where assessment_id in (5, 6)')
      await db.jobPool.query('delete from records.assessment where school_year = 2026')
    },
  })
  const { countryId } = await autumn.read<{ countryId: string }>('/config')
  const { schoolYear, schoolYears } = await autumn.read<Profile>(`/profiles/${countryId}`)
  expect([schoolYear, schoolYears]).toEqual([2025, [2024, 2025, 2026]])
})
