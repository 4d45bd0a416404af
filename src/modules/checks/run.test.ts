import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { asked, makeCheckedBank, thisYear } from '#test/checked-bank.ts'
import { newDatabase } from '#test/database.ts'
import { checks } from '../../catalogue.ts'
import { runChecks } from './run.ts'

const db = await newDatabase()
const run = (sql: string) => asJob(db, (tx) => tx.query(sql))
const ask = () => runChecks(db, checks, { day: asked })
const standing = async () => {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ check: string; institution: number; subject: number }>(
      `select check_code as check, institution_id as institution, subject_id as subject from checks.finding
        where gone_run is null order by 1, 2, 3`,
    ),
  )
  return rows.map(({ check, institution, subject }) => `${check} ${institution} ${subject}`)
}

beforeAll(() => makeCheckedBank(db))

test('there are more than ninety checks, each with its own code and words, none of which is another’s', () => {
  expect(checks.length).toBeGreaterThanOrEqual(90)
  expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length)
  for (const locale of ['lv', 'en'] as const) {
    expect(new Set(checks.map(({ title }) => title[locale])).size).toBe(checks.length)
  }
})

test('where everything is in order nothing is found, and every check had something to look at', async () => {
  const { asked: records, faults, found } = await ask()
  expect(await standing()).toEqual([])
  expect({ faults, found }).toEqual({ faults: 0, found: 0 })
  expect(records).toBeGreaterThan(500)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ check: string }>('select distinct check_code as check from checks.score'),
  )
  const silent = checks.map(({ code }) => code).filter((code) => !rows.some(({ check }) => check === code))
  expect(silent).toEqual([])
})

const enrolment = (set: string, learner: number, year = thisYear) =>
  `update registry.enrolment set ${set} where learner_id = ${learner} and school_year = ${year}`
const copyOfEmployment = (code: string, more: string) =>
  `insert into registry.employment (staff_id, institution_id, code, position_code, subject_code, stage, rate, valid, import_id, line, row_hash)
   select staff_id, institution_id, '${code}', position_code, subject_code, stage, rate, valid, 1, 1, 1
     from registry.employment where code = 'E11' ${more}`

/** `check institution subject` → check */
const codeOf = (found: string) => found.split(' ')[0]!

