import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Child, TwoAnswers } from './test-day-plant.ts'

/** Children on their devices, in a process of its own. Told what to do by messages, answers each with what came of it. */
export type Order =
  | { what: 'meet'; address: string; children: Child[]; answers: TwoAnswers[] }
  | { what: 'start'; seconds: number }
  | { what: 'answer'; perSecond: number; seconds: number; drops: number }

export interface Told {
  /** ms from due to done, in the order they were done */
  times: number[]
  /** seconds since the beginning in which each was due, beside `times` */
  dueAt: number[]
  /** how often a request came to nothing: no answer, or one that asks to come again */
  tries: Record<string, number>
  /** what was refused for good, by status; nothing must be */
  refused: Record<string, number>
  /** answers a newer one of the same child to the same item took the place of before they could be saved */
  replaced: number
  /** ms from the last that was due until nothing waited on any device */
  after: number
  /** acknowledged answers: participant, position, revision, which of the two */
  acknowledged: [participant: string, position: number, revision: number, nth: number][]
}

const agent = new Agent({ keepAlive: true, maxSockets: 1500 })
let base = ''
let all: Child[] = []
let answers: TwoAnswers[] = []
const cookies = new Map<string, string>()
const revisions = new Map<string, number>()

process.on('message', async (order: Order) => {
  if (order.what === 'meet') {
    ;({ address: base, children: all, answers } = order)
    process.send!(nothing())
  } else process.send!(await (order.what === 'start' ? startAll(order.seconds) : answerAll(order)))
})

const nothing = (): Told => ({
  times: [],
  dueAt: [],
  tries: {},
  refused: {},
  replaced: 0,
  after: 0,
  acknowledged: [],
})
const count = (counts: Record<string, number>, name: string | number) => {
  counts[name] = (counts[name] ?? 0) + 1
}

/** When something is due: by the clock of the process, and in which second of the run. */
interface Due {
  at: number
  second: number
}

/** Every child once, evenly over the time, each at its moment whether the server keeps up or not. */
async function startAll(seconds: number): Promise<Told> {
  const told = nothing()
  const starts: Promise<void>[] = []
  await atRate(all.length, all.length / seconds, (nth, due) => {
    starts.push(
      start(all[nth]!, told).then(() => {
        told.times.push(performance.now() - due.at)
        told.dueAt.push(due.second)
      }),
    )
  })
  const ended = performance.now()
  await Promise.all(starts)
  return { ...told, after: performance.now() - ended }
}

/** What a browser asks for: the code, the first item, and all others. */
async function start(child: Child, told: Told) {
  const entered = await insist(child, told, {
    method: 'POST',
    path: '/lv/darbs',
    body: `code=${child.code}`,
    type: 'application/x-www-form-urlencoded',
  })
  const cookie = entered.cookie
  if (entered.status !== 303 || !cookie) return count(told.refused, `enter ${entered.status}`)
  cookies.set(child.participant, cookie)
  for (const [path, status] of [
    ['/lv/darbs/1', 200],
    ['/lv/darbs/visi', 200],
  ] as const) {
    const page = await insist(child, told, { method: 'GET', path })
    if (page.status !== status) count(told.refused, `${path} ${page.status}`)
  }
}

/** Children answer in turn, place after place. */
async function answerAll({ perSecond, seconds, drops }: Order & { what: 'answer' }): Promise<Told> {
  const told = nothing()
  const devices = all
    .filter(({ participant }) => cookies.has(participant))
    .map((child) => new Device(child, told))
  await atRate(perSecond * seconds, perSecond, (nth, due) => {
    const position = 1 + (Math.floor(nth / devices.length) % answers.length)
    devices[nth % devices.length]!.answer(position, due, Math.random() < drops)
  })
  const ended = performance.now()
  while (devices.some(({ isIdle }) => !isIdle)) await sleep(20)
  return { ...told, after: performance.now() - ended }
}

interface Kept {
  revision: number
  due: Due
  /** its connection breaks before anything is heard */
  breaks: boolean
}

/** The script of a child's page: it keeps what is not acknowledged, by item, and sends one after the other. */
class Device {
  readonly #child: Child
  readonly #told: Told
  readonly #kept = new Map<number, Kept>()
  #isSending = false

  constructor(child: Child, told: Told) {
    this.#child = child
    this.#told = told
  }

  get isIdle() {
    return !this.#isSending
  }

