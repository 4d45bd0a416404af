import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { afterFile } from '../after-file.ts'
import { plantRound } from '../assessments/plant.ts'
import { newWorld } from '../world.ts'
import { pageTest } from './browser.ts'
import { layCable } from './cable.ts'
import { chromiumPath, chromiumSwitches } from './chromium.ts'
import { openChromium } from './steady.ts'

const world = await newWorld({ data: 'none', portal: true })
const planted = await plantRound(world.db, { items: 6 })
const cable = await layCable(await world.listen())
const room = planted.sessions[0]!
const [anna, janis, elza, karlis, ilze] = planted.participants.filter(
  ({ sessionId }) => sessionId === room.sessionId,
)
type Pupil = NonNullable<typeof anna>
await asJob(world.db, (tx) =>
  tx.query(`update assessments.session set state = 'running', started_at = now() where session_uuid = $1`, [
    room.id,
  ]),
)

let browser: Browser
beforeAll(async () => {
  if (chromiumPath) browser = await openChromium(chromiumPath)
})
afterFile(async () => {
  await browser?.close()
  await cable.cut()
})

const answersOf = async ({ id }: Pupil) =>
  (
    await asJob(world.db, (tx) =>
      tx.query<{ position: number }>(
        'select distinct position from assessments.answer where participant_id = $1 order by position',
        [id],
      ),
    )
  ).rows.map(({ position }) => position)
const enter = async (page: Page, { code }: Pupil) => {
  await page.goto(`${cable.base}/lv/darbs?code`)
  await page.getByLabel('Kods', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Ieiet' }).click()
  await page.locator('[data-is-kept]').waitFor()
  // The worker may still be on its way to the page: only from then on is the page loaded anew without a connection.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}
const shown = (page: Page) => page.locator('form[data-place]:not([hidden])')
const saved = (page: Page) => page.locator('[data-saved]').filter({ hasText: 'Viss saglabāts' }).waitFor()
const notSent = (page: Page) =>
  page
    .locator('[data-saved]')
    .filter({ hasText: /savienojuma|ierīcē/ })
    .waitFor()
const itemOf = (page: Page, place: number) =>
  page.getByRole('heading', { level: 1, name: `${place}. uzdevums no 6` }).waitFor()

/** Chooses, ticks or writes something on the item that is shown. */
async function answer(page: Page): Promise<void> {
  const form = shown(page)
  const ticks = form.locator('input[type=radio], input[type=checkbox]')
  const fields = form.locator('input[type=text], textarea')
  if ((await ticks.count()) > 0) await ticks.first().check()
  else if ((await fields.count()) > 0) await fields.first().fill('17')
  else await form.locator('select').first().selectOption({ index: 1 })
}
/** What the fields that are shown say. */
const said = (page: Page) =>
  shown(page).evaluate((form) =>
    [...new FormData(form as HTMLFormElement)].map(([name, value]) => `${name} ${value}`).sort(),
  )
const kept = (page: Page) =>
  page.evaluate(async () => {
    const cache = await caches.open('ikms-sitting-1')
    return (await cache.keys()).map(({ url }) => new URL(url).pathname)
  })

pageTest(
  'a page loaded anew without a connection comes back to its item, with what was answered before and since',
  async () => {
    const context = await browser.newContext({ viewport: { width: 820, height: 1180 } })
    const page = await context.newPage()
    await enter(page, anna!)
    await itemOf(page, 1)
    await answer(page)
    await saved(page)
    const first = await said(page)
    await page.getByRole('button', { name: 'Tālāk' }).click()
    await itemOf(page, 2)

    await cable.cut()
    await answer(page)
    await notSent(page)
    const second = await said(page)
    await page.reload()
    await page.locator('[data-is-whole]').waitFor()
    await itemOf(page, 2)
    expect(await said(page)).toEqual(second)
    await notSent(page)
    await page.getByRole('link', { name: /^1\. uzdevums: atbildēts/ }).click()
    await itemOf(page, 1)
    expect(await said(page)).toEqual(first)
    await page.getByRole('link', { name: /^3\. uzdevums/ }).click()
    await itemOf(page, 3)
    await answer(page)
    expect(await answersOf(anna!)).toEqual([1])

    await cable.mend()
    await expect.poll(() => answersOf(anna!), { timeout: 60_000 }).toEqual([1, 2, 3])
    await saved(page)
    await context.close()
  },
)

pageTest('on a shared tablet nothing of one child is there for the next', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await enter(page, janis!)
  await answer(page)
  await saved(page)
  const files = await kept(page)
  expect(files).toEqual(expect.arrayContaining(['/lv/darbs/kept', '/lv/darbs/visi', '/islands/sitting.js']))
  expect(
    files.filter((path) => !/^\/(lv\/darbs\/(kept|visi)|assets\/|islands\/|icon\.svg)/.test(path)),
  ).toEqual(
    files.filter((path) => path.startsWith('/api/v1/sittings/current/items/') && path.includes('/media/')),
  )

  // Another code, while the work of the first is not handed in.
  await enter(page, elza!)
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain(`ikms-sitting-${janis!.uuid}`)
  await cable.cut()
  await page.reload()
  await page.locator('[data-is-whole]').waitFor()
  expect(await page.locator('[data-participant]').getAttribute('data-participant')).toBe(elza!.uuid)
  expect(await page.locator('nav a[data-filled="true"]').count()).toBe(0)
  await cable.mend()

  await page.goto(`${cable.base}/lv/darbs/beigas`)
  await page.getByRole('button', { name: 'Pabeigt darbu' }).click()
  await page.getByRole('heading', { name: 'Darbs ir pabeigts' }).waitFor()
  await expect.poll(() => kept(page)).toEqual([])
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('ikms'))),
  ).toEqual([])
  await cable.cut()
  expect(await page.goto(`${cable.base}/lv/darbs/1`).catch(() => null)).toBeNull()
  await cable.mend()
  await context.close()
})

pageTest(
  'a browser that was closed without a connection, and opened again without one, still has everything',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ikms-tablet-'))
    const open = () =>
      chromium.launchPersistentContext(folder, { executablePath: chromiumPath!, args: chromiumSwitches })
    try {
      let tablet = await open()
      let page = await tablet.newPage()
      await enter(page, karlis!)
      await cable.cut()
      await answer(page)
      await notSent(page)
      const before = await said(page)
      await tablet.close()

      tablet = await open()
      page = await tablet.newPage()
      await page.goto(`${cable.base}/lv/darbs/1`)
      await page.locator('[data-is-whole]').waitFor()
      await itemOf(page, 1)
      expect(await said(page)).toEqual(before)
      expect(await answersOf(karlis!)).toEqual([])
      await cable.mend()
      await expect.poll(() => answersOf(karlis!), { timeout: 60_000 }).toEqual([1])
      await tablet.close()
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
)

test('the worker is small, asks for nothing on its own, and is a file of ours', async () => {
  const worker = await world.get('/sitting-worker.js')
  expect([worker.status, worker.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  const text = await worker.text()
  expect(text.length).toBeLessThan(6_000)
  expect(text).not.toMatch(/importScripts|https?:/)
})

pageTest('the worker has the pages of the test day and no others', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await enter(page, ilze!)
  const scopes = () =>
    page.evaluate(async () =>
      (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
    )
  expect(await scopes()).toEqual(['/lv/darbs'])
  await page.goto(`${cable.base}/lv/darba-vadisana`)
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
  await page.goto(`${cable.base}/lv`)
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
  await context.close()
})
