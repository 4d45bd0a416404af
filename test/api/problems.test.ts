import { expect, test } from 'vitest'
import type { ProblemBody } from '#http/problem.ts'
import { newWorld } from '../world.ts'

const world = await newWorld()
const analyst = await world.signIn('analyst')
const { countryId } = await world.read<{ countryId: string }>('/config')

async function refused(
  path: string,
  init: RequestInit = {},
  person = undefined as typeof analyst | undefined,
) {
  const answer = await world.get(`/api/v1${path}`, person, init)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const body = (await answer.json()) as ProblemBody
  expect(body).toMatchObject({ type: `urn:ikms:problem:${body.code}`, status: answer.status })
  expect(body.requestId).toBe(answer.headers.get('x-request-id'))
  return { headers: answer.headers, ...body }
}
const fields = async (path: string) => (await refused(path)).errors?.map(({ field }) => field)
const send = (method: string, body: string, headers: Record<string, string> = {}) => ({
  method,
  body,
  headers: { 'content-type': 'application/json', ...headers },
})

test('a refusal is told in Latvian, and in English to who asks for it first', async () => {
  const path = `/profiles/${crypto.randomUUID()}`
  const english = (await refused(path, { headers: { 'accept-language': 'en-GB,lv;q=0.5' } })).title
  expect((await refused(path)).title).toBe('Tādas lapas vai ieraksta nav')
  expect((await refused(path, { headers: { 'accept-language': 'de, lv;q=0.5, en;q=0.1' } })).title).toBe(
    'Tādas lapas vai ieraksta nav',
  )
  expect(english).toBe('There is no such page or record')
})

test('every request has a number of its own', async () => {
  const numbers = await Promise.all([1, 2, 3].map(async () => (await refused('/nowhere')).requestId))
  expect(new Set(numbers).size).toBe(3)
})

test('an address that is not there is not found; a method that is not there is not allowed, and those that are, are named', async () => {
  expect((await refused('/nowhere')).code).toBe('not_found')
  expect((await refused('/institutions/x/y/z')).code).toBe('not_found')
  const wrong = await refused('/config', { method: 'POST' })
  expect([wrong.status, wrong.code, wrong.headers.get('allow')]).toEqual([
    405,
    'method_not_allowed',
    'GET, HEAD',
  ])
  expect((await refused('/session')).headers.get('allow')).toBe('DELETE, PATCH, POST')
  expect((await refused(`/profiles/${countryId}`, { method: 'DELETE' })).code).toBe('method_not_allowed')
})

test('fields that are wrong are named, all at once', async () => {
  expect(await fields('/profiles/12')).toEqual(['unit'])
  expect(await fields(`/profiles/${countryId}?year=soon`)).toEqual(['year'])
  expect(await fields('/cells?level=planet')).toEqual(['indicator', 'year', 'level'])
  expect(await fields('/cells?indicator=ACH-99&year=1997&level=state')).toEqual(['indicator'])
  expect(await fields('/institutions?limit=0')).toEqual(['limit'])
  expect(await fields('/institutions?limit=1001')).toEqual(['limit'])
  expect(await fields('/institutions?limit=10&limit=20')).toEqual(['limit'])
  expect(await fields('/institutions?limit=1.5')).toEqual(['limit'])
  expect(await fields('/search')).toEqual(['q'])
  expect(await fields('/search?q=%20%20')).toEqual(['q'])
  expect(await fields(`/search?q=${'a'.repeat(101)}`)).toEqual(['q'])
})

test('what is wrong is said in the language of the caller', async () => {
  const english = { headers: { 'accept-language': 'en' } }
  const said = async (path: string, init?: RequestInit) => (await refused(path, init)).errors?.[0]?.message
  expect(await said('/cells?year=1997&level=state')).toBe('Šis lauks ir jānorāda.')
  expect(await said('/cells?year=1997&level=state', english)).toBe('This field is required.')
  expect(await said('/profiles/12', english)).toBe('Must be an identifier (UUID).')
  expect(await said('/institutions?limit=1001', english)).toBe('Value: at most 1000.')
  expect(await said('/cells?indicator=ACH-05&year=1997&level=planet', english)).toBe(
    'Must be one of: state, region, municipality, school.',
  )
  expect(await said('/institutions?limit=many', english)).toBe('Must be a number.')
})

test('a refusal never repeats what was sent', async () => {
  const sent = '<script>alert(1)</script>'
  for (const path of [
    `/profiles/${encodeURIComponent(sent)}`,
    `/cells?indicator=${encodeURIComponent(sent)}&year=1997&level=state`,
    `/cells?indicator=ACH-05&year=1997&level=${encodeURIComponent(sent)}`,
    `/institutions?cursor=${encodeURIComponent(sent)}`,
    `/${encodeURIComponent(sent)}`,
  ]) {
    expect(JSON.stringify(await refused(path))).not.toContain('script')
  }
})

test('a body that is not JSON, not an object, of another type or too large is refused with the reason', async () => {
  expect(await refused('/session', send('POST', '{"person":'))).toMatchObject({
    code: 'invalid_request',
    errors: [{ field: 'body' }],
  })
  expect(await refused('/session', send('POST', '[1]'))).toMatchObject({
    status: 400,
    errors: [{ field: 'body' }],
  })
  expect(await refused('/session', send('POST', '{"person":17}'))).toMatchObject({
    errors: [{ field: 'person' }],
  })
  expect(await refused('/session', send('POST', '{}'))).toMatchObject({ errors: [{ field: 'person' }] })
  expect(await refused('/session', send('POST', 'a=b', { 'content-type': 'text/plain' }))).toMatchObject({
    status: 415,
    code: 'wrong_content_type',
  })
  const large = JSON.stringify({ person: 'x'.repeat(200_000) })
  expect(await refused('/session', send('POST', large))).toMatchObject({ status: 413, code: 'too_large' })
})

test('nobody is told apart from somebody without the right: what is not for you is not there', async () => {
  expect(await refused('/audit')).toMatchObject({ status: 404 })
  expect(await refused('/audit', {}, analyst)).toMatchObject({ status: 404 })
})

test('a session is changed by who is signed in only, and by the pages of this site only', async () => {
  const mandate = JSON.stringify({ mandate: crypto.randomUUID() })
  expect(await refused('/session', send('PATCH', mandate))).toMatchObject({
    status: 401,
    code: 'unauthenticated',
  })
  expect(await refused('/session', send('PATCH', mandate), analyst)).toMatchObject({
    status: 403,
    code: 'wrong_csrf',
  })
  const forged = send('PATCH', mandate, { 'x-csrf': 'A'.repeat(24) })
  expect(await refused('/session', forged, analyst)).toMatchObject({ status: 403, code: 'wrong_csrf' })
  const foreign = { origin: 'https://elsewhere.example', host: 'localhost', 'x-csrf': analyst.csrf }
  expect(await refused('/session', send('PATCH', mandate, foreign), analyst)).toMatchObject({
    code: 'wrong_csrf',
  })
  const hidden = { origin: 'null', host: 'localhost' }
  expect(await refused('/session', send('POST', mandate, hidden))).toMatchObject({ code: 'wrong_csrf' })
})

test('a browser that asks for a page gets a refusal it can show, in the language of the address', async () => {
  const answer = await world.get('/en/nowhere', undefined, { headers: { accept: 'text/html' } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  const page = await answer.text()
  expect(page).toContain('There is no such page or record')
  expect(page).toContain(answer.headers.get('x-request-id'))
})
