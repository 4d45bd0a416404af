import { type Check, check } from '#modules/checks/index.ts'
import { absenceChecks } from './checks-absence.ts'
import { examChecks } from './checks-exams.ts'
import { financeChecks } from './checks-finance.ts'
import { lessonsChecks } from './checks-lessons.ts'
import { marksChecks } from './checks-marks.ts'
import { vps } from './checks-shared.ts'

/** Results of the school year and of the one before: tests are held in spring, and a result may wait into the next autumn. */
const results = (fault: string, detail: string, more = '') => `
  select r.institution_id, r.learner_id as subject_id, ${fault} as fault,
         jsonb_build_object('test', a.code) || ${detail} as detail, r.import_id, r.line
    from records.result r join records.assessment a using (assessment_id) ${more}
   where r.superseded_by is null and a.school_year in ($1, $1 - 1)`

const enrolled = `left join lateral (select e.institution_id, e.grade from registry.enrolment e
  where e.learner_id = r.learner_id and e.school_year = a.school_year and e.superseded_by is null
  order by e.institution_id = r.institution_id desc, e.main desc limit 1) e on true`

/** What can be wrong about results of tests. */
const resultChecks: readonly Check[] = [
  check({
    code: 'result.no_enrolment',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Rezultāts skolēnam, kas tajā gadā nekur nemācījās',
      en: 'A result of a pupil who was on no roll in that year',
    },
    why: {
      lv: 'Rezultātu nevar pieskaitīt klasei; iespējams, kods ir kļūdains.',
      en: 'The result can be counted in no class; the code may be wrong.',
    },
    where: vps('Personas kods', 'Personal code'),
    records: () => results('e.institution_id is null', `'{}'`, enrolled),
  }),
  check({
    code: 'result.other_institution',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Rezultāts ierakstīts citā iestādē nekā skolēns',
      en: 'A result was entered at another institution than the pupil',
    },
    why: {
      lv: 'Skolas vidējais rezultāts būs par svešiem skolēniem.',
      en: 'The mean of the school would be about pupils of others.',
    },
    where: vps('Iestāde', 'Institution'),
    records: () =>
      `${results('e.institution_id <> r.institution_id', `'{}'`, enrolled)} and e.institution_id is not null`,
  }),
  check({
    code: 'result.other_grade',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Rezultāts citas klases pārbaudes darbā',
      en: 'A result in the test of another grade',
    },
    why: {
      lv: 'Skolēna klase vai pārbaudes darbs ir kļūdains.',
      en: 'Either the grade of the pupil or the test is wrong.',
    },
    where: vps('Klase', 'Grade'),
    records: () =>
      `${results('e.grade <> a.grade', `jsonb_build_object('grade', e.grade, 'ofTest', a.grade)`, enrolled)}
       and e.grade is not null and a.grade is not null`,
  }),
  check({
    code: 'result.long_preliminary',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Rezultāts joprojām ir provizorisks',
      en: 'A result is still preliminary',
    },
    why: {
      lv: 'Pēc apelācijas termiņa rezultātiem jābūt oficiāliem.',
      en: 'After the time for appeals results should be official.',
    },
    where: vps('Statuss', 'Status'),
    thresholds: ['days'],
    records: ({ days }) =>
      results(
        `r.status = 'preliminary' and a.held_on + ${days} < $2::date`,
        `jsonb_build_object('heldOn', a.held_on)`,
      ),
  }),
]

/** Every question asked of records. */
export const recordsChecks: readonly Check[] = [
  ...resultChecks,
  ...examChecks,
  ...marksChecks,
  ...absenceChecks,
  ...lessonsChecks,
  ...financeChecks,
]
