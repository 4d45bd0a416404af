// Walks the whole portal as everybody who can try it: `node docs/screens/walk.ts <address> <folder> [person …]`. From the
// first page and "My work" each link is followed once for every kind of page (src/web/addresses.ts), as the public and as
// each of the demo people (all, or those numbered, from 0; -1 is the public). Every kind of page is pictured in Latvian wide
// and on a phone, in English wide; what looks wrong is printed, with the kinds of pages nobody came to.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { matchPath } from 'react-router'
import { addresses, type PageKey } from '../../src/web/addresses.ts'
import { chromiumPath, chromiumSwitches } from '../../test/pages/chromium.ts'

const [base, folder, ...chosen] = process.argv.slice(2)
if (!base || !folder) throw new Error('node docs/screens/walk.ts <address> <folder> [person …]')
if (chromiumPath === null) throw new Error('No Chromium: install it or set IKMS_CHROMIUM to its path.')
mkdirSync(folder, { recursive: true })

const keys = Object.keys(addresses) as PageKey[]
/** Fixed addresses before those with a parameter: `results/release` is not the result of a round called release. */
const patterns = keys
  .map((key) => ({ key, pattern: `/lv/${addresses[key].lv}`.replace(/\/$/, '') }))
  .toSorted((a, b) => a.pattern.split(':').length - b.pattern.split(':').length)
const keyOf = (path: string) => patterns.find(({ pattern }) => matchPath(pattern, path))?.key

/** What must stand on no page of anybody. */
const broken = /\b(undefined|NaN|Infinity)\b|\[object |\{\{/
/** Latvian words no English page has outside names and what is marked as Latvian. */
const latvian = /(^|\s)(nav|vai|tiek|kuras|kuru|skolēnu|izglītojamo|rādītājs|lapa)(\s|$)/i

const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumSwitches })
const seen = new Set<PageKey>()
const people = chosen.length > 0 ? chosen.map(Number) : [-1, ...(await demoPeople(browser))]
for (const person of people) await walk(person)
await browser.close()
print(`not come to: ${keys.filter((key) => !seen.has(key)).join(' ')}`)

function print(line: string) {
  process.stdout.write(`${line}\n`)
}

/** The numbers of the people who can be tried on the page of signing in. */
async function demoPeople(browser: Browser): Promise<number[]> {
  const page = await browser.newPage()
  await page.goto(`${base}/lv/ieiet`)
  const count = await page.locator('main ul form button').count()
  await page.close()
  return Array.from({ length: count }, (_, nth) => nth)
}

async function walk(person: number) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`))
  if (person >= 0) {
    await page.goto(`${base}/lv/ieiet`)
    const button = page.locator('main ul form button').nth(person)
    print(`# ${person} ${await button.textContent()}`)
    await button.click()
    await page.waitForURL('**/mans-darbs')
  } else print('# the public')

  const waiting = person >= 0 ? ['/lv/mans-darbs', '/lv'] : ['/lv']
  const visited = new Set<PageKey>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const key = keyOf(path.split(/[?#]/)[0]!)
    if (!key || visited.has(key)) continue
    visited.add(key)
    seen.add(key)
    const answer = await page.goto(base + path)
    const type = answer?.headers()['content-type'] ?? ''
    if (!type.includes('html')) continue
    const say = (what: string) => print(`${key} ${path}: ${what}`)
    if ((answer?.status() ?? 0) >= 400) say(`status ${answer?.status()}`)
    for (const fault of await faultsOf(page)) say(fault)
    for (const link of await linksOf(page)) waiting.push(link)
    await picture(page, `${person}-${key}-lv`)
    await page.setViewportSize({ width: 390, height: 800 })
    for (const fault of await faultsOf(page)) if (fault.startsWith('wider')) say(`390: ${fault}`)
    await picture(page, `${person}-${key}-390`)
    await page.setViewportSize({ width: 1280, height: 800 })
    const other = page.locator('a[hreflang=en]')
    const english = (await other.count()) > 0 ? await other.first().getAttribute('href') : null
    if (english === null) say('no English address')
    else {
      await page.goto(new URL(english, base).href)
      for (const fault of await faultsOf(page, 'en')) say(`en: ${fault}`)
      await picture(page, `${person}-${key}-en`)
    }
    for (const fault of faults.splice(0)) say(fault)
  }
  await context.close()
}

async function picture(page: Page, name: string) {
  await page.screenshot({ path: join(folder!, `${name}.png`), fullPage: true })
}

/** Links of the page to pages of the portal in Latvian; what changes something is not a link. */
async function linksOf(page: Page): Promise<string[]> {
  const links = await page
    .locator('a[href^="/lv"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  return links.filter((link) => !link.startsWith('/lv/iziet'))
}

async function faultsOf(page: Page, locale = 'lv'): Promise<string[]> {
  const faults: string[] = []
  const { text, foreign, wide, headings } = await page.evaluate(() => {
    const main = document.querySelector('main')
    const lines = [...(main?.querySelectorAll('*') ?? [])]
      .filter((element) => !element.closest('[lang=lv]'))
      .flatMap((element) => [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE))
      .map(({ textContent }) => textContent ?? '')
    return {
      text: main?.textContent ?? '',
      foreign: lines,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      headings: document.querySelectorAll('h1').length,
    }
  })
  const odd = broken.exec(text)
  if (odd)
    faults.push(`says "${text.slice(Math.max(0, odd.index - 40), odd.index + 40).replaceAll('\n', ' ')}"`)
  if (text.length < 80) faults.push(`next to nothing: "${text.replaceAll('\n', ' ')}"`)
  if (wide > 0) faults.push(`wider than the window by ${wide} px`)
  if (headings !== 1) faults.push(`${headings} headings of the first order`)
  if (locale === 'en') {
    const line = foreign.find((line) => latvian.test(line))
    if (line) faults.push(`Latvian: "${line.trim().slice(0, 80)}"`)
  }
  return faults
}
