import type { MiddlewareHandler } from 'hono'
import { hasSame, privately, publicly, tagOf } from '#http/etag.ts'
import type { Env } from '#http/route.ts'

/**
 * What stands in the program and not in the data changes with the program: the ETag is of the words themselves, so that nobody keeps old
 * ones after an upgrade.
 *
 * @param words  everything the routes answer from
 */
export function etagByWords(words: object): MiddlewareHandler<Env> {
  const edition = JSON.stringify(words)
  return async (c, next) => {
    if (c.var.caller.actor.tier !== 'public') {
      await next()
      c.res.headers.set('cache-control', privately)
      return
    }
    const etag = tagOf([edition, c.req.url])
    if (hasSame(c.req.header('if-none-match'), etag)) {
      return c.body(null, 304, { etag, 'cache-control': publicly, vary: 'Cookie' })
    }
    await next()
    if (c.res.status !== 200) return
    c.res.headers.set('etag', etag)
    c.res.headers.set('cache-control', publicly)
    c.res.headers.set('vary', 'Cookie')
  }
}
