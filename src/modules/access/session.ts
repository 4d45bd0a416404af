import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { asApp, asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { Problem } from '#http/problem.ts'
import type { Caller, Env } from '#http/route.ts'
import { cookiePrefix } from '#http/tls.ts'
import type { Sealer } from '#modules/registry/index.ts'
import type { Mandate, Me } from './model.ts'
import { findMandate, findSession, type SessionMandate } from './session-store.ts'

/** The cookie a session lives in; over TLS `__Host-ikms-session`, which no other site and no plain page can set. */
export const sessionCookie = 'ikms-session'

/** How long a session lasts, in hours: a working day. */
export const SESSION_HOURS = 8

const nobody: Me = { person: null, signedInBy: null, mandate: null, mandates: [], csrf: null }

/** A fresh session token for the browser; the database gets only its hash. */
export function newToken(): { token: string; hash: Buffer; csrf: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token), csrf: randomBytes(18).toString('base64url') }
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export function giveSession(c: Context<Env>, token: string): void {
  setCookie(c, sessionCookie, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_HOURS * 3600,
    ...cookiePrefix(c),
  })
}

export function forgetSession(c: Context<Env>): void {
  deleteCookie(c, sessionCookie, { path: '/', ...cookiePrefix(c) })
}

/**
 * Who asks, from the session cookie; without a valid one, nobody. A mandate that has ended is as none.
 *
 * @param identity  opens the names of people who are known by their provider's word alone
 */
export async function callerOf(
  db: Database,
  identity: Pick<Sealer, 'open'>,
  token: string | undefined,
  requestId: string,
): Promise<Caller> {
  const stranger: Caller = { actor: { tier: 'public', requestId }, me: nobody, sessionHash: null, csrf: null }
  if (!token || token.length > 100) return stranger
  const hash = hashOf(token)
  const mandates = await asApp(db, requestId, (tx) => findSession(tx, hash))
  const current = mandates.find((mandate) => mandate.isCurrent)
  if (!current) return stranger
  const { personId, mandateId, tier, csrf } = current
  return {
    actor: { tier, personId, mandateId, requestId },
    me: meOf(mandates, current, identity),
    sessionHash: hash,
    csrf,
  }
}

/**
 * Somebody in one capacity, without a session: for a job that does what a person asked for, with that person's rights and no others.
 *
 * @returns  null when the mandate has ended
 */
export async function callerOfMandate(
  db: Database,
  mandateId: number,
  requestId: string,
): Promise<Caller | null> {
  const found = await asJob(db, (tx) => findMandate(tx, mandateId))
  if (!found) return null
  const { personId, personUuid, displayName, tier, ...rest } = found
  const mandate = mandateOf({ tier, ...rest, learnerUuid: null, place: null })
  const me: Me = {
    person: { id: personUuid, name: displayName },
    signedInBy: null,
    mandate,
    mandates: [mandate],
    csrf: null,
  }
  return { actor: { tier, personId, mandateId, requestId }, me, sessionHash: null, csrf: null }
}

function meOf(
  mandates: readonly SessionMandate[],
  { personUuid, displayName, sealedName, signedInBy, csrf, ...current }: SessionMandate,
  identity: Pick<Sealer, 'open'>,
): Me {
  return {
    person: { id: personUuid, name: displayName ?? (sealedName && identity.open('name', sealedName)) },
    signedInBy,
    mandate: mandateOf(current),
    mandates: mandates.map(mandateOf),
    csrf,
  }
}

type Capacity = Pick<
  SessionMandate,
  'mandateUuid' | 'tier' | 'institutionUuid' | 'territoryUuid' | 'learnerUuid' | 'place'
>

function mandateOf({
  mandateUuid,
  tier,
  institutionUuid,
  territoryUuid,
  learnerUuid,
  place,
}: Capacity): Mandate {
  return {
    id: mandateUuid,
    tier,
    institutionId: institutionUuid,
    territoryId: territoryUuid,
    learnerId: learnerUuid,
    place,
  }
}

/** @throws Problem where a request that changes something was not sent by the caller's own page or program */
export function refuseForged({ req, var: { caller } }: Context<Env>): void {
  if (!hasCsrf(caller, req.header('x-csrf'))) throw new Problem('wrong_csrf')
}

/** Whether a write carries the token its session was given. */
export function hasCsrf(caller: Caller, sent: string | undefined): boolean {
  if (!caller.csrf || !sent) return false
  const expected = Buffer.from(caller.csrf)
  const got = Buffer.from(sent)
  return expected.length === got.length && timingSafeEqual(expected, got)
}
