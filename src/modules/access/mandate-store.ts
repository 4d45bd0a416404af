import type { Tx } from '#db/actor.ts'
import type { Words } from '#terms/locale.ts'
import { writeOperation } from './audit-store.ts'
import type { Tier } from './model.ts'

/** The institution or municipality with this code today; null when there is none. */
export async function findPlace(
  tx: Tx,
  kind: 'institution' | 'municipality',
  code: string,
): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    kind === 'institution'
      ? `select institution_id as id from registry.institution_version
          where code = $1 and superseded_by is null and valid @> access.today()`
      : `select v.territory_id as id from registry.territory_version v join registry.territory t using (territory_id)
          where v.code = $1 and v.superseded_by is null and v.valid @> access.today() and t.kind = 'municipality'`,
    [code],
  )
  return rows[0]?.id ?? null
}

/** Writes a mandate from today on; makes the person known where the code is new. Gives its uuid. */
export async function addMandate(
  tx: Tx,
  mandate: {
    codeHash: Buffer
    name: string
    tier: Tier
    institutionId: number | null
    territoryId: number | null
    until: string | null
  },
): Promise<string> {
  const { codeHash, name, tier, institutionId, territoryId, until } = mandate
  const person = await personOf(tx, codeHash)
  await tx.query('update access.person set display_name = $2, sealed_name = null where person_id = $1', [
    person,
    name,
  ])
  const { rows } = await tx.query<{ id: string }>(
    `insert into access.mandate (person_id, tier, institution_id, territory_id, valid, source)
     values ($1, $2, $3, $4, daterange(access.today(), $5::date), 'operator') returning mandate_uuid as id`,
    [person, tier, institutionId, territoryId, until],
  )
  await writeOperation(tx, 'give_mandate', `mandate ${rows[0]!.id}`)
  return rows[0]!.id
}

/** The person with this code, made where there is none yet. */
async function personOf(tx: Tx, codeHash: Buffer): Promise<number> {
  const known = await tx.query<{ id: number }>(
    'select person_id as id from access.person_code where code_hash = $1',
    [codeHash],
  )
  if (known.rows[0]) return known.rows[0].id
  const { rows } = await tx.query<{ id: number }>(
    `with person as (insert into access.person (display_name) values (null) returning person_id)
     insert into access.person_code (code_hash, person_id) select $1, person_id from person returning person_id as id`,
    [codeHash],
  )
  return rows[0]!.id
}

/** Ends a mandate now and the sessions under it. */
export async function revokeMandate(tx: Tx, mandate: string): Promise<boolean> {
  const { rows } = await tx.query<{ id: number }>(
    `update access.mandate set revoked_at = now()
      where mandate_uuid = $1 and revoked_at is null and (upper_inf(valid) or upper(valid) > access.today())
     returning mandate_id as id`,
    [mandate],
  )
  if (!rows[0]) return false
  await tx.query('delete from access.session where mandate_id = $1', [rows[0].id])
  await writeOperation(tx, 'end_mandate', `mandate ${mandate}`)
  return true
}

/** A mandate in force, for whoever runs the system. */
export interface ListedMandate {
  id: string
  person: string | null
  tier: Tier
  place: Words | null
  from: string
  until: string | null
  source: string
}

/** Mandates in force that were given to staff; those of learners and parents are too many to list. */
export async function listMandates(tx: Tx): Promise<ListedMandate[]> {
  const { rows } = await tx.query<ListedMandate>(
    `select m.mandate_uuid as id, p.display_name as person, m.tier, lower(m.valid)::text as from,
            upper(m.valid)::text as until, m.source,
            case when coalesce(i.name_lv, t.name_lv) is not null
              then jsonb_build_object('lv', coalesce(i.name_lv, t.name_lv), 'en', coalesce(i.name_en, t.name_en)) end as place
       from access.mandate m
       join access.person p using (person_id)
       left join registry.institution_version i
         on i.institution_id = m.institution_id and i.superseded_by is null and i.valid @> access.today()
       left join registry.territory_version t
         on t.territory_id = m.territory_id and t.superseded_by is null and t.valid @> access.today()
      where m.valid @> access.today() and m.revoked_at is null and m.tier not in ('learner', 'parent')
      order by m.tier, p.display_name, m.mandate_id`,
  )
  return rows
}

/**
 * Notes that a personal code was replaced by another (Law on the Register of Natural Persons): the person stays the same, found by
 * either. Where nobody has signed in yet, representations and the learner are found through the new person.
 *
 * @returns  'noted', 'unknown' when nobody here has the old code, or 'taken' when the new one is somebody else's
 */
export async function noteChangedCode(
  tx: Tx,
  from: Buffer,
  to: Buffer,
): Promise<'noted' | 'unknown' | 'taken'> {
  const { rows } = await tx.query<{ was: number | null; is: number | null; known: boolean }>(
    `select (select person_id from access.person_code where code_hash = $1) as was,
            (select person_id from access.person_code where code_hash = $2) as is,
            exists (select from identity.person where code_hash = $1)
              or exists (select from access.representation where code_hash = $1 and ended_on is null) as known`,
    [from, to],
  )
  const { was, is, known } = rows[0]!
  if (is !== null) return is === was ? 'noted' : 'taken'
  if (was === null && !known) return 'unknown'
  await tx.query('insert into access.person_code (code_hash, person_id) values ($1, $2)', [
    to,
    was ?? (await personOf(tx, from)),
  ])
  return 'noted'
}
