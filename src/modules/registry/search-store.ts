import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'

/** A place as the search knows it. */
export interface SearchablePlace {
  kind: 'institution' | 'state' | 'region' | 'municipality'
  id: string
  code: string
  name: PlaceName
  /** the territory it lies in; null for the state */
  within: PlaceName | null
}

const name = (of: string) =>
  `jsonb_build_object('lv', ${of}.name_lv, 'en', ${of}.name_en, 'genitive', ${of}.genitive_lv, 'locative', ${of}.locative_lv)`
const now = (of: string) => `${of}.superseded_by is null and ${of}.valid @> access.today()`

/** Every territory and institution of today, territories first, each in Latvian alphabetical order. */
export async function searchablePlaces(tx: Tx): Promise<SearchablePlace[]> {
  const { rows } = await tx.query<SearchablePlace>(
    `select found.kind, found.id, found.code, found.name, found.within from (
       select t.kind, t.territory_uuid as id, v.code, ${name('v')} as name,
              case when p.territory_id is not null then ${name('p')} end as within, 0 as rank, v.name_lv
         from registry.territory_version v
         join registry.territory t using (territory_id)
         left join registry.territory_version p on p.territory_id = v.parent_id and ${now('p')}
        where ${now('v')}
        union all
       select 'institution', i.institution_uuid, v.code, ${name('v')},
              case when p.territory_id is not null then ${name('p')} end, 1, v.name_lv
         from registry.institution_version v
         join registry.institution i using (institution_id)
         left join registry.territory_version p on p.territory_id = v.territory_id and ${now('p')}
        where ${now('v')}
     ) found
     order by found.rank, found.name_lv collate public.latvian`,
  )
  return rows
}