/** How each fault is made, how it is undone, and what is found: check, institution, subject; or only which checks find it. */
const planted: [does: string, undoes: string, found: string[]][] = [
  [
    'update registry.institution_version set type = null where institution_id = 1',
    `update registry.institution_version set type = 'basic' where institution_id = 1`,
    ['institution.no_type 1 1'],
  ],
  [
    'update registry.institution_version set founder_id = null where institution_id = 2',
    'update registry.institution_version set founder_id = 1 where institution_id = 2',
    ['institution.no_founder 2 2'],
  ],
  [
    `update registry.territory_version set valid = '(,2025-07-01)' where territory_id = 2`,
    `update registry.territory_version set valid = '(,)' where territory_id = 2`,
    ['institution.territory_gone', 'learner.residence_gone', 'site.territory_gone'],
  ],
  [
    `update registry.site_version set valid = '(,2026-01-01)' where site_id = 1`,
    `update registry.site_version set valid = '(,)' where site_id = 1`,
    ['institution.no_site 1 1'],
  ],
  [
    `update registry.institution_version set accredited_until = '2026-06-30' where institution_id = 1`,
    `update registry.institution_version set accredited_until = '2030-01-01' where institution_id = 1`,
    ['institution.accreditation_over 1 1'],
  ],
  [
    `update registry.institution_version set closed_on = '2027-01-31' where institution_id = 9;
     insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
     values (1101, 9, 2025, 1, false, '[2024-09-01,2025-09-01)', 1, 1, 5);
     update registry.institution_version set closed_on = '2025-01-31' where institution_id = 9`,
    `delete from registry.enrolment where institution_id = 9;
     update registry.institution_version set closed_on = '2025-08-31' where institution_id = 9`,
    ['institution.closed_with_learners 9 9'],
  ],
  [
    `update registry.employment set position_code = 'teacher' where code = 'E10'`,
    `update registry.employment set position_code = 'head' where code = 'E10'`,
    ['institution.no_head 1 1'],
  ],
  [
    `update registry.employment set position_code = 'head' where code = 'E12'`,
    `update registry.employment set position_code = 'teacher' where code = 'E12'`,
    ['institution.two_heads 1 1'],
  ],
  [
    'update registry.site_version set lat = null where site_id = 2',
    'update registry.site_version set lat = 56.9 where site_id = 2',
    ['site.no_coordinates 2 2'],
  ],
  [
    'update registry.site_version set lat = 24.1, lon = 56.9 where site_id = 2',
    'update registry.site_version set lat = 56.9, lon = 24.1 where site_id = 2',
    ['site.outside_the_country 2 2'],
  ],
  [
    'update registry.site_version set capacity = 0 where site_id = 1',
    'update registry.site_version set capacity = 100 where site_id = 1',
    ['site.no_capacity 1 1'],
  ],
  [
    'update registry.site_version set capacity = 20 where site_id = 1',
    'update registry.site_version set capacity = 100 where site_id = 1',
    ['institution.over_capacity 1 1'],
  ],
  [
    `update registry.programme set licence_no = null where institution_id = 1 and code = '21015811'`,
    `update registry.programme set licence_no = 'L-1' where institution_id = 1`,
    ['programme.no_licence 1 1'],
  ],
  [
    `update registry.programme set licence_date = '2015-01-01' where institution_id = 2 and code = '21015811'`,
    `update registry.programme set licence_date = '2010-01-01' where institution_id = 2`,
    ['programme.licence_after_start 2 2'],
  ],
  [
    `update registry.programme set language = 'minority' where institution_id = 2 and code = '21011111'`,
    `update registry.programme set language = 'lv' where institution_id = 2`,
    ['programme.language_differs 2 2'],
  ],
  [
    `insert into registry.class_group (class_group_id) values (900);
     insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, class_teacher_id, valid, import_id, line, row_hash)
     values (900, 1, 2027, 'K900', 1, '1.b', 11, '[2026-09-01,2027-09-01)', 1, 1, 1)`,
    'delete from registry.class_group_version where class_group_id = 900; delete from registry.class_group where class_group_id = 900',
    ['class.empty 1 900'],
  ],
  [
    `update checks.threshold set value = 11 where check_code = 'class.too_large'`,
    `update checks.threshold set value = 40 where check_code = 'class.too_large'`,
    ['class.too_large 1 110', 'class.too_large 1 120', 'class.too_large 2 210', 'class.too_large 2 220'],
  ],
  [
    'update registry.class_group_version set class_teacher_id = null where class_group_id = 110',
    'update registry.class_group_version set class_teacher_id = 11 where class_group_id = 110',
    ['class.no_teacher 1 110'],
  ],
  [
    'update registry.class_group_version set class_teacher_id = 21 where class_group_id = 110',
    'update registry.class_group_version set class_teacher_id = 11 where class_group_id = 110',
    ['class.teacher_not_employed 1 110'],
  ],
  [
    `update registry.class_group_version set programme_code = '21019911' where class_group_id = 110`,
    `update registry.class_group_version set programme_code = '21011111' where class_group_id = 110`,
    [
      'class.programme_not_offered 1 110',
      ...[...Array(11).keys()].map((n) => `enrolment.programme_not_of_class 1 ${1100 + n}`),
    ],
  ],
  [
    `update registry.class_group_version set name = '4.a' where class_group_id = 110`,
    `update registry.class_group_version set name = '3.a' where class_group_id = 110`,
    ['class.name_and_grade 1 110'],
  ],
  [
    enrolment('class_group_id = 110', 1210),
    enrolment('class_group_id = 120', 1210),
    ['class.pupils_of_other_grades 1 110'],
  ],
  [
    'update registry.learner_version set birth_month = null where learner_id = 2105',
    `update registry.learner_version set birth_month = '2017-03-01' where learner_id = 2105`,
    ['learner.no_birth_month 2 2105'],
  ],
  [
    `update registry.learner_version set sex = 'unknown' where learner_id = 2105`,
    `update registry.learner_version set sex = 'female' where learner_id = 2105`,
    ['learner.no_sex 2 2105'],
  ],
  [
    'update registry.learner_circumstance set territory_id = null where learner_id = 2105',
    'update registry.learner_circumstance set territory_id = 2 where learner_id = 2105',
    ['learner.no_residence 2 2105'],
  ],
  [
    `insert into registry.territory (territory_id, kind) values (3, 'municipality');
     insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     values (3, 1, '0003', 'Bijušais', 'Former', '(,2025-07-01)', 1, 3, 3);
     update registry.learner_circumstance set territory_id = 3 where learner_id = 2105`,
    'update registry.learner_circumstance set territory_id = 2 where learner_id = 2105',
    ['learner.residence_gone 2 2105'],
  ],
  [
    'update registry.learner_circumstance set special_need = null where learner_id = 1111',
    'update registry.learner_circumstance set special_need = 58 where learner_id = 1111',
    ['learner.special_programme_without_need 1 1111'],
  ],
  [
    'update registry.learner_circumstance set special_need = 56 where learner_id = 1111',
    'update registry.learner_circumstance set special_need = 58 where learner_id = 1111',
    ['learner.need_of_other_kind 1 1111'],
  ],
  [
    `update registry.learner_version set birth_month = '2012-03-01' where learner_id = 2105`,
    `update registry.learner_version set birth_month = '2017-03-01' where learner_id = 2105`,
    ['enrolment.age_and_grade 2 2105'],
  ],
  [
    enrolment('grade = 4', 2206, thisYear - 1),
    enrolment('grade = 5', 2206, thisYear - 1),
    ['enrolment.grade_jump 2 2206'],
  ],
  [
    enrolment('repeated = false', 1201),
    enrolment('repeated = true', 1201),
    ['enrolment.repeats_unmarked 1 1201'],
  ],
  [
    enrolment('repeated = true', 2206),
    enrolment('repeated = false', 2206),
    ['enrolment.marked_repeats_not 2 2206'],
  ],
  [
    enrolment('class_group_id = null, class_name = null', 2206),
    enrolment(`class_group_id = 220, class_name = '6.a'`, 2206),
    ['enrolment.no_class 2 2206'],
  ],
  [
    `${enrolment('programme_code = null', 2206)}; update registry.class_group_version set programme_code = null where class_group_id = 220`,
    `${enrolment(`programme_code = '21011111'`, 2206)}; update registry.class_group_version set programme_code = '21011111' where class_group_id = 220`,
    ['enrolment.no_programme 2 2206'],
  ],
  [
    enrolment(`programme_code = '21015911'`, 2211),
    enrolment(`programme_code = '21015811'`, 2211),
    ['enrolment.programme_not_offered 2 2211', 'learner.need_of_other_kind 2 2211'],
  ],
  [
    enrolment(`programme_code = '21011121'`, 2206),
    enrolment(`programme_code = '21011111'`, 2206),
    ['enrolment.programme_not_of_class 2 2206', 'enrolment.programme_not_offered 2 2206'],
  ],
  [
    enrolment('leave_reason = null', 1100),
    `${enrolment(`leave_reason = 'other_school'`, 1100)} and institution_id = 1`,
    ['enrolment.left_without_reason 1 1100'],
  ],
  [
    enrolment(`valid = '[2026-09-01,2026-09-20)', leave_reason = 'other_school'`, 2206),
    enrolment(`valid = '[2026-09-01,2027-09-01)', leave_reason = null`, 2206),
    ['enrolment.left_for_nowhere 2 2206'],
  ],
  [
    `${enrolment(`valid = '[2026-09-01,2026-09-04)'`, 1100)} and institution_id = 1`,
    `${enrolment(`valid = '[2026-09-01,2026-10-12)'`, 1100)} and institution_id = 1`,
    ['enrolment.very_short 1 1100'],
  ],
  [
    enrolment('transport_minutes = 200', 2206),
    enrolment('transport_minutes = 20', 2206),
    ['enrolment.long_way 2 2206'],
  ],
  [
    enrolment('superseded_by = 1', 2206),
    enrolment('superseded_by = null', 2206),
    ['enrolment.missing_this_year 2 2206'],
  ],
  [
    copyOfEmployment('X1', '').replace(
      'subject_code, stage, rate, valid, 1',
      `'physics', stage, rate, valid, 1`,
    ),
    `delete from registry.employment where code = 'X1'`,
    ['staff.lessons_missing 1 11', 'staff.other_subject 1 11', 'staff.overloaded 1 11'],
  ],
  [
    `update registry.employment set rate = 0 where code = 'E12'`,
    `update registry.employment set rate = 1 where code = 'E12'`,
    ['staff.no_load 1 12'],
  ],
  [
    copyOfEmployment('X2', '').replace('stage, rate, valid, 1', 'stage, 0.1, valid, 1'),
    `delete from registry.employment where code = 'X2'`,
    ['staff.same_work_twice 1 11'],
  ],
  [
    copyOfEmployment('X3', '')
      .replace("institution_id, 'X3'", `9, 'X3'`)
      .replace('stage, rate, valid, 1', 'stage, 0.1, valid, 1'),
    `delete from registry.employment where code = 'X3'`,
    ['staff.at_closed_institution 9 11'],
  ],
  [
    'update registry.staff_version set education_level = null where staff_id = 12',
    `update registry.staff_version set education_level = 'master' where staff_id = 12`,
    ['staff.no_education 1 12'],
  ],
  [
    'update registry.staff_version set birth_year = 1900 where staff_id = 12',
    'update registry.staff_version set birth_year = 1980 where staff_id = 12',
    ['staff.age 1 12'],
  ],
  [
    'update registry.staff_version set birth_year = null where staff_id = 12',
    'update registry.staff_version set birth_year = 1980 where staff_id = 12',
    ['staff.no_birth_year 1 12'],
  ],
  [
    `update registry.employment set contact_lessons = 45 where code = 'E12'`,
    `update registry.employment set contact_lessons = 21 where code = 'E12'`,
    ['staff.lessons_together 1 12', 'staff.many_lessons 1 12'],
  ],
  [
    'update records.result set learner_id = 999999 where learner_id = 2105',
    'update records.result set learner_id = 2105 where learner_id = 999999',
    ['result.no_enrolment 2 999999'],
  ],
  [
    'update records.result set institution_id = 1 where learner_id = 2105',
    'update records.result set institution_id = 2 where learner_id = 2105',
    ['result.other_institution 1 2105'],
  ],
  [
    'update records.result set learner_id = 2206 where learner_id = 2105',
    'update records.result set learner_id = 2105 where learner_id = 2206',
    ['result.other_grade 2 2206'],
  ],
  [
    `update records.assessment set held_on = '2026-01-15'`,
    `update records.assessment set held_on = '2026-10-15'`,
    ['result.long_preliminary'],
  ],
]

