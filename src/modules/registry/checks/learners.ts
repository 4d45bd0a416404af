import { type Check, check } from '#modules/checks/index.ts'
import { screens } from './words.ts'

/** Learners by the main enrolment that holds on the day, or held last in the school year. */
const learners = (fault: string, detail = `'{}'::jsonb`, more = '', where = 'true') => `
  select e.institution_id, e.learner_id as subject_id, ${fault} as fault, ${detail} as detail, e.import_id, e.line
    from (select distinct on (learner_id) * from registry.enrolment
           where superseded_by is null and school_year = $1 and main order by learner_id, valid desc) e
    left join registry.learner_version v on v.learner_id = e.learner_id and v.superseded_by is null
    ${more}
   where ${where}`

const circumstance = `left join lateral (select * from registry.learner_circumstance x
  where x.learner_id = e.learner_id and x.superseded_by is null and x.valid @> $2::date limit 1) x on true`

/** The special types stand in codes of basic and general secondary education. */
const isAtSchool = `substr(e.programme_code, 1, 2) in ('11', '21', '31')`

/** What can be wrong about the learners themselves. */
export const learnerChecks: readonly Check[] = [
  check({
    code: 'learner.no_birth_month',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Nav dzimšanas datuma', en: 'The day of birth is missing' },
    why: {
      lv: 'Nevar noteikt, vai bērns ir obligātajā izglītības vecumā.',
      en: 'Whether the child is at the age of compulsory education cannot be told.',
    },
    where: screens.learner('Dzimšanas datums', 'Day of birth'),
    records: () => learners('v.birth_month is null'),
  }),
  check({
    code: 'learner.no_sex',
    subject: 'learner',
    certainty: 'wrong',
    title: { lv: 'Nav dzimuma', en: 'The sex is missing' },
    why: {
      lv: 'Skolēns trūkst meiteņu un zēnu salīdzinājumos.',
      en: 'The pupil is missing where girls and boys are compared.',
    },
    where: screens.learner('Dzimums', 'Sex'),
    records: () => learners(`coalesce(v.sex, 'unknown') = 'unknown'`),
  }),
  check({
    code: 'learner.no_residence',
    subject: 'learner',
    certainty: 'doubtful',
    title: { lv: 'Nav dzīvesvietas', en: 'The place of residence is missing' },
    why: {
      lv: 'Pašvaldība neredz, cik bērnu tajā dzīvo un kur viņi mācās.',
      en: 'The municipality does not see how many children live there and where they learn.',
    },
    where: screens.learner('Dzīvesvieta', 'Residence'),
    records: () => learners('x.territory_id is null', `'{}'::jsonb`, circumstance),
  }),
  check({
    code: 'learner.residence_gone',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Dzīvesvieta ir teritorijā, kuras vairs nav',
      en: 'The residence lies in a territory that no longer exists',
    },
    why: {
      lv: 'Bērns netiek pieskaitīts nevienai šodienas pašvaldībai.',
      en: 'The child is counted in no municipality of today.',
    },
    where: screens.learner('Dzīvesvieta', 'Residence'),
    records: () =>
      learners(
        `not exists (select from registry.territory_version t where t.territory_id = x.territory_id
           and t.superseded_by is null and t.valid @> $2::date)`,
        `'{}'::jsonb`,
        circumstance,
        'x.territory_id is not null',
      ),
  }),
  check({
    code: 'learner.special_programme_without_need',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Speciālā programma bez pedagoģiski medicīniskās komisijas atzinuma',
      en: 'A special programme without the commission’s conclusion',
    },
    why: {
      lv: 'Uz speciālo programmu norāda komisijas atzinums; bez tā atbalsts nav pamatots.',
      en: 'A special programme stands on the conclusion of the commission; without it support has no ground.',
    },
    where: screens.learner('Komisijas atzinums', 'Conclusion of the commission'),
    records: () =>
      learners(
        'x.special_need is null',
        `jsonb_build_object('programme', e.programme_code)`,
        circumstance,
        `${isAtSchool} and substr(e.programme_code, 5, 1) = '5'`,
      ),
  }),
  check({
    code: 'learner.need_of_other_kind',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Speciālā programma neatbilst atzinumā norādītajai vajadzībai',
      en: 'The special programme does not fit the need in the conclusion',
    },
    why: {
      lv: 'Atbalsts var būt nepiemērots, vai atzinums ir novecojis.',
      en: 'The support may be the wrong one, or the conclusion is out of date.',
    },
    where: screens.learner('Komisijas atzinums', 'Conclusion of the commission'),
    records: () =>
      learners(
        `substr(e.programme_code, 5, 2) <> x.special_need::text`,
        `jsonb_build_object('programme', e.programme_code, 'need', x.special_need)`,
        circumstance,
        `${isAtSchool} and substr(e.programme_code, 5, 1) = '5' and x.special_need is not null`,
      ),
  }),
]
