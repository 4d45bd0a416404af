import { atOwnYear, current, type Definition, everyLevel, ratio, share } from '#modules/indicators/define.ts'
import { enrolmentLines, october, register } from './indicators-shared.ts'

const about = {
  version: 1,
  looks: atOwnYear,
  area: 'learning.staff',
  topic: 'staff',
  source: register,
  levels: everyLevel,
  lines: `
    select m.institution_id, '-' as subject, m.import_id, m.line
      from registry.employment m where m.valid @> ${october()} and ${current('m')}`,
} as const

/** Who teaches; heads, support specialists and assistants are counted elsewhere. */
const teaching = `('teacher', 'preschool_teacher', 'vocational_teacher', 'interest_teacher', 'coach', 'accompanist')`
/** Who teaches in schools and vocational institutions, whose pupils are counted on their rolls. */
const teachingInSchool = `('teacher', 'vocational_teacher')`

/** Teachers on 1 October, each once: where the largest contract to teach is. */
const teachers = `
    select distinct on (m.staff_id) m.staff_id, m.institution_id
      from registry.employment m
     where m.position_code in ${teaching} and m.valid @> ${october()} and ${current('m')}
     order by m.staff_id, m.rate desc, m.institution_id`

/** Joins what the register says of a teacher on 1 October, as `v`. */
const versionOf = (staff: string) => `
      left join registry.staff_version v
        on v.staff_id = ${staff} and v.valid @> ${october()} and ${current('v')}`

const pupilsToTeachers = ratio({
  ...about,
  code: 'STF-01',
  name: { lv: 'Skolēni uz vienu pedagoga likmi', en: 'Pupils to a full-time teacher' },
  short: { lv: 'Skolēni uz likmi', en: 'Pupils to a teacher' },
  definition: {
    lv: 'Skolēnu skaits no 1. klases 1. oktobrī, dalīts ar skolotāju un profesionālās izglītības skolotāju likmju summu tajā pašā dienā. Pirmsskola un interešu izglītība nav ieskaitīta.',
    en: 'Pupils from grade 1 on 1 October divided by the sum of the rates of teachers and vocational teachers on the same day. Preschool and interest education are left out.',
  },
  doesNotSay: {
    lv: 'Tas nav klases lielums un nesaka, cik laika skolotājs velta vienam skolēnam. Mazai skolai skaitlis ir mazāks, jo katrai klasei vajag skolotāju.',
    en: 'It is not the size of a class, nor how much time a pupil gets. It is smaller in a small school, because every class needs a teacher.',
  },
  of: { lv: 'skolēni iestādēs ar skolotājiem', en: 'pupils of institutions with teachers' },
  better: 'neutral',
  unit: 'ratio',
  by: [],
  lines: enrolmentLines,
  facts: `
    select r.institution_id, '-' as subject, coalesce(p.pupils, 0)::float8 as y, r.rates as w, coalesce(p.pupils, 0) as n
      from (
        select m.institution_id, sum(m.rate::numeric)::float8 as rates from registry.employment m
         where m.position_code in ${teachingInSchool} and m.valid @> ${october()} and ${current('m')}
         group by 1
      ) r
      left join (
        select e.institution_id, count(*) as pupils from registry.enrolment e
         where e.school_year = $2 and e.main and e.grade >= 1 and e.valid @> ${october()} and ${current('e')} group by 1
      ) p using (institution_id)
     where r.rates > 0`,
})

/** Of an institution, so that it adds up: whoever changes school has left the one. */
const turnover = share({
  ...about,
  code: 'STF-02',
  looks: { back: 1, forward: 0 },
  name: { lv: 'Pedagogu mainība', en: 'Teacher turnover' },
  short: { lv: 'Pedagogu mainība', en: 'Turnover' },
  definition: {
    lv: 'Daļa no pedagogiem, kas iestādē mācīja iepriekšējā gada 1. oktobrī un šā mācību gada 1. oktobrī tajā vairs nemāca. Kas māca divās iestādēs, ir skaitīts katrā no tām.',
    en: 'Share of the teachers who taught at the institution on 1 October of the year before and no longer teach there on 1 October of this school year. Whoever teaches at two institutions is counted at each.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, kāpēc pedagogs aizgāja: pensija, pāreja uz citu skolu un skolas slēgšana ir ieskaitītas.',
    en: 'It does not say why a teacher left: retirement, a change of school and the closing of a school are all counted.',
  },
  of: { lv: 'pedagogi iepriekšējā gadā', en: 'teachers of the year before' },
  better: 'lower',
  by: [],
  facts: `
    select b.institution_id, '-' as subject, (s.staff_id is null)::int::float8 as y
      from (
        select distinct m.institution_id, m.staff_id from registry.employment m
         where m.position_code in ${teaching} and m.valid @> ${october(1)} and ${current('m')}
      ) b
      left join (
        select distinct m.institution_id, m.staff_id from registry.employment m
         where m.position_code in ${teaching} and m.valid @> ${october()} and ${current('m')}
      ) s using (institution_id, staff_id)
     where exists (select from registry.employment m
                    where m.position_code in ${teaching} and m.valid @> ${october()} and ${current('m')})`,
})

