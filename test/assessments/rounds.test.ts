import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { codes, makeRoster } from '#modules/assessments/index.ts'
import type {
  FormDetail,
  NewRound,
  RoundDetail,
  SchoolSession,
  SessionCodes,
  SessionDetail,
} from '#modules/assessments/model.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantRound(world.db, { until: 'rostered' })
const coordinator = await signInAs('Rita Vanaga')
const marker = await signInAs('Aija Strazda')
const head = await world.signIn('school', 0)
const other = await world.signIn('school', 1)

async function signInAs(name: string): Promise<Signed> {
  const { items } = (await (await world.get('/api/v1/demo-people')).json()) as {
    items: { name: string; tier: string }[]
  }
  const people = items.filter(({ tier }) => tier === 'researcher')
  return world.signIn(
    'researcher',
    people.findIndex((each) => each.name === name),
  )
}

const post = (path: string, person: Signed | undefined, body: unknown = {}) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(person && { 'x-csrf': person.csrf }) },
    body: JSON.stringify(body),
  })
/** Status and the first field that was found wrong. */
const answered = async (answer: Response): Promise<[number, string | undefined]> => {
  const { errors } = (await answer.json()) as { errors?: { field: string }[] }
  return [answer.status, errors?.[0]?.field]
}
const all = async (sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Record<string, unknown>>(sql, values))).rows
const participants = () => all('select * from assessments.participant order by participant_id')

describe('the roster', () => {
  test('has every pupil of the grade once, in the session of the own class, with a form and a code of one’s own', () => {
    expect(planted.participants).toHaveLength(42)
    expect(new Set(planted.participants.map(({ learnerId }) => learnerId)).size).toBe(42)
    expect(new Set(planted.participants.map(({ code }) => code)).size).toBe(42)
    expect(planted.sessions.map(({ institutionId, label }) => `${institutionId} ${label}`)).toEqual([
      '11 6.a',
      '11 6.b',
      '12 6.a',
      '12 6.b',
    ])
  })

  test('stores no code; what is stored tells whose it is to those who hold the keys, however it is typed', async () => {
    const rows = await all(
      'select participant_id as id, entry_key as key, p::text as text from assessments.participant p',
    )
    const { entryKey } = codes(testKeys)
    for (const { id, code } of planted.participants) {
      const row = rows.find((each) => each.id === id)!
      expect(entryKey(` ${code.slice(0, 4).toLowerCase()} – ${code.slice(4)}`)).toEqual(row.key)
      expect(row.text).not.toContain(code)
    }
    expect(entryKey('ACDEFGH')).toBeNull()
    expect(entryKey('ACDEFGH0')).toBeNull()
  })

  test('made again changes nothing; with another key nobody’s code is the same', async () => {
    const before = await participants()
    expect(await makeRoster(world.db, testKeys, planted.code)).toMatchObject({
      added: 0,
      withdrawn: 0,
      moved: 0,
    })
    expect(await participants()).toEqual(before)
    const foreign = codes({ current: '1', keys: { 1: Buffer.alloc(32, 7) } })
    expect(planted.participants.some(({ uuid, code }) => foreign.codeOf(uuid) === code)).toBe(false)
  })

  test('follows the register until the round opens: who came is added, who left is withdrawn, who changed class keeps the code', async () => {
    const [gone, moved] = planted.participants
    const sibling = planted.sessions.find(
      ({ institutionId, label }) => institutionId === 11 && label === '6.b',
    )!
    const before = await participants()
    await all(
      `update registry.enrolment set valid = daterange(lower(valid), '2026-09-20') where learner_id = $1`,
      [gone!.learnerId],
    )
    await all(
      `update registry.enrolment e set class_group_id = c.class_group_id from registry.class_group_version c
        where e.learner_id = $1 and c.institution_id = 11 and c.name = '6.b'`,
      [moved!.learnerId],
    )
    await all('insert into registry.learner (learner_id) values (77)')
    await all(
      `insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, class_group_id, main, valid, import_id, line, row_hash)
       select 77, institution_id, school_year, grade, class_name, class_group_id, true, x.valid, 1, 77, 77
         from registry.enrolment e, (values (daterange('2026-09-01', '2027-09-01')), (daterange('2026-09-10', '2027-09-01'))) x (valid)
        where e.learner_id = $1`,
      [planted.participants[2]!.learnerId],
    )
    expect(await makeRoster(world.db, testKeys, planted.code)).toMatchObject({
      participants: 42,
      added: 1,
      withdrawn: 1,
      moved: 1,
      twice: 1,
    })
    const after = await participants()
    expect(after.map((row) => row.learner_id)).not.toContain(gone!.learnerId)
    expect(after.find((row) => row.learner_id === moved!.learnerId)).toMatchObject({
      session_id: sibling.sessionId,
      entry_key: before.find((row) => row.learner_id === moved!.learnerId)!.entry_key,
    })
    expect(after.filter((row) => row.learner_id === 77)).toHaveLength(1)
  })
})

