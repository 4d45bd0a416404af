import { describe, expect, test } from 'vitest'
import { giveMandate, openProvider } from '#modules/access/index.ts'
import type { Me } from '#modules/access/model.ts'
import { sealer } from '#modules/registry/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { newBrowser } from './browser.ts'
import { portal, signInService } from './service.ts'

const service = await signInService({
  head: { personal_code: '010180-12345', name: 'Ilga Priede' },
  analyst: { personal_code: 'PNOLV-32841012345', name: 'Uldis Egle' },
  stranger: { personal_code: '020280-23456', name: 'Zane Kļava' },
  former: { personal_code: '030380-34567', name: 'Guntis Osis' },
  estonian: { personal_code: 'PNOEE-38001085718', name: 'Mart Tamm' },
  nameless: { personal_code: '32841012346' },
  codeless: { name: 'Bez Koda' },
})
const world = await newWorld({ portal: true, provider: openProvider(service.settings), behindProxy: true })
const { items: schools } = await world.read<{ items: { id: string; code: string }[] }>('/institutions')
const school = schools[0]!
const { hashCode } = sealer(testKeys)

const give = (code: string, name: string, more: Partial<Parameters<typeof giveMandate>[1]>) =>
  giveMandate(world.db, {
    codeHash: hashCode(code),
    name,
    tier: 'analyst',
    place: null,
    until: null,
    ...more,
  })
await give('010180-12345', 'Ilga Priede', { tier: 'school', place: school.code })
await give('010180-12345', 'Ilga Priede', { tier: 'steward' })
await give('328410-12345', 'Uldis Egle', {})
await give('328410-12346', 'Bez Vārda', {})

const sessions = async () =>
  (await world.db.jobPool.query<{ n: number }>('select count(*) as n from access.session')).rows[0]!.n
const me = async (browser: ReturnType<typeof newBrowser>) => (await browser.api<Me>('/me')).body
const atReturn = (url: URL) => url.pathname === '/sign-in/return'

test('who has a mandate goes to the sign-in service and comes back as somebody', async () => {
  const browser = newBrowser(world.server)
  const asked = await browser.begin()
  expect(asked.url.origin).toBe(service.issuer)
  const shown = await browser.identify(asked, 'head')
  expect([shown.status, shown.url.pathname]).toEqual([200, '/lv/mans-darbs'])
  expect(shown.text).toContain('Ilga Priede')
  expect(await me(browser)).toMatchObject({
    person: { name: 'Ilga Priede' },
    signedInBy: 'provider',
    mandate: { tier: 'school', institutionId: school.id },
  })
})

test('a code that begins with 32 and comes as in a certificate finds its person', async () => {
  const browser = newBrowser(world.server)
  await browser.signIn('analyst')
  expect(await me(browser)).toMatchObject({ person: { name: 'Uldis Egle' }, mandate: { tier: 'analyst' } })
})

