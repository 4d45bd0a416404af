import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { personalCode } from './personal-code.ts'
import type { Platform } from './platforms.ts'
import { openSigned, type PublishedKey } from './signed-token.ts'

/** How long a launch may take from its beginning, in minutes. */
export const LAUNCH_MINUTES = 5
const CLOCKS = 60 // s by which clocks may differ
const RECENT = LAUNCH_MINUTES * 60 // s that a token may be old

/** What a panel may be about. */
const panel = /^\/embed\/(lv|en)\/(institution|class|learner)\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The panel that was asked for, as an address of ours; null when it is none, or lies elsewhere. */
export function panelOf(target: string | null, portal: string): string | null {
  if (!target || target.length > 300 || !URL.canParse(target, portal)) return null
  const { origin, pathname, search, hash } = new URL(target, portal)
  return origin === portal && search === '' && hash === '' && panel.test(pathname) ? pathname : null
}

/** The nonce of a launch: made from its state under a key of ours, so that nothing but the state need be remembered. */
export function nonceOf(state: string, key: Buffer): string {
  return createHmac('sha256', key).update(`launch ${state}`).digest('base64url')
}

const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  iat: z.number(),
  exp: z.number(),
  nonce: z.string(),
  sub: z.string().min(1),
})

/**
 * Who a platform says is in front of the screen (OpenID Connect Core 1.0, 3.2.2.11, as LTI 1.3 uses it); null when the token is not its
 * own, not for us, not of now, or not of this launch.
 *
 * @param now  ms
 */
export function readLaunch(
  token: string,
  {
    platform,
    keys,
    nonce,
    now,
  }: { platform: Platform; keys: readonly PublishedKey[]; nonce: string; now: number },
): { code: string; subject: string } | null {
  const read = Claims.safeParse(openSigned(token, keys))
  if (!read.success) return null
  const { iss, aud, azp, iat, exp, sub } = read.data
  const audience = [aud].flat()
  const isForUs = audience.includes(platform.clientId) && (audience.length === 1 || azp === platform.clientId)
  const seconds = now / 1000
  const isNow = seconds < exp + CLOCKS && iat <= seconds + CLOCKS && seconds - iat <= RECENT + CLOCKS
  if (iss !== platform.issuer || !isForUs || !isNow || read.data.nonce !== nonce) return null
  const code = personalCode(read.data[platform.claim])
  return code ? { code, subject: sub } : null
}

/** Who a token says it comes from, before anything of it is believed: it only chooses which keys it is held against. */
export function issuerOf(token: string): string | null {
  try {
    const { iss } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof iss === 'string' ? iss : null
  } catch {
    return null
  }
}
