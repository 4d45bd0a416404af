import { createReadStream, readdirSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { MiddlewareHandler } from 'hono'
import type { Env } from './route.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Files of the portal for browsers: those that were there at the start, so that no address reaches anything else. Those
 * under /assets carry a hash in their name and never change.
 */
export function staticFiles(folder: string): MiddlewareHandler<Env> {
  const files = new Map<string, { file: string; type: string; size: number }>(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
      const type = types[extname(name)]
      const file = join(folder, name)
      const { size } = statSync(file)
      return type ? [[`/${name.split(sep).join('/')}`, { file, type, size }] as const] : []
    }),
  )
  return async (c, next) => {
    const found = files.get(c.req.path)
    if (!found || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return next()
    const forever = c.req.path.startsWith('/assets/')
    const body =
      c.req.method === 'HEAD' ? null : (Readable.toWeb(createReadStream(found.file)) as ReadableStream)
    return new Response(body, {
      headers: {
        'content-type': found.type,
        'content-length': String(found.size),
        'cache-control': forever ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      },
    })
  }
}
