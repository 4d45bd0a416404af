import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumSwitches } from './chromium.ts'

/**
 * How slow the network of a browser is to be: `IKMS_SLOW_BROWSER=8` finds tests that win a race by luck. Not for tests that cut the
 * connection with `setOffline`: the browser knows one state of the network only, and a slow one is not cut.
 */
const slower = Number(process.env.IKMS_SLOW_BROWSER ?? 1)

const LONG = 60_000 // ms: for one thing to come about on a busy machine

/** A browser for tests, whose pages are {@link steady}. */
export async function openChromium(path: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: path, args: chromiumSwitches })
  const { newContext } = browser
  browser.newContext = async (options) => withSteadyPages(await newContext.call(browser, options))
  return browser
}

function withSteadyPages(context: BrowserContext): BrowserContext {
  const { newPage } = context
  context.setDefaultTimeout(LONG)
  context.newPage = async () => {
    const page = await newPage.call(context)
    steady(page)
    if (slower > 1) await slow(page)
    return page
  }
  return context
}

/**
 * A press that leads to another page ends when that page has loaded. By itself it ends when the first bytes are there, and what is
 * read or counted then may be half a page. A press that leads nowhere waits for nothing; nor does any press for what a script draws.
 */
function steady(page: Page): void {
  const frame = page.mainFrame()
  const { click, press } = frame
  frame.click = async (...how) => {
    await click.apply(frame, how)
    await frame.waitForLoadState()
  }
  frame.press = async (...how) => {
    await press.apply(frame, how)
    await frame.waitForLoadState()
  }
}

/** Whatever comes over the network comes later and in pieces: scripts long after what is read. */
async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 50 * slower, // ms
    downloadThroughput: 800_000 / slower, // bytes a second
    uploadThroughput: 800_000 / slower,
  })
}
