import type { Tx } from '#db/actor.ts'
import { askForJob } from '#modules/jobs/index.ts'

/**
 * Asks for what the calendar and the people ask for: each month, where the data are real, that what is due is destroyed; and
 * new figures once an objection was recorded, withdrawn, begins or ends, or a linkage was switched. Asked as often as one likes, it asks once.
 */
export async function askWhatIsDue(tx: Tx): Promise<{ retention: boolean; compute: boolean }> {
  const { rows: runs } = await tx.query<{ id: number; key: string }>(
    `insert into rights.run (due_on, dry)
     select date_trunc('month', access.today())::date, false
      where exists (select from intake.import where data_kind = 'real' and state = 'merged')
        and not exists (select from rights.run where not dry and due_on >= date_trunc('month', access.today())::date)
     returning run_id as id, run_uuid::text as key`,
  )
  for (const { id, key } of runs) await askForJob(tx, 'retention', { runId: id }, key)
  const { rows } = await tx.query<{ due: boolean }>(
    `with counted as (
       select max(j.asked_at) as at from jobs.job j join pgboss.job q on q.id = j.job_id where q.name = 'compute'
     ), change (at) as (
       select recorded_at from rights.objection
       union all select withdrawn_at from rights.objection
       union all select lower(valid)::timestamp at time zone 'Europe/Riga' from rights.objection
       union all select switched_at from rights.linkage_switch where switched_by is not null
       union all select upper(valid)::timestamp at time zone 'Europe/Riga' from rights.objection
     )
     select exists (select from change, counted
                     where change.at <= now() and change.at > coalesce(counted.at, '-infinity')) as due`,
  )
  const compute = rows[0]!.due
  if (compute) await askForJob(tx, 'compute', { thenPublish: true })
  return { retention: runs.length > 0, compute }
}
