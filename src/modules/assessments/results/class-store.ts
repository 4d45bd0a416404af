import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { PlaceName } from '#terms/locale.ts'
import { classLearner, firstOfToday, type NamedResults, testsOf } from './class-results.ts'
import type { ClassResults, ItemMapRow, ResultClass, ResultDomain } from './model.ts'
import { strandName } from './sheet.ts'

const inLatvian = new Intl.Collator('lv', { numeric: true })
const placeName = `jsonb_build_object('lv', s.name_lv, 'en', s.name_en, 'genitive', s.genitive_lv, 'locative', s.locative_lv)`

/**
 * A class by name with its results; the database writes down whose names it hands out.
 *
 * @param id  uuid of the class
 * @returns   null where the class is not the caller's
 */
export async function classResults(tx: Tx, keys: Keys, id: string): Promise<ClassResults | null> {
  const { rows } = await tx.query<NamedResults & { sealedName: Buffer | null; sealedCode: Buffer | null }>(
    `select learner_uuid as id, sealed_name as "sealedName", sealed_code as "sealedCode", sex, results, marks, requests
       from assessments.read_class_results($1)`,
    [id],
  )
  const about = await classAndSchool(tx, id)
  if (!about) return null
  const { open } = sealer(keys)
  const since = firstOfToday(rows)
  const learners = rows
    .map(({ sealedName, sealedCode, ...row }) =>
      classLearner(
        {
          ...row,
          name: sealedName && open('name', sealedName),
          code: sealedCode ? open('code', sealedCode) : '',
        },
        since,
      ),
    )
    .toSorted((a, b) => inLatvian.compare(a.name ?? '', b.name ?? '') || inLatvian.compare(a.code, b.code))
  return { ...about, tests: testsOf(learners), learners }
}

/** What class it is, where it is one of the caller's. */
async function classAndSchool(tx: Tx, id: string): Promise<Pick<ClassResults, 'class' | 'school'> | null> {
  const { rows } = await tx.query<ResultClass & { schoolId: string; school: PlaceName }>(
    `select g.class_group_uuid as id, v.name, v.grade, v.school_year as "schoolYear", i.institution_uuid as "schoolId",
            ${placeName} as school
       from registry.class_group g
       join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
       join registry.institution i on i.institution_id = v.institution_id
       join lateral (select * from registry.institution_version x
                      where x.institution_id = v.institution_id and x.superseded_by is null
                      order by x.valid @> access.today() desc, x.valid desc limit 1) s on true
      where g.class_group_uuid = $1
        and (v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))
      limit 1`,
    [id],
  )
  if (!rows[0]) return null
  const { schoolId, school, ...own } = rows[0]
  return { class: own, school: { id: schoolId, name: school } }
}

/** Classes whose class teacher the caller is. */
export async function ownClasses(tx: Tx): Promise<ResultClass[]> {
  const { rows } = await tx.query<ResultClass>(
    `select g.class_group_uuid as id, v.name, v.grade, v.school_year as "schoolYear"
       from access.my_classes() own
       join registry.class_group g on g.class_group_id = own
       join registry.class_group_version v on v.class_group_id = own and v.superseded_by is null
      order by v.grade, v.name collate public.latvian, v.class_group_id`,
  )
  return rows
}

/** Item by item: the pupils of a class, or of the whole own school, beside all pupils of the test. */
export async function itemMap(
  tx: Tx,
  { round, classId, school }: { round: string; classId: string | null; school: string | null },
): Promise<ItemMapRow[]> {
  const { rows } = await tx.query<Omit<ItemMapRow, 'strandName'> & { domain: ResultDomain }>(
    `select m."position", m.strand, m.process, m.most, m.title, m.item, m.own_n as n, m.own_share as share, m.all_n as "allN",
            m.all_share as "allShare", r.domain
       from assessments.item_map($1, $2, $3) m, assessments.domain_of($1) as r (domain)
      order by m."position"`,
    [round, classId, school],
  )
  return rows.map(({ domain, ...row }) => ({ ...row, strandName: strandName(domain, row.strand) }))
}
