import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressFrom } from './address.ts'
import { isForeign } from './edge.ts'
import { privately } from './etag.ts'
import { type Limit, limits, type RateLimiter } from './limits.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { Problem } from './problem.ts'
import { refusals } from './refuse.ts'
import { headersOf } from './security.ts'
import { saysTls } from './tls.ts'

/** A route that is asked by the thousand a second. */
export interface ShortRoute {
  method: 'GET' | 'PUT'
  /** the whole address, as it stands in the request */
  path: RegExp
  /** as metrics name it: the pattern of the same route on the long way */
  route: string
  /** How an ordinary request is answered; null where it is not one: then it goes the long way. Nothing happens yet. */
  ask(sent: ShortSent): (() => Promise<object>) | null
}

export interface ShortSent {
  /** what the groups of `path` found */
  found: readonly string[]
  /** value of a cookie; null where there is none, or where it is not quite plain which */
  cookie: (name: string) => string | null
  isTls: boolean
  /** parsed JSON of a PUT, not looked at yet */
  body: unknown
}

export interface ShortWayParts {
  routes: readonly ShortRoute[]
  log: Log
  metrics: Metrics
  limiter: RateLimiter
  sessionCookie: string
  behindProxy: boolean
  writesAt: (path: string) => { name: string; limit: Limit } | null
  /** origins that forms of ours lead on to */
  formTargets: () => readonly string[]
  /** answers whatever is not ordinary; `body`: what was read of it already */
  long: (incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer) => void
}

const MOST_SENT = 8_000 // bytes; what is longer goes the long way
const MOST_AT_ONCE = 4_000 // under way in a process: 32 MB of bodies at the worst
const plainJson = /^application\/json(; ?charset=utf-8)?$/i

/**
 * A way past the layers that pages need, for the few routes that a whole country asks at once: no Request and Response, no routing, no
 * session. It takes nothing but ordinary requests and has no rule of its own: limits, headers, refusals, metrics and log lines are those
 * of the edge, and whatever is unusual goes the long way, which decides.
 *
 * @returns  whether the request is taken; where not, nobody has touched it
 */
export function shortWay({
  routes,
  log,
  metrics,
  limiter,
  sessionCookie,
  behindProxy,
  writesAt,
  formTargets,
  long,
}: ShortWayParts): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const refuse = refusals(log)
  const counters = new Map<string, { observe: (seconds: number) => void }>()
  let underWay = 0

  function routeOf({ method, url = '' }: IncomingMessage) {
    for (const route of routes) {
      const found = route.method === method ? route.path.exec(url) : null
      if (found) return { route, found: found.slice(1) }
    }
    return null
  }

  function isOrdinary({ method, headers }: IncomingMessage): boolean {
    if (headers['transfer-encoding'] || headers.expect || headers.cookie?.includes(sessionCookie))
      return false
    const length = headers['content-length']
    if (method === 'GET') return length === undefined
    return (
      plainJson.test(headers['content-type'] ?? '') &&
      Number(length) <= MOST_SENT &&
      !isForeign(headers.origin, headers.host)
    )
  }

  /** Answers where it is ordinary to the last; false: it is not, and nothing has happened. */
  function take(incoming: IncomingMessage, outgoing: ServerResponse, way: Way, body: unknown): boolean {
    const { headers, socket, url = '' } = incoming
    const isTls = saysTls(joined(headers['x-forwarded-proto']))
    const cookie = (name: string) => cookieOf(headers.cookie, name)
    const ask = way.route.ask({ found: way.found, cookie, isTls, body })
    if (!ask) return false
    const requestId = randomUUID()

    function respond(status: number, own: Record<string, string>, told: string) {
      underWay -= 1
      const seconds = (performance.now() - way.started) / 1000
      counterOf(way.route, status).observe(seconds)
      const path = status < 300 ? url : way.route.route
      log.info(
        { requestId, method: way.route.method, path, status, ms: Math.round(seconds * 1000) },
        'request',
      )
      if (outgoing.destroyed) return // nobody listens any more; what was asked is done all the same
      outgoing.writeHead(status, {
        'cache-control': privately,
        ...own,
        ...headersOf({ isPublic: true, isTls, formTargets: formTargets() }),
        'x-request-id': requestId,
        'content-length': Buffer.byteLength(told),
      })
      outgoing.end(told)
    }
    function refused(error: unknown) {
      const { accept, 'accept-language': acceptLanguage } = headers
      const answer = refuse(error, { path: url, accept, acceptLanguage, requestId })
      respond(answer.status, answer.headers, answer.body)
    }

    underWay += 1
    try {
      const forwarded = behindProxy ? joined(headers['x-forwarded-for']) : undefined
      const address = addressFrom(forwarded, socket.remoteAddress)
      if (underWay > MOST_AT_ONCE) throw new Problem('busy', { retryAfter: 3 })
      limiter.take(`address ${address}`, limits.address, way.started)
      const write = way.route.method === 'PUT' ? writesAt(url) : null
      if (write) limiter.take(`${write.name} ${address}`, write.limit, way.started)
      ask().then((told) => respond(200, asJson, JSON.stringify(told)), refused)
    } catch (error) {
      refused(error)
    }
    return true
  }

  function counterOf(route: ShortRoute, status: number) {
    const name = `${route.route} ${status}`
    const known = counters.get(name)
    if (known) return known
    const counter = metrics.requests.labels({ method: route.method, route: route.route, status })
    counters.set(name, counter)
    return counter
  }

  return (incoming, outgoing) => {
    const matched = routeOf(incoming)
    if (!matched || !isOrdinary(incoming)) return false
    const way = { ...matched, started: performance.now() }
    if (incoming.method === 'GET') return take(incoming, outgoing, way, null)
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => pieces.push(piece))
    incoming.on('end', () => {
      const sent = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
      const body = parsed(sent)
      if (body === undefined || !take(incoming, outgoing, way, body)) long(incoming, outgoing, sent)
    })
    return true
  }
}

interface Way {
  route: ShortRoute
  found: readonly string[]
  started: number
}

const asJson = { 'content-type': 'application/json' }
const joined = (header: string | string[] | undefined) => (Array.isArray(header) ? header.join(', ') : header)

function parsed(sent: Buffer): unknown {
  try {
    return JSON.parse(sent.toString())
  } catch {
    return undefined
  }
}

/** Of a cookie whose value needs no decoding; null where there is none or more than one of the name. */
function cookieOf(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((each) => {
    const piece = each.trim()
    return piece.startsWith(`${name}=`) ? [piece.slice(name.length + 1)] : []
  })
  return values.length === 1 && /^[\w-]+$/.test(values[0]!) ? values[0]! : null
}
