import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  gap,
  mean,
  said,
  saidOf,
  share,
} from '#modules/indicators/define.ts'
import { ofTests, resultLines } from './indicators-shared.ts'

const isMonitoring = `a.kind = 'monitoring'`

/**
 * Results that are final, one a learner and test: of rounds given here that were official when figures were computed, and of tests
 * given elsewhere as known after the import. Where a test came both ways, the round given here counts: it knows its error. Samples
 * are left out, since their pupils stand for others and not for a place.
 */
const finalResults = `
      select distinct on (t.learner_id, t.subject) t.*
        from (
          select m.learner_id, m.institution_id, m.subject, m.score, m.level::int as level, m.round as code, true as is_here,
                 case when cardinality(m.plausible) = 10 then m.plausible else array_fill(m.score, array[10]) end as plausible
            from assessments.measured m
           where m.school_year = $2 and m.kind = 'census' and m.status = 'official'
          union all
          select r.learner_id, r.institution_id, a.subject, r.value,
                 case when a.level_cuts is not null then 1 + width_bucket(r.value, a.level_cuts) end, a.code, false, null
            from records.result r join records.assessment a using (assessment_id)
           where a.school_year = $2 and ${isMonitoring} and r.status <> 'preliminary' and ${current('r')}
        ) t
       order by t.learner_id, t.subject, t.is_here desc, t.code desc`

const aboveSchools = ['state', 'region', 'municipality'] as const

const atLevel = (so: string) => `
    select t.institution_id, t.subject, (${so})::int::float8 as y, ${said}
      from (${finalResults}) t
      ${saidOf('t.learner_id')}
     where t.level is not null`

const about = {
  version: 3,
  looks: atOwnYear,
  area: 'purpose.achievement',
  topic: 'results',
  source: ofTests,
  linkages: ['results-register'],
  levels: everyLevel,
} as const

