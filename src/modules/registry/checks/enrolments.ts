import { type Check, check } from '#modules/checks/index.ts'
import { isGeneral } from './programme-types.ts'
import { screens } from './words.ts'

const grade = `'grade', e.grade`

/** Enrolments of the school year; `detail` are pairs of jsonb_build_object. */
const enrolments = (fault: string, detail: string, more = '') => `
  select e.institution_id, e.learner_id as subject_id, ${fault} as fault, jsonb_build_object(${detail}) as detail,
         e.import_id, e.line
    from registry.enrolment e ${more}
   where e.superseded_by is null and e.school_year = $1`

/** The main enrolment of the learner in the year before, the last of it. */
const before = `join lateral (
  select b.* from registry.enrolment b
   where b.learner_id = e.learner_id and b.school_year = e.school_year - 1 and b.superseded_by is null and b.main
   order by b.valid desc limit 1) b on true`

/** Whoever changes a trade begins again; an enrolment without a programme counts as general. */
const isNoTrade = `coalesce(${isGeneral('e.programme_code')}, true)`

const endOfYear = 'make_date(e.school_year, 9, 1)'

/** What can be wrong about who learns where in the school year. */
export const enrolmentChecks: readonly Check[] = [
  check({
    code: 'enrolment.age_and_grade',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Skolēna vecums neatbilst klasei',
      en: 'The age of a pupil does not fit the grade',
    },
    why: {
      lv: 'Parasti kļūdains ir dzimšanas datums vai klase.',
      en: 'Most often the day of birth or the grade is wrong.',
    },
    where: screens.learner('Dzimšanas datums', 'Day of birth'),
    thresholds: ['years', 'firstGradeAge', 'lastGrade'],
    records: ({ years, firstGradeAge, lastGrade }) =>
      `${enrolments(
        `abs(e.school_year - 1 - extract(year from v.birth_month) - (e.grade + ${firstGradeAge} - 1)) > ${years}`,
        `${grade}, 'birthYear', extract(year from v.birth_month)`,
        'join registry.learner_version v on v.learner_id = e.learner_id and v.superseded_by is null',
      )} and e.main and e.grade between 1 and ${lastGrade} and v.birth_month is not null`,
  }),
  check({
    code: 'enrolment.grade_jump',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Klase pret iepriekšējo gadu mainījusies neparasti',
      en: 'The grade changed unusually since the year before',
    },
    why: {
      lv: 'Skolēns atgriezies zemākā klasē vai izlaidis klasi: tas maina izaugsmes aprēķinu.',
      en: 'The pupil went back or skipped a grade: it changes the progress that is worked out.',
    },
    where: screens.movement('Klase', 'Class'),
    records: () =>
      `${enrolments('e.grade < b.grade or e.grade > b.grade + 1', `${grade}, 'before', b.grade`, before)}
       and e.main and ${isNoTrade}`,
  }),
  check({
    code: 'enrolment.repeats_unmarked',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Skolēns palicis tajā pašā klasē, bet atkārtošana nav atzīmēta',
      en: 'A pupil stayed in the same grade, but that is not marked as repeated',
    },
    why: {
      lv: 'Otrgadnieku skaits būs par mazu, un atbalsts var nepienākt laikā.',
      en: 'Too few repeaters are counted, and support may come late.',
    },
    where: screens.movement('Atkārto klasi', 'Repeats the grade'),
    records: () =>
      `${enrolments('e.grade = b.grade and e.repeated is false', grade, before)} 
       and e.main and e.repeated is not null and e.grade > 0 and ${isNoTrade}`,
  }),
  check({
    code: 'enrolment.marked_repeats_not',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Atkārtošana atzīmēta, bet pagājušajā gadā skolēns bija citā klasē',
      en: 'Repeating is marked, but last year the pupil was in another grade',
    },
    why: {
      lv: 'Otrgadnieku skaits būs par lielu.',
      en: 'Too many repeaters are counted.',
    },
    where: screens.movement('Atkārto klasi', 'Repeats the grade'),
    records: () =>
      `${enrolments('e.grade <> b.grade', `${grade}, 'before', b.grade`, before)} and e.main and e.repeated`,
  }),
  check({
    code: 'enrolment.no_class',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Skolēns nav nevienā klasē', en: 'A pupil is in no class' },
    why: {
      lv: 'Klases audzinātājs skolēnu neredz, un viņu neskaita klases rezultātos.',
      en: 'The class teacher does not see the pupil, who is missing from the results of the class.',
    },
    where: screens.movement('Klase', 'Class'),
    records: () =>
      `${enrolments('e.class_group_id is null and e.class_name is null', grade)} and e.main and upper(e.valid) = ${endOfYear}`,
  }),
  check({
    code: 'enrolment.no_programme',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Nav norādīta programma', en: 'The programme is missing' },
    why: {
      lv: 'Skolēnu nevar pieskaitīt ne izglītības pakāpei, ne veidam.',
      en: 'The pupil can be counted in no stage and no kind of education.',
    },
    where: screens.movement('Programma', 'Programme'),
    records: () =>
      `${enrolments(
        'e.programme_code is null and c.programme_code is null',
        grade,
        `left join registry.class_group_version c on c.class_group_id = e.class_group_id and c.superseded_by is null`,
      )} and e.main`,
  }),
  check({
    code: 'enrolment.programme_not_offered',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Skolēna programmas nav iestādes programmu sarakstā',
      en: 'The programme of a pupil is not among those of the institution',
    },
    why: {
      lv: 'Programma ir kļūdaina vai tai trūkst licences ieraksta.',
      en: 'The programme is wrong, or the record of its licence is missing.',
    },
    where: screens.movement('Programma', 'Programme'),
    records: () =>
      `${enrolments(
        `not exists (select from registry.programme p where p.institution_id = e.institution_id and p.code = e.programme_code
           and p.superseded_by is null and p.valid && e.valid)`,
        `${grade}, 'programme', e.programme_code`,
      )} and e.programme_code is not null`,
  }),
  check({
    code: 'enrolment.programme_not_of_class',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Skolēna programma atšķiras no klases programmas',
      en: 'The programme of a pupil differs from that of the class',
    },
    why: {
      lv: 'Tā var būt, ja speciālās programmas skolēns mācās vispārējā klasē; citādi kāda no programmām ir kļūdaina.',
      en: 'This can be so where a pupil of a special programme learns in a general class; otherwise one of them is wrong.',
    },
    where: screens.movement('Programma', 'Programme'),
    records: () =>
      `${enrolments(
        `e.programme_code <> c.programme_code and substr(e.programme_code, 5, 1) <> '5'`,
        `${grade}, 'programme', e.programme_code, 'ofClass', c.programme_code`,
        'join registry.class_group_version c on c.class_group_id = e.class_group_id and c.superseded_by is null',
      )} and e.programme_code is not null and c.programme_code is not null`,
  }),
  check({
    code: 'enrolment.left_without_reason',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Skolēns atskaitīts bez iemesla', en: 'A pupil left without a reason given' },
    why: {
      lv: 'Nevar atšķirt, vai skolēns maina skolu vai pārtrauc mācības.',
      en: 'Whether the pupil changes school or breaks off cannot be told apart.',
    },
    where: screens.movement('Atskaitīšanas iemesls', 'Reason for leaving'),
    records: () => `${enrolments('e.leave_reason is null', `${grade}, 'left', upper(e.valid) - 1`)}
      and upper(e.valid) < ${endOfYear} and upper(e.valid) <= $2::date`,
  }),
  check({
    code: 'enrolment.left_for_nowhere',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Skolēns atskaitīts, bet nekur nav ieskaitīts',
      en: 'A pupil left and was entered nowhere',
    },
    why: {
      lv: 'Obligātajā izglītības vecumā tas nozīmē, ka bērns, iespējams, nemācās.',
      en: 'At the age of compulsory education it means that the child may not be learning.',
    },
    where: screens.movement('Uz kurieni atskaitīts', 'Left for'),
    thresholds: ['days', 'compulsoryAge'],
    // Learning is compulsory until 18 or the end of basic education: whoever left a later grade has it.
    records: ({ days, compulsoryAge }) => `
      ${enrolments(
        `not exists (select from registry.enrolment o where o.learner_id = e.learner_id and o.superseded_by is null
           and o.school_year >= e.school_year and upper(o.valid) > upper(e.valid))`,
        `${grade}, 'left', upper(e.valid) - 1`,
        'join registry.learner_version v on v.learner_id = e.learner_id and v.superseded_by is null',
      )}
      and e.main and upper(e.valid) < ${endOfYear} and upper(e.valid) + ${days} <= $2::date
      and v.birth_month > upper(e.valid) - interval '${compulsoryAge} years'
      and e.grade <= 9 and coalesce(e.leave_reason, '') not in ('abroad', 'died', 'home')`,
  }),
  check({
    code: 'enrolment.very_short',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Skolēns bijis ierakstīts tikai dažas dienas',
      en: 'A pupil was on the roll for a few days only',
    },
    why: {
      lv: 'Parasti tas ir kļūdains ieraksts, kas jāatceļ, nevis jāizbeidz.',
      en: 'Usually it was entered by mistake and should be undone rather than ended.',
    },
    where: screens.movement('Ieskaitīšanas datums', 'Day of entry'),
    thresholds: ['days'],
    records: ({ days }) =>
      `${enrolments(`upper(e.valid) - lower(e.valid) < ${days}`, `${grade}, 'days', upper(e.valid) - lower(e.valid)`)}
       and upper(e.valid) <= $2::date`,
  }),
  check({
    code: 'enrolment.long_way',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Ceļš uz skolu ir neticami garš',
      en: 'The way to school is unbelievably long',
    },
    why: {
      lv: 'Ja laiks ir pareizs, pašvaldībai par to jāzina; ja nav, tas bojā pieejamības rādītājus.',
      en: 'If the time is right, the municipality should know; if not, it spoils the figures of access.',
    },
    where: screens.learner('Ceļā pavadītais laiks', 'Time on the way'),
    thresholds: ['minutes'],
    records: ({ minutes }) =>
      `${enrolments(
        `e.transport_minutes > ${minutes}`,
        `${grade}, 'minutes', e.transport_minutes`,
      )} and e.transport_minutes is not null`,
  }),
  check({
    code: 'enrolment.missing_this_year',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Pagājušā gada skolēns šogad nekur nav ierakstīts',
      en: 'A pupil of last year is on no roll this year',
    },
    why: {
      lv: 'Bērns obligātajā izglītības vecumā, iespējams, nemācās.',
      en: 'A child at the age of compulsory education may not be learning.',
    },
    where: screens.movement('Ieskaitīšana', 'Entry'),
    thresholds: ['compulsoryAge', 'lastGrade'],
    records: ({ compulsoryAge, lastGrade }) => `
      select e.institution_id, e.learner_id as subject_id,
             not exists (select from registry.enrolment n where n.learner_id = e.learner_id and n.superseded_by is null
                            and n.school_year >= $1) as fault,
             jsonb_build_object('grade', e.grade) as detail, e.import_id, e.line
        from registry.enrolment e
        join registry.learner_version v on v.learner_id = e.learner_id and v.superseded_by is null
       where e.superseded_by is null and e.school_year = $1 - 1 and e.main and upper(e.valid) = make_date($1::int - 1, 9, 1)
         and e.grade < ${lastGrade} and v.birth_month > make_date($1::int - 1, 9, 1) - interval '${compulsoryAge} years'
         and coalesce(e.leave_reason, '') not in ('abroad', 'died')
         and exists (select from registry.enrolment any_now where any_now.school_year = $1 and any_now.superseded_by is null)`,
  }),
]
