import { type Check, check } from '#modules/checks/index.ts'
import { screens } from './words.ts'

const classes = (fault: string, detail: string) => `
  select c.institution_id, c.class_group_id as subject_id, ${fault} as fault,
         jsonb_build_object('class', c.name) || ${detail} as detail, c.import_id, c.line
    from registry.class_group_version c
    left join lateral (
      select count(distinct e.learner_id) as learners,
             count(distinct e.learner_id) filter (where e.grade <> c.grade) as of_other_grade
        from registry.enrolment e
       where e.institution_id = c.institution_id and e.school_year = c.school_year and e.class_group_id = c.class_group_id
         and e.superseded_by is null) n on true
   where c.superseded_by is null and c.school_year = $1`

/** What can be wrong about the classes of the school year. */
export const classChecks: readonly Check[] = [
  check({
    code: 'class.empty',
    subject: 'class',
    certainty: 'doubtful',
    title: { lv: 'Klasē nav neviena skolēna', en: 'A class has no pupils' },
    why: {
      lv: 'Lieka klase samazina vidējo klases lielumu.',
      en: 'A class too many makes classes look smaller than they are.',
    },
    where: screens.class('Klase', 'Class'),
    records: () => classes('n.learners = 0', `'{}'`),
  }),
  check({
    code: 'class.too_large',
    subject: 'class',
    certainty: 'doubtful',
    title: { lv: 'Klasē ir neparasti daudz skolēnu', en: 'A class has unusually many pupils' },
    why: {
      lv: 'Iespējams, vairākas klases ierakstītas ar vienu kodu.',
      en: 'Perhaps several classes were entered under one code.',
    },
    where: screens.class('Klase', 'Class'),
    thresholds: ['most'],
    records: ({ most }) => classes(`n.learners > ${most}`, `jsonb_build_object('learners', n.learners)`),
  }),
  check({
    code: 'class.no_teacher',
    subject: 'class',
    certainty: 'wrong',
    title: { lv: 'Klasei nav audzinātāja', en: 'A class has no class teacher' },
    why: {
      lv: 'Bez audzinātāja neviens neredz klases rezultātus.',
      en: 'Without a class teacher nobody sees the results of the class.',
    },
    where: screens.class('Audzinātājs', 'Class teacher'),
    records: () => classes('c.class_teacher_id is null', `'{}'`),
  }),
  check({
    code: 'class.teacher_not_employed',
    subject: 'class',
    certainty: 'wrong',
    title: {
      lv: 'Klases audzinātājs skolā nestrādā',
      en: 'The class teacher does not work at the school',
    },
    why: {
      lv: 'Audzinātājs neredz savu klasi, jo nav darba attiecību ieraksta.',
      en: 'The class teacher does not see the class, because there is no record of employment.',
    },
    where: screens.class('Audzinātājs', 'Class teacher'),
    records: () =>
      `${classes(
        `not exists (select from registry.employment m where m.staff_id = c.class_teacher_id
           and m.institution_id = c.institution_id and m.superseded_by is null and m.valid && c.valid)`,
        `'{}'`,
      )} and c.class_teacher_id is not null`,
  }),
  check({
    code: 'class.programme_not_offered',
    subject: 'class',
    certainty: 'wrong',
    title: {
      lv: 'Klases programmas nav iestādes programmu sarakstā',
      en: 'The programme of a class is not among those of the institution',
    },
    why: {
      lv: 'Klase mācās programmā, kurai skolai nav licences.',
      en: 'The class is taught a programme for which the school has no licence.',
    },
    where: screens.class('Programma', 'Programme'),
    records: () =>
      `${classes(
        `not exists (select from registry.programme p where p.institution_id = c.institution_id and p.code = c.programme_code
           and p.superseded_by is null and p.valid && c.valid)`,
        `jsonb_build_object('programme', c.programme_code)`,
      )} and c.programme_code is not null`,
  }),
  check({
    code: 'class.name_and_grade',
    subject: 'class',
    certainty: 'doubtful',
    title: {
      lv: 'Klases nosaukums nesaskan ar tās pakāpi',
      en: 'The name of a class does not fit its grade',
    },
    why: {
      lv: 'Rezultāti nonāktu pie citas klašu pakāpes.',
      en: 'Its results would be counted in another grade.',
    },
    where: screens.class('Klase', 'Class'),
    records: () =>
      `${classes(
        `substring(c.name from '^\\d+')::int <> c.grade`,
        `jsonb_build_object('grade', c.grade)`,
      )} and c.name ~ '^\\d{1,2}\\D' and c.combined is not true`,
  }),
  check({
    code: 'class.pupils_of_other_grades',
    subject: 'class',
    certainty: 'wrong',
    title: {
      lv: 'Klasē ir citas klašu pakāpes skolēni, bet tā nav apvienota',
      en: 'A class has pupils of another grade and is not a combined one',
    },
    why: {
      lv: 'Vai nu skolēns ir nepareizā klasē, vai klase ir apvienota.',
      en: 'Either a pupil is in the wrong class, or the class is a combined one.',
    },
    where: screens.class('Apvienotā klase', 'Combined class'),
    records: () =>
      `${classes('n.of_other_grade > 0', `jsonb_build_object('learners', n.of_other_grade)`)} and c.combined is not true`,
  }),
]
