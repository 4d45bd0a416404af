import { type Check, check } from '#modules/checks/index.ts'
import type { Words } from '#terms/locale.ts'
import { screens } from './words.ts'

/** One column of the bank with the classifier its codes come from. */
interface CodedColumn {
  /** end of the check's code */
  name: string
  subject: Check['subject']
  classifier: string
  title: Words
  where: Words
  /** SQL of the records: institution_id, subject_id, code, day (on which the code must hold), import_id, line */
  records: string
}

const why: Words = {
  lv: 'Kodu, kura tajā dienā klasifikatorā nav, nevar nosaukt vārdos, un tā ieraksti rādītājos netiek pieskaitīti nevienai grupai.',
  en: 'A code that the classifier did not have on that day cannot be put into words, and indicators count its records in no group.',
}

const lastDay = (of: string) => `upper(${of}.valid) - 1`

/** One entry of the day in a table of the register. */
const ofDay = (table: string, subject: string, column: string, more = '') => `
  select r.institution_id, r.${subject} as subject_id, r.${column} as code, $2::date as day, r.import_id, r.line
    from ${table} r where r.superseded_by is null and r.valid @> $2::date and r.${column} is not null ${more}`

const employmentsOfDay = (column: string) => ofDay('registry.employment', 'staff_id', column)

/** What is said of staff, at every institution they work at on the day. */
const ofStaff = (code: string, more = '') => `
  select distinct m.institution_id, m.staff_id as subject_id, ${code} as code, $2::date as day, v.import_id, v.line
    from registry.employment m
    join registry.staff_version v on v.staff_id = m.staff_id and v.superseded_by is null and v.valid @> $2::date
    ${more}
   where m.superseded_by is null and m.valid @> $2::date`

