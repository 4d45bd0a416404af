import type { Tx } from '#db/actor.ts'
import type { Level } from '#terms/level.ts'
import type { PlaceName } from '#terms/locale.ts'
import { latest, placeName } from './version-store.ts'

/** A territory or institution as the cubes know it: with its internal id beside the one in addresses. */
export interface UnitRow {
  level: Level
  id: number
  uuid: string
  code: string
  name: PlaceName
}

/** The unit and all it lies in, from the unit up to the state; empty when there is no such unit. */
export async function unitPath(tx: Tx, uuid: string): Promise<UnitRow[]> {
  const { rows } = await tx.query<UnitRow>(
    `with recursive path as (
       (select 'school' as level, i.institution_id as id, i.institution_uuid as uuid, v.code, ${placeName('v')} as name,
               v.territory_id as parent_id, 0 as depth
          from registry.institution i, ${latest('institution', 'i.institution_id')} v
         where i.institution_uuid = $1
        union all
        select t.kind, t.territory_id, t.territory_uuid, v.code, ${placeName('v')}, v.parent_id, 0
          from registry.territory t, ${latest('territory', 't.territory_id')} v
         where t.territory_uuid = $1)
       union all
       select t.kind, t.territory_id, t.territory_uuid, v.code, ${placeName('v')}, v.parent_id, p.depth + 1
         from path p
         join registry.territory t on t.territory_id = p.parent_id
        cross join ${latest('territory', 't.territory_id')} v
     )
     select level, id, uuid, code, name from path order by depth`,
    [uuid],
  )
  return rows
}

/** Territories and institutions by their internal ids, as they are today or were last; those that do not exist are left out. */
export async function unitsById(tx: Tx, units: readonly { level: Level; id: number }[]): Promise<UnitRow[]> {
  const { rows } = await tx.query<UnitRow>(
    `select u.level, u.id, i.institution_uuid as uuid, v.code, ${placeName('v')} as name, u.place
       from unnest($1::text[], $2::bigint[]) with ordinality as u (level, id, place)
       join registry.institution i on i.institution_id = u.id
      cross join ${latest('institution', 'u.id')} v
      where u.level = 'school'
     union all
     select u.level, u.id, t.territory_uuid, v.code, ${placeName('v')}, u.place
       from unnest($1::text[], $2::bigint[]) with ordinality as u (level, id, place)
       join registry.territory t on t.territory_id = u.id
      cross join ${latest('territory', 'u.id')} v
      where u.level <> 'school'
      order by place`,
    [units.map(({ level }) => level), units.map(({ id }) => id)],
  )
  return rows.map(({ level, id, uuid, code, name }) => ({ level, id, uuid, code, name }))
}

/** What a list of units is about: all units of a level, or those directly in one territory. */
export interface UnitList {
  level: Level
  /** only these, by internal id; left out: all of the level */
  ids?: readonly number[]
}

/** Units in Latvian alphabetical order, after the given name and uuid. There is no order by result. */
export async function listUnits(
  tx: Tx,
  { level, ids }: UnitList,
  after: readonly [name: string, uuid: string] | null,
  limit: number,
): Promise<UnitRow[]> {
  const unit = level === 'school' ? 'institution' : 'territory'
  const conditions = [
    'v.superseded_by is null',
    // of several current versions the one that holds longest
    `not exists (select from registry.${unit}_version x
                  where x.${unit}_id = v.${unit}_id and x.superseded_by is null and x.valid > v.valid)`,
    level === 'school' ? '' : 'u.kind = $1',
    ids === undefined ? '$2::bigint[] is null' : `v.${unit}_id = any ($2::bigint[])`,
    after === null
      ? ''
      : `(v.name_lv collate public.latvian, v.${unit}_id) >
           ($4::text collate public.latvian, (select ${unit}_id from registry.${unit} where ${unit}_uuid = $5))`,
  ]
  const { rows } = await tx.query<UnitRow>(
    `select $1 as level, u.${unit}_id as id, u.${unit}_uuid as uuid, v.code, ${placeName('v')} as name
       from registry.${unit}_version v join registry.${unit} u using (${unit}_id)
      where ${conditions.filter(Boolean).join(' and ')}
      order by v.name_lv collate public.latvian, v.${unit}_id
      limit $3`,
    [level, ids ?? null, limit, ...(after ?? [])],
  )
  return rows
}

/** The state, where there is one. */
export async function theState(tx: Tx): Promise<UnitRow | null> {
  const { rows } = await tx.query<UnitRow>(
    `select 'state' as level, t.territory_id as id, t.territory_uuid as uuid, v.code, ${placeName('v')} as name
       from registry.territory t, ${latest('territory', 't.territory_id')} v
      where t.kind = 'state' order by t.territory_id limit 1`,
  )
  return rows[0] ?? null
}
