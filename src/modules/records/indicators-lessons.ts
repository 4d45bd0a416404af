import { atOwnYear, current, type Definition, everyLevel, ratio } from '#modules/indicators/define.ts'
import { ofJournals, stageOf } from './indicators-shared.ts'

const ofClasses = `
      from records.lesson_delivery d
      join registry.class_group_version g
        on g.class_group_id = d.class_group_id and g.school_year = $2 and ${current('g')}`

const lessonLines = `
    select g.institution_id, '-' as subject, d.import_id, d.line ${ofClasses}
     where ${current('d')}`

const about = {
  version: 1,
  looks: atOwnYear,
  topic: 'programmes',
  levels: everyLevel,
  ofPeople: false,
  lines: lessonLines,
} as const

/** Classes and their subjects, with the lessons of each; `u` is the subject. */
const taught = `${ofClasses}
     cross join lateral unnest(d.subjects, d.planned, d.delivered) u (subject, planned, delivered)`

/** Sums of a class by subject, and of all its subjects together. */
const withTotal = (rows: string, columns: string, sums: string) => `
    select ${columns}, coalesce(subject, '-') as subject, ${sums}, 0 as n
      from (${rows}) t
     group by grouping sets ((class_group_id, ${columns}, subject), (class_group_id, ${columns}))`

const delivered = ratio({
  ...about,
  code: 'TEA-02',
  area: 'learning.teaching',
  name: { lv: 'Novadītās stundas', en: 'Lessons delivered' },
  short: { lv: 'Novadītās stundas', en: 'Lessons delivered' },
  definition: {
    lv: 'Novadīto stundu skaits, dalīts ar mācību gadā plānoto, pa mācību priekšmetiem un visos kopā.',
    en: 'Lessons delivered divided by those planned for the school year, by subject and in all subjects together.',
  },
  doesNotSay: {
    lv: 'Novadīta stunda vēl nenozīmē iemācītu vielu, un aizvietota stunda ir ieskaitīta.',
    en: 'A lesson delivered is not yet something learnt, and a lesson given by a substitute counts.',
  },
  of: { lv: 'klašu stundas', en: 'lessons of classes' },
  source: ofJournals,
  better: 'higher',
  unit: 'share',
  by: ['stage'],
  facts: withTotal(
    `select g.class_group_id, g.institution_id, ${stageOf('g.programme_code', 'g.grade')} as stage, u.subject,
            u.planned, u.delivered ${taught}
      where u.delivered is not null and u.planned > 0 and ${current('d')}`,
    'institution_id, stage',
    'sum(delivered)::float8 as y, sum(planned)::float8 as w',
  ),
})

/** Signed: more lessons than the sample plan in one subject are fewer in another. */
const fromSample = ratio({
  ...about,
  code: 'PRG-01',
  isSigned: true,
  area: 'learning.programmes',
  name: { lv: 'Atkāpe no stundu parauga plāna', en: 'Deviation from the sample plan of lessons' },
  short: { lv: 'Atkāpe no parauga', en: 'From the sample plan' },
  definition: {
    lv: 'Par kādu daļu skolas plānotais stundu skaits ir lielāks (plus) vai mazāks (mīnus) nekā standarta parauga plānā tajā pašā programmā, klasē un priekšmetā.',
    en: 'By which share the lessons a school plans are more (plus) or fewer (minus) than in the sample plan of the standard for the same programme, grade and subject.',
  },
  doesNotSay: {
    lv: 'Skola drīkst plānot citādi: atkāpe ir izvēle, nevis pārkāpums. Priekšmeti, kuru paraugā nav, nav ieskaitīti.',
    en: 'A school may plan otherwise: a deviation is a choice, not a fault. Subjects that the sample does not have are not counted.',
  },
  of: { lv: 'klašu stundas', en: 'lessons of classes' },
  source: ofJournals,
  better: 'neutral',
  unit: 'share',
  by: ['stage'],
  facts: withTotal(
    `select g.class_group_id, g.institution_id, ${stageOf('g.programme_code', 'g.grade')} as stage, u.subject,
            u.planned, p.lessons ${taught}
       join records.sample_plan p
         on p.programme_code = g.programme_code and p.grade = g.grade and p.subject = u.subject and p.lessons > 0
        and daterange(p.since, p.until + 1) @> make_date($2::int - 1, 9, 1) and ${current('p')}
      where ${current('d')}`,
    'institution_id, stage',
    'sum(planned - lessons)::float8 as y, sum(lessons)::float8 as w',
  ),
})

/** Of the state: the mean of schools. */
const courses = ratio({
  ...about,
  code: 'PRG-02',
  area: 'learning.programmes',
  name: { lv: 'Padziļināto kursu izvēle', en: 'Choice of advanced courses' },
  short: { lv: 'Padziļinātie kursi', en: 'Advanced courses' },
  definition: {
    lv: 'Cik dažādus padziļinātos kursus skola māca 10.–12. klasē; pašvaldībā un valstī: vidēji vienā skolā, kurā tādi ir.',
    en: 'How many different advanced courses a school teaches in grades 10–12; of a municipality and the state: the mean of the schools that have any.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, cik skolēnu kursu izvēlējās un vai tas ir pieejams katram. Mazā skolā mazāka izvēle ir dabiska.',
    en: 'It does not say how many pupils chose a course, nor that it is open to each. A smaller choice in a small school is natural.',
  },
  of: { lv: 'skolas ar padziļinātajiem kursiem', en: 'schools with advanced courses' },
  source: ofJournals,
  better: 'higher',
  unit: 'courses',
  by: [],
  facts: `
    select g.institution_id, '-' as subject, count(distinct u.subject)::float8 as y, 1::float8 as w, 0 as n ${taught}
     where g.grade >= 10 and u.subject like '%-al' and ${current('d')}
     group by g.institution_id`,
})

export const lessonIndicators: readonly Definition[] = [delivered, fromSample, courses]