describe('a coordinator', () => {
  const wanted = (change: Partial<NewRound> = {}): NewRound => ({
    code: 'R-1',
    kind: 'rehearsal',
    domain: 'numeracy',
    grade: 6,
    schoolYear: 2027,
    name: { lv: 'Mēģinājuma darbs', en: 'Rehearsal' },
    opensAt: '2026-12-01T07:00:00Z',
    closesAt: '2027-12-12T14:00:00Z',
    minutes: 60,
    forms: [{ code: `${planted.code}-A` }],
    ...change,
  })

  test('plans rounds; nobody else does, and who has no duty sees none', async () => {
    for (const person of [undefined, head, await world.signIn('steward'), await world.signIn('analyst')]) {
      for (const path of ['/rounds', `/rounds/${planted.id}`, '/forms']) {
        expect([path, (await world.get(`/api/v1${path}`, person)).status]).toEqual([path, 404])
      }
      expect([401, 403, 404]).toContain((await post('/rounds', person, wanted())).status)
    }
    expect((await world.get('/api/v1/rounds', marker)).status).toBe(200)
    expect((await post('/rounds', marker, wanted())).status).toBe(404)
    const made = await post('/rounds', coordinator, wanted())
    expect([made.status, await made.json()]).toEqual([
      201,
      expect.objectContaining({ code: 'R-1', state: 'planned', moves: ['roster', 'cancelled'] }),
    ])
  })

  test('is refused with the field: a code twice, a window that is over, a foreign form, an overlap, a second census', async () => {
    const refused = async (change: Partial<NewRound>) =>
      answered(await post('/rounds', coordinator, wanted(change)))
    expect(await refused({})).toEqual([400, 'code'])
    expect(await refused({ code: 'R-2', closesAt: '2026-11-01T07:00:00Z' })).toEqual([400, 'closesAt'])
    expect(await refused({ code: 'R-2', grade: 3 })).toEqual([400, 'forms'])
    expect(await refused({ code: 'R-2', forms: [{ code: 'NONE' }] })).toEqual([400, 'forms'])
    expect(await refused({ code: 'R-2', forms: [] })).toEqual([400, 'forms'])
    expect(await refused({ code: 'R-2', kind: 'sample' })).toEqual([400, 'settings.sample'])
    expect(await refused({ code: 'R-2', kind: 'census' })).toEqual([400, 'opensAt'])
    expect(
      await refused({
        code: 'R-2',
        kind: 'census',
        opensAt: '2028-01-01T07:00:00Z',
        closesAt: '2028-02-01T07:00:00Z',
      }),
    ).toEqual([400, 'opensAt'])
  })

  test('puts a form together from items in use; fixed, it stays as it is; without anchors it needs a reason', async () => {
    const items = planted.items.slice(0, 3).map((code) => ({ code }))
    const form = { code: 'F-1', domain: 'numeracy', grade: 6, items }
    expect(
      await answered(await post('/forms', coordinator, { ...form, items: [items[0], items[0]] })),
    ).toEqual([400, 'items'])
    expect(await answered(await post('/forms', coordinator, { ...form, domain: 'science' }))).toEqual([
      400,
      'items',
    ])
    const draft = (await (await post('/forms', coordinator, form)).json()) as FormDetail
    expect(draft).toMatchObject({
      state: 'draft',
      items: 3,
      anchors: 0,
      order: [{ position: 1 }, { position: 2 }, { position: 3 }],
    })
    const plan = (change: Partial<NewRound>) =>
      post('/rounds', coordinator, wanted({ code: 'R-3', forms: [{ code: 'F-1' }], ...change }))
    expect(await answered(await plan({}))).toEqual([400, 'forms'])
    expect((await post(`/forms/${draft.id}/fixing`, marker)).status).toBe(404)
    expect((await post(`/forms/${draft.id}/fixing`, coordinator)).status).toBe(200)
    expect(await answered(await post('/forms', coordinator, form))).toEqual([409, 'code'])
    expect(await answered(await plan({}))).toEqual([400, 'settings.withoutAnchors'])
    expect((await plan({ settings: { withoutAnchors: 'Pirmais mēģinājums.' } })).status).toBe(201)
  })

  test('a form with an item that nobody reviewed is not fixed', async () => {
    const items = [{ code: 'RP3-001' }]
    const made = await post('/forms', coordinator, { code: 'F-3', domain: 'numeracy', grade: 3, items })
    const { id } = (await made.json()) as FormDetail
    expect(await answered(await post(`/forms/${id}/fixing`, coordinator))).toEqual([400, 'items'])
  })

  test('opens only what has a roster; asking for one queues a job, once', async () => {
    const { items } = await world.read<{ items: RoundDetail[] }>('/rounds', coordinator)
    const { id } = items.find(({ code }) => code === 'R-1')!
    expect(await answered(await post(`/rounds/${id}/state`, coordinator, { to: 'open' }))).toEqual([
      409,
      'state',
    ])
    expect((await post(`/rounds/${id}/roster`, coordinator)).status).toBe(202)
    const again = await post(`/rounds/${id}/roster`, coordinator)
    expect(await again.json()).toMatchObject({ job: { state: 'waiting', done: 0 } })
    expect(await all(`select from pgboss.job where name = 'roster'`)).toHaveLength(1)
    expect(await answered(await post(`/rounds/${id}/state`, coordinator, { to: 'cancelled' }))).toEqual([
      400,
      'reason',
    ])
    const reason = 'Kļūda kodā.'
    expect((await post(`/rounds/${id}/state`, coordinator, { to: 'cancelled', reason })).status).toBe(200)
    expect(await world.read(`/rounds/${id}`, coordinator)).toMatchObject({
      state: 'cancelled',
      moves: [],
      events: [
        { kind: 'moved', state: 'cancelled', text: reason, person: 'Rita Vanaga' },
        { kind: 'planned' },
      ],
    })
  })
})

