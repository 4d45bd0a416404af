import type { Context } from 'hono'
import type { Env } from './route.ts'

/** Whether the browser speaks TLS with the proxy in front of us. */
export function isTls(c: Context<Env>): boolean {
  return saysTls(c.req.header('x-forwarded-proto'))
}

/** @param forwardedProto  what the proxy says (X-Forwarded-Proto) */
export const saysTls = (forwardedProto: string | undefined) => forwardedProto === 'https'

/** How a cookie of ours is set: over TLS as `__Host-…`, which a browser takes from this host alone and only over TLS. */
export function cookiePrefix(c: Context<Env>): { prefix: 'host'; secure: true } | { secure: false } {
  return isTls(c) ? { prefix: 'host', secure: true } : { secure: false }
}
