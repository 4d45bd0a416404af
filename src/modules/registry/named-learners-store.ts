import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { resultsOf } from '#modules/records/index.ts'
import type { Sex } from '#terms/sex.ts'
import { sealer } from './identity.ts'
import type { NamedLearner } from './model.ts'

const inLatvian = new Intl.Collator('lv', { numeric: true })

type Row = {
  learner_id: number
  id: string
  sex: Sex
  grade: number
  className: string | null
  code: Buffer
  name: Buffer | null
}

/**
 * Learners of one school year by name, for their own school or class teacher. The database writes down who read whom before it hands out a
 * single sealed value.
 *
 * @param institution  uuid
 * @returns            by name, those without one by code; null when the caller answers for nobody there
 */
export async function learnersOfInstitution(
  tx: Tx,
  keys: Keys,
  institution: string,
  schoolYear: number,
): Promise<NamedLearner[] | null> {
  const { rows: own } = await tx.query<{ id: number }>(
    `select institution_id as id from registry.institution
      where institution_uuid = $1
        and (institution_id in (select access.my_schools())
             or institution_id in (select v.institution_id from registry.class_group_version v
                                    where v.class_group_id in (select access.my_classes()) and v.superseded_by is null))`,
    [institution],
  )
  if (!own[0]) return null
  const { rows } = await tx.query<Row>(
    `select p.learner_id, l.learner_uuid as id, coalesce(v.sex, 'unknown') as sex, e.grade, e.class_name as "className",
            p.sealed_code as code, p.sealed_name as name
       from identity.read_learners($1, $2) p
       join registry.learner l using (learner_id)
       join lateral (select * from registry.enrolment x
                      where x.learner_id = p.learner_id and x.institution_id = $1 and x.school_year = $2
                        and x.superseded_by is null
                      order by x.main desc, x.valid desc limit 1) e on true
       left join registry.learner_version v on v.learner_id = p.learner_id and v.superseded_by is null`,
    [own[0].id, schoolYear],
  )
  const results = await resultsOf(
    tx,
    rows.map((row) => row.learner_id),
  )
  const { open } = sealer(keys)
  return rows
    .map(({ learner_id, code, name, ...learner }) => ({
      ...learner,
      code: open('code', code),
      name: name && open('name', name),
      results: results.get(learner_id) ?? [],
    }))
    .sort((a, b) => inLatvian.compare(a.name ?? '', b.name ?? '') || inLatvian.compare(a.code, b.code))
}
