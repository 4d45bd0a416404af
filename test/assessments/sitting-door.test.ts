import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Board, Sitting, SittingItem } from '#modules/assessments/model.ts'
import { newWorld } from '../world.ts'
import { plantRound } from './plant.ts'

/** Answers over a socket take the short way where they are ordinary; in process everything takes the long one. Both are one door. */
const world = await newWorld({ data: 'none', behindProxy: true })
const planted = await plantRound(world.db, { items: 6 })
const head = await world.signIn('school', 0)
const room = planted.sessions.find(({ institutionId }) => institutionId === 11)!
const [anna, janis, elza] = planted.participants.filter(({ sessionId }) => sessionId === room.sessionId)
const base = await world.listen()

interface Said {
  status: number
  headers: Record<string, string>
  body: Record<string, unknown>
}
interface Sent {
  cookie?: string
  body?: string
  more?: Record<string, string>
}

/** Over a socket. */
async function short(method: string, path: string, { cookie, body, more }: Sent): Promise<Said> {
  const headers = headersOf(cookie, body, more)
  const asked = request(`${base}/api/v1${path}`, { method, headers })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  let said = ''
  for await (const piece of answer) said += piece
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(said) }
}
/** In process. */
async function long(method: string, path: string, { cookie, body, more }: Sent): Promise<Said> {
  const headers = headersOf(cookie, body, more)
  const answer = await world.get(`/api/v1${path}`, undefined, { method, headers, ...(body && { body }) })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() }
}
const headersOf = (cookie?: string, body?: string, more?: Record<string, string>) => ({
  ...(cookie && { cookie }),
  ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  ...more,
})

async function lead(step: string) {
  await world.get(`/api/v1/sessions/${room.id}/board`, head, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': head.csrf },
    body: JSON.stringify({ step }),
  })
}
async function enter(code: string) {
  const answer = await world.get('/api/v1/sittings', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  const { participant } = (await answer.json()) as Sitting
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, participant }
}
const kept = (table: 'answer' | 'refused_answer', id: number) =>
  asJob(world.db, (tx) =>
    tx.query<Record<string, unknown>>(
      `select position, revision, answer from assessments.${table} where participant_id = $1 order by 1, 2`,
      [id],
    ),
  ).then(({ rows }) => rows)

await lead('open')
await lead('start')
const [hers, his, third] = [await enter(anna!.code), await enter(janis!.code), await enter(elza!.code)]
const { place, answers } = await simplePlace()
const own = `/answers/${place}`

/** The first item that is easily answered, and an answer to it: the first choice, or a number. */
async function simplePlace(): Promise<{ place: number; answers: Record<string, unknown> }> {
  const { body } = await long('GET', '/sittings/current/items', { cookie: hers.cookie })
  for (const { position, item } of body.items as SittingItem[]) {
    for (const block of item.body) {
      if (block.kind === 'choice')
        return { place: position, answers: { [block.response]: [block.choices[0]!.id] } }
      for (const piece of block.kind === 'paragraph' ? block.content : [])
        if (piece.kind === 'textEntry') return { place: position, answers: { [piece.response]: '17' } }
    }
  }
  throw new Error('no simple item')
}
const handedIn = (participant: string, revision: number, what: unknown = answers) =>
  JSON.stringify({ participant, revision, answers: what })

/** What two answers have to have in common: all but the number of the request and what the connection says. */
function common({ status, headers, body }: Said) {
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _alive,
    'content-length': _length,
    ...rest
  } = headers
  const own = { ...rest, 'x-request-id': typeof rest['x-request-id'] }
  return { status, headers: own, body: { ...body, requestId: typeof body.requestId } }
}

