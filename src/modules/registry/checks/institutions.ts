import { type Check, check } from '#modules/checks/index.ts'
import { isGeneral } from './programme-types.ts'
import { screens } from './words.ts'

/** Institutions of today: not closed, and described by what holds on the day. */
const institutions = `registry.institution_version v
  where v.superseded_by is null and v.valid @> $2::date and (v.closed_on is null or v.closed_on >= $2::date)`

const ofInstitution = (fault: string, detail = `'{}'::jsonb`) => `
  select v.institution_id, v.institution_id as subject_id, ${fault} as fault, ${detail} as detail, v.import_id, v.line
    from ${institutions}`

const sites = (fault: string, detail = `jsonb_build_object('site', s.code)`) => `
  select s.institution_id, s.site_id as subject_id, ${fault} as fault, ${detail} as detail, s.import_id, s.line
    from registry.site_version s
   where s.superseded_by is null and s.valid @> $2::date`

const programmes = (fault: string, detail: string) => `
  select p.institution_id, p.institution_id as subject_id, ${fault} as fault,
         jsonb_build_object('programme', p.code) || ${detail} as detail, p.import_id, p.line
    from registry.programme p
   where p.superseded_by is null and p.valid @> $2::date`

const isOfToday = (territory: string) => `exists (select from registry.territory_version t
  where t.territory_id = ${territory} and t.superseded_by is null and t.valid @> $2::date)`

