import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { resultsOf } from '#modules/records/index.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { Sex } from '#terms/sex.ts'
import { sealer } from './identity.ts'
import type { OwnLearner } from './model.ts'

type Row = {
  learnerId: number
  id: string
  sex: Sex
  sealedName: Buffer | null
  schoolId: string | null
  school: PlaceName | null
  schoolYear: number | null
  grade: number | null
  className: string | null
}

/**
 * The learner whom the caller's mandate is for: oneself, or one's child. The database writes the reading down before it hands out
 * the sealed name.
 *
 * @returns  null when the mandate is for nobody, or for another than the one asked for
 */
export async function ownLearner(tx: Tx, keys: Keys, learner: string): Promise<OwnLearner | null> {
  const { rows: own } = await tx.query<{ id: number }>(
    'select learner_id as id from registry.learner where learner_uuid = $1 and learner_id in (select access.my_learner())',
    [learner],
  )
  if (!own[0]) return null
  const { rows } = await tx.query<Row>(
    `select l.learner_id as "learnerId", l.learner_uuid as id, coalesce(v.sex, 'unknown') as sex,
            p.sealed_name as "sealedName", i.institution_uuid as "schoolId", e.school_year as "schoolYear", e.grade,
            e.class_name as "className",
            case when iv.name_lv is not null then jsonb_build_object('lv', iv.name_lv, 'en', iv.name_en,
              'genitive', iv.genitive_lv, 'locative', iv.locative_lv) end as school
       from registry.learner l
       left join identity.read_own_learner() p on p.learner_id = l.learner_id
       left join registry.learner_version v on v.learner_id = l.learner_id and v.superseded_by is null
       left join lateral (select * from registry.enrolment x
                           where x.learner_id = l.learner_id and x.superseded_by is null
                           order by x.school_year desc, x.main desc, x.valid desc limit 1) e on true
       left join registry.institution i on i.institution_id = e.institution_id
       left join registry.institution_version iv
         on iv.institution_id = e.institution_id and iv.superseded_by is null and iv.valid @> access.today()
      where l.learner_id = $1`,
    [own[0].id],
  )
  const { learnerId, sealedName, schoolId, school, ...row } = rows[0]!
  const results = await resultsOf(tx, [learnerId])
  return {
    ...row,
    name: sealedName && sealer(keys).open('name', sealedName),
    school: schoolId !== null && school ? { id: schoolId, name: school } : null,
    results: results.get(learnerId) ?? [],
  }
}
