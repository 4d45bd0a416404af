import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { giveMandate, openProvider } from '#modules/access/index.ts'
import type { Me } from '#modules/access/model.ts'
import { sealer } from '#modules/registry/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { newBrowser } from './browser.ts'
import { crookedService, token } from './crooked-service.ts'

const code = '010180-12345'
const service = await crookedService({ personal_code: code })
const provider = openProvider(service.settings)
const world = await newWorld({ data: 'none', provider, behindProxy: true })
await giveMandate(world.db, {
  codeHash: sealer(testKeys).hashCode(code),
  name: 'Ilga Priede',
  tier: 'analyst',
  place: null,
  until: null,
})

/** Somebody signed in through the service, whose session there is called so. */
async function signedIn(sid: string, sub = 'somebody') {
  const browser = newBrowser(world.server)
  const asked = await browser.begin({}, { until: (url) => url.origin === service.issuer })
  await browser.open(service.back(asked.url, { claims: { sid, sub } }), {
    until: (url) => !url.pathname.startsWith('/sign-in'),
  })
  return { isIn: async () => (await browser.api<Me>('/me')).body.person !== null }
}

const now = Math.floor(Date.now() / 1000)
const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const notice = (claims: object, header: object = {}, key = service.key) =>
  token(
    { alg: 'ES256', kid: '1', typ: 'logout+jwt', ...header },
    { iss: service.issuer, aud: 'ikms', iat: now, exp: now + 120, jti: 'x', events: event, ...claims },
    key,
  )
const tell = (words: string) =>
  world.get('/sign-in/logged-out', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: words }).toString(),
  })

test('a session that is over at the service is over here, and no other', async () => {
  const [over, other] = [await signedIn('one'), await signedIn('two')]
  expect((await tell(notice({ sid: 'one' }))).status).toBe(200)
  expect([await over.isIn(), await other.isIn()]).toEqual([false, true])
})

test('a person who is signed out at the service is signed out here on every device', async () => {
  const [one, two, other] = [
    await signedIn('one', 'anna'),
    await signedIn('two', 'anna'),
    await signedIn('three', 'bruno'),
  ]
  expect((await tell(notice({ sub: 'anna' }))).status).toBe(200)
  expect([await one.isIn(), await two.isIn(), await other.isIn()]).toEqual([false, false, true])
})

const session = await signedIn('kept', 'kept')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
test.each([
  ['signed by somebody else', notice({ sid: 'kept' }, {}, service.otherKey)],
  ['not signed', notice({ sid: 'kept' }, { alg: 'none' })],
  ['signed by another kind of key than it says', notice({ sid: 'kept' }, { alg: 'RS256' }, rsa)],
  ['of another issuer', notice({ sid: 'kept', iss: 'https://evil.example' })],
  ['for another client', notice({ sid: 'kept', aud: 'neighbour' })],
  ['of long ago', notice({ sid: 'kept', iat: now - 3600, exp: now - 3500 })],
  ['that is an ID token', notice({ sid: 'kept', nonce: 'n' })],
  ['about something else', notice({ sid: 'kept', events: {} })],
  ['about nobody', notice({})],
  ['that demands what we do not know', notice({ sid: 'kept' }, { crit: ['exp'] })],
  ['of too many parts', `${notice({ sid: 'kept' })}.more`],
  ['that is no token at all', 'x'],
])('a notice %s ends nothing', async (_what, words) => {
  expect((await tell(words)).status).toBe(400)
  expect(await session.isIn()).toBe(true)
})
