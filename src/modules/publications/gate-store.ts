import type { Tx } from '#db/actor.ts'
import type { AttackSummary, Audience, EarlierCell } from '#modules/disclosure/index.ts'

/** Every different figure that releases told an audience of a school year. */
export async function toldBefore(tx: Tx, audience: Audience, schoolYear: number): Promise<EarlierCell[]> {
  const { rows } = await tx.query<EarlierCell>(
    `select distinct c.code as indicator, c.version, c.school_year as "schoolYear", c.level, c.unit_id as "unitId",
            c.subject, c.breakdown, c.category, c.borders, c.n, c.sum_y as "sumY", c.vals as "values", c.counts,
            c.sum_w as "sumW"
       from publications.release_cell c join publications.release r using (release_id)
      where r.audience = $1 and r.number <> 'draft' and c.school_year = $2 and c.absent is null`,
    [audience, schoolYear],
  )
  return rows
}

/** Keeps what the attack on a release found. */
export async function keepAttack(tx: Tx, releaseId: number, report: AttackSummary): Promise<void> {
  await tx.query(
    `insert into publications.release_attack (release_id, report) values ($1, $2)
     on conflict (release_id) do nothing`,
    [releaseId, JSON.stringify(report)],
  )
}

/** What was told of a release when it was made, if it was made of this cube under these rules; otherwise null. */
export async function madeBefore(
  tx: Tx,
  releaseId: number,
  cubeId: number,
  rules: string,
): Promise<{ shown: number; absent: number; attack: AttackSummary } | null> {
  const { rows } = await tx.query<{ shown: number; absent: number; attack: AttackSummary }>(
    `select a.report as attack,
            (select count(*) from publications.release_cell c where c.release_id = r.release_id and c.absent is null) as shown,
            (select count(*) from publications.release_cell c where c.release_id = r.release_id and c.absent is not null) as absent
       from publications.release r join publications.release_attack a using (release_id)
      where r.release_id = $1 and r.cube_id = $2 and r.rules = $3::jsonb`,
    [releaseId, cubeId, rules],
  )
  return rows[0] ?? null
}
