import { type Check, check } from '#modules/checks/index.ts'
import { enrolledThere, journal, marksScreen, ofLearners } from './checks-shared.ts'

const marks = (fault: string, detail: string, more = '') => ofLearners('records.marks', fault, detail, more)

/** The first subject whose marks are so, as `w`. */
const subjectWhere = (so: string) => `left join lateral (
      select u.subject, u.first, u.second, u.year
        from unnest(r.subjects, r.first_term, r.second_term, r.year_mark) with ordinality u (subject, first, second, year, place)
       where ${so} order by u.place limit 1) w on true`

/** What can be wrong about marks. */
export const marksChecks: readonly Check[] = [
  check({
    code: 'marks.no_enrolment',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Vērtējumi skolēnam, kas skolā nemācījās',
      en: 'Marks of a pupil who was not on the roll of the school',
    },
    why: {
      lv: 'Vērtējumus nevar pieskaitīt nevienai klasei; iespējams, kods ir kļūdains vai skolēns nav ieskaitīts.',
      en: 'The marks count in no class; the code may be wrong, or the pupil was never entered.',
    },
    where: journal(marksScreen, 'Skolēns', 'Pupil'),
    records: () => marks('e.grade is null', `'{}'::jsonb`, enrolledThere),
  }),
  check({
    code: 'marks.other_grade',
    subject: 'learner',
    certainty: 'doubtful',
    title: { lv: 'Vērtējumi citā klasē nekā skolēns', en: 'Marks in another grade than the pupil' },
    why: {
      lv: 'Gada atzīmes salīdzina ar eksāmenu pa klasēm; klase žurnālā vai reģistrā ir kļūdaina.',
      en: 'Annual marks are laid beside exams by grade; the grade of the journal or of the register is wrong.',
    },
    where: journal(marksScreen, 'Klase', 'Grade'),
    records: () =>
      `${marks(
        'e.grade <> r.grade',
        `jsonb_build_object('grade', e.grade, 'ofMarks', r.grade)`,
        enrolledThere,
      )} and e.grade is not null and r.grade is not null`,
  }),
  check({
    code: 'marks.scale_of_other_grade',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Vērtēšanas skala neder klasei', en: 'The scale of marks is not that of the grade' },
    why: {
      lv: 'Sākuma klasēs ir apguves līmeņi, vēlāk desmit balles; sajauktā skalā vidējais neko nenozīmē.',
      en: 'The first grades have levels, later ones ten points; in a mixed scale a mean says nothing.',
    },
    where: journal(marksScreen, 'Skala', 'Scale'),
    thresholds: ['lastGrade'],
    records: ({ lastGrade }) =>
      `${marks(`(r.scale = 'levels') <> (r.grade <= ${lastGrade})`, `jsonb_build_object('grade', r.grade)`)} and r.grade >= 1`,
  }),
  check({
    code: 'marks.year_far_from_terms',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Gada vērtējums ir tālu no semestru vērtējumiem',
      en: 'The mark of the year is far from those of the terms',
    },
    why: {
      lv: 'Visticamāk, ierakstot kļūdījies pirksts; gada vērtējums ir liecībā.',
      en: 'Most likely a slip of the finger; the mark of the year stands in the certificate.',
    },
    where: journal(marksScreen, 'Gada vērtējums', 'Mark of the year'),
    thresholds: ['points'],
    records: ({ points }) =>
      marks(
        'w.subject is not null',
        `jsonb_build_object('subject', w.subject, 'mark', w.year)`,
        subjectWhere(
          `u.year > greatest(u.first, u.second) + ${points} or u.year < least(u.first, u.second) - ${points}`,
        ),
      ),
  }),
  check({
    code: 'marks.no_year_mark',
    subject: 'learner',
    certainty: 'doubtful',
    title: { lv: 'Trūkst gada vērtējuma', en: 'The mark of the year is missing' },
    why: {
      lv: 'Mācību gads ir beidzies, otrā semestra vērtējums ir, bet gada vērtējuma nav: skolēnu nevar pārcelt.',
      en: 'The year is over and the second term has a mark, but the year has none: the pupil cannot move up.',
    },
    where: journal(marksScreen, 'Gada vērtējums', 'Mark of the year'),
    records: () =>
      `${marks(
        'w.subject is not null',
        `jsonb_build_object('subject', w.subject)`,
        subjectWhere('u.second is not null and u.year is null'),
      )} and make_date(r.school_year, 7, 1) <= $2::date`,
  }),
]