const older = (code: string, age: number) =>
  share({
    ...about,
    code,
    name: { lv: `Pedagogi no ${age} gadu vecuma`, en: `Teachers aged ${age} and over` },
    short: { lv: `No ${age} gadiem`, en: `Aged ${age}+` },
    definition: {
      lv: `Daļa no pedagogiem 1. oktobrī, kuriem kalendāra gadā aprit vismaz ${age} gadi. Katru pedagogu skaita vienu reizi, iestādē ar lielāko slodzi.`,
      en: `Share of the teachers on 1 October who turn at least ${age} in the calendar year. Every teacher is counted once, where the load is largest.`,
    },
    doesNotSay: {
      lv: 'Vecums neko nesaka par pedagoga darba kvalitāti; tas rāda, cik pedagogu drīz var aiziet pensijā.',
      en: 'Age says nothing about the quality of teaching; it shows how many teachers may soon retire.',
    },
    of: { lv: 'pedagogi ar zināmu dzimšanas gadu', en: 'teachers whose year of birth is known' },
    better: 'lower',
    by: [],
    facts: `
    select t.institution_id, '-' as subject, ($2::int - 1 - v.birth_year >= ${age})::int::float8 as y
      from (${teachers}) t ${versionOf('t.staff_id')}
     where v.birth_year is not null`,
  })

const outOfField = ratio({
  ...about,
  code: 'STF-04',
  name: {
    lv: 'Stundas bez atbilstošas kvalifikācijas',
    en: 'Lessons taught without a matching qualification',
  },
  short: { lv: 'Bez kvalifikācijas', en: 'Out of field' },
  definition: {
    lv: 'Daļa no kontaktstundām nedēļā 1. oktobrī, ko māca skolotājs, kuram reģistrā nav kvalifikācijas šajā priekšmetā. Sākumskolas skolotāja kvalifikācija der 1.–6. klasē visos priekšmetos.',
    en: 'Share of the contact lessons a week on 1 October taught by somebody without a qualification in the subject in the register. A primary teacher’s qualification is valid for all subjects in grades 1–6.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, ka stunda ir slikta: skolotājs var apgūt priekšmetu citādi, un reģistrā ieraksts var trūkt.',
    en: 'It does not say that a lesson is poor: a teacher may know the subject otherwise, and an entry may be missing.',
  },
  of: { lv: 'skolotāji, kuru kvalifikācija ir zināma', en: 'teachers whose qualification is known' },
  better: 'lower',
  unit: 'share',
  by: [],
  facts: `
    select m.institution_id, '-' as subject,
           sum(case when m.subject_code = any (v.qualification_subjects)
                      or (m.stage = 'basic_1' and 'primary' = any (v.qualification_subjects))
                    then 0 else m.contact_lessons::numeric end)::float8 as y,
           sum(m.contact_lessons::numeric)::float8 as w, 1 as n
      from registry.employment m
      join registry.staff_version v on v.staff_id = m.staff_id and v.valid @> ${october()} and ${current('v')}
     where m.position_code in ${teachingInSchool} and m.subject_code is not null and m.contact_lessons > 0
       and cardinality(v.qualification_subjects) > 0 and m.valid @> ${october()} and ${current('m')}
     group by m.institution_id, m.staff_id`,
})

