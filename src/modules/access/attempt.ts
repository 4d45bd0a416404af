import { createHmac, randomBytes } from 'node:crypto'
import type { AttemptSecrets } from './provider.ts'
import { hashOf } from './session.ts'

/** How long somebody may take at the provider, in minutes. */
export const ATTEMPT_MINUTES = 15

/** A fresh attempt: the browser holds the token in a cookie, the database its hash. */
export function newAttempt(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token) }
}

/**
 * State, nonce and PKCE verifier of an attempt, each made from its token by a one-way function: the state, which travels in
 * addresses, tells nothing of the others, and the database needs to keep none of them.
 */
export function secretsOf(token: string): AttemptSecrets {
  const part = (purpose: string) =>
    createHmac('sha256', token).update(`sign-in ${purpose}`).digest('base64url')
  return { state: part('state'), nonce: part('nonce'), verifier: part('verifier') }
}

/** An address within the portal to go on to after sign-in, or null: nobody is ever led to another site. */
export function localAddress(text: string | undefined): string | null {
  const here = 'http://portal.invalid'
  if (!text || text.length > 500 || !/^\/(lv|en)(\/|\?|$)/.test(text) || /[\\\s\p{Cc}]/u.test(text))
    return null
  if (!URL.canParse(text, here)) return null
  const { origin, pathname, search } = new URL(text, here)
  return origin === here && /^\/(lv|en)(\/|$)/.test(pathname) && !pathname.includes('//')
    ? pathname + search
    : null
}
