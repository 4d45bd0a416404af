import { atOwnYear, current, type Definition, everyLevel, ratio } from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october, pupils, register } from '#modules/registry/index.ts'
import { nearestOther } from './indicators-distance.ts'
import { gradesOf } from './indicators-grades.ts'

/** Classes, staff, buildings and what is offered: the network as it stands. */
const about = {
  version: 1,
  looks: atOwnYear,
  topic: 'network',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
  by: [],
} as const

/** Last digit of a programme taught at home in a family: its few pupils make no class. */
const HOME = '5'

const classSize = ratio({
  ...about,
  code: 'NET-04',
  area: 'learning.teaching',
  name: { lv: 'Klases lielums', en: 'Class size' },
  short: { lv: 'Klases lielums', en: 'Class size' },
  definition: {
    lv: 'Vispārējās izglītības skolēni 1. oktobrī, dalīti ar klasēm, kurās kāds mācās, pa klašu grupām un kopā. Apvienotu klasi skaita vienu reizi; ģimenē apmācītos neskaita.',
    en: 'Pupils of general education on 1 October divided by the classes that have any, by group of grades and together. A combined class counts once; pupils taught at home do not.',
  },
  doesNotSay: {
    lv: 'Vidējais nerāda, cik klases atšķiras: blakus var būt klase ar desmit un ar trīsdesmit skolēniem.',
    en: 'A mean does not show how classes differ: one of ten and one of thirty may stand side by side.',
  },
  of: { lv: 'klašu skolēni', en: 'pupils of classes' },
  better: 'neutral',
  unit: 'people',
  facts: `
    select institution_id, coalesce(subject, '-') as subject, sum(pupils)::float8 as y, count(*)::float8 as w, sum(pupils) as n
      from (
        select e.institution_id, e.class_group_id, ${gradesOf('min(e.grade)')} as subject, count(*) as pupils
          from registry.enrolment e
         where e.school_year = $2 and e.main and e.class_group_id is not null and e.grade between 1 and 12
           and ${isOfGeneral('e.programme_code')} and coalesce(substr(e.programme_code, 8), '') <> '${HOME}'
           and e.valid @> ${october()} and ${current('e')}
         group by 1, 2
      ) c
     group by grouping sets ((institution_id, subject), (institution_id))`,
})

const lessons = ratio({
  ...about,
  code: 'NET-05',
  area: 'learning.staff',
  name: { lv: 'Kontaktstundas uz skolēnu', en: 'Contact lessons per pupil' },
  short: { lv: 'Stundas uz skolēnu', en: 'Lessons per pupil' },
  definition: {
    lv: 'Pedagogu kontaktstundas nedēļā 1. oktobrī, dalītas ar skolēnu skaitu, pirmsskolas grupas ieskaitot.',
    en: 'Contact lessons of teachers in a week on 1 October divided by pupils, preschool groups included.',
  },
  doesNotSay: {
    lv: 'Mazās skolās uz skolēnu ir vairāk stundu, jo klases ir mazākas; tas nenozīmē, ka skolēns mācās vairāk.',
    en: 'Small schools have more lessons per pupil because classes are smaller; pupils do not learn for longer.',
  },
  of: {
    lv: 'skolēni iestādēs, kuru stundas ir zināmas',
    en: 'pupils of institutions whose lessons are known',
  },
  better: 'neutral',
  unit: 'lessons',
  facts: `
    select p.institution_id, '-' as subject, m.lessons as y, p.pupils::float8 as w, p.pupils as n
      from (${pupils}) p
      join (
        select m.institution_id, sum(m.contact_lessons::numeric)::float8 as lessons from registry.employment m
         where m.contact_lessons is not null and m.valid @> ${october()} and ${current('m')} group by 1
      ) m using (institution_id)`,
})

const occupancy = ratio({
  ...about,
  code: 'NET-08',
  area: 'environment.resources',
  name: { lv: 'Ēkas noslogojums', en: 'Occupancy of buildings' },
  short: { lv: 'Noslogojums', en: 'Occupancy' },
  definition: {
    lv: 'Skolēnu skaits 1. oktobrī, dalīts ar vietu skaitu iestādes īstenošanas vietās. Virs 100 %: skolēnu ir vairāk nekā vietu.',
    en: 'Pupils on 1 October divided by the places in the delivery sites of the institution. Above 100 %: more pupils than places.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai telpas ir piemērotas, un neredz maiņas: divas maiņas ēku piepilda divreiz.',
    en: 'It does not say whether rooms are suitable, and does not see shifts: two of them fill a building twice.',
  },
  of: { lv: 'skolēni iestādēs ar zināmu vietu skaitu', en: 'pupils of institutions whose places are known' },
  better: 'neutral',
  unit: 'share',
  facts: `
    select p.institution_id, '-' as subject, p.pupils::float8 as y, s.places::float8 as w, p.pupils as n
      from (${pupils}) p
      join (
        select v.institution_id, sum(v.capacity) as places from registry.site_version v
         where v.capacity > 0 and v.valid @> ${october()} and ${current('v')} group by 1
      ) s using (institution_id)`,
})

