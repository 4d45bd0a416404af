import type { Tx } from '#db/actor.ts'
import type { Locale } from '#terms/locale.ts'

/** Notes an attempt to sign in; the database knows it by the hash of what the browser holds. */
export async function beginAttempt(
  tx: Tx,
  attempt: { hash: Buffer; locale: Locale; returnTo: string | null },
  minutes: number,
): Promise<void> {
  await tx.query(`select access.begin_attempt($1, $2, $3, make_interval(mins => $4))`, [
    attempt.hash,
    attempt.locale,
    attempt.returnTo,
    minutes,
  ])
}

/** Takes an attempt, once; null when there is none, it was taken, or it is too old. */
export async function takeAttempt(
  tx: Tx,
  hash: Buffer,
): Promise<{ locale: Locale; returnTo: string | null } | null> {
  const { rows } = await tx.query<{ locale: Locale; returnTo: string | null }>(
    `select locale, return_to as "returnTo" from access.take_attempt($1)`,
    [hash],
  )
  return rows[0] ?? null
}

/** Begins a session for the person who has a code, if there is one with a mandate. All values are hashed or sealed. */
export async function beginSession(
  tx: Tx,
  session: {
    tokenHash: Buffer
    codeHash: Buffer
    sealedName: Buffer | null
    /** kept for staff only, who stand in the audit trail by name */
    openName: string | null
    csrf: string
    providerSession: Buffer | null
    providerSubject: Buffer
  },
  hours: number,
): Promise<'begun' | 'unknown' | 'no_mandate'> {
  const { tokenHash, codeHash, sealedName, openName, csrf, providerSession, providerSubject } = session
  const { rows } = await tx.query<{ told: 'begun' | 'unknown' | 'no_mandate' }>(
    `select access.begin_session($1, $2, $3, $4, $5, make_interval(hours => $6), $7, $8) as told`,
    [tokenHash, codeHash, sealedName, openName, csrf, hours, providerSession, providerSubject],
  )
  return rows[0]!.told
}

/** Ends the sessions that the provider says are over there; how many. */
export async function endProviderSessions(
  tx: Tx,
  over: { session: Buffer | null; subject: Buffer | null },
): Promise<number> {
  const { rows } = await tx.query<{ ended: number }>('select access.end_provider_sessions($1, $2) as ended', [
    over.session,
    over.subject,
  ])
  return rows[0]!.ended
}
