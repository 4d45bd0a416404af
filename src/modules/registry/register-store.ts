import type { Tx } from '#db/actor.ts'
import type { InstitutionRegister, Programme, RelatedPlace, Site, TerritoryRegister } from './model.ts'
import { institutionByUuid, territoryByUuid } from './store.ts'
import { latest, placeName } from './version-store.ts'

const firstDay = (of: string) => `to_char(nullif(lower(${of}.valid), '-infinity'), 'YYYY-MM-DD')`
const lastDay = (of: string) => `to_char(nullif(upper(${of}.valid), 'infinity') - 1, 'YYYY-MM-DD')`
const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`
const words = (of: string) => `jsonb_build_object('lv', ${of}.name_lv, 'en', ${of}.name_en)`

/** What the register holds of an institution today, or held last; null when there is none. */
export async function institutionRegister(tx: Tx, uuid: string): Promise<InstitutionRegister | null> {
  const institution = await institutionByUuid(tx, uuid)
  if (!institution) return null
  const { rows: known } = await tx.query<
    Pick<
      InstitutionRegister,
      'type' | 'address' | 'openedOn' | 'closedOn' | 'accreditedUntil' | 'founder'
    > & { id: number }
  >(
    `select i.institution_id as id, v.type, v.address, ${day('v.opened_on')} as "openedOn",
            coalesce(${day('v.closed_on')}, case when upper(v.valid) <= access.today() then ${lastDay('v')} end) as "closedOn",
            ${day('v.accredited_until')} as "accreditedUntil",
            case when f.founder_id is not null then jsonb_build_object('name', ${words('f')}, 'kind', f.kind) end as founder
       from registry.institution i
      cross join ${latest('institution', 'i.institution_id')} v
       left join ${latest('founder', 'v.founder_id')} f on true
      where i.institution_uuid = $1`,
    [uuid],
  )
  const { id, ...rest } = known[0]!
  const { rows: sites } = await tx.query<Site & { holds: boolean }>(
    `select s.site_uuid as id, case when v.name_lv is not null then ${words('v')} end as name, v.address,
            jsonb_build_object('id', t.territory_uuid, 'name', ${placeName('m')}) as municipality,
            v.lat, v.lon, v.capacity, v.building_year as "buildingYear", v.accessible,
            ${firstDay('v')} as "from", ${lastDay('v')} as until, v.valid @> access.today() as holds
       from (select distinct site_id from registry.site_version
              where institution_id = $1 and superseded_by is null) here
       join registry.site s using (site_id)
      cross join ${latest('site', 's.site_id')} v
       join registry.territory t on t.territory_id = v.territory_id
      cross join ${latest('territory', 't.territory_id')} m
      where v.institution_id = $1
      order by v.code`,
    [id],
  )
  const { rows: programmes } = await tx.query<Programme & { holds: boolean }>(
    `select distinct on (p.code, p.language, p.form, p.special_type)
            p.code, p.language, p.form, p.special_type as "specialType", p.licence_no as licence,
            ${firstDay('p')} as "from", ${lastDay('p')} as until, p.valid @> access.today() as holds
       from registry.programme p
      where p.institution_id = $1 and p.superseded_by is null and lower(p.valid) <= access.today()
      order by p.code, p.language, p.form, p.special_type, p.valid @> access.today() desc, p.valid desc`,
    [id],
  )
  return {
    ...institution,
    ...rest,
    sites: ofToday(sites),
    programmes: ofToday(programmes),
    ...(await relatives(tx, 'institution', id)),
  }
}

/** What the register holds of a territory; null when there is none. */
export async function territoryRegister(tx: Tx, uuid: string): Promise<TerritoryRegister | null> {
  const territory = await territoryByUuid(tx, uuid)
  if (!territory) return null
  const { rows } = await tx.query<{ id: number; from: string | null; until: string | null }>(
    `select t.territory_id as id, ${day(`(select min(lower(x.valid)) from registry.territory_version x
                                           where x.territory_id = t.territory_id and x.superseded_by is null
                                             and lower(x.valid) > '-infinity')`)} as "from", ${lastDay('v')} as until
       from registry.territory t
      cross join ${latest('territory', 't.territory_id')} v
      where t.territory_uuid = $1`,
    [uuid],
  )
  const { id, ...rest } = rows[0]!
  return { ...territory, ...rest, ...(await relatives(tx, 'territory', id)) }
}

/** What holds today; where nothing does any more, what held last. */
function ofToday<Held extends { until: string | null }>(
  known: readonly (Held & { holds: boolean })[],
): Held[] {
  const last = known
    .map(({ until }) => until ?? '')
    .sort()
    .at(-1)
  const isOver = !known.some(({ holds }) => holds)
  return known.flatMap(({ holds, ...rest }) =>
    holds || (isOver && rest.until === last) ? [rest as unknown as Held] : [],
  )
}

/** Who came before and after, earliest first. */
async function relatives(
  tx: Tx,
  kind: 'institution' | 'territory',
  id: number,
): Promise<{ predecessors: RelatedPlace[]; successors: RelatedPlace[] }> {
  const { rows } = await tx.query<RelatedPlace & { before: boolean }>(
    `select o.${kind}_uuid as id, ${placeName('v')} as name, ${day('s.since')} as since, s.successor_id = $2 as before
       from registry.succession s
       join registry.${kind} o
         on o.${kind}_id = case when s.successor_id = $2 then s.predecessor_id else s.successor_id end
      cross join ${latest(kind, `o.${kind}_id`)} v
      where s.kind = $1 and s.superseded_by is null and $2 in (s.predecessor_id, s.successor_id)
      order by s.since, v.name_lv collate public.latvian`,
    [kind, id],
  )
  const of = (wanted: boolean) => rows.flatMap(({ before, ...place }) => (before === wanted ? [place] : []))
  return { predecessors: of(true), successors: of(false) }
}
