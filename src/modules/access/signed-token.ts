import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { z } from 'zod'

const Header = z.object({
  alg: z.enum(['RS256', 'PS256', 'ES256']),
  kid: z.string().optional(),
  crit: z.never().optional(),
})

/** A published key of who signs. */
export type PublishedKey = JsonWebKey & { kid?: string; use?: string }

/** What a signed token (JWT, RFC 7519) says, not checked any further; null when none of the keys has signed it. */
export function openSigned(token: string, keys: readonly PublishedKey[]): unknown {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  const header = Header.safeParse(opened(head))
  if (more.length > 0 || !header.success) return null
  const { alg, kid } = header.data
  const fitting = keys.filter((key) => (kid === undefined || key.kid === kid) && key.use !== 'enc')
  return fitting.some((key) => isSignedBy(key, alg, `${head}.${body}`, signature)) ? opened(body) : null
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
