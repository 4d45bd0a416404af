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

const nothing = (): Told => ({ times: [], dueAt: [], tries: {}, refused: {}, acknowledged: [] })
const count = (counts: Record<string, number>, name: string | number) => {
  counts[name] = (counts[name] ?? 0) + 1
}

/** Every child once, evenly over the time, each at its moment whether the server keeps up or not. */
async function startAll(seconds: number): Promise<Told> {
  const told = nothing()
  await atRate(all.length, all.length / seconds, async (nth, due) => {
    await start(all[nth]!, told)
    told.times.push(performance.now() - due.at)
    told.dueAt.push(due.second)
  })
  return told
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
  const entered = all.filter(({ participant }) => cookies.has(participant))
  await atRate(perSecond * seconds, perSecond, async (nth, due) => {
    const child = entered[nth % entered.length]!
    const position = 1 + (Math.floor(nth / entered.length) % answers.length)
    const name = `${child.participant} ${position}`
    const revision = (revisions.get(name) ?? 0) + 1
    revisions.set(name, revision)
    const which = revision % 2
    const sent = {
      method: 'PUT',
      path: `/api/v1/sittings/current/answers/${position}`,
      type: 'application/json',
      body: JSON.stringify({
        participant: child.participant,
        revision,
        answers: answers[position - 1]![which],
      }),
    }
    if (Math.random() < drops) {
      // The connection breaks before anything is heard; the same answer comes again.
      once(child, { ...sent, breaksAfter: Math.random() * 20 }).catch(() => {})
      await sleep(500 + Math.random() * 1500)
      count(told.tries, 'dropped')
    }
    const { status } = await insist(child, told, sent)
    if (status === 200) told.acknowledged.push([child.participant, position, revision, which])
    else count(told.refused, status)
    told.times.push(performance.now() - due.at)
    told.dueAt.push(due.second)
  })
  return told
}

/** Calls for each at its moment; all are awaited at the end. */
async function atRate(
  many: number,
  perSecond: number,
  work: (nth: number, due: { at: number; second: number }) => Promise<void>,
) {
  const started = performance.now()
  const under: Promise<void>[] = []
  for (let nth = 0; nth < many; nth += 1) {
    const at = started + (nth * 1000) / perSecond
    const wait = at - performance.now()
    if (wait > 1) await sleep(wait)
    under.push(work(nth, { at, second: Math.floor((at - started) / 1000) }))
  }
  await Promise.all(under)
}

interface Sent {
  method: string
  path: string
  body?: string
  type?: string
  /** ms after which the connection is broken */
  breaksAfter?: number
}

/** Asks again until the server says yes or no, as the script of the page does. */
async function insist(child: Child, told: Told, sent: Sent) {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await once(child, sent)
      if (answer.status < 500 && answer.status !== 429) return answer
      count(told.tries, answer.status)
    } catch {
      count(told.tries, 'no answer')
    }
    await sleep(Math.min(5_000, 250 * 2 ** tries) * (0.75 + Math.random() / 2))
  }
}

function once(child: Child, { method, path, body, type, breaksAfter }: Sent) {
  const cookie = cookies.get(child.participant)
  return new Promise<{ status: number; cookie: string | undefined }>((resolve, reject) => {
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
        timeout: 15_000,
      },
      (answer) => {
        const set = answer.headers['set-cookie']?.[0]?.split(';')[0]
        answer.resume()
        answer.on('end', () => resolve({ status: answer.statusCode!, cookie: set }))
        answer.on('error', reject)
      },
    )
    asked.on('error', reject)
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
    if (breaksAfter !== undefined) setTimeout(() => asked.destroy(new Error('dropped')), breaksAfter)
    asked.end(body)
  })
}
