import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Day } from '#terms/day.ts'

/** The day on which the bank below is asked, in its latest school year. */
export const asked: Day = '2026-11-22'
export const thisYear = 2027

/** Two schools of one municipality, two classes each, three years back. Numbers of rows are fixed, so that tests can name them. */
export const schools = [1, 2] as const
export const perClass = 12
/** Classes of a school: number, grade in the latest year. */
const classes = [
  [1, 3],
  [2, 6],
] as const

/**
 * A small bank in which everything is in order: no check finds anything, and every check has something to look at. Made with
 * SQL, because what a check must find, an import may refuse.
 */
export async function makeCheckedBank(db: Database): Promise<void> {
  await asJob(db, async (tx) => {
    const run = (sql: string) => tx.query(sql)
    await run(`insert into intake.import (import_id, source, mapping, data_kind, file_name, state, finished_at)
      overriding system value values (1, 'test', '{}', 'made_up', 'test.csv', 'merged', now())`)
    await run(`insert into registry.territory (territory_id, kind) values (1, 'state'), (2, 'municipality')`)
    await run(`insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
      values (1, null, 'LV', 'Valsts', 'State', '(,)', 1, 1, 1), (2, 1, '0001', 'Novads', 'Municipality', '(,)', 1, 2, 2)`)
    await run(`insert into registry.founder (founder_id) values (1)`)
    await run(`insert into registry.founder_version (founder_id, code, kind, name_lv, name_en, territory_id, valid, import_id, line, row_hash)
      values (1, 'F', 'municipality', 'Novads', 'Municipality', 2, '(,)', 1, 1, 1)`)
    for (const school of [...schools, 9]) {
      // The ninth is closed, in good order: nobody is on its roll after its last day.
      const closed = school === 9
      await run(`insert into registry.institution (institution_id) values (${school})`)
      await run(`insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, type, founder_id,
          opened_on, closed_on, accredited_until, valid, import_id, line, row_hash)
        values (${school}, 2, 'S${school}', '${school}. skola', 'School ${school}', 'basic', 1, '1990-09-01',
          ${closed ? `'2025-08-31'` : 'null'}, '2030-01-01', '(,)', 1, ${school}, ${school})`)
      if (closed) continue
      await run(`insert into registry.site (site_id) values (${school})`)
      await run(`insert into registry.site_version (site_id, institution_id, territory_id, code, degurba, lat, lon, capacity, floor_area_m2,
          building_year, valid, import_id, line, row_hash)
        values (${school}, ${school}, 2, 'V${school}', 'village', 56.9, 24.1, 100, 900, 1970, '(,)', 1, ${school}, ${school})`)
      for (const code of ['21011111', '21015811']) {
        await run(`insert into registry.programme (institution_id, code, licence_no, licence_date, language, form, valid, import_id, line, row_hash)
          values (${school}, '${code}', 'L-${school}', '2010-01-01', 'lv', 'full_time', '[2012-09-01,)', 1, 1, ${school})`)
      }
      await run(
        `insert into registry.staff_member (staff_id) values (${school * 10}), (${school * 10 + 1}), (${school * 10 + 2})`,
      )
      for (const [staff, position] of [
        [school * 10, 'head'],
        [school * 10 + 1, 'teacher'],
        [school * 10 + 2, 'teacher'],
      ]) {
        await run(`insert into registry.staff_version (staff_id, birth_year, sex, education_level, qualification_subjects, valid, import_id, line, row_hash)
          values (${staff}, 1980, 'female', 'master', '{mathematics}', '(,)', 1, ${staff}, ${staff})`)
        await run(`insert into registry.employment (staff_id, institution_id, code, position_code, subject_code, stage, rate, contact_lessons,
            valid, import_id, line, row_hash)
          values (${staff}, ${school}, 'E${staff}', '${position}', ${position === 'head' ? 'null' : `'mathematics'`}, 'basic', 1, 21,
            '[2020-09-01,)', 1, ${staff}, ${staff})`)
      }
      for (const [no, gradeNow] of classes) {
        for (const year of [thisYear - 2, thisYear - 1, thisYear]) {
          const group = school * 100 + no * 10 + (thisYear - year)
          const grade = gradeNow - (thisYear - year)
          await run(`insert into registry.class_group (class_group_id) values (${group})`)
          await run(`insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, combined,
              language, programme_code, class_teacher_id, valid, import_id, line, row_hash)
            values (${group}, ${school}, ${year}, 'K${group}', ${grade}, '${grade}.a', false, 'lv', '21011111', ${school * 10 + no},
              daterange(make_date(${year} - 1, 9, 1), make_date(${year}, 9, 1)), 1, ${group}, ${group})`)
        }
        for (let pupil = 0; pupil < perClass; pupil++) {
          const learner = school * 1000 + no * 100 + pupil
          await run(`insert into registry.learner (learner_id) values (${learner})`)
          await run(`insert into registry.learner_version (learner_id, sex, birth_month, valid, import_id, line, row_hash)
            values (${learner}, '${pupil % 2 ? 'female' : 'male'}', make_date(${thisYear - 1 - gradeNow - 6}, 3, 1), '(,)', 1, ${learner}, ${learner})`)
          // The last pupil of every class is in a special programme, with the conclusion that goes with it.
          const isSpecial = pupil === perClass - 1
          await run(`insert into registry.learner_circumstance (learner_id, territory_id, citizenship_group, special_need, valid, import_id, line, row_hash)
            values (${learner}, 2, 'latvia', ${isSpecial ? 58 : 'null'}, '(,)', 1, ${learner}, ${learner})`)
          for (const year of [thisYear - 2, thisYear - 1, thisYear]) {
            const group = school * 100 + no * 10 + (thisYear - year)
            await run(`insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, main, class_group_id,
                programme_code, repeated, transport_minutes, valid, import_id, line, row_hash)
              values (${learner}, ${school}, ${year}, ${gradeNow - (thisYear - year)}, '${gradeNow - (thisYear - year)}.a', true, ${group},
                '${isSpecial ? '21015811' : '21011111'}', false, 20,
                daterange(make_date(${year} - 1, 9, 1), make_date(${year}, 9, 1)), 1, ${learner}, ${learner})`)
          }
        }
      }
    }
    // One pupil left in autumn, with a reason, for the other school; one repeats a grade, and it is marked.
    await run(`update registry.enrolment set valid = '[2026-09-01,2026-10-12)', leave_reason = 'other_school'
      where learner_id = 1100 and school_year = ${thisYear}`)
    await run(`insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, main, class_group_id,
        programme_code, repeated, transport_minutes, valid, import_id, line, row_hash)
      values (1100, 2, ${thisYear}, 3, '3.a', true, 210, '21011111', false, 20, '[2026-10-12,2027-09-01)', 1, 1, 1)`)
    await run(
      `update registry.enrolment set repeated = true, grade = 6 where learner_id = 1201 and school_year >= ${thisYear - 1}`,
    )
    await run(
      `update registry.learner_version set birth_month = birth_month - interval '1 year' where learner_id = 1201`,
    )
    await run(
      `update registry.enrolment set repeated = null where learner_id = 1201 and school_year = ${thisYear - 1}`,
    )
    // A little work ended in autumn, with a reason.
    await run(`insert into registry.employment (staff_id, institution_id, code, position_code, subject_code, stage, rate, leave_reason,
        valid, import_id, line, row_hash)
      values (11, 1, 'E19', 'librarian', null, 'all', 0.1, 'own_wish', '[2020-09-01,2026-10-01)', 1, 19, 19)`)
    await run(
      `insert into records.scale (code, name_lv, name_en, minimum, maximum) values ('s', 'Skala', 'Scale', 0, 100)`,
    )
    await run(`insert into records.assessment (assessment_id, code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, import_id)
      overriding system value
      values (1, 'math-3', 'math', 'Rēķinpratība', 'Numeracy', ${thisYear}, 3, '2026-10-15', (select scale_id from records.scale), 1)`)
    await run(`insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
      select learner_id, institution_id, 1, 50, 'preliminary', 1, learner_id, learner_id from registry.enrolment
       where school_year = ${thisYear} and grade = 3 and '2026-10-15'::date <@ valid`)
    await makeRecords(run)
  })
}

