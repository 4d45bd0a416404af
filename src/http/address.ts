import type { Context } from 'hono'
import type { Env } from './route.ts'

/**
 * The network address a request comes from. Behind the operator's proxy it is the last one of X-Forwarded-For: that one
 * the proxy wrote; those before it anybody may have written.
 */
export function addressOf(c: Context<Env>, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return forwarded || incoming?.socket?.remoteAddress || 'in process'
}
