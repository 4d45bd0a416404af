import { type Check, check } from '#modules/checks/index.ts'
import { screens } from './words.ts'

/** Employments of the day. */
const employments = (fault: string, detail: string, more = '') => `
  select m.institution_id, m.staff_id as subject_id, ${fault} as fault, jsonb_build_object(${detail}) as detail,
         m.import_id, m.line
    from registry.employment m ${more}
   where m.superseded_by is null and m.valid @> $2::date`

const described = 'join registry.staff_version v on v.staff_id = m.staff_id and v.superseded_by is null'

/** The broader code of a subject, where the classifier has one. */
const subjectOf = (code: string) => `coalesce((select k.parent_code from registry.classifier_entry k
  where k.superseded_by is null and k.classifier = 'subject' and k.code = ${code}), ${code})`

/** What can be wrong about staff and their work. */
export const staffChecks: readonly Check[] = [
  check({
    code: 'staff.overloaded',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Pedagoga slodžu summa ir neparasti liela',
      en: 'The loads of a teacher add up to unusually much',
    },
    why: {
      lv: 'Vai nu kāds darbs beidzies un nav noslēgts, vai pedagogs ir pārslogots.',
      en: 'Either some work has ended and was not closed, or the teacher is overloaded.',
    },
    where: screens.load('Likme', 'Rate'),
    thresholds: ['rates'],
    records: ({ rates }) =>
      employments(
        `w.rates > ${rates}`,
        `'rates', round(w.rates::numeric, 2), 'schools', w.schools`,
        `join (select staff_id, sum(rate) as rates, count(distinct institution_id) as schools from registry.employment
                where superseded_by is null and valid @> $2::date group by 1) w on w.staff_id = m.staff_id`,
      ),
  }),
  check({
    code: 'staff.no_load',
    subject: 'staff',
    certainty: 'doubtful',
    title: { lv: 'Darba likme ir nulle', en: 'The rate of work is zero' },
    why: {
      lv: 'Tādu pedagogu neskaita; ja viņš strādā, trūkst likmes, ja nestrādā, trūkst beigu datuma.',
      en: 'Such a teacher is not counted; if they work, the rate is missing, if not, the last day is.',
    },
    where: screens.load('Likme', 'Rate'),
    records: () => employments('m.rate = 0', `'position', m.position_code`),
  }),
  check({
    code: 'staff.same_work_twice',
    subject: 'staff',
    certainty: 'wrong',
    title: {
      lv: 'Tas pats darbs ierakstīts divreiz',
      en: 'The same work was entered twice',
    },
    why: {
      lv: 'Slodzi un izmaksas skaita divreiz.',
      en: 'Load and cost are counted twice.',
    },
    where: screens.load('Amats un priekšmets', 'Position and subject'),
    records: () =>
      employments(
        `exists (select from registry.employment o where o.staff_id = m.staff_id and o.institution_id = m.institution_id
           and o.superseded_by is null and o.valid @> $2::date and o.code <> m.code and o.position_code = m.position_code
           and o.subject_code is not distinct from m.subject_code and o.stage is not distinct from m.stage)`,
        `'position', m.position_code, 'subject', m.subject_code`,
      ),
  }),
  check({
    code: 'staff.at_closed_institution',
    subject: 'staff',
    certainty: 'wrong',
    title: {
      lv: 'Pedagogs strādā slēgtā iestādē',
      en: 'A teacher works at a closed institution',
    },
    why: {
      lv: 'Darba attiecības nav noslēgtas vai pārceltas.',
      en: 'The employment was not ended or moved.',
    },
    where: screens.load('Darba beigas', 'End of work'),
    records: () =>
      employments(
        'i.closed_on < $2::date',
        `'closedOn', i.closed_on`,
        `join (select distinct on (institution_id) institution_id, closed_on from registry.institution_version
                where superseded_by is null order by institution_id, valid desc) i on i.institution_id = m.institution_id`,
      ),
  }),
  check({
    code: 'staff.no_education',
    subject: 'staff',
    certainty: 'wrong',
    title: {
      lv: 'Pedagogam nav norādīta izglītība',
      en: 'The education of a teacher is missing',
    },
    why: {
      lv: 'Nevar pateikt, vai pedagogs drīkst mācīt šo priekšmetu.',
      en: 'Whether the teacher may teach the subject cannot be told.',
    },
    where: screens.staff('Izglītība', 'Education'),
    records: () => employments('v.education_level is null', `'position', m.position_code`, described),
  }),
  check({
    code: 'staff.other_subject',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Pedagogs māca priekšmetu, kurā nav kvalifikācijas',
      en: 'A teacher teaches a subject without the qualification',
    },
    why: {
      lv: 'Ja kvalifikācija ir, reģistrā tās trūkst; ja nav, skolai vajag atbalstu.',
      en: 'If the qualification is there, the register lacks it; if not, the school needs support.',
    },
    where: screens.staff('Kvalifikācija', 'Qualification'),
    records: () =>
      `${employments(
        // Codes of one subject are one; whoever is qualified for primary teaching teaches every subject of grades 1–6.
        `not (m.stage = 'basic_1' and 'primary' = any (v.qualification_subjects))
         and not exists (select from unnest(v.qualification_subjects) q (code)
                          where ${subjectOf('q.code')} = ${subjectOf('m.subject_code')})`,
        `'subject', m.subject_code`,
        described,
      )} and m.subject_code is not null and cardinality(v.qualification_subjects) > 0`,
  }),
  check({
    code: 'staff.age',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Pedagoga dzimšanas gads ir neticams',
      en: 'The year of birth of a teacher is hard to believe',
    },
    why: {
      lv: 'Kļūdains gads maina prognozi, cik pedagogu dosies pensijā.',
      en: 'A wrong year changes the forecast of how many retire.',
    },
    where: screens.staff('Dzimšanas gads', 'Year of birth'),
    thresholds: ['youngest', 'oldest'],
    records: ({ youngest, oldest }) =>
      `${employments(
        `extract(year from $2::date) - v.birth_year not between ${youngest} and ${oldest}`,
        `'birthYear', v.birth_year`,
        described,
      )} and v.birth_year is not null`,
  }),
  check({
    code: 'staff.no_birth_year',
    subject: 'staff',
    certainty: 'wrong',
    title: {
      lv: 'Pedagogam nav dzimšanas gada',
      en: 'The year of birth of a teacher is missing',
    },
    why: {
      lv: 'Pedagogs trūkst vecuma sadalījumā un prognozē.',
      en: 'The teacher is missing from the distribution of ages and from the forecast.',
    },
    where: screens.staff('Dzimšanas gads', 'Year of birth'),
    records: () => employments('v.birth_year is null', `'position', m.position_code`, described),
  }),
  check({
    code: 'staff.many_lessons',
    subject: 'staff',
    certainty: 'doubtful',
    title: {
      lv: 'Kontaktstundu nedēļā ir vairāk, nekā slodze pieļauj',
      en: 'There are more lessons a week than the load allows',
    },
    why: {
      lv: 'Likme vai stundu skaits ir kļūdains.',
      en: 'Either the rate or the number of lessons is wrong.',
    },
    where: screens.load('Kontaktstundas', 'Lessons a week'),
    thresholds: ['lessonsPerRate'],
    records: ({ lessonsPerRate }) =>
      `${employments(
        `m.contact_lessons > m.rate * ${lessonsPerRate}`,
        `'lessons', m.contact_lessons, 'rate', m.rate`,
      )} and m.contact_lessons is not null and m.rate > 0`,
  }),
]
