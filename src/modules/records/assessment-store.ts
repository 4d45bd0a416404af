import type { Tx } from '#db/actor.ts'
import type { Assessment } from './model.ts'

/** The tests of a school year with their scales, by name. */
export async function listAssessments(tx: Tx, schoolYear: number): Promise<Assessment[]> {
  const { rows } = await tx.query<Assessment>(
    `select a.assessment_uuid as id, a.code, a.subject, a.school_year as "schoolYear",
            jsonb_build_object('lv', a.name_lv, 'en', a.name_en) as name,
            jsonb_build_object('name', jsonb_build_object('lv', s.name_lv, 'en', s.name_en),
                               'minimum', s.minimum, 'maximum', s.maximum) as scale,
            f.subject as "startsFrom"
       from records.assessment a
       join records.scale s using (scale_id)
       left join records.assessment f on f.assessment_id = a.starts_from
      where a.school_year = $1
      order by a.name_lv collate public.latvian, a.code`,
    [schoolYear],
  )
  return rows
}
