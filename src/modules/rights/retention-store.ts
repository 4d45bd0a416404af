import { asJob, type Tx } from '#db/actor.ts'
import { bankOf, noteForgotten } from '#db/backup/people.ts'
import type { Database } from '#db/connection.ts'

/** A rule of retention as the run needs it. */
export interface RuleRow {
  kind: string
  /** from the event on, as PostgreSQL writes it; null: nothing is ever due */
  keeps: string | null
  tables: string[]
}

/** Rows by table; tables that lost nothing may be left out. */
export type Counts = Record<string, number>

export async function rulesInForce(tx: Tx, day: string): Promise<RuleRow[]> {
  const { rows } = await tx.query<RuleRow>(
    'select kind, keeps::text as keeps, tables from rights.retention where valid @> $1::date order by kind',
    [day],
  )
  return rows
}

/** Instants before this one are over; `$1` is the day, `$2` how long is kept. */
const over = `(($1::date)::timestamp at time zone 'Europe/Riga' - $2::interval)`
const overDay = '($1::date - $2::interval)::date'

/**
 * Learners whose identity is due. Studies end with the last school year a learner is known in, and not before basic
 * education would have ended: grade 9, counted on from the last grade known. A school year ends on 31 August. Of whom nothing
 * is known, the import counts.
 */
const dueLearners = `
  with known as (
    select learner_id, school_year as year, grade from registry.enrolment where superseded_by is null
    union all
    select r.learner_id, a.school_year, coalesce(a.grade, 9) from records.result r join records.assessment a using (assessment_id)
     where r.superseded_by is null
  ), studies as (
    select learner_id, max(year + greatest(0, 9 - grade)) as last_year from known group by learner_id
  )
  select p.learner_id as id
    from identity.person p
    left join studies s using (learner_id)
    left join intake.import i using (import_id)
   where coalesce(make_date(s.last_year::int, 8, 31), i.started_at::date) + $2::interval < $1::date`

/** Staff whose last employment ended so long ago; of whom none is known, the import counts. */
const dueStaff = `
  with employed as (
    select staff_id, max(coalesce(upper(valid), 'infinity')) as until from registry.employment
     where superseded_by is null group by staff_id
  )
  select p.staff_id as id
    from identity.staff p left join employed e using (staff_id) left join intake.import i using (import_id)
   where coalesce(e.until, i.started_at::date) < ${overDay}`

/** People whose mandates have all ended so long ago. */
const duePeople = `
  select p.person_id as id from access.person p
   where not p.demo and exists (select from access.mandate m where m.person_id = p.person_id)
     and not exists (select from access.mandate m where m.person_id = p.person_id
                        and coalesce(m.revoked_at::date, upper(m.valid), 'infinity') >= ${overDay})`

/** Imports that ended so long ago and still have what they refused. */
const dueRefusals = `
  select i.import_id as id from intake.import i
   where coalesce(i.finished_at, i.started_at) < ${over}
     and exists (select from intake.refusal r where r.import_id = i.import_id)`

/** Kinds of which whole people (or imports) are forgotten: who is due, where they are counted, and what forgets them. */
const peopleOf: Record<string, { due: string; table: string; forget: string }> = {
  learner_identity: { due: dueLearners, table: 'identity.person', forget: 'rights.forget_learners' },
  staff_identity: { due: dueStaff, table: 'identity.staff', forget: 'rights.forget_staff' },
  refusal: { due: dueRefusals, table: 'intake.import', forget: 'rights.forget_refusals' },
  account: { due: duePeople, table: 'access.person', forget: 'rights.forget_people' },
}

const supersededRow = `superseded_by in (select import_id from intake.import where finished_at < ${over})`
const endedJob = `(select from pgboss.job q where q.id = j.job_id and (q.completed_on is null or q.completed_on >= ${over}))`

/** Kinds of which single rows go, table by table, in this order. */
const rowsOf: Record<string, readonly (readonly [table: string, due: string])[]> = {
  superseded: (
    [
      'registry.learner_version',
      'registry.enrolment',
      'registry.learner_circumstance',
      'records.result',
      'records.marks',
      'records.absence',
      'records.destination',
      'records.context',
      'registry.staff_version',
      'registry.employment',
    ] as const
  ).map((table) => [table, supersededRow] as const),
  extract: [['disclosure.extract_part', `made_at < ${over}`]],
  'report-set': [['publications.report_file', `made_at < ${over}`]],
  upload: [
    ['intake.upload', `uploaded_at < ${over} and state <> 'waiting'`],
    ['assessments.round_file', `ended_at < ${over}`],
  ],
  representation: [['access.representation', `least(ended_on, upper(valid)) < ${overDay}`]],
  session: [
    ['access.session', `expires_at < ${over}`],
    ['access.sign_in_attempt', `expires_at < ${over}`],
  ],
  audit: [
    ['access.audit_learner', `audit_id in (select audit_id from access.audit where at < ${over})`],
    ['access.audit', `at < ${over}`],
  ],
  job: [
    [
      'jobs.job',
      `job_id in (select j.job_id from jobs.job j where asked_at < ${over} and not exists ${endedJob})`,
    ],
    ['pgboss.job', `completed_on < ${over} and state >= 'completed'`],
  ],
}

