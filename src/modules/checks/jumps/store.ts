import type { Tx } from '#db/actor.ts'
import type { Surprise } from '../model.ts'

const name = `jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)`

/** What the latest run found, as far as the caller sees it; of one figure where it is given. */
export async function surprisesOf(tx: Tx, figure: string | null): Promise<Surprise[]> {
  const { rows } = await tx.query<Surprise>(
    `with place as (
       select distinct on (institution_id) v.institution_id, v.territory_id, i.institution_uuid as id, ${name} as name
         from registry.institution_version v join registry.institution i using (institution_id)
        where v.superseded_by is null order by institution_id, v.valid @> access.today() desc, v.valid desc
     ), municipality as (
       select distinct on (territory_id) v.territory_id, t.territory_uuid as id, ${name} as name
         from registry.territory_version v join registry.territory t using (territory_id)
        where v.superseded_by is null order by territory_id, v.valid @> access.today() desc, v.valid desc
     )
     select j.figure, j.kind, jsonb_build_object('id', p.id, 'name', p.name) as institution,
            jsonb_build_object('id', m.id, 'name', m.name) as municipality, j.school_year as "schoolYear", j.value,
            j.like_value as usual, j.from_like as "fromLike", j.from_own as "fromOwn", j.like_group as "like",
            j.like_count as "likeCount", j.years_before as "yearsBefore",
            (select jsonb_agg(jsonb_build_object('schoolYear', h.year, 'value', h.value) order by h.year)
               from unnest(j.years, j.figures) h (year, value)) as history
       from checks.jump j
       join place p using (institution_id)
       join municipality m on m.territory_id = p.territory_id
      where j.figure = coalesce($1, j.figure)
      order by j.figure, j.school_year desc, abs(j.from_like) desc, j.institution_id, j.kind`,
    [figure],
  )
  return rows
}
