import { z } from 'zod'
import { openSigned, type PublishedKey } from './signed-token.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const RECENT = 300 // s that a notice may be old, or ahead of our clock

const Claims = z
  .object({
    iss: z.string(),
    aud: z.union([z.string(), z.array(z.string())]),
    iat: z.number(),
    exp: z.number().optional(),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.object({ [event]: z.object({}) }),
    // With a nonce it would be an ID token, sent to us by somebody who got hold of one.
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

/** What a sign-out notice is held against. */
export interface NoticeChecks {
  issuer: string
  clientId: string
  /** the published keys of the provider */
  keys: readonly PublishedKey[]
  /** ms */
  now: number
}

/**
 * Whose sessions a provider says are over (OpenID Connect Back-Channel Logout 1.0, 2.6), or null when the notice is not its own, not
 * for us, or not of now. A notice sent twice does no harm: what has ended has ended.
 */
export function readLogoutNotice(
  notice: string,
  { issuer, clientId, keys, now }: NoticeChecks,
): { subject: string | null; session: string | null } | null {
  const claims = Claims.safeParse(openSigned(notice, keys))
  if (!claims.success) return null
  const { iss, aud, iat, exp, sub, sid } = claims.data
  const seconds = now / 1000
  const isOurs = iss === issuer && [aud].flat().includes(clientId)
  const isRecent = Math.abs(seconds - iat) <= RECENT && (exp === undefined || seconds <= exp + RECENT)
  return isOurs && isRecent ? { subject: sub ?? null, session: sid ?? null } : null
}
