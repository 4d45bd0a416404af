import type { Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

export type DemoStage = 'planned' | 'rostered' | 'open' | 'closed' | 'scaled' | 'preliminary' | 'official'

/** A round of the made-up country and where it stands. */
export interface RoundAt {
  id: number
  code: string
  domain: 'reading' | 'numeracy' | 'science'
  grade: number
  year: number
  state: DemoStage
  /** people have marked something */
  isMarked: boolean
}

const columns = `select r.round_id as id, r.code, r.domain, r.grade, r.school_year as year, r.state,
       exists (select from assessments.mark m join assessments.mark_task t using (task_id) where t.round_id = r.round_id) as "isMarked"
  from assessments.round r`

/** The rounds that the demo plans and that were not cancelled, preschool left out. */
export async function demoRounds(tx: Tx): Promise<RoundAt[]> {
  const { rows } = await tx.query<RoundAt>(
    `${columns} where r.grade in (3, 6) and r.state <> 'cancelled' and r.code = r.school_year || '-' || r.grade || '-' || r.domain
      order by r.grade, r.round_id`,
  )
  return rows
}

export async function roundAt(tx: Tx, code: string): Promise<RoundAt | null> {
  const { rows } = await tx.query<RoundAt>(`${columns} where r.code = $1`, [code])
  return rows[0] ?? null
}

/** So much came at once that what the database plans for small tables would take minutes: it counts them again. */
export async function countAnew(db: Database): Promise<void> {
  await db.ownerPool.query('analyze assessments.mark_task, assessments.answer, assessments.item_score')
}

/** How many learners are enrolled, and since which school year the register knows of any: the size of a made-up country. */
export async function countryKnown(tx: Tx): Promise<{ learners: number; since: number } | null> {
  const { rows } = await tx.query<{ learners: number; since: number | null }>(
    `select (select count(distinct learner_id)::integer from registry.enrolment where superseded_by is null
               and school_year = (select max(school_year) from registry.enrolment)) as learners,
            (select min(school_year) from registry.enrolment where superseded_by is null) as since`,
  )
  const [found] = rows
  return found && found.since !== null ? { learners: found.learners, since: found.since } : null
}

/** Learners by the hash of their personal code (hex). */
export async function learnersByHash(tx: Tx, hashes: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ hash: string; learner: number }>(
    `select encode(p.code_hash, 'hex') as hash, p.learner_id as learner
       from unnest($1::text[]) h join identity.person p on p.code_hash = decode(h, 'hex')`,
    [hashes],
  )
  return new Map(rows.map(({ hash, learner }) => [hash, learner]))
}
