import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Env } from './route.ts'

/**
 * An answer of cells changes only with the data version, the caller's scope and the question: that is its ETag, known
 * before any query is made. Signed-in answers are private and never stored.
 */
export const etagByDataVersion: MiddlewareHandler<Env> = async (c, next) => {
  const { actor } = c.var.caller
  const isPublic = actor.tier === 'public'
  const tag = etag([
    c.var.data.version.id,
    isPublic ? 'public' : `${actor.mandateId}`,
    c.var.locale,
    c.req.url,
    c.req.header('accept') ?? '',
  ])
  if (isPublic && c.req.header('if-none-match')?.includes(tag)) {
    return new Response(null, { status: 304, headers: { etag: tag, 'cache-control': cachePublic } })
  }
  await next()
  if (c.res.status !== 200) return
  c.res.headers.set('cache-control', isPublic ? cachePublic : 'private, no-store')
  c.res.headers.append('vary', 'accept, accept-language, cookie')
  if (isPublic) c.res.headers.set('etag', tag)
}

const cachePublic = 'public, no-cache'

function etag(parts: readonly string[]): string {
  return `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`
}
