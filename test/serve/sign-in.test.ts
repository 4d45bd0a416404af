import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newFolder } from '../db/clusters.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { openChromium } from '../pages/steady.ts'
import { type Accounts, signInService } from '../sign-in/service.ts'
import { freePort, run, type Serving, serve } from './serving.ts'

/** The whole of it: a system as an operator starts it, a real sign-in service, a real browser with its policies in force. */
const code = '010180-12345'
const accounts: Accounts = { anna: { personal_code: code, name: 'Anna Ozola' } }
const folder = newFolder()
const samples = join(import.meta.dirname, '..', '..', 'samples')
const port = await freePort()
const address = `http://127.0.0.1:${port}`
const service = await signInService(accounts, { address, claimsInIdToken: false })
const { issuer, clientId, clientSecret } = service.settings
const more = {
  IKMS_OIDC_ISSUER: issuer.origin,
  IKMS_OIDC_CLIENT: clientId,
  IKMS_OIDC_SECRET_COMMAND: `echo ${clientSecret}`,
  IKMS_OIDC_REDIRECT: `${address}/sign-in/return`,
}
let server: Serving
let browser: Browser | undefined

beforeAll(async () => {
  await run(['import', join(samples, 'results.csv'), '--mapping', join(samples, 'results.mapping.json')], {
    folder,
  })
  if (chromiumPath) browser = await openChromium(chromiumPath)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  server?.child.kill('SIGTERM')
  await server?.ended
}, 30_000)

test('half a configuration is refused in one line before anything starts', async () => {
  const told = await run(['serve'], { folder, port, more: { IKMS_OIDC_ISSUER: issuer.origin } })
  expect(told.code).toBe(1)
  expect(told.error.trim().split('\n')).toEqual([
    expect.stringMatching(/^IKMS_OIDC_ISSUER is set, .* is missing/),
  ])
})

test('an operator gives a mandate with a code that is read, never an argument, and never said again', async () => {
  const given = await run(['mandates', 'give', 'steward', '--name', 'Anna Ozola'], { folder }, `${code}\n`)
  expect([given.code, given.out]).toEqual([0, expect.stringMatching(/^Mandate [\da-f-]{36} is in force/)])
  const listed = await run(['mandates'], { folder })
  expect(listed.out).toMatch(/steward {2}Anna Ozola/)
  expect(given.out + given.error + listed.out).not.toContain('12345')
  const wrong = await run(['mandates', 'give', 'steward', '--name', 'Nobody'], { folder }, 'no code\n')
  expect([wrong.code, wrong.error]).toEqual([1, expect.stringContaining('no Latvian personal code')])
})

test.skipIf(chromiumPath === null)(
  'in a browser with its policies in force one signs in through the service, works, and signs out here and there',
  async () => {
    server = await serve({ folder, port, webProcesses: 2, more })
    const page = await (await browser!.newContext({ javaScriptEnabled: false })).newPage()
    const identify = async () => {
      await page.goto(`${address}/lv/ieiet`)
      await page.getByRole('button', { name: 'Ieiet ar vienoto pieteikšanos' }).click()
      await page.locator('input[name=login]').fill('anna')
      await page.locator('input[name=password]').fill('any')
      await page.locator('button[type=submit]').click()
      await page.locator('button[type=submit]').click() // agrees that we learn the code
    }
    await identify()
    expect(page.url()).toBe(`${address}/lv/mans-darbs`)
    expect(await page.locator('header summary').textContent()).toContain('Anna Ozola')
    await page.getByRole('link', { name: 'Piekļuves žurnāls' }).click()
    expect(await page.locator('main tbody').textContent()).toContain('ienāk sistēmā')

    await page.locator('header summary').click()
    await page.getByRole('button', { name: 'Iziet', exact: true }).click()
    expect(page.url()).toContain(`${issuer.origin}/session/end`)
    await page.locator('button[value=yes]').click()
    expect(page.url()).toBe(`${address}/lv`)
    await page.goto(`${address}/lv/mans-darbs`)
    expect(new URL(page.url()).pathname).toBe('/lv/ieiet')
    await identify() // the service asks again: one is signed out there as well
    expect(page.url()).toBe(`${address}/lv/mans-darbs`)
  },
  300_000,
)
