import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { cancelJob, listJobs } from '#modules/jobs/index.ts'
import { newWorld, testKeys } from '#test/world.ts'
import type { Demo } from './model.ts'
import { isTicket, ticketOf } from './ticket.ts'

const HOUR = 3600_000 // ms
const empty = await newWorld({ data: 'none', offersDemo: true })
const base = await empty.listen()

const ask = (
  ticket: string,
  { method = 'POST', at = base, headers = {} }: { method?: string; at?: string; headers?: HeadersInit } = {},
) =>
  fetch(`${at}/api/v1/demo`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ticket }),
  })
const look = async (headers: HeadersInit = {}, at = base) =>
  (await (await fetch(`${at}/api/v1/demo`, { headers })).json()) as Demo
const demoJobs = async () => (await asJob(empty.db, listJobs)).filter(({ kind }) => kind === 'demo')

test('who sits at the machine of an empty system is offered a made-up country; the answer is kept by nobody', async () => {
  const answer = await fetch(`${base}/api/v1/demo`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toEqual({ offered: true, ticket: expect.any(String), job: null })
})

test('nobody else is: not through a proxy, not under a name that is not the machine’s own', async () => {
  const closed = { offered: false, ticket: null, job: null }
  expect(await look({ 'x-forwarded-for': '127.0.0.1' })).toEqual(closed)
  expect(await look({ forwarded: 'for=127.0.0.1' })).toEqual(closed)
  const elsewhere = await empty.get('/api/v1/demo', undefined, { headers: { host: 'localhost' } })
  expect(await elsewhere.json(), 'no address of the machine itself').toEqual(closed)
  const { ticket } = await look()
  expect((await ask(ticket!, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404)
  expect((await ask(ticket!, { method: 'DELETE', headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(
    404,
  )
  expect(await demoJobs()).toEqual([])
})

test('a page of another site cannot ask for it', async () => {
  const { ticket } = await look()
  expect((await ask('')).status).toBe(403)
  expect((await ask(`${ticket!.slice(0, -1)}?`)).status).toBe(403)
  expect((await ask(ticket!, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403)
  expect(await demoJobs()).toEqual([])
})

test('a ticket holds for an hour, two at most', () => {
  const now = Date.UTC(2026, 10, 22, 20, 30)
  const ticket = ticketOf(testKeys, now)
  expect(isTicket(testKeys, ticket, now + HOUR)).toBe(true)
  expect(isTicket(testKeys, ticket, now + 2 * HOUR)).toBe(false)
  expect(isTicket(testKeys, ticket, now - HOUR)).toBe(false)
})

test('asked for twice it is made once, and can be stopped and asked for again', async () => {
  const { ticket } = await look()
  const [first, second] = await Promise.all([ask(ticket!), ask(ticket!)])
  expect([first.status, second.status]).toEqual([202, 202])
  expect(((await first.json()) as Demo).job).toMatchObject({ state: 'waiting', done: 0, failure: null })
  expect(await demoJobs()).toHaveLength(1)
  expect((await ask('wrong', { method: 'DELETE' })).status).toBe(403)
  const stopped = await ask(ticket!, { method: 'DELETE' })
  expect(((await stopped.json()) as Demo).job?.state).toBe('cancelled')
  expect((await ask(ticket!, { method: 'DELETE' })).status).toBe(409)
  expect((await ask(ticket!)).status).toBe(202)
  expect(await demoJobs()).toHaveLength(2)
  for (const { id, state } of await demoJobs()) {
    if (state === 'waiting') await asJob(empty.db, (tx) => cancelJob(tx, id))
  }
})

/** What becomes of an empty system by one row. */
async function closedBy(sql: string) {
  const world = await newWorld({ data: 'none', offersDemo: true })
  const at = await world.listen()
  const { offered, ticket } = await look({}, at)
  await world.db.jobPool.query(sql)
  return [offered, (await look({}, at)).offered, (await ask(ticket!, { at })).status]
}

test('where somebody has an account it is not offered', async () => {
  expect(await closedBy("insert into access.person (display_name, demo) values ('Somebody', false)")).toEqual(
    [true, false, 409],
  )
})

test('where anything but a made-up country was imported it is not offered', async () => {
  const from = (source: string, kind: string) =>
    `insert into intake.import (source, mapping, data_kind, file_name, state)
     values ('${source}', '{}', '${kind}', 'a.csv', 'merged')`
  expect(await closedBy(from('viis', 'made_up'))).toEqual([true, false, 409])
  expect(await closedBy(from('synth', 'real'))).toEqual([true, false, 409])
  expect(await closedBy(from('synth', 'made_up'))).toEqual([true, true, 202])
})

test('where figures were released it is not offered', async () => {
  const released = `
    with cube as (insert into indicators.cube (as_of_import) values (1) returning cube_id)
    insert into publications.release (audience, number, cube_id, rules) select 'public', '1.0', cube_id, '[]' from cube`
  expect(await closedBy(released)).toEqual([true, false, 409])
})

test('a system that is not somebody’s own offers nothing', async () => {
  const offices = await newWorld({ data: 'none' })
  const at = await offices.listen()
  expect(await look({}, at)).toEqual({ offered: false, ticket: null, job: null })
  expect((await ask(ticketOf(testKeys, Date.now()), { at })).status).toBe(404)
})
