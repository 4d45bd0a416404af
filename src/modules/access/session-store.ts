import type { Tier, Tx } from '#db/actor.ts'
import type { Words } from '#terms/locale.ts'

/** A person's mandate as a session sees it. Internal ids stay inside. */
export interface SessionMandate {
  personId: number
  personUuid: string
  displayName: string | null
  sealedName: Buffer | null
  mandateId: number
  mandateUuid: string
  tier: Tier
  csrf: string
  signedInBy: 'demo' | 'provider'
  institutionUuid: string | null
  territoryUuid: string | null
  learnerUuid: string | null
  place: Words | null
  isCurrent: boolean
}

/** Every mandate the owner of a session token may act under; empty when there is no such session. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionMandate[]> {
  const { rows } = await tx.query<SessionMandate>(
    `select person_id as "personId", person_uuid as "personUuid", display_name as "displayName",
            sealed_name as "sealedName", mandate_id as "mandateId", mandate_uuid as "mandateUuid", tier, csrf,
            signed_in_by as "signedInBy", institution_uuid as "institutionUuid", territory_uuid as "territoryUuid",
            learner_uuid as "learnerUuid",
            case when place_lv is not null then jsonb_build_object('lv', place_lv, 'en', place_en) end as place,
            current as "isCurrent"
       from access.find_session($1)`,
    [tokenHash],
  )
  return rows
}

/** A mandate that is in force, with whose it is. */
export async function findMandate(
  tx: Tx,
  id: number,
): Promise<Pick<
  SessionMandate,
  'personId' | 'personUuid' | 'displayName' | 'mandateUuid' | 'tier' | 'institutionUuid' | 'territoryUuid'
> | null> {
  const { rows } = await tx.query<NonNullable<Awaited<ReturnType<typeof findMandate>>>>(
    `select person_id as "personId", p.person_uuid as "personUuid", p.display_name as "displayName",
            m.mandate_uuid as "mandateUuid", m.tier, i.institution_uuid as "institutionUuid", t.territory_uuid as "territoryUuid"
       from access.mandate m join access.person p using (person_id)
       left join registry.institution i using (institution_id) left join registry.territory t using (territory_id)
      where m.mandate_id = $1 and m.valid @> access.today() and m.revoked_at is null`,
    [id],
  )
  return rows[0] ?? null
}

/** Signs a demo person in; false where that is refused (no such person, or real data). */
export async function beginDemoSession(
  tx: Tx,
  tokenHash: Buffer,
  person: string,
  csrf: string,
  hours: number,
): Promise<boolean> {
  const { rows } = await tx.query<{ begun: boolean }>(
    `select access.begin_demo_session($1, $2, $3, make_interval(hours => $4)) as begun`,
    [tokenHash, person, csrf, hours],
  )
  return rows[0]!.begun
}

/** Changes the capacity in which the person acts; false when the mandate is not theirs or has ended. */
export async function changeMandate(tx: Tx, tokenHash: Buffer, mandate: string): Promise<boolean> {
  const { rows } = await tx.query<{ changed: boolean }>('select access.change_mandate($1, $2) as changed', [
    tokenHash,
    mandate,
  ])
  return rows[0]!.changed
}

export async function endSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query('select access.end_session($1)', [tokenHash])
}

/** Ends every session of the person whose session this is, on every device. */
export async function endAllSessions(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query('select access.end_all_sessions($1)', [tokenHash])
}
