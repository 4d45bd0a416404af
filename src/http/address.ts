import type { Context } from 'hono'
import type { Env } from './route.ts'

/**
 * The network address a request comes from. Behind the operator's proxy it is the last one of X-Forwarded-For: that one
 * the proxy wrote; those before it anybody may have written.
 */
export function addressOf(c: Context<Env>, behindProxy: boolean): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const forwarded = behindProxy ? c.req.header('x-forwarded-for') : undefined
  return addressFrom(forwarded, incoming?.socket?.remoteAddress)
}

/** @param forwarded  X-Forwarded-For, where it is the operator's proxy that says it */
export function addressFrom(forwarded: string | undefined, remote: string | undefined): string {
  return forwarded?.split(',').at(-1)?.trim() || remote || 'in process'
}

/**
 * Whether a request comes from the machine itself: over its own network, to its own name (a name of somebody else's that leads here
 * would let a foreign page in), and through no proxy, told of or not.
 */
export function isLocal(c: Context<Env>, behindProxy: boolean): boolean {
  if (behindProxy || c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined)
    return false
  const host = c.req.header('host') ?? ''
  return loopback.test(addressOf(c, false)) && ownNames.test(host)
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const ownNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i
