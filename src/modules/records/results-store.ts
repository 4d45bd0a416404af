import type { Tx } from '#db/actor.ts'
import type { Finding, Findings, Merged } from '#modules/registry/index.ts'
import type { DescribedAssessment, DescribedScale } from './staging.ts'

/**
 * A scale or round the bank describes otherwise, or a round beside another of its series: a description is never changed under its
 * results.
 */
export type Difference = { code: string; differs: string; other: string | null }

/**
 * Makes the rounds the file has results of, where the bank does not have them: `assessment_of` (no → id).
 *
 * @returns  the first description that differs from the bank's, if any; then nothing may be merged
 */
export async function findAssessments(
  tx: Tx,
  importId: number,
  scales: readonly DescribedScale[],
  assessments: readonly DescribedAssessment[],
): Promise<Difference | undefined> {
  await tx.query(
    'create temporary table assessment_of (no int2, code text, assessment_id int8) on commit drop',
  )
  for (const scale of scales) {
    const { differs, other } = await makeScale(tx, scale)
    if (differs) return { code: scale.code, differs, other }
  }
  for (const [no, assessment] of assessments.entries()) {
    const { differs, other } = await makeAssessment(tx, importId, assessment)
    if (differs || other) return { code: assessment.code, differs, other }
    await tx.query(
      'insert into assessment_of select $1, code, assessment_id from records.assessment where code = $2',
      [no, assessment.code],
    )
  }
  return undefined
}

/** What became of a description: new, or known and perhaps described otherwise (then `differs` is not empty). */
export interface Described {
  isNew: boolean
  differs: string
  /** Code of a round of another grade whose results would be added into the same figures. */
  other: string | null
}

export async function makeScale(
  tx: Tx,
  { code, name, minimum, maximum }: DescribedScale,
): Promise<Described> {
  const values = [code, name.lv, name.en, minimum, maximum]
  const { rowCount } = await tx.query(
    `insert into records.scale (code, name_lv, name_en, minimum, maximum) values ($1, $2, $3, $4, $5)
     on conflict (code) do nothing`,
    values,
  )
  const { rows } = await tx.query<{ differs: string }>(
    `select concat_ws(', ', case when (name_lv, name_en) <> ($2, $3) then 'name' end,
                            case when (minimum, maximum) <> ($4, $5) then 'minimum, maximum' end) as differs
       from records.scale where code = $1`,
    values,
  )
  return { isNew: rowCount > 0, differs: rows[0]!.differs, other: null }
}

export async function makeAssessment(
  tx: Tx,
  importId: number,
  assessment: DescribedAssessment,
): Promise<Described> {
  const { code, subject, name, schoolYear, grade, heldOn, scale, startsFrom } = assessment
  const { kind = 'exam', level, threshold, parts, cuts } = assessment
  const values = [
    code,
    subject,
    name.lv,
    name.en,
    schoolYear,
    grade ?? null,
    heldOn ?? null,
    scale,
    startsFrom ?? null,
    kind,
    level ?? null,
    threshold ?? null,
    parts?.names ?? null,
    parts?.maxima ?? null,
    cuts ?? null,
  ]
  const { rowCount } = await tx.query(
    `insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, starts_from,
       kind, level, threshold, part_names, part_maxima, level_cuts, import_id)
     select $1, $2, $3, $4, $5, $6, $7, s.scale_id, (select assessment_id from records.assessment where code = $9),
            $10, $11, $12, $13, $14, $15, $16
       from records.scale s where s.code = $8
     on conflict (code) do nothing`,
    [...values, importId],
  )
  const { rows } = await tx.query<{ differs: string }>(
    `select concat_ws(', ', case when a.subject <> $2 then 'subject' end,
                            case when (a.name_lv, a.name_en) <> ($3, $4) then 'name' end,
                            case when a.school_year <> $5 then 'schoolYear' end,
                            case when a.grade is distinct from $6 then 'grade' end,
                            case when a.held_on is distinct from $7 then 'heldOn' end,
                            case when s.code <> $8 then 'scale' end,
                            case when f.code is distinct from $9 then 'startsFrom' end,
                            case when a.kind <> $10 then 'kind' end,
                            case when a.level is distinct from $11 then 'level' end,
                            case when a.threshold is distinct from $12 then 'threshold' end,
                            case when (a.part_names, a.part_maxima) is distinct from ($13::text[], $14::float8[])
                                 then 'parts' end,
                            case when a.level_cuts is distinct from $15::float8[] then 'cuts' end) as differs
       from records.assessment a join records.scale s using (scale_id)
       left join records.assessment f on f.assessment_id = a.starts_from
      where a.code = $1`,
    values,
  )
  const isNew = rowCount > 0
  return { isNew, differs: rows[0]!.differs, other: isNew ? await ofOtherGrade(tx, code) : null }
}

/** A figure is of a series, school year, kind and level: tests of two grades under one of these would be taken for one. */
async function ofOtherGrade(tx: Tx, code: string): Promise<string | null> {
  const { rows } = await tx.query<{ code: string }>(
    `select o.code
       from records.assessment a
       join records.assessment o
         on o.subject = a.subject and o.school_year = a.school_year and o.kind = a.kind
            and o.level is not distinct from a.level and o.grade is distinct from a.grade
      where a.code = $1 order by o.assessment_id limit 1`,
    [code],
  )
  return rows[0]?.code ?? null
}

