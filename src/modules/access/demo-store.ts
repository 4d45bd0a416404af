import type { Tx } from '#db/actor.ts'
import type { Words } from '#terms/locale.ts'
import type { DemoPerson, Tier } from './model.ts'

/** Made-up people to sign in as, each with all mandates; none where the data are real. */
export async function listDemoPeople(tx: Tx): Promise<DemoPerson[]> {
  const { rows } = await tx.query<{
    id: string
    name: string
    tier: Tier
    place: Words | null
    duties: string[]
  }>(
    `select person_uuid as id, display_name as name, tier,
            case when place_lv is not null then jsonb_build_object('lv', place_lv, 'en', place_en) end as place,
            duties
       from access.demo_people()`,
  )
  const people = new Map<string, DemoPerson>()
  for (const { id, name, tier, place, duties } of rows) {
    const known = people.get(id)
    if (!known) people.set(id, { id, name, tier, place, duties, more: [] })
    else {
      known.more.push({ tier, place })
      known.duties.push(...duties)
    }
  }
  return [...people.values()]
}

/**
 * Makes people to sign in as, where the data are not real: at least one for every tier that has something to see, two of them with
 * two mandates. A class teacher is one of the staff register, where there is one. Those who are there already stay as they are.
 *
 * @returns  how many were made
 */
export async function makeDemoPeople(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ made: number }>(
    `with bank as (
       select exists (select from intake.import where state = 'merged')
              and not exists (select from intake.import where data_kind = 'real') as is_demo
     ), size as (
       select institution_id, count(*) as learners from registry.enrolment
        where superseded_by is null and main group by institution_id
     ), large as (
       select s.institution_id, v.territory_id from size s
         join registry.institution_version v using (institution_id)
        where v.superseded_by is null and v.valid @> access.today()
        order by s.learners desc, s.institution_id limit 1
     ), now as (
       select e.institution_id, count(*) as learners, bool_or(c.combined) as combines
         from registry.enrolment e
         left join registry.class_group_version c
           on c.class_group_id = e.class_group_id and c.school_year = e.school_year and c.superseded_by is null
        where e.superseded_by is null and e.main
          and e.school_year = (select max(school_year) from registry.enrolment where superseded_by is null and main)
        group by e.institution_id
     ), small as ( -- with combined classes, as far as there is one, and about 45 pupils; else with fewer than ten
       (select institution_id from now where combines order by abs(learners - 45), institution_id limit 1)
       union all
       (select institution_id from size where learners < 10 order by learners desc, institution_id limit 1)
       limit 1
     ), pupil as ( -- of the large school, with results; those who learn there latest come first
       select e.learner_id, row_number() over (order by max(e.school_year) desc, e.learner_id) as no
         from registry.enrolment e join large using (institution_id)
        where e.superseded_by is null and e.main
          and exists (select from records.result r where r.learner_id = e.learner_id and r.superseded_by is null)
        group by e.learner_id
     ), class_teacher as (
       select s.code_hash, v.institution_id
         from registry.class_group_version v
         join identity.staff s on s.staff_id = v.class_teacher_id
         join registry.employment e on e.staff_id = s.staff_id and e.institution_id = v.institution_id
          and e.superseded_by is null and e.valid @> access.today()
         left join large on large.institution_id = v.institution_id
        where v.superseded_by is null and make_date(v.school_year - 1, 9, 1) <= access.today()
          and not exists (select from access.person_code c where c.code_hash = s.code_hash)
        order by v.school_year desc, large.institution_id is null, v.class_group_id limit 1
     ), chosen (place, name, tier, institution_id, territory_id, learner_id, days) as (
       select 1, 'Ilze Liepiņa', 'school', institution_id, null::bigint, null::bigint, null::integer from large
       union all select 2, 'Andris Ozols', 'school', institution_id, null, null, null from small
       union all select 3, 'Kristīne Kalniņa', 'analyst', null, null, null, null
       union all select 4, 'Mārtiņš Bērziņš', 'steward', null, null, null, null
       union all select 5, 'Dace Jansone', 'municipality', null, territory_id, null, null from large
       union all select 6, 'Dace Jansone', 'parent', null, null, learner_id, null from pupil where no = 1
       union all select 7, 'Juris Krūmiņš', 'inspector', institution_id, null, null, 60 from large
       union all select 8, 'Anna Zariņa', 'protection_officer', null, null, null, null
       union all select 9, 'Pēteris Balodis', 'parent', null, null, learner_id, null from pupil where no = 2
       union all select 10, 'Pēteris Balodis', 'parent', null, null, learner_id, null from pupil where no = 3
       union all select 11, 'Elīna Vītola', 'learner', null, null, learner_id, null from pupil where no = 4
       union all select 12, 'Inese Bērziņa', 'teacher', institution_id, null, null, null from class_teacher
     ), person as (
       insert into access.person (display_name, demo)
       select c.name, true from chosen c, bank
        where bank.is_demo and not exists (select from access.person p where p.demo and p.display_name = c.name)
        group by c.name order by min(c.place)
       returning person_id, display_name
     ), code as (
       insert into access.person_code (code_hash, person_id)
       select t.code_hash, p.person_id from class_teacher t, person p where p.display_name = 'Inese Bērziņa'
     ), mandate as (
       insert into access.mandate (person_id, tier, institution_id, territory_id, learner_id, valid, source)
       select p.person_id, c.tier, c.institution_id, c.territory_id, c.learner_id,
              daterange(access.today(), access.today() + c.days), 'demo'
         from person p join chosen c on c.name = p.display_name
        order by c.place
       returning person_id
     ) select count(distinct person_id) as made from mandate`,
  )
  return rows[0]!.made
}
