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
import { ofTests, resultFacts, resultLines } from './indicators-shared.ts'

const isExam = `a.kind = 'exam'`
const canFail = `${isExam} and a.threshold is not null`
const isOfLevel = `${isExam} and a.grade = 12 and a.level is not null`

const about = {
  version: 2,
  looks: atOwnYear,
  area: 'purpose.achievement',
  topic: 'results',
  source: ofTests,
  linkages: ['results-register'],
  levels: everyLevel,
} as const

const meanResult = mean({
  ...about,
  code: 'ACH-05',
  version: 3,
  name: { lv: 'Eksāmena vidējais rezultāts', en: 'Mean result of the exam' },
  short: { lv: 'Vidējais rezultāts', en: 'Mean result' },
  definition: {
    lv: 'Visu to skolēnu rezultātu vidējais, kuriem ir šī eksāmena rezultāts: tā skalas punktos, centralizētajos eksāmenos procentos. Vidējo aprēķina no skolēniem, nevis no skolu vidējiem.',
    en: 'Mean of the results of all pupils with a result in this exam: in points of its scale, in centralised exams per cent. It is computed from pupils, never from means of schools.',
  },
  doesNotSay: {
    lv: 'Tas rāda zināšanas eksāmena dienā, nevis skolas darba kvalitāti: lielāko daļu atšķirību starp skolām nosaka tas, ar ko bērni sāka un kurus eksāmenus viņi izvēlējās.',
    en: 'It shows knowledge on the day of the exam, not the quality of a school: most of what differs between schools is where pupils started, and which exams they chose.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'higher',
  unit: 'points',
  spread: true,
  by: bySaid,
  lines: resultLines(isExam),
  facts: resultFacts('r.value', isExam),
})

const belowThreshold = share({
  ...about,
  code: 'ACH-06',
  name: { lv: 'Eksāmens nav nokārtots', en: 'Exam below the threshold' },
  short: { lv: 'Zem sliekšņa', en: 'Below the threshold' },
  definition: {
    lv: 'Daļa no skolēniem ar rezultātu, kuru rezultāts ir zem sliekšņa, kas šajā gadā noteikts eksāmenam. Sliekšņi gadu gaitā ir mainīti.',
    en: 'Share of the pupils with a result that is below the threshold set for the exam in this year. Thresholds have changed over the years.',
  },
  doesNotSay: {
    lv: 'Kad slieksni paceļ, daļa pieaug, kaut skolēni zina tikpat. Atkārtota kārtošana nav ieskaitīta.',
    en: 'When the threshold is raised the share grows, though pupils know as much as before. Resits are not counted.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  people: 'results of exams with a threshold',
  better: 'lower',
  by: bySaid,
  lines: resultLines(canFail),
  facts: resultFacts('(r.value < a.threshold)::int::float8', canFail),
})

const high = share({
  ...about,
  code: 'ACH-07',
  name: { lv: 'Augsti eksāmena rezultāti', en: 'High results in the exam' },
  short: { lv: 'Vismaz 80 %', en: 'At least 80 %' },
  definition: {
    lv: 'Daļa no skolēniem ar rezultātu, kuriem ir vismaz 80 % no eksāmena skalas. Skaita eksāmenus, kuriem ir slieksnis.',
    en: 'Share of the pupils with a result who have at least 80 % of the scale of the exam. Exams that have a threshold are counted.',
  },
  doesNotSay: {
    lv: 'Eksāmenu grūtība pa gadiem un priekšmetiem atšķiras: 80 % vienā eksāmenā nav tas pats, kas citā.',
    en: 'Exams differ in difficulty between years and subjects: 80 % of one are not 80 % of another.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  people: 'results of exams with a threshold',
  better: 'higher',
  by: bySaid,
  lines: resultLines(canFail),
  facts: resultFacts('(r.value >= s.minimum + 0.8::float8 * (s.maximum - s.minimum))::int::float8', canFail),
})

/** Of a learner with results at two institutions the later exam says where to count. */
const advanced = share({
  ...about,
  code: 'ACH-08',
  name: { lv: 'Izvēlas augstākā līmeņa eksāmenus', en: 'Choose exams of the advanced level' },
  short: { lv: 'Vismaz divi augstākā līmeņa', en: 'Two or more at advanced level' },
  definition: {
    lv: 'Daļa no skolēniem, kas mācību gadā kārtoja kādu 12. klases eksāmenu un vismaz divus no tiem augstākajā līmenī.',
    en: 'Share of the pupils who took an exam of grade 12 in the school year and at least two of them at the advanced level.',
  },
  doesNotSay: {
    lv: 'Augstākais līmenis nav mērķis visiem: vajadzīgais līmenis atkarīgs no tā, ko skolēns grib darīt pēc skolas.',
    en: 'The advanced level is no aim for everybody: which level is needed depends on what a pupil wants to do after school.',
  },
  of: { lv: 'skolēni ar 12. klases eksāmenu', en: 'pupils with an exam of grade 12' },
  better: 'higher',
  by: bySaid,
  lines: resultLines(isOfLevel),
  facts: `
    select t.institution_id, '-' as subject, (t.advanced >= 2)::int::float8 as y, ${said}
      from (
        select r.learner_id, count(distinct a.subject) filter (where a.level = 'AL') as advanced,
               (array_agg(r.institution_id order by a.held_on desc nulls last, a.assessment_id desc))[1] as institution_id
          from records.result r join records.assessment a using (assessment_id)
         where a.school_year = $2 and ${isOfLevel} and ${current('r')}
         group by r.learner_id
      ) t
      ${saidOf('t.learner_id')}`,
})

/** Girls minus boys, from the cells of the mean result. */
const gapBySex = gap({
  ...about,
  code: 'EQU-01',
  area: 'purpose.equity',
  name: { lv: 'Meiteņu un zēnu starpība eksāmenos', en: 'Gap between girls and boys in exams' },
  short: { lv: 'Meitenes mīnus zēni', en: 'Girls minus boys' },
  definition: {
    lv: 'Meiteņu vidējais rezultāts mīnus zēnu vidējais rezultāts, eksāmena punktos. Pluss: meitenēm augstāks.',
    en: 'Mean result of girls minus mean result of boys, in points of the exam. Plus: girls are higher.',
  },
  doesNotSay: {
    lv: 'Starpība neko nesaka par spējām: tā rāda, kuriem šogad vajadzīgs vairāk atbalsta.',
    en: 'The gap says nothing about ability: it shows who needs more support this year.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  better: 'neutral',
  lines: resultLines(isExam),
  derivedFrom: 'ACH-05',
  between: ['sex', 'female', 'male'],
})

export const examIndicators: readonly Definition[] = [meanResult, belowThreshold, high, advanced, gapBySex]
