import { atOwnYear, current, type Definition, everyLevel, once, ratio } from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october, register } from '#modules/registry/index.ts'
import { gradesOf } from './indicators-grades.ts'

/**
 * Pupils of general education of a school in a group of grades: this 1 October (`pupils`), and over up to three of them (`total` of
 * `years`). Years before the group had pupils at all do not count, nor do those before the bank begins.
 */
const groups = `
    select institution_id, subject, total, pupils, $2::int - first + 1 as years
      from (
        select e.institution_id, ${gradesOf('e.grade')} as subject, count(*) as total,
               count(*) filter (where e.school_year = $2) as pupils, min(e.school_year) as first
          from registry.enrolment e
         where e.school_year between $2::int - 2 and $2::int and e.main and ${isOfGeneral('e.programme_code')}
           and e.valid @> make_date(e.school_year - 1, 10, 1) and ${current('e')}
         group by 1, 2
      ) g
     where subject is not null and pupils > 0`

const about = {
  version: 1,
  looks: atOwnYear,
  once: [once('groups', groups)],
  topic: 'network',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
  by: [],
} as const

/**
 * Where a school stands, as criteria tell places apart: by the degree of urbanisation of its first site, and at the border by its
 * municipality. A school whose site says nothing is told by the code of its municipality.
 */
const places = `
    select v.institution_id,
           case when coalesce(s.degurba, case when t.code like '000%' then 'dense' else 'village' end) in ('city', 'dense') then 'city'
                when b.territory_code is not null then 'border'
                when s.degurba = 'small_town' then 'town'
                when s.degurba in ('rural', 'sparse') then 'rural'
                else 'near' end as place
      from registry.institution_version v
      left join registry.territory_version t
        on t.territory_id = v.territory_id and t.valid @> ${october()} and ${current('t')}
      left join network.border_municipality b on b.territory_code = t.code and b.valid @> ${october()}
      left join lateral (
        select w.degurba from registry.site_version w
         where w.institution_id = v.institution_id and w.valid @> ${october()} and ${current('w')}
         order by w.code limit 1
      ) s on true
     where v.valid @> ${october()} and ${current('v')} and v.kind = 'general'`

/** Groups for which there is a criterion on 1 October, with what it asks. Distance and evening schools are not measured by it. */
const measured = `
    select g.institution_id, g.subject, g.pupils, g.total::float8 / g.years as mean, c.pupils as asked, c.tolerance
      from (${groups}) g
      join (${places}) p using (institution_id)
      join network.rule_set r on r.valid @> ${october()}
      join network.criterion c on c.rule_set = r.code and c.grades = g.subject and c.place = p.place`

const size = ratio({
  ...about,
  code: 'NET-01',
  looks: { back: 2, forward: 0 },
  area: 'learning.teaching',
  name: { lv: 'Skolēni klašu grupā', en: 'Pupils in a group of grades' },
  short: { lv: 'Skolēni klašu grupā', en: 'Group of grades' },
  definition: {
    lv: 'Cik vispārējās izglītības skolēnu 1. oktobrī ir vienas skolas klašu grupā (1.–3., 4.–6., 7.–9., 10.–12. klase), vidēji trijos mācību gados. Teritorijā: vidēji vienā skolā.',
    en: 'How many pupils of general education a school has in a group of grades (1–3, 4–6, 7–9, 10–12) on 1 October, as a mean of three school years. In a territory: on average in one school.',
  },
  doesNotSay: {
    lv: 'Skaits neko nesaka par mācību kvalitāti: maza skola var mācīt labi, un kādam tā ir vienīgā sasniedzamā.',
    en: 'The number says nothing about quality: a small school can teach well, and may be the only one within reach.',
  },
  of: { lv: 'skolēni klašu grupā', en: 'pupils of the group' },
  better: 'neutral',
  unit: 'people',
  facts: `select institution_id, subject, total::float8 as y, years::float8 as w, pupils as n from (${groups}) g`,
})

