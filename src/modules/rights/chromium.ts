import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

/** No browser is configured, or it did not make the page. */
export class NoPdf extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'NoPdf'
  }
}

const PATIENCE = 30_000 // ms one document may take
const MOST_WAITING = 5 // beyond them a request is told to come again

/** Chromium needs no network for this, and as root it has no sandbox. */
const switches = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--proxy-server=127.0.0.1:9', // whatever a document names, nothing is fetched
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** A browser that has nothing to print is let go after a while, and one that has printed many documents is replaced. */
const IDLE = 15_000 // ms
const MOST_DOCUMENTS = 100

let last: Promise<unknown> = Promise.resolve()
let waiting = 0
let open: Browser | null = null

/**
 * A document as a tagged PDF, made by Chromium as it would print it. One at a time a process, by a browser that stays for the next
 * one for a while, in one page of it: a new one for each document took four times as long. Nothing in a document runs or is fetched, and
 * an empty one is put in its place as soon as it is printed, so that none meets another. The document travels through pipes: nothing
 * of it lies on the disk.
 *
 * @param chromium  path of the browser
 * @param html      whole and by itself: nothing is fetched
 * @throws          NoPdf when the browser is not there, does not answer in half a minute, or too many wait already
 */
export async function pdfOf(chromium: string, html: string): Promise<Buffer> {
  if (waiting >= MOST_WAITING) throw new NoPdf('too many wait')
  waiting += 1
  const made = last.then(() => print(chromium, html))
  last = made.catch(() => {})
  return made.finally(() => {
    waiting -= 1
  })
}

interface Browser {
  path: string
  ask: Command
  page: Page | null
  /** refuses once the browser has ended */
  gone: Promise<never>
  documents: number
  idle: NodeJS.Timeout | undefined
  close: () => Promise<void>
}

async function print(chromium: string, html: string): Promise<Buffer> {
  const reused = open?.path === chromium && open.documents < MOST_DOCUMENTS ? open : null
  if (!reused) await open?.close()
  const browser = reused ?? (await start(chromium))
  open = browser
  clearTimeout(browser.idle)
  browser.documents += 1
  let timer: NodeJS.Timeout | undefined
  let isLate = false
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => {
      isLate = true
      refuse(new NoPdf('the browser is too slow'))
    }, PATIENCE)
  })
  try {
    const pdf = await Promise.race([printed(browser, html), browser.gone, late])
    browser.idle = setTimeout(() => void browser.close(), IDLE).unref()
    return pdf
  } catch (error) {
    await browser.close()
    // One that stayed from before may have ended meanwhile.
    if (reused && !isLate) return print(chromium, html)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Starts a browser that does not keep this process alive, and ends with it. */
async function start(chromium: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'ikms-pdf-'))
  const child = spawn(chromium, [...switches, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const gone = new Promise<never>((_, refuse) => {
    child.once('error', () => refuse(new NoPdf('the browser does not start')))
    child.once('exit', () => refuse(new NoPdf('the browser ended')))
  })
  gone.catch(() => {})
  const [, , , into, from] = child.stdio as unknown as [null, null, null, Socket, Socket]
  const atExit = () => {
    child.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  process.once('exit', atExit)
  child.once('exit', () => void close()) // whoever comes next gets another one
  const close = async () => {
    clearTimeout(browser.idle)
    if (open === browser) open = null
    child.kill('SIGKILL')
    await Promise.race([ended, pause(PATIENCE, undefined, { ref: false })])
    process.off('exit', atExit)
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  const browser: Browser = {
    path: chromium,
    ask: commands(into, from),
    page: null,
    gone,
    documents: 0,
    idle: undefined,
    close,
  }
  for (const each of [child, into, from]) each.unref()
  return browser
}

type Command = (method: string, params?: object, session?: string) => Promise<Record<string, unknown>>

/** Where documents are put, one after the other. */
interface Page {
  session: string
  frameId: string
}

async function openPage(ask: Command): Promise<Page> {
  const { browserContextId } = await ask('Target.createBrowserContext')
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank', browserContextId })
  const session = String((await ask('Target.attachToTarget', { targetId, flatten: true })).sessionId)
  await ask('Emulation.setScriptExecutionDisabled', { value: true }, session)
  const { frameTree } = (await ask('Page.getFrameTree', {}, session)) as {
    frameTree: { frame: { id: string } }
  }
  return { session, frameId: frameTree.frame.id }
}

async function printed(browser: Browser, html: string): Promise<Buffer> {
  const { ask } = browser
  browser.page ??= await openPage(ask)
  const { session, frameId } = browser.page
  const put = (document: string) => ask('Page.setDocumentContent', { frameId, html: document }, session)
  await put(html)
  const { data } = await ask(
    'Page.printToPDF',
    {
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      preferCSSPageSize: true,
      printBackground: true,
    },
    session,
  )
  await put('')
  return Buffer.from(String(data), 'base64')
}

/** The browser's own protocol: JSON messages, each ended by a zero byte. */
function commands(into: Writable, from: Readable): Command {
  const open = new Map<
    number,
    { give: (result: Record<string, unknown>) => void; refuse: (error: Error) => void }
  >()
  let made = 0
  let rest = ''
  into.on('error', () => {}) // the end of the browser is heard elsewhere
  from.on('error', () => {})
  from.setEncoding('utf8')
  from.on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0')
    rest = messages.pop()!
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as {
        id?: number
        result?: Record<string, unknown>
        error?: object
      }
      const asked = id === undefined ? undefined : open.get(id)
      if (error) asked?.refuse(new NoPdf('the browser refused'))
      else asked?.give(result ?? {})
    }
  })
  return (method, params = {}, sessionId) => {
    made += 1
    const id = made
    return new Promise((give, refuse) => {
      open.set(id, { give, refuse })
      into.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }
}
