import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '#http/route.ts'
import type { ShortSent } from '#http/short-way.ts'
import { cookiePrefix, isTls } from '#http/tls.ts'
import { Needs } from '../rounds/model.ts'
import type { Adjusted } from './model.ts'

/** The cookie a sitting lives in. No other site's page can make a browser send it. */
export const sittingCookie = 'ikms-sitting'
const HOURS = 8

/** A token for a child's browser, a fresh one unless its 32 bytes are given; the database gets only its hash. */
export function newSittingToken(bytes: Buffer = randomBytes(32)): { token: string; hash: Buffer } {
  const token = bytes.toString('base64url')
  return { token, hash: hashOf(token) }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export function giveSitting(c: Context<Env>, token: string): void {
  setCookie(c, sittingCookie, token, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: HOURS * 3600,
    ...cookiePrefix(c),
  })
}

export function forgetSitting(c: Context<Env>): void {
  deleteCookie(c, sittingCookie, { path: '/', ...cookiePrefix(c) })
}

/** Hash of the token that came along; null where none did. */
export function tokenIn(c: Context<Env>): Buffer | null {
  const token = getCookie(c, sittingCookie, isTls(c) ? 'host' : undefined)
  return token && token.length <= 100 ? hashOf(token) : null
}

/** The same on the short way. */
export function tokenOnShortWay({ cookie, isTls }: Pick<ShortSent, 'cookie' | 'isTls'>): Buffer | null {
  const token = cookie(isTls ? `__Host-${sittingCookie}` : sittingCookie)
  return token && token.length <= 100 ? hashOf(token) : null
}

/** What the profile of a child says about how items are shown; what it does not say is as usual. */
export function adjustedBy(profile: Readonly<Record<string, unknown>>): Adjusted {
  const {
    size = 100,
    colours = 'plain',
    wide = false,
    readAloud = false,
  } = Needs.safeParse(profile).data ?? {}
  return { size, colours, wide, support: readAloud }
}
