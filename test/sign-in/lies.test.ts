import { Writable } from 'node:stream'
import pino from 'pino'
import { expect, test } from 'vitest'
import { giveMandate, openProvider } from '#modules/access/index.ts'
import type { Me } from '#modules/access/model.ts'
import { sealer } from '#modules/registry/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { newBrowser } from './browser.ts'
import { crookedService, type Spoiling } from './crooked-service.ts'

const code = '010180-12345'
const service = await crookedService({ personal_code: code, name: 'Ilga Priede' })
let written = ''
const sink = new Writable({
  write(chunk, _encoding, done) {
    written += chunk
    done()
  },
})
const world = await newWorld({
  data: 'none',
  provider: openProvider(service.settings),
  behindProxy: true,
  log: pino({ level: 'trace' }, sink),
})
await giveMandate(world.db, {
  codeHash: sealer(testKeys).hashCode(code),
  name: 'Ilga Priede',
  tier: 'analyst',
  place: null,
  until: null,
})

/** Goes to the service and comes back with its answer, spoilt as told. Where one ends up, and who one is then. */
async function comeBack(how: Spoiling = {}, answer: Record<string, string> = {}) {
  const browser = newBrowser(world.server)
  const asked = await browser.begin({}, { until: (url) => url.origin === service.issuer })
  const shown = await browser.open(service.back(asked.url, how, answer), {
    until: (url) => !url.pathname.startsWith('/sign-in'),
  })
  const { body } = await browser.api<Me>('/me')
  return { at: shown.url.pathname + shown.url.search, tier: body.mandate?.tier ?? null }
}
const failed = (why: string) => ({ at: `/lv/ieiet/neizdevas?why=${why}`, tier: null })
const hour = 3600
const now = Math.floor(Date.now() / 1000)

test('a true answer lets in', async () => {
  expect(await comeBack()).toEqual({ at: '/lv/mans-darbs', tier: 'analyst' })
})

const lies: Record<string, Spoiling> = {
  'for another attempt (wrong nonce)': { claims: { nonce: 'another' } },
  'for no attempt (no nonce)': { claims: { nonce: undefined } },
  'of another issuer': { claims: { iss: 'https://evil.example' } },
  'for another client': { claims: { aud: 'neighbour' } },
  'for several clients, handed to another (azp)': {
    claims: { aud: ['ikms', 'neighbour'], azp: 'neighbour' },
  },
  'that has expired': { claims: { iat: now - 2 * hour, exp: now - hour } },
  'that never expires': { claims: { exp: undefined } },
  'from the future': { claims: { nbf: now + hour, iat: now + hour, exp: now + 2 * hour } },
  'about nobody (no subject)': { claims: { sub: undefined } },
  'without a signature (alg none)': { header: { alg: 'none', kid: undefined }, key: null },
  'that says it is signed and is not': { key: null },
  'signed by another key': { key: service.otherKey },
  'signed by a key nobody published': { header: { kid: '2' }, key: service.otherKey },
  'signed with the client’s secret as if it were a key': { header: { alg: 'HS256' } },
  'that demands what we do not know (crit)': { header: { crit: ['exp'] } },
}

test.each(Object.entries(lies))('an ID token %s lets nobody in', async (_what, how) => {
  expect(await comeBack(how)).toEqual(failed('untrusted'))
})

test('the answer of another issuer in the address is refused (RFC 9207)', async () => {
  expect(await comeBack({}, { iss: 'https://evil.example' })).toEqual(failed('untrusted'))
  expect(await comeBack({}, { iss: '' })).toEqual(failed('untrusted'))
})

test('another state than that of the attempt lets nobody in', async () => {
  expect(await comeBack({}, { state: 'A'.repeat(43) })).toEqual(failed('too_old'))
})

test('a service that is out of order is told to be away, not to be at fault', async () => {
  const html = { type: 'text/html', body: '<h1>Bad gateway</h1>' }
  expect(await comeBack({ answer: { status: 502, ...html } })).toEqual(failed('away'))
  expect(await comeBack({ answer: { status: 200, ...html } })).toEqual(failed('away'))
  expect(await comeBack({}, { error: 'temporarily_unavailable', code: '' })).toEqual(failed('away'))
})

test('what the service writes about a refusal is shown to nobody and written down nowhere', async () => {
  written = ''
  const words = 'Ilga Priede 010180-12345 nav atļauts'
  const refusal = { error: 'access_denied', error_description: words, code: '' }
  expect(await comeBack({}, refusal)).toEqual(failed('refused'))
  const body = JSON.stringify({ error: 'invalid_grant', error_description: words })
  expect(await comeBack({ answer: { status: 400, type: 'application/json', body } })).toEqual(
    failed('untrusted'),
  )
  await comeBack({ claims: { personal_code: 'PNOEE-38001085718' } })
  await comeBack()
  expect(written).toContain('sign-in failed')
  for (const secret of [
    code,
    '01018012345',
    '38001085718',
    'Ilga',
    'Priede',
    'nav',
    'somebody',
    'a code',
    'a+code',
  ])
    expect(written).not.toContain(secret)
})

test('a page of another site cannot begin a sign-in, so that nobody is signed in as somebody else unawares', async () => {
  const answer = await world.get('/sign-in/begin', undefined, {
    method: 'POST',
    headers: {
      origin: 'https://evil.example',
      host: 'ikms.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'language=lv',
  })
  expect(answer.status).toBe(403)
})

test('the doors of sign-in answer to what is asked and to nothing else', async () => {
  for (const [method, path] of [
    ['GET', '/sign-in/begin'],
    ['POST', '/sign-in/return'],
    ['GET', '/sign-in/nowhere'],
    ['DELETE', '/sign-in/leave'],
  ] as const) {
    expect([path, (await world.get(path, undefined, { method })).status]).toEqual([path, 404])
  }
  const left = await world.get('/sign-in/left?state=//evil.example')
  expect([left.status, left.headers.get('location')]).toEqual([303, '/lv'])
})

const secrets = { state: 's', nonce: 'n', verifier: 'v'.repeat(43) }

test('a service that publishes another issuer than its own is not believed, and asked again when it has come to itself', async () => {
  const other = await crookedService({ personal_code: code })
  const provider = openProvider(other.settings)
  other.note({ issuer: 'https://evil.example' })
  await expect(provider.signInAddress(secrets, 'lv')).rejects.toMatchObject({ why: 'untrusted' })
  other.note({})
  expect((await provider.signInAddress(secrets, 'lv')).origin).toBe(other.issuer)
})

test('a service that nobody answers for is away', async () => {
  const gone = await crookedService({ personal_code: code })
  await gone.stop()
  const asked = openProvider(gone.settings).signInAddress(secrets, 'lv')
  await expect(asked).rejects.toMatchObject({ why: 'away' })
})
