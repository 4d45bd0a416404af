import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { AuditLine, DemoPerson } from '#modules/access/model.ts'
import { closeRound } from '#modules/assessments/index.ts'
import { makeDemoObservations } from '#modules/assessments/preschool/demo-store.ts'
import type {
  Assessor,
  Observation,
  ObservedChild,
  ObservedGroup,
  PreschoolProfile,
} from '#modules/assessments/preschool/model.ts'
import { rubric2026 } from '#modules/assessments/preschool/rubric-2026.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { type PlantedRound, plantRound } from './plant.ts'

const year = 2027
const world = await newWorld({ data: 'none' })
const reading = await plantRound(world.db, { grade: 0, domain: 'reading', pupilsPerClass: 3 })
const numeracy = await plantRound(world.db, { grade: 0, domain: 'numeracy', pupilsPerClass: 3 })
await asJob(world.db, async (tx) => {
  await tx.query(
    `with person as (insert into access.person (display_name, demo) values ('Māra Lapsa', true)
                     returning person_id),
     mandate as (insert into access.mandate (person_id, tier, valid, source)
                 select person_id, 'researcher', daterange(access.today(), null), 'demo' from person returning mandate_id)
     insert into assessments.duty (mandate_id, duty, valid, source)
     select mandate_id, 'assessor', daterange(access.today(), null), 'demo' from mandate`,
  )
  await tx.query(
    `insert into assessments.duty (mandate_id, duty, valid, source)
     select m.mandate_id, 'coordinator', daterange(access.today(), null), 'test'
       from access.mandate m join access.person p using (person_id) where p.display_name = 'Valdis Apinis'
         and not exists (select from assessments.duty d where d.mandate_id = m.mandate_id and d.duty = 'coordinator')`,
  )
})

const { items: demoPeople } = (await (await world.get('/api/v1/demo-people')).json()) as {
  items: DemoPerson[]
}
const researchers = demoPeople.filter(({ tier }) => tier === 'researcher')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    researchers.findIndex((each) => each.name === name),
  )
const dace = await as('Dace Vītola')
const mara = await as('Māra Lapsa')
const coordinator = await as('Valdis Apinis')
const [birch, oak] = reading.schools

