import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { asked, makeCheckedBank } from '#test/checked-bank.ts'
import { newWorld } from '#test/world.ts'
import { checks, figures } from '../../../catalogue.ts'
import type { ScoresOfPlace, Surprises } from '../model.ts'
import { runChecks } from '../run.ts'

/**
 * Twenty schools over four years that shrink by about two per cent a year. The hundred-and-fifth loses half of its pupils in the last
 * year; so does the hundred-and-sixth, out of which another school was made that autumn. In the hundred-and-seventh five times as
 * many lessons are missed as elsewhere, every year.
 */
const world = await newWorld({ data: 'none' })
await makeCheckedBank(world.db)
const run = (sql: string) => asJob(world.db, (tx) => tx.query(sql))
await run(`
  insert into registry.institution (institution_id) select 100 + i from generate_series(1, 20) i`)
await run(`
  insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, kind, type, founder_id, valid,
    import_id, line, row_hash)
  select 100 + i, 2, 'L' || i, i || '. lielā skola', 'Large school ' || i, 'general', 'basic', 1, '(,)', 1, i, i
    from generate_series(1, 20) i`)
await run(`
  insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
  select 100000 * i + k, 100 + i, y, 5, true, daterange(make_date(y - 1, 9, 1), make_date(y, 9, 1)), 1, 1, 1
    from generate_series(1, 20) i, generate_series(2024, 2027) y,
         lateral generate_series(1, round((150 + 4 * i + i * y % 3) * power(0.98, y - 2024)
           * case when i in (5, 6) and y = 2027 then 0.5 else 1 end)::int) k`)
await run(`
  insert into registry.succession (kind, predecessor_id, successor_id, since, import_id, line, row_hash)
  values ('institution', 106, 120, '2026-09-01', 1, 1, 1)`)
await run(`
  insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
  select e.learner_id, e.institution_id, e.school_year, array_fill(100::smallint, array[10]),
         array_fill((case when e.institution_id = 107 then 40 else 7 + e.institution_id % 3 end)::smallint, array[10]),
         array_fill(0::smallint, array[10]), 1, 1, 1
    from registry.enrolment e where e.institution_id > 100 and e.school_year < 2027`)
const ask = () => runChecks(world.db, checks, { day: asked, figures })
const { surprises } = await ask()
await asJob(world.db, makeDemoPeople)
const analyst = await world.signIn('analyst')
const town = await world.signIn('municipality')
const head = await world.signIn('school')

test('a school that lost half of its pupils is told, and one out of which another was made is not', async () => {
  const { items, run: latest } = await world.read<Surprises>('/checks/jumps?figure=learners', analyst)
  expect(latest).toMatchObject({ schoolYear: 2027 })
  expect(items).toHaveLength(1)
  const [jump] = items
  expect(jump).toMatchObject({
    kind: 'jump',
    institution: { name: { en: 'Large school 5' } },
    municipality: { name: { lv: 'Novads' } },
    schoolYear: 2027,
    like: 'general 0',
    yearsBefore: 0,
  })
  const [before, now] = jump!.history.slice(-2)
  expect(now!.value).toBe(jump!.value)
  expect(now!.value / before!.value).toBeLessThan(0.55)
  // As in like schools it would have lost about two per cent.
  expect(jump!.usual / before!.value).toBeGreaterThan(0.96)
  expect(jump!.usual / before!.value).toBeLessThan(1)
  expect(jump!.fromLike).toBeLessThan(-3.5)
  expect(jump!.fromOwn).toBeLessThan(-3.5)
})

test('a figure far from those of like schools is told with how long it has been so', async () => {
  const { items } = await world.read<Surprises>('/checks/jumps?figure=absence', analyst)
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    kind: 'outlier',
    institution: { name: { en: 'Large school 7' } },
    schoolYear: 2026,
    yearsBefore: 2,
    fromOwn: null,
  })
  expect(items[0]!.value).toBeCloseTo(0.4, 3)
  expect(items[0]!.usual).toBeCloseTo(0.08, 2)
})

test('asked again of the same bank the same is found; corrected at the source it is gone', async () => {
  expect((await ask()).surprises).toBe(surprises)
  await run(
    'update records.absence set excused = array_fill(8::smallint, array[10]) where institution_id = 107',
  )
  expect((await ask()).surprises).toBe(surprises - 1)
  expect((await world.read<Surprises>('/checks/jumps?figure=absence', analyst)).items).toEqual([])
})

test('the list is a file, too, in the language of the reader', async () => {
  const answer = await world.get('/api/v1/checks/jumps.csv?figure=learners', analyst, {
    headers: { 'accept-language': 'en' },
  })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const [header, ...lines] = (await answer.text()).trim().split('\n')
  expect(header).toContain('figure,kind,municipality,institution,school year')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^Pupils on 1 October,jump,Municipality,Large school 5,2027,/)
})

test('a municipality and a school are told nothing of it, and neither is anybody who did not sign in', async () => {
  for (const who of [town, head]) expect((await world.get('/api/v1/checks/jumps', who)).status).toBe(404)
  expect((await world.get('/api/v1/checks/jumps.csv')).status).toBe(404)
})

test('the score of a municipality run by run is the sum over its institutions', async () => {
  const { items } = await world.read<{ items: { id: string; kind: string }[] }>(
    '/territories?kind=municipality',
  )
  const whole = await world.read<ScoresOfPlace>(`/checks/scores/${items[0]!.id}`, analyst)
  expect(whole.runs.length).toBeGreaterThan(1)
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ id: string }>('select institution_uuid as id from registry.institution'),
  )
  let asked = 0
  for (const { id } of rows) {
    const { runs } = await world.read<ScoresOfPlace>(`/checks/scores/${id}`, analyst)
    asked += runs.at(-1)?.score.asked ?? 0
  }
  expect(asked).toBe(whole.runs.at(-1)!.score.asked)
})