/** What is said of one pupil in the records of the year that is over, and back again. */
const recorded = (
  table: string,
  set: string,
  back: string,
  found: string,
): [does: string, undoes: string, found: string[]] => [
  `update records.${table} set ${set} where learner_id = 1205`,
  `update records.${table} set ${back} where learner_id = 1205`,
  [`${found} 1 1205`],
]
const ofClass = (
  set: string,
  back: string,
  found: string,
): [does: string, undoes: string, found: string[]] => [
  `update records.lesson_delivery set ${set} where class_group_id = 111`,
  `update records.lesson_delivery set ${back} where class_group_id = 111`,
  [`${found} 1 111`],
]
const ofSite = (
  set: string,
  back: string,
  found: string,
): [does: string, undoes: string, found: string[]] => [
  `update registry.site_version set ${set} where site_id = 2`,
  `update registry.site_version set ${back} where site_id = 2`,
  [`${found} 2 2`],
]
const ofCosts = (
  set: string,
  back: string,
  found: string,
): [does: string, undoes: string, found: string[]] => [
  `update records.finance set ${set} where institution_id = 2`,
  `update records.finance set ${back} where institution_id = 2`,
  [`${found} 2 2`],
]
const ofTeacher = (
  set: string,
  back: string,
  found: string,
): [does: string, undoes: string, found: string[]] => [
  `update registry.employment set ${set} where code = 'E12'`,
  `update registry.employment set ${back} where code = 'E12'`,
  [`${found} 1 12`],
]

