import { expect, test } from 'vitest'
import { newWorld } from '#test/world.ts'
import type { ReleaseDetail, ReleaseSummary } from './model.ts'

const world = await newWorld()
const steward = await world.signIn('steward')
const analyst = await world.signIn('analyst')
const head = await world.signIn('school')
const { rows: cells } = await world.db.jobPool.query<{
  level: string
  absent: string | null
  figures: number
}>(`select level, absent, count(*)::int as figures from publications.release_cell group by level, absent`)
const sum = (of: readonly { figures: number }[]) => of.reduce((total, { figures }) => total + figures, 0)
const list = async () => (await world.read<{ items: ReleaseSummary[] }>('/releases')).items

test('the first release says how many figures it tells, and of the others why not; every cell is counted', async () => {
  const [first, ...others] = await list()
  expect(others).toEqual([])
  expect(first).toMatchObject({ number: '1.0', inForce: true, change: null })
  expect(first!.told).toBe(sum(cells.filter(({ absent }) => absent === null)))
  for (const { reason, figures } of first!.absent)
    expect([reason, figures]).toEqual([reason, sum(cells.filter(({ absent }) => absent === reason))])
  expect(first!.told + sum(first!.absent)).toBe(sum(cells))
})

test('its figures are counted by indicator and level, from the country down, and add up to it', async () => {
  const { counts, ...summary } = await world.read<ReleaseDetail>('/releases/1.0')
  expect([summary]).toEqual(await list())
  expect(counts.reduce((total, { told }) => total + told, 0)).toBe(summary.told)
  const ofPupils = counts.filter(({ indicator }) => indicator === 'CTX-01').map(({ level }) => level)
  expect(ofPupils[0]).toBe('state')
  expect(ofPupils.at(-1)).toBe('school')
})

test('a release says by how many figures it differs from the one before, and the one before stays as it was', async () => {
  const [before] = await list()
  // A later release: pupils by school are withdrawn, the country has one pupil more, nothing is added.
  const { rows } = await world.db.jobPool.query<{ id: number }>(
    `insert into publications.release (audience, number, cube_id, rules)
     select audience, '2.0', cube_id, rules from publications.release returning release_id as id`,
  )
  const { rowCount: withdrawn } = await world.db.jobPool.query(
    `select from publications.release_cell where code = 'CTX-01' and level = 'school' and absent is null`,
  )
  await world.db.jobPool.query(
    `insert into publications.release_cell
     select $1, code, version, school_year, level, unit_id, subject, breakdown, category,
            case when hidden then null when code = 'CTX-01' and level = 'state' then n + 1 else n end,
            case when not hidden then sum_y end, case when not hidden then sum_yy end,
            case when not hidden then vals end, case when not hidden then counts end,
            case when hidden then 'not_public' else absent end, case when not hidden then spread_absent end, borders,
            case when not hidden then facts end, case when not hidden then sum_w end, case when not hidden then sum_ww end,
            case when not hidden then sum_wy end
       from publications.release_cell, lateral (select code = 'CTX-01' and level = 'school' as hidden) as h`,
    [rows[0]!.id],
  )
  const { rowCount: changed } = await world.db.jobPool.query(
    `select from publications.release_cell where release_id = $1 and code = 'CTX-01' and level = 'state'`,
    [rows[0]!.id],
  )
  await world.db.jobPool.query('update publications.pointer set release_id = $1', [rows[0]!.id])
  const [second, first] = await list()
  expect(second).toMatchObject({
    number: '2.0',
    inForce: true,
    told: before!.told - withdrawn!,
    change: { before: '1.0', added: 0, changed, withdrawn },
  })
  expect(first).toEqual({ ...before, inForce: false })
})

test('a draft, a number that never was, and what is no number lead nowhere', async () => {
  expect((await world.get('/api/v1/releases/7.3')).status).toBe(404)
  expect((await world.get('/api/v1/releases/draft')).status).toBe(400)
})

test('the report of the attack is read by steward and analyst; for everybody else there is none', async () => {
  const report = {
    tables: 3,
    cells: 900,
    hidden: 40,
    components: 7,
    largest: 12,
    constructed: 38,
    programmes: 2,
    tightest: { key: 'CTX-01 1997 school 17', low: 2, high: 6 },
    leaks: 0,
    insiders: 0,
    alreadyTold: 0,
    seconds: 0.4,
  }
  await world.db.jobPool.query(
    `insert into publications.release_attack (release_id, report)
     select release_id, $1 from publications.release where number = '1.0'
     on conflict (release_id) do update set report = excluded.report`,
    [report],
  )
  expect(await world.read('/releases/1.0/attack', steward)).toEqual(report)
  expect(await world.read('/releases/1.0/attack', analyst)).toEqual(report)
  for (const person of [undefined, head])
    expect((await world.get('/api/v1/releases/1.0/attack', person)).status).toBe(404)
  expect((await world.get('/api/v1/releases/2.0/attack', steward)).status).toBe(404)
})
