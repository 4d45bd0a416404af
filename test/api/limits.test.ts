import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { RateLimiter } from '#http/limits.ts'
import { Problem } from '#http/problem.ts'
import { newServer } from '../../src/server.ts'
import { newWorld, testKeys } from '../world.ts'

const world = await newWorld()
const log = pino({ level: 'silent' })
const behindProxy = await newServer({ db: world.db, keys: testKeys, log, behindProxy: true })
afterAll(() => behindProxy.close())

/** How many of these requests are refused, and the last refusal. */
async function burst(count: number, ask: () => Promise<Response>) {
  const answers: Response[] = []
  // A hundred at a time: more than a process takes at once would be refused for that reason.
  for (let left = count; left > 0; left -= 100) {
    answers.push(...(await Promise.all(Array.from({ length: Math.min(left, 100) }, ask))))
  }
  const refused = answers.filter(({ status }) => status === 429)
  return { refused: refused.length, last: refused.at(-1) }
}

test('a session that asks without pause is slowed down, is told for how long, and others are not', async () => {
  const [eager, calm] = [await world.signIn('analyst'), await world.signIn('steward')]
  const { refused, last } = await burst(130, () => world.askOnce('/api/v1/me', eager))
  expect(refused).toBeGreaterThan(10)
  expect(refused).toBeLessThanOrEqual(30)
  expect(Number(last!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await last!.json()).toMatchObject({ code: 'rate_limited', status: 429 })
  expect((await world.get('/api/v1/me', calm)).status).toBe(200)
  expect((await world.get('/api/v1/me')).status).toBe(200)
})

test('a refusal at the edge has the number and the headers of every answer, and is counted as what it is', async () => {
  const guest = await world.signIn('analyst')
  const { last } = await burst(130, () => world.askOnce('/api/v1/me', guest))
  expect(last!.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(last!.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await (await world.get('/metrics')).text()).toMatch(
    /ikms_http_request_seconds_count\{[^}]*status="429"/,
  )
})

test('signing in again and again is slowed down, in the portal and in the API alike', async () => {
  const attempt = () =>
    world.get('/api/v1/session', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: crypto.randomUUID() }),
    })
  expect((await burst(60, attempt)).refused).toBeGreaterThan(20)
  const inPortal = () => world.get('/lv/ieiet', undefined, { method: 'POST' })
  expect((await burst(30, inPortal)).refused).toBeGreaterThan(20)
  expect((await world.get('/api/v1/config')).status).toBe(200)
})

test('one address may ask for a whole school, not without end', async () => {
  expect((await burst(500, () => world.get('/health/live'))).refused).toBe(0)
  expect((await burst(3000, () => world.get('/health/live'))).refused).toBeGreaterThan(0)
})

test('behind the operator’s proxy everybody has an address of their own: the last one, which the proxy wrote', async () => {
  let told = 0
  const from = (last: string) => async () => {
    told += 1
    const headers = { 'x-forwarded-for': `203.0.113.${told % 250}, ${last}` }
    return behindProxy.app.request('/health/live', { headers })
  }
  expect((await burst(3500, from('198.51.100.1'))).refused).toBeGreaterThan(0)
  expect((await burst(10, from('198.51.100.2'))).refused).toBe(0)
})

test('a bucket that has run dry fills again as time passes, and only its own', () => {
  const limiter = new RateLimiter()
  const limit = { perSecond: 1, burst: 1 }
  limiter.take('a', limit, 0)
  expect(() => limiter.take('a', limit, 10)).toThrow(Problem)
  expect(() => limiter.take('b', limit, 10)).not.toThrow()
  expect(() => limiter.take('a', limit, 1001)).not.toThrow()
})
