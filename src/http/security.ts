import type { Context, MiddlewareHandler } from 'hono'
import { privately } from './etag.ts'
import type { Env } from './route.ts'
import { isTls } from './tls.ts'

/** Nothing of ours runs scripts, frames or styles from elsewhere. Inline styles place the marks of charts. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Public pages have no scripts and say so: then nothing can be slipped in. */
const policyWithoutScripts = policy.replace("script-src 'self'", "script-src 'none'")

/**
 * What every answer says to browsers. An answer that does not say who may keep it is kept by nobody.
 *
 * @param formTargets  origins that forms of ours lead on to, besides ourselves: the sign-in provider
 * @param hasScripts   pages without a session that bring a script of ours
 */
export function securityHeaders(
  formTargets: () => readonly string[],
  hasScripts: (path: string) => boolean = () => false,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    setHeaders(c, formTargets(), hasScripts(c.req.path))
  }
}

function setHeaders(c: Context<Env>, formTargets: readonly string[], hasScripts: boolean) {
  const { headers } = c.res
  const { frameHosts = [] } = c.var
  const isPublic = c.var.caller?.actor.tier === 'public' && !hasScripts && frameHosts.length === 0
  const said = headersOf({ isPublic, isTls: isTls(c), formTargets, frameHosts })
  for (const [name, value] of Object.entries(said)) headers.set(name, value)
  if (!headers.has('cache-control')) headers.set('cache-control', privately)
}

/** The headers themselves, but for who may keep the answer. */
export function headersOf(to: {
  /** to somebody who is not signed in, and without a script of ours */
  isPublic: boolean
  isTls: boolean
  formTargets: readonly string[]
  /** origins whose pages may show the answer in a frame: then it has no forms; default nobody's */
  frameHosts?: readonly string[]
}): Record<string, string> {
  const { frameHosts = [] } = to
  const isFramed = frameHosts.length > 0
  const forms = isFramed ? "form-action 'none'" : ["form-action 'self'", ...to.formTargets].join(' ')
  return {
    'content-security-policy': (to.isPublic ? policyWithoutScripts : policy)
      .replace("form-action 'self'", forms)
      .replace(
        "frame-ancestors 'none'",
        isFramed ? `frame-ancestors ${frameHosts.join(' ')}` : "frame-ancestors 'none'",
      ),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(to.isTls && { 'strict-transport-security': 'max-age=31536000' }),
  }
}