planted.push(
  ...(['marks', 'absence'] as const).map((table): (typeof planted)[number] => [
    `update records.${table} set learner_id = 999999 where learner_id = 1205`,
    `update records.${table} set learner_id = 1205 where learner_id = 999999`,
    [`${table}.no_enrolment 1 999999`],
  ]),
  recorded('marks', 'grade = 6', 'grade = 5', 'marks.other_grade'),
  recorded('marks', `scale = 'levels'`, `scale = 'ten'`, 'marks.scale_of_other_grade'),
  recorded('marks', `year_mark = '{3,5}'`, `year_mark = '{3,2}'`, 'marks.year_far_from_terms'),
  recorded('marks', `year_mark = '{null,2}'`, `year_mark = '{3,2}'`, 'marks.no_year_mark'),
  recorded('absence', 'excused[2] = 110', 'excused[2] = 5', 'absence.more_than_lessons'),
  recorded('absence', 'lessons[2] = 201', 'lessons[2] = 110', 'absence.lessons_of_month'),
  recorded(
    'absence',
    `excused = '{120,109,120,80,98,110,110,110,100,0}'`,
    `excused = '{5,5,5,5,5,5,5,5,5,0}'`,
    'absence.nearly_everything',
  ),
  ofClass('delivered[1] = 253', 'delivered[1] = 200', 'lessons.more_delivered'),
  ofClass('delivered[1] = 83', 'delivered[1] = 200', 'lessons.few_delivered'),
  ofClass(
    `planned = '{210,1541}', delivered = '{200,1541}'`,
    `planned = '{210,175}', delivered = '{200,170}'`,
    'lessons.too_many_planned',
  ),
  ofClass('superseded_by = 1', 'superseded_by = null', 'lessons.missing'),
  recorded('result', 'value = 52', 'value = 50', 'exam.parts_and_result'),
  [
    `insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
     values (1205, 1, 3, 50, 'official', 1, 1, 1)`,
    'delete from records.result where assessment_id = 3',
    ['exam.two_levels 1 1205'],
  ],
  ofCosts('superseded_by = 1', 'superseded_by = null', 'finance.missing'),
  ofCosts('salary_state_grant = null', 'salary_state_grant = 43200', 'finance.no_grant'),
  ofCosts(
    'salary_state_grant = 43, salary_municipal = 8',
    'salary_state_grant = 43200, salary_municipal = 8000',
    'finance.pay_of_pupil',
  ),
  ofSite('floor_area_m2 = null', 'floor_area_m2 = 900', 'site.no_area'),
  ofSite('floor_area_m2 = 90', 'floor_area_m2 = 900', 'site.area_of_place'),
  ofSite('building_year = 2027', 'building_year = 1970', 'site.building_year'),
  ofTeacher('contact_lessons = null', 'contact_lessons = 21', 'staff.lessons_missing'),
  ofTeacher('contact_lessons = 4', 'contact_lessons = 21', 'staff.few_lessons'),
  ofTeacher('rate = 1.4, contact_lessons = 41', 'rate = 1, contact_lessons = 21', 'staff.lessons_together'),
)

