import type { FreeDefinition } from '#modules/disclosure/define.ts'
import {
  atOwnYear,
  bySaid,
  count,
  current,
  type Definition,
  said,
  saidOf,
} from '#modules/indicators/define.ts'
import { continuationIndicators } from './indicators-continuation.ts'
import { resourceIndicators } from './indicators-resources.ts'
import { staffIndicators } from './indicators-staff.ts'

/** Learners of a school year, by their main enrolment on 1 October, so that parts add up to the whole. */
const learners = count({
  code: 'CTX-01',
  looks: atOwnYear,
  version: 2,
  area: 'context',
  topic: 'enrolment',
  name: { lv: 'Skolēnu skaits', en: 'Number of pupils' },
  short: { lv: 'Skolēni', en: 'Pupils' },
  definition: {
    lv: 'Skolēni, kuru pamata mācību vieta 1. oktobrī ir šajā iestādē. Katru skolēnu skaita vienu reizi.',
    en: 'Pupils whose main place of study on 1 October is this institution. Every pupil is counted once.',
  },
  doesNotSay: {
    lv: 'Skaitlis neko nesaka par izglītības kvalitāti. Skolēnu, kas mācās divās iestādēs, skaita tikai pamata iestādē.',
    en: 'The number says nothing about quality. A pupil of two institutions is counted in the main one only.',
  },
  of: { lv: 'visi skolēni ar pamata ierakstu', en: 'all pupils with a main enrolment' },
  source: { lv: 'Izglītības reģistrs', en: 'Education register' },
  better: 'neutral',
  levels: ['state', 'region', 'municipality', 'school'],
  by: bySaid,
  lines: `
    select e.institution_id, '-' as subject, e.import_id, e.line
      from registry.enrolment e
     where e.school_year = $2 and e.main and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}`,
  facts: `
    select e.institution_id, '-' as subject, null::float8 as y, ${said}
      from registry.enrolment e
      ${saidOf('e.learner_id')}
     where e.school_year = $2 and e.main and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}`,
})

export const registryIndicators: readonly Definition[] = [
  learners,
  ...continuationIndicators,
  ...staffIndicators,
  ...resourceIndicators,
]

/** Everybody enrolled on 1 October of the school year and of the one before, with where and in which grade they were. */
const bothYears = `
      from registry.enrolment e
      join registry.enrolment b
        on b.learner_id = e.learner_id and b.school_year = $2::int - 1 and b.main
       and b.valid @> make_date($2::int - 2, 10, 1) and ${current('b')}
      join registry.learner k on k.learner_id = e.learner_id
      left join registry.learner_version l
        on l.learner_id = e.learner_id and ${current('l')} and l.valid @> make_date($2::int - 1, 10, 1)
     where e.school_year = $2 and e.main and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}
       and e.grade >= 1 and b.grade >= 1`

const yearsWithOneBefore = `
    select e.school_year from (select distinct school_year from registry.enrolment e where ${current('e')}) e
     where exists (select from registry.enrolment b where b.school_year = e.school_year - 1 and ${current('b')})`

/** What of the register anybody may cut as they like, told with noise (disclosure.data_set). */
export const registryFreeData: readonly FreeDefinition[] = [
  {
    dataSet: 'school-changes',
    years: yearsWithOneBefore,
    facts: `
    select e.institution_id, k.person_key, coalesce(l.sex, 'unknown') as sex, e.grade::text as grade
      ${bothYears} and b.institution_id <> e.institution_id`,
  },
  {
    dataSet: 'repeated-grades',
    years: yearsWithOneBefore,
    facts: `
    select e.institution_id, k.person_key, coalesce(l.sex, 'unknown') as sex, e.grade::text as grade
      ${bothYears} and b.grade = e.grade`,
  },
]