describe('the head of a school', () => {
  const own = () => world.read<{ items: SchoolSession[] }>('/sessions', head)

  test('sees the sessions of the own school, and nobody of another; every reading by name is written down', async () => {
    const { items } = await own()
    expect(items.map(({ label }) => label)).toEqual(['6.a', '6.b'])
    const session = await world.read<SessionDetail>(`/sessions/${items[0]!.id}`, head)
    expect(session.participants).toHaveLength(11 - 2 + 1)
    const written = await all(
      `select object, learners from access.audit where action = 'read_session' and outcome = 'shown'`,
    )
    expect(written).toEqual([{ object: `session ${items[0]!.id}`, learners: 10 }])
    for (const person of [undefined, other, coordinator, await world.signIn('steward')]) {
      for (const path of [`/sessions/${items[0]!.id}`, `/sessions/${items[0]!.id}/codes`]) {
        expect((await world.get(`/api/v1${path}`, person)).status).toBe(404)
      }
    }
  })

  test('says who is absent or exempt, with a reason that is no diagnosis, and what a child needs', async () => {
    const { items } = await own()
    const path = `/sessions/${items[0]!.id}`
    const { participants: pupils } = await world.read<SessionDetail>(path, head)
    const say = (person: Signed, said: object, id = pupils[0]!.id) =>
      post(`${path}/participants/${id}`, person, { needs: {}, ...said })
    expect(await answered(await say(head, { status: 'exempt' }))).toEqual([400, 'reason'])
    expect((await say(head, { status: 'exempt', reason: 'F70' })).status).toBe(400)
    expect((await say(head, { status: 'tested' })).status).toBe(400)
    expect((await say(other, { status: 'absent' })).status).toBe(404)
    const stranger = planted.participants.find(({ institutionId }) => institutionId === 12)!
    expect((await say(head, { status: 'absent' }, stranger.uuid)).status).toBe(404)
    const exempt = await say(head, { status: 'exempt', reason: 'specialist_document' })
    expect(await exempt.json()).toMatchObject({ participation: { expected: 9, exempt: 1 } })
    const needs = { size: 150, readAloud: true, extraMinutes: 20 }
    expect((await say(head, { status: 'expected', needs }, pupils[1]!.id)).status).toBe(200)
    const { participants: after } = await world.read<SessionDetail>(path, head)
    expect(after[0]).toMatchObject({ status: 'exempt', reason: 'specialist_document' })
    expect(after[1]).toMatchObject({ status: 'expected', needs })
    const codesNow = await world.read<SessionCodes>(`${path}/codes`, head)
    expect(codesNow.codes).toHaveLength(9)
    const known = planted.participants.find(({ uuid }) => uuid === pupils[1]!.id)!
    expect(codesNow.codes.map(({ code }) => code.replace('-', ''))).toContain(known.code)
  })

  test('plans the hour of a session within the window of the round', async () => {
    const { items } = await own()
    const at = (plannedAt: string) => post(`/sessions/${items[0]!.id}/time`, head, { plannedAt })
    expect(await answered(await at('2020-01-01T08:00:00Z'))).toEqual([400, 'plannedAt'])
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, '')
    expect(await (await at(tomorrow)).json()).toMatchObject({ plannedAt: tomorrow })
  })
})

