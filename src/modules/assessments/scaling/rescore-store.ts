import type { Tx } from '#db/actor.ts'
import type { KnownItem } from '#stats/irt/index.ts'
import type { Standard } from './levels.ts'
import type { Scale } from './model.ts'
import type { ScalingSettings } from './settings.ts'

/** The run in force of a round: everything that is needed to score somebody as it did. */
export interface KeptRun {
  roundId: number
  uuid: string
  /** with its seed, and the versions of items that were left out */
  settings: ScalingSettings & { seed: number; items: number[] }
  items: KnownItem[]
  scale: Scale
  /** that were there when the run was made, the latest first */
  standards: Standard[]
}

export async function keptRun(tx: Tx, code: string): Promise<KeptRun | null> {
  const { rows } = await tx.query<KeptRun>(
    `select r.round_id as "roundId", x.run_uuid as uuid, x.settings, x.calibration -> 'items' as items, x.scale,
            (select coalesce(jsonb_agg(jsonb_build_object('version', s.version, 'scale', s.scale, 'cuts', s.cuts)
                                       order by s.version desc), '[]')
               from assessments.standard s
              where s.domain = r.domain and s.grade = r.grade and s.from_year <= r.school_year and s.made_at <= x.made_at) as standards
       from assessments.round r join assessments.scaling_run x using (round_id)
      where r.code = $1 and x.in_force and r.state in ('preliminary', 'official')`,
    [code],
  )
  return rows[0] ?? null
}

/** Somebody whose points a second look changed, and the result in force. */
export interface ChangedPupil {
  participant: number
  score: number
  /** the look was decided after the result was made */
  isNew: boolean
}

export async function changedPupils(tx: Tx, roundId: number): Promise<ChangedPupil[]> {
  const { rows } = await tx.query<ChangedPupil>(
    `select o.participant_id as participant, o.score, max(a.decided_at) > o.made_at as "isNew"
       from assessments.appeal a join assessments.outcome o on o.participant_id = a.participant_id and o.ended_at is null
      where a.round_id = $1 and a.points_after <> a.points_before
      group by o.participant_id, o.version order by 1`,
    [roundId],
  )
  return rows
}

/** An outcome as a second look leaves it. */
export interface NewOutcome {
  participant: number
  score: number
  error: number
  level: number | null
  strands: object[]
  values: number[]
}

/** Ends the versions in force of these pupils and writes the next, of the same run. @returns how many */
export async function writeSecondLooks(
  tx: Tx,
  { roundId, uuid }: Pick<KeptRun, 'roundId' | 'uuid'>,
  outcomes: readonly NewOutcome[],
): Promise<number> {
  const { rowCount } = await tx.query(
    `with found as (
       select * from jsonb_to_recordset($3::jsonb) as x (participant bigint, score double precision, error double precision, level smallint,
                                                         strands jsonb, values double precision[])
     ), ended as (
       update assessments.outcome o set ended_at = now() from found f
        where o.participant_id = f.participant and o.round_id = $1 and o.ended_at is null
       returning o.participant_id, o.learner_id, o.institution_id, o.version
     )
     insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, level, strands, values,
                                      run, cause)
     select e.learner_id, e.participant_id, $1, e.institution_id, e.version + 1, f.score, f.error, f.level, f.strands, f.values, $2, 'second_look'
       from ended e join found f on f.participant = e.participant_id`,
    [roundId, uuid, JSON.stringify(outcomes)],
  )
  return rowCount ?? 0
}
