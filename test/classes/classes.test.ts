import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { AuditLine } from '#modules/access/model.ts'
import type { ClassFigures, OwnClasses } from '#modules/classes/model.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { newWorld, type Signed } from '../world.ts'
import { lessonsOf, plantClassRecords } from './plant-class.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantResults(world.db)
await plantClassRecords(world.db)
const teacher = await as('Skaidrīte Viena')
const head = await world.signIn('school', 0)
const neighbour = await as('Vija Ozoliņa')

async function as(name: string): Promise<Signed> {
  const { items } = await world.read<{ items: { id: string; name: string }[] }>('/demo-people')
  const answer = await world.get('/api/v1/session', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: items.find((each) => each.name === name)!.id }),
  })
  const { csrf } = (await answer.json()) as { csrf: string }
  return {
    cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
    csrf,
    institutionId: null,
    learnerId: null,
  }
}
const run = async <Row extends object>(sql: string) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql))).rows
const classId = async (id: number) =>
  (
    await run<{ id: string }>(
      `select class_group_uuid as id from registry.class_group where class_group_id = ${id}`,
    )
  )[0]!.id
const [a, b] = [await classId(11060), await classId(11061)]
const seen = (id: string, person: Signed) => world.read<ClassFigures>(`/classes/${id}/figures`, person)
const figure = (of: ClassFigures, measure: string, subject = '-') =>
  of.figures.find((each) => each.measure === measure && each.subject === subject)
const inClass = async (id: number) =>
  (
    await run<{ id: number }>(
      `select learner_id as id from registry.enrolment where class_group_id = ${id} and superseded_by is null`,
    )
  ).map((row) => row.id)
const [ofA, ofB] = [await inClass(11060), await inClass(11061)]
const total = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0)
const share = (learners: readonly number[]) =>
  total(learners.map((id) => lessonsOf(id).unexcused)) / total(learners.map((id) => lessonsOf(id).held))

test('a class teacher finds the own class, a head every class of the school, by grade and name', async () => {
  const own = await world.read<OwnClasses>('/classes', teacher)
  expect(own).toMatchObject({ schoolYear: 2027, items: [{ id: a, name: '6.a', grade: 6 }] })
  expect(own.items).toHaveLength(1)
  const all = await world.read<OwnClasses>('/classes', head)
  expect(all.items.map(({ id }) => id)).toEqual([a, b])
})

test('absence of a class is what adding up its pupils says, beside the same grades of the school', async () => {
  const found = await seen(a, head)
  expect(found).toMatchObject({ class: { name: '6.a' }, grades: { from: 4, to: 6 }, pupils: ofA.length })
  const missed = figure(found, 'SAF-03')!
  expect(missed.own).toMatchObject({ n: ofA.length, value: expect.closeTo(share(ofA), 10) })
  expect(missed.school).toMatchObject({
    n: ofA.length + ofB.length,
    value: expect.closeTo(share([...ofA, ...ofB]), 10),
  })
  const many = ofA.filter((id) => lessonsOf(id).unexcused > 20).length
  expect(figure(found, 'SAF-04')!.own.value).toBeCloseTo(many / ofA.length, 10)
  expect(figure(found, 'missed')!.own.value).toBeCloseTo(
    total(ofA.map((id) => lessonsOf(id).missed)) / (1_000 * ofA.length),
    10,
  )
})

test('lessons of the class are told by subject and together, and marks by how many have which', async () => {
  const found = await seen(a, head)
  expect(figure(found, 'TEA-02', 'mathematics')!.own.value).toBeCloseTo(133 / 140, 10)
  expect(figure(found, 'TEA-02')!.own.value).toBeCloseTo(238 / 245, 10)
  expect(figure(found, 'TEA-02', 'mathematics')!.school!.value).toBeCloseTo(203 / 280, 10)
  const marks = ofA.map((id) => 4 + Math.floor((id % 100) / 2))
  expect(found.marks).toMatchObject([{ subject: 'mathematics', scale: 'ten', markOf: 'first' }])
  expect(found.marks[0]!.own).toEqual({
    n: ofA.length,
    mean: expect.closeTo(total(marks) / marks.length, 10),
    counts: [...new Set(marks)]
      .sort((x, y) => x - y)
      .map((mark) => ({ mark, n: marks.filter((each) => each === mark).length })),
  })
})

test('results of a test given here are told of a class only once its round has gone the step to the schools', async () => {
  expect(figure(await seen(a, head), 'ACH-01', 'numeracy-6')).toBeUndefined()
  await run(`update assessments.round set state = 'preliminary' where code = '${planted.code}'`)
  const after = figure(await seen(a, head), 'ACH-01', 'numeracy-6')!
  expect(after.own.value).toBeCloseTo(total(ofA.map((id) => 350 + 30 * (id % 100))) / ofA.length, 8)
  expect(figure(await seen(a, head), 'ACH-03', 'numeracy-6')!.own.value).toBeCloseTo(
    ofA.filter((id) => 350 + 30 * (id % 100) < 405).length / ofA.length,
    10,
  )
})

test('a class teacher is told of the school only where nobody else’s class can be worked out', async () => {
  const [own, whole] = [await seen(a, teacher), await seen(a, head)]
  expect(figure(own, 'SAF-03')!.own).toEqual(figure(whole, 'SAF-03')!.own)
  // one other class has lessons: what is left of the school would be that class
  expect(figure(own, 'TEA-02', 'mathematics')).toMatchObject({ school: null, difference: null })
  expect(ofB.length).toBeGreaterThanOrEqual(10)
  expect(figure(own, 'SAF-03')!.school).not.toBeNull()
  await run(`update records.absence set superseded_by = 1 where learner_id in (${ofB.slice(9).join()})`)
  expect(figure(await seen(a, teacher), 'SAF-03')!.school).toBeNull()
  expect(figure(await seen(a, head), 'SAF-03')!.school).toMatchObject({ n: ofA.length + 9 })
})

test('who objects to being counted is in no figure of the class', async () => {
  const before = figure(await seen(a, head), 'SAF-03')!.own.n
  await run(
    `insert into rights.objection (learner_id, kind, valid, ground, recorded_by)
     select ${ofA[0]}, 'objection', daterange(access.today(), null), 'x', min(person_id) from access.person`,
  )
  expect(figure(await seen(a, head), 'SAF-03')!.own.n).toBe(before - 1)
})

test('a class of others is not there, for whoever asks, and that somebody asked is written down', async () => {
  expect((await world.get(`/api/v1/classes/${b}/figures`, teacher)).status).toBe(404)
  expect((await world.get(`/api/v1/classes/${a}/figures`, neighbour)).status).toBe(404)
  for (const tier of ['analyst', 'inspector', 'municipality', 'steward'] as const)
    expect((await world.get(`/api/v1/classes/${a}/figures`, await world.signIn(tier))).status).toBe(404)
  expect((await world.get(`/api/v1/classes/${a}/figures`)).status).toBe(404)
  const officer = await world.signIn('protection_officer')
  const { items } = await world.read<{ items: AuditLine[] }>(
    '/audit?action=read_class_figures&limit=100',
    officer,
  )
  expect(items.filter(({ outcome }) => outcome === 'not_found').length).toBeGreaterThanOrEqual(2)
  expect(items.find(({ tier, outcome }) => tier === 'teacher' && outcome === 'shown')).toMatchObject({
    learners: ofA.length,
  })
})