test('a round that closes says of everybody who never began that they were absent; the register no longer changes its roster', async () => {
  const move = (to: string, reason = '') => post(`/rounds/${planted.id}/state`, coordinator, { to, reason })
  expect((await move('open')).status).toBe(200)
  await expect(makeRoster(world.db, testKeys, planted.code)).rejects.toThrow('wrong_state')
  await all(`update assessments.participant set started_at = now() where participant_id = $1`, [
    planted.participants[5]!.id,
  ])
  expect(await answered(await move('closed'))).toEqual([400, 'reason'])
  expect((await move('closed', 'Visi uzrakstījuši.')).status).toBe(200)
  expect(await world.read(`/rounds/${planted.id}`, coordinator)).toMatchObject({
    participation: { expected: 0, tested: 1, absent: 40, exempt: 1 },
  })
  expect((await move('open')).status).toBe(409)
})

test('of a sample only pupils of schools that were drawn are on the roster, each standing for as many as the draw says', async () => {
  await all('insert into registry.institution (institution_id) values (13), (14)')
  await all(
    `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select i, 3, 'S' || i, 'Skola ' || i, 'School ' || i, '(,)', 1, i, i from unnest(array[13, 14]) i`,
  )
  await all('insert into registry.learner (learner_id) select generate_series(800001, 800030)')
  await all(
    `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
     select l, 13 + l % 2, 2027, 6, true, daterange('2026-09-01', '2027-09-01'), 1, l, l from generate_series(800001, 800030) l`,
  )
  const planned = await post('/rounds', coordinator, {
    code: 'R-S',
    kind: 'sample',
    domain: 'numeracy',
    grade: 6,
    schoolYear: 2027,
    name: { lv: 'Izlases darbs', en: 'Sample' },
    opensAt: '2028-03-01T07:00:00Z',
    closesAt: '2028-03-12T14:00:00Z',
    minutes: 60,
    forms: [{ code: `${planted.code}-A` }],
    settings: { seed: 3, rosterDay: '2026-10-01', sample: { schools: 2 } },
  })
  const { id } = (await planned.json()) as RoundDetail
  expect(await makeRoster(world.db, testKeys, 'R-S')).toMatchObject({ schools: 2, withdrawn: 0 })
  const weights = await all(
    `select sum(p.weight)::float8 as pupils, count(distinct p.institution_id)::integer as schools
       from assessments.participant p join assessments.round r using (round_id) where r.code = 'R-S'`,
  )
  expect(weights[0]!.schools).toBe(2)
  expect(weights[0]!.pupils).toBeCloseTo(42 + 30, 3)
  const { schools } = await world.read<RoundDetail>(`/rounds/${id}`, coordinator)
  expect(schools.map(({ zone }) => zone)).toEqual([1, 1])
  expect(await makeRoster(world.db, testKeys, 'R-S')).toMatchObject({ schools: 2, added: 0, withdrawn: 0 })
})
