import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { stopPostmaster } from '#db/embedded/postmaster.ts'
import { processStart } from '#db/embedded/processes.ts'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { newServer } from '../../src/server.ts'
import { newFolder } from '../db/clusters.ts'
import { newWorld, testKeys } from '../world.ts'

const world = await newWorld()
const { countryId } = await world.read<{ countryId: string }>('/config')

/** A database of its own, because this one is taken away. */
const folder = newFolder()
const db = await openDatabase({ folder })
await migrate(db)
const server = await newServer({ db, keys: testKeys, log: pino({ level: 'silent' }) })
afterAll(async () => {
  await server.close()
  await db.close()
})
const status = async (path: string) => (await server.app.request(path)).status

test('a process that lives and can answer says so', async () => {
  expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 200])
})

test('while the database is away the process lives, is not ready, and says that it is busy; it comes back by itself', async () => {
  const { pid, socketFolder, port } = db.embedded!
  await stopPostmaster({ pid, start: processStart(pid)!, socketFolder, port })
  expect(await status('/health/live')).toBe(200)
  for (const path of ['/health/ready', '/api/v1/territories', '/api/v1/demo-people']) {
    const answer = await server.app.request(path)
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '2'])
    expect(await answer.json()).toMatchObject({ code: 'busy' })
  }
  const again = await startEmbedded({ folder: `${folder}/postgres`, kind: 'guest' })
  await expect.poll(() => status('/health/ready')).toBe(200)
  expect(await status('/api/v1/territories')).toBe(200)

  // The connection that listens for new data is made anew, too.
  const version = async () => (await (await server.app.request('/api/v1/config')).json()).dataVersion.id
  const before = await version()
  await sleep(1500)
  await db.jobPool.query(
    `update disclosure.rule set reason_en = reason_en || ' (again)'; select pg_notify('ikms_data', '')`,
  )
  await expect.poll(version).not.toBe(before)
  await again.stop()
})

test('a statement that takes too long is cancelled: the caller is told to come again, and others are not held up', async () => {
  const holder = await world.db.ownerPool.connect()
  try {
    await holder.query('begin; lock table publications.release_cell in access exclusive mode')
    const slow = world.get(`/api/v1/profiles/${countryId}`)
    expect((await world.get('/api/v1/territories')).status).toBe(200)
    const answer = await slow // while the lock is still held
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await answer.json()).toMatchObject({ code: 'busy' })
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  expect((await world.get(`/api/v1/profiles/${countryId}`)).status).toBe(200)
})

test('a process with its hands full says so at once instead of letting everybody wait, and soon answers again', async () => {
  const holder = await world.db.ownerPool.connect()
  try {
    await holder.query('begin; lock table registry.territory in access exclusive mode')
    const waiting = Array.from({ length: 200 }, () => world.get('/api/v1/territories'))
    const refused = await world.get('/api/v1/config') // while all the others still wait
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    await holder.query('rollback')
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]))
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  expect((await world.get('/api/v1/config')).status).toBe(200)
})

test('metrics tell of waiting for connections, held-up loops, memory, requests by kind and hits of the cache', async () => {
  await world.get(`/api/v1/profiles/${countryId}`)
  await world.get(`/api/v1/profiles/${crypto.randomUUID()}`)
  const answer = await world.get('/metrics')
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  for (const name of [
    'ikms_pool_waiting{pool="public"} 0',
    'ikms_nodejs_eventloop_lag_p99_seconds',
    'ikms_process_resident_memory_bytes',
    'ikms_page_cache_total',
  ]) {
    expect(text).toContain(name)
  }
  const count = (route: string, code: number) =>
    new RegExp(`ikms_http_request_seconds_count\\{method="GET",route="${route}",status="${code}"\\} \\d`)
  expect(text).toMatch(count('/api/v1/profiles/:unit', 200))
  expect(text).toMatch(count('/api/v1/profiles/:unit', 404))
})

test('metrics name no address, no unit and no person', async () => {
  await world.get('/lv/Jānis%20Bērziņš')
  await world.get('/api/v1/Jānis%20Bērziņš')
  const text = await (await world.get('/metrics')).text()
  expect(text).not.toContain(countryId)
  expect(text).not.toMatch(/J%C4%81nis|Jānis/)
})