const vacancies = ratio({
  ...about,
  code: 'STF-05',
  looks: { back: 1, forward: 0 },
  name: { lv: 'Neaizpildītas pedagogu likmes', en: 'Unfilled posts' },
  short: { lv: 'Vakances', en: 'Vacancies' },
  definition: {
    lv: 'Neaizpildīto likmju summa 1. oktobrī, dalīta ar visu pedagoģisko likmju summu: neaizpildīto un aizpildīto kopā.',
    en: 'Sum of the rates of unfilled posts on 1 October divided by the sum of all rates, filled and unfilled together.',
  },
  doesNotSay: {
    lv: 'Skaitlis nerāda stundas, ko pārslogoti kolēģi māca vakanču vietā.',
    en: 'It does not show the lessons that overloaded colleagues teach in place of a vacancy.',
  },
  of: { lv: 'pedagoģiskās likmes', en: 'posts' },
  better: 'lower',
  unit: 'share',
  ofPeople: false,
  by: [],
  facts: `
    select institution_id, '-' as subject, coalesce(o.rates, 0) as y, coalesce(o.rates, 0) + coalesce(f.rates, 0) as w, 0 as n
      from (
        select m.institution_id, sum(m.rate::numeric)::float8 as rates from registry.employment m
         where m.valid @> ${october()} and ${current('m')} group by 1
      ) f
      full join (
        select c.institution_id, sum(c.rate::numeric)::float8 as rates from registry.vacancy c
         where c.open_on <= ${october()} and (c.filled_on is null or c.filled_on > ${october()}) and ${current('c')} group by 1
      ) o using (institution_id)
     where coalesce(o.rates, 0) + coalesce(f.rates, 0) > 0
       and exists (select from registry.vacancy c
                    where c.open_on between ${october(1)} and ${october()} and ${current('c')})`,
})

const development = share({
  ...about,
  code: 'STF-06',
  name: {
    lv: 'Pedagogi ar 36 pilnveides stundām trijos gados',
    en: 'Teachers with 36 hours of development in three years',
  },
  short: { lv: '36 pilnveides stundas', en: '36 hours' },
  definition: {
    lv: 'Daļa no pedagogiem 1. oktobrī, kuriem pēdējos trijos gados ir vismaz 36 profesionālās kompetences pilnveides stundas.',
    en: 'Share of the teachers on 1 October who have at least 36 hours of professional development in the last three years.',
  },
  doesNotSay: {
    lv: 'Stundu skaits nesaka, vai apgūtais nonāca klasē.',
    en: 'Hours do not say whether what was learnt reached the classroom.',
  },
  of: { lv: 'pedagogi, kuru pilnveides stundas ir zināmas', en: 'teachers whose hours are known' },
  better: 'higher',
  by: [],
  facts: `
    select t.institution_id, '-' as subject, (v.cpd_hours_3y >= 36)::int::float8 as y
      from (${teachers}) t ${versionOf('t.staff_id')}
     where v.cpd_hours_3y is not null`,
})

const overload = share({
  ...about,
  code: 'STF-07',
  name: { lv: 'Pārslogoti pedagogi', en: 'Overloaded teachers' },
  short: { lv: 'Virs 1,2 likmēm', en: 'Above 1.2 rates' },
  definition: {
    lv: 'Daļa no pedagogiem 1. oktobrī, kuru visu likmju summa visās iestādēs kopā ir lielāka par 1,2. Katru pedagogu skaita vienu reizi, iestādē ar lielāko slodzi.',
    en: 'Share of the teachers on 1 October whose rates at all institutions together are more than 1.2. Every teacher is counted once, where the load is largest.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, ka pedagogs to negrib; tas rāda, kur darba ir vairāk nekā cilvēku.',
    en: 'It does not say that teachers mind; it shows where there is more work than people.',
  },
  of: { lv: 'pedagogi', en: 'teachers' },
  better: 'lower',
  by: [],
  facts: `
    select t.institution_id, '-' as subject, (a.rates > 1.2)::int::float8 as y
      from (${teachers}) t
      join (
        select m.staff_id, sum(m.rate::numeric) as rates from registry.employment m
         where m.valid @> ${october()} and ${current('m')} group by 1
      ) a using (staff_id)`,
})

export const staffIndicators: readonly Definition[] = [
  pupilsToTeachers,
  turnover,
  older('STF-03', 55),
  outOfField,
  vacancies,
  development,
  overload,
  older('STF-08', 60),
]
