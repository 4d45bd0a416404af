import type { DemoPerson } from '#modules/access/model.ts'
import type { DatedRule } from '#modules/disclosure/model.ts'
import { philox } from '#stats/numeric/random.ts'
import type { Promised } from './promises.ts'
import type { System } from './system.ts'

const YEARS = [1995, 1997] // of the made-up file
const PATIENCE = 30_000 // ms

/** What became of the requests of one kind. */
export interface Told {
  /** ms of those that were answered while nothing was disturbed */
  quiet: number[]
  statuses: Record<string, number>
}

interface Person {
  tier: string
  cookie: string
  csrf: string
  institution: string | null
}

/**
 * A steady mix of what people and programs ask, at a stated rate, whether answers come or not. What the system
 * acknowledges is noted; an error while nothing is disturbed is a fault.
 */
export class Load {
  readonly told = new Map<string, Told>()
  readonly faults: string[] = []
  isEnding = false
  readonly #system: System
  readonly #promised: Promised
  readonly #random = philox(7)
  /** what a trial changes: the rule in force for results */
  rule: object = {}
  #demo: DemoPerson[] = []
  #people: Person[] = []
  #pages: string[] = []
  #profiles: string[] = []

  constructor(system: System, promised: Promised) {
    this.#system = system
    this.#promised = promised
  }

