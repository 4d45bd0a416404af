import type { Tx } from '#db/actor.ts'
import type { Day } from '#terms/day.ts'
import type { AuditLine, Look } from './model.ts'

/** Writes a line of the audit trail for the caller of this transaction. */
export async function writeAudit(
  tx: Tx,
  line: { action: string; object: string; outcome: AuditLine['outcome'] },
): Promise<void> {
  await tx.query('select access.write_audit($1, $2, $3)', [line.action, line.object, line.outcome])
}

/** What an operator changed stands in the audit trail too; the command line knows no person, so none is named. */
export async function writeOperation(tx: Tx, action: string, object: string): Promise<void> {
  await tx.query(
    `insert into access.audit (tier, request_id, action, object, outcome)
     values ('operator', 'command line', $1, $2, 'done')`,
    [action, object],
  )
}

/** Which lines of the audit trail are asked for. Days are those of Latvia, both included. */
export interface AuditQuestion {
  person?: string | undefined
  learnerId?: number | undefined
  action?: string | undefined
  from?: Day | undefined
  to?: Day | undefined
}

type Numbered<Line> = Line & { auditId: number }

const instant = `to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`

/** The audit trail, newest first, before the line `before`. */
export async function listAudit(
  tx: Tx,
  { person, learnerId, action, from, to }: AuditQuestion,
  before: number | null,
  limit: number,
): Promise<Numbered<AuditLine>[]> {
  const { rows } = await tx.query<Numbered<AuditLine>>(
    `select a.audit_id as "auditId", ${instant}, p.display_name as person, a.tier, a.action, a.object, a.outcome,
            a.learners, a.request_id as "requestId"
       from access.audit a left join access.person p using (person_id)
      where ($1::bigint is null or a.audit_id < $1)
        and ($3::text is null or position(registry.fold($3) in registry.fold(p.display_name)) > 0)
        and ($4::text is null or a.action = $4)
        and ($5::date is null or a.at >= $5::date::timestamp at time zone 'Europe/Riga')
        and ($6::date is null or a.at < ($6::date + 1)::timestamp at time zone 'Europe/Riga')
        ${learnerId === undefined ? '' : 'and a.audit_id in (select l.audit_id from access.audit_learner l where l.learner_id = $7)'}
      order by a.audit_id desc limit $2`,
    [
      before,
      limit,
      person ?? null,
      action ?? null,
      from ?? null,
      to ?? null,
      ...(learnerId === undefined ? [] : [learnerId]),
    ],
  )
  return rows
}

/** A learner by uuid, for the data protection officer; the search is written down. Null when there is none. */
export async function seekLearner(tx: Tx, learner: string): Promise<number | null> {
  const { rows } = await tx.query<{ id: number | null }>('select access.seek_learner($1) as id', [learner])
  return rows[0]!.id
}

/** Who has looked at the caller's own learner, newest first. */
export async function whoLooked(tx: Tx, before: number | null, limit: number): Promise<Numbered<Look>[]> {
  const { rows } = await tx.query<Numbered<Look>>(
    `select a.audit_id as "auditId", ${instant}, a.tier, coalesce(a.self, false) as self, a.action,
            case when a.place_lv is not null then jsonb_build_object('lv', a.place_lv, 'en', a.place_en) end as place
       from access.who_looked($1, $2) a`,
    [before, limit],
  )
  return rows
}
