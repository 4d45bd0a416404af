import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

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

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * A document as a tagged PDF, made by Chromium as it would print it. One at a time a process. The document travels through
 * pipes: nothing of it lies on the disk.
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

async function print(chromium: string, html: string): Promise<Buffer> {
  const profile = await mkdtemp(join(tmpdir(), 'ikms-pdf-'))
  const child = spawn(chromium, [...switches, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<never>((_, refuse) => {
    child.once('error', () => refuse(new NoPdf('the browser does not start')))
    child.once('exit', () => refuse(new NoPdf('the browser ended')))
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new NoPdf('the browser is too slow')), PATIENCE)
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  try {
    const [, , , into, from] = child.stdio as unknown as [null, null, null, Writable, Readable]
    return await Promise.race([printed(commands(into, from), html), gone, late])
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
    gone.catch(() => {})
    await Promise.race([ended, late.catch(() => {})])
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

type Command = (method: string, params?: object, session?: string) => Promise<Record<string, unknown>>

async function printed(ask: Command, html: string): Promise<Buffer> {
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const { frameTree } = (await ask('Page.getFrameTree', {}, session)) as {
    frameTree: { frame: { id: string } }
  }
  await ask('Page.setDocumentContent', { frameId: frameTree.frame.id, html }, session)
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
