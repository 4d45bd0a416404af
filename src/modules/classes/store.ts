import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'
import { type ClassSums, countOf, figuresOfClass, marksOfClass } from './figures.ts'
import type { ClassFigures, OwnClasses, SchoolClass } from './model.ts'

const isOwn =
  '(v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))'

/**
 * Classes of the caller in a school year: a class teacher's own, all of a head's school.
 *
 * @param year  left out: the latest with classes
 */
export async function ownClasses(tx: Tx, year: number | undefined): Promise<OwnClasses> {
  const { rows } = await tx.query<SchoolClass>(
    `select g.class_group_uuid as id, v.name, v.grade, v.school_year as "schoolYear"
       from registry.class_group_version v join registry.class_group g using (class_group_id)
      where v.superseded_by is null and ${isOwn}
      order by v.grade, v.name collate public.latvian, v.class_group_id`,
  )
  const schoolYears = [...new Set(rows.map(({ schoolYear }) => schoolYear))].sort((a, b) => a - b)
  const schoolYear = year ?? schoolYears.at(-1) ?? null
  return { schoolYear, schoolYears, items: rows.filter((each) => each.schoolYear === schoolYear) }
}

/**
 * Everything the page of a class shows. The database writes down whose records are in it.
 *
 * @param id  uuid of the class
 * @returns   null where the class is not the caller's
 */
export async function classFigures(tx: Tx, id: string): Promise<ClassFigures | null> {
  const { rows: classes } = await tx.query<SchoolClass & { schoolId: string; school: PlaceName }>(
    `select g.class_group_uuid as id, v.name, v.grade, v.school_year as "schoolYear", i.institution_uuid as "schoolId",
            jsonb_build_object('lv', s.name_lv, 'en', s.name_en, 'genitive', s.genitive_lv, 'locative', s.locative_lv) as school
       from registry.class_group g
       join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
       join registry.institution i on i.institution_id = v.institution_id
       join lateral (select * from registry.institution_version x
                      where x.institution_id = v.institution_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) s on true
      where g.class_group_uuid = $1 and ${isOwn} limit 1`,
    [id],
  )
  const [found] = classes
  if (!found) return null
  const { rows: sums } = await tx.query<ClassSums>(
    `select measure, subject, side, facts, sum_y as "sumY", sum_yy as "sumYY", sum_w as "sumW", sum_ww as "sumWW",
            sum_wy as "sumWY", vals, counts
       from records.read_class_figures($1)`,
    [id],
  )
  const { schoolId, school, ...own } = found
  return {
    class: own,
    school: { id: schoolId, name: school },
    grades: gradesAround(own.grade),
    pupils: countOf(sums, 'pupils') ?? 0,
    girls: countOf(sums, 'girls'),
    figures: figuresOfClass(sums),
    marks: marksOfClass(sums),
  }
}

/** The grades a class stands beside, as `records.read_class_figures` takes them. */
function gradesAround(grade: number): ClassFigures['grades'] {
  if (grade === 0) return { from: 0, to: 0 }
  const from = Math.trunc((grade - 1) / 3) * 3 + 1
  return { from, to: grade > 9 ? 12 : from + 2 }
}
