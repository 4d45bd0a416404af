import { atOwnYear, type Definition, everyLevel, gap, mean, share } from '#modules/indicators/define.ts'
import { ofTests, resultFacts, resultLines } from './indicators-shared.ts'

const isMonitoring = `a.kind = 'monitoring'`
const hasLevels = `${isMonitoring} and a.level_cuts is not null`

const about = {
  version: 1,
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
    lv: 'Visu to skolēnu rezultātu vidējais šajā monitoringa darbā, tā skalas punktos. To aprēķina no skolēniem, nevis no skolu vidējiem.',
    en: 'Mean of the results of all pupils in this monitoring test, in points of its scale. It is computed from pupils, never from means of schools.',
  },
  doesNotSay: {
    lv: 'Monitoringa darbs ir tam, lai redzētu, kur vajadzīga palīdzība; tas nevērtē ne skolēnu, ne skolu. Lielāko daļu atšķirību starp skolām nosaka tas, ar ko bērni sāka.',
    en: 'A monitoring test is there to see where help is needed; it judges neither pupil nor school. Most of what differs between schools is where pupils started.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'higher',
  unit: 'points',
  spread: true,
  by: ['sex'],
  lines: resultLines(isMonitoring),
  facts: resultFacts('r.value', isMonitoring),
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
  by: ['sex'],
  lines: resultLines(hasLevels),
  facts: resultFacts('(r.value >= a.level_cuts[2])::int::float8', hasLevels),
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
  by: ['sex'],
  lines: resultLines(hasLevels),
  facts: resultFacts('(r.value < a.level_cuts[1])::int::float8', hasLevels),
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

export const monitoringIndicators: readonly Definition[] = [meanResult, atExpected, atLowest, gapBySex]
