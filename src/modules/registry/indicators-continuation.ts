import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  everyYear,
  said,
  saidOf,
  share,
} from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, register } from './indicators-shared.ts'

const about = {
  version: 2,
  looks: atOwnYear,
  area: 'purpose.continuation',
  topic: 'progression',
  source: register,
  levels: everyLevel,
  lines: enrolmentLines,
} as const

/** Leaving for one of these is leaving without a document of education and without another place of study. */
const leftEarly = `('absence', 'low_achievement', 'work', 'family', 'expelled', 'other')`

/**
 * Who finished grade 9 in the school year, where, and whether in a higher grade on 1 October after it. Whoever goes on in the same
 * school has no reason for leaving. Nobody is known before the next school year has begun.
 */
const finishedNine = `
    select n.institution_id, n.learner_id, n.leave_reason = 'graduated_without_certificate' as without,
           x.learner_id is not null as goes_on
      from (
        select distinct on (e.learner_id) e.learner_id, e.institution_id, coalesce(e.leave_reason, '') as leave_reason
          from registry.enrolment e
         where e.school_year = $2 and e.main and e.grade = 9 and ${current('e')}
         order by e.learner_id, upper(e.valid) desc nulls first, e.institution_id
      ) n
      left join (
        select distinct e.learner_id from registry.enrolment e
         where e.school_year = $2::int + 1 and e.main and e.grade >= 10 and e.valid @> make_date($2, 10, 1) and ${current('e')}
      ) x using (learner_id)
     where (n.leave_reason in ('completed', 'graduated_without_certificate') or (n.leave_reason = '' and x.learner_id is not null))
       and exists (select from registry.enrolment e
                    where e.school_year = $2::int + 1 and e.valid @> make_date($2, 10, 1) and ${current('e')})`

const continues = share({
  ...about,
  code: 'CON-01',
  looks: { back: 0, forward: 1 },
  name: { lv: 'Turpina izglītību pēc 9. klases', en: 'Continue after grade 9' },
  short: { lv: 'Turpina pēc 9. klases', en: 'Continue after grade 9' },
  definition: {
    lv: 'Daļa no skolēniem, kas mācību gadā ieguva apliecību par pamatizglītību un līdz nākamā mācību gada 1. oktobrim mācās 10. klasē vai profesionālās izglītības programmā.',
    en: 'Share of the pupils who obtained the certificate of basic education in the school year and are in grade 10 or a vocational programme by 1 October after it.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai izvēle skolēnam bija pareiza. Kas aizbrauc no valsts, šeit netiek skaitīts kā turpinātājs.',
    en: 'It does not say whether the choice was right for a pupil. Whoever leaves the country is not counted as continuing.',
  },
  of: { lv: 'skolēni, kas ieguva apliecību', en: 'pupils who obtained the certificate' },
  better: 'higher',
  by: bySaid,
  facts: `
    select f.institution_id, '-' as subject, f.goes_on::int::float8 as y, ${said}
      from (${finishedNine}) f ${saidOf('f.learner_id')}
     where not f.without`,
})

const withoutCertificate = share({
  ...about,
  code: 'CON-02',
  looks: everyYear,
  name: { lv: 'Beidz 9. klasi bez apliecības', en: 'Finish grade 9 without a certificate' },
  short: { lv: 'Bez apliecības', en: 'Without a certificate' },
  definition: {
    lv: 'Daļa no skolēniem, kas mācību gadā beidza 9. klasi un saņēma tikai liecību, nevis apliecību par pamatizglītību.',
    en: 'Share of the pupils who finished grade 9 in the school year with a school report only, not with the certificate of basic education.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, kāpēc skolēns apliecību neieguva, un nenozīmē, ka viņš to neiegūs vēlāk.',
    en: 'It does not say why a pupil has no certificate, nor that there will be none later.',
  },
  of: { lv: 'skolēni, kas beidza 9. klasi', en: 'pupils who finished grade 9' },
  better: 'lower',
  by: bySaid,
  facts: `
    select f.institution_id, '-' as subject, f.without::int::float8 as y, ${said}
      from (${finishedNine}) f ${saidOf('f.learner_id')}
     where exists (select from registry.enrolment e
                    where e.leave_reason = 'graduated_without_certificate' and ${current('e')})`,
})

