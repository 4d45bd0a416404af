import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { dayOf } from '#terms/day.ts'
import { newWorld, type Signed } from '#test/world.ts'
import type { DatedRule, RuleChange, Trial, TrialSummary } from './model.ts'
import { putRule } from './rule-store.ts'

const world = await newWorld()
await world.db.jobPool.query(
  `with officer as (insert into access.person (display_name, demo) values ('Anna Vītola', true) returning person_id)
   insert into access.mandate (person_id, tier, valid, source)
   select person_id, 'protection_officer', daterange(access.today(), null), 'demo' from officer`,
)
const steward = await world.signIn('steward')
const officer = await world.signIn('protection_officer')
const head = await world.signIn('school')
const analyst = await world.signIn('analyst')
const today = dayOf(new Date())

const rulesOn = async (on: string) =>
  (await world.read<{ items: DatedRule[] }>(`/disclosure/rules?on=${on}`)).items
const results = (await rulesOn(today)).find(({ topic }) => topic === 'results')!
const { reason, from, until, ...asItIs } = results
const stricter: RuleChange = { ...asItIs, minimum: 20 }

const ask = (change: unknown, person: Signed | undefined, csrf = person?.csrf) =>
  world.get('/api/v1/disclosure/trials', person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(csrf && { 'x-csrf': csrf }) },
    body: JSON.stringify(change),
  })

test('everybody may know the rules of any day: a rule that is changed later does not change that day', async () => {
  await world.db.jobPool.query(
    `update disclosure.rule set valid = '[1990-01-01,2031-01-01)' where topic = 'enrolment'`,
  )
  await world.db.jobPool.query(
    `insert into disclosure.rule (audience, topic, minimum, group_disclosure, valid, reason_lv, reason_en)
     values ('public', 'enrolment', 7, false, '[2031-01-01,)', 'Stingrāk.', 'Stricter.')`,
  )
  const enrolment = async (on: string) =>
    (await rulesOn(on)).filter(({ topic }) => topic === 'enrolment').map((rule) => [rule.minimum, rule.from])
  expect(await enrolment('2030-12-31')).toEqual([[5, '1990-01-01']])
  expect(await enrolment('2031-01-01')).toEqual([[7, '2031-01-01']])
  expect(await enrolment('1989-12-31')).toEqual([])
  const { items } = await world.read<{ items: DatedRule[] }>('/disclosure/rules/history')
  const rows = items.filter(({ topic }) => topic === 'enrolment')
  expect(rows.map((rule) => [rule.minimum, rule.from, rule.until])).toEqual([
    [7, '2031-01-01', null],
    [5, '1990-01-01', '2030-12-31'],
  ])
})

test('a steward tries a changed rule: it waits, keeps the words in force, changes no rule, and is written down', async () => {
  const answer = await ask(stricter, steward)
  expect(answer.status).toBe(201)
  const asked = (await answer.json()) as TrialSummary
  expect(asked).toMatchObject({ state: 'waiting', askedBy: 'Mārtiņš Bērziņš', rule: { minimum: 20, reason } })
  expect(await world.read<Trial>(`/disclosure/trials/${asked.id}`, steward)).toEqual({
    ...asked,
    report: null,
  })
  const { items } = await world.read<{ items: TrialSummary[] }>('/disclosure/trials', officer)
  expect(items).toEqual([asked])
  expect((await rulesOn(today)).find(({ topic }) => topic === 'results')).toEqual(results)
  const trail = await world.read<{ items: object[] }>('/audit?limit=1', steward)
  expect(trail.items).toMatchObject([
    { action: 'try_rule', object: `rule trial ${asked.id}`, outcome: 'done', person: 'Mārtiņš Bērziņš' },
  ])
})

test('a rule about nothing that has one, and values no rule may have, are refused with their field', async () => {
  const faults = async (change: object) => {
    const answer = await ask({ ...stricter, ...change }, steward)
    const { errors } = (await answer.json()) as { errors: { field: string }[] }
    return [answer.status, ...errors.map(({ field }) => field)]
  }
  expect(await faults({ topic: 'weather' })).toEqual([400, 'topic'])
  expect(await faults({ topic: 'res\0ults' })).toEqual([400, 'topic'])
  expect(await faults({ minimum: 0 })).toEqual([400, 'minimum'])
  expect(await faults({ minimum: 2.5, protectAbove: 0 })).toEqual([400, 'minimum', 'protectAbove'])
  expect(await faults({ dominance: { people: 2, share: 1 } })).toEqual([400, 'dominance.share'])
  expect(await faults({ audience: 'press' })).toEqual([400, 'audience'])
})

test('nobody but a steward can try a rule, and not without the token of the session', async () => {
  for (const person of [undefined, head, analyst, officer])
    expect((await ask(stricter, person)).status).toBe(404)
  expect((await ask(stricter, steward, 'guessed')).status).toBe(403)
  const { items } = await world.read<{ items: TrialSummary[] }>('/disclosure/trials', steward)
  expect(items).toHaveLength(1)
})

test('trials are there for steward and data protection officer; for everybody else there are none', async () => {
  const { items } = await world.read<{ items: TrialSummary[] }>('/disclosure/trials', steward)
  for (const path of ['/disclosure/trials', `/disclosure/trials/${items[0]!.id}`]) {
    for (const person of [steward, officer])
      expect((await world.get(`/api/v1${path}`, person)).status).toBe(200)
    for (const person of [undefined, head, analyst])
      expect((await world.get(`/api/v1${path}`, person)).status).toBe(404)
  }
  expect((await world.get(`/api/v1/disclosure/trials/${crypto.randomUUID()}`, steward)).status).toBe(404)
})

test('a decided rule begins on its day: the one before ends the day before, and nothing that has begun changes', async () => {
  const put = (from: string, minimum: number) =>
    asJob(world.db, (tx) =>
      putRule(tx, { ...stricter, minimum, reason: { lv: 'Lemts.', en: 'Decided.' } }, from, '2030-06-01'),
    )
  expect(await put('2030-05-31', 12)).toBe('not_before_today')
  expect(await put('2030-09-01', 12)).toBe('in_force')
  expect(await put('2030-09-01', 15)).toBe('begins_later')
  expect(await put('2030-08-31', 15)).toBe('begins_later')
  const results = async (on: string) => (await rulesOn(on)).filter(({ topic }) => topic === 'results')
  expect(await results('2030-08-31')).toMatchObject([{ minimum: 10, until: '2030-08-31' }])
  expect(await results('2030-09-01')).toMatchObject([
    { minimum: 12, from: '2030-09-01', until: null, reason: { en: 'Decided.' }, dominance: asItIs.dominance },
  ])
  const trail = await world.read<{ items: object[] }>('/audit?action=put_rule', steward)
  expect(trail.items, 'what an operator decided stands in the audit trail').toMatchObject([
    { object: 'rule public/results from 2030-09-01', tier: 'operator', person: null, outcome: 'done' },
  ])
})
