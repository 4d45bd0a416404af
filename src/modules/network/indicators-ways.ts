import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  mean,
  said,
  saidOf,
  share,
} from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october, register } from '#modules/registry/index.ts'

/** Ways of pupils: to school every day, into another municipality, and on after grade 9. */
const about = {
  version: 1,
  looks: atOwnYear,
  topic: 'network',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
} as const

/** An hour: the limit of the criteria of 2016 for a journey one way. */
const LONG = 60 // minutes

const known = `
      from registry.enrolment e${saidOf('e.learner_id')}
     where e.school_year = $2 and e.main and e.transport_minutes is not null and e.valid @> ${october()} and ${current('e')}`

const minutes = mean({
  ...about,
  code: 'ACC-01',
  version: 2,
  area: 'environment.access',
  name: { lv: 'Ceļš līdz skolai', en: 'Way to school' },
  short: { lv: 'Ceļš līdz skolai', en: 'Way to school' },
  definition: {
    lv: 'Ceļa ilgums līdz skolai vienā virzienā minūtēs skolēniem, par kuriem tas reģistrā ir zināms: vidējais, mediāna un sadalījums.',
    en: 'Minutes of the way to school one way of pupils for whom the register knows it: mean, median and distribution.',
  },
  doesNotSay: {
    lv: 'Kam ceļš nav ierakstīts, tas nav ieskaitīts; tie parasti ir skolēni, kas dzīvo tuvu.',
    en: 'Pupils whose way is not recorded are not counted; most of them live nearby.',
  },
  of: { lv: 'skolēni ar zināmu ceļu', en: 'pupils whose way is known' },
  better: 'lower',
  unit: 'minutes',
  spread: true,
  by: bySaid,
  facts: `
    select e.institution_id, '-' as subject, e.transport_minutes::float8 as y, ${said} ${known}`,
})

const long = share({
  ...about,
  code: 'ACC-02',
  version: 2,
  area: 'environment.access',
  name: { lv: 'Ceļš ilgāks par stundu', en: 'Way longer than an hour' },
  short: { lv: 'Ilgāk par stundu', en: 'Longer than an hour' },
  definition: {
    lv: 'Daļa no skolēniem ar zināmu ceļu, kuri uz skolu vienā virzienā dodas ilgāk par 60 minūtēm.',
    en: 'Share of the pupils whose way is known who travel longer than 60 minutes to school one way.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai tuvāk ir cita skola: garš ceļš var būt ģimenes izvēle.',
    en: 'It does not say whether another school is nearer: a long way may be the choice of a family.',
  },
  of: { lv: 'skolēni ar zināmu ceļu', en: 'pupils whose way is known' },
  better: 'lower',
  by: bySaid,
  facts: `
    select e.institution_id, '-' as subject, (e.transport_minutes > ${LONG})::int::float8 as y,
           ${said} ${known}`,
})

const fromOutside = share({
  ...about,
  code: 'NET-12',
  area: 'environment.access',
  name: { lv: 'Skolēni no citām pašvaldībām', en: 'Pupils from other municipalities' },
  short: { lv: 'No citām pašvaldībām', en: 'From elsewhere' },
  definition: {
    lv: 'Daļa no skolēniem ar zināmu dzīvesvietu, kuri 1. oktobrī dzīvo citā pašvaldībā, nevis tajā, kurā ir viņu iestāde.',
    en: 'Share of the pupils whose residence is known who on 1 October live in another municipality than that of their institution.',
  },
  doesNotSay: {
    lv: 'Tas nerāda, uz kurieni aizbrauc pašvaldības pašas bērni, un nesaka, kāpēc skola izvēlēta.',
    en: 'It does not show where the children of the municipality itself go, nor why a school was chosen.',
  },
  of: { lv: 'skolēni ar zināmu dzīvesvietu', en: 'pupils whose residence is known' },
  better: 'neutral',
  by: [],
  facts: `
    select e.institution_id, '-' as subject, (c.territory_id <> v.territory_id)::int::float8 as y
      from registry.enrolment e
      join registry.learner_circumstance c
        on c.learner_id = e.learner_id and c.territory_id is not null and c.valid @> ${october()} and ${current('c')}
      join registry.institution_version v
        on v.institution_id = e.institution_id and v.valid @> ${october()} and ${current('v')}
     where e.school_year = $2 and e.main and e.valid @> ${october()} and ${current('e')}`,
})

const stay = share({
  ...about,
  code: 'NET-18',
  looks: { back: 0, forward: 1 },
  area: 'purpose.continuation',
  topic: 'progression',
  name: {
    lv: 'Paliek savā skolā vai pašvaldībā pēc 9. klases',
    en: 'Stay in the school or municipality after grade 9',
  },
  short: { lv: 'Paliek pēc 9. klases', en: 'Stay after grade 9' },
  definition: {
    lv: 'No skolēniem, kas mācību gada 9. klasi beidza un nākamajā 1. oktobrī mācās tālāk: kāda daļa mācās tajā pašā skolā, un kāda iestādē tajā pašā pašvaldībā.',
    en: 'Of the pupils in grade 9 in the school year who study on at the next 1 October: which share does so in the same school, and which in an institution of the same municipality.',
  },
  doesNotSay: {
    lv: 'Palikt nav labāk nekā iet: skola bez 10. klases vai arods citā pilsētā ir laba izvēle.',
    en: 'To stay is not better than to go: a trade in another town is a good choice too.',
  },
  of: { lv: 'skolēni, kas pēc 9. klases mācās tālāk', en: 'pupils who study on after grade 9' },
  better: 'neutral',
  by: [],
  facts: `
    select n.institution_id, u.subject, u.stays::int::float8 as y
      from (
        select distinct on (e.learner_id) e.learner_id, e.institution_id from registry.enrolment e
         where e.school_year = $2 and e.main and e.grade = 9 and ${isOfGeneral('e.programme_code')} and ${current('e')}
         order by e.learner_id, upper(e.valid) desc nulls first, e.institution_id
      ) n
      join (
        select distinct on (e.learner_id) e.learner_id, e.institution_id from registry.enrolment e
         where e.school_year = $2::int + 1 and e.main and e.grade >= 10 and e.valid @> make_date($2, 10, 1) and ${current('e')}
         order by e.learner_id, e.institution_id
      ) x using (learner_id)
      join registry.institution_version a
        on a.institution_id = n.institution_id and a.valid @> make_date($2, 6, 1) and ${current('a')}
      join registry.institution_version b
        on b.institution_id = x.institution_id and b.valid @> make_date($2, 10, 1) and ${current('b')}
     cross join lateral (values
       ('same-school', n.institution_id = x.institution_id), ('same-municipality', a.territory_id = b.territory_id)
     ) u (subject, stays)`,
})

export const wayIndicators: readonly Definition[] = [minutes, long, fromOutside, stay]
