import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { SchoolResults } from './model.ts'
import { classesOf, type SchoolRow, schoolTests } from './school-results.ts'
import { levelNames } from './sheet.ts'
import { toldRounds } from './told-store.ts'

/**
 * The own school's results; nobody is named, so nothing is written into the audit trail.
 *
 * @param id  uuid of the institution
 * @returns   null where the caller does not answer for it
 */
export async function schoolResults(tx: Tx, id: string): Promise<SchoolResults | null> {
  const { rows: own } = await tx.query<{ id: string; name: PlaceName }>(
    `select i.institution_uuid as id,
            jsonb_build_object('lv', s.name_lv, 'en', s.name_en, 'genitive', s.genitive_lv, 'locative', s.locative_lv) as name
       from registry.institution i
       join lateral (select * from registry.institution_version x
                      where x.institution_id = i.institution_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) s on true
      where i.institution_uuid = $1 and i.institution_id in (select access.my_schools())`,
    [id],
  )
  if (!own[0]) return null
  const { rows } = await tx.query<SchoolRow>(
    `select round, jsonb_build_object('lv', name_lv, 'en', name_en) as name, school_year as "schoolYear", domain, grade,
            class_id as "classId", class_name as "className", language, sex, supported, score, level,
            is_official as "isOfficial"
       from assessments.school_results($1)`,
    [id],
  )
  return {
    school: own[0],
    levels: levelNames,
    tests: schoolTests(rows, await toldRounds(tx)),
    classes: classesOf(rows),
  }
}