const nearest = ratio({
  ...about,
  code: 'NET-09',
  area: 'environment.access',
  name: {
    lv: 'Attālums līdz nākamajai tāda paša posma skolai',
    en: 'Distance to the next school of the same stage',
  },
  short: { lv: 'Līdz nākamajai skolai', en: 'To the next school' },
  definition: {
    lv: 'Attālums taisnā līnijā no skolas līdz tuvākajai citai skolai, kurā ir tās pašas klašu grupas skolēni. Teritorijā: vidēji uz skolēnu.',
    en: 'Distance in a straight line from a school to the nearest other school with pupils of the same group of grades. In a territory: mean over pupils.',
  },
  doesNotSay: {
    lv: 'Tas nav ceļš, ko skolēns brauc: ceļa laiku varēs rādīt, kad būs ievesta ceļu matrica. Tas nesaka, vai nākamajā skolā ir vietas.',
    en: 'It is not the way a pupil travels: minutes will be shown when the travel matrix is imported. It does not say whether the next school has places.',
  },
  of: { lv: 'skolēni klašu grupā', en: 'pupils of the group' },
  better: 'neutral',
  unit: 'kilometres',
  facts: `${nearestOther}
    select institution_id, subject, km * pupils as y, pupils::float8 as w, pupils as n from far`,
})

const offer = ratio({
  ...about,
  code: 'NET-14',
  area: 'learning.programmes',
  name: { lv: 'Vidusskolas piedāvājums', en: 'What upper secondary offers' },
  short: { lv: 'Piedāvājums', en: 'Offer' },
  definition: {
    lv: 'Cik dažādu priekšmetu un kursu skola mācību gadā plāno 10.–12. klasē; padziļinātais kurss skaitās atsevišķi. Teritorijā: vidēji vienā skolā.',
    en: 'How many different subjects and courses a school plans in grades 10–12 in the school year; an advanced course counts by itself. In a territory: on average in one school.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai katrs skolēns var izvēlēties jebkuru no tiem.',
    en: 'It does not say whether every pupil can choose any of them.',
  },
  of: { lv: 'skolas ar 10.–12. klasi', en: 'schools with grades 10–12' },
  better: 'higher',
  unit: 'courses',
  ofPeople: false,
  facts: `
    select g.institution_id, '-' as subject, count(distinct u.subject)::float8 as y, 1::float8 as w, 0 as n
      from records.lesson_delivery d
      join registry.class_group_version g
        on g.class_group_id = d.class_group_id and g.school_year = $2 and g.grade between 10 and 12
       and ${isOfGeneral('g.programme_code')} and ${current('g')}
     cross join lateral unnest(d.subjects, d.planned) u (subject, planned)
     where u.planned > 0 and ${current('d')}
     group by 1`,
})

const ageing = ratio({
  ...about,
  code: 'NET-16',
  area: 'learning.staff',
  name: { lv: 'Slodze pie pedagogiem no 55 gadu vecuma', en: 'Load carried by staff aged 55 and over' },
  short: { lv: 'Slodze 55+', en: 'Load of 55+' },
  definition: {
    lv: 'Kādu daļu no visām likmēm 1. oktobrī veic darbinieki, kam gada beigās ir vismaz 55 gadi.',
    en: 'Which share of all rates on 1 October is carried by staff who are at least 55 at the end of the year.',
  },
  doesNotSay: {
    lv: 'Vecums neko nesaka par darba kvalitāti; daļa rāda, cik slodzes desmit gados būs jāpārņem citiem.',
    en: 'Age says nothing about the quality of work; the share shows how much load others will have to take over within ten years.',
  },
  of: { lv: 'darbinieki ar zināmu dzimšanas gadu', en: 'staff whose year of birth is known' },
  better: 'neutral',
  unit: 'share',
  lines: `
    select m.institution_id, '-' as subject, m.import_id, m.line from registry.employment m
     where m.valid @> ${october()} and ${current('m')}`,
  facts: `
    select m.institution_id, '-' as subject,
           coalesce(sum(m.rate::numeric) filter (where $2::int - 1 - v.birth_year >= 55), 0)::float8 as y,
           sum(m.rate::numeric)::float8 as w, count(distinct m.staff_id) as n
      from registry.employment m
      join registry.staff_version v
        on v.staff_id = m.staff_id and v.birth_year is not null and v.valid @> ${october()} and ${current('v')}
     where m.rate > 0 and m.valid @> ${october()} and ${current('m')}
     group by 1`,
})

export const buildingIndicators: readonly Definition[] = [
  classSize,
  lessons,
  occupancy,
  nearest,
  offer,
  ageing,
]
