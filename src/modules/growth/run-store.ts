import type { Tx } from '#db/actor.ts'
import type { LearnerGrowth, Pair } from './cohort.ts'
import type { GrowthDomain, GrowthSummary } from './model.ts'
import type { SchoolFigures } from './schools.ts'

/** A domain, the school year of the later test and the two grades. */
export interface RoundPair {
  domain: GrowthDomain
  schoolYear: number
  fromYear: number
  fromGrade: number
  toGrade: number
}

/** One growth at a time: two would write the same rows. */
export async function beginGrowth(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('growth.run'))`)
}

/** Tests whose results the jobs may use: given here and told at least to schools, or given elsewhere. */
const told = `not exists (select from assessments.round r where r.code = m.round and r.state not in ('preliminary', 'official'))`

/** What was tested in both grades, so many school years apart; by domain, the earliest first. */
export async function roundPairs(tx: Tx, fromGrade: number, toGrade: number): Promise<RoundPair[]> {
  const { rows } = await tx.query<RoundPair>(
    `with held as (select distinct m.domain, m.school_year, m.grade from assessments.measured m where m.grade in ($1, $2) and ${told})
     select b.domain, b.school_year as "schoolYear", a.school_year as "fromYear", $1::int as "fromGrade", $2::int as "toGrade"
       from held a join held b on b.domain = a.domain and b.school_year = a.school_year + ($2::int - $1::int)
      where a.grade = $1 and b.grade = $2 order by b.domain, b.school_year`,
    [fromGrade, toGrade],
  )
  return rows
}

/**
 * Learners with both results, of whoever may be counted today. Where a learner has two results of one test, the official one
 * counts, then the one of the later round.
 */
export async function pairsOf(
  tx: Tx,
  { domain, schoolYear, fromYear, fromGrade, toGrade }: RoundPair,
): Promise<Pair[]> {
  const of = (year: string, grade: string) => `
    select distinct on (m.learner_id) m.learner_id, m.institution_id, m.score, m.error, m.status
      from assessments.measured m
     where m.domain = $1 and m.school_year = ${year} and m.grade = ${grade} and ${told}
       and m.learner_id <> all (array(select rights.not_counted()))
     order by m.learner_id, m.status <> 'official', m.round desc`
  const { rows } = await tx.query<Pair>(
    `select b.learner_id as learner, b.institution_id as institution, a.score as "from", b.score as "to",
            a.error as "fromError", b.error as "toError", a.institution_id = b.institution_id as stayed,
            case when 'preliminary' in (a.status, b.status) then 'preliminary' else b.status end as status
       from (${of('$2', '$4')}) b join (${of('$3', '$5')}) a using (learner_id)
      order by b.learner_id`,
    [domain, schoolYear, fromYear, toGrade, fromGrade],
  )
  return rows
}

/** From what the run in force was made; null: there is none. */
export async function inputsOf(tx: Tx, { domain, schoolYear, toGrade }: RoundPair): Promise<Buffer | null> {
  const { rows } = await tx.query<{ inputs: Buffer }>(
    'select inputs from growth.run where domain = $1 and school_year = $2 and to_grade = $3',
    [domain, schoolYear, toGrade],
  )
  return rows[0]?.inputs ?? null
}

/** Of how many domains and years growth is known. */
export async function roundsKnown(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ rounds: number }>('select count(*)::int as rounds from growth.run')
  return rows[0]!.rounds
}

/** What the runs of an earlier year found of every learner. */
export async function grownIn(
  tx: Tx,
  { domain, toGrade }: RoundPair,
  schoolYear: number,
): Promise<Pick<LearnerGrowth, 'institution' | 'from' | 'to' | 'inGroups' | 'stayed' | 'status'>[]> {
  const { rows } = await tx.query<
    Pick<LearnerGrowth, 'institution' | 'from' | 'to' | 'inGroups' | 'stayed' | 'status'>
  >(
    `select institution_id as institution, from_score as "from", to_score as "to", in_groups as "inGroups", stayed, status
       from growth.progress where domain = $1 and to_grade = $2 and school_year = $3 order by learner_id`,
    [domain, toGrade, schoolYear],
  )
  return rows
}

/** Takes away what was found of a domain and year. */
export async function dropRun(
  tx: Tx,
  { domain, schoolYear, toGrade }: Pick<RoundPair, 'domain' | 'schoolYear' | 'toGrade'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from growth.run where domain = $1 and school_year = $2 and to_grade = $3',
    [domain, schoolYear, toGrade],
  )
  return rowCount > 0
}

/** Takes away runs of tests that are no more, or of all while learners' results may not be joined. Says whether there were any. */
export async function dropOthers(tx: Tx, kept: readonly RoundPair[]): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from growth.run where (domain, school_year, to_grade) not in
       (select * from unnest($1::text[], $2::smallint[], $3::smallint[]))`,
    [
      kept.map(({ domain }) => domain),
      kept.map(({ schoolYear }) => schoolYear),
      kept.map(({ toGrade }) => toGrade),
    ],
  )
  return rowCount > 0
}

