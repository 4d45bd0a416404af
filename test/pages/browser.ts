import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { chromiumPath } from './chromium.ts'
import { openChromium } from './steady.ts'

/** A test that needs a browser. Without one it is skipped, and the message says how to get it. */
export const pageTest = test.skipIf(chromiumPath === null)

export interface Visit {
  scripts?: boolean
  scheme?: 'light' | 'dark'
  /** px */
  width?: number
  /** session of somebody signed in, as `name=value` */
  cookie?: string | undefined
}

/** The browser of this process: files that share it have nothing in common but its program. It ends with the process. */
let running: Promise<Browser> | undefined

async function theBrowser(path: string): Promise<Browser> {
  if (running && (await running).isConnected()) return running
  running = openChromium(path)
  return running
}

/** Visits of one kind: they share a cache, and a page that is used again, because a new one costs more than most visits. */
interface Kind {
  context: BrowserContext
  free: Page[]
}

/**
 * A browser for a test file. `visit` takes a page on which nothing of an earlier visit is left but the cache, does the work and
 * leaves the page; after a work that failed the page is closed.
 */
export function openBrowser(base: () => string) {
  let browser: Browser
  const kinds = new Map<string, Promise<Kind>>()
  beforeAll(async () => {
    if (chromiumPath === null) {
      console.warn('Page tests are skipped: no Chromium. Install chromium or set IKMS_CHROMIUM to its path.')
      return
    }
    browser = await theBrowser(chromiumPath)
  })
  afterAll(async () => {
    for (const kind of kinds.values()) await (await kind).context.close()
  })

  async function newKind({ scripts = true, scheme = 'light', width = 1280, cookie }: Visit): Promise<Kind> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      javaScriptEnabled: scripts,
      bypassCSP: true, // axe is put into the page from outside; what the page itself may run is checked elsewhere
    })
    const [name, value] = cookie?.split('=') ?? []
    if (name && value) await context.addCookies([{ name, value, url: base() }])
    return { context, free: [] }
  }

  return async function visit<T>(path: string, how: Visit, work: (page: Page) => Promise<T>): Promise<T> {
    const name = JSON.stringify(how)
    const { context, free } = await (kinds.get(name) ?? kinds.set(name, newKind(how)).get(name)!)
    const page = free.pop() ?? (await context.newPage())
    const size = page.viewportSize()!
    try {
      await page.goto(base() + path)
      const result = await work(page)
      await leave(page, size)
      free.push(page)
      return result
    } catch (error) {
      await page.close()
      throw error
    }
  }
}

/** Makes a page as if it were new; what it showed stops working. */
async function leave(page: Page, size: { width: number; height: number }) {
  await page.goto('about:blank')
  await page.emulateMedia({ media: null })
  const now = page.viewportSize()!
  if (now.width !== size.width || now.height !== size.height) await page.setViewportSize(size)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe asks of colours: all that can differ between the light and the dark of a page. */
const ofColours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/**
 * Violations of WCAG 2.2 A and AA and of good practice, each as one line; empty when all is well. A page in its dark colours
 * is asked about colours only: everything else is in its light twin.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } }
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches
    // what passes is not described
    const { violations } = await axe.run({ resultTypes: ['violations'], ...(isDark ? rules : {}) })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`),
    )
  }, ofColours)
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string }[] }[]
}

/** How many pixels the page is wider than its window; 0 when nobody has to scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}

/** What is there to be read, as text. */
export function mainText(page: Page): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is visible counts
  return page.locator('main').innerText()
}

/** What walking through a page with the Tab key shows. */
export interface Walk {
  /** everything focusable that is visible, in the order of the page, by a short description */
  expected: string[]
  /** what got the focus, in order, until it left the page */
  reached: string[]
  /** stops without a visible mark of focus */
  unmarked: string[]
}

/**
 * Walks with Tab through the page that a visit shows until the focus leaves it; in a page of its own, because one that was
 * used before may not let go of the focus.
 */
export async function keyboardWalk(visited: Page): Promise<Walk> {
  const page = await visited.context().newPage()
  try {
    await page.goto(visited.url())
    return await walkThrough(page)
  } finally {
    await page.close()
  }
}

async function walkThrough(page: Page): Promise<Walk> {
  const expected = await page.evaluate(() => {
    const selector = 'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]'
    const seen = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
      element.checkVisibility(),
    )
    seen.forEach((element, index) => {
      element.dataset.stop = `${index} ${element.tagName.toLowerCase()} ${(element.textContent ?? '').trim().slice(0, 40)}`
    })
    ;(document.activeElement as HTMLElement | null)?.blur()
    return seen.map((element) => element.dataset.stop!)
  })
  const reached: string[] = []
  const unmarked: string[] = []
  const most = 4 * expected.length + 4 // a field for a day has several stops inside; a trap must not hold the test for ever
  for (let step = 0; step <= most; step += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      if (!element || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      const isMarked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      return {
        name: element.dataset.stop ?? element.outerHTML.slice(0, 80),
        isMarked,
        isOnPage: box.right > 0 && box.bottom > 0,
      }
    })
    if (!stop) break
    if (reached.at(-1) !== stop.name) reached.push(stop.name)
    if (!stop.isMarked || !stop.isOnPage) unmarked.push(stop.name)
  }
  return { expected, reached, unmarked }
}
