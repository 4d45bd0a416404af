import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { sealer } from '#modules/registry/index.ts'
import { testKeys } from '../world.ts'
import { type PlantedRound, plantRound } from './plant.ts'

/**
 * A round of numeracy in grade 6 that has been taken, scored and scaled, of forty-two pupils in four classes of two schools; and, from
 * outside, the reading test of grade 6 (preliminary) and the numeracy test of grade 3 three years before. Abilities are planted: a
 * pupil's place in the class says how able, so that a test knows what must be seen.
 *
 * Classes of school 11 are 6.a (11060) and 6.b (11061), of school 12 12060 and 12061. The first pupil of a class is at the lowest
 * level, the last one at the highest.
 */
export async function plantResults(db: Database): Promise<PlantedRound & { childId: number }> {
  const round = await plantRound(db, { items: 12 })
  const { hashCode, seal } = sealer(testKeys)
  await asJob(db, async (tx) => {
    await tx.query(
      `update assessments.participant set status = 'tested', started_at = now() - interval '2 hours', finished_at = now() - interval '1 hour'
        where round_id = $1`,
      [round.roundId],
    )
    await tx.query(
      `insert into assessments.item_score (participant_id, position, points, state)
       select p.participant_id, f.position, case when (p.learner_id % 100 + f.position) % 11 < p.learner_id % 100 then v.points else 0 end, 'by_rule'
         from assessments.participant p join assessments.form_item f using (form_id) join assessments.item_version v using (item_version_id)
        where p.round_id = $1`,
      [round.roundId],
    )
    // Places 0 … 10 in a class are 350 … 650 points.
    await tx.query(
      `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, level, strands, run)
       select p.learner_id, p.participant_id, p.round_id, p.institution_id, 1, s.score, 28, s.level,
              jsonb_build_array(
                jsonb_build_object('strand', 'numbers', 'points', s.level * 2, 'most', 8, 'level', s.level),
                jsonb_build_object('strand', 'data', 'points', 1, 'most', 5, 'level', 1 + (p.learner_id % 4)),
                jsonb_build_object('strand', 'measures', 'points', 4, 'most', 6, 'level', 3)),
              'planted'
         from assessments.participant p,
              lateral (select 350 + 30 * (p.learner_id % 100) as score, 1 + width_bucket(350 + 30 * (p.learner_id % 100), array[405, 485, 600]::float8[]) as level) s
        where p.round_id = $1`,
      [round.roundId],
    )
    await tx.query(
      `insert into records.scale (code, name_lv, name_en, minimum, maximum) values ('MONITORING', 'Skala', 'Scale', 0, 1000)`,
    )
    await tx.query(
      `insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, kind, level_cuts, import_id)
       select code, subject, lv, en, year, grade, day::date, 1, 'monitoring', cuts, 1 from (values
         ('M-2024-3-NUM', 'numeracy-3', 'Rēķinpratība 3. klasei, 2024', 'Numeracy, grade 3, 2024', 2024, 3, '2024-04-23', array[305, 385, 500]::float8[]),
         ('M-2027-6-LIT', 'literacy-6', 'Tekstpratība 6. klasei, 2027', 'Reading, grade 6, 2027', 2027, 6, '2026-11-02', array[405, 485, 600]::float8[])
       ) as a (code, subject, lv, en, year, grade, day, cuts)`,
    )
    await tx.query(
      `insert into records.result (learner_id, institution_id, assessment_id, value, status, line, row_hash, import_id)
       select p.learner_id, p.institution_id, a.assessment_id, 250 + 30 * (10 - p.learner_id % 100) + a.grade, case a.grade when 3 then 'official' else 'preliminary' end,
              p.learner_id, p.learner_id, 1
         from assessments.participant p, records.assessment a where p.round_id = $1`,
      [round.roundId],
    )
    await tx.query(
      `insert into records.marks (learner_id, institution_id, school_year, grade, scale, subjects, first_term, second_term, year_mark, import_id, line, row_hash)
       select learner_id, institution_id, 2027, 6, 'ten', array['mathematics'], array[8], array[8], array[8], 1, learner_id, learner_id
         from assessments.participant where round_id = $1 and institution_id = 11`,
      [round.roundId],
    )
    // Every pupil came as far as those who started level, but for the first of each class, who came clearly less far.
    await tx.query(
      `with run as (insert into growth.run (domain, school_year, from_year, from_grade, to_grade, pupils, schools, corrected, summary, inputs)
                    values ('numeracy', 2027, 2024, 3, 6, 42, 2, false, '{}', '\\x00') returning run_id)
       insert into growth.progress (run_id, learner_id, institution_id, domain, school_year, to_grade, from_score, to_score, percentile,
                                    expected, residual, error, stayed, in_groups, status)
       select run.run_id, o.learner_id, o.institution_id, 'numeracy', 2027, 6, 553, o.score, case when o.learner_id % 100 = 0 then 3 else 51 end,
              o.score + d.below, -d.below, 40, true, 50, 'official'
         from run, assessments.outcome o, lateral (select case when o.learner_id % 100 = 0 then 130 else 0 end as below) d
        where o.round_id = $1`,
      [round.roundId],
    )
    await tx.query(
      `with item as (
         select f.item_version_id, count(*) as pupils, round(avg(s.points::numeric / v.points), 4) as difficulty
           from assessments.participant p join assessments.form_item f using (form_id) join assessments.item_version v using (item_version_id)
           join assessments.item_score s on s.participant_id = p.participant_id and s.position = f.position
          where p.round_id = $1 group by 1)
       insert into assessments.scaling_run (round_id, number, seed, made_at, program, settings, input_hash, output_hash, calibration, scale,
                                            report, in_force)
       select $1, 1, 1, now(), 'planted', '{}', '', '', '{}', '{}', jsonb_build_object('pupils', max(pupils), 'flags', '[]'::jsonb, 'items',
                jsonb_agg(jsonb_build_object('versionId', item_version_id, 'pupils', pupils, 'difficulty', difficulty))), true
         from item`,
      [round.roundId],
    )
    await tx.query(`update assessments.round set state = 'scaled' where round_id = $1`, [round.roundId])
  })
  // The class teacher of 6.a, the mother of its first pupil, and that pupil.
  const child = 1106000
  await asJob(db, async (tx) => {
    await tx.query('insert into registry.staff_member (staff_id) values (501)')
    await tx.query(
      'insert into identity.staff (staff_id, code_hash, sealed_code, import_id, line) values (501, $1, $2, 1, 501)',
      [hashCode('T-501'), seal('code', 'T-501')],
    )
    await tx.query(
      `insert into registry.employment (staff_id, institution_id, code, position_code, rate, valid, import_id, line, row_hash)
       values (501, 11, 'W-501', 'teacher', 1, '[2020-09-01,)', 1, 501, 501)`,
    )
    await tx.query(
      'update registry.class_group_version set class_teacher_id = 501 where class_group_id = 11060',
    )
    await tx.query(
      `with person as (
         insert into access.person (display_name, demo) values ('Skaidrīte Viena', true), ('Māra Māte', true), ('Pirmais Skolēns', true)
         returning person_id, display_name),
       code as (insert into access.person_code (code_hash, person_id)
                select $1, person_id from person where display_name = 'Skaidrīte Viena')
       insert into access.mandate (person_id, tier, institution_id, learner_id, valid, source)
       select person_id, tier, institution, learner, daterange(access.today(), null), 'demo'
         from person join (values ('Skaidrīte Viena', 'teacher', 11, null), ('Māra Māte', 'parent', null, $2::bigint),
                                  ('Pirmais Skolēns', 'learner', null, $2)) as m (name, tier, institution, learner)
           on m.name = display_name`,
      [hashCode('T-501'), child],
    )
  })
  return { ...round, childId: child }
}