  async prepare(): Promise<void> {
    const read = async <T>(path: string) =>
      (await (await fetch(`${this.#system.address}/api/v1${path}`)).json()) as T
    this.#demo = (await read<{ items: DemoPerson[] }>('/demo-people')).items
    const { items: rules } = await read<{ items: DatedRule[] }>('/disclosure/rules')
    const { reason: _, from: _from, until: _until, ...rule } = rules[0]!
    this.rule = rule
    for (const { tier } of this.#demo) {
      for (let times = 0; times < 2; times += 1) await this.#signIn(tier, true)
    }
    const territories = (await read<{ items: { id: string; kind: string }[] }>('/territories')).items
    const schools = (await read<{ items: { id: string }[] }>('/institutions?limit=1000')).items
    const municipalities = territories.filter(({ kind }) => kind === 'municipality')
    for (const year of YEARS) {
      for (const { id } of schools) {
        this.#pages.push(`/lv/skolas/${id}/${year}`, `/en/schools/${id}/${year}`)
        this.#profiles.push(`/api/v1/profiles/${id}?year=${year}`)
      }
      for (const { id } of municipalities) {
        this.#pages.push(`/lv/pasvaldibas/${id}/${year}`, `/en/municipalities/${id}/${year}`)
        this.#profiles.push(`/api/v1/profiles/${id}?year=${year}`)
      }
    }
    this.#pages.push(
      '/lv',
      '/en',
      '/lv/raditaji',
      '/lv/laidieni',
      '/en/help',
      '/lv/skolas',
      '/lv/pasvaldibas',
    )
  }

  /** Until `isEnding`; then waits for the last answers. */
  async send(rate: number): Promise<void> {
    const started = performance.now()
    const open = new Set<Promise<void>>()
    for (let at = 0; !this.isEnding; at += 1) {
      const wait = started + (at * 1000) / rate - performance.now()
      if (wait > 1) await new Promise((done) => setTimeout(done, wait))
      const one: Promise<void> = this.#one().finally(() => open.delete(one))
      open.add(one)
    }
    await Promise.all(open)
  }

  async #one(): Promise<void> {
    const dice = this.#random.integer(100)
    if (dice < 45) await this.#get('public page', this.#any(this.#pages))
    else if (dice < 62) await this.#get('public API', this.#any(this.#profiles))
    else if (dice < 64) await this.#get('search', '/api/v1/search?q=skola%201')
    else if (dice < 66)
      await this.#get('cells as CSV', '/api/v1/cells.csv?indicator=ACH-05&year=1997&level=municipality')
    else if (dice < 68) await this.#get('health', '/health/ready')
    else if (dice < 69) await this.#get('metrics', '/metrics')
    else if (dice < 80) await this.#get('signed-in API', this.#any(this.#profiles), this.#as('analyst'))
    else if (dice < 87) await this.#get('signed-in page', this.#any(this.#pages), this.#as('municipality'))
    else if (dice < 90) await this.#get('steward page', '/lv/fona-darbi', this.#as('steward'))
    else if (dice < 92) await this.#get('audit page', '/lv/parskatamiba', this.#as('protection_officer'))
    else if (dice < 97) await this.#look()
    else if (dice < 98) await this.#signIn(this.#any(this.#demo).tier, false)
    else if (dice < 99) await this.#signOut()
    else await this.#get('nothing there', '/lv/nekas', undefined, [404])
  }

  /** A head reads her learners by name: the look is written down before she sees them. */
  async #look(): Promise<void> {
    const head = this.#as('school')
    const path = `/api/v1/institutions/${head.institution}/learners?year=1997`
    const answer = await this.#get('named learners', path, head)
    if (answer?.status === 200) this.#promised.looks.push(answer.headers.get('x-request-id')!)
  }

  async #signIn(tier: string, isKept: boolean): Promise<void> {
    const person = this.#demo.find((each) => each.tier === tier)!.id
    const answer = await this.#send('sign-in', '/api/v1/session', [201], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    })
    if (answer?.status !== 201) return
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    this.#promised.sessions.add(cookie)
    if (!isKept) return
    const me = JSON.parse(answer.text) as { csrf: string; mandate: { institutionId: string | null } }
    this.#people.push({ tier, cookie, csrf: me.csrf, institution: me.mandate.institutionId })
  }

  async #signOut(): Promise<void> {
    const kept = new Set(this.#people.map(({ cookie }) => cookie))
    const { sessions, endedSessions } = this.#promised
    const cookie = [...sessions].find((each) => !kept.has(each) && !endedSessions.has(each))
    if (!cookie) return
    sessions.delete(cookie) // whether it ended is known only once we are told so
    const me = await this.#send('who am I', '/api/v1/me', [200], { headers: { cookie } })
    if (me?.status !== 200) return
    const { csrf } = JSON.parse(me.text) as { csrf: string | null }
    const answer = await this.#send('sign-out', '/api/v1/session', [204], {
      method: 'DELETE',
      headers: { cookie, 'x-csrf': csrf ?? '' },
    })
    if (answer?.status === 204) endedSessions.add(cookie)
  }

  /** A write of somebody who is signed in; the answer's body, or undefined when it was not acknowledged. */
  async write(kind: string, tier: string, path: string, body: object): Promise<unknown> {
    const { cookie, csrf } = this.#as(tier)
    const answer = await this.#send(kind, `/api/v1${path}`, [200, 201, 202], {
      method: 'POST',
      headers: { cookie, 'x-csrf': csrf, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer && answer.status < 300 ? JSON.parse(answer.text) : undefined
  }

  #get(kind: string, path: string, as?: Person, right = [200]) {
    return this.#send(kind, path, right, as ? { headers: { cookie: as.cookie } } : {})
  }

  async #send(kind: string, path: string, right: number[], init: RequestInit) {
    const told = this.told.get(kind) ?? { quiet: [], statuses: {} }
    this.told.set(kind, told)
    const wasDisturbed = this.#system.isDisturbed
    const started = performance.now()
    let answer: { status: number; headers: Headers; text: string } | undefined
    try {
      const got = await fetch(`${this.#system.address}${path}`, {
        ...init,
        signal: AbortSignal.timeout(PATIENCE),
      })
      answer = { status: got.status, headers: got.headers, text: await got.text() }
    } catch {
      // no answer: counted below
    }
    const isQuiet = !wasDisturbed && !this.#system.isDisturbed
    const status = answer?.status ?? 'none'
    const counted = isQuiet ? `${status}` : `${status} while disturbed`
    told.statuses[counted] = (told.statuses[counted] ?? 0) + 1
    if (isQuiet) told.quiet.push(performance.now() - started)
    if (!right.includes(answer?.status ?? 0) && (isQuiet || (answer && answer.status < 500))) {
      const number = answer?.headers.get('x-request-id') ?? ''
      this.faults.push(`${new Date().toISOString()} ${kind} ${path}: ${status} ${number}`)
    }
    return answer
  }

  #as(tier: string): Person {
    return this.#any(this.#people.filter((each) => each.tier === tier))
  }

  #any<T>(of: readonly T[]): T {
    return of[this.#random.integer(of.length)]!
  }
}