const send = (person: Signed, path: string, body: object, method = 'POST') =>
  world.get(`/api/v1${path}`, person, {
    method,
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const tap = (person: Signed, child: string, statement: string, step: number | null) =>
  send(person, `/observations/children/${child}`, { year, statement, step })
const childOf = async (person: Signed, id: string) =>
  world.read<Observation>(`/observations/children/${id}?year=${year}`, person)
const statusOf = async (round: PlantedRound, learner: string) => {
  const { rows } = await world.db.jobPool.query<{ status: string; finished: boolean }>(
    `select status, finished_at is not null as finished from assessments.participant p join registry.learner l using (learner_id)
      where p.round_id = $1 and l.learner_uuid = $2`,
    [round.roundId, learner],
  )
  return rows[0]
}
const startedAt = async (learner: string) => {
  const { rows } = await world.db.jobPool.query<{ at: Date | null }>(
    `select started_at as at from assessments.participant join registry.learner using (learner_id)
      where round_id = $1 and learner_uuid = $2`,
    [reading.roundId, learner],
  )
  return rows[0]!.at
}
const inGroup = (institution: number, label: string) =>
  reading.participants.filter(({ sessionId }) =>
    reading.sessions.some(
      (session) =>
        session.sessionId === sessionId && session.institutionId === institution && session.label === label,
    ),
  )

test('an assessor sees nothing before a coordinator has assigned a preschool', async () => {
  expect(await world.read('/observations', dace)).toEqual({ items: [] })
  const path = `/api/v1/observations/children?place=${birch!.id}&year=${year}&label=0.a`
  expect((await world.get(path, dace)).status).toBe(404)
})

test('a coordinator assigns an assessor to a group, and ends it; nobody else can', async () => {
  const { items } = await world.read<{ items: Assessor[] }>(
    `/observations/assessors?year=${year}`,
    coordinator,
  )
  expect(items.map(({ name }) => name)).toEqual(['Dace Vītola', 'Māra Lapsa'])
  const [first, second] = items
  const assignment = { assessor: first!.mandate, place: birch!.id, year, label: '0.a' }
  expect((await send(dace, '/observations/assignments', assignment)).status).toBe(404)
  expect((await send(coordinator, '/observations/assignments', assignment)).status).toBe(201)
  expect((await send(coordinator, '/observations/assignments', assignment)).status).toBe(409)
  const other = { assessor: second!.mandate, place: oak!.id, year, label: null }
  const made = (await (await send(coordinator, '/observations/assignments', other)).json()) as { id: string }
  expect((await world.read<{ items: ObservedGroup[] }>('/observations', mara)).items).toHaveLength(2)
  expect((await send(mara, `/observations/assignments/${made.id}`, {}, 'DELETE')).status).toBe(404)
  expect((await send(coordinator, `/observations/assignments/${made.id}`, {}, 'DELETE')).status).toBe(200)
  expect((await world.read<{ items: ObservedGroup[] }>('/observations', mara)).items).toEqual([])
})

test('an assessor sees the assigned group only, by name, and every reading is written down', async () => {
  const { items: groups } = await world.read<{ items: ObservedGroup[] }>('/observations', dace)
  expect(groups).toMatchObject([{ label: '0.a', children: 4, done: 0, absent: 0, schoolYear: year }])
  const path = `/observations/children?place=${birch!.id}&year=${year}&label=`
  const { items } = await world.read<{ items: ObservedChild[] }>(`${path}0.a`, dace)
  expect(items.map(({ id }) => id).sort()).toEqual(
    inGroup(11, '0.a')
      .map(({ learner }) => learner)
      .sort(),
  )
  expect(items.every(({ name }) => /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(name!))).toBe(true)
  expect((await world.get(`/api/v1${path}0.b`, dace)).status).toBe(404)
  expect((await world.get(`/api/v1${path}0.a`, mara)).status).toBe(404)
  const officer = await world.signIn('protection_officer')
  const trail = await world.read<{ items: AuditLine[] }>('/audit?action=read_observed&limit=1', officer)
  expect(trail.items[0]).toMatchObject({ action: 'read_observed', outcome: 'shown' })
})

test('a tap is kept at once and holds until another; taking it back brings the one before', async () => {
  const { learner } = inGroup(11, '0.a')[0]!
  expect(await (await tap(dace, learner, 'V1', 2)).json()).toEqual({ statement: 'V1', step: 2, seen: 1 })
  expect(await (await tap(dace, learner, 'V1', 3)).json()).toEqual({ statement: 'V1', step: 3, seen: 1 })
  expect(await (await tap(dace, learner, 'V2', null)).json()).toEqual({
    statement: 'V2',
    step: null,
    seen: 2,
  })
  expect((await childOf(dace, learner)).steps).toEqual({ V1: 3, V2: null })
  const undo = async () => (await send(dace, `/observations/children/${learner}/undo`, { year })).json()
  expect(await undo()).toEqual({ statement: 'V2' })
  expect((await childOf(dace, learner)).steps).toEqual({ V1: 3 })
  expect(await undo()).toEqual({ statement: 'V1' })
  expect((await childOf(dace, learner)).steps).toEqual({ V1: 2 })
  expect(await undo()).toEqual({ statement: 'V1' })
  expect((await childOf(dace, learner)).steps).toEqual({})
  expect(await startedAt(learner)).toBeNull()
  expect((await send(dace, `/observations/children/${learner}/undo`, { year })).status).toBe(409)
})

test('with the last statement of a domain the child counts as observed in it; taking a tap back opens it again', async () => {
  const learner = inGroup(11, '0.a')[1]!.learner
  const ofReading = rubric2026.statements.filter(({ domain }) => domain === 'reading')
  for (const { id } of ofReading) {
    expect(await statusOf(reading, learner)).toEqual({ status: 'expected', finished: false })
    await tap(dace, learner, id, 2)
  }
  expect(await statusOf(reading, learner)).toEqual({ status: 'tested', finished: true })
  expect(await statusOf(numeracy, learner)).toEqual({ status: 'expected', finished: false })
  await send(dace, `/observations/children/${learner}/undo`, { year })
  expect(await statusOf(reading, learner)).toEqual({ status: 'expected', finished: false })
})

test('who is away is said with one tap, and only while nothing was seen of the child', async () => {
  const learner = inGroup(11, '0.a')[2]!.learner
  const away = (absent: boolean) => send(dace, `/observations/children/${learner}/absence`, { year, absent })
  expect((await away(true)).status).toBe(200)
  expect(await statusOf(reading, learner)).toEqual({ status: 'absent', finished: false })
  expect((await away(false)).status).toBe(200)
  await tap(dace, learner, 'R1', 1)
  expect((await away(true)).status).toBe(409)
})

test('nothing is kept of a child of another group, of a statement nobody knows, of a forged form or after the end', async () => {
  const own = inGroup(11, '0.a')[3]!.learner
  const foreign = inGroup(12, '0.a')[0]!.learner
  expect((await tap(dace, foreign, 'V1', 1)).status).toBe(404)
  expect((await tap(dace, own, 'X9', 1)).status).toBe(404)
  expect((await tap(dace, own, 'V1', 4)).status).toBe(400)
  expect((await tap(dace, own, 'D1', 1)).status).toBe(404) // no round of science was planned
  expect((await tap({ ...dace, csrf: 'forged' }, own, 'V1', 1)).status).toBe(403)
  const ends = (when: string) =>
    asJob(world.db, (tx) =>
      tx.query(`update assessments.round set closes_at = now() + $2::interval where round_id = $1`, [
        reading.roundId,
        when,
      ]),
    )
  await ends('-1 second')
  expect((await tap(dace, own, 'V1', 1)).status).toBe(404)
  await ends('1 day')
  expect((await tap(dace, own, 'V1', 1)).status).toBe(200)
})

test('observations are never edited, by nobody', async () => {
  await expect(
    asJob(world.db, (tx) => tx.query('update assessments.observation set step = 3')),
  ).rejects.toThrow('never edited')
})

test('the family sees the profile in words once the round is official, its school a step before, nobody else ever', async () => {
  const learner = inGroup(11, '0.a')[0]!.learner
  await tap(dace, learner, 'V1', 2)
  await tap(dace, learner, 'V2', null)
  await asJob(world.db, (tx) =>
    tx.query(
      `with person as (insert into access.person (display_name, demo) values ('Zaiga Vecāka', true) returning person_id)
       insert into access.mandate (person_id, tier, learner_id, valid, source)
       select person_id, 'parent', (select learner_id from registry.learner where learner_uuid = $1),
              daterange(access.today(), null), 'demo' from person`,
      [learner],
    ),
  )
  const { items: people } = (await (await world.get('/api/v1/demo-people')).json()) as { items: DemoPerson[] }
  const parents = people.filter(({ tier }) => tier === 'parent')
  const parent = await world.signIn(
    'parent',
    parents.findIndex(({ name }) => name === 'Zaiga Vecāka'),
  )
  const head = await world.signIn('school', 0)
  const heads = [head, await world.signIn('school', 1)]
  const own = heads.find(({ institutionId }) => institutionId === birch!.id)!
  const other = heads.find(({ institutionId }) => institutionId === oak!.id)!
  const profiles = async (person: Signed) => {
    const answer = await world.get(`/api/v1/observations/profiles/${learner}`, person)
    return answer.status === 200
      ? ((await answer.json()) as { items: PreschoolProfile[] }).items
      : answer.status
  }
  const becomes = (step: 'preliminary' | 'official') =>
    asJob(world.db, async (tx) => {
      const { rows } = await tx.query<{ became: string }>(
        'select assessments.release_round($1, $2) as became',
        [reading.code, step],
      )
      expect(rows).toEqual([{ became: 'done' }])
    })
  expect([await profiles(parent), await profiles(own)]).toEqual([[], []])
  await asJob(world.db, (tx) => closeRound(tx, reading.code, 'Every child was observed.'))
  expect((await tap(dace, learner, 'V1', 3)).status).toBe(404)
  expect([await profiles(parent), await profiles(own)]).toEqual([[], []])
  await becomes('preliminary')
  expect(await profiles(parent)).toEqual([])
  expect(await profiles(own)).toHaveLength(1)
  expect(await profiles(other)).toBe(404)
  await becomes('official')
  const [profile] = (await profiles(parent)) as PreschoolProfile[]
  const v1 = rubric2026.statements[0]!
  expect(profile!.domains).toEqual([
    {
      ...rubric2026.domains[0],
      statements: [
        { id: 'V1', name: v1.name, step: 2, words: v1.steps[1], next: v1.steps[2], home: v1.home },
        { id: 'V2', name: rubric2026.statements[1]!.name, step: null, words: null, next: null, home: null },
      ],
    },
  ])
  expect([await profiles(dace), await profiles(coordinator)]).toEqual([404, 404])
})

test('over a made-up country the domains that lack a round get one, with three groups for the demo assessor; again changes nothing', async () => {
  const groups = async () => (await world.read<{ items: ObservedGroup[] }>('/observations', dace)).items
  expect(await makeDemoObservations(world.db, testKeys, year)).toBe(14)
  const first = await groups()
  expect(first.map(({ place, label }) => `${place.name.lv} ${label}`)).toEqual([
    'Bērzu pamatskola 0.a',
    'Bērzu pamatskola 0.b',
    'Ozolu pamatskola 0.a',
  ])
  expect(await makeDemoObservations(world.db, testKeys, year)).toBe(0)
  expect(await groups()).toEqual(first)
})

test('words that stand in the program are asked for again each time, and answered with nothing where they are the same', async () => {
  for (const path of ['/api/v1/levels?grade=3', '/api/v1/observations/rubric']) {
    const first = await world.get(path)
    const etag = first.headers.get('etag')!
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'public, no-cache'])
    expect((await world.get(path, undefined, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await world.get(path, undefined, { headers: { 'if-none-match': '"another"' } })).status).toBe(200)
    expect((await world.get(path, dace)).headers.get('cache-control')).toBe('private, no-store')
  }
})