  answer(position: number, due: Due, breaks: boolean) {
    const name = `${this.#child.participant} ${position}`
    const revision = (revisions.get(name) ?? 0) + 1
    revisions.set(name, revision)
    if (this.#kept.has(position)) this.#told.replaced += 1
    this.#kept.set(position, { revision, due, breaks })
    if (!this.#isSending) void this.#send()
  }

  async #send() {
    this.#isSending = true
    for (;;) {
      const [next] = this.#kept
      if (!next) break
      await this.#sendOne(...next)
    }
    this.#isSending = false
  }

  async #sendOne(position: number, { revision, due, breaks }: Kept) {
    const [told, { participant }] = [this.#told, this.#child]
    const which = revision % 2
    const sent = {
      method: 'PUT',
      path: `/api/v1/sittings/current/answers/${position}`,
      type: 'application/json',
      body: JSON.stringify({ participant, revision, answers: answers[position - 1]![which] }),
    }
    if (breaks) {
      once(this.#child, { ...sent, breaksAfter: Math.random() * 20 }).catch(() => {})
      await sleep(500 + Math.random() * 1500)
      count(told.tries, 'dropped')
    }
    const isNewest = () => this.#kept.get(position)?.revision === revision
    const answer = await insist(this.#child, told, sent, isNewest)
    if (answer === null) return // what took its place is sent next
    if (isNewest()) this.#kept.delete(position)
    if (answer.status === 200) told.acknowledged.push([participant, position, revision, which])
    else count(told.refused, answer.status)
    told.times.push(performance.now() - due.at)
    told.dueAt.push(due.second)
  }
}

/** Calls for each at its moment, whether those before are done or not. */
async function atRate(many: number, perSecond: number, work: (nth: number, due: Due) => void) {
  const started = performance.now()
  for (let nth = 0; nth < many; nth += 1) {
    const at = started + (nth * 1000) / perSecond
    const wait = at - performance.now()
    if (wait > 1) await sleep(wait)
    work(nth, { at, second: Math.floor((at - started) / 1000) })
  }
}

interface Sent {
  method: string
  path: string
  body?: string
  type?: string
  /** ms after which the connection is broken */
  breaksAfter?: number
}

// As in public/islands/sitting.js.
const FIRST_TRY = 1_000
const LONGEST_WAIT = 20_000
const SENDS_WITHIN = 15_000
const PAGE_WITHIN = 120_000 // a browser that opens a page waits much longer

/** Asks again until the server says yes or no, as the script of the page does; null when it became needless meanwhile. */
async function insist(child: Child, told: Told, sent: Sent): Promise<Answered>
async function insist(child: Child, told: Told, sent: Sent, isNeeded: () => boolean): Promise<Answered | null>
async function insist(child: Child, told: Told, sent: Sent, isNeeded = () => true) {
  for (let tries = 0; ; tries += 1) {
    let after = 0
    try {
      const answer = await once(child, sent)
      if (answer.status < 500 && answer.status !== 429) return answer
      count(told.tries, answer.status)
      after = answer.after
    } catch {
      count(told.tries, 'no answer')
    }
    await sleep(Math.max(after, Math.min(LONGEST_WAIT, FIRST_TRY * 2 ** tries)) * (0.75 + Math.random() / 2))
    if (!isNeeded()) return null
  }
}

interface Answered {
  status: number
  cookie: string | undefined
  /** ms to wait (Retry-After) */
  after: number
}

function once(child: Child, { method, path, body, type, breaksAfter }: Sent) {
  const cookie = cookies.get(child.participant)
  return new Promise<Answered>((resolve, reject) => {
    const asked = request(
      base + path,
      {
        method,
        agent,
        headers: {
          'x-forwarded-for': child.address,
          ...(cookie && { cookie }),
          ...(type && { 'content-type': type }),
          ...(body && { 'content-length': Buffer.byteLength(body) }),
        },
        timeout: method === 'PUT' ? SENDS_WITHIN : PAGE_WITHIN,
      },
      (answer) => {
        const set = answer.headers['set-cookie']?.[0]?.split(';')[0]
        const after = Number(answer.headers['retry-after'] ?? 0) * 1000
        answer.resume()
        answer.on('end', () => resolve({ status: answer.statusCode!, cookie: set, after }))
        answer.on('error', reject)
      },
    )
    asked.on('error', reject)
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
    if (breaksAfter !== undefined) setTimeout(() => asked.destroy(new Error('dropped')), breaksAfter)
    asked.end(body)
  })
}