/**
 * Learners with two results in one round.
 *
 * @param staged  rows of `staged_result` with `learner`, see `rowsByLearner` of the registry
 */
export async function repeatedResults(tx: Tx, staged: string, most: number): Promise<Findings> {
  const { rows } = await tx.query<Finding & { total: number }>(
    `select line, 'result.repeated' as rule, 'result' as about, a.code as part, null as value, count(*) over () as total,
            jsonb_build_object('otherLine', other_line) as detail
       from (select line, assessment_no,
                    lag(line) over (partition by learner, assessment_no order by line) as other_line
               from ${staged} r) in_order
       join assessment_of a on a.no = in_order.assessment_no
      where other_line is not null
      order by line limit $1`,
    [most],
  )
  return { found: rows.map(({ total: _, ...finding }) => finding), total: rows[0]?.total ?? 0 }
}

/** Takes the results into the bank: one per learner and round, the earlier version kept. */
export async function mergeResults(tx: Tx, importId: number): Promise<Merged> {
  await tx.query(`
    create temporary table fact on commit drop as
    select o.learner_id, i.institution_id, a.assessment_id, s.value, s.status, s.line, s.parts::float8[] as parts,
           hash_record_extended(row(o.learner_id, i.institution_id, a.assessment_id, s.value, s.status), 0)
             -- what came later counts where there is any: the same fact said before keeps its hash
             # case when s.parts is null then 0 else hash_record_extended(row(s.parts::float8[]), 0) end as row_hash
      from staged_result s
      join learner_of o on o.no = s.learner_no
      join institution_of i on i.no = s.institution_no
      join assessment_of a on a.no = s.assessment_no`)
  await tx.query('analyze fact')
  const { rowCount: changed } = await tx.query(
    `update records.result r set superseded_by = $1
       from fact f
      where r.learner_id = f.learner_id and r.assessment_id = f.assessment_id
        and r.superseded_by is null and r.row_hash <> f.row_hash`,
    [importId],
  )
  const { rowCount: made } = await tx.query(
    `insert into records.result (learner_id, institution_id, assessment_id, value, status, line, parts, row_hash, import_id)
     select f.*, $1 from fact f
      where not exists (select from records.result r where r.learner_id = f.learner_id
                           and r.assessment_id = f.assessment_id and r.superseded_by is null)`,
    [importId],
  )
  const { rows } = await tx.query<{ all: number }>('select count(*) as all from fact')
  await tx.query('drop table fact')
  return { added: made - changed, changed, withdrawn: 0, unchanged: rows[0]!.all - made }
}

/** A round results may be given in. */
export interface KnownAssessment {
  no: number
  id: number
  minimum: number
  maximum: number
  /** Most points of its parts, in order; null where it has none. */
  maxima: number[] | null
}

/** Every round by its code, numbered: makes `assessment_of` (no → id). */
export async function knownAssessments(tx: Tx): Promise<Map<string, KnownAssessment>> {
  await tx.query(`
    create temporary table assessment_of on commit drop as
    select (row_number() over (order by assessment_id))::int2 as no, code, assessment_id from records.assessment`)
  const { rows } = await tx.query<KnownAssessment & { code: string }>(
    `select o.no, o.code, o.assessment_id as id, s.minimum, s.maximum, a.part_maxima as maxima
       from assessment_of o join records.assessment a using (assessment_id) join records.scale s using (scale_id)`,
  )
  return new Map(rows.map(({ code, ...known }) => [code, known]))
}

/** Codes of all rounds. */
export async function knownAssessmentCodes(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>('select code from records.assessment')
  return new Set(rows.map(({ code }) => code))
}

/** All scales by code. */
export async function knownScales(tx: Tx): Promise<Map<string, { minimum: number; maximum: number }>> {
  const { rows } = await tx.query<{ code: string; minimum: number; maximum: number }>(
    'select code, minimum, maximum from records.scale',
  )
  return new Map(rows.map(({ code, ...limits }) => [code, limits]))
}

/** Withdraws what a complete file lacks: results of the rounds and institutions it speaks of. */
export async function withdrawLackingResults(tx: Tx, importId: number): Promise<number> {
  await tx.query(`
    create temporary table target on commit drop as
    select distinct i.institution_id, a.assessment_id, o.learner_id
      from staged_result s
      join learner_of o on o.no = s.learner_no
      join institution_of i on i.no = s.institution_no
      join assessment_of a on a.no = s.assessment_no`)
  await tx.query('analyze target')
  const { rowCount } = await tx.query(
    `update records.result r set superseded_by = $1
      where r.superseded_by is null
        and exists (select from target t where t.institution_id = r.institution_id and t.assessment_id = r.assessment_id)
        and not exists (select from target t where t.institution_id = r.institution_id
                           and t.assessment_id = r.assessment_id and t.learner_id = r.learner_id)`,
    [importId],
  )
  return rowCount
}