const leavesEarly = share({
  ...about,
  code: 'CON-03',
  name: { lv: 'Pārtrauc mācības', en: 'Leave education early' },
  short: { lv: 'Pārtrauc mācības', en: 'Leave early' },
  definition: {
    lv: 'Daļa no 7.–12. klašu un profesionālās izglītības audzēkņiem 1. septembrī, kas mācību gadā aizgāja bez izglītības dokumenta un bez citas mācību vietas. Skaita iestādē, kurā audzēknis gadu sāka.',
    en: 'Share of the pupils of grades 7–12 and of vocational education on 1 September who left in the school year without a document and without another place of study. Counted where the pupil began the year.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, ka vainīga ir skola: bieži iemesli ir ārpus tās. Aizbraukšana no valsts šeit netiek skaitīta.',
    en: 'It does not blame the school: the reasons are often outside it. Leaving the country is not counted here.',
  },
  of: {
    lv: '7.–12. klašu un profesionālās izglītības audzēkņi',
    en: 'pupils of grades 7–12 and of vocational education',
  },
  better: 'lower',
  by: [...bySaid, 'stage'],
  facts: `
    select b.institution_id, '-' as subject, (o.learner_id is not null)::int::float8 as y, ${said}, b.stage
      from (
        select distinct on (e.learner_id) e.learner_id, e.institution_id,
               case when not ${isOfGeneral('e.programme_code')} then 'vocational' when e.grade <= 9 then '7-9' else '10-12' end as stage
          from registry.enrolment e
         where e.school_year = $2 and e.main and e.grade >= 7 and e.valid @> make_date($2::int - 1, 9, 1) and ${current('e')}
         order by e.learner_id, e.institution_id
      ) b
      left join (
        select distinct e.learner_id from registry.enrolment e
         where e.school_year = $2 and e.main and e.leave_reason in ${leftEarly} and ${current('e')}
      ) o using (learner_id)
      ${saidOf('b.learner_id')}
     where exists (select from registry.enrolment e
                    where e.school_year = $2 and e.grade >= 9 and e.leave_reason = 'completed' and ${current('e')})`,
})

const repeats = share({
  ...about,
  code: 'CON-04',
  name: { lv: 'Atkārto klasi', en: 'Repeat a grade' },
  short: { lv: 'Atkārto klasi', en: 'Repeat a grade' },
  definition: {
    lv: 'Daļa no 1.–12. klašu un profesionālās izglītības audzēkņiem 1. oktobrī, kas šajā mācību gadā atkārto klasi vai kursu.',
    en: 'Share of the pupils of grades 1–12 and of vocational education on 1 October who repeat the grade or course in this school year.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai klases atkārtošana skolēnam palīdzēja.',
    en: 'It does not say whether repeating the grade helped a pupil.',
  },
  of: { lv: 'skolēni no 1. klases', en: 'pupils from grade 1 on' },
  better: 'lower',
  by: [...bySaid, 'stage'],
  facts: `
    select e.institution_id, '-' as subject, e.repeated::int::float8 as y, ${said},
           case when not ${isOfGeneral('e.programme_code')} then 'vocational' when e.grade <= 3 then '1-3' when e.grade <= 6 then '4-6'
                when e.grade <= 9 then '7-9' else '10-12' end as stage
      from registry.enrolment e ${saidOf('e.learner_id')}
     where e.school_year = $2 and e.main and e.grade >= 1 and e.repeated is not null
       and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}`,
})

const completes = share({
  ...about,
  code: 'CON-05',
  looks: { back: 3, forward: 0 },
  name: { lv: 'Pabeidz vidējo izglītību laikā', en: 'Complete upper secondary education in time' },
  short: { lv: 'Pabeidz laikā', en: 'Complete in time' },
  definition: {
    lv: 'Daļa no audzēkņiem, kas pirms trim mācību gadiem sāka 10. klasi (profesionālajā izglītībā pirms četriem 1. kursu) un līdz šī mācību gada beigām ieguva dokumentu. Skaita iestādē, kurā audzēknis sāka.',
    en: 'Share of the pupils who began grade 10 three school years ago (a vocational programme four years ago) and obtained the document by the end of this school year. Counted where the pupil began.',
  },
  doesNotSay: {
    lv: 'Kas pāriet uz citu programmu, aizbrauc vai mācās ilgāk, šeit nav pabeidzis; tas nenozīmē, ka izglītību pametis.',
    en: 'Whoever changes the programme, leaves the country or takes longer has not completed here; that does not mean education was left.',
  },
  of: { lv: 'audzēkņi, kas sāka vidējo izglītību', en: 'pupils who began upper secondary education' },
  better: 'higher',
  by: [...bySaid, 'stage'],
  facts: `
    select b.institution_id, '-' as subject, (d.learner_id is not null)::int::float8 as y, ${said}, b.stage
      from (
        select e.learner_id, e.institution_id,
               case when ${isOfGeneral('e.programme_code')} then '10-12' else 'vocational' end as stage
          from registry.enrolment e
         where e.main and e.grade = 10 and e.repeated is not true and ${current('e')}
           and e.valid @> make_date(e.school_year::int - 1, 10, 1)
           and e.school_year = case when ${isOfGeneral('e.programme_code')} then $2::int - 2 else $2::int - 3 end
      ) b
      left join (
        select distinct e.learner_id, ${isOfGeneral('e.programme_code')} as general from registry.enrolment e
         where e.school_year between $2::int - 3 and $2 and e.main and e.grade >= 10 and e.leave_reason = 'completed'
           and ${current('e')}
      ) d on d.learner_id = b.learner_id and d.general = (b.stage = '10-12')
      ${saidOf('b.learner_id')}
     where exists (select from registry.enrolment e where e.school_year = $2::int - 3 and e.grade = 10 and ${current('e')})
       and exists (select from registry.enrolment e
                    where e.school_year = $2 and e.grade >= 12 and e.leave_reason = 'completed' and ${current('e')})`,
})

