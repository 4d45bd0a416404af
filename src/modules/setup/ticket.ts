import { createHmac, timingSafeEqual } from 'node:crypto'
import { firstKeyId } from '#db/key-ring.ts'
import { deriveKey, type Keys } from '#db/keys.ts'

const HOUR = 3600_000 // ms

/**
 * A word that stands on our own page and nowhere else: nobody is signed in yet, so there is no session to tie a form to, and a page of
 * another site must not be able to send it.
 */
export function ticketOf(keys: Keys, now: number): string {
  const key = deriveKey(keys, 'setup/ticket', firstKeyId(keys))
  return createHmac('sha256', key)
    .update(String(Math.floor(now / HOUR)))
    .digest('base64url')
}

/** Whether it was given within the last hour, or the one before. */
export function isTicket(keys: Keys, sent: string, now: number): boolean {
  return [now, now - HOUR].some((then) => {
    const expected = Buffer.from(ticketOf(keys, then))
    const given = Buffer.from(sent)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}
