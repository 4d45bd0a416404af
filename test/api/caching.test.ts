import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { compute } from '#modules/indicators/index.ts'
import { importFile, loadMapping } from '#modules/intake/index.ts'
import { publish, tellOfData } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue } from '../../src/catalogue.ts'
import { newWorld, testKeys } from '../world.ts'
import { planted } from './planted.ts'

const before = [
  { name: 'Abavas skola', pupils: 12 },
  { name: 'Cēsu skola', pupils: 14 },
]
const world = await newWorld({ data: planted(before) })
const head = await world.signIn('school')
const { countryId } = await world.read<{ countryId: string }>('/config')

const figures = [`/profiles/${countryId}`, '/cells?indicator=CTX-01&year=1997&level=school', '/indicators']
const register = ['/institutions', '/territories', `/territories/${countryId}`, '/search?q=skola']
const ask = (path: string, headers: Record<string, string> = {}, person?: typeof head) =>
  world.get(`/api/v1${path}`, person, { headers })
const tagOf = async (path: string) => (await ask(path)).headers.get('etag')!
const dataVersion = async () => (await world.read<{ dataVersion: { id: string } }>('/config')).dataVersion.id

/** Waits until the server works with other data than these. */
async function movedFrom(version: string) {
  await expect.poll(dataVersion, { interval: 20 }).not.toBe(version)
}

test.each([...figures, ...register])('who has %s already gets 304 and nothing else', async (path) => {
  const first = await ask(path)
  const tag = first.headers.get('etag')!
  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'public, no-cache'])
  expect(first.headers.get('vary')).toBe('Accept-Language, Cookie')
  for (const held of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await ask(path, { 'if-none-match': held })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
  }
  expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200)
})

test('questions and languages have tags of their own', async () => {
  const tags = await Promise.all([
    ...figures.map(tagOf),
    tagOf(`/profiles/${countryId}?year=1995`),
    ask(figures[0]!, { 'accept-language': 'en' }).then((answer) => answer.headers.get('etag')),
  ])
  expect(new Set(tags).size).toBe(tags.length)
})

test('what a signed-in person gets is private, kept by nobody and never answered with 304', async () => {
  const tag = await tagOf(figures[0]!)
  for (const path of [
    ...figures,
    ...register,
    '/me',
    `/institutions/${head.institutionId}/learners?year=1997`,
  ]) {
    const answer = await ask(path, { 'if-none-match': tag }, head)
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
      path,
      200,
      'private, no-store',
    ])
    expect(answer.headers.get('etag')).toBeNull()
  }
})

test('a refusal is kept by nobody', async () => {
  const answer = await ask(`/profiles/${crypto.randomUUID()}`)
  expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
})

test('new data move every tag: an import that of the register at once, a release those of the figures', async () => {
  const moving = [...figures, ...register]
  const old = await Promise.all(moving.map(tagOf))
  const start = await dataVersion()
  const { file, mapping } = planted([...before, { name: 'Žīguru skola', pupils: 20 }])

  await importFile({ db: world.db, keys: testKeys, file, mapping: await loadMapping(mapping) })
  await asJob(world.db, tellOfData)
  await movedFrom(start)
  const names = await ask('/institutions', { 'if-none-match': old[3]! })
  expect(await names.json()).toMatchObject({ items: [{}, {}, { name: { lv: 'Žīguru skola' } }] })

  await compute(world.db, catalogue)
  await publish(world.db, 'public', dayOf(new Date()))
  await expect
    .poll(() => world.read('/config'), { timeout: 5000 })
    .toMatchObject({ dataVersion: { release: '2.0' } })
  const now = await Promise.all(moving.map(tagOf))
  expect(now.filter((tag, at) => tag === old[at])).toEqual([])
  expect(await (await ask(figures[1]!, { 'if-none-match': old[1]! })).json()).toMatchObject({
    items: [{}, {}, { cell: { value: 20 } }],
  })
})
