import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  ratio,
  said,
  saidOf,
  share,
} from '#modules/indicators/define.ts'
import { ofJournals, stageOf } from './indicators-shared.ts'

const absenceLines = `
    select a.institution_id, '-' as subject, a.import_id, a.line
      from records.absence a
     where a.school_year = $2 and ${current('a')}`

const about = {
  version: 2,
  looks: atOwnYear,
  area: 'environment.safety',
  topic: 'attendance',
  source: ofJournals,
  levels: everyLevel,
  by: [...bySaid, 'stage'],
  lines: absenceLines,
  better: 'lower',
} as const

const sum = (months: string) => `(select sum(x) from unnest(${months}) x)`

/** Learners with lessons held for them, at every institution they were at, with the columns asked for. */
const missed = (columns: string) => `
    select a.institution_id, '-' as subject, ${columns}, ${said}, coalesce(e.stage, 'unknown') as stage
      from records.absence a
      left join (
        select distinct on (e.learner_id, e.institution_id) e.learner_id, e.institution_id,
               ${stageOf('e.programme_code', 'e.grade')} as stage
          from registry.enrolment e
         where e.school_year = $2 and e.main and ${current('e')}
         order by e.learner_id, e.institution_id, upper(e.valid) desc nulls first
      ) e on e.learner_id = a.learner_id and e.institution_id = a.institution_id
      ${saidOf('a.learner_id')}
     where a.school_year = $2 and ${current('a')} and ${sum('a.lessons')} > 0`

const unexcused = ratio({
  ...about,
  code: 'SAF-03',
  name: { lv: 'Neattaisnoti kavētās stundas', en: 'Lessons missed without excuse' },
  short: { lv: 'Neattaisnoti kavējumi', en: 'Unexcused absence' },
  definition: {
    lv: 'Neattaisnoti kavēto stundu skaits, dalīts ar visām stundām, kas skolēniem bija mācību gadā. Skolēnu, kas gada laikā mainīja skolu, skaita katrā par to laiku.',
    en: 'Lessons missed without excuse divided by all lessons held for the pupils in the school year. A pupil who changed school is counted at each for the time there.',
  },
  doesNotSay: {
    lv: 'Ko uzskatīt par attaisnotu, izlemj skola. Kavējums ir zīme, ka skolēnam var būt vajadzīga palīdzība, nevis slinkuma mērs.',
    en: 'What counts as excused is decided by the school. Absence is a sign that a pupil may need help, not a measure of laziness.',
  },
  of: { lv: 'skolēni', en: 'pupils' },
  people: 'pupils with lessons',
  unit: 'share',
  facts: missed(`${sum('a.unexcused')}::float8 as y, ${sum('a.lessons')}::float8 as w, 1 as n`),
})

/** Terms: September to December, January to June. */
const many = share({
  ...about,
  code: 'SAF-04',
  name: { lv: 'Vairāk nekā 20 neattaisnotu stundu semestrī', en: 'More than 20 unexcused lessons a term' },
  short: { lv: 'Virs 20 semestrī', en: 'Over 20 a term' },
  definition: {
    lv: 'Daļa no skolēniem, kuri kādā no semestriem (septembris–decembris vai janvāris–jūnijs) neattaisnoti kavēja vairāk nekā 20 stundas. Skaita katrā iestādē, kurā skolēns gadā mācījās.',
    en: 'Share of the pupils who missed more than 20 lessons without excuse in one of the terms (September to December, January to June). Counted at every institution the pupil was at in the year.',
  },
  doesNotSay: {
    lv: 'Par tik daudz kavējumiem skola ziņo pašvaldībai; tas nesaka, kāpēc skolēns nav skolā.',
    en: 'A school reports so much absence to the municipality; it does not say why a pupil is not at school.',
  },
  of: { lv: 'skolēni', en: 'pupils' },
  people: 'pupils with lessons',
  facts: missed(`(${sum('a.unexcused[1:4]')} > 20 or ${sum('a.unexcused[5:10]')} > 20)::int::float8 as y`),
})

export const attendanceIndicators: readonly Definition[] = [unexcused, many]
