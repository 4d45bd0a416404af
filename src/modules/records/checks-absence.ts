import { type Check, check } from '#modules/checks/index.ts'
import { absenceScreen, enrolledThere, journal, ofLearners } from './checks-shared.ts'

const absence = (fault: string, detail: string, more = '') =>
  ofLearners('records.absence', fault, detail, more)

/** The first month that is so, as `w`: 9 is September. */
const monthWhere = (so: string) => `left join lateral (
      select (u.place + 7) % 12 + 1 as month, u.held, u.excused + u.unexcused as missed
        from unnest(r.lessons, r.excused, r.unexcused) with ordinality u (held, excused, unexcused, place)
       where ${so} order by u.place limit 1) w on true`

/** Lessons of the whole year, as `y`. */
const ofYear = `cross join lateral (
      select sum(u.held) as held, sum(u.excused + u.unexcused) as missed
        from unnest(r.lessons, r.excused, r.unexcused) u (held, excused, unexcused)) y`

/** What can be wrong about absence. */
export const absenceChecks: readonly Check[] = [
  check({
    code: 'absence.no_enrolment',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Kavējumi skolēnam, kas skolā nemācījās',
      en: 'Absence of a pupil who was not on the roll of the school',
    },
    why: {
      lv: 'Kavējumus nevar pieskaitīt nevienai klasei.',
      en: 'The absence counts in no class.',
    },
    where: journal(absenceScreen, 'Skolēns', 'Pupil'),
    records: () => absence('e.grade is null', `'{}'::jsonb`, enrolledThere),
  }),
  check({
    code: 'absence.more_than_lessons',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Kavēts vairāk stundu, nekā bija', en: 'More lessons were missed than held' },
    why: {
      lv: 'Kavējumu daļa pārsniedz simt procentu; kāds no skaitļiem ir kļūdains.',
      en: 'The share missed is above a hundred per cent; one of the numbers is wrong.',
    },
    where: journal(absenceScreen, 'Kavētās stundas', 'Lessons missed'),
    records: () =>
      absence(
        'w.month is not null',
        `jsonb_build_object('month', w.month, 'missed', w.missed, 'held', w.held)`,
        monthWhere('u.excused + u.unexcused > u.held'),
      ),
  }),
  check({
    code: 'absence.lessons_of_month',
    subject: 'learner',
    certainty: 'doubtful',
    title: { lv: 'Mēnesī ir neparasti daudz stundu', en: 'A month has unusually many lessons' },
    why: {
      lv: 'Iespējams, stundas skaitītas divreiz; kavējumu daļa tad ir par mazu.',
      en: 'Perhaps lessons were counted twice; the share missed is then too small.',
    },
    where: journal(absenceScreen, 'Stundas mēnesī', 'Lessons of the month'),
    thresholds: ['most'],
    records: ({ most }) =>
      absence(
        'w.month is not null',
        `jsonb_build_object('month', w.month, 'held', w.held)`,
        monthWhere(`u.held > ${most}`),
      ),
  }),
  check({
    code: 'absence.nearly_everything',
    subject: 'learner',
    certainty: 'doubtful',
    title: { lv: 'Kavētas gandrīz visas gada stundas', en: 'Nearly all lessons of the year were missed' },
    why: {
      lv: 'Vai nu skolēns sen ir prom un nav atskaitīts, vai kavējumi ierakstīti kļūdaini.',
      en: 'Either the pupil has long left and was not taken off the roll, or the absence is wrong.',
    },
    where: journal(absenceScreen, 'Kavētās stundas', 'Lessons missed'),
    thresholds: ['share', 'lessons'],
    records: ({ share, lessons }) =>
      `${absence(
        `y.missed > ${share} * y.held and y.missed <= y.held`,
        `jsonb_build_object('missed', y.missed, 'held', y.held)`,
        ofYear,
      )} and y.held >= ${lessons}`,
  }),
]
