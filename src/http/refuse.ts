import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Locale } from '#terms/locale.ts'
import type { Log } from './log.ts'
import { Problem, type ProblemBody, type ProblemCode, problems } from './problem.ts'
import type { Env } from './route.ts'

/** Turns whatever was thrown into an answer: a refusal into its problem, everything else into `internal`. */
export function problemAnswers(log: Log): ErrorHandler<Env> {
  const refuse = refusals(log)
  return (error, c) => {
    const { path } = c.req
    const asked = {
      path,
      accept: c.req.header('accept'),
      acceptLanguage: c.req.header('accept-language'),
      requestId: c.var.requestId,
    }
    const { status, headers, body } = refuse(error, asked)
    return c.body(body, status, headers)
  }
}

/** What a refusal has to know of the request. */
export interface Asked {
  path: string
  accept: string | undefined
  acceptLanguage: string | undefined
  requestId: string
}

const QUIET = 1_000 // ms between lines that say how many were sent away: thousands a second must not be written one by one

/** The same without Hono, for whoever answers past its layers. */
export function refusals(log: Log) {
  let sentAway = 0
  let said = -QUIET
  const sendAway = () => {
    sentAway += 1
    const now = performance.now()
    if (now - said < QUIET) return
    log.warn({ sentAway }, 'busy')
    sentAway = 0
    said = now
  }
  return (error: unknown, { path, accept = '', acceptLanguage, requestId }: Asked) => {
    const locale = localeOf(path, acceptLanguage)
    const problem = toProblem(error)
    if (problem.code === 'internal') log.error({ requestId, ...withoutWords(error) }, 'internal')
    else if (problem === error && problem.code === 'busy') sendAway()
    else if (problem.code === 'busy') log.warn({ requestId, ...withoutWords(error) }, 'busy')
    const isPage = !path.startsWith('/api/') && accept.includes('text/html')
    const body = problem.body(locale, requestId)
    const { status } = problems[problem.code]
    const headers: Record<string, string> = {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
      'content-language': locale,
      'cache-control': 'no-store',
      ...(problem.retryAfter ? { 'retry-after': String(problem.retryAfter) } : {}),
      ...problem.headers,
    }
    return { status, headers, body: isPage ? refusalPage(body, locale) : JSON.stringify(body) }
  }
}

/** The language of an address (`/en/…`); elsewhere Latvian, unless English is asked for first. */
export function localeOf(path: string, acceptLanguage: string | undefined): Locale {
  const named = /^(?:\/embed)?\/(lv|en)(\/|$)/.exec(path)?.[1]
  if (named) return named as Locale
  const first = acceptLanguage?.split(',').find((part) => /^\s*(lv|en)\b/i.test(part))
  return first && /^\s*en\b/i.test(first) ? 'en' : 'lv'
}

const ofHttp: Partial<Record<number, ProblemCode>> = { 413: 'too_large', 415: 'wrong_content_type' }

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status < 500) {
    const code = ofHttp[error.status]
    if (code) return new Problem(code)
    const fault = { lv: 'Nav derīgs JSON.', en: 'Not valid JSON.' }
    return new Problem('invalid_request', { errors: [{ field: 'body', fault }] })
  }
  return isAway(error) ? new Problem('busy', { retryAfter: 2 }) : new Problem('internal')
}

/** Conditions that pass by themselves: the database is away, starting, full, or took too long. */
function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    // 57014 statement time-out, 57P0x going down or coming up, 55P03 lock time-out, 53… no room, 08… connection
    /^(57014|57P0[1-5]|55P03|53...|08...|25P03|40001|40P01)$/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    // The driver gives these no code.
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      message,
    )
  )
}

/** What may be written down about an error. Its message may quote values, so there are only names, codes and places. */
export function withoutWords(error: unknown) {
  const { name, code, constraint, message, stack } = error as Error & { code?: string; constraint?: string }
  const at = (stack ?? '')
    .replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
  return { name, code, constraint, stack: at }
}

/** For a person with a browser, where even the portal's error page cannot be made. Holds nothing that was sent. */
function refusalPage({ title, detail, requestId }: ProblemBody, locale: Locale): string {
  const number = locale === 'lv' ? 'Pieprasījuma numurs' : 'Request number'
  return `<!DOCTYPE html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · IKMS</title><body style="font: 1.1rem/1.5 sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem">
<h1>${title}</h1><p>${detail}</p><p><a href="/${locale}">IKMS</a></p><p><small>${number}: ${requestId}</small></p>`
}
