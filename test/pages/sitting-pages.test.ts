import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { plantRound } from '../assessments/plant.ts'
import { newWorld } from '../world.ts'
import { axeFindings, overflow, pageTest } from './browser.ts'
import { chromiumPath } from './chromium.ts'
import { openChromium } from './steady.ts'

const world = await newWorld({ data: 'none', portal: true, behindProxy: true })
const planted = await plantRound(world.db, { items: 8 })
const base = await world.listen()
const head = await world.signIn('school', 0)
const room = planted.sessions[0]!
const [anna, janis, elza, karlis, ilze] = planted.participants.filter(
  ({ sessionId }) => sessionId === room.sessionId,
)
type Pupil = NonNullable<typeof anna>

let browser: Browser
beforeAll(async () => {
  if (chromiumPath) browser = await openChromium(chromiumPath)
})
afterAll(() => browser?.close())

/** A device of its own: its cookies and what it keeps are nobody else’s. */
async function device({
  width = 820,
  height = 1180,
  scripts = true,
  cookie,
}: {
  width?: number
  height?: number
  scripts?: boolean
  cookie?: string
} = {}): Promise<{
  context: BrowserContext
  page: Page
}> {
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: cookie === undefined,
    javaScriptEnabled: scripts,
    bypassCSP: true, // axe comes from outside; what the page itself may run is checked elsewhere
    serviceWorkers: 'block', // one that comes while the connection is cut lets requests through (sitting-offline.test.ts has it)
  })
  const [name, value] = cookie?.split('=') ?? []
  if (name && value) await context.addCookies([{ name, value, url: base }])
  return { context, page: await context.newPage() }
}

const answersOf = async ({ id }: Pupil) =>
  (
    await asJob(world.db, (tx) =>
      tx.query<{ position: number; answer: Record<string, unknown> }>(
        `select distinct on (position) position, answer from assessments.answer where participant_id = $1
          order by position, revision desc`,
        [id],
      ),
    )
  ).rows
const saved = (page: Page) => page.locator('[data-saved]').filter({ hasText: 'Viss saglabāts' }).waitFor()
const enter = async (page: Page, { code }: Pupil) => {
  await page.goto(`${base}/darbs`)
  await page.getByLabel('Kods', { exact: true }).fill(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)
  await page.getByRole('button', { name: 'Ieiet' }).click()
}
/** Chooses, ticks or writes something on the item that is shown. */
async function answer(page: Page, nth = 0): Promise<void> {
  const form = page.locator('form[data-place]:not([hidden])')
  const ticks = form.locator('input[type=radio], input[type=checkbox]')
  const fields = form.locator('input[type=text], textarea')
  const lists = form.locator('select')
  if ((await ticks.count()) > 0) await ticks.nth(nth).check()
  else if ((await fields.count()) > 0) await fields.first().fill(String(7 + nth))
  else await lists.first().selectOption({ index: 1 + nth })
}

test('a page of a child shows nothing without a code, and does not lead away from the test', async () => {
  for (const path of ['/lv/darbs/1', '/lv/darbs/visi', '/lv/darbs/beigas', '/en/test/3']) {
    const gone = await world.get(path)
    expect([path, gone.status, gone.headers.get('location')]).toEqual([
      path,
      302,
      path.startsWith('/lv') ? '/lv/darbs' : '/en/test',
    ])
  }
  const html = await (await world.get('/lv/darbs')).text()
  expect(html).toContain('Ievadi darba kodu')
  expect(html).not.toContain('<nav')
  expect((await world.get('/darbs')).headers.get('location')).toBe('/lv/darbs')
})

pageTest('a wrong code is told in plain words, and what was typed stays', async () => {
  const { context, page } = await device({ width: 390, height: 844 })
  await page.goto(`${base}/lv/darbs`)
  await page.getByLabel('Kods', { exact: true }).fill('WWWW-WWWW')
  await page.getByRole('button', { name: 'Ieiet' }).click()
  expect(await page.getByRole('alert').textContent()).toBe('Šāda koda nav. Pārbaudi katru burtu un ciparu.')
  expect(await page.getByLabel('Kods', { exact: true }).inputValue()).toBe('WWWW-WWWW')
  await enter(page, anna!)
  expect(await page.getByRole('alert').textContent()).toContain('Darbs pašlaik nav atvērts')
  await context.close()
})