test('the request asks for a code with PKCE, state and nonce, and gives away no secret', async () => {
  const browser = newBrowser(world.server)
  const { url } = await browser.begin({}, { until: (each) => each.origin === service.issuer })
  const asked = url.searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${portal}/sign-in/return`,
    scope: 'openid profile',
    ui_locales: 'lv',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/)
  const token = browser.cookies().get('__Host-ikms-sign-in')!
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(url.href).not.toContain(token)
  const { rows } = await world.db.jobPool.query('select * from access.sign_in_attempt')
  for (const secret of [token, ...asked.values()].filter((each) => each.length === 43)) {
    expect(JSON.stringify(rows)).not.toContain(secret)
  }
})

test('cookies of session and attempt are for this host alone, over TLS, closed to scripts and to other sites’ forms', async () => {
  const begun = await world.server.app.request('/sign-in/begin', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-proto': 'https' },
    body: 'language=lv',
  })
  const cookie = begun.headers.get('set-cookie')!
  for (const part of [
    '__Host-ikms-sign-in=',
    'HttpOnly',
    'SameSite=Lax',
    'Secure',
    'Path=/',
    'Max-Age=900',
  ]) {
    expect(cookie).toContain(part)
  }
  expect(cookie).not.toContain('Domain')
  const browser = newBrowser(world.server)
  await browser.signIn('analyst')
  expect([...browser.cookies().keys()]).toEqual(['__Host-ikms-session'])
})

test('over TLS a session cookie without the host’s own prefix, which another site could have set, is nobody', async () => {
  const browser = newBrowser(world.server)
  await browser.signIn('analyst')
  const token = browser.cookies().get('__Host-ikms-session')!
  browser.cookies().clear()
  browser.cookies().set('ikms-session', token)
  expect(await me(browser)).toMatchObject({ person: null })
})

test('the session is a new one at every sign-in, and the one before has ended', async () => {
  const browser = newBrowser(world.server)
  await browser.signIn('analyst')
  const first = browser.cookies().get('__Host-ikms-session')!
  await browser
    .begin()
    .then((asked) => (asked.url.origin === portal ? asked : browser.identify(asked, 'analyst')))
  const second = browser.cookies().get('__Host-ikms-session')!
  expect(second).not.toBe(first)
  browser.cookies().set('__Host-ikms-session', first)
  expect(await me(browser)).toMatchObject({ person: null })
})

describe('whoever is not let in reads why, in the own language', () => {
  test('somebody nobody knows', async () => {
    const before = await sessions()
    const shown = await newBrowser(world.server).signIn('stranger')
    expect([shown.status, shown.url.pathname]).toEqual([200, '/lv/ieiet/neizdevas'])
    expect(shown.text).toContain('Sistēmā jūs neatradām')
    expect(shown.text).toContain('Jūsu personas kodu nesaglabājām')
    expect(await sessions()).toBe(before)
  })

  test('somebody whose mandates have ended is told whom to ask', async () => {
    await give('030380-34567', 'Guntis Osis', { tier: 'inspector', place: school.code, until: '2999-01-01' })
    await world.db.jobPool.query(
      `update access.mandate set revoked_at = now() where tier = 'inspector' and upper(valid) = '2999-01-01'`,
    )
    const browser = newBrowser(world.server)
    const shown = await browser.signIn('former', { language: 'en' })
    expect(shown.url.pathname).toBe('/en/sign-in/failed')
    expect(shown.text).toContain('We know you, but you hold no mandate in force')
    expect(shown.text).toContain('School staff ask the head')
    expect(await me(browser)).toMatchObject({ person: null })
  })

  test.each(['estonian', 'codeless'])('somebody without a Latvian personal code (%s)', async (name) => {
    const shown = await newBrowser(world.server).signIn(name)
    expect(shown.text).toContain('Trūkst personas koda')
  })

  test('somebody who cancels at the service', async () => {
    const browser = newBrowser(world.server)
    const asked = await browser.begin()
    const abort = /href="([^"]*\/abort)"/.exec(asked.text)![1]!
    const shown = await browser.open(new URL(abort, asked.url).href)
    expect(shown.text).toContain('Pieteikšanās pārtraukta')
  })

  test('a reason we do not have is told as a failure in general, and nothing of an address stands on the page', async () => {
    const shown = await newBrowser(world.server).open('/lv/ieiet/neizdevas?why=<b>Tava vaina</b>')
    expect(shown.text).toContain('Pieteikšanās neizdevās')
    expect(shown.text).not.toContain('Tava vaina')
  })
})

test('an answer of the service is good once: the same address again lets nobody in', async () => {
  const browser = newBrowser(world.server)
  const asked = await browser.begin()
  const back = await browser.identify(asked, 'analyst', { until: atReturn })
  const attempt = browser.cookies().get('__Host-ikms-sign-in')!
  await browser.open(back.url.href)
  expect(await me(browser)).toMatchObject({ mandate: { tier: 'analyst' } })

  const thief = newBrowser(world.server)
  thief.cookies().set('__Host-ikms-sign-in', attempt)
  const shown = await thief.open(back.url.href)
  expect(shown.text).toContain('Pieteikšanās mēģinājums ir novecojis')
  expect(await me(thief)).toMatchObject({ person: null })
})

test('an answer brought back by another browser than the one that asked lets nobody in', async () => {
  const victim = newBrowser(world.server)
  const back = await victim.identify(await victim.begin(), 'head', { until: atReturn })
  const thief = newBrowser(world.server)
  expect((await thief.open(back.url.href)).text).toContain('Pieteikšanās mēģinājums ir novecojis')
  // nor with an attempt of the thief's own, whose state is another
  await thief.begin({}, { until: (url) => url.origin === service.issuer })
  expect((await thief.open(back.url.href)).text).toContain('Pieteikšanās mēģinājums ir novecojis')
  expect(await me(thief)).toMatchObject({ person: null })
  // and the victim's own way is still open
  await victim.open(back.url.href)
  expect(await me(victim)).toMatchObject({ mandate: { tier: 'school' } })
})

test('a code sent into an attempt it does not belong to is refused by PKCE, though the state is right', async () => {
  const victim = newBrowser(world.server)
  const stolen = (
    await victim.identify(await victim.begin(), 'head', { until: atReturn })
  ).url.searchParams.get('code')!
  const thief = newBrowser(world.server)
  const own = await thief.identify(await thief.begin(), 'analyst', { until: atReturn })
  own.url.searchParams.set('code', stolen)
  expect((await thief.open(own.url.href)).text).toContain('Pieteikšanās neizdevās')
  expect(await me(thief)).toMatchObject({ person: null })
})

test('an attempt that took too long is told to be too old', async () => {
  const browser = newBrowser(world.server)
  const back = await browser.identify(await browser.begin(), 'analyst', { until: atReturn })
  await world.db.jobPool.query(`update access.sign_in_attempt set expires_at = now() - interval '1 second'`)
  expect((await browser.open(back.url.href)).text).toContain('Pieteikšanās mēģinājums ir novecojis')
  expect(await me(browser)).toMatchObject({ person: null })
})

test('a page that needed sign-in is where one comes out; another site is never', async () => {
  const wanted = '/en/audit?since=2026-01-01'
  const shown = await newBrowser(world.server).signIn('head', { return: wanted })
  expect(shown.url.pathname + shown.url.search).toBe(wanted)
  for (const elsewhere of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/lv//evil.example',
    '/lv/..//evil.example',
    '/lv\t/../../evil',
    '/lv/\n//evil.example',
    'javascript:alert(1)',
    '/sign-in/leave',
    '/lv@evil.example',
    ' //evil.example',
    '/%2f%2fevil.example',
    `/lv/${'a'.repeat(600)}`,
  ]) {
    const back = await newBrowser(world.server).signIn('analyst', { return: elsewhere })
    expect([elsewhere, back.url.origin, back.url.pathname]).toEqual([elsewhere, portal, '/lv/mans-darbs'])
  }
})

describe('signing out', () => {
  const csrfOf = async (browser: ReturnType<typeof newBrowser>) => (await me(browser)).csrf!

  test('ends the session here and leads on to the service, which is not told who it was', async () => {
    const browser = newBrowser(world.server)
    await browser.signIn('analyst')
    const csrf = await csrfOf(browser)
    const there = await browser.send(
      '/lv/konts',
      { what: 'leave', csrf },
      {
        until: (url) => url.origin === service.issuer,
      },
    )
    expect(Object.fromEntries(there.url.searchParams)).toEqual({
      client_id: 'ikms',
      post_logout_redirect_uri: `${portal}/sign-in/left`,
      state: 'lv',
      ui_locales: 'lv',
    })
    expect(await me(browser)).toMatchObject({ person: null })
    expect(browser.cookies().size).toBe(0)
    const asked = await browser.open(there.url.href)
    expect(asked.status).toBe(200)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)![1]!
    const left = await browser.send(`${service.issuer}/session/end/confirm`, { xsrf, logout: 'yes' })
    expect(left.url.href).toBe(`${portal}/lv`)
    // Signed out there as well: the next time the service asks again who one is.
    const again = await browser.begin()
    expect(again.text).toContain('name="login"')
  })

  test('everywhere ends the sessions on all devices of this person and of nobody else', async () => {
    const [here, there, other] = [
      newBrowser(world.server),
      newBrowser(world.server),
      newBrowser(world.server),
    ]
    await here.signIn('head')
    await there.signIn('head')
    await other.signIn('analyst')
    await here.send('/lv/konts', { what: 'leave-all', csrf: await csrfOf(here) }, { until: () => true })
    expect([(await me(here)).person, (await me(there)).person]).toEqual([null, null])
    expect(await me(other)).toMatchObject({ mandate: { tier: 'analyst' } })
  })

  test('without the token of the session is refused, everywhere too', async () => {
    const browser = newBrowser(world.server)
    await browser.signIn('analyst')
    for (const path of ['/session', '/sessions']) {
      expect((await browser.api(path, { method: 'DELETE' })).status).toBe(403)
    }
    expect(await me(browser)).toMatchObject({ mandate: { tier: 'analyst' } })
  })
})

test('another of the own mandates is taken on without signing in again', async () => {
  const browser = newBrowser(world.server)
  await browser.signIn('head')
  const { mandates, csrf } = await me(browser)
  expect(mandates.map(({ tier }) => tier)).toEqual(['school', 'steward'])
  await browser.send('/lv/konts', { mandate: mandates[1]!.id, csrf: csrf! })
  expect(await me(browser)).toMatchObject({ mandate: { tier: 'steward' } })
  expect((await browser.api('/audit')).status).toBe(200)
  expect((await browser.api(`/institutions/${school.id}/learners?year=1997`)).status).toBe(404)
})

test('a sign-in and a refused one stand in the audit trail', async () => {
  const browser = newBrowser(world.server)
  await newBrowser(world.server).signIn('stranger')
  await browser.signIn('head')
  const { mandates, csrf } = await me(browser)
  await browser.send('/lv/konts', { mandate: mandates[1]!.id, csrf: csrf! })
  const { body } = await browser.api<{ items: object[] }>('/audit?action=sign_in&limit=2')
  expect(body.items).toMatchObject([
    { person: 'Ilga Priede', tier: 'school', action: 'sign_in', outcome: 'done' },
    { person: null, tier: 'public', action: 'sign_in', outcome: 'refused' },
  ])
})

test('the sign-in page offers the service, and its forms may lead there and nowhere else', async () => {
  const shown = await newBrowser(world.server).open('/lv/ieiet')
  expect(shown.text).toContain('Ieiet ar vienoto pieteikšanos')
  const policy = shown.headers.get('content-security-policy')!
  expect(policy).toContain(`form-action 'self' ${service.issuer};`.replace(/;$/, ''))
  expect(policy).not.toContain('form-action *')
})

test('a name that only the service told is sealed in the database and shown to its owner', async () => {
  await world.db.jobPool.query('update access.person set display_name = null where display_name = $1', [
    'Uldis Egle',
  ])
  const browser = newBrowser(world.server)
  await browser.signIn('analyst')
  expect(await me(browser)).toMatchObject({ person: { name: 'Uldis Egle' } })
  const { rows } = await world.db.jobPool.query(
    'select p::text as words from access.person p where sealed_name is not null',
  )
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain('Egle')
})

test('no personal code stands anywhere in the database, in the clear or as an unkeyed hash', async () => {
  const { rows: tables } = await world.db.ownerPool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('access', 'identity')`,
  )
  expect(tables.length).toBeGreaterThan(8)
  for (const { name } of tables) {
    const { rows } = await world.db.jobPool.query<{ words: string }>(`select t::text as words from ${name} t`)
    for (const { words } of rows) {
      expect(words).not.toMatch(/010180-?12345|32841012345|020280-?23456|Zane|Kļava/)
      for (const code of ['010180-12345', '01018012345']) {
        const { createHash } = await import('node:crypto')
        for (const kind of ['sha256', 'sha1', 'md5']) {
          expect(words).not.toContain(createHash(kind).update(code).digest('hex'))
        }
      }
    }
  }
})
