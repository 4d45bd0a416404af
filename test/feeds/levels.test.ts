import { beforeEach, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { messagesOf, replaySince } from '#modules/feeds/index.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { newFeeding } from './feeding.ts'
import { newSource } from './source.ts'

const { db, run, put, rows, named } = await newFeeding({ secrets: { 'viis-token': 'open sesame' } })
const { roundId, code: round } = await plantResults(db)

type Message = Record<string, unknown> & { id: string; about: string; event: string }

/** The other system: of each thing it holds what it was told last, and it knows a message it has had. */
const holds = new Map<string, Message>()
const known = new Set<string>()
const order: string[] = []
let refuses: (message: Message) => boolean = () => false
const viis = await newSource((url, request, body) => {
  if (request.headers.authorization !== 'Bearer open sesame') return { status: 401 }
  if (url.pathname !== '/batches' || request.method !== 'POST') return { status: 404 }
  const { messages } = JSON.parse(body) as { messages: Message[] }
  const results = messages.map((message) => {
    if (refuses(message)) return { id: message.id, refused: 'unknown_learner' }
    if (!known.has(message.id)) {
      known.add(message.id)
      order.push(`${message.about} ${message.event} ${message.version ?? ''}`)
      if (message.event === 'withdrawn') holds.delete(message.about)
      else holds.set(message.about, message)
    }
    return { id: message.id, receipt: `V-${message.id.slice(0, 8)}` }
  })
  return { status: 200, json: { results } }
})
const settings = { url: viis.url, auth: { bearer: 'viis-token' }, corrections: null }
const describe = (more: object) =>
  put({
    name: 'to-viis',
    title: { lv: 'Uz VIIS', en: 'To VIIS' },
    kind: 'outbox',
    settings: { ...settings, ...more },
  })
await describe({ levels: {} })
const turn = (on: boolean) =>
  rows(`insert into rights.linkage_switch (linkage, is_on, reason) values ('results-outwards', $1, 'x')`, [
    on,
  ])
const toState = (state: string) =>
  rows('update assessments.round set state = $2 where round_id = $1', [roundId, state])
const { id: feedId } = await named('to-viis')
const messages = () => asJob(db, (tx) => messagesOf(tx, feedId))
const again = (which: { kind: string | null; since: string }, feed = feedId) =>
  asJob(db, (tx) => replaySince(tx, feed, which))
const pupils = (await rows<{ n: number }>('select count(*)::int as n from assessments.outcome'))[0]!.n
const [first] = await rows<{ participantId: number; about: string; learnerId: number }>(
  `select participant_id as "participantId", participant_uuid as about, learner_id as "learnerId"
     from assessments.participant order by participant_id limit 1`,
)
const { participantId, about, learnerId } = first!
beforeEach(() => {
  viis.asked.length = 0
  order.length = 0
})

test('nothing is told before results are official, nor while the linkage is off', async () => {
  await turn(true)
  for (const state of ['scaled', 'preliminary']) {
    await toState(state)
    expect((await run('to-viis')).report?.outcome).toBe('nothing')
  }
  await turn(false)
  await toState('official')
  expect((await run('to-viis')).report?.outcome).toBe('nothing')
  expect(viis.asked).toEqual([])
})

test('an official level is told with the code the receiver knows, without name and, unless agreed, without a score', async () => {
  await turn(true)
  const { feed } = await run('to-viis')
  expect(feed.last).toMatchObject({ outcome: 'taken', deliveries: pupils })
  expect(holds.size).toBe(pupils)
  const [level] = await rows<{ level: number }>(
    'select level from assessments.outcome where participant_id = $1',
    [participantId],
  )
  expect(holds.get(about)).toEqual({
    id: expect.any(String),
    kind: 'level',
    event: 'given',
    madeAt: expect.any(String),
    about,
    version: 1,
    subject: { kind: 'learner', code: expect.stringMatching(/^\S+$/) },
    institution: expect.any(String),
    test: expect.objectContaining({ code: round, domain: 'numeracy', grade: 6, schoolYear: 2027 }),
    level: level!.level,
  })
  expect(await messages()).toMatchObject({ waiting: 0, sent: pupils, dead: 0 })
  expect((await run('to-viis')).report?.outcome).toBe('nothing')
})

test('whose level is told stands in the audit trail, and the learner can read it', async () => {
  const [told] = await rows<{ n: number }>(
    `select count(distinct learner_id)::int as n from access.audit_learner join access.audit using (audit_id)
      where action = 'tell_levels'`,
  )
  expect(told!.n).toBe(pupils)
})

test('a correction is told as the next version, and no longer the one before', async () => {
  await rows('update assessments.outcome set ended_at = now() where participant_id = $1 and version = 1', [
    participantId,
  ])
  await rows(
    `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, level, run, reason)
     select learner_id, participant_id, round_id, institution_id, 2, 700, 20, 4, run, 'looked at again'
       from assessments.outcome where participant_id = $1 and version = 1`,
    [participantId],
  )
  await run('to-viis')
  expect(order).toEqual([`${about} given 2`])
  expect(holds.get(about)).toMatchObject({ version: 2, level: 4 })
})

test('who objects is told of no more, and the receiver is asked to delete; when it is over, it is told anew', async () => {
  await rows(
    `insert into rights.objection (learner_id, kind, ground, valid, recorded_by) values ($1, 'restriction', 'x', daterange(access.today(), null), 1)`,
    [learnerId],
  )
  await run('to-viis')
  expect(order).toEqual([`${about} withdrawn `])
  expect(holds.has(about)).toBe(false)
  await rows('update rights.objection set valid = daterange(access.today() - 2, access.today() - 1)')
  await run('to-viis')
  expect(order.at(-1)).toBe(`${about} given 2`)
})

test('a result that is withdrawn is withdrawn there; one that was never sent is told to nobody', async () => {
  await rows('update assessments.outcome set ended_at = now() where participant_id = $1', [participantId])
  await run('to-viis')
  expect(order).toEqual([`${about} withdrawn `])
  await rows('update assessments.outcome set ended_at = null where participant_id = $1 and version = 2', [
    participantId,
  ])
  viis.faults.push(...Array.from({ length: 4 }, () => ({ status: 503, headers: { 'retry-after': '600' } })))
  const { feed } = await run('to-viis') // it is queued, and not taken
  expect(feed.last).toMatchObject({ outcome: 'failed', problem: { code: 'source.error' } })
  viis.faults.length = 0
  await run('to-viis')
  expect(holds.get(about)).toMatchObject({ version: 2 })
})

test.each([
  ['it is late, though it has taken them', 'late'],
  ['it breaks off in the middle', 'cut'],
  ['it answers half', 'half'],
  ['it is busy', { status: 429 }],
  ['it fails', { status: 500 }],
] as const)('where %s, the same messages come again and each is kept once', async (_what, fault) => {
  const before = (await messages()).sent
  await again({ kind: 'level', since: '2020-01-01' })
  const had = known.size
  viis.faults.push(fault)
  await run('to-viis', { within: 300 })
  expect(viis.asked.length).toBe(2)
  expect(known.size).toBe(had)
  expect(await messages()).toMatchObject({ waiting: 0, sent: before, dead: 0 })
})

test('a row that is refused does not hold up the others; what is not spoken of comes again', async () => {
  await again({ kind: null, since: '2020-01-01' })
  refuses = (message) => message.about === about
  viis.faults.push({ says: { results: [] } })
  expect((await run('to-viis')).feed.last).toMatchObject({ problem: { code: 'source.schema' } })
  await run('to-viis')
  const { dead, waiting, items } = await messages()
  expect([dead, waiting]).toEqual([1, 0])
  expect(items[0]!.problem).toMatchObject({
    code: 'message.row_refused',
    message: { en: expect.stringContaining('unknown_learner') },
  })
  refuses = () => false
})

test('told again are the latest only, of the kind and since the day that were named', async () => {
  expect(await again({ kind: 'link', since: '2020-01-01' })).toBe(0)
  expect(await again({ kind: 'level', since: '2099-01-01' })).toBe(0)
  expect(await again({ kind: 'level', since: '2020-01-01' })).toBe(pupils)
  holds.clear()
  known.clear()
  await run('to-viis')
  expect(holds.size).toBe(pupils)
  expect(holds.get(about)).toMatchObject({ version: 2 })
  expect(await again({ kind: null, since: '2020-01-01' }, crypto.randomUUID())).toBe(null)
})

test('a receiver of some schools is told of their learners only, and scores with their error where that is agreed', async () => {
  const [school] = await rows<{ code: string; n: number }>(
    `select v.code, count(*)::int as n from assessments.outcome o join registry.institution_version v using (institution_id)
      where o.ended_at is null and v.superseded_by is null group by v.code order by v.code limit 1`,
  )
  await describe({ levels: { scores: true }, schools: [school!.code] })
  await run('to-viis')
  const kept = [...holds.values()]
  expect(kept).toHaveLength(school!.n)
  expect(new Set(kept.map(({ institution }) => institution))).toEqual(new Set([school!.code]))
  await again({ kind: 'level', since: '2020-01-01' })
  known.clear()
  await run('to-viis')
  expect([...holds.values()][0]).toMatchObject({ score: expect.any(Number), error: expect.any(Number) })
})

test('switched off, the receiver is asked to delete all it was given', async () => {
  await describe({ levels: {} })
  await run('to-viis')
  expect(holds.size).toBe(pupils)
  await turn(false)
  await run('to-viis')
  expect(holds.size).toBe(0)
  await turn(true)
})

test('links lead to schools, classes and learners, by the codes the receiver knows', async () => {
  await describe({ levels: {}, links: { portal: 'https://ikms.example' } })
  await run('to-viis')
  const linked = [...holds.values()].filter(({ kind }) => kind === 'link')
  const of = (kind: string) => linked.filter(({ subject }) => (subject as { kind: string }).kind === kind)
  expect(of('institution').length).toBeGreaterThan(1)
  expect(of('class').length).toBeGreaterThan(3)
  expect(of('learner')).toHaveLength(pupils)
  for (const kind of ['institution', 'class', 'learner']) {
    const [one] = of(kind)
    const id = one!.about.split(' ')[1]
    expect(one).toMatchObject({
      subject: { code: expect.any(String) },
      address: { lv: `https://ikms.example/embed/lv/${kind}/${id}` },
    })
  }
  expect((await run('to-viis')).report?.outcome).toBe('nothing')
})

test('nothing of a result or of anybody lies in the outbox: numbers of ours only', async () => {
  const kept = await rows<{ payload: object }>('select distinct payload from feeds.message')
  const keys = new Set(kept.flatMap(({ payload }) => Object.keys(payload)))
  expect([...keys].toSorted()).toEqual(['event', 'id', 'participantId', 'portal', 'version'])
})
