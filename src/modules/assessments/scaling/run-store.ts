import type { Tx } from '#db/actor.ts'
import type { KnownItem } from '#stats/irt/index.ts'
import type { CalibratedForm } from '#stats/linking/index.ts'
import { linkedItem } from '#stats/linking/index.ts'
import type { Standard } from './levels.ts'
import type { EarlierRun } from './link.ts'
import type { RunReport, Scale } from './model.ts'
import { rounded } from './or-null.ts'
import type { Scaled } from './scale-data.ts'
import { PROGRAM } from './settings.ts'

/** A run that was asked for. */
export interface AskedRun {
  id: number
  uuid: string
  number: number
  seed: number
  reason: string | null
  round: string
  state: string
  isMade: boolean
}

export async function runById(tx: Tx, id: number): Promise<AskedRun | null> {
  const { rows } = await tx.query<AskedRun>(
    `select x.run_id as id, x.run_uuid as uuid, x.number, x.seed, x.reason, r.code as round, r.state, x.made_at is not null as "isMade"
       from assessments.scaling_run x join assessments.round r using (round_id) where x.run_id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** Why a round cannot be scaled now; null: it can. */
export async function hindrance(tx: Tx, round: string, reason: string | null): Promise<string | null> {
  const { rows } = await tx.query<{ why: string | null }>(
    'select assessments.scaling_hindrance($1, $2) as why',
    [round, reason],
  )
  return rows[0]!.why
}

export async function newRun(
  tx: Tx,
  round: string,
  seed: number,
  reason: string | null,
): Promise<{ id: number; number: number }> {
  const { rows } = await tx.query<{ id: number; number: number }>(
    'select run_id as id, number from assessments.new_run($1, $2, $3)',
    [round, seed, reason],
  )
  return rows[0]!
}

/** Versions of items that the latest decisions leave out. */
export async function droppedOf(tx: Tx, roundId: number): Promise<{ items: number[]; anchors: number[] }> {
  const { rows } = await tx.query<{ version: number; kind: string }>(
    `select distinct on (item_version_id, split_part(kind, '_', 2)) item_version_id as version, kind
       from assessments.scaling_decision where round_id = $1
      order by item_version_id, split_part(kind, '_', 2), decision_id desc`,
    [roundId],
  )
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ version }) => version)
  return { items: of('drop_item'), anchors: of('drop_anchor') }
}

/** Runs in force of earlier rounds, and of the same year in other grades, by the years they are of. */
export async function earlierRuns(
  tx: Tx,
  {
    roundId,
    domain,
    grade,
    schoolYear,
  }: { roundId: number; domain: string; grade: number; schoolYear: number },
): Promise<(EarlierRun & { hash: string })[]> {
  const { rows } = await tx.query<{
    round: string
    grade: number
    year: number
    hash: string
    scale: Scale
    calibration: { items: KnownItem[]; covariance: number[] | null }
  }>(
    `select r.code as round, r.grade, r.school_year as year, encode(x.output_hash, 'hex') as hash, x.scale, x.calibration
       from assessments.scaling_run x join assessments.round r using (round_id)
      where x.in_force and r.domain = $2 and r.kind <> 'rehearsal' and r.state <> 'cancelled' and r.round_id <> $1
        and (r.school_year < $4 or (r.school_year = $4 and (r.round_id < $1 or r.grade <> $3)))
        and (r.grade = $3 or r.grade = 6)
      order by r.school_year, r.round_id`,
    [roundId, domain, grade, schoolYear],
  )
  return rows.map(({ round, grade: ofGrade, year, hash, scale, calibration }) => {
    const { items, covariance } = calibration
    const form: CalibratedForm = covariance ? { items, covariance: Float64Array.from(covariance) } : { items }
    return { round, domain, grade: ofGrade, schoolYear: year, form, scale, hash }
  })
}

/** Standards of a grade that hold in a school year, the latest version first. */
export async function standardsOf(
  tx: Tx,
  { domain, grade, schoolYear }: { domain: string; grade: number; schoolYear: number },
): Promise<Standard[]> {
  const { rows } = await tx.query<Standard>(
    `select version, scale, cuts from assessments.standard
      where domain = $1 and grade = $2 and from_year <= $3 order by version desc`,
    [domain, grade, schoolYear],
  )
  return rows
}

/** Lets nobody else change the round until this transaction ends. */
export async function holdRound(tx: Tx, roundId: number): Promise<void> {
  await tx.query('select from assessments.round where round_id = $1 for update', [roundId])
}

/** What a run came to, as it is kept. */
export interface MadeRun {
  settings: object
  inputHash: Buffer
  outputHash: Buffer
  calibration: { items: KnownItem[]; covariance: number[] | null }
  scale: Scale
  report: RunReport
}

/** Keeps a run and puts it into force in place of the one before. */
export async function keepRun(tx: Tx, id: number, made: MadeRun): Promise<void> {
  await tx.query(
    `update assessments.scaling_run set in_force = false
      where in_force and round_id = (select round_id from assessments.scaling_run where run_id = $1)`,
    [id],
  )
  await tx.query(
    `update assessments.scaling_run
        set made_at = now(), program = $2, settings = $3, input_hash = $4, output_hash = $5, calibration = $6, scale = $7, report = $8,
            in_force = true
      where run_id = $1`,
    [
      id,
      PROGRAM,
      JSON.stringify(made.settings),
      made.inputHash,
      made.outputHash,
      JSON.stringify(made.calibration),
      JSON.stringify(made.scale),
      JSON.stringify(made.report),
    ],
  )
}

/** People whose results are written in one statement. */
const CHUNK = 2000

/** Writes everybody's outcome as a new version; the one before ends. Nobody's own outcome is changed. */
export async function writeOutcomes(
  tx: Tx,
  { roundId, run, reason, scaled }: { roundId: number; run: string; reason: string | null; scaled: Scaled },
): Promise<number> {
  const { people } = scaled.data
  const draws = scaled.values.length / people.id.length
  await tx.query('update assessments.outcome set ended_at = now() where round_id = $1 and ended_at is null', [
    roundId,
  ])
  let written = 0
  for (let from = 0; from < people.id.length; from += CHUNK) {
    const rows = []
    for (let i = from; i < Math.min(from + CHUNK, people.id.length); i++) {
      // An error without bound: the form of this person has no item left that says anything.
      if (!Number.isFinite(scaled.error[i]!)) continue
      rows.push({
        p: people.id[i],
        l: people.learner[i],
        i: people.institution[i],
        s: scaled.score[i],
        e: scaled.error[i],
        v: scaled.level[i],
        t: scaled.strands(i),
        d: [...scaled.values.subarray(i * draws, (i + 1) * draws)],
      })
    }
    const { rowCount } = await tx.query(
      `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, level, strands,
                                        values, run, reason)
       select r.l, r.p, $1, r.i,
              (select coalesce(max(o.version), 0) + 1 from assessments.outcome o where o.participant_id = r.p),
              r.s, r.e, r.v, r.t, r.d, $2, $3
         from jsonb_to_recordset($4::jsonb) as r (p bigint, l bigint, i bigint, s double precision, e double precision,
                                                  v smallint, t jsonb, d double precision[])`,
      [roundId, run, reason, JSON.stringify(rows)],
    )
    written += rowCount
  }
  return written
}

/** Parameters of the items in logits of the base of the scale, so that items of different rounds can stand in one form. */
export async function writeParameters(
  tx: Tx,
  round: string,
  scaled: Scaled,
  pupils: readonly number[],
): Promise<void> {
  const { data, known, calibration, scale } = scaled
  const rows = known.flatMap((item, at) => {
    if (item.scores.length < 2 || !(pupils[at]! > 0)) return []
    const onBase = linkedItem(scale.toBase, item)
    const { errors } = calibration.items[at]!
    return [
      {
        v: data.items[at]!.versionId,
        m: onBase.model,
        s: rounded(onBase.slope, 6),
        c: onBase.intercepts.map((x) => rounded(x, 6)),
        e: { ofRound: { slope: errors.slope, intercepts: errors.intercepts } },
        n: pupils[at],
      },
    ]
  })
  await tx.query('delete from assessments.item_parameter where round = $1', [round])
  await tx.query(
    `insert into assessments.item_parameter (item_version_id, round, model, slope, intercepts, errors, pupils)
     select r.v, $1, r.m, r.s, r.c, r.e, r.n
       from jsonb_to_recordset($2::jsonb) as r (v bigint, m text, s real, c real[], e jsonb, n integer)`,
    [round, JSON.stringify(rows)],
  )
}

/** A run may have read answers before they were looked at again: a job sees to those. Nothing where no points changed so. */
export async function askRescoring(tx: Tx, roundId: number): Promise<void> {
  await tx.query(
    `select jobs.ask('rescore', jsonb_build_object('round', r.code), r.code) from assessments.round r
      where r.round_id = $1 and exists (select from assessments.appeal a
                                         where a.round_id = r.round_id and a.points_after <> a.points_before)`,
    [roundId],
  )
}

/** A closed round is scaled from now on; one whose results were released stays where it is. */
export async function noteScaled(tx: Tx, roundId: number): Promise<void> {
  await tx.query(`update assessments.round set state = 'scaled' where round_id = $1 and state = 'closed'`, [
    roundId,
  ])
}
