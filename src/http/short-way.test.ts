import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { RateLimiter } from './limits.ts'
import { newMetrics } from './metrics.ts'
import { Problem } from './problem.ts'
import { shortWay } from './short-way.ts'

/** A server with one short route that counts; everything else is answered by the long way, with the bytes it was handed. */
let counted = 0
const metrics = newMetrics(() => ({}))
const take = shortWay({
  routes: [
    {
      method: 'PUT',
      path: /^\/count\/(\d)$/,
      route: '/count/:by',
      ask({ found, cookie, body }) {
        const { of } = (body ?? {}) as { of?: unknown }
        if (typeof of !== 'string' || !cookie('who')) return null
        return async () => {
          if (of === 'nothing') throw new Problem('answer_stale')
          if (of === 'fault') throw new Error('of ours')
          counted += Number(found[0])
          return { counted }
        }
      },
    },
  ],
  log: pino({ level: 'silent' }),
  metrics,
  limiter: new RateLimiter(),
  sessionCookie: 'session',
  behindProxy: true,
  writesAt: () => ({ name: 'count', limit: { perSecond: 0.001, burst: 5 } }),
  formTargets: () => [],
  long: (_, outgoing, body) => outgoing.end(`long ${body}`),
})
const server = createServer((incoming, outgoing) => {
  if (!take(incoming, outgoing)) outgoing.end('untouched')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
afterAll(() => server.close())

const json = { 'content-type': 'application/json', cookie: 'who=anna' }
let school = 0

/** Each from an address of its own, unless one is given. */
async function send(body: string, headers: Record<string, string> = {}, path = '/count/1', method = 'PUT') {
  school += 1
  const asked = request({
    port,
    path,
    method,
    headers: {
      ...json,
      'x-forwarded-for': `10.0.0.${school}`,
      'content-length': Buffer.byteLength(body),
      ...headers,
    },
  })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  let said = ''
  for await (const piece of answer) said += piece
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string>, said }
}

test('an ordinary request is answered, with the headers of every answer', async () => {
  const { status, headers, said } = await send('{"of":"apples"}', {}, '/count/3')
  expect([status, said]).toEqual([200, '{"counted":3}'])
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('a refusal is the problem it is, and a fault of ours tells nothing', async () => {
  const stale = await send('{"of":"nothing"}', { 'accept-language': 'en' })
  expect([stale.status, JSON.parse(stale.said)]).toMatchObject([409, { code: 'answer_stale' }])
  expect(stale.headers['content-language']).toBe('en')
  const fault = await send('{"of":"fault"}')
  expect([fault.status, JSON.parse(fault.said)]).toMatchObject([500, { code: 'internal' }])
  expect(fault.said).not.toContain('of ours')
})

const unusual: [why: string, headers: Record<string, string>, path?: string, method?: string][] = [
  ['not JSON by its type', { 'content-type': 'text/plain' }],
  ['of somebody who is signed in', { cookie: 'who=anna; session=1' }],
  ['started by another site’s page', { origin: 'https://elsewhere.example' }],
  ['longer than answers are', { 'content-length': '8001' }],
  ['without a length', { 'transfer-encoding': 'chunked' }],
  ['with a question in its address', {}, '/count/1?x=1'],
  ['by another method', {}, '/count/1', 'POST'],
  ['to somewhere else', {}, '/count/11'],
]
test.each(unusual)('a request %s is not touched', async (_, headers, path, method) => {
  const before = counted
  const body = `{"of":"apples"}${' '.repeat(headers['content-length'] ? 7986 : 0)}`
  const sent = { ...headers }
  if (sent['transfer-encoding']) {
    const asked = request({ port, path: '/count/1', method: 'PUT', headers: { ...json, ...sent } })
    asked.end(body)
    const [answer] = await once(asked, 'response')
    let said = ''
    for await (const piece of answer) said += piece
    expect(said).toBe('untouched')
  } else expect((await send(body, sent, path, method)).said).toBe('untouched')
  expect(counted).toBe(before)
})

test.each([
  ['what is no JSON', 'apples', {}],
  ['what is not of the shape', '{"of":7}', {}],
  ['a request without the cookie', '{"of":"apples"}', { cookie: 'else=1' }],
  ['one with the cookie twice', '{"of":"apples"}', { cookie: 'who=anna; who=elza' }],
])('%s goes the long way with every byte it had, and counts nothing', async (_, body, headers) => {
  const before = counted
  expect((await send(body, headers)).said).toBe(`long ${body}`)
  expect(counted).toBe(before)
})

test('who asks without end from one address is made to wait, and nothing happens meanwhile', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9, 10.9.9.9' }
  const answers = await Promise.all(Array.from({ length: 9 }, () => send('{"of":"apples"}', from)))
  const before = counted
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  const last = await send('{"of":"apples"}', from)
  expect([last.status, JSON.parse(last.said).code]).toEqual([429, 'rate_limited'])
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  expect(counted).toBe(before)
})

test('every answer is counted as what it is', async () => {
  const told = await metrics.registry.metrics()
  for (const status of [200, 409, 429, 500])
    expect(told).toMatch(
      new RegExp(`request_seconds_count\\{method="PUT",route="/count/:by",status="${status}"\\}`),
    )
})
