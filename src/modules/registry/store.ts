import type { Tx } from '#db/actor.ts'
import type { Institution, Territory } from './model.ts'
import { latest, placeName } from './version-store.ts'

const today = `(now() at time zone 'Europe/Riga')::date`

/**
 * What is known now and holds today: nearly every row. Without the CASE the planner takes `@>` with a day it does not know
 * yet for something rare, and sorts the whole register for one page of it.
 */
const now = (of: string) => `${of}.superseded_by is null and case when ${of}.valid @> ${today} then true end`

const territoryColumns = `t.territory_uuid as id, t.kind, v.code, ${placeName('v')} as name, p.territory_uuid as "parentId",
  (select count(*) from registry.institution_version i where i.territory_id = t.territory_id and ${now('i')}) as institutions`

/** Territories of today in Latvian alphabetical order. */
export async function listTerritories(
  tx: Tx,
  { kind, parent }: { kind?: Territory['kind']; parent?: string } = {},
): Promise<Territory[]> {
  const { rows } = await tx.query<Territory>(
    `select ${territoryColumns}
       from registry.territory_version v
       join registry.territory t using (territory_id)
       left join registry.territory p on p.territory_id = v.parent_id
      where ${now('v')} and ($1::text is null or t.kind = $1) and ($2::uuid is null or p.territory_uuid = $2)
      order by v.name_lv collate public.latvian, v.code`,
    [kind ?? null, parent ?? null],
  )
  return rows
}

/** One territory as last known; null when there is none. */
export async function territoryByUuid(tx: Tx, uuid: string): Promise<Territory | null> {
  const { rows } = await tx.query<Territory>(
    `select ${territoryColumns}
       from registry.territory t
      cross join ${latest('territory', 't.territory_id')} v
       left join registry.territory p on p.territory_id = v.parent_id
      where t.territory_uuid = $1`,
    [uuid],
  )
  return rows[0] ?? null
}

const institutionColumns = `i.institution_uuid as id, v.code, ${placeName('v')} as name, v.kind, t.territory_uuid as "territoryId"`

/**
 * Institutions of today in Latvian alphabetical order.
 *
 * @param territory  only those in it, directly
 * @param after      Latvian name and id of the last one seen
 */
export async function listInstitutions(
  tx: Tx,
  {
    territory,
    after,
    limit,
  }: { territory?: string; after?: readonly [name: string, id: string] | null; limit: number },
): Promise<Institution[]> {
  const conditions = [
    now('v'),
    '($2::uuid is null or v.territory_id = (select territory_id from registry.territory where territory_uuid = $2))',
    after
      ? `(v.name_lv collate public.latvian, v.institution_id) >
           ($3::text collate public.latvian, (select institution_id from registry.institution where institution_uuid = $4))`
      : '',
  ]
  const { rows } = await tx.query<Institution>(
    `select ${institutionColumns}
       from registry.institution_version v
       join registry.institution i using (institution_id)
       join registry.territory t on t.territory_id = v.territory_id
      where ${conditions.filter(Boolean).join(' and ')}
      order by v.name_lv collate public.latvian, v.institution_id
      limit $1`,
    [limit, territory ?? null, ...(after ?? [])],
  )
  return rows
}

/** One institution as last known; null when there is none. */
export async function institutionByUuid(tx: Tx, uuid: string): Promise<Institution | null> {
  const { rows } = await tx.query<Institution>(
    `select ${institutionColumns}
       from registry.institution i
      cross join ${latest('institution', 'i.institution_id')} v
       join registry.territory t on t.territory_id = v.territory_id
      where i.institution_uuid = $1`,
    [uuid],
  )
  return rows[0] ?? null
}
