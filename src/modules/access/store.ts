import type { Tier, Tx } from '#db/actor.ts'
import type { Words } from '#terms/locale.ts'
import type { AuditLine, DemoPerson } from './model.ts'

/** A person's mandate as a session sees it. Internal ids stay inside. */
export interface SessionMandate {
  personId: number
  personUuid: string
  displayName: string
  mandateId: number
  mandateUuid: string
  tier: Tier
  csrf: string
  institutionId: number | null
  institutionUuid: string | null
  territoryId: number | null
  territoryUuid: string | null
  place: Words | null
  isCurrent: boolean
}

/** Every mandate the owner of a session token may act under; empty when there is no such session. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionMandate[]> {
  const { rows } = await tx.query<SessionMandate>(
    `select person_id as "personId", person_uuid as "personUuid", display_name as "displayName",
            mandate_id as "mandateId", mandate_uuid as "mandateUuid", tier, csrf,
            institution_id as "institutionId", institution_uuid as "institutionUuid",
            territory_id as "territoryId", territory_uuid as "territoryUuid",
            case when place_lv is not null then jsonb_build_object('lv', place_lv, 'en', place_en) end as place,
            current as "isCurrent"
       from access.find_session($1)`,
    [tokenHash],
  )
  return rows
}

export async function listDemoPeople(tx: Tx): Promise<DemoPerson[]> {
  const { rows } = await tx.query<DemoPerson>(
    `select person_uuid as id, display_name as name, tier,
            case when place_lv is not null then jsonb_build_object('lv', place_lv, 'en', place_en) end as place
       from access.demo_people()`,
  )
  return rows
}

/** Signs a demo person in; false where that is refused (no such person, or real data). */
export async function beginDemoSession(
  tx: Tx,
  tokenHash: Buffer,
  person: string,
  csrf: string,
): Promise<boolean> {
  const { rows } = await tx.query<{ begun: boolean }>(
    `select access.begin_demo_session($1, $2, $3, interval '8 hours') as begun`,
    [tokenHash, person, csrf],
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

/** Writes a line of the audit trail for the caller of this transaction. */
export async function writeAudit(
  tx: Tx,
  line: { action: string; object: string; outcome: AuditLine['outcome'] },
): Promise<void> {
  await tx.query('select access.write_audit($1, $2, $3)', [line.action, line.object, line.outcome])
}

/** The audit trail, newest first, before the line `before`. */
export async function listAudit(
  tx: Tx,
  before: number | null,
  limit: number,
): Promise<(AuditLine & { auditId: number })[]> {
  const { rows } = await tx.query<AuditLine & { auditId: number }>(
    `select a.audit_id as "auditId", to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
            p.display_name as person, a.tier, a.action, a.object, a.outcome, a.learners,
            a.request_id as "requestId"
       from access.audit a left join access.person p using (person_id)
      where $1::bigint is null or a.audit_id < $1
      order by a.audit_id desc limit $2`,
    [before, limit],
  )
  return rows
}

/**
 * Makes people to sign in as, one for each tier that works so far: a head of the school with most learners, a head of a
 * small one, an analyst, a steward. Only where the data are not real; does nothing where they are there already.
 */
export async function makeDemoPeople(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ made: number }>(
    `with bank as (
       select exists (select from intake.import where state = 'merged')
              and not exists (select from intake.import where data_kind = 'real') as is_demo
     ), size as (
       select institution_id, count(*) as learners from registry.enrolment
        where superseded_by is null and main group by institution_id
     ), chosen as (
       (select 1 as place, 'Ilze Liepiņa' as name, 'school' as tier, institution_id from size order by learners desc, institution_id limit 1)
       union all
       (select 2, 'Andris Ozols', 'school', institution_id from size where learners < 10 order by learners desc, institution_id limit 1)
       union all select 3, 'Kristīne Kalniņa', 'analyst', null
       union all select 4, 'Mārtiņš Bērziņš', 'steward', null
     ), person as (
       insert into access.person (display_name, demo)
       select c.name, true from chosen c, bank
        where bank.is_demo and not exists (select from access.person p where p.demo)
        order by c.place
       returning person_id, display_name
     ), mandate as (
       insert into access.mandate (person_id, tier, institution_id, valid, source)
       select p.person_id, c.tier, c.institution_id, daterange(access.today(), null), 'demo'
         from person p join chosen c on c.name = p.display_name
        order by c.place
       returning 1
     ) select count(*) as made from mandate`,
  )
  return rows[0]!.made
}
