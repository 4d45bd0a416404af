import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Env } from './route.ts'

/**
 * What the public gets of register and figures changes only with the data version and the question: that is its ETag,
 * known before any query is made. Signed-in answers are private and never stored.
 */
export const etagByDataVersion: MiddlewareHandler<Env> = async (c, next) => {
  const isPublic = c.var.caller.actor.tier === 'public'
  const tag = isPublic ? tagOf([c.var.data.version.id, c.var.locale, c.req.url]) : null
  if (tag && hasSame(c.req.header('if-none-match'), tag)) {
    return c.body(null, 304, { etag: tag, 'cache-control': publicly, vary })
  }
  await next()
  if (c.res.status !== 200) return
  if (tag) c.res.headers.set('etag', tag)
  c.res.headers.set('cache-control', tag ? publicly : privately)
  c.res.headers.set('vary', vary)
}

/** To be kept by anybody, but asked for again each time: an answer of 304 costs nothing. */
export const publicly = 'public, no-cache'
export const privately = 'private, no-store'
const vary = 'Accept-Language, Cookie'

export function tagOf(parts: readonly string[]): string {
  return `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`
}

/** Whether the caller has what the tag stands for (If-None-Match). */
export function hasSame(ifNoneMatch: string | undefined, tag: string): boolean {
  return ifNoneMatch?.split(',').some((each) => each.trim().replace(/^W\//, '') === tag) ?? false
}
