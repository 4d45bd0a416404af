import type { Tx } from '#db/actor.ts'
import type { AttackSummary, Audience } from '#modules/disclosure/index.ts'
import type { ReleaseDetail, ReleaseSummary } from './model.ts'

/** Releases of an audience, newest first, from counts that were made when each came into force. */
export async function listReleases(tx: Tx, audience: Audience): Promise<ReleaseSummary[]> {
  const { rows } = await tx.query<ReleaseSummary>(
    `select r.number, to_char(r.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt",
            exists (select from publications.pointer p where p.release_id = r.release_id) as "inForce",
            coalesce(c.told, 0)::int as told, coalesce(c.absent, '[]') as absent,
            case when d.release_id is not null then jsonb_build_object('before', b.number, 'added', d.added,
              'changed', d.changed, 'withdrawn', d.withdrawn) end as change
       from publications.release r
       left join publications.release_change d using (release_id)
       left join publications.release b on b.release_id = d.before_id
       left join lateral (
         select sum(figures) filter (where absent = 'told') as told,
                jsonb_agg(jsonb_build_object('reason', absent, 'figures', figures) order by figures desc, absent)
                  filter (where absent <> 'told') as absent
           from (select absent, sum(figures) as figures from publications.release_count
                  where release_id = r.release_id group by absent) by_reason) c on true
      where r.audience = $1
      order by r.release_id desc`,
    [audience],
  )
  return rows
}

/** The figures of a release, counted by indicator and level; empty where there is no such release. */
export async function releaseCounts(
  tx: Tx,
  audience: Audience,
  number: string,
): Promise<ReleaseDetail['counts']> {
  const { rows } = await tx.query<ReleaseDetail['counts'][number]>(
    `select c.code as indicator, c.level,
            coalesce(sum(c.figures) filter (where c.absent = 'told'), 0)::int as told,
            coalesce(jsonb_agg(jsonb_build_object('reason', c.absent, 'figures', c.figures) order by c.figures desc, c.absent)
              filter (where c.absent <> 'told'), '[]') as absent
       from publications.release_count c join publications.release r using (release_id)
      where r.audience = $1 and r.number = $2
      group by c.code, c.level
      order by c.code, array_position(array['state', 'region', 'municipality', 'school'], c.level)`,
    [audience, number],
  )
  return rows
}

/** What the attack on a release found, as it was kept; null where there is no report the caller may see. */
export async function attackOn(tx: Tx, audience: Audience, number: string): Promise<AttackSummary | null> {
  const { rows } = await tx.query<{ report: AttackSummary }>(
    `select a.report from publications.release_attack a join publications.release r using (release_id)
      where r.audience = $1 and r.number = $2`,
    [audience, number],
  )
  return rows[0]?.report ?? null
}
