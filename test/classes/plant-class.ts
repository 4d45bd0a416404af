import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

/** What a test plants of a pupil of a class and reads back as sums: lessons held, missed without excuse, missed in all. */
export const lessonsOf = (learner: number) => ({
  held: 1_000,
  unexcused: (learner % 100) * 3,
  missed: (learner % 100) * 3 + 10,
})

/**
 * Adds to the planted round of `plantResults` what else is recorded of its pupils of school 11: absence, marks in mathematics of the
 * year 2027, lessons of both classes. Month by month all unexcused lessons are missed in September.
 */
export async function plantClassRecords(db: Database): Promise<void> {
  await asJob(db, async (tx) => {
    await tx.query(
      `insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
       select distinct e.learner_id, 11, 2027::smallint, array_fill(100::smallint, array[10]), array[10,0,0,0,0,0,0,0,0,0]::smallint[],
              array[(e.learner_id % 100) * 3,0,0,0,0,0,0,0,0,0]::smallint[], 1, e.learner_id, e.learner_id
         from registry.enrolment e where e.institution_id = 11 and e.school_year = 2027 and e.superseded_by is null`,
    )
    await tx.query(
      `update records.marks set first_term = array[4 + (learner_id % 100)::int / 2]::smallint[], second_term = array[null]::smallint[],
              year_mark = array[null]::smallint[] where institution_id = 11`,
    )
    await tx.query(
      `insert into records.lesson_delivery (class_group_id, subjects, planned, delivered, import_id, line, row_hash)
       values (11060, array['mathematics', 'sport'], array[140, 105], array[133, 105], 1, 1, 1),
              (11061, array['mathematics', 'sport'], array[140, 105], array[70, 105], 1, 2, 2)`,
    )
  })
}
