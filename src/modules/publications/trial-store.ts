import type { Tx } from '#db/actor.ts'
import type { Rule, Trial } from '#modules/disclosure/model.ts'
import type { Level } from '#terms/level.ts'

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

type LosingUnit = NonNullable<Trial['report']>['units'][number]

/** Names of the units that lose figures, in the order given. */
export async function namedUnits(
  tx: Tx,
  units: readonly { indicator: string; level: Level; unitId: number; figures: number }[],
): Promise<LosingUnit[]> {
  const { rows } = await tx.query<LosingUnit>(
    `select u.indicator, u.level, coalesce(i.institution_uuid, t.territory_uuid) as id, u.figures,
            jsonb_build_object('lv', coalesce(iv.name_lv, tv.name_lv), 'en', coalesce(iv.name_en, tv.name_en),
                               'genitive', coalesce(iv.genitive_lv, tv.genitive_lv),
                               'locative', coalesce(iv.locative_lv, tv.locative_lv)) as unit
       from unnest($1::text[], $2::text[], $3::bigint[], $4::int[]) with ordinality
              as u (indicator, level, unit_id, figures, place)
       left join registry.institution i on u.level = 'school' and i.institution_id = u.unit_id
       left join lateral (select * from registry.institution_version v
                           where v.institution_id = i.institution_id and v.superseded_by is null
                           order by v.valid desc limit 1) iv on true
       left join registry.territory t on u.level <> 'school' and t.territory_id = u.unit_id
       left join lateral (select * from registry.territory_version v
                           where v.territory_id = t.territory_id and v.superseded_by is null
                           order by v.valid desc limit 1) tv on true
      order by u.place`,
    [
      units.map(({ indicator }) => indicator),
      units.map(({ level }) => level),
      units.map(({ unitId }) => unitId),
      units.map(({ figures }) => figures),
    ],
  )
  return rows
}
