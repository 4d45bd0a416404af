import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { z } from 'zod'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const RECENT = 300 // s that a notice may be old, or ahead of our clock

const Header = z.object({
  alg: z.enum(['RS256', 'PS256', 'ES256']),
  kid: z.string().optional(),
  crit: z.never().optional(),
})

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
  keys: readonly (JsonWebKey & { kid?: string; use?: string })[]
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
  const [head = '', body = '', signature = '', ...more] = notice.split('.')
  const header = Header.safeParse(opened(head))
  const claims = Claims.safeParse(opened(body))
  if (more.length > 0 || !header.success || !claims.success) return null
  const { alg, kid } = header.data
  const fitting = keys.filter((key) => (kid === undefined || key.kid === kid) && key.use !== 'enc')
  const isSigned = fitting.some((key) => isSignedBy(key, alg, `${head}.${body}`, signature))
  const { iss, aud, iat, exp, sub, sid } = claims.data
  const seconds = now / 1000
  const isOurs = iss === issuer && [aud].flat().includes(clientId)
  const isRecent = Math.abs(seconds - iat) <= RECENT && (exp === undefined || seconds <= exp + RECENT)
  return isSigned && isOurs && isRecent ? { subject: sub ?? null, session: sid ?? null } : null
}

function opened(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const kinds = { RS256: 'RSA', PS256: 'RSA', ES256: 'EC' } as const
const PSS = 6 // RSA_PKCS1_PSS_PADDING
const PKCS1 = 1 // RSA_PKCS1_PADDING

function isSignedBy(key: JsonWebKey, alg: keyof typeof kinds, text: string, signature: string): boolean {
  if (key.kty !== kinds[alg]) return false
  try {
    const signed = Buffer.from(signature, 'base64url')
    const publicKey = createPublicKey({ key, format: 'jwk' })
    const how =
      alg === 'ES256'
        ? { key: publicKey, dsaEncoding: 'ieee-p1363' as const }
        : {
            key: publicKey,
            padding: alg === 'PS256' ? PSS : PKCS1,
            ...(alg === 'PS256' && { saltLength: 32 }),
          }
    return verify('sha256', Buffer.from(text), how, signed)
  } catch {
    return false
  }
}
