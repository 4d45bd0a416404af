import { type Check, check } from '#modules/checks/index.ts'
import { screens } from './words.ts'

/** Teachers of a subject at work on the day, contract by contract. */
const teaching = (fault: string, detail: string, more = '') => `
  select m.institution_id, m.staff_id as subject_id, ${fault} as fault, jsonb_build_object(${detail}) as detail, m.import_id, m.line
    from registry.employment m ${more}
   where m.superseded_by is null and m.valid @> $2::date and m.position_code = 'teacher' and m.subject_code is not null`

/** What can be wrong about loads and lessons of teachers. */
export const loadChecks: readonly Check[] = [
  check({
    code: 'staff.lessons_missing',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Priekšmeta skolotājam nav kontaktstundu',
      en: 'A teacher of a subject has no lessons',
    },
    why: {
      lv: 'Slodze ir, stundu nav: stundas uz skolēnu iznāk par mazu.',
      en: 'There is a load but no lessons: lessons per pupil come out too low.',
    },
    where: screens.load('Kontaktstundas', 'Lessons a week'),
    thresholds: ['rate'],
    records: ({ rate }) =>
      `${teaching('coalesce(m.contact_lessons, 0) = 0', `'subject', m.subject_code, 'rate', m.rate`)} and m.rate >= ${rate}`,
  }),
  check({
    code: 'staff.few_lessons',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Kontaktstundu ir daudz mazāk, nekā slodze prasa',
      en: 'There are far fewer lessons than the load asks for',
    },
    why: {
      lv: 'Likme vai stundu skaits ir kļūdains, vai arī alga maksāta par citu darbu.',
      en: 'Either the rate or the number of lessons is wrong, or other work is paid as teaching.',
    },
    where: screens.load('Kontaktstundas', 'Lessons a week'),
    thresholds: ['lessonsPerRate'],
    records: ({ lessonsPerRate }) =>
      `${teaching(
        `m.contact_lessons < ${lessonsPerRate} * m.rate`,
        `'lessons', m.contact_lessons, 'rate', m.rate`,
      )} and m.contact_lessons > 0`,
  }),
  check({
    code: 'staff.lessons_together',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Kontaktstundas visās skolās kopā nedēļā neietilpst',
      en: 'Lessons at all schools together do not fit into a week',
    },
    why: {
      lv: 'Kāds darbs ir beidzies un nav noslēgts, vai stundas ierakstītas divreiz.',
      en: 'Some work has ended and was not closed, or lessons were entered twice.',
    },
    where: screens.load('Kontaktstundas', 'Lessons a week'),
    thresholds: ['most'],
    records: ({ most }) =>
      teaching(
        `w.lessons > ${most}`,
        `'lessons', w.lessons, 'schools', w.schools`,
        `join (select staff_id, sum(contact_lessons) as lessons, count(distinct institution_id) as schools from registry.employment
                where superseded_by is null and valid @> $2::date and contact_lessons is not null group by 1) w on w.staff_id = m.staff_id`,
      ),
  }),
]
