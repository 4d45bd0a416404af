import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { giveMandate } from '#modules/access/index.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { newWorld, testKeys } from '../world.ts'
import { newPlatform } from './platform.ts'

const world = await newWorld({ data: 'none' })
const { code: round, schools } = await plantResults(world.db)
await asJob(world.db, async (tx) => {
  await releaseRound(tx, round, 'preliminary')
  await releaseRound(tx, round, 'official')
})
const portal = 'https://ikms.example'
const host = 'https://viis.example'
const viis = await newPlatform([host])
const other = await newPlatform(['https://vps.example'])
const { app, close } = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  behindProxy: true,
  embedding: { portal, platforms: [viis.settings, { ...other.settings, name: 'vps' }] },
  ...(await builtPortal()),
})
afterAll(close)

const rows = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows
const head = '010180-12345'
const stranger = '020280-23456'
beforeAll(async () => {
  const [school] = await rows<{ code: string }>(
    'select code from registry.institution_version where institution_id = 11 and superseded_by is null',
  )
  await giveMandate(world.db, {
    codeHash: sealer(testKeys).hashCode(head),
    name: 'Ilga Priede',
    tier: 'school',
    place: school!.code,
    until: null,
  })
})
const [child] = await rows<{ id: string }>(
  'select learner_uuid as id from registry.learner where learner_id = 1106000',
)
const [others] = await rows<{ id: string }>(
  `select l.learner_uuid as id from registry.learner l join assessments.outcome o using (learner_id)
    where o.institution_id = 12 limit 1`,
)
const [classOf] = await rows<{ id: string }>(
  'select class_group_uuid as id from registry.class_group where class_group_id = 11060',
)
const learner = `/embed/lv/learner/${child!.id}`

let asked = 0
const ask = (path: string, init: RequestInit = {}) => {
  asked += 1
  return app.request(portal + path, {
    ...init,
    headers: {
      accept: 'text/html',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': `10.1.${asked >> 8}.${asked & 255}`,
      ...init.headers,
    },
  })
}
const begin = (panel: string, platform = viis, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    iss: platform.settings.issuer,
    login_hint: 'x',
    target_link_uri: portal + panel,
    ...more,
  })
  return ask(`/embed/begin?${query}`)
}
const launch = (idToken: string, state: string, headers: Record<string, string> = {}) =>
  ask('/embed/launch', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: host, ...headers },
    body: new URLSearchParams({ id_token: idToken, state }).toString(),
  })
/** Begins a launch, and says what the platform's token would hold. */
const begun = async (panel: string, code = head, platform = viis) => {
  const there = new URL((await begin(panel, platform)).headers.get('location')!)
  const now = Math.floor(Date.now() / 1000)
  const state = there.searchParams.get('state')!
  const claims = {
    iss: platform.settings.issuer,
    aud: 'ikms',
    sub: 'somebody',
    iat: now,
    exp: now + 60,
    nonce: there.searchParams.get('nonce')!,
    personal_code: code,
  }
  return { there, state, claims }
}
const policyOf = (answer: Response) => answer.headers.get('content-security-policy')!

test('a launch goes to the platform, which is to say who it is, without asking anybody', async () => {
  const { there } = await begun(learner)
  expect(there.origin + there.pathname).toBe(viis.settings.authorization)
  expect(Object.fromEntries(there.searchParams)).toMatchObject({
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    scope: 'openid',
    client_id: 'ikms',
    redirect_uri: `${portal}/embed/launch`,
    login_hint: 'x',
  })
})

test.each([
  ['the levels of an own learner', learner],
  ['an own class', `/embed/lv/class/${classOf!.id}`],
])('a head sees %s within the other system, with no cookie and no way around', async (_what, panel) => {
  const { state, claims } = await begun(panel)
  const answer = await launch(viis.sign(claims), state)
  expect(answer.status).toBe(200)
  const page = await answer.text()
  expect(page).not.toMatch(/<header[^>]*class|<footer|<form/)
  expect(page).toContain('<base target="_blank"/>')
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(policyOf(answer)).toContain(`frame-ancestors ${host};`)
  expect(policyOf(answer)).toContain("form-action 'none'")
  expect(await rows('select from access.session')).toEqual([])
})

test('who looked at a learner there stands in the audit trail', async () => {
  expect(
    await rows(`select a.tier from access.audit a join access.audit_learner l using (audit_id)
                 where action = 'read_results' and l.learner_id = 1106000`),
  ).toContainEqual({ tier: 'school' })
})

