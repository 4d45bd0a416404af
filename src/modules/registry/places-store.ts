import type { Tx } from '#db/actor.ts'
import { type Merged, mergeVersions } from '#db/entity-versions.ts'
import { institutions as institutionEntity, territories as territoryEntity } from './entities.ts'
import type { Finding } from './staging.ts'

/** Finds the territories and institutions the file speaks of: `territory_of` and `institution_of` (no → id). */
export async function findPlaces(tx: Tx) {
  await tx.query(`
    create temporary table territory_of on commit drop as
    select s.no, coalesce(t.territory_id, nextval('registry.territory_territory_id_seq')) as territory_id,
           t.territory_id is null as is_new
      from staged_territory s
      left join lateral (
        select v.territory_id
          from registry.territory_version v join registry.territory t using (territory_id)
         where v.superseded_by is null and v.code = s.code and t.kind = s.kind
         order by lower(v.valid) desc nulls last limit 1
      ) t on true`)
  await tx.query(`
    create temporary table institution_of on commit drop as
    select s.no, coalesce(i.institution_id, nextval('registry.institution_institution_id_seq')) as institution_id,
           i.institution_id is null as is_new
      from staged_institution s
      left join lateral (
        select v.institution_id
          from registry.institution_version v
         where v.superseded_by is null and v.code = s.code
         order by lower(v.valid) desc nulls last limit 1
      ) i on true`)
  await tx.query('analyze territory_of, institution_of')
}

/** Code of the state the bank is about; undefined when it is empty. */
export async function stateCode(tx: Tx): Promise<string | undefined> {
  const { rows } = await tx.query<{ code: string }>(`
    select v.code from registry.territory_version v join registry.territory t using (territory_id)
     where t.kind = 'state' and v.superseded_by is null limit 1`)
  return rows[0]?.code
}

/** Places that are referred to without a description and that the register does not know. */
export async function unknownPlaces(tx: Tx): Promise<Finding[]> {
  const { rows } = await tx.query<Finding>(`
    select s.line, 'territory.unknown' as rule, 'territory' as about, s.kind as part, s.code as value, '{}'::jsonb as detail
      from staged_territory s join territory_of o using (no)
     where o.is_new and s.name_lv is null
    union all
    select s.line, 'institution.unknown', 'institution', null, s.code, '{}'
      from staged_institution s join institution_of o using (no)
     where o.is_new and s.name_lv is null`)
  return rows
}

/** Takes the places into the register: new ones, and what is said differently of known ones. */
export async function mergePlaces(
  tx: Tx,
  importId: number,
): Promise<{ territories: Merged; institutions: Merged }> {
  await tx.query(`
    insert into registry.territory (territory_id, kind)
    select o.territory_id, s.kind from territory_of o join staged_territory s using (no) where o.is_new`)
  await tx.query(`
    insert into registry.institution (institution_id) select institution_id from institution_of where is_new`)
  const territories = await mergeVersions(tx, importId, {
    ...territoryEntity.destination,
    from: `select o.territory_id, o.is_new, s.line, s.since, ${openEnded}, p.territory_id as parent_id, s.code, s.name_lv,
                  s.name_en, s.genitive_lv, s.locative_lv
             from staged_territory s join territory_of o using (no) left join territory_of p on p.no = s.parent_no
            where s.name_lv is not null`,
  })
  const { later } = institutionEntity.destination
  const institutions = await mergeVersions(tx, importId, {
    ...institutionEntity.destination,
    // What a mapping does not speak of stays as it is.
    from: `select o.institution_id, o.is_new, s.line, s.since, ${openEnded}, t.territory_id, s.code, s.name_lv, s.name_en,
                  s.genitive_lv, s.locative_lv, s.kind, ${later.map((column) => `held.${column}`).join(', ')}
             from staged_institution s join institution_of o using (no) join territory_of t on t.no = s.territory_no
             left join lateral (select v.* from registry.institution_version v
                                 where v.institution_id = o.institution_id and v.superseded_by is null
                                   and v.valid && daterange(s.since, s.since, '[]')
                                 order by lower(v.valid) nulls first limit 1) held on true
            where s.name_lv is not null`,
  })
  return { territories, institutions }
}

/** A mapping does not speak of ends. */
const openEnded = 'null::date as until, false as says_end'
