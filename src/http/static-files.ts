import { createReadStream, statSync } from 'node:fs'
import { extname, resolve, sep } from 'node:path'
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

/** Files of the portal for browsers. Those under /assets carry a hash in their name and never change. */
export function staticFiles(folder: string): MiddlewareHandler<Env> {
  const root = resolve(folder)
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const type = types[extname(c.req.path)]
    const file = resolve(root, `.${decodePath(c.req.path)}`)
    if (!type || !file.startsWith(root + sep)) return next()
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat?.isFile()) return next()
    const forever = c.req.path.startsWith('/assets/')
    return new Response(
      c.req.method === 'HEAD' ? null : (Readable.toWeb(createReadStream(file)) as ReadableStream),
      {
        headers: {
          'content-type': type,
          'content-length': String(stat.size),
          'cache-control': forever ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        },
      },
    )
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/'
  }
}
