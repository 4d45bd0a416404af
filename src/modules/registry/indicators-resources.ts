import { atOwnYear, current, type Definition, everyLevel, ratio } from '#modules/indicators/define.ts'
import { enrolmentLines, october, pupils, register } from './indicators-shared.ts'

const about = {
  version: 1,
  looks: atOwnYear,
  area: 'environment.resources',
  topic: 'resources',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
  by: [],
} as const

const floorArea = ratio({
  ...about,
  code: 'RES-02',
  name: { lv: 'Platība uz vienu skolēnu', en: 'Floor area per pupil' },
  short: { lv: 'Platība uz skolēnu', en: 'Area per pupil' },
  definition: {
    lv: 'Iestādes īstenošanas vietu platība kvadrātmetros 1. oktobrī, dalīta ar skolēnu skaitu, pirmsskolas grupas ieskaitot. Tikai iestādes ar zināmu platību.',
    en: 'Floor area of the delivery sites of an institution on 1 October in square metres divided by its pupils, preschool groups included. Only institutions whose area is known.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai telpas ir labas un derīgas mācībām. Liela platība uz skolēnu maksā apkurē un remontā.',
    en: 'It does not say whether rooms are good for learning. Much area per pupil costs heating and repair.',
  },
  of: { lv: 'skolēni iestādēs ar zināmu platību', en: 'pupils of institutions whose area is known' },
  better: 'neutral',
  unit: 'm2',
  facts: `
    select s.institution_id, '-' as subject, s.area as y, p.pupils::float8 as w, p.pupils as n
      from (
        select v.institution_id, sum(v.floor_area_m2::numeric)::float8 as area from registry.site_version v
         where v.floor_area_m2 is not null and v.valid @> ${october()} and ${current('v')} group by 1
      ) s
      join (${pupils}) p using (institution_id)`,
})

const support = ratio({
  ...about,
  code: 'RES-03',
  name: { lv: 'Atbalsta personāls uz 100 skolēniem', en: 'Support staff per 100 pupils' },
  short: { lv: 'Atbalsta personāls', en: 'Support staff' },
  definition: {
    lv: 'Psihologu, logopēdu, speciālo un sociālo pedagogu un skolotāju palīgu likmju summa 1. oktobrī uz 100 skolēniem, pirmsskolas grupas ieskaitot.',
    en: 'Sum of the rates of psychologists, speech therapists, special and social pedagogues and teaching assistants on 1 October per 100 pupils, preschool groups included.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, cik daudz atbalsta skolēniem vajag: speciālajās skolās to ir vairāk, jo vajadzību ir vairāk.',
    en: 'It does not say how much support pupils need: special schools have more of it because needs are greater.',
  },
  of: {
    lv: 'skolēni iestādēs, kuru darbinieki ir zināmi',
    en: 'pupils of institutions whose staff is known',
  },
  better: 'higher',
  unit: 'per_100',
  facts: `
    select p.institution_id, '-' as subject, s.hundredfold as y, p.pupils::float8 as w, p.pupils as n
      from (${pupils}) p
      join (
        select m.institution_id,
               coalesce(sum(100 * m.rate::numeric) filter (where m.position_code in ('psychologist', 'speech_therapist',
                 'special_teacher', 'social_teacher', 'teacher_assistant')), 0)::float8 as hundredfold
          from registry.employment m
         where m.valid @> ${october()} and ${current('m')} group by 1
      ) s using (institution_id)`,
})

export const resourceIndicators: readonly Definition[] = [floorArea, support]