/** What is undone by the same statement with the codes changed round. */
const unknown = (table: string, set: string, known: string, where: string): [string, string] => [
  `update ${table} set ${set} = 'zz' where ${where}`,
  `update ${table} set ${set} = '${known}' where ${where}`,
]

planted.push(
  [
    ...unknown('registry.institution_version', 'kind', 'school', 'institution_id = 2'),
    ['registry.unknown-code.institution-kind 2 2'],
  ],
  [
    ...unknown('registry.institution_version', 'type', 'basic', 'institution_id = 1'),
    ['registry.unknown-code.institution-type 1 1'],
  ],
  [
    ...unknown('registry.site_version', 'degurba', 'village', 'site_id = 2'),
    ['registry.unknown-code.site-degurba 2 2'],
  ],
  [
    `update registry.programme set code = '99999911' where institution_id = 1 and code = '21015811'`,
    `update registry.programme set code = '21015811' where institution_id = 1 and code = '99999911'`,
    ['enrolment.programme_not_offered', 'registry.unknown-code.programme-type'],
  ],
  [
    ...unknown('registry.programme', 'language', 'lv', 'institution_id = 2'),
    ['programme.language_differs 2 2', 'registry.unknown-code.programme-language 2 2'],
  ],
  [
    ...unknown('registry.class_group_version', 'language', 'lv', 'class_group_id = 110'),
    ['registry.unknown-code.class-language 1 110'],
  ],
  [
    ...unknown('registry.learner_circumstance', 'citizenship_group', 'latvia', 'learner_id = 2105'),
    ['registry.unknown-code.learner-citizenship 2 2105'],
  ],
  [
    ...unknown(
      'registry.enrolment',
      'leave_reason',
      'other_school',
      `learner_id = 1100 and institution_id = 1 and school_year = ${thisYear}`,
    ),
    ['registry.unknown-code.enrolment-leaving 1 1100'],
  ],
  [
    // A code that held until the day before is no longer known; one that held on that day still is.
    `update registry.classifier_entry set valid = '(,2026-10-11)' where classifier = 'leave_reason' and code = 'other_school';
     update registry.classifier_entry set valid = '(,2026-10-01)' where classifier = 'staff_leave_reason' and code = 'own_wish'`,
    `update registry.classifier_entry set valid = '(,)' where classifier in ('leave_reason', 'staff_leave_reason')`,
    ['registry.unknown-code.enrolment-leaving 1 1100'],
  ],
  [
    ...unknown('registry.staff_version', 'education_level', 'master', 'staff_id = 12'),
    ['registry.unknown-code.staff-education 1 12'],
  ],
  [
    `update registry.staff_version set qualification_subjects = '{mathematics,zz}' where staff_id = 12`,
    `update registry.staff_version set qualification_subjects = '{mathematics}' where staff_id = 12`,
    ['registry.unknown-code.staff-qualification 1 12'],
  ],
  [
    ...unknown('registry.employment', 'position_code', 'teacher', `code = 'E12'`),
    ['registry.unknown-code.staff-position 1 12'],
  ],
  [
    ...unknown('registry.employment', 'subject_code', 'mathematics', `code = 'E12'`),
    ['registry.unknown-code.staff-subject 1 12', 'staff.other_subject 1 12'],
  ],
  [
    ...unknown('registry.employment', 'stage', 'basic', `code = 'E12'`),
    ['registry.unknown-code.staff-stage 1 12'],
  ],
  [
    ...unknown('registry.employment', 'leave_reason', 'own_wish', `code = 'E19'`),
    ['registry.unknown-code.staff-leaving 1 11'],
  ],
)

