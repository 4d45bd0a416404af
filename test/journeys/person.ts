import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { chromiumPath } from '../pages/chromium.ts'
import { openChromium } from '../pages/steady.ts'

/** A device: what it is called in the tests, and what it is. */
const devices = {
  desk: { viewport: { width: 1280, height: 900 }, hasTouch: false },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
} as const

export interface Person {
  page: Page
  context: BrowserContext
}

/**
 * People with a browser each, on a device: `person('Zane Kļaviņa', 'phone')` signs in as everybody who tries the system does,
 * by the page of signing in; without a name nobody is signed in.
 */
export function peopleAt(base: () => string) {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (chromiumPath) browser = await openChromium(chromiumPath)
  })
  afterAll(() => browser?.close())

  return async function person(name: string | null, device: keyof typeof devices = 'desk'): Promise<Person> {
    const context = await browser!.newContext({ ...devices[device], bypassCSP: true })
    const page = await context.newPage()
    if (name !== null) {
      await page.goto(`${base()}/lv/ieiet`)
      await page.getByRole('button', { name }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Mans darbs' }).waitFor()
    }
    return { page, context }
  }
}