test('the other system opens no more than IKMS itself: not another school’s learner, and nothing to whom it does not know', async () => {
  for (const [panel, code] of [
    [`/embed/lv/learner/${others!.id}`, head],
    [learner, stranger],
    [`/embed/lv/learner/${crypto.randomUUID()}`, head],
  ] as const) {
    const { state, claims } = await begun(panel, code)
    const answer = await launch(viis.sign(claims), state)
    expect([panel, answer.status]).toEqual([panel, 403])
    expect(await answer.text()).toContain('nav pilnvaru')
  }
})

test('a launch is good once: posted again it is refused', async () => {
  const { state, claims } = await begun(learner)
  const token = viis.sign(claims)
  expect((await launch(token, state)).status).toBe(200)
  const again = await launch(token, state)
  expect(again.status).toBe(403)
  expect(await again.text()).toContain('novecojis')
})

test('a launch that was begun too long ago is refused', async () => {
  const { state, claims } = await begun(learner)
  await rows(`update access.sign_in_attempt set expires_at = now() - interval '1 second'`)
  expect((await launch(viis.sign(claims), state)).status).toBe(403)
})

const now = Math.floor(Date.now() / 1000)
test.each([
  ['has expired', { exp: now - 120 }],
  ['was made long ago', { iat: now - 3600 }],
  ['is of the future', { iat: now + 3600 }],
  ['is for somebody else', { aud: 'neighbour' }],
  ['is for us and others, whoever asked for it', { aud: ['ikms', 'neighbour'] }],
  ['belongs to another launch', { nonce: 'other' }],
  ['names nobody', { personal_code: undefined }],
  ['names what is no code', { personal_code: 'anybody' }],
])('a token that %s is refused', async (_what, more) => {
  const { state, claims } = await begun(learner)
  expect((await launch(viis.sign({ ...claims, ...more }), state)).status).toBe(403)
})

test('a token that the platform did not sign is refused, and so is one of another platform', async () => {
  const first = await begun(learner)
  expect((await launch(viis.sign(first.claims, { key: viis.stranger }), first.state)).status).toBe(403)
  const second = await begun(learner)
  const unsigned = viis.sign(second.claims, { alg: 'none' })
  expect((await launch(unsigned, second.state)).status).toBe(403)
  const third = await begun(learner)
  const foreign = other.sign({ ...third.claims, iss: other.settings.issuer })
  expect((await launch(foreign, third.state)).status).toBe(403)
  const nobody = await begun(learner)
  expect(
    (await launch(viis.sign({ ...nobody.claims, iss: 'https://evil.example' }), nobody.state)).status,
  ).toBe(404)
})

test('each platform may show its panels on its own pages, and on no other’s', async () => {
  const { state, claims } = await begun(learner, head, other)
  const answer = await launch(other.sign(claims), state)
  expect(answer.status).toBe(200)
  expect(policyOf(answer)).toContain('frame-ancestors https://vps.example;')
  expect(policyOf(answer)).not.toContain(host)
})

test.each([
  ['a platform nobody registered', { iss: 'https://evil.example' }],
  ['another client', { client_id: 'neighbour' }],
  ['another site', { target_link_uri: 'https://evil.example/embed/lv/learner/x' }],
  ['a page that is no panel', { target_link_uri: `${portal}/lv/mans-darbs` }],
  ['a panel with more in its address', { target_link_uri: `${portal}${learner}?hosts=https://evil.example` }],
  ['no panel at all', { target_link_uri: '' }],
])('a launch for %s leads nowhere', async (_what, more) => {
  const answer = await begin(learner, viis, more)
  expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
  expect(policyOf(answer)).toContain("frame-ancestors 'none'")
})

test('a panel is drawn for a launch only, and nothing else may stand in a frame', async () => {
  for (const path of [learner, '/embed/lv', '/embed', '/embed/launch']) {
    const answer = await ask(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(policyOf(answer)).toContain("frame-ancestors 'none'")
  }
  for (const path of [
    '/lv',
    '/en/schools',
    `/lv/skolas/${schools[0]!.id}`,
    '/lv/pieteikties',
    '/api/v1/config',
  ]) {
    expect([path, policyOf(await ask(path)).includes("frame-ancestors 'none'")]).toEqual([path, true])
  }
})

test('pages of others can post nowhere but to a launch', async () => {
  const answer = await ask('/api/v1/session', { method: 'POST', headers: { origin: host }, body: '{}' })
  expect(answer.status).toBe(403)
})