pageTest(
  'who leads types nothing: opens the room, starts; the child on a tablet works, also without a connection, and is done',
  async () => {
    const teacher = await device({ width: 1280, height: 900, cookie: head.cookie })
    const board = teacher.page
    await board.goto(`${base}/lv/darba-vadisana`)
    await board.getByRole('link', { name: room.label }).click()
    await board.getByRole('button', { name: 'Atvērt uzgaidāmo telpu' }).click()
    const row = (pupil: Pupil) => board.locator(`[data-row="${pupil.uuid}"]`)
    expect(await row(anna!).textContent()).toContain('vēl nav klāt')

    const tablet = await device()
    const page = tablet.page
    await enter(page, anna!)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Tu esi iekšā')
    expect(await axeFindings(page)).toEqual([])
    await row(anna!).filter({ hasText: 'gaida' }).waitFor()

    await board.getByRole('button', { name: 'Sākt darbu' }).click()
    await page.getByRole('heading', { name: '1. uzdevums no 8' }).waitFor()
    await page.locator('[data-is-whole]').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await overflow(page)).toBe(0)

    await answer(page)
    await saved(page)
    expect((await answersOf(anna!)).map(({ position }) => position)).toEqual([1])
    await row(anna!).filter({ hasText: '1 / 8' }).waitFor()

    await tablet.context.setOffline(true)
    await page.getByRole('button', { name: 'Tālāk' }).click()
    await page.getByRole('heading', { name: '2. uzdevums no 8' }).waitFor()
    await answer(page)
    await page
      .locator('[data-saved]')
      .filter({ hasText: /Nav savienojuma|ir šajā ierīcē/ })
      .waitFor()
    await page.getByRole('button', { name: 'Tālāk' }).click()
    await page.getByRole('heading', { name: '3. uzdevums no 8' }).waitFor()
    await answer(page)
    await page.getByRole('button', { name: 'Tālāk' }).click()
    expect((await answersOf(anna!)).map(({ position }) => position)).toEqual([1])
    await tablet.context.setOffline(false)
    await saved(page)
    expect((await answersOf(anna!)).map(({ position }) => position)).toEqual([1, 2, 3])

    await page.getByRole('link', { name: /^2\. uzdevums: atbildēts/ }).click()
    await page.getByRole('heading', { name: '2. uzdevums no 8' }).waitFor()
    await page.getByRole('link', { name: 'Uz beigām' }).click()
    await page.getByRole('heading', { name: 'Pirms pabeidz' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('Atbildēto uzdevumu skaits: 3 no 8.')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Pabeigt darbu' }).click()
    await page.getByRole('heading', { name: 'Darbs ir pabeigts' }).waitFor()
    await row(anna!).filter({ hasText: 'pabeigts' }).waitFor()
    expect(await axeFindings(board)).toEqual([])
    await Promise.all([tablet.context.close(), teacher.context.close()])
  },
)

pageTest(
  'on a phone: what was answered when the battery died is there on another device; the old one is told',
  async () => {
    const first = await device({ width: 390, height: 844 })
    await enter(first.page, janis!)
    await first.page.getByRole('heading', { name: '1. uzdevums no 8' }).waitFor()
    await first.page.locator('[data-is-whole]').waitFor()
    for (let place = 1; place <= 8; place += 1) {
      await answer(first.page)
      expect([place, await overflow(first.page)]).toEqual([place, 0])
      if (place < 8) await first.page.getByRole('button', { name: 'Tālāk' }).click()
    }
    await saved(first.page)
    const before = await answersOf(janis!)
    expect(before.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])

    const second = await device({ width: 390, height: 844 })
    await enter(second.page, janis!)
    await second.page.getByRole('heading', { name: /uzdevums no 8/ }).waitFor()
    expect(await second.page.locator('nav a[data-filled="true"]').count()).toBe(8)
    await second.page.locator('[data-is-whole]').waitFor()
    // Everything stands in the fields as it was given: nothing is sent again by going through it.
    for (let place = 1; place <= 8; place += 1) {
      await second.page.locator(`nav a[data-to="${place}"]`).click()
      await second.page.getByRole('heading', { name: `${place}. uzdevums no 8` }).waitFor()
    }
    await saved(second.page)
    expect(await answersOf(janis!)).toEqual(before)

    await answer(first.page, 1)
    await first.page.getByText('Tavs darbs ir atvērts citā ierīcē').waitFor()
    expect(await answersOf(janis!)).toEqual(before)
    await Promise.all([first.context.close(), second.context.close()])
  },
)

pageTest(
  'a tablet that is switched off without a connection brings the answers when it is on again',
  async () => {
    const { context, page } = await device()
    await enter(page, elza!)
    await page.locator('[data-is-whole]').waitFor()
    await context.setOffline(true)
    await answer(page)
    await page
      .locator('[data-saved]')
      .filter({ hasText: /savienojuma|ierīcē/ })
      .waitFor()
    await page.close()
    expect(await answersOf(elza!)).toEqual([])
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(`${base}/lv/darbs`)
    await saved(again)
    await expect.poll(async () => (await answersOf(elza!)).map(({ position }) => position)).toEqual([1])
    await context.close()
  },
)

