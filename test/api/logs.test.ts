import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { builtPortal, newServer } from '../../src/server.ts'
import { newWorld, testKeys } from '../world.ts'
import { planted, sentinel } from './planted.ts'

const world = await newWorld({ data: planted([{ name: 'Rīta skola', pupils: 12 }]) })
const head = await world.signIn('school')
const steward = await world.signIn('steward')

let written = ''
const sink = new Writable({
  write(chunk, _encoding, done) {
    written += chunk
    done()
  },
})
const server = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'trace' }, sink),
  ...(await builtPortal()),
})
afterAll(() => server.close())

const typed = 'Ievadits-Vards'
const ask = (path: string, init: RequestInit = {}, person?: typeof head) =>
  server.app.request(path, {
    ...init,
    headers: { ...init.headers, ...(person && { cookie: person.cookie }) },
  })

test('a request leaves one line with its number, status and time', async () => {
  written = ''
  const answer = await ask('/api/v1/config')
  expect(
    written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    {
      requestId: answer.headers.get('x-request-id'),
      method: 'GET',
      path: '/api/v1/config',
      status: 200,
      ms: expect.any(Number),
    },
  ])
})

test('nothing anybody typed or sent is written down: not in addresses, questions, bodies or cookies', async () => {
  written = ''
  const word = encodeURIComponent(`${typed} Bērziņš`)
  const paths = [
    '/search?q=',
    '/indicators/',
    '/profiles/',
    '/cells?indicator=',
    '/cells?cursor=',
    '/institutions?cursor=',
    '/',
  ]
  for (const path of paths) await ask(`/api/v1${path}${word}`)
  for (const path of ['/', '/lv/', '/lv/skolas/', '/lv/meklet?q=', '/assets/']) await ask(`${path}${word}`)
  await ask('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': typed, cookie: `ikms-session=${word}` },
    body: JSON.stringify({ person: typed }),
  })
  expect(written.trim().split('\n').length).toBeGreaterThanOrEqual(13)
  expect(written).not.toContain(typed)
  expect(written).not.toContain(word)
})

test('an answer with names of pupils leaves no name, no code and no session behind', async () => {
  written = ''
  const answer = await ask(`/api/v1/institutions/${head.institutionId}/learners?year=1997`, {}, head)
  expect(await answer.text()).toContain(sentinel)
  await ask(`/lv/skolas/${head.institutionId}/skoleni`, {}, head)
  await ask('/api/v1/audit', {}, steward)
  expect(written).not.toBe('')
  for (const secret of [sentinel, 'Ilze', head.cookie.split('=')[1]!, head.csrf])
    expect(written).not.toContain(secret)
})

test('a fault leaves its kind and place, and nothing of what it was about', async () => {
  const failing = await newServer({
    db: world.db,
    keys: { current: '1', keys: { 1: Buffer.alloc(32) } }, // names sealed by another key cannot be opened
    log: pino({ level: 'trace' }, sink),
  })
  written = ''
  const answer = await failing.app.request(`/api/v1/institutions/${head.institutionId}/learners?year=1997`, {
    headers: { cookie: head.cookie },
  })
  await failing.close()
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({
    code: 'internal',
    requestId: answer.headers.get('x-request-id'),
  })
  const fault = written
    .split('\n')
    .map((line) => JSON.parse(line || '{}'))
    .find(({ msg }) => msg === 'internal')
  expect(fault).toMatchObject({
    requestId: answer.headers.get('x-request-id'),
    stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
  })
  expect(written).not.toContain(sentinel)
})
