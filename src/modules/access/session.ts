import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { asApp } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Caller } from '#http/route.ts'
import type { Mandate, Me } from './model.ts'
import { findSession, type SessionMandate } from './store.ts'

/** The cookie a session lives in. `__Host-` would need TLS, which a portal on localhost has not. */
export const sessionCookie = 'ikms-session'

export const nobody: Me = { person: null, mandate: null, mandates: [], csrf: null }

/** A fresh session token for the browser; the database gets only its hash. */
export function newToken(): { token: string; hash: Buffer; csrf: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token), csrf: randomBytes(18).toString('base64url') }
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Who asks, from the session cookie; without a valid one, nobody. A mandate that has ended is as none. */
export async function callerOf(db: Database, token: string | undefined, requestId: string): Promise<Caller> {
  const stranger: Caller = { actor: { tier: 'public', requestId }, me: nobody, sessionHash: null, csrf: null }
  if (!token || token.length > 100) return stranger
  const hash = hashOf(token)
  const mandates = await asApp(db, requestId, (tx) => findSession(tx, hash))
  const current = mandates.find((mandate) => mandate.isCurrent)
  if (!current) return stranger
  const { personId, mandateId, tier, csrf } = current
  return {
    actor: { tier, personId, mandateId, requestId },
    me: meOf(mandates, current),
    sessionHash: hash,
    csrf,
  }
}

function meOf(mandates: readonly SessionMandate[], current: SessionMandate): Me {
  return {
    person: { id: current.personUuid, name: current.displayName },
    mandate: mandateOf(current),
    mandates: mandates.map(mandateOf),
    csrf: current.csrf,
  }
}

function mandateOf({ mandateUuid, tier, institutionUuid, territoryUuid, place }: SessionMandate): Mandate {
  return { id: mandateUuid, tier, institutionId: institutionUuid, territoryId: territoryUuid, place }
}

/** Whether a write carries the token its session was given. */
export function hasCsrf(caller: Caller, sent: string | undefined): boolean {
  if (!caller.csrf || !sent) return false
  const expected = Buffer.from(caller.csrf)
  const got = Buffer.from(sent)
  return expected.length === got.length && timingSafeEqual(expected, got)
}
