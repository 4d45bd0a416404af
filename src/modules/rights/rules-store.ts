import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Retention, RetentionRun } from './model.ts'

/** The rules of retention on a day. */
export async function listRetention(tx: Tx, day: string): Promise<Retention[]> {
  const { rows } = await tx.query<Retention>(
    `select kind, event, keeps::text as keeps, tables, lower(valid)::text as from,
            jsonb_build_object('lv', name_lv, 'en', name_en) as name,
            jsonb_build_object('lv', after_lv, 'en', after_en) as after,
            jsonb_build_object('lv', basis_lv, 'en', basis_en) as basis
       from rights.retention where valid @> $1::date
      order by array_position(array['learner_identity', 'learner_record', 'superseded', 'staff_identity', 'staff_record'], kind),
               kind`,
    [day],
  )
  return rows
}

/** Runs, the latest first. */
export async function listRuns(tx: Tx, most = 50): Promise<RetentionRun[]> {
  const { rows } = await tx.query<RetentionRun>(
    `select r.run_uuid as id, r.due_on::text as day, r.dry, r.state, p.display_name as "askedBy", ${utc('r.asked_at')} as "askedAt",
            ${utc('r.finished_at')} as "finishedAt",
            coalesce((select jsonb_agg(jsonb_build_object('kind', k.key, 'table', t.key, 'rows', t.value::bigint) order by k.key, t.key)
                        from jsonb_each(r.counts) k, jsonb_each_text(k.value) t where t.value <> '0'), '[]') as counts
       from rights.run r left join access.person p on p.person_id = r.asked_by
      order by r.run_id desc limit $1`,
    [most],
  )
  return rows
}

/** Asks for a run as the data protection officer of this transaction. */
export async function askForRun(tx: Tx, isDry: boolean): Promise<string> {
  const { rows } = await tx.query<{ id: string }>('select rights.ask_run($1) as id', [isDry])
  return rows[0]!.id
}
