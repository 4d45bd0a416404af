import type { MiddlewareHandler } from 'hono'
import { privately } from './etag.ts'
import type { Env } from './route.ts'

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

/** What every answer says to browsers. An answer that does not say who may keep it is kept by nobody. */
export const securityHeaders: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { headers } = c.res
  const isPublic = c.var.caller?.actor.tier === 'public'
  headers.set('content-security-policy', isPublic ? policyWithoutScripts : policy)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()')
  if (c.req.header('x-forwarded-proto') === 'https') {
    headers.set('strict-transport-security', 'max-age=31536000')
  }
  if (!headers.has('cache-control')) headers.set('cache-control', privately)
}
