import type { Tx } from '#db/actor.ts'
import type { Assessment } from './model.ts'

/** The tests of a school year with their scales, by name: those that came from outside, and official rounds given here. */
export async function listAssessments(tx: Tx, schoolYear: number): Promise<Assessment[]> {
  const { rows } = await tx.query<Assessment>(
    `select id, code, subject, $1::int as "schoolYear", jsonb_build_object('lv', name_lv, 'en', name_en) as name, scale, starts_from as "startsFrom",
            linked_to as "linkedTo", link_error as "linkError"
       from (
         select a.assessment_uuid as id, a.code, a.subject, a.name_lv, a.name_en,
                jsonb_build_object('name', jsonb_build_object('lv', s.name_lv, 'en', s.name_en),
                                   'minimum', s.minimum, 'maximum', s.maximum) as scale,
                f.subject as starts_from, null as linked_to, null::float8 as link_error
           from records.assessment a
           join records.scale s using (scale_id)
           left join records.assessment f on f.assessment_id = a.starts_from
          where a.school_year = $1
         union all
         select r.id, r.code, r.subject, r.name_lv, r.name_en,
                jsonb_build_object('name', jsonb_build_object('lv', 'Skala ' || coalesce(r.scale, r.code), 'en', 'Scale ' || coalesce(r.scale, r.code)), 'minimum', 200, 'maximum', 800),
                null, r.linked_to, r.link_error
           from assessments.told_rounds() r
          where r.school_year = $1 and r.is_official
       ) test
      order by name_lv collate public.latvian, code`,
    [schoolYear],
  )
  return rows
}
