import { randomUUID } from 'node:crypto'
import type { ErrorHandler, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { asActor } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Locale } from '#terms/locale.ts'
import { limits, RateLimiter } from './limits.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { Problem, problems } from './problem.ts'
import type { Caller, Env, PinnedData } from './route.ts'

export interface EdgeParts {
  db: Database
  log: Log
  metrics: Metrics
  sessionCookie: string
  callerOf: (db: Database, token: string | undefined, requestId: string) => Promise<Caller>
  pinned: () => PinnedData
}

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
}: EdgeParts): MiddlewareHandler<Env> {
  const limiter = new RateLimiter()
  return async (c, next) => {
    c.set('locale', localeOf(c.req.header('accept-language')))
    c.set('asActor', (work) => asActor(db, c.var.caller.actor, work))
    if (c.env?.caller && c.env.data && c.env.requestId) {
      c.set('requestId', c.env.requestId)
      c.set('caller', c.env.caller)
      c.set('data', c.env.data)
      return next()
    }
    const started = performance.now()
    const requestId = randomUUID()
    const token = getCookie(c, sessionCookie)
    c.set('requestId', requestId)
    c.set('data', pinned())
    c.set('caller', await callerOf(db, undefined, requestId))
    try {
      const address = addressOf(c.env)
      limiter.take(`address ${address}`, limits.address, started)
      if (token) limiter.take(`session ${token}`, limits.session, started)
      if (c.req.method === 'POST' && c.req.path.endsWith('/session')) {
        limiter.take(`sign-in ${address}`, limits.signIn, started)
      }
      if (isForeignWrite(c.req.method, c.req.header('origin'), c.req.header('host')))
        throw new Problem('wrong_csrf')
      if (token) c.set('caller', await callerOf(db, token, requestId))
      await next()
    } finally {
      c.res?.headers.set('x-request-id', requestId)
      const seconds = (performance.now() - started) / 1000
      const status = String(c.res?.status ?? 500)
      const route = c.req.path.startsWith('/api/')
        ? 'api'
        : c.req.path.startsWith('/assets/')
          ? 'asset'
          : 'page'
      metrics.requests.observe({ method: c.req.method, route, status }, seconds)
      log.info(
        { requestId, method: c.req.method, path: c.req.path, status, ms: Math.round(seconds * 1000) },
        'request',
      )
    }
  }
}

/** Turns whatever was thrown into an answer: a refusal into its problem, everything else into `internal`. */
export function problemAnswers(log: Log): ErrorHandler<Env> {
  return (error, c) => {
    const problem = toProblem(error)
    if (problem.code === 'internal') {
      const { name, code, constraint } = error as Error & { code?: string; constraint?: string }
      // Messages of database errors can quote values, so only names and codes are written.
      log.error({ requestId: c.var.requestId, name, code, constraint, stack: ownFrames(error) }, 'internal')
    }
    const { status } = problems[problem.code]
    const headers: Record<string, string> = {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': c.var.requestId,
    }
    if (problem.retryAfter) headers['retry-after'] = String(problem.retryAfter)
    return c.body(JSON.stringify(problem.body(c.var.locale ?? 'lv', c.var.requestId)), status, headers)
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) {
    if (error.status === 413) return new Problem('too_large')
    if (error.status < 500) return new Problem('invalid_request')
  }
  const code = (error as { code?: string }).code
  // 57014: statement time-out; 53300: no connections left; 08…: the database is away.
  if (
    code === '57014' ||
    code === '53300' ||
    code?.startsWith('08') ||
    code === 'ECONNREFUSED' ||
    code === 'ENOENT'
  ) {
    return new Problem('busy', { retryAfter: 2 })
  }
  return new Problem('internal')
}

/** Where in the code it happened, without the message. */
function ownFrames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim())
}

/** Latvian unless English is asked for first. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = acceptLanguage?.split(',').find((part) => /^\s*(lv|en)\b/i.test(part))
  return first && /^\s*en\b/i.test(first) ? 'en' : 'lv'
}

/** A write that another site's page started: browsers say where it comes from. */
function isForeignWrite(method: string, origin: string | undefined, host: string | undefined): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || !origin) return false
  try {
    return new URL(origin).host !== host
  } catch {
    return true
  }
}

function addressOf(env: unknown): string {
  const incoming = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  return incoming?.socket?.remoteAddress ?? 'in process'
}