/** What can be wrong about institutions, their sites and programmes. */
export const institutionChecks: readonly Check[] = [
  check({
    code: 'institution.no_type',
    subject: 'institution',
    certainty: 'wrong',
    title: { lv: 'Nav norādīts iestādes tips', en: 'The type of the institution is missing' },
    why: {
      lv: 'Bez tipa skolu nevar salīdzināt ar līdzīgām.',
      en: 'Without a type the school cannot be compared with similar ones.',
    },
    where: screens.institution('Tips', 'Type'),
    records: () => ofInstitution('v.type is null'),
  }),
  check({
    code: 'institution.no_founder',
    subject: 'institution',
    certainty: 'wrong',
    title: { lv: 'Nav norādīts dibinātājs', en: 'The founder is missing' },
    why: {
      lv: 'Dibinātājs apstiprina pašvērtējumu un lemj par skolas tīklu.',
      en: 'The founder approves the self-evaluation and decides on the network of schools.',
    },
    where: screens.institution('Dibinātājs', 'Founder'),
    records: () => ofInstitution('v.founder_id is null'),
  }),
  check({
    code: 'institution.territory_gone',
    subject: 'institution',
    certainty: 'wrong',
    title: {
      lv: 'Juridiskā adrese ir teritorijā, kuras vairs nav',
      en: 'The legal address lies in a territory that no longer exists',
    },
    why: {
      lv: 'Skolas skolēni netiek pieskaitīti nevienai šodienas pašvaldībai.',
      en: 'The pupils of the school are not counted in any municipality of today.',
    },
    where: screens.institution('ATVK kods', 'ATVK code'),
    records: () => ofInstitution(`not ${isOfToday('v.territory_id')}`),
  }),
  check({
    code: 'institution.no_site',
    subject: 'institution',
    certainty: 'wrong',
    title: { lv: 'Nav nevienas īstenošanas vietas', en: 'There is no place of delivery' },
    why: {
      lv: 'Nevar aprēķināt ne attālumu līdz skolai, ne telpu noslodzi.',
      en: 'Neither the way to school nor the use of its rooms can be worked out.',
    },
    where: screens.site('Īstenošanas vieta', 'Place of delivery'),
    records: () =>
      ofInstitution(`not exists (select from registry.site_version s where s.institution_id = v.institution_id
        and s.superseded_by is null and s.valid @> $2::date)`),
  }),
  check({
    code: 'institution.accreditation_over',
    subject: 'institution',
    certainty: 'doubtful',
    title: { lv: 'Akreditācijas termiņš ir beidzies', en: 'The accreditation has run out' },
    why: {
      lv: 'Ja akreditācija ir pagarināta, reģistrā trūkst tās termiņa.',
      en: 'If the accreditation was prolonged, the register lacks its term.',
    },
    where: screens.institution('Akreditēta līdz', 'Accredited until'),
    records: () =>
      ofInstitution('v.accredited_until < $2::date', `jsonb_build_object('until', v.accredited_until)`),
  }),
  check({
    code: 'institution.closed_with_learners',
    subject: 'institution',
    certainty: 'wrong',
    title: {
      lv: 'Slēgtā iestādē ir skolēni',
      en: 'A closed institution has pupils',
    },
    why: {
      lv: 'Šie skolēni nav atskaitīti vai nav ieskaitīti citā skolā.',
      en: 'These pupils were not taken off its roll or not entered in another school.',
    },
    where: screens.movement('Atskaitīšanas datums', 'Day of leaving'),
    records: () => `
      select v.institution_id, v.institution_id as subject_id, coalesce(n.learners, 0) > 0 as fault,
             jsonb_build_object('closedOn', v.closed_on, 'learners', n.learners) as detail, v.import_id, v.line
        from (select distinct on (institution_id) * from registry.institution_version
               where superseded_by is null and closed_on < $2::date order by institution_id, valid desc) v
        left join (select e.institution_id, count(distinct e.learner_id) as learners
                     from registry.enrolment e
                     join (select distinct on (institution_id) institution_id, closed_on from registry.institution_version
                            where superseded_by is null and closed_on is not null order by institution_id, valid desc) c
                       using (institution_id)
                    where e.superseded_by is null and upper(e.valid) - 1 > c.closed_on
                    group by 1) n on n.institution_id = v.institution_id`,
  }),
  check({
    code: 'institution.no_head',
    subject: 'institution',
    certainty: 'doubtful',
    title: { lv: 'Nav norādīts vadītājs', en: 'There is no head' },
    why: {
      lv: 'Vadītājam pienākas piekļuve skolas datiem; bez ieraksta to nevar piešķirt.',
      en: 'The head is entitled to the data of the school; without the record access cannot be given.',
    },
    where: screens.load('Amats', 'Position'),
    records: () =>
      ofInstitution(`exists (select from registry.employment e where e.institution_id = v.institution_id
          and e.superseded_by is null and e.valid @> $2::date)
        and not exists (select from registry.employment e where e.institution_id = v.institution_id
          and e.superseded_by is null and e.valid @> $2::date and e.position_code = 'head')`),
  }),
  check({
    code: 'institution.two_heads',
    subject: 'institution',
    certainty: 'wrong',
    title: { lv: 'Norādīti vairāki vadītāji', en: 'There are several heads' },
    why: {
      lv: 'Visticamāk, nav ierakstīts, kad beidzies iepriekšējā vadītāja darbs.',
      en: 'Most likely the end of the previous head’s work was not recorded.',
    },
    where: screens.load('Darba beigas', 'End of work'),
    records: () =>
      ofInstitution(`(select count(distinct e.staff_id) from registry.employment e where e.institution_id = v.institution_id
        and e.superseded_by is null and e.valid @> $2::date and e.position_code = 'head') > 1`),
  }),
  check({
    code: 'site.no_coordinates',
    subject: 'site',
    certainty: 'wrong',
    title: { lv: 'Īstenošanas vietai nav koordinātu', en: 'A place of delivery has no coordinates' },
    why: {
      lv: 'Nevar aprēķināt ceļu līdz skolai.',
      en: 'The way to school cannot be worked out.',
    },
    where: screens.site('Koordinātas', 'Coordinates'),
    records: () => sites('s.lat is null or s.lon is null'),
  }),
  check({
    code: 'site.outside_the_country',
    subject: 'site',
    certainty: 'wrong',
    title: {
      lv: 'Īstenošanas vietas koordinātas ir ārpus Latvijas',
      en: 'The coordinates of a place of delivery lie outside Latvia',
    },
    why: {
      lv: 'Visbiežāk ir samainīts platums un garums.',
      en: 'Most often latitude and longitude are exchanged.',
    },
    where: screens.site('Koordinātas', 'Coordinates'),
    thresholds: ['south', 'north', 'west', 'east'],
    records: ({ south, north, west, east }) =>
      `${sites(
        `not (s.lat between ${south} and ${north} and s.lon between ${west} and ${east})`,
        `jsonb_build_object('site', s.code, 'lat', s.lat, 'lon', s.lon)`,
      )} and s.lat is not null and s.lon is not null`,
  }),
  check({
    code: 'site.territory_gone',
    subject: 'site',
    certainty: 'wrong',
    title: {
      lv: 'Īstenošanas vieta ir teritorijā, kuras vairs nav',
      en: 'A place of delivery lies in a territory that no longer exists',
    },
    why: {
      lv: 'Vietas skolēni netiek pieskaitīti nevienai šodienas pašvaldībai.',
      en: 'Its pupils are not counted in any municipality of today.',
    },
    where: screens.site('ATVK kods', 'ATVK code'),
    records: () => sites(`not ${isOfToday('s.territory_id')}`),
  }),
  check({
    code: 'site.no_capacity',
    subject: 'site',
    certainty: 'doubtful',
    title: { lv: 'Nav norādīts vietu skaits', en: 'The number of places is missing' },
    why: {
      lv: 'Nevar pateikt, vai skolā ir brīvas vietas.',
      en: 'Whether the school has free places cannot be told.',
    },
    where: screens.site('Vietu skaits', 'Places'),
    records: () => sites('s.capacity is null or s.capacity = 0'),
  }),
  check({
    code: 'institution.over_capacity',
    subject: 'institution',
    certainty: 'doubtful',
    title: {
      lv: 'Skolēnu ir vairāk nekā vietu',
      en: 'There are more pupils than places',
    },
    why: {
      lv: 'Vai nu vietu skaits ir novecojis, vai skola ir pārpildīta.',
      en: 'Either the number of places is out of date, or the school is overfull.',
    },
    where: screens.site('Vietu skaits', 'Places'),
    thresholds: ['times'],
    records: ({ times }) => `
      select c.institution_id, c.institution_id as subject_id, coalesce(n.learners, 0) > ${times} * c.places as fault,
             jsonb_build_object('places', c.places, 'learners', n.learners) as detail, c.import_id, c.line
        from (select institution_id, sum(capacity) as places, max(import_id) as import_id, min(line) as line
                from registry.site_version where superseded_by is null and valid @> $2::date
               group by 1 having bool_and(capacity > 0)) c
        left join (select institution_id, count(distinct learner_id) as learners from registry.enrolment
                    where superseded_by is null and school_year = $1 and main group by 1) n using (institution_id)`,
  }),
  check({
    code: 'programme.no_licence',
    subject: 'institution',
    certainty: 'wrong',
    title: { lv: 'Programmai nav licences numura', en: 'A programme has no licence number' },
    why: {
      lv: 'Programmu drīkst īstenot tikai ar licenci.',
      en: 'A programme may be taught only with a licence.',
    },
    where: screens.programme('Licences numurs', 'Licence number'),
    records: () => programmes('p.licence_no is null', `'{}'`),
  }),
  check({
    code: 'programme.licence_after_start',
    subject: 'institution',
    certainty: 'wrong',
    title: {
      lv: 'Programma sākta pirms licences izsniegšanas',
      en: 'A programme began before its licence was given',
    },
    why: {
      lv: 'Viens no datumiem ir kļūdains.',
      en: 'One of the days is wrong.',
    },
    where: screens.programme('Licences datums', 'Day of the licence'),
    records: () =>
      `${programmes(
        'p.licence_date > lower(p.valid)',
        `jsonb_build_object('licensed', p.licence_date, 'began', lower(p.valid))`,
      )} and p.licence_date is not null and not lower_inf(p.valid)`,
  }),
  check({
    code: 'programme.language_differs',
    subject: 'institution',
    certainty: 'wrong',
    title: {
      lv: 'Programmas valoda nesaskan ar tās kodu',
      en: 'The language of a programme does not fit its code',
    },
    why: {
      lv: 'Skolēnu skaits pa valodām būs nepareizs.',
      en: 'Pupils by language will be counted wrongly.',
    },
    where: screens.programme('Valoda', 'Language'),
    records: () =>
      `${programmes(
        `(substr(p.code, 7, 1) = '1') <> (p.language = 'lv')`,
        `jsonb_build_object('language', p.language)`,
      )} and p.language is not null
       and ${isGeneral('p.code')} and substr(p.code, 7, 1) in ('1', '2')`,
  }),
]
