import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { routePath } from 'hono/route'
import { asActor } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { addressOf, isLocal } from './address.ts'
import { type Limit, limits, RateLimiter } from './limits.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { Problem } from './problem.ts'
import { localeOf, problemAnswers } from './refuse.ts'
import type { Caller, Env, PinnedData } from './route.ts'
import { isTls } from './tls.ts'

export interface EdgeParts {
  db: Database
  log: Log
  metrics: Metrics
  sessionCookie: string
  callerOf: (db: Database, token: string | undefined, requestId: string) => Promise<Caller>
  pinned: () => PinnedData
  /** buckets of this process, shared with ways past the edge */
  limiter?: RateLimiter
  /** a proxy of the operator stands in front and says who asks (X-Forwarded-For) */
  behindProxy: boolean
  /** how often somebody who is not signed in may write at an address of ours, where that is not as seldom as signing in */
  writesAt?: (path: string) => { name: string; limit: Limit } | null
  /** addresses that pages of others post to by agreement; nothing there stands on a cookie of ours */
  postedFromElsewhere?: (path: string) => boolean
}

const nulInAddress = {
  field: 'address',
  fault: { lv: 'Adresē ir nulles zīme.', en: 'There is a NUL in the address.' },
}
const LONGEST_ADDRESS = 4000 // characters
const MOST_AT_ONCE = 200 // requests under way in a process; more would only wait, and take memory meanwhile

/**
 * The outer edge: once per request from the network it gives an id, finds out who asks, pins the data, limits, measures
 * and logs. A call of the portal to the API in process brings all of this along and passes straight through.
 */
export function edge({
  db,
  log,
  metrics,
  sessionCookie,
  callerOf,
  pinned,
  limiter = new RateLimiter(),
  behindProxy,
  writesAt = () => null,
  postedFromElsewhere = () => false,
}: EdgeParts): MiddlewareHandler<Env> {
  const refuse = problemAnswers(log)
  let underWay = 0

  /** Lets a request in as somebody, or refuses it. */
  async function admit(c: Context<Env>, now: number): Promise<void> {
    const { method } = c.req
    const isWrite = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
    const address = addressOf(c, behindProxy)
    limiter.take(`address ${address}`, limits.address, now)
    if (c.req.url.length > LONGEST_ADDRESS) throw new Problem('address_too_long')
    // PostgreSQL has no text with a NUL in it, and no honest address holds one.
    if (c.req.url.includes('%00')) throw new Problem('invalid_request', { errors: [nulInAddress] })
    const isOdd = isWrite && isForeign(c.req.header('origin'), c.req.header('host'))
    if (isOdd && !postedFromElsewhere(c.req.path)) throw new Problem('wrong_csrf')
    const caller = await callerOf(
      db,
      getCookie(c, sessionCookie, isTls(c) ? 'host' : undefined),
      c.var.requestId,
    )
    const session = caller.sessionHash?.toString('base64')
    if (session) limiter.take(`session ${session}`, limits.session, now)
    else if (isWrite) {
      const { name, limit } = writesAt(c.req.path) ?? { name: 'sign-in', limit: limits.signIn }
      limiter.take(`${name} ${address}`, limit, now)
    }
    c.set('caller', caller)
  }

  return async (c, next) => {
    c.set('locale', localeOf(c.req.path, c.req.header('accept-language')))
    c.set('asActor', (work) => asActor(db, c.var.caller.actor, work))
    if (c.env?.caller && c.env.data && c.env.requestId) {
      c.set('requestId', c.env.requestId)
      c.set('caller', c.env.caller)
      c.set('data', c.env.data)
      c.set('isLocal', c.env.isLocal ?? false)
      return next()
    }
    const started = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('data', pinned())
    c.set('isLocal', isLocal(c, behindProxy))
    c.set('caller', await callerOf(db, undefined, requestId))
    underWay += 1
    try {
      if (underWay > MOST_AT_ONCE) throw new Problem('busy', { retryAfter: 1 })
      await admit(c, started)
      await next()
    } catch (error) {
      c.res = await refuse(error as Error, c)
    } finally {
      underWay -= 1
    }
    c.res.headers.set('x-request-id', requestId)
    const seconds = (performance.now() - started) / 1000
    const { method, path } = c.req
    const { status } = c.res
    const route = routeOf(c)
    metrics.requests.observe({ method: knownMethods.has(method) ? method : 'other', route, status }, seconds)
    // An address that answers is one of ours and names nobody; one that does not could hold anything.
    const address = status < 300 || status === 304 ? path : route
    log.info({ requestId, method, path: address, status, ms: Math.round(seconds * 1000) }, 'request')
  }
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The kind of address: few of them, none with a name or number in it. */
function routeOf(c: Context<Env>): string {
  if (c.req.path.startsWith('/assets/')) return 'asset'
  const pattern = routePath(c)
  return pattern === '*' || pattern === '/*' ? 'page' : pattern
}

/** A write that another site's page started: browsers say where it comes from. */
export function isForeign(origin: string | undefined, host: string | undefined): boolean {
  if (!origin) return false
  try {
    return new URL(origin).host !== host
  } catch {
    return true
  }
}
