import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { philox } from '#stats/numeric/random.ts'

export const learnersInBank = 1200
export const yearsOfBank = [2025, 2026] as const

/**
 * Two school years of learners in four municipalities of two regions, with a test in each year and absences: enough people
 * that extracts can meet their demand. The same seed gives the same bank.
 */
export async function makeExtractBank(db: Database, seed = 7): Promise<void> {
  const random = philox(seed)
  const draw = (of: number) => Math.floor(random.uniform() * of)
  await asJob(db, async (tx) => {
    const run = (sql: string, values: unknown[] = []) => tx.query(sql, values)
    await run(`insert into intake.import (import_id, source, mapping, data_kind, file_name, state, finished_at)
      overriding system value values (1, 'test', '{}', 'made_up', 'test.csv', 'merged', now())`)
    await run(
      `insert into registry.territory (territory_id, kind) values (1, 'state'), (2, 'region'), (3, 'region')`,
    )
    await run(`insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
      values (1, null, 'LV', 'Valsts', 'State', '(,)', 1, 1, 1), (2, 1, 'LV01', 'Rietumi', 'West', '(,)', 1, 2, 2),
             (3, 1, 'LV02', 'Austrumi', 'East', '(,)', 1, 3, 3)`)
    for (let place = 0; place < 4; place += 1) {
      await run(`insert into registry.territory (territory_id, kind) values ($1, 'municipality')`, [
        10 + place,
      ])
      await run(
        `insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
         values ($1, $2, $3, $4, $4, '(,)', 1, $1, $1)`,
        [10 + place, 2 + (place % 2), `000${place}`, `Novads ${place}`],
      )
      await run('insert into registry.institution (institution_id) values ($1)', [place + 1])
      await run(
        `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
         values ($1, $2, $3, $4, $4, '(,)', 1, $1, $1)`,
        [place + 1, 10 + place, `S${place}`, `Skola ${place}`],
      )
    }
    await run(
      `insert into records.scale (code, name_lv, name_en, minimum, maximum) values ('s', 'Skala', 'Scale', 0, 100)`,
    )
    for (const year of yearsOfBank) {
      await run(
        `insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, import_id)
         values ($1, 'math', 'Matemātika', 'Mathematics', $2::int, 3, make_date($2::int, 4, 15), (select scale_id from records.scale), 1)`,
        [`math-${year}`, year],
      )
    }
    for (let learner = 1; learner <= learnersInBank; learner += 1) {
      const school = 1 + draw(4)
      const grade = 3 + draw(2)
      await run('insert into registry.learner (learner_id) values ($1)', [learner])
      await run(
        `insert into registry.learner_version (learner_id, sex, birth_month, valid, import_id, line, row_hash)
         values ($1, $2, make_date($3::int, $4::int, 1), '(,)', 1, $1, $1)`,
        [learner, draw(2) ? 'female' : 'male', 2024 - 6 - grade - draw(2), 1 + draw(12)],
      )
      await run(
        `insert into registry.learner_circumstance (learner_id, special_need, valid, import_id, line, row_hash)
         values ($1, $2, '(,)', 1, $1, $1)`,
        [learner, draw(4) === 0 ? 56 : null],
      )
      for (const [at, year] of yearsOfBank.entries()) {
        await run(
          `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
           values ($1, $2, $3::int, $4, true, daterange(make_date($3::int - 1, 9, 1), make_date($3::int, 9, 1)), 1, $1, $1)`,
          [learner, school, year, grade + at],
        )
        await run(
          `insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
           select $1::bigint, $2::bigint, assessment_id, $4::float8, 'official', 1, $1::bigint, $1::bigint from records.assessment where school_year = $3::int`,
          [learner, school, year, 10 * draw(11)],
        )
        const months = Array.from({ length: 10 }, () => draw(3))
        await run(
          `insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
           values ($1, $2, $3, array_fill(100::smallint, array[10]), array_fill(0::smallint, array[10]), $4, 1, $1, $1)`,
          [learner, school, year, months],
        )
      }
    }
  })
}
