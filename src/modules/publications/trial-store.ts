import type { Tx } from '#db/actor.ts'
import type { Rule, Trial } from '#modules/disclosure/model.ts'

/** Takes a trial up; null where there is none, or it has been worked out already. */
export async function beginTrial(tx: Tx, trialId: number): Promise<Rule | null> {
  const { rows } = await tx.query<{ rule: Rule }>(
    `update disclosure.trial set state = 'running'
      where trial_id = $1 and state <> 'done' returning rule`,
    [trialId],
  )
  return rows[0]?.rule ?? null
}

export async function finishTrial(
  tx: Tx,
  trialId: number,
  state: 'done' | 'failed',
  report: Trial['report'],
): Promise<void> {
  await tx.query(
    `update disclosure.trial set state = $2, report = $3, finished_at = now() where trial_id = $1`,
    [trialId, state, report && JSON.stringify(report)],
  )
}

/**
 * Trials whose job will not be tried any more have failed: its process died at every try, or the queue does not know it
 * (it does not come along with a restored bank). Put back into the queue, the job takes the trial up again.
 */
export async function endLostTrials(tx: Tx): Promise<void> {
  await tx.query(
    `update disclosure.trial t set state = 'failed', finished_at = now()
      where state in ('waiting', 'running')
        and not exists (select from pgboss.job j where j.name = 'rule-trial' and j.state < 'completed'
                           and j.singleton_key = t.trial_uuid::text)`,
  )
}
