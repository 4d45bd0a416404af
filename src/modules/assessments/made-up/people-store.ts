import type { Tx } from '#db/actor.ts'

/**
 * A family and a class teacher to sign in as, of a class of grade 6 whose results are told: the child (with growth, where there is
 * any), a parent, and the teacher of that class, in the school of the first demo head where that can be. None where the data are real or
 * there are no demo people; who is there already stays.
 *
 * @returns  how many were made
 */
export async function makeDemoFamily(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ made: number }>(
    `with head as (
       select m.institution_id from access.mandate m join access.person p using (person_id)
        where p.demo and m.tier = 'school' order by m.mandate_id limit 1
     ), child as (
       select o.learner_id, o.institution_id, c.class_teacher_id
         from assessments.outcome o join assessments.round r using (round_id)
         join registry.enrolment e on e.learner_id = o.learner_id and e.institution_id = o.institution_id
          and e.school_year = r.school_year and e.superseded_by is null and e.main
         join registry.class_group_version c on c.class_group_id = e.class_group_id and c.superseded_by is null
        where o.ended_at is null and r.state = 'official' and r.grade = 6
        group by o.learner_id, o.institution_id, c.class_teacher_id
        order by o.institution_id is distinct from (select institution_id from head), count(*) desc,
                 (select count(*) from growth.progress g where g.learner_id = o.learner_id and g.to_grade = 6) desc, o.learner_id
        limit 1
     ), teacher as (
       select s.code_hash, c.institution_id from child c join identity.staff s on s.staff_id = c.class_teacher_id
        where not exists (select from access.person_code p where p.code_hash = s.code_hash)
     ), chosen (place, name, tier, institution_id, learner_id) as (
       select 1, 'Zane Kļaviņa', 'parent', null::bigint, learner_id from child
       union all select 2, 'Roberts Kļaviņš', 'learner', null, learner_id from child
       union all select 3, 'Gita Freimane', 'teacher', institution_id, null from teacher
     ), person as (
       insert into access.person (display_name, demo)
       select c.name, true from chosen c
        where exists (select from access.person p where p.demo)
          and not exists (select from intake.import where data_kind = 'real')
          and not exists (select from access.person p where p.demo and p.display_name = c.name)
        order by c.place
       returning person_id, display_name
     ), code as (
       insert into access.person_code (code_hash, person_id)
       select t.code_hash, p.person_id from teacher t, person p where p.display_name = 'Gita Freimane'
     ), mandate as (
       insert into access.mandate (person_id, tier, institution_id, learner_id, valid, source)
       select p.person_id, c.tier, c.institution_id, c.learner_id, daterange(access.today(), null), 'demo'
         from person p join chosen c on c.name = p.display_name
       returning person_id
     ) select count(*)::integer as made from mandate`,
  )
  return rows[0]!.made
}