pageTest('a board whose news was refused while the system was busy asks for them again', async () => {
  const { context, page } = await device({ width: 1280, cookie: head.cookie })
  let refused = 0
  await page.route('**/board/events', (route) => {
    refused += 1
    return refused === 1 ? route.fulfill({ status: 503 }) : route.continue()
  })
  await page.goto(`${base}/lv/darba-vadisana/${room.id}`)
  await page.locator('[data-live]').filter({ hasText: 'Nav savienojuma' }).waitFor()
  await page.locator('[data-live]').filter({ hasText: 'Atjaunojas' }).waitFor()
  await context.close()
})

pageTest('without scripts every item is a form that saves and goes on', async () => {
  const { context, page } = await device({ scripts: false })
  await enter(page, karlis!)
  for (let place = 1; place <= 8; place += 1) {
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`${place}. uzdevums no 8`)
    // biome-ignore lint/performance/useDomNodeTextContent: only what is visible counts
    expect(await page.locator('[data-saved]').innerText()).toBe('Viss saglabāts')
    await answer(page)
    await page.getByRole('button', { name: place < 8 ? 'Tālāk' : 'Uz beigām' }).click()
  }
  expect(await page.locator('main').textContent()).toContain('Atbildēto uzdevumu skaits: 8 no 8.')
  expect(await answersOf(karlis!)).toHaveLength(8)
  await page.getByRole('link', { name: /^4\. uzdevums/ }).click()
  await page.getByRole('button', { name: 'Atpakaļ' }).click()
  expect(await answersOf(karlis!)).toHaveLength(8)
  await page.goto(`${base}/lv/darbs/beigas`)
  await page.getByRole('button', { name: 'Pabeigt darbu' }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Darbs ir pabeigts')
  await context.close()
})

pageTest('larger letters, colours and room between letters follow the child, not the device', async () => {
  await asJob(world.db, (tx) =>
    tx.query(
      `update assessments.participant set profile = '{"size": 200, "colours": "dark", "wide": true, "extraMinutes": 15}'
        where participant_id = $1`,
      [ilze!.id],
    ),
  )
  const { context, page } = await device({ width: 390, height: 844 })
  await enter(page, ilze!)
  const item = page.locator('form[data-place]:not([hidden]) [data-colours]')
  await item.waitFor()
  expect(await item.getAttribute('data-colours')).toBe('dark')
  expect(await item.getAttribute('style')).toContain('200%')
  expect(await page.locator('[data-clock]').textContent()).toBe('75 minūtes')
  expect(await overflow(page)).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  await context.close()
})

pageTest(
  'nothing is called saved before it is: not until the script has come, nor while words are written',
  async () => {
    const { context, page } = await device()
    let letGo = () => {}
    const held = new Promise<void>((done) => {
      letGo = done
    })
    await page.goto(`${base}/darbs`)
    await page.route('**/islands/sitting.js', async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel('Kods', { exact: true }).fill(ilze!.code)
    await page.keyboard.press('Enter') // a press on the button would wait for the script
    await page.getByRole('heading', { name: '1. uzdevums no 8' }).waitFor()
    const says = page.locator('[data-saved]')
    // biome-ignore lint/performance/useDomNodeTextContent: only what is visible counts
    expect(await says.innerText()).toBe('')
    letGo()
    await saved(page)
    await page.locator('[data-is-whole]').waitFor()
    const said = await page.evaluate(() => {
      const field = document.querySelector<HTMLTextAreaElement>(
        'form[data-place] :is(textarea, input[type=text])',
      )!
      field.value = 'vārdi'
      field.dispatchEvent(new Event('input', { bubbles: true }))
      return document.querySelector('[data-saved]')!.textContent
    })
    expect(said).not.toBe('Viss saglabāts')
    await saved(page)
    expect((await answersOf(ilze!)).length).toBe(1)
    await context.close()
  },
)

test('the answering page with its script and styles is at most 60 kB', async () => {
  const { gzipSync } = await import('node:zlib')
  const size = async (answer: Response) => gzipSync(Buffer.from(await answer.arrayBuffer())).length
  const entered = await world.get('/api/v1/sittings', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: ilze!.code }),
  })
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  const page = await world.get('/lv/darbs/1', undefined, { headers: { cookie } })
  expect(page.headers.get('cache-control')).toContain('no-store')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  const html = await page.clone().text()
  const parts = [...html.matchAll(/(?:href|src)="(\/(?:assets|islands)\/[^"]+\.(?:css|js))"/g)].map(
    ([, path]) => path!,
  )
  const sizes = await Promise.all([size(page), ...parts.map(async (path) => size(await world.get(path)))])
  expect(parts.length).toBeGreaterThan(1)
  expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThan(60_000)
})
