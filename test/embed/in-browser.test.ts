import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { interactionPolicy, Provider as OidcProvider } from 'oidc-provider'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { asJob } from '#db/actor.ts'
import { giveMandate } from '#modules/access/index.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { afterFile } from '../after-file.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { overflow, pageTest } from '../pages/browser.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { openChromium } from '../pages/steady.ts'
import { newWorld, testKeys } from '../world.ts'

const world = await newWorld({ data: 'none' })
const { code: round } = await plantResults(world.db)
const [found] = await asJob(world.db, async (tx) => {
  await releaseRound(tx, round, 'preliminary')
  await releaseRound(tx, round, 'official')
  const { rows } = await tx.query<{ school: string; child: string }>(
    `select v.code as school, (select learner_uuid from registry.learner where learner_id = 1106000) as child
       from registry.institution_version v where v.institution_id = 11 and v.superseded_by is null`,
  )
  return rows
})
await giveMandate(world.db, {
  codeHash: sealer(testKeys).hashCode('010180-12345'),
  name: 'Ilga Priede',
  tier: 'school',
  place: found!.school,
  until: null,
})

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterFile(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

// Its pages and its sign-in are on localhost, ours on 127.0.0.1: two sites to a browser. A second host is not registered.
const embedding = { portal: '', platforms: [] as object[] }
const server = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  embedding: embedding as never,
  ...(await builtPortal()),
})
afterFile(() => server.close())
const { port } = await server.listen(0)
embedding.portal = `http://127.0.0.1:${port}`

let signIn: RequestListener = () => {}
const issuer = `http://localhost:${await listen((request, response) => signIn(request, response))}`
// It asks nobody for consent to us, though plain addresses of this machine make us a native client to it.
const policy = interactionPolicy.base()
policy.get('consent')!.checks.remove('native_client_prompt')
const service = new OidcProvider(issuer, {
  clients: [
    {
      client_id: 'ikms',
      application_type: 'native',
      response_types: ['id_token'],
      grant_types: ['implicit'],
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${embedding.portal}/embed/launch`],
    },
  ],
  cookies: { keys: [randomBytes(16).toString('hex')] },
  claims: { openid: ['sub', 'personal_code'] },
  responseTypes: ['id_token'],
  interactions: { policy },
  features: { devInteractions: { enabled: true } },
  ttl: { IdToken: 120, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, personal_code: '010180-12345' }),
  }),
  // The platform has agreed with us on behalf of its people.
  async loadExistingGrant(context) {
    const grant = new service.Grant({
      clientId: context.oidc.client!.clientId,
      accountId: context.oidc.session!.accountId!,
    })
    grant.addOIDCScope('openid')
    await grant.save()
    return grant
  },
})
signIn = service.callback()

const panel = `${embedding.portal}/embed/lv/learner/${found!.child}`
const frame = `${embedding.portal}/embed/begin?${new URLSearchParams({ iss: issuer, login_hint: 'head', target_link_uri: panel })}`
const page = `<!doctype html><meta charset="utf-8"><title>VIIS</title><h1>VIIS</h1>
<iframe src="${frame.replaceAll('&', '&amp;')}" style="width: 100%; border: 0"></iframe>
<script>
  window.heard = []
  addEventListener('message', ({ origin, data }) => {
    heard.push([origin, data.ikms, data.height])
    if (origin === '${embedding.portal}' && data.ikms === 'height') document.querySelector('iframe').height = data.height
  })
</script>`
const host = `http://localhost:${await listen((_request, response) => response.setHeader('content-type', 'text/html').end(page))}`
const strange = `http://localhost:${await listen((_request, response) => response.setHeader('content-type', 'text/html').end(page))}`
embedding.platforms.push({
  name: 'viis',
  issuer,
  clientId: 'ikms',
  authorization: `${issuer}/auth`,
  keys: `${issuer}/jwks`,
  hosts: [host],
  claim: 'personal_code',
})

async function newBrowser(): Promise<Browser> {
  const browser = await openChromium(chromiumPath!)
  afterFile(() => browser.close())
  return browser
}
let running: Promise<Browser> | undefined
/** A browser of somebody, signed in with the other system or not; the phone of somebody. */
async function visitor({ isSignedIn = true } = {}) {
  running ??= newBrowser()
  const context = await (await running).newContext({ viewport: { width: 390, height: 800 } })
  const tab = await context.newPage()
  if (isSignedIn) {
    const launch = await fetch(frame, { redirect: 'manual' })
    const there = new URL(launch.headers.get('location')!)
    there.searchParams.set('prompt', 'login')
    there.searchParams.set('nonce', 'sign-in') // this launch itself comes to nothing
    await tab.goto(there.href)
    await tab.fill('[name=login]', 'head')
    await tab.fill('[name=password]', 'any')
    await Promise.all([tab.waitForURL(/\/embed\/launch/), tab.click('[type=submit]')])
  }
  return { context, tab }
}

pageTest(
  'within the page of the other system its own sign-in is enough: the levels of a learner, on a phone, as high as they are',
  async () => {
    const { context, tab } = await visitor()
    await tab.goto(host)
    const inside = tab.frameLocator('iframe')
    await inside.getByRole('heading', { level: 1 }).waitFor()
    expect(await inside.getByRole('heading', { level: 2 }).first().textContent()).toContain('Rēķinpratība')
    expect(await inside.locator('header nav, footer, form').count()).toBe(0)
    await tab.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 0)
    const [origin, what] = await tab.evaluate(
      () => (window as unknown as { heard: [string, string, number][] }).heard[0]!,
    )
    expect([origin, what]).toEqual([embedding.portal, 'height'])
    await tab.waitForFunction(() => {
      const { heard } = window as unknown as { heard: [string, string, number][] }
      return Number(document.querySelector('iframe')!.height) === heard.at(-1)![2]
    })
    const shown = tab.frames()[1]!
    expect(await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect((await context.cookies()).filter(({ domain }) => domain === '127.0.0.1')).toEqual([])
    expect(await overflow(tab)).toBe(0)
    await context.close()
  },
)

pageTest('a page that is not registered shows nothing of it, though its visitor is signed in', async () => {
  const { context, tab } = await visitor()
  const said: string[] = []
  tab.on('console', (message) => said.push(message.text()))
  await tab.goto(strange)
  await expect.poll(() => said.join('\n')).toMatch(/frame-ancestors/)
  const texts = await Promise.all(
    tab
      .frames()
      .slice(1)
      .map((inside) => inside.evaluate(() => document.body.textContent).catch(() => '')),
  )
  expect(texts.join()).not.toContain('Rēķinpratība')
  expect(await tab.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
  await context.close()
})

pageTest('an ordinary page of ours cannot be put into a frame, not even by who is registered', async () => {
  const { context, tab } = await visitor({ isSignedIn: false })
  const said: string[] = []
  tab.on('console', (message) => said.push(message.text()))
  await tab.goto(host)
  await tab.evaluate((to) => {
    document.querySelector('iframe')!.src = to
  }, `${embedding.portal}/lv`)
  await expect.poll(() => said.join('\n')).toMatch(/frame-ancestors 'none'/)
  await context.close()
})