const none = { cookie: undefined }
const cases: [what: string, path: string, sent: () => Sent][] = [
  ['an answer that is saved', own, () => ({ ...hers, body: handedIn(hers.participant, 1) })],
  ['the same once more', own, () => ({ ...hers, body: handedIn(hers.participant, 1) })],
  ['an older one', own, () => ({ ...hers, body: handedIn(hers.participant, 1, {}) })],
  ['one far above', own, () => ({ ...hers, body: handedIn(hers.participant, 5000) })],
  ['one of another child', own, () => ({ ...hers, body: handedIn(his.participant, 9) })],
  ['one to no such place', '/answers/99', () => ({ ...hers, body: handedIn(hers.participant, 1) })],
  ['what is no answer to it', own, () => ({ ...hers, body: handedIn(hers.participant, 3, { x: 'y' }) })],
  ['a list for answers', own, () => ({ ...hers, body: handedIn(hers.participant, 3, [1]) })],
  ['no JSON', own, () => ({ ...hers, body: '{"participant":' })],
  ['no revision', own, () => ({ ...hers, body: JSON.stringify({ participant: hers.participant }) })],
  ['a place that is no number', '/answers/first', () => ({ ...hers, body: handedIn(hers.participant, 3) })],
  ['nobody’s', own, () => ({ ...none, body: handedIn(hers.participant, 3) })],
  [
    'a token nobody has',
    own,
    () => ({ cookie: `ikms-sitting=${'x'.repeat(43)}`, body: handedIn(hers.participant, 3) }),
  ],
  [
    'the cookie twice',
    own,
    () => ({ cookie: `${hers.cookie}; ${his.cookie}`, body: handedIn(his.participant, 3) }),
  ],
  [
    'a page of another site',
    own,
    () => ({ ...hers, body: handedIn(hers.participant, 3), more: { origin: 'https://elsewhere.example' } }),
  ],
  [
    'a cookie that is not for TLS, over TLS',
    own,
    () => ({ ...hers, body: handedIn(hers.participant, 3), more: { 'x-forwarded-proto': 'https' } }),
  ],
  [
    'in English',
    own,
    () => ({ ...hers, body: handedIn(hers.participant, 1, {}), more: { 'accept-language': 'en' } }),
  ],
  [
    'another type',
    own,
    () => ({ ...hers, body: handedIn(hers.participant, 3), more: { 'content-type': 'text/plain' } }),
  ],
  ['too much', own, () => ({ ...hers, body: handedIn(hers.participant, 3, { a: 'x'.repeat(70_000) }) })],
  ['a sign of life', '/pulse', () => ({ cookie: hers.cookie })],
  ['a sign of nobody’s life', '/pulse', () => ({})],
]
test.each(cases)('%s is answered alike on both ways', async (_, path, sent) => {
  const [method, address] = [path === '/pulse' ? 'GET' : 'PUT', `/sittings/current${path}`]
  const one = common(await short(method, address, sent()))
  const other = common(await long(method, address, sent()))
  for (const { body } of [one, other]) if ('now' in body) body.now = typeof body.now
  expect(one).toEqual(other)
})

test('what came by the short way is kept, or kept apart, as by the long one', async () => {
  const both = await kept('answer', anna!.id)
  expect(both).toEqual([{ position: place, revision: 1, answer: answers }])
  const apart = await kept('refused_answer', anna!.id)
  // Every case was sent once by each way.
  const pairs = Map.groupBy(apart, (row) => JSON.stringify(row))
  expect(apart.length).toBeGreaterThan(8)
  expect([...pairs.values()].map(({ length }) => length % 2)).toEqual([...pairs.values()].map(() => 0))
  expect(await kept('answer', janis!.id)).toEqual([])
})

test('of answers that come at one moment each is told about itself, and what cannot be taken spoils none', async () => {
  const sent = Array.from({ length: 60 }, (_, at) => {
    const [child, other] = at % 2 === 0 ? [his, third] : [third, his]
    const participant = at % 10 === 7 ? other.participant : child.participant
    return short('PUT', `/sittings/current${own}`, {
      ...child,
      body: handedIn(participant, 1 + Math.floor(at / 2)),
    })
  })
  const said = await Promise.all(sent)
  const rows = [...(await kept('answer', janis!.id)), ...(await kept('answer', elza!.id))]
  const taken = said.filter(({ status }) => status === 200)
  expect(taken.length).toBeGreaterThan(0)
  expect(said.filter(({ body }) => body.code === 'sitting_elsewhere')).toHaveLength(6)
  // What was acknowledged is there; what is there was acknowledged.
  expect(rows).toHaveLength(taken.length)
})

test('an answer by the short way is seen on the board', async () => {
  const { rows } = await world.read<Board>(`/sessions/${room.id}/board`, head)
  const row = rows.find(({ participant }) => participant === hers.participant)!
  expect([row.answered, row.isConnected]).toEqual([1, true])
})

test('both ways are counted under one name', async () => {
  const told = await (await world.get('/metrics')).text()
  const names = [...told.matchAll(/_count\{method="PUT",route="([^"]+)",status="200"\}/g)].map(
    ([, name]) => name,
  )
  expect(names).toEqual(['/api/v1/sittings/current/answers/:position'])
})
