import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { compute } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue } from '../../src/catalogue.ts'
import { newServer } from '../../src/server.ts'
import { fill, newWorld, testKeys } from '../world.ts'
import { planted } from './planted.ts'

const schools = [{ name: 'Abavas skola', pupils: 12 }]
const world = await newWorld({ data: planted(schools) })

/** The second web process: its own pools on the same database. */
const db = await openDatabase({ place: world.db.place })
const second = await newServer({ db, keys: testKeys, log: pino({ level: 'silent' }) })
afterAll(async () => {
  await second.close()
  await db.close()
})
const inSecond = async (path: string, cookie = '') =>
  (await second.app.request(`/api/v1${path}`, { headers: { cookie } })).json()

test('who signs in at one web process is known to the other, and gone from both after signing out', async () => {
  const head = await world.signIn('school')
  expect(await inSecond('/me', head.cookie)).toMatchObject({ person: { name: 'Ilze Liepiņa' } })
  await second.app.request('/api/v1/session', {
    method: 'DELETE',
    headers: { cookie: head.cookie, 'x-csrf': head.csrf },
  })
  expect(await world.read('/me', head)).toMatchObject({ person: null })
})

test('both move to a new release as soon as it is there, and give the same answer under the same tag', async () => {
  const { file, mapping } = planted([...schools, { name: 'Žīguru skola', pupils: 20 }])
  await fill(world.db, file, mapping)
  const release = async (config: Promise<unknown>) =>
    ((await config) as { dataVersion: { release: string } }).dataVersion.release
  await expect.poll(() => release(inSecond('/config'))).toBe('2.0')
  await expect.poll(() => release(world.read('/config'))).toBe('2.0')
  const path = '/api/v1/cells?indicator=CTX-01&year=1997&level=school'
  const [one, other] = [await world.get(path), await second.app.request(path)]
  expect(one.headers.get('etag')).toBe(other.headers.get('etag'))
  expect(await one.text()).toBe(await other.text())
})

test('computing and publishing what is already there moves nothing', async () => {
  const before = await world.read('/config')
  await compute(world.db, catalogue)
  const { changed } = await publish(world.db, 'public', dayOf(new Date()))
  expect(changed).toBe(false)
  expect(await world.read('/config')).toEqual(before)
  expect(await inSecond('/config')).toEqual(before)
})
