import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { GrowthDomain } from '#modules/growth/model.ts'

/** A learner with results in grade 3 and grade 6. */
export interface PlantedPair {
  learner: number
  /** where the later test was taken */
  school: number
  /** where the earlier one was; left out: the same */
  fromSchool?: number
  from: number
  to: number
  sex?: 'female' | 'male'
  /** fifth of family circumstances */
  quintile?: number
}

export interface PlantOptions {
  domain?: GrowthDomain
  /** school year of the later test */
  year?: number
  status?: 'official' | 'preliminary'
}

/**
 * Results of two monitoring tests three years apart as the system of state tests brings them, with the schools and learners they need:
 * odd schools lie in one municipality, even ones in another. More can be planted beside what is there.
 */
export async function plantPairs(
  db: Database,
  pairs: readonly PlantedPair[],
  { domain = 'numeracy', year = 2026, status = 'official' }: PlantOptions = {},
): Promise<void> {
  const schools = [...new Set(pairs.flatMap(({ school, fromSchool = school }) => [school, fromSchool]))]
  const subject = domain === 'reading' ? 'literacy' : domain
  await asJob(db, async (tx) => {
    await tx.query(`insert into intake.import (source, mapping, data_kind, file_name, state, finished_at)
      select 'planted tests', '{}', 'made_up', 'planted.csv', 'merged', now() where not exists (select from intake.import)`)
    await tx.query(`insert into registry.territory (territory_id, kind)
      values (1, 'state'), (2, 'region'), (3, 'municipality'), (4, 'municipality') on conflict do nothing`)
    await tx.query(`insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
      select * from (values (1::bigint, null::bigint, 'LV', 'Valsts', 'State', '(,)'::daterange, 1, 1, 1),
                            (2, 1, 'R', 'Reģions', 'Region', '(,)', 1, 2, 2), (3, 2, 'A', 'A novads', 'A Municipality', '(,)', 1, 3, 3),
                            (4, 2, 'B', 'B novads', 'B Municipality', '(,)', 1, 4, 4)) as t
       where not exists (select from registry.territory_version)`)
    await tx.query(
      'insert into registry.institution (institution_id) select unnest($1::bigint[]) on conflict do nothing',
      [schools],
    )
    await tx.query(
      `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, kind, valid, import_id, line, row_hash)
       select id, 4 - id % 2, 'S' || id, id || '. skola', 'School ' || id, 'general', '(,)', 1, id, id from unnest($1::bigint[]) id
        where id not in (select institution_id from registry.institution_version)`,
      [schools],
    )
    await tx.query(
      `insert into records.scale (code, name_lv, name_en, minimum, maximum)
       values ('MONITORING', 'Skala', 'Scale', 0, 1000) on conflict do nothing`,
    )
    await tx.query(
      `insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, scale_id, kind, import_id)
       select format('M-%s-%s-%s', y, g, $1::text), $1 || '-' || g, 'Monitoringa darbs', 'Monitoring test', y, g, scale_id, 'monitoring', 1
         from (values ($2::int - 3, 3), ($2, 6)) as t (y, g), records.scale where scale.code = 'MONITORING'
       on conflict do nothing`,
      [subject, year],
    )
    const given = `jsonb_to_recordset($1) as p (learner bigint, school bigint, "fromSchool" bigint, "from" float8, "to" float8, sex text, quintile smallint)`
    const rows = JSON.stringify(pairs)
    await tx.query(
      `insert into registry.learner (learner_id) select learner from ${given} on conflict do nothing`,
      [rows],
    )
    await tx.query(
      `insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
       select learner, coalesce(sex, 'unknown'), '(,)', 1, learner, learner from ${given}
        where learner not in (select learner_id from registry.learner_version)`,
      [rows],
    )
    await tx.query(
      `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
       select learner, school, $2::int, 6, true, daterange(make_date($2::int - 1, 9, 1), make_date($2::int, 9, 1)), 1, learner, 1
         from ${given} where not exists (select from registry.enrolment e where e.learner_id = learner and e.school_year = $2::int)`,
      [rows, year],
    )
    await tx.query(
      `insert into records.context (learner_id, school_year, quintile, import_id, line, row_hash)
       select learner, y, quintile, 1, learner, y from ${given}, unnest(array[$2::int - 3, $2]) y where quintile is not null`,
      [rows, year],
    )
    await tx.query(
      `insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
       select learner, place, assessment_id, value, $4, 1, learner, 1
         from ${given}
        cross join lateral (values ($2::int - 3, coalesce("fromSchool", school), "from"), ($2, school, "to")) as t (y, place, value)
         join records.assessment a on a.code = format('M-%s-%s-%s', y, case when y = $2 then 6 else 3 end, $3::text)`,
      [rows, year, subject, status],
    )
  })
}