/** Everything that was found of one domain and year. */
export interface Found {
  learners: readonly LearnerGrowth[]
  schools: readonly SchoolFigures[]
  reliability: number | null
  corrected: boolean
  summary: GrowthSummary
  inputs: Buffer
}

/** Replaces what was found before, whole. */
export async function keepRun(tx: Tx, pair: RoundPair, found: Found): Promise<void> {
  const { domain, schoolYear, fromYear, fromGrade, toGrade } = pair
  const { learners, schools } = found
  await dropRun(tx, pair)
  const { rows } = await tx.query<{ run: number }>(
    `insert into growth.run (domain, school_year, from_year, from_grade, to_grade, pupils, schools, reliability, corrected, summary, inputs)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning run_id as run`,
    [
      domain,
      schoolYear,
      fromYear,
      fromGrade,
      toGrade,
      learners.length,
      schools.length,
      found.reliability,
      found.corrected,
      JSON.stringify(found.summary),
      found.inputs,
    ],
  )
  const { run } = rows[0]!
  const ofLearners = <K extends keyof LearnerGrowth>(key: K) => learners.map((learner) => learner[key])
  await tx.query(
    `insert into growth.progress (run_id, domain, school_year, to_grade, learner_id, institution_id, from_score, to_score, percentile,
       in_groups, expected, residual, error, stayed, status)
     select $1, $2, $3, $4, * from unnest($5::bigint[], $6::bigint[], $7::float8[], $8::float8[], $9::smallint[], $10::smallint[],
       $11::float8[], $12::float8[], $13::float8[], $14::boolean[], $15::text[])`,
    [
      run, domain, schoolYear, toGrade, ofLearners('learner'), ofLearners('institution'), ofLearners('from'), ofLearners('to'),
      ofLearners('percentile'), ofLearners('inGroups'), ofLearners('expected'), ofLearners('residual'), ofLearners('error'),
      ofLearners('stayed'), ofLearners('status'),
    ], // biome-ignore format: in the order of the columns
  )
  const ofSchools = <K extends keyof SchoolFigures>(key: K) => schools.map((school) => school[key])
  await tx.query(
    `insert into growth.school (run_id, domain, school_year, institution_id, pupils, years, pooled, stayed, percentile, percentile_error,
       shrunk, shrunk_error, value_a, error_a, value_b, error_b, status)
     select $1, $2, $3, * from unnest($4::bigint[], $5::int[], $6::smallint[], $7::int[], $8::int[], $9::float8[], $10::float8[],
       $11::float8[], $12::float8[], $13::float8[], $14::float8[], $15::float8[], $16::float8[], $17::text[])`,
    [
      run, domain, schoolYear, ofSchools('institution'), ofSchools('pupils'), ofSchools('years'), ofSchools('pooled'), ofSchools('stayed'),
      ofSchools('percentile'), ofSchools('percentileError'), ofSchools('shrunk'), ofSchools('shrunkError'), ofSchools('valueA'),
      ofSchools('errorA'), ofSchools('valueB'), ofSchools('errorB'), ofSchools('status'),
    ], // biome-ignore format: in the order of the columns
  )
}
