import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

/**
 * What a file of results does not say of the learners of a bank: in 2026 they finish grade 9 (every seventh without a certificate),
 * go on to grade 10, finish in 2029 and begin to study; later they learn in all grades once more; all of them have special needs, and their schools have teachers and
 * buildings, which cost money. They take monitoring tests, one of them three years after another, and two exams of grade 12 at the advanced level, have marks, and are absent.
 */
export async function plantWays(db: Database): Promise<void> {
  await asJob(db, async (tx) => {
    const run = (sql: string) => tx.query(sql)
    const learners = `(select distinct on (learner_id) learner_id, institution_id, import_id, line from registry.enrolment
                        where superseded_by is null and school_year = 2026 order by learner_id, institution_id)`
    await run(`insert into registry.class_group (class_group_id) values (1)`)
    await run(`insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, programme_code, valid,
        import_id, line, row_hash)
      select 1, min(institution_id), 2026, 'C-1', 9, '9.a', '21011111', '[2025-09-01,2026-09-01)', min(import_id), 1, 1 from ${learners} w`)
    await run(`update registry.enrolment set repeated = line % 3 = 0, class_group_id = 1, programme_code = '21011111',
        transport_minutes = 10 + line % 70, leave_reason = case when school_year = 2026 then case when line % 7 = 0 then 'graduated_without_certificate' else 'completed' end end`)
    for (const [year, grade, reason] of [
      [2027, 10, null],
      [2028, 11, null],
      [2029, 12, 'completed'],
    ] as const) {
      await tx.query(
        `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, leave_reason, repeated, programme_code,
           import_id, line, row_hash)
         select learner_id, institution_id, $1::int, $2, true, daterange(make_date($1 - 1, 9, 1), make_date($1, 9, 1)), $3, false, '31011011',
                import_id, line, 1 from ${learners} w`,
        [year, grade, reason],
      )
    }
    // many years later they fill every grade of their schools twice, and children are born there: what a projection is made from
    for (const [year, step] of [
      [2030, 1],
      [2031, 2],
    ] as const) {
      await tx.query(
        `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, repeated, programme_code,
           import_id, line, row_hash)
         select learner_id, institution_id, $1::int, line % 11 + $2::int, true, daterange(make_date($1 - 1, 9, 1), make_date($1, 9, 1)), false,
                '21011111', import_id, line, 1 from ${learners} w`,
        [year, step],
      )
    }
    await run(`insert into records.population (territory_id, year, age, sex, people, import_id, line, row_hash)
      select t.territory_id, year, age, 'female', 40, (select min(import_id) from intake.import), 1, 1
        from (select distinct territory_id from registry.institution_version) t, generate_series(2029, 2030) year, generate_series(0, 6) age`)
    // the first of the file was in grade 10 the year before, so that the first year of the record is not taken for the first of a cohort
    await run(`insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
      select learner_id, institution_id, 2026, 10, false, '[2025-09-01,2026-09-01)', import_id, line, 2 from ${learners} w order by line limit 1`)
    await run(`insert into registry.learner_circumstance (learner_id, special_need, territory_id, valid, import_id, line, row_hash)
      select learner_id, 51, (select min(territory_id) from registry.institution_version), '(,)', import_id, line, 1 from ${learners} w`)
    await run(`insert into records.destination (learner_id, kind, on_day, import_id, line, row_hash)
      select learner_id, 'higher_education', '2029-09-10', import_id, line, 1 from ${learners} w`)
    await plantRecords(run, learners)
    await plantRound(run, learners)
    await run(`insert into registry.site (site_id) select institution_id from registry.institution`)
    await run(`insert into registry.site_version (site_id, institution_id, territory_id, code, floor_area_m2, capacity, lat, lon, valid,
        import_id, line, row_hash)
      select institution_id, institution_id, territory_id, 'V-' || code, 1000, 200, 56 + institution_id % 10 * 0.1, 24, '(,)', import_id, 1, 1
        from registry.institution_version`)
    await run(`update registry.institution_version set kind = 'general'`)
    await run(`insert into records.finance (institution_id, year, salary_state_grant, meals, import_id, line, row_hash)
      select institution_id, 2025, 90000, 5000, import_id, 1, 1 from registry.institution_version`)
    await run(`insert into registry.staff_member (staff_id) select institution_id from registry.institution`)
    await run(`insert into registry.employment (staff_id, institution_id, code, position_code, stage, rate, contact_lessons, valid, import_id,
        line, row_hash)
      select institution_id, institution_id, 'E-' || code, 'teacher', 'basic_2', 1, 20, '(,)', import_id, 1, 1 from registry.institution_version`)
  })
}