/** Every kind of record something is done about. */
export const kindsDestroyed: readonly string[] = [...Object.keys(peopleOf), ...Object.keys(rowsOf)]

/** Kinds of which whole people are forgotten. */
export const kindsOfPeople: readonly string[] = Object.keys(peopleOf)

/** What is due on a day, counted. */
export async function countDue(tx: Tx, { kind, keeps }: RuleRow, day: string): Promise<Counts> {
  const people = peopleOf[kind]
  const due = people
    ? [[people.table, `select count(*) as n from (${people.due}) due`] as const]
    : (rowsOf[kind] ?? []).map(
        ([table, is]) => [table, `select count(*) as n from ${table} where ${is}`] as const,
      )
  const counts: Counts = {}
  for (const [table, sql] of due) {
    const { rows } = await tx.query<{ n: number }>(sql, [day, keeps])
    counts[table] = rows[0]!.n
  }
  return counts
}

/** Files that wait for nobody any more are given up; what sweeps the folder destroys them. */
export async function giveUpUploads(tx: Tx, { keeps }: RuleRow, day: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update intake.upload set state = 'removed', ended_at = now() where state = 'waiting' and uploaded_at < ${over}`,
    [day, keeps],
  )
  return rowCount
}

/** Destroys the rows of a kind that are due. */
export async function destroyRows(tx: Tx, { kind, keeps }: RuleRow, day: string): Promise<Counts> {
  const counts: Counts = {}
  for (const [table, due] of rowsOf[kind] ?? []) {
    const { rowCount } = await tx.query(`delete from ${table} where ${due}`, [day, keeps])
    counts[table] = rowCount
  }
  return counts
}

/** Forgets some of the people who are due; an empty answer: nobody is left. */
export async function forgetSome(
  tx: Tx,
  { kind, keeps }: RuleRow,
  day: string,
  most: number,
): Promise<Counts> {
  const { due, forget } = peopleOf[kind]!
  const { rows: found } = await tx.query<{ id: number }>(`${due} order by id limit $3`, [day, keeps, most])
  if (found.length === 0) return {}
  const { rows } = await tx.query<{ counts: Counts }>(`select ${forget}($1::bigint[]) as counts`, [
    found.map(({ id }) => id),
  ])
  return rows[0]!.counts
}

/** Takes the keys of whoever was forgotten out of the file they are kept in: from then on no backup can be read about them. */
export async function destroyKeys(db: Database, path: string): Promise<void> {
  await asJob(db, async (tx) => {
    const bank = await bankOf(tx.raw)
    if (bank !== null) await noteForgotten(tx.raw, bank, path)
  })
}

/** What was deleted leaves the files of the database too, not only its tables. */
export async function wipeDisk(db: Database): Promise<void> {
  for (const table of [
    'identity.person',
    'identity.staff',
    'identity.earlier_code',
    'access.representation',
    'access.person_code',
  ]) {
    await db.ownerPool.query(`vacuum full ${table}`)
  }
}

/** One run at a time. */
export async function holdRetention(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('rights.retention'))`)
}

export interface RunRow {
  id: number
  day: string
  dry: boolean
}

/** The run that was asked for, begun; or a new one. */
export async function beginRun(
  tx: Tx,
  asked: number | { day: string; dry: boolean },
): Promise<RunRow | null> {
  const returning = `returning run_id as id, due_on::text as day, dry`
  const { rows } =
    typeof asked === 'number'
      ? await tx.query<RunRow>(
          `update rights.run set state = 'running' where run_id = $1 and state <> 'done' ${returning}`,
          [asked],
        )
      : await tx.query<RunRow>(
          `insert into rights.run (due_on, dry, state) values ($1::date, $2, 'running') ${returning}`,
          [asked.day, asked.dry],
        )
  return rows[0] ?? null
}

/** Adds to what a run has counted: a run that was cut off and goes on keeps what it did before. */
export async function addCounts(tx: Tx, runId: number, kind: string, counts: Counts): Promise<void> {
  const { rows } = await tx.query<{ counts: Counts | null }>(
    'select counts -> $2 as counts from rights.run where run_id = $1 for update',
    [runId, kind],
  )
  const sum = { ...rows[0]?.counts }
  for (const [table, n] of Object.entries(counts)) sum[table] = (sum[table] ?? 0) + n
  await tx.query(
    'update rights.run set counts = counts || jsonb_build_object($2::text, $3::jsonb) where run_id = $1',
    [runId, kind, JSON.stringify(sum)],
  )
}

/** Ends a run and tells what it counted. */
export async function finishRun(tx: Tx, runId: number): Promise<Record<string, Counts>> {
  const { rows } = await tx.query<{ counts: Record<string, Counts> }>(
    `update rights.run set state = 'done', finished_at = now() where run_id = $1 returning counts`,
    [runId],
  )
  return rows[0]!.counts
}