const entersHigher = share({
  ...about,
  code: 'CON-06',
  looks: { back: 0, forward: 1 },
  name: { lv: 'Iestājas augstskolā gada laikā', en: 'Enter higher education within a year' },
  short: { lv: 'Iestājas augstskolā', en: 'Enter higher education' },
  definition: {
    lv: 'Daļa no skolēniem, kas mācību gadā pabeidza vispārējo vidējo izglītību un gada laikā sāka studijas Latvijas augstskolā.',
    en: 'Share of the pupils who completed general upper secondary education in the school year and began to study in Latvia within a year.',
  },
  doesNotSay: {
    lv: 'Studijas ārzemēs reģistrs nezina. Tas nesaka, cik labi skola sagatavoja darbam.',
    en: 'The register does not know studies abroad. It does not say how well the school prepared for work.',
  },
  of: { lv: 'vidusskolu absolventi', en: 'graduates of general upper secondary education' },
  better: 'higher',
  by: bySaid,
  facts: `
    select g.institution_id, '-' as subject, (h.learner_id is not null)::int::float8 as y, ${said}
      from (
        select distinct on (e.learner_id) e.learner_id, e.institution_id from registry.enrolment e
         where e.school_year = $2 and e.main and e.grade = 12 and e.leave_reason = 'completed' and ${isOfGeneral('e.programme_code')}
           and ${current('e')}
         order by e.learner_id, upper(e.valid) desc nulls first, e.institution_id
      ) g
      left join (
        select distinct d.learner_id from records.destination d
         where d.kind = 'higher_education' and d.on_day >= make_date($2, 5, 1) and d.on_day < make_date($2::int + 1, 7, 1)
           and ${current('d')}
      ) h using (learner_id)
      ${saidOf('g.learner_id')}
     where exists (select from records.destination d
                    where d.kind = 'higher_education' and d.on_day >= make_date($2, 5, 1)
                      and d.on_day < make_date($2::int + 1, 7, 1) and ${current('d')})`,
})

/**
 * Of those with special needs, who learns in an ordinary class. An especially sensitive fact, of few pupils in most schools: there is
 * no figure of a single school.
 */
const inMainstream = share({
  ...about,
  area: 'purpose.equity',
  topic: 'special_needs',
  code: 'EQU-04',
  name: {
    lv: 'Skolēni ar speciālām vajadzībām vispārējās klasēs',
    en: 'Learners with special needs in mainstream classes',
  },
  short: { lv: 'Iekļauti vispārējā klasē', en: 'In mainstream classes' },
  levels: ['state', 'region', 'municipality'],
  definition: {
    lv: 'Daļa no 1.–12. klašu skolēniem ar speciālām vajadzībām 1. oktobrī, kuru klase nav speciālās izglītības klase.',
    en: 'Share of the pupils of grades 1–12 with special needs on 1 October whose class is not one of special education.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, vai skolēns saņem vajadzīgo atbalstu: iekļaut nozīmē vairāk nekā mācīties vienā telpā.',
    en: 'It does not say whether a pupil gets the support needed: inclusion is more than sharing a room.',
  },
  of: { lv: 'skolēni ar speciālām vajadzībām', en: 'pupils with special needs' },
  better: 'neutral',
  by: ['sex'],
  facts: `
    select e.institution_id, '-' as subject, (substr(g.programme_code, 5, 2) not between '51' and '59')::int::float8 as y,
           coalesce(l.sex, 'unknown') as sex
      from registry.enrolment e
      join registry.learner_circumstance s
        on s.learner_id = e.learner_id and s.special_need is not null and ${current('s')}
       and s.valid @> make_date($2::int - 1, 10, 1)
      join registry.class_group_version g
        on g.class_group_id = e.class_group_id and ${current('g')} and ${isOfGeneral('g.programme_code')}
      ${saidOf('e.learner_id')}
     where e.school_year = $2 and e.main and e.grade >= 1 and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}`,
})

export const continuationIndicators: readonly Definition[] = [
  continues,
  withoutCertificate,
  leavesEarly,
  repeats,
  completes,
  entersHigher,
  inMainstream,
]