/** What was recorded of the year that is over in the first school: an exam, marks, absence, lessons; and the costs of both. */
async function makeRecords(run: (sql: string) => Promise<unknown>): Promise<void> {
  const last = thisYear - 1
  await run(`insert into records.assessment (assessment_id, code, subject, name_lv, name_en, school_year, held_on, scale_id, kind, level,
      threshold, part_names, part_maxima, import_id)
    overriding system value
    select 2 + at, 'exam-' || level, 'exam-mathematics-' || lower(level), 'Eksāmens ' || level, 'Exam ' || level, ${last}, '${last}-05-20',
           scale_id, 'exam', level, 20, '{first,second}', '{30,30}', 1
      from records.scale, (values (0, 'OL'), (1, 'AL')) l (at, level)`)
  await run(`insert into records.result (learner_id, institution_id, assessment_id, value, status, parts, import_id, line, row_hash)
    select learner_id, institution_id, 2, 50, 'official', '{20,10}', 1, learner_id, learner_id from registry.enrolment
     where school_year = ${last} and institution_id = 1 and class_group_id = 121`)
  await run(`insert into records.marks (learner_id, institution_id, school_year, grade, scale, subjects, first_term, second_term, year_mark,
      import_id, line, row_hash)
    select learner_id, institution_id, school_year, grade, case when grade <= 3 then 'levels' else 'ten' end, '{latvian,mathematics}',
           '{3,3}', '{3,2}', '{3,2}', 1, learner_id, learner_id
      from registry.enrolment where school_year = ${last} and institution_id = 1`)
  await run(`insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
    select learner_id, institution_id, school_year, '{120,110,120,80,100,110,110,110,100,0}', '{5,5,5,5,5,5,5,5,5,0}',
           '{0,1,0,0,2,0,0,0,0,0}', 1, learner_id, learner_id
      from registry.enrolment where school_year = ${last} and institution_id = 1`)
  await run(`insert into records.lesson_delivery (class_group_id, subjects, planned, delivered, import_id, line, row_hash)
    select class_group_id, '{latvian,mathematics}', '{210,175}', '{200,170}', 1, class_group_id, class_group_id
      from registry.class_group_version where school_year = ${last} and institution_id = 1`)
  await run(`insert into records.finance (institution_id, year, salary_state_grant, salary_municipal, import_id, line, row_hash)
    select institution_id, ${last - 1}, 43200, 8000, 1, institution_id, institution_id
      from registry.institution_version where institution_id in (${schools.join(', ')})`)
}
