import { beforeAll, expect, test } from 'vitest'
import { type Actor, asActor, asJob } from '#db/actor.ts'
import { growAll, type LearnerProgress, progressOf } from '#modules/growth/index.ts'
import type { SchoolGrowth } from '#modules/growth/model.ts'
import { philox } from '#stats/numeric/random.ts'
import { newWorld, type Signed } from '../world.ts'
import { type PlantedPair, plantPairs } from './plant.ts'

/** Eleven schools with growth in numeracy: the first is the largest, the last has eight learners. */
const random = philox(5)
const pairs: PlantedPair[] = []
for (let school = 1; school <= 11; school++) {
  const n = school === 1 ? 40 : school === 11 ? 8 : 22
  for (let i = 0; i < n; i++) {
    const from = 400 + 90 * random.normal()
    const to = 500 + 0.8 * (from - 400) + (school === 1 ? 45 : 0) + 45 * random.normal()
    pairs.push({ learner: 1 + pairs.length, school, from, to })
  }
}
const world = await newWorld({ data: (db) => plantPairs(db, pairs) })
const people = {
  nobody: undefined,
  head: await world.signIn('school', 0),
  'head of a small school': await world.signIn('school', 1),
  municipality: await world.signIn('municipality'),
  inspector: await world.signIn('inspector'),
  analyst: await world.signIn('analyst'),
  steward: await world.signIn('steward'),
  parent: await world.signIn('parent'),
} satisfies Record<string, Signed | undefined>
const uuids = new Map<number, string>()
beforeAll(async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ id: number; uuid: string }>(
      'select institution_id as id, institution_uuid as uuid from registry.institution',
    ),
  )
  for (const { id, uuid } of rows) uuids.set(id, uuid)
})
const statusOf = async (school: number, who: keyof typeof people) =>
  (await world.get(`/api/v1/growth/schools/${uuids.get(school)}`, people[who])).status

test('a school, its municipality, who reviews it and analysts read its growth; nobody else does', async () => {
  const readers = await Promise.all(
    Object.keys(people).map(async (who) => [
      who,
      await statusOf(1, who as keyof typeof people),
      await statusOf(2, who as keyof typeof people),
    ]),
  )
  expect(readers).toEqual([
    ['nobody', 404, 404],
    ['head', 200, 404],
    ['head of a small school', 404, 404],
    ['municipality', 200, 404], // odd schools lie in its territory, even ones in another
    ['inspector', 200, 404],
    ['analyst', 200, 200],
    ['steward', 404, 404],
    ['parent', 404, 404],
  ])
  expect(await statusOf(11, 'head of a small school')).toBe(200)
})

test('the head reads how far learners came, how surely, beside the spread of all schools; no other school by itself', async () => {
  const growth = await world.read<SchoolGrowth>(`/growth/schools/${uuids.get(1)}`, people.head)
  expect(growth).toMatchObject({
    school: { id: uuids.get(1), name: { lv: '1. skola' } },
    knownFrom: [{ domain: 'numeracy', schoolYear: 2026 }],
    figures: [
      {
        domain: 'numeracy',
        schoolYear: 2026,
        fromYear: 2023,
        pupils: 40,
        years: 1,
        pooled: 40,
        stayed: 40,
        status: 'official',
        absent: null,
        verdict: 'higher',
        elsewhere: { schools: 10 },
      },
    ],
  })
  const [figure] = growth.figures
  for (const estimate of [figure!.valueAdded!, figure!.valueAddedB!, figure!.percentile!]) {
    expect(estimate.low).toBeLessThan(estimate.value)
    expect(estimate.high).toBeGreaterThan(estimate.value)
  }
  expect(figure!.percentile!.value).toBeGreaterThan(55)
  for (const [id, uuid] of uuids) if (id !== 1) expect(JSON.stringify(growth)).not.toContain(uuid)
})

test('of fewer than ten learners no figure is told, not even to their head', async () => {
  const { figures } = await world.read<SchoolGrowth>(
    `/growth/schools/${uuids.get(11)}`,
    people['head of a small school'],
  )
  expect(figures).toMatchObject([
    {
      pupils: 8,
      absent: 'too_few',
      percentile: null,
      valueAdded: null,
      valueAddedB: null,
      verdict: null,
      elsewhere: null,
    },
  ])
})

test('where nobody was tested in grade 6 yet the year is told in which growth can be known first', async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ first: number }>(
      `insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, scale_id, kind, import_id)
       select 'M-2026-3-SCI', 'science-3', 'Monitoringa darbs', 'Monitoring test', 2026, 3, min(scale_id), 'monitoring', 1 from records.scale
       returning school_year as first`,
    ),
  )
  const { knownFrom } = await world.read<SchoolGrowth>(`/growth/schools/${uuids.get(1)}`, people.head)
  expect(knownFrom).toContainEqual({ domain: 'science', schoolYear: rows[0]!.first + 3 })
})

/** The person behind a demo mandate, as somebody who has signed in. */
async function actorOf(tier: 'school' | 'parent' | 'municipality' | 'analyst'): Promise<Actor> {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ personId: number; mandateId: number }>(
      `select person_id as "personId", mandate_id as "mandateId" from access.mandate where tier = $1 order by mandate_id limit 1`,
      [tier],
    ),
  )
  return { tier, ...rows[0]!, requestId: 'test' }
}
const everybody = pairs.map(({ learner }) => learner)
const progress = async (tier: 'school' | 'parent' | 'municipality' | 'analyst'): Promise<LearnerProgress[]> =>
  asActor(world.db, await actorOf(tier), (tx) => progressOf(tx, everybody))

test('whoever asks for everybody gets own learners: a school those of the school, a parent the child, others nobody', async () => {
  const ofSchool = await progress('school')
  expect(ofSchool.map(({ learnerId }) => learnerId)).toEqual(
    pairs.filter(({ school }) => school === 1).map(({ learner }) => learner),
  )
  expect(ofSchool[0]).toMatchObject({
    domain: 'numeracy',
    fromGrade: 3,
    toGrade: 6,
    status: 'official',
    error: null,
  })
  expect(ofSchool[0]!.residual).toBeCloseTo(ofSchool[0]!.toScore - ofSchool[0]!.expected, 4)
  expect(await progress('parent')).toHaveLength(1)
  for (const tier of ['municipality', 'analyst'] as const)
    await expect(progress(tier)).rejects.toThrow('permission denied')
})

test('what is preliminary is told to the school and not yet to parents, nor in what is held of a child', async () => {
  await asJob(world.db, (tx) =>
    tx.query(`update records.result set status = 'preliminary' where learner_id <= 40`),
  )
  await growAll(world.db)
  expect(await progress('school')).toHaveLength(40)
  expect(await progress('parent')).toEqual([])
  const seen = await asActor(world.db, await actorOf('parent'), (tx) =>
    tx.query('select learner_id from growth.progress'),
  )
  expect(seen.rowCount).toBe(0)
  const { figures } = await world.read<SchoolGrowth>(`/growth/schools/${uuids.get(1)}`, people.head)
  expect(figures[0]!.status).toBe('preliminary')
})
