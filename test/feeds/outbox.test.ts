import { beforeEach, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { runChecks } from '#modules/checks/index.ts'
import { messagesOf, replayMessage } from '#modules/feeds/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { checks } from '../../src/catalogue.ts'
import { country, newPackages } from '../intake-package.ts'
import { testKeys } from '../world.ts'
import { newFeeding } from './feeding.ts'
import { newSource } from './source.ts'

const { write } = await newPackages()
const { db, run, put, rows, named } = await newFeeding({ secrets: { 'viis-token': 'open sesame' } })

/** The other system: it keeps each message once, whatever the number of times it comes. */
const kept = new Map<string, Record<string, unknown>>()
let refuses: (message: Record<string, unknown>) => boolean = () => false
const viis = await newSource((url, request, body) => {
  if (request.headers.authorization !== 'Bearer open sesame') return { status: 401 }
  if (url.pathname !== '/messages' || request.method !== 'POST') return { status: 404 }
  const key = String(request.headers['idempotency-key'])
  const message = JSON.parse(body) as Record<string, unknown>
  if (refuses(message)) return { status: 422, json: { title: 'no' } }
  if (kept.has(key)) return { status: 409, json: { title: 'known' } }
  kept.set(key, message)
  return { status: 201, json: { receipt: `V-${kept.size}` } }
})
await put({
  name: 'to-viis',
  title: { lv: 'Labojumi uz VIIS', en: 'Corrections to VIIS' },
  kind: 'outbox',
  settings: { url: viis.url, auth: { bearer: 'viis-token' }, corrections: { sources: ['viis'] } },
})
const bring = async (classes: string, version: string) => {
  const { class_groups: _, ...rest } = country
  const [head] = country.class_groups
  const learners = [...country.learners.slice(0, 1), ...country.learners.slice(1)]
  const file = write({ ...rest, learners, class_groups: [head!, ...classes.split('\n')] }, { version })
  const report = await importPackage({ db, keys: testKeys, file })
  expect(report.refusalList).toEqual([])
  await runChecks(db, checks, { day: '2026-11-22' })
}
const messages = async () => asJob(db, async (tx) => messagesOf(tx, (await feed).id))
const feed = named('to-viis')
beforeEach(() => {
  viis.asked.length = 0
})

// Jānis, born 2012-02, in grade 3: too old by far. Anna, born 2010-01, in grade 9: too old as well.
await bring('C1,4501,2027,9,9.a,lv,21011111,T-1\nC2,4502,2027,3,3.,lv,,', '1')

test('what has to be corrected is told to the source, once each, with the code it knows and no name', async () => {
  const { feed: stands } = await run('to-viis')
  expect(stands.last).toMatchObject({ outcome: 'taken', problem: null })
  const told = [...kept.values()]
  expect(told.length).toBeGreaterThan(0)
  expect(stands.last!.deliveries).toBe(told.length)
  expect(told).toContainEqual(
    expect.objectContaining({
      kind: 'correction',
      event: 'found',
      check: 'enrolment.age_and_grade',
      institution: '4502',
      schoolYear: 2027,
      subject: { kind: 'learner', code: '020220-20002' },
      record: { source: 'viis', file: 'enrolments.csv', line: 3 },
    }),
  )
  expect(JSON.stringify(told)).not.toMatch(/Ozols|Bērziņa|Kalniņa/)
  expect(await messages()).toMatchObject({ waiting: 0, sent: told.length, dead: 0 })
  expect((await messages()).items[0]!.receipt).toMatch(/^V-\d+$/)
  expect((await run('to-viis')).report?.outcome).toBe('nothing')
  expect(viis.asked).toHaveLength(told.length)
})

test('nothing of what is sent is kept here: a message holds the number of a finding', async () => {
  const payloads = await rows<{ payload: object }>('select payload from feeds.message')
  for (const { payload } of payloads) expect(Object.keys(payload).toSorted()).toEqual(['event', 'findingId'])
})

test('sent but not noted, a message is sent again, and the other system has it once', async () => {
  const before = kept.size
  await rows(`update feeds.message set state = 'waiting', receipt = null
               where message_id = (select min(message_id) from feeds.message)`)
  expect((await run('to-viis')).feed.last).toMatchObject({ outcome: 'taken', deliveries: 1 })
  expect(kept.size).toBe(before)
})

test('what was corrected is told too', async () => {
  await bring('C1,4501,2027,9,9.a,lv,21011111,T-1\nC2,4502,2027,8,8.,lv,,', '2')
  await run('to-viis')
  expect([...kept.values()]).toContainEqual(
    expect.objectContaining({ event: 'gone', subject: { kind: 'learner', code: '020220-20002' } }),
  )
})

test('a message that is refused does not hold up the next; a person has it sent again', async () => {
  await bring('C1,4501,2027,9,9.a,lv,21011111,T-1\nC2,4502,2027,3,3.,lv,,', '3')
  refuses = ({ check }) => check === 'enrolment.age_and_grade'
  const before = kept.size
  await run('to-viis')
  const dead = (await messages()).items.filter(({ state }) => state === 'dead')
  expect(dead.length).toBeGreaterThan(0)
  expect(dead[0]!.problem).toMatchObject({
    code: 'message.refused',
    message: { en: expect.stringContaining('422') },
  })
  refuses = () => false
  expect(await asJob(db, (tx) => replayMessage(tx, dead[0]!.id))).toBe(true)
  await run('to-viis')
  expect(kept.size).toBeGreaterThan(before)
  expect((await messages()).dead).toBe(dead.length - 1)
})

test('where the other system does not answer all wait, and the run says so', async () => {
  await rows(`update feeds.message set state = 'waiting' where state = 'sent'`)
  viis.faults.push(...Array.from({ length: 4 }, () => ({ status: 500 })))
  const { feed: stands } = await run('to-viis')
  expect(stands.last).toMatchObject({ outcome: 'failed', problem: { code: 'source.error' } })
  const { waiting } = await messages()
  expect(waiting).toBeGreaterThan(0)
  await run('to-viis')
  expect((await messages()).waiting).toBe(0)
})

test('a message that cannot be sent is given up some day, and one whose finding is gone is not sent', async () => {
  await rows(
    `update feeds.message set state = 'waiting', tries = 20 where message_id = (select min(message_id) from feeds.message)`,
  )
  await rows(
    `insert into feeds.message (feed_id, kind, key, payload) select feed_id, 'correction', 'x', '{"findingId": 999999, "event": "found"}' from feeds.feed`,
  )
  viis.asked.length = 0
  await run('to-viis')
  const codes = (await messages()).items.flatMap(({ problem }) => problem?.code ?? [])
  expect(codes).toEqual(expect.arrayContaining(['message.given_up', 'message.gone']))
  expect(viis.asked).toEqual([])
})