const coded: readonly CodedColumn[] = [
  {
    name: 'institution-kind',
    subject: 'institution',
    classifier: 'institution_kind',
    title: {
      lv: 'Iestādes veida nav klasifikatorā',
      en: 'The kind of the institution is not in the classifier',
    },
    where: screens.institution('Veids', 'Kind'),
    records: ofDay('registry.institution_version', 'institution_id', 'kind'),
  },
  {
    name: 'institution-type',
    subject: 'institution',
    classifier: 'institution_type',
    title: {
      lv: 'Iestādes tipa nav klasifikatorā',
      en: 'The type of the institution is not in the classifier',
    },
    where: screens.institution('Tips', 'Type'),
    records: ofDay('registry.institution_version', 'institution_id', 'type'),
  },
  {
    name: 'site-degurba',
    subject: 'site',
    classifier: 'degurba',
    title: {
      lv: 'Urbanizācijas pakāpes nav klasifikatorā',
      en: 'The degree of urbanisation is not in the classifier',
    },
    where: screens.site('Urbanizācijas pakāpe', 'Degree of urbanisation'),
    records: ofDay('registry.site_version', 'site_id', 'degurba'),
  },
  {
    name: 'programme-type',
    subject: 'institution',
    classifier: 'programme_type',
    title: {
      lv: 'Programmas koda sākuma nav klasifikatorā',
      en: 'The beginning of a programme code is not in the classifier',
    },
    where: screens.programme('Programmas kods', 'Programme code'),
    // Two digits, and a letter where the type has one.
    records: ofDay('registry.programme', 'institution_id', 'code').replace(
      'r.code as code',
      `substring(r.code from '^\\d\\d[A-Z]?') as code`,
    ),
  },
  {
    name: 'programme-language',
    subject: 'institution',
    classifier: 'language',
    title: {
      lv: 'Programmas valodas nav klasifikatorā',
      en: 'The language of a programme is not in the classifier',
    },
    where: screens.programme('Mācību valoda', 'Language of instruction'),
    records: ofDay('registry.programme', 'institution_id', 'language'),
  },
  {
    name: 'class-language',
    subject: 'class',
    classifier: 'language',
    title: { lv: 'Klases valodas nav klasifikatorā', en: 'The language of a class is not in the classifier' },
    where: screens.class('Mācību valoda', 'Language of instruction'),
    records: ofDay('registry.class_group_version', 'class_group_id', 'language', 'and r.school_year = $1'),
  },
  {
    name: 'learner-citizenship',
    subject: 'learner',
    classifier: 'citizenship_group',
    title: {
      lv: 'Pilsonības grupas nav klasifikatorā',
      en: 'The group of citizenship is not in the classifier',
    },
    where: screens.learner('Pilsonība', 'Citizenship'),
    records: `
      select e.institution_id, e.learner_id as subject_id, v.citizenship_group as code, $2::date as day, v.import_id, v.line
        from registry.enrolment e
        join registry.learner_circumstance v on v.learner_id = e.learner_id and v.superseded_by is null and v.valid @> $2::date
       where e.superseded_by is null and e.school_year = $1 and e.main and e.valid @> $2::date
         and v.citizenship_group is not null`,
  },
  {
    name: 'enrolment-leaving',
    subject: 'learner',
    classifier: 'leave_reason',
    title: {
      lv: 'Skolēna aiziešanas iemesla nav klasifikatorā',
      en: 'The reason why a pupil left is not in the classifier',
    },
    where: screens.movement('Atskaitīšanas iemesls', 'Reason for leaving'),
    records: `
      select e.institution_id, e.learner_id as subject_id, e.leave_reason as code, ${lastDay('e')} as day, e.import_id, e.line
        from registry.enrolment e
       where e.superseded_by is null and e.school_year = $1 and e.leave_reason is not null`,
  },
  {
    name: 'staff-education',
    subject: 'staff',
    classifier: 'education_level',
    title: {
      lv: 'Pedagoga izglītības līmeņa nav klasifikatorā',
      en: 'The level of education of a teacher is not in the classifier',
    },
    where: screens.staff('Izglītība', 'Education'),
    records: `${ofStaff('v.education_level')} and v.education_level is not null`,
  },
  {
    name: 'staff-qualification',
    subject: 'staff',
    classifier: 'subject',
    title: {
      lv: 'Kvalifikācijas priekšmeta nav klasifikatorā',
      en: 'A subject of a qualification is not in the classifier',
    },
    where: screens.staff('Kvalifikācija', 'Qualification'),
    // Heads and support staff are qualified for a position instead.
    records: `${ofStaff('q.code', 'cross join lateral unnest(v.qualification_subjects) as q (code)')}
      and not exists (select from registry.classifier_entry p where p.superseded_by is null and p.classifier = 'position'
                         and p.code = q.code)`,
  },
  {
    name: 'staff-position',
    subject: 'staff',
    classifier: 'position',
    title: { lv: 'Amata nav klasifikatorā', en: 'The position is not in the classifier' },
    where: screens.load('Amats', 'Position'),
    records: employmentsOfDay('position_code'),
  },
  {
    name: 'staff-subject',
    subject: 'staff',
    classifier: 'subject',
    title: { lv: 'Mācību priekšmeta nav klasifikatorā', en: 'The subject is not in the classifier' },
    where: screens.load('Mācību priekšmets', 'Subject'),
    records: employmentsOfDay('subject_code'),
  },
  {
    name: 'staff-stage',
    subject: 'staff',
    classifier: 'stage',
    title: {
      lv: 'Izglītības pakāpes nav klasifikatorā',
      en: 'The stage of education is not in the classifier',
    },
    where: screens.load('Izglītības pakāpe', 'Stage of education'),
    records: employmentsOfDay('stage'),
  },
  {
    name: 'staff-leaving',
    subject: 'staff',
    classifier: 'staff_leave_reason',
    title: {
      lv: 'Darba attiecību beigu iemesla nav klasifikatorā',
      en: 'The reason why work ended is not in the classifier',
    },
    where: screens.load('Darba beigu iemesls', 'Reason for the end of work'),
    records: `
      select m.institution_id, m.staff_id as subject_id, m.leave_reason as code, ${lastDay('m')} as day, m.import_id, m.line
        from registry.employment m
       where m.superseded_by is null and m.leave_reason is not null and not upper_inf(m.valid)
         and upper(m.valid) > make_date($1 - 1, 9, 1)`,
  },
]

/**
 * Codes that the classifier of their column does not have on the day of the fact. A classifier that nobody filled says nothing
 * about anything: then nothing is asked.
 */
export const codeChecks: readonly Check[] = coded.map(
  ({ name, subject, classifier, title, where, records }) =>
    check({
      code: `registry.unknown-code.${name}`,
      subject,
      certainty: 'wrong',
      title,
      why,
      where,
      records: () => `
      select r.institution_id, r.subject_id,
             not exists (select from registry.classifier_entry k where k.superseded_by is null
                            and k.classifier = '${classifier}' and k.code = r.code and k.valid @> r.day) as fault,
             jsonb_build_object('code', r.code, 'day', r.day) as detail, r.import_id, r.line
        from (${records}) r
       where exists (select from registry.classifier_entry k where k.superseded_by is null and k.classifier = '${classifier}')`,
    }),
)
