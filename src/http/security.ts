import type { MiddlewareHandler } from 'hono'
import type { Env } from './route.ts'

/** Nothing of ours runs scripts, frames or styles from elsewhere. Inline styles place the marks of charts. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Pages without scripts say so: then nothing can be slipped in. */
const policyWithoutScripts = policy.replace("script-src 'self' 'unsafe-inline'", "script-src 'none'")

export const securityHeaders: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { headers } = c.res
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  const isPublic = c.var.caller?.actor.tier === 'public'
  headers.set('content-security-policy', isPublic ? policyWithoutScripts : policy)
}
