import { atOwnYear, type Definition, everyLevel, share } from '#modules/indicators/define.ts'

const aboveSchools = ['state', 'region', 'municipality'] as const

/** Participants of official rounds of a school year that are so, with what is asked of them; `p` is the participant. */
const participants = (y: string, so = 'true') => `
    select p.institution_id, r.subject, (${y})::int::float8 as y
      from assessments.participant p
      join (
        select round_id, assessments.subject_of(domain, grade) as subject
          from assessments.round where school_year = $2 and kind = 'census' and state = 'official'
      ) r using (round_id)
     where ${so} and $1::bigint is not null`

const about = {
  version: 2,
  looks: atOwnYear,
  linkages: ['results-register'],
  area: 'purpose.achievement',
  source: { lv: 'Monitoringa darbi', en: 'Monitoring tests' },
  by: [],
  // a round given here came with no file
  lines: `select null::bigint as institution_id, '-' as subject, null::bigint as import_id, null::int as line where $1::bigint + $2::int is null`,
} as const

const ofAll = {
  ...about,
  of: { lv: 'skolēni, kam darbs bija paredzēts', en: 'pupils for whom the test was meant' },
  people: 'pupils of monitoring tests',
} as const

const tookPart = share({
  ...ofAll,
  code: 'ACH-12',
  topic: 'participation',
  levels: everyLevel,
  name: { lv: 'Piedalījās monitoringa darbā', en: 'Took part in the monitoring test' },
  short: { lv: 'Piedalījās', en: 'Took part' },
  definition: {
    lv: 'Daļa no skolēniem monitoringa darba sarakstā, kuri darbu rakstīja. Sarakstā ir visi klases skolēni sarakstu veidošanas dienā.',
    en: 'Share of the pupils on the roster of the monitoring test who took it. On the roster are all pupils of the grade on the day it was made.',
  },
  doesNotSay: {
    lv: 'Zema daļa nevienam nav pārmetums: skolēns var būt slims vai atbrīvots. Ja piedalās mazāk par 90 %, vidējais var nebūt visu vidējais.',
    en: 'A low share blames nobody: a pupil may be ill or exempt. Below 90 % the mean may not be that of everybody.',
  },
  better: 'higher',
  facts: participants(`p.status = 'tested'`),
})

const wasAbsent = share({
  ...ofAll,
  code: 'ACH-13',
  topic: 'participation',
  levels: everyLevel,
  name: { lv: 'Nebija klāt monitoringa darbā', en: 'Absent from the monitoring test' },
  short: { lv: 'Nebija klāt', en: 'Absent' },
  definition: {
    lv: 'Daļa no skolēniem monitoringa darba sarakstā, kuri darbu nerakstīja un nebija atbrīvoti.',
    en: 'Share of the pupils on the roster of the monitoring test who did not take it and were not exempt.',
  },
  doesNotSay: {
    lv: 'Tas nerāda iemeslu: visbiežāk skolēns tajā dienā ir slims.',
    en: 'It does not show the reason: most often a pupil is ill that day.',
  },
  better: 'lower',
  facts: participants(`p.status in ('absent', 'expected')`),
})

const wasExempt = share({
  ...ofAll,
  code: 'ACH-14',
  topic: 'special_needs',
  levels: aboveSchools,
  name: { lv: 'Atbrīvoti no monitoringa darba', en: 'Exempt from the monitoring test' },
  short: { lv: 'Atbrīvoti', en: 'Exempt' },
  definition: {
    lv: 'Daļa no skolēniem monitoringa darba sarakstā, kurus direktors ar rīkojumu ir atbrīvojis, ja ir speciālista atzinums.',
    en: 'Share of the pupils on the roster of the monitoring test whom the head has exempted on the document of a specialist.',
  },
  doesNotSay: {
    lv: 'Par iemesliem tas neko nesaka, un nevienas skolas skaitļa te nav.',
    en: 'It says nothing about reasons, and there is no figure of any school.',
  },
  better: 'neutral',
  facts: participants(`p.status = 'exempt'`),
})

const hadSupport = share({
  ...about,
  code: 'ACH-15',
  topic: 'special_needs',
  levels: aboveSchools,
  of: { lv: 'skolēni, kas darbu rakstīja', en: 'pupils who took the test' },
  name: { lv: 'Rakstīja ar atbalsta pasākumiem', en: 'Took the monitoring test with support' },
  short: { lv: 'Ar atbalstu', en: 'With support' },
  definition: {
    lv: 'Daļa no skolēniem, kas monitoringa darbu rakstīja, kuriem bija atbalsta pasākumi: vairāk laika, lielāki burti, cits fons, lasīšana priekšā un tamlīdzīgi.',
    en: 'Share of the pupils who took the monitoring test who had support: more time, larger letters, another background, reading aloud and the like.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, cik skolēniem atbalsts vajadzīgs: skola to nosaka tādu pašu kā ikdienā.',
    en: 'It does not say how many pupils need support: a school gives the same as on any other day.',
  },
  better: 'neutral',
  facts: participants(`p.profile <> '{}'`, `p.status = 'tested'`),
})

/** Who took part in the rounds given here. */
export const roundIndicators: readonly Definition[] = [tookPart, wasAbsent, wasExempt, hadSupport]
