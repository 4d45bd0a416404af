import type { Tx } from '#db/actor.ts'
import {
  type AttackSummary,
  type Audience,
  type EarlierCell,
  type PlaceTree,
  unitOf,
} from '#modules/disclosure/index.ts'
import { current } from '#modules/indicators/index.ts'
import type { Level } from '#terms/level.ts'

/** In which unit each unit lay on 1 October of a school year, as known after an import. */
export async function placesOf(tx: Tx, asOfImport: number, schoolYear: number): Promise<PlaceTree> {
  const { rows } = await tx.query<{ level: Level; id: number; parentLevel: Level; parentId: number }>(
    `select 'school' as level, v.institution_id as id, t.kind as "parentLevel", t.territory_id as "parentId"
       from registry.institution_version v join registry.territory t using (territory_id)
      where ${current('v')} and v.valid @> make_date($2::int - 1, 10, 1)
     union all
     select t.kind, t.territory_id, p.kind, p.territory_id
       from registry.territory_version v
       join registry.territory t on t.territory_id = v.territory_id
       join registry.territory p on p.territory_id = v.parent_id
      where ${current('v')} and v.valid @> make_date($2::int - 1, 10, 1)`,
    [asOfImport, schoolYear],
  )
  return new Map(
    rows.map(({ level, id, parentLevel, parentId }) => [
      unitOf({ level, unitId: id }),
      unitOf({ level: parentLevel, unitId: parentId }),
    ]),
  )
}

/** Every different figure that releases told an audience of a school year. */
export async function toldBefore(tx: Tx, audience: Audience, schoolYear: number): Promise<EarlierCell[]> {
  const { rows } = await tx.query<EarlierCell>(
    `select distinct c.code as indicator, c.version, c.school_year as "schoolYear", c.level, c.unit_id as "unitId",
            c.subject, c.breakdown, c.category, c.n, c.sum_y as "sumY", c.vals as "values", c.counts
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
