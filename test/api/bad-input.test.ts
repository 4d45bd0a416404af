import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { toCursor } from '#http/paging.ts'
import { newWorld } from '../world.ts'

const world = await newWorld()
const withPortal = await newWorld({ data: 'none', portal: true })
const steward = await world.signIn('steward')
const { countryId } = await world.read<{ countryId: string }>('/config')
const status = async (path: string, person?: typeof steward) =>
  (await world.get(`/api/v1${path}`, person)).status
const cells = '/cells?indicator=ACH-05&year=1997&level=school'

test('SQL in a parameter is text like any other: it finds nothing and changes nothing', async () => {
  const attacks = [
    `'; drop table registry.institution; --`,
    `' or 1=1 --`,
    `\\'; select pg_sleep(10); --`,
    `$1`,
    `%' union select csrf from access.session --`,
    `1997) or (1=1`,
  ].map(encodeURIComponent)
  for (const attack of attacks) {
    expect(await status(`/search?q=${attack}`)).toBe(200)
    expect(await world.read(`${cells}&subject=${attack}`)).toEqual({ items: [], next: null })
    expect([200, 400]).toContain(await status(`${cells}&breakdown=${attack}`))
    for (const path of [`/indicators/${attack}`, `/profiles/${attack}`, `/institutions/${attack}/learners`]) {
      expect([400, 404]).toContain(await status(path))
    }
  }
  expect(await world.read('/institutions?limit=1')).toMatchObject({ items: [{}] })
})

test('the signs of a search pattern stand for nothing', async () => {
  for (const q of ['%', '_', '\\', '%_%', 'Sk%a', '.*'].map(encodeURIComponent)) {
    expect(await world.read(`/search?q=${q}`)).toEqual({ items: [] })
  }
})

test('a NUL is refused wherever it stands', async () => {
  for (const path of [
    '/search?q=%00',
    `${cells}&subject=a%00b`,
    '/indicators/%00',
    '/%00',
    `/profiles/${countryId}%00`,
  ]) {
    expect(await status(path)).toBe(400)
  }
  const cursor = toCursor(['Skola\u0000', 1])
  expect(await status(`${cells}&cursor=${cursor}`)).toBe(400)
  expect((await world.get('/%00.css')).status).toBe(400)
})

test('half letters, signs of direction and other strange text do no harm', async () => {
  for (const q of [
    '%ED%A0%80',
    '%E2%80%AE',
    '%F0%9F%8E%93',
    '%7F',
    '%C3',
    '%FF%FE',
    '%',
    '%zz',
    '\u0301'.repeat(50),
  ]) {
    expect([200, 400]).toContain(await status(`/search?q=${q}`))
    expect([400, 404]).toContain(await status(`/profiles/${q}`))
  }
})

test('a cursor that is not ours, or of another list, is refused', async () => {
  const junk = [
    'AAAA',
    '%F0%9F%8E%93',
    toCursor([]),
    toCursor(['a']),
    toCursor(['a', 'b']),
    toCursor([1, 2, 3]),
  ]
  for (const cursor of [...junk, toCursor(['a', 1e300]), toCursor([null as never, 1]), 'a'.repeat(400)]) {
    expect([cursor, await status(`${cells}&cursor=${cursor}`)]).toEqual([cursor, 400])
  }
  for (const cursor of [...junk, toCursor(['a', 17])]) {
    expect([cursor, await status(`/institutions?cursor=${cursor}`)]).toEqual([cursor, 400])
    expect([cursor, await status(`/audit?cursor=${cursor}`, steward)]).toEqual([cursor, 400])
  }
  expect(await status(`/institutions?cursor=${'a'.repeat(401)}`)).toBe(400)
})

test('numbers at and beyond the edge are refused or answered, never stumbled over', async () => {
  for (const year of ['1989', '2101', '-1', '1e99', 'NaN', 'Infinity', '99999999999999999999', '1997.5']) {
    expect([year, await status(`/profiles/${countryId}?year=${year}`)]).toEqual([year, 400])
  }
  expect(await status(`/profiles/${countryId}?year=2100`)).toBe(200)
  expect(await status(`/audit?cursor=${toCursor([Number.MAX_SAFE_INTEGER])}`, steward)).toBe(200)
  expect(await status(`/audit?cursor=${toCursor([2 ** 60])}`, steward)).toBe(400)
})

test('an address that is too long is refused, and so is one no request may have', async () => {
  expect(await status(`/search?q=${'a'.repeat(5000)}`)).toBe(414)
  const { port } = new URL(await world.listen())
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET /api/v1/search?q=${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)
  socket.on('error', () => {}) // the server hangs up while we still send
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 431 /)
  expect((await world.get('/health/live')).status).toBe(200)
})

test('files of the portal and nothing beside them are served, whatever the address tries', async () => {
  for (const path of [
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/assets/%2e%2e/server/index.js',
    `/assets/${'a'.repeat(300)}.css`,
    '/icon.svg/',
    '/icon.svg/x.css',
    '//etc/passwd',
    '/assets',
  ]) {
    expect([path, (await withPortal.get(path)).status]).toEqual([path, 404])
  }
  const icon = await withPortal.get('/icon.svg')
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
})

test('junk on the wire ends that connection and no other', async () => {
  const address = await world.listen()
  const { port } = new URL(address)
  for (const junk of [
    '\0\0\0\0',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
  ]) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    socket.end(junk)
    await once(socket, 'close')
  }
  expect((await fetch(`${address}/health/live`)).status).toBe(200)
})
