import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

/**
 * A small country in which pupils change schools and stay in grades between 2025 and 2026: one state, two regions, four
 * municipalities, twelve schools. Nobody came or left; the last school takes nobody in.
 */
export const movingCountry = { schools: 12, municipalities: 4, schoolYear: 2026 }

/** Fills an empty database with it; larger for benchmarks. */
export async function makeMovingPupils(
  db: Database,
  { pupils = 900, schools = movingCountry.schools, municipalities = movingCountry.municipalities } = {},
): Promise<void> {
  await asJob(db, async (tx) => {
    await tx.query(`insert into intake.import (source, mapping, data_kind, file_name, state)
                    values ('moving pupils', '{}', 'made_up', 'moving.csv', 'merged')`)
    await tx.query(
      `insert into registry.territory (territory_id, kind)
       select id, case when id = 1 then 'state' when id <= 3 then 'region' else 'municipality' end
         from generate_series(1, 3 + $1::int) as id`,
      [municipalities],
    )
    await tx.query(
      `insert into registry.territory_version
         (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
       select id, case when id = 1 then null when id <= 3 then 1 else 2 + id % 2 end, 'T' || id, 'Vieta ' || id,
              'Place ' || id, '[2000-01-01,)', 1, id, id from generate_series(1, 3 + $1::int) as id`,
      [municipalities],
    )
    await tx.query('insert into registry.institution (institution_id) select generate_series(1, $1::int)', [
      schools,
    ])
    await tx.query(
      `insert into registry.institution_version
         (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
       select id, 4 + id % $2::int, 'S' || id, 'Skola ' || id, 'School ' || id, '[2000-01-01,)', 1, id, id
         from generate_series(1, $1::int) as id`,
      [schools, municipalities],
    )
    // fixed person keys: the noise is the same in every run
    await tx.query(
      `insert into registry.learner (learner_id, person_key)
       select id, md5('pupil ' || id)::uuid from generate_series(1, $1::int) as id`,
      [pupils],
    )
    await tx.query(
      `insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
       select id, case when id % 50 = 0 then 'unknown' when id % 2 = 0 then 'female' else 'male' end,
              '[2000-01-01,)', 1, id, id from generate_series(1, $1::int) as id`,
      [pupils],
    )
    await tx.query(
      `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
       select id, case when year = 2026 and id % 3 = 0 then 1 + (id * 5 / 3) % ($2::int - 1) else 1 + id % $2::int end, year,
              1 + id % 9 + case when year = 2026 and id % 37 <> 0 then 1 else 0 end, true,
              daterange(make_date(year - 1, 9, 1), make_date(year, 9, 1)), 1, id, id
         from generate_series(1, $1::int) as id, generate_series(2025, 2026) as year`,
      [pupils, schools],
    )
  })
}