test('every check is planted at least once', () => {
  const codes = new Set(planted.flatMap(([, , found]) => found.map(codeOf)))
  expect(checks.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([])
})

describe('what is planted is found, nothing else is, and it is gone when the source is corrected', () => {
  const cases = planted.map((each) => [[...new Set(each[2].map(codeOf))].join(', '), ...each] as const)
  test.each(cases)('%s', async (_codes, does, undoes, expected) => {
    for (const statement of does.split(';')) await run(statement)
    try {
      await ask()
      const found = await standing()
      const byCode = !expected.some((each) => each.includes(' '))
      expect(byCode ? [...new Set(found.map(codeOf))] : found).toEqual(expected.toSorted())
    } finally {
      // What stood here must be gone in the next case, and after the last.
      for (const statement of undoes.split(';')) await run(statement)
    }
  })

  test('and after the last correction nothing stands', async () => {
    await ask()
    expect(await standing()).toEqual([])
  })
})

test('what stands keeps the day it was found first; asked again nothing is new', async () => {
  await run('update registry.site_version set lat = null where site_id = 2')
  expect(await ask()).toMatchObject({ found: 1, gone: 0, faults: 1 })
  expect(await ask()).toMatchObject({ found: 0, gone: 0, faults: 1 })
  await run('update registry.site_version set lat = 56.9 where site_id = 2')
  expect(await ask()).toMatchObject({ found: 0, gone: 1, faults: 0 })
})

test('the scores of institutions add up to what was asked, and faults never exceed it', async () => {
  await run('update registry.site_version set lat = null where site_id = 2')
  const { runId, asked: records, faults } = await ask()
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ asked: number; faults: number }>(
      'select sum(asked)::int as asked, sum(faults)::int as faults from checks.score where run_id = $1',
      [runId],
    ),
  )
  expect(rows).toEqual([{ asked: records, faults }])
  await run('update registry.site_version set lat = 56.9 where site_id = 2')
})

test('a check without its threshold on the day is an error, and nothing of the run is kept', async () => {
  await run(`update checks.threshold set valid = '[2030-01-01,)' where check_code = 'staff.age'`)
  const runs = async () => (await asJob(db, (tx) => tx.query('select from checks.run'))).rows.length
  const before = await runs()
  await expect(ask()).rejects.toThrow('staff.age')
  expect(await runs()).toBe(before)
  await run(`update checks.threshold set valid = '(,)' where check_code = 'staff.age'`)
})
