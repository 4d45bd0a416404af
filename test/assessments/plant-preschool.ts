import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

export interface PlantedPreschool {
  /** uuid of the institution */
  place: string
  /** uuid of the one child of the group */
  child: string
  label: string
}

/** Demo people: Dace Vītola observes preschool, Gita Bērza coordinates and observes nobody. */
export async function plantAssessors(db: Database): Promise<void> {
  await asJob(db, (tx) =>
    tx.query(
      `with wanted (name, duty) as (values ('Dace Vītola', 'assessor'), ('Gita Bērza', 'coordinator')),
       person as (insert into access.person (display_name, demo)
                  select name, true from wanted
                   where not exists (select from access.person p where p.demo and p.display_name = wanted.name) returning person_id, display_name),
       mandate as (insert into access.mandate (person_id, tier, valid, source)
                   select person_id, 'researcher', daterange(access.today(), null), 'demo' from person returning mandate_id, person_id)
       insert into assessments.duty (mandate_id, duty, valid, source)
       select m.mandate_id, w.duty, daterange(access.today(), null), 'demo'
         from mandate m join person p using (person_id) join wanted w on w.name = p.display_name`,
    ),
  )
}

/** Needs the people of `plantAssessors`. A round of preschool that is open at some institution other than one, with one child in one group, assigned to Dace Vītola. */
export async function plantPreschool(db: Database, notAt: string): Promise<PlantedPreschool> {
  return asJob(db, async (tx) => {
    const { rows } = await tx.query<PlantedPreschool>(
      `with round as (
         insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
         values ('P-1', 'rehearsal', 'reading', 0, 2027, 'Vērojums', 'Observation', now() - interval '1 hour',
                 now() + interval '1 day', 5, 'open')
         returning round_id
       ), place as (
         select institution_id, institution_uuid, (select min(e.learner_id) from registry.enrolment e
                                                    where e.institution_id = i.institution_id) as learner_id
           from registry.institution i
          where institution_uuid <> $1 and exists (select from registry.enrolment e where e.institution_id = i.institution_id)
          order by institution_id desc limit 1
       ), session as (
         insert into assessments.session (round_id, institution_id, label)
         select round_id, institution_id, 'Bitītes' from round, place returning session_id, round_id
       ), participant as (
         insert into assessments.participant (round_id, session_id, learner_id, institution_id)
         select s.round_id, s.session_id, p.learner_id, p.institution_id from session s, place p
       )
       select p.institution_uuid as place, l.learner_uuid as child, 'Bitītes' as label
         from place p join registry.learner l using (learner_id)`,
      [notAt],
    )
    await tx.query(
      `select assessments.assign_observer(m.mandate_uuid, $1, 2027::smallint, 'Bitītes')
         from access.mandate m join access.person p using (person_id) where p.display_name = 'Dace Vītola'`,
      [rows[0]!.place],
    )
    return rows[0]!
  })
}