const meanResult = mean({
  ...about,
  code: 'ACH-01',
  name: { lv: 'Monitoringa darba vidējais rezultāts', en: 'Mean result of the monitoring test' },
  short: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
  definition: {
    lv: 'Visu to skolēnu rezultātu vidējais šajā monitoringa darbā, tā skalas punktos. Ieskaitīti tikai oficiāli rezultāti. To aprēķina no skolēniem, nevis no skolu vidējiem; ja zināms, cik precīzi darbs mēra, arī tas ir ieskaitīts intervālā.',
    en: 'Mean of the results of all pupils in this monitoring test, in points of its scale. Only official results count. It is computed from pupils, never from means of schools; where it is known how exactly the test measures, the interval holds that too.',
  },
  doesNotSay: {
    lv: 'Monitoringa darbs ir tam, lai redzētu, kur vajadzīga palīdzība; tas nevērtē ne skolēnu, ne skolu. Lielāko daļu atšķirību starp skolām nosaka tas, ar ko bērni sāka.',
    en: 'A monitoring test is there to see where help is needed; it judges neither pupil nor school. Most of what differs between schools is where pupils started.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'higher',
  unit: 'points',
  spread: true,
  plausible: true,
  by: bySaid,
  lines: resultLines(isMonitoring),
  // the distribution is told in whole points; means and errors come from plausible values where there are any
  facts: `
    select t.institution_id, t.subject, case when t.is_here then round(t.score) else t.score end as y, t.plausible, ${said}
      from (${finalResults}) t
      ${saidOf('t.learner_id')}`,
})

const atExpected = share({
  ...about,
  code: 'ACH-02',
  name: { lv: 'Sasniedz gaidīto līmeni', en: 'At or above the expected level' },
  short: { lv: 'Gaidītais līmenis', en: 'Expected level' },
  definition: {
    lv: 'Daļa no skolēniem ar rezultātu, kuri monitoringa darbā ir 3. vai 4. līmenī no četriem. Līmeņu robežas nosaka katram darbam.',
    en: 'Share of the pupils with a result who are at level 3 or 4 of four in the monitoring test. Where levels begin is set for every test.',
  },
  doesNotSay: {
    lv: 'Skolēni tuvu robežai dažādās līmeņa pusēs zina gandrīz vienu un to pašu. Skolēni, kas darbu nerakstīja, nav ieskaitīti.',
    en: 'Pupils near a border know nearly the same on either side of it. Pupils who did not take the test are not counted.',
  },
  of: { lv: 'skolēni ar līmeni', en: 'pupils with a level' },
  people: 'levels of monitoring tests',
  better: 'higher',
  by: bySaid,
  lines: resultLines(isMonitoring),
  facts: atLevel('t.level >= 3'),
})

const atLowest = share({
  ...about,
  code: 'ACH-03',
  name: { lv: 'Zemākajā līmenī', en: 'At the lowest level' },
  short: { lv: 'Zemākais līmenis', en: 'Lowest level' },
  definition: {
    lv: 'Daļa no skolēniem ar rezultātu, kuri monitoringa darbā ir 1. līmenī no četriem: viņiem vajadzīgs papildu atbalsts.',
    en: 'Share of the pupils with a result who are at level 1 of four in the monitoring test: they need additional support.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, kāpēc skolēnam ir grūti, un nav iemesls nevienu atskaitīt vai pārcelt.',
    en: 'It does not say why something is hard for a pupil, and is no reason to send anybody away.',
  },
  of: { lv: 'skolēni ar līmeni', en: 'pupils with a level' },
  people: 'levels of monitoring tests',
  better: 'lower',
  by: bySaid,
  lines: resultLines(isMonitoring),
  facts: atLevel('t.level = 1'),
})

const atHighest = share({
  ...about,
  code: 'ACH-16',
  version: 1,
  name: { lv: 'Augstākajā līmenī', en: 'At the highest level' },
  short: { lv: 'Augstākais līmenis', en: 'Highest level' },
  definition: {
    lv: 'Daļa no skolēniem ar rezultātu, kuri monitoringa darbā ir 4. līmenī no četriem: viņi zina vairāk, nekā šajā klasē gaidīts.',
    en: 'Share of the pupils with a result who are at level 4 of four in the monitoring test: they know more than is expected in this grade.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, ka pārējiem kaut kā trūkst: gaidītais ir 3. līmenis.',
    en: 'It does not say that the others lack anything: what is expected is level 3.',
  },
  of: { lv: 'skolēni ar līmeni', en: 'pupils with a level' },
  people: 'levels of monitoring tests',
  better: 'higher',
  by: bySaid,
  lines: resultLines(isMonitoring),
  facts: atLevel('t.level = 4'),
})

/** Girls minus boys, from the cells of the mean result. */
const gapBySex = gap({
  ...about,
  code: 'EQU-06',
  area: 'purpose.equity',
  name: {
    lv: 'Meiteņu un zēnu starpība monitoringa darbos',
    en: 'Gap between girls and boys in monitoring tests',
  },
  short: { lv: 'Meitenes mīnus zēni, monitorings', en: 'Girls minus boys, monitoring' },
  definition: {
    lv: 'Meiteņu vidējais rezultāts mīnus zēnu vidējais rezultāts monitoringa darbā, skalas punktos. Pluss: meitenēm augstāks.',
    en: 'Mean result of girls minus mean result of boys in the monitoring test, in points of its scale. Plus: girls are higher.',
  },
  doesNotSay: {
    lv: 'Starpība neko nesaka par spējām: tā rāda, kuriem šogad vajadzīgs vairāk atbalsta.',
    en: 'The gap says nothing about ability: it shows who needs more support this year.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'neutral',
  lines: resultLines(isMonitoring),
  derivedFrom: 'ACH-01',
  between: ['sex', 'female', 'male'],
})

/** Classes taught in Latvian minus classes taught in another language or in two. */
const gapByLanguage = gap({
  ...about,
  code: 'EQU-07',
  version: 1,
  area: 'purpose.equity',
  name: {
    lv: 'Starpība pēc mācību valodas monitoringa darbos',
    en: 'Gap by language of instruction in monitoring tests',
  },
  short: { lv: 'Latviešu mīnus mazākumtautību', en: 'Latvian minus minority' },
  definition: {
    lv: 'Vidējais rezultāts klasēs, kurās mācās latviešu valodā, mīnus vidējais rezultāts mazākumtautību programmu klasēs, skalas punktos.',
    en: 'Mean result in classes taught in Latvian minus mean result in classes of minority programmes, in points of the scale.',
  },
  doesNotSay: {
    lv: 'Starpība nerāda, kāpēc tā ir: klases atšķiras arī ar to, kur tās ir un ar ko bērni sāka.',
    en: 'The gap does not show why it is there: classes also differ in where they are and in where children started.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'neutral',
  levels: aboveSchools,
  lines: resultLines(isMonitoring),
  derivedFrom: 'ACH-01',
  between: ['language', 'lv', 'minority'],
})

/** Pupils without a special need minus pupils with one. */
const gapBySpecialNeeds = gap({
  ...about,
  code: 'EQU-08',
  version: 1,
  area: 'purpose.equity',
  name: {
    lv: 'Starpība pēc speciālajām vajadzībām monitoringa darbos',
    en: 'Gap by special needs in monitoring tests',
  },
  short: { lv: 'Bez mīnus ar speciālām vajadzībām', en: 'Without minus with special needs' },
  definition: {
    lv: 'Vidējais rezultāts skolēniem bez pedagoģiski medicīniskās komisijas atzinuma mīnus vidējais rezultāts skolēniem ar to, skalas punktos.',
    en: 'Mean result of pupils for whom no commission has found a special need minus mean result of pupils for whom it has, in points of the scale.',
  },
  doesNotSay: {
    lv: 'Tas nav mērs tam, cik labs ir atbalsts: vajadzības ir ļoti dažādas, un kuri skolēni darbu raksta, katrā vietā atšķiras.',
    en: 'It does not measure how good support is: needs differ widely, and so does, from place to place, who takes the test.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'lower',
  levels: aboveSchools,
  lines: resultLines(isMonitoring),
  derivedFrom: 'ACH-01',
  between: ['special_needs', 'no', 'yes'],
})

export const monitoringIndicators: readonly Definition[] = [
  meanResult,
  atExpected,
  atLowest,
  atHighest,
  gapBySex,
  gapByLanguage,
  gapBySpecialNeeds,
]