/** A round that everybody was to sit: most did, some with support, some were absent, some exempt. */
async function plantRound(run: (sql: string) => Promise<unknown>, learners: string): Promise<void> {
  await run(`insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
    values ('2026-9-science', 'census', 'science', 9, 2026, 'Dabaszinātnes', 'Science', '2026-04-01', '2026-05-01', 60, 'official')`)
  await run(`insert into assessments.participant (round_id, learner_id, institution_id, status, exempt_reason, profile)
    select r.round_id, w.learner_id, w.institution_id, (array['tested', 'tested', 'tested', 'absent', 'exempt'])[(w.line + 2) % 5 + 1],
           case when (w.line + 2) % 5 = 4 then 'other_order' end,
           case when (w.line + 2) % 5 = 0 then '{"extraMinutes": 15}' else '{}' end::jsonb
      from ${learners} w cross join assessments.round r`)
}

async function plantRecords(run: (sql: string) => Promise<unknown>, learners: string): Promise<void> {
  const scale = '(select min(scale_id) from records.scale)'
  const first = '(select min(import_id) from intake.import)'
  await run(`insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, scale_id, kind, level, threshold, level_cuts,
      import_id)
    values ('m-9', 'reading-9', 'Lasīšana', 'Reading', 2026, 9, ${scale}, 'monitoring', null, null, '{20,40,60}', ${first}),
           ('m-3', 'numeracy-3', 'Rēķinpratība', 'Numeracy', 2023, 3, ${scale}, 'monitoring', null, null, null, ${first}),
           ('m-6', 'numeracy-6', 'Rēķinpratība', 'Numeracy', 2026, 6, ${scale}, 'monitoring', null, null, null, ${first}),
           ('e-12-a', 'exam-12-maths-al', 'Matemātika', 'Mathematics', 2026, 12, ${scale}, 'exam', 'AL', 30, null, ${first}),
           ('e-12-b', 'exam-12-physics-al', 'Fizika', 'Physics', 2026, 12, ${scale}, 'exam', 'AL', 30, null, ${first})`)
  await run(`insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
    select w.learner_id, w.institution_id, a.assessment_id, (w.line * case a.code when 'm-3' then 7 else 13 end) % 90, 'official', w.import_id, w.line, 1
      from ${learners} w cross join records.assessment a where a.code in ('m-3', 'm-6', 'm-9', 'e-12-a', 'e-12-b')`)
  await run(`insert into records.context (learner_id, school_year, quintile, import_id, line, row_hash)
    select learner_id, 2026, line % 5 + 1, import_id, line, 1 from ${learners} w`)
  await run(`insert into rights.linkage_switch (linkage, is_on) values ('context', true)`)
  await run(`insert into records.marks (learner_id, institution_id, school_year, grade, scale, subjects, first_term, second_term, year_mark,
      import_id, line, row_hash)
    select learner_id, institution_id, 2026, 9, 'ten', '{maths}', '{7}', '{7}', array[(line % 9 + 1)::smallint], import_id, line, 1
      from ${learners} w`)
  await run(`insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
    select learner_id, institution_id, 2026, array_fill(90::smallint, array[10]), array_fill(2::smallint, array[10]),
           array_fill((line % 12)::smallint, array[10]), import_id, line, 1
      from ${learners} w`)
}