const meets = ratio({
  ...about,
  code: 'NET-02',
  looks: { back: 2, forward: 0 },
  area: 'governance.admin',
  name: { lv: 'Atbilst skolu tīkla kritērijam', en: 'Meets the criterion of the school network' },
  short: { lv: 'Atbilst kritērijam', en: 'Meets the criterion' },
  definition: {
    lv: 'Daļa no skolēniem, kuru klašu grupā ir vismaz tik skolēnu, cik prasa tajā dienā spēkā esošais kritērijs (vidēji trijos gados, ar pieļauto novirzi). Vienai skolai: 100 % vai 0 %.',
    en: 'Share of the pupils whose group of grades has at least as many pupils as the criterion in force that day asks (as a mean of three years, with the tolerance allowed). For one school: 100 % or 0 %.',
  },
  doesNotSay: {
    lv: 'Kritērijs ir skaits, nevis kvalitāte. Par skolas nākotni lemj dibinātājs, un pastāv izņēmumi, kuru šajā skaitlī nav.',
    en: 'The criterion is a number, not quality. The founder decides about a school, and there are exceptions this figure does not know.',
  },
  of: { lv: 'skolēni klašu grupās, kurām ir kritērijs', en: 'pupils of groups that have a criterion' },
  better: 'neutral',
  unit: 'share',
  facts: `
    select institution_id, subject, case when mean >= asked * (1 - tolerance) then pupils else 0 end::float8 as y,
           pupils::float8 as w, pupils as n
      from (${measured}) m`,
})

const distance = ratio({
  ...about,
  code: 'NET-03',
  isSigned: true,
  looks: { back: 2, forward: 0 },
  area: 'governance.admin',
  name: { lv: 'Starpība līdz kritērijam', en: 'Distance from the criterion' },
  short: { lv: 'Līdz kritērijam', en: 'From the criterion' },
  definition: {
    lv: 'Par cik skolēniem klašu grupā (vidēji trijos gados) ir vairāk (plus) vai mazāk (mīnus), nekā prasa kritērijs. Teritorijā: vidēji vienā skolā.',
    en: 'By how many pupils a group of grades (mean of three years) is above (plus) or below (minus) the criterion. In a territory: on average in one school.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai skolēnu skaits augs vai saruks, un nav prognoze.',
    en: 'It does not say whether numbers will grow or fall, and is no forecast.',
  },
  of: { lv: 'skolēni klašu grupās, kurām ir kritērijs', en: 'pupils of groups that have a criterion' },
  better: 'neutral',
  unit: 'people',
  facts: `select institution_id, subject, mean - asked as y, 1::float8 as w, pupils as n from (${measured}) m`,
})

const funding = ratio({
  ...about,
  code: 'NET-07',
  looks: { back: 2, forward: 0 },
  area: 'governance.admin',
  name: { lv: 'Finansējuma daļa pārejas laikā', en: 'Share of funding in the transition' },
  short: { lv: 'Finansējuma daļa', en: 'Share of funding' },
  definition: {
    lv: 'Kādu daļu no valsts mērķdotācijas vidusskolas posms (10.–12. klase) saņemtu pēc pārejas noteikuma: skolēnu skaits pret prasīto, ne vairāk kā 100 %.',
    en: 'Which share of the state grant upper secondary (grades 10–12) would get by the rule of the transition: pupils against those asked for, at most 100 %.',
  },
  doesNotSay: {
    lv: 'Tas nav piešķirtais finansējums. Pieejamības skolām noteikums nav jāpiemēro, bet to sarakstu reģistrs vēl nezina.',
    en: 'It is not the funding granted. The rule is not for schools kept for accessibility, of which the register has no list yet.',
  },
  of: { lv: 'skolēni 10.–12. klasē', en: 'pupils of grades 10–12' },
  better: 'neutral',
  unit: 'share',
  facts: `
    select institution_id, subject, least(1, mean / asked) * pupils as y, pupils::float8 as w, pupils as n
      from (${measured}) m where subject = '10-12'`,
})

export const criterionIndicators: readonly Definition[] = [size, meets, distance, funding]
